//! Why the reply of a platform to an enrolment is not accepted. Must not know: the checks.

/// Why a kiosk does not accept an enrolment. Nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentFault {
    /// A field of the reply is not valid. Never quotes the value, which may be a secret.
    #[error("the platform sent an invalid {field} ({problem}): tell headquarters")]
    InvalidField {
        /// Name of the field.
        field: String,
        /// What was expected.
        problem: String,
    },
    /// The kiosk is a demonstration, the platform is not known to be one.
    #[error(
        "this kiosk is set up as a demonstration, whose PIN and passphrase are published: set up another data \
         folder with --event for a real stop"
    )]
    DemonstrationKiosk,
    /// The platform is a demonstration, the kiosk is not.
    #[error(
        "this platform is a demonstration, whose keys are published: ask headquarters for the address of the \
         real platform"
    )]
    DemonstrationPlatform,
}
