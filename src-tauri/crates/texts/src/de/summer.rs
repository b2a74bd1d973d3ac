//! Plan of a stay in German.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "Mein Kauf während meines Aufenthalts",
    stage: |stage| match stage {
        SummerStage::Documents => "Unterlagen sammeln",
        SummerStage::BankFile => "Bankunterlagen",
        SummerStage::AidRegistration => "Bei Daam Sakane anmelden",
        SummerStage::AidApproval => "Vorläufige Zusage der Förderung",
        SummerStage::Visit => "Die Wohnung besichtigen",
        SummerStage::Reservation => "Reservierungsvertrag",
        SummerStage::PreliminaryContract => "Vorvertrag",
        SummerStage::PreliminaryDeed => "Vorläufige Urkunde im Notariat",
        SummerStage::NotaryFiles => "Einreichung durch das Notariat",
        SummerStage::AidPayment => "Auszahlung der Förderung",
        SummerStage::PowerOfAttorney => "Vollmacht",
        SummerStage::FinalDeed => "Endgültige Urkunde",
        SummerStage::Instalments => "Zahlungen nach Baufortschritt",
        SummerStage::AidAtDelivery => "Daam Sakane",
        SummerStage::FinalDeedAtDelivery => "Endgültige Urkunde und Schlüssel",
    },
    at_delivery: "bei Übergabe",
    by_proxy: "mit Vollmacht",
    to_confirm: "zu bestätigen",
    terms: "Unverbindliche Daten, vom Notariat zu bestätigen.",
};
