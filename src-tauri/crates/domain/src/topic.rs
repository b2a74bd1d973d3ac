//! Subjects that visitors ask about at the stand, besides projects. Must not know: words, answers.

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
    }
}
