//! Plan of a stay in English.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "My purchase during my stay",
    stage: |stage| match stage {
        SummerStage::Documents => "Gather documents",
        SummerStage::BankFile => "Bank file",
        SummerStage::AidRegistration => "Register for Daam Sakane",
        SummerStage::AidApproval => "Preliminary approval of the aid",
        SummerStage::Visit => "Visit the property",
        SummerStage::Reservation => "Reservation",
        SummerStage::PreliminaryContract => "Preliminary contract",
        SummerStage::PreliminaryDeed => "Preliminary deed at the notary",
        SummerStage::NotaryFiles => "Filing by the notary",
        SummerStage::AidPayment => "Aid paid to the notary",
        SummerStage::PowerOfAttorney => "Power of attorney",
        SummerStage::FinalDeed => "Final deed",
        SummerStage::Instalments => "Stage payments",
        SummerStage::AidAtDelivery => "Aid, with the habitation permit",
        SummerStage::FinalDeedAtDelivery => "Final deed and keys",
    },
    at_delivery: "at delivery",
    by_proxy: "by proxy",
    to_confirm: "to confirm",
    terms: "Indicative dates, to be confirmed with the notary.",
};
