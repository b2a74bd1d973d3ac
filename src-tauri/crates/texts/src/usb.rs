//! Texts of the note next to a refused bundle on a USB stick. Must not know: error codes, files.

/// Texts of the note in one language.
#[derive(Debug)]
pub struct UsbTexts {
    /// What happened.
    pub catalogue_refused: &'static str,
    /// Why, and what to do.
    pub reasons: RefusalReasons,
}

/// One sentence per reason for a refusal, with the remedy.
#[derive(Debug)]
pub struct RefusalReasons {
    /// The file is something else.
    pub not_a_bundle: &'static str,
    /// Signed with a key that the kiosk does not know.
    pub wrong_key: &'static str,
    /// Made for a newer program.
    pub newer_format: &'static str,
    /// The kiosk shows this version or a newer one.
    pub older_version: &'static str,
    /// The version is from the future.
    pub future_version: &'static str,
    /// No space left on the kiosk.
    pub storage_full: &'static str,
    /// Damaged or incomplete.
    pub damaged: &'static str,
    /// Any other reason, by its code.
    pub other: &'static str,
}
