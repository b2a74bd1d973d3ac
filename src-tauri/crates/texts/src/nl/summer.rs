//! Plan of a stay in Dutch.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "Mijn aankoop tijdens mijn verblijf",
    stage: |stage| match stage {
        SummerStage::Documents => "Documenten verzamelen",
        SummerStage::BankFile => "Bankdossier",
        SummerStage::AidRegistration => "Inschrijven voor Daam Sakane",
        SummerStage::AidApproval => "Voorlopig akkoord over de steun",
        SummerStage::Visit => "De woning bezoeken",
        SummerStage::Reservation => "Reserveringscontract",
        SummerStage::PreliminaryContract => "Voorlopig contract",
        SummerStage::PreliminaryDeed => "Voorlopige akte bij de notaris",
        SummerStage::NotaryFiles => "Indiening door de notaris",
        SummerStage::AidPayment => "Betaling van de steun",
        SummerStage::PowerOfAttorney => "Volmacht",
        SummerStage::FinalDeed => "Definitieve akte",
        SummerStage::Instalments => "Betalingen in fasen",
        SummerStage::AidAtDelivery => "Daam Sakane",
        SummerStage::FinalDeedAtDelivery => "Definitieve akte en sleutels",
    },
    at_delivery: "bij oplevering",
    by_proxy: "met volmacht",
    to_confirm: "te bevestigen",
    terms: "Indicatieve data, door de notaris te bevestigen.",
};
