//! Plan of a stay in Spanish.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "Mi compra durante mi estancia",
    stage: |stage| match stage {
        SummerStage::Documents => "Reunir los documentos",
        SummerStage::BankFile => "Expediente bancario",
        SummerStage::AidRegistration => "Inscribirse en Daam Sakane",
        SummerStage::AidApproval => "Acuerdo preliminar de la ayuda",
        SummerStage::Visit => "Visitar la vivienda",
        SummerStage::Reservation => "Contrato de reserva",
        SummerStage::PreliminaryContract => "Contrato preliminar",
        SummerStage::PreliminaryDeed => "Contrato preliminar ante notario",
        SummerStage::NotaryFiles => "Presentación por el notario",
        SummerStage::AidPayment => "Pago de la ayuda",
        SummerStage::PowerOfAttorney => "Poder notarial",
        SummerStage::FinalDeed => "Escritura definitiva",
        SummerStage::Instalments => "Pagos por etapas",
        SummerStage::AidAtDelivery => "Daam Sakane",
        SummerStage::FinalDeedAtDelivery => "Escritura definitiva y llaves",
    },
    at_delivery: "a la entrega",
    by_proxy: "por poder",
    to_confirm: "por confirmar",
    terms: "Fechas orientativas, por confirmar con el notario.",
};
