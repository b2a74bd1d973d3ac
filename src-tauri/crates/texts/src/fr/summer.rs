//! Plan of a stay in French.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "Mon achat pendant mon séjour",
    stage: |stage| match stage {
        SummerStage::Documents => "Pièces à réunir",
        SummerStage::BankFile => "Dossier bancaire",
        SummerStage::AidRegistration => "Inscription à Daam Sakane",
        SummerStage::AidApproval => "Accord préliminaire de l’aide",
        SummerStage::Visit => "Visite du bien",
        SummerStage::Reservation => "Réservation",
        SummerStage::PreliminaryContract => "Contrat préliminaire",
        SummerStage::PreliminaryDeed => "Compromis chez le notaire",
        SummerStage::NotaryFiles => "Dépôt par le notaire",
        SummerStage::AidPayment => "Aide versée au notaire",
        SummerStage::PowerOfAttorney => "Procuration",
        SummerStage::FinalDeed => "Acte définitif",
        SummerStage::Instalments => "Appels de fonds",
        SummerStage::AidAtDelivery => "Aide, avec le permis d’habiter",
        SummerStage::FinalDeedAtDelivery => "Acte définitif et clés",
    },
    at_delivery: "à la livraison",
    by_proxy: "par procuration",
    to_confirm: "à confirmer",
    terms: "Dates indicatives, à confirmer avec le notaire.",
};
