//! Subjects that visitors ask about at the stand, besides projects. Must not know: words, answers.

use serde::de::{Deserialize, Deserializer, Error};

crate::codes! {
    /// A subject that guides and desks answer.
    pub enum Topic {
        /// The direct housing aid, Daam Sakane.
        Aid = "aid",
        /// Loans and banks.
        Credit = "credit",
        /// Notaries and deeds.
        Notary = "notary",
        /// Fees, taxes and other costs of a purchase.
        Costs = "costs",
        /// Documents, powers of attorney and other steps of a purchase.
        Steps = "steps",
        /// An appointment or a visit.
        Appointment = "appointment",
        /// A person to talk to.
        Advisor = "advisor",
        /// Powers of attorney.
        PowerOfAttorney = "power_of_attorney",
        /// Foreign currency: payments, loans and transfers abroad.
        Exchange = "exchange",
        /// What to check before signing or paying.
        Safety = "safety",
        /// Complaints and the mediator.
        Complaints = "complaints",
    }
}

impl<'de> Deserialize<'de> for Topic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| D::Error::custom(format_args!("unknown topic {code:?}")))
    }
}
