//! Plan of a stay in Italian.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "Il mio acquisto durante il soggiorno",
    stage: |stage| match stage {
        SummerStage::Documents => "Raccogliere i documenti",
        SummerStage::BankFile => "Pratica bancaria",
        SummerStage::AidRegistration => "Iscriversi a Daam Sakane",
        SummerStage::AidApproval => "Accordo preliminare dell’aiuto",
        SummerStage::Visit => "Visitare la casa",
        SummerStage::Reservation => "Contratto di prenotazione",
        SummerStage::PreliminaryContract => "Contratto preliminare",
        SummerStage::PreliminaryDeed => "Atto preliminare dal notaio",
        SummerStage::NotaryFiles => "Deposito da parte del notaio",
        SummerStage::AidPayment => "Versamento dell’aiuto",
        SummerStage::PowerOfAttorney => "Procura",
        SummerStage::FinalDeed => "Atto definitivo",
        SummerStage::Instalments => "Pagamenti a tappe",
        SummerStage::AidAtDelivery => "Daam Sakane",
        SummerStage::FinalDeedAtDelivery => "Atto definitivo e chiavi",
    },
    at_delivery: "alla consegna",
    by_proxy: "per procura",
    to_confirm: "da confermare",
    terms: "Date indicative, da confermare con il notaio.",
};
