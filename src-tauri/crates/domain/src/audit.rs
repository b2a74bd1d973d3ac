//! The acts in the audit log and the names of their details. Must not know: where the log is stored, sentences.

use std::fmt::{Display, Write};

crate::codes! {
    /// Act in the audit log; the staff window has a name for each.
    pub enum AuditAct {
        /// The staff window was opened with the PIN or the passphrase.
        StaffUnlocked = "staff_unlocked",
        /// The staff window was locked.
        StaffLocked = "staff_locked",
        /// A wrong PIN was given.
        WrongPin = "wrong_pin",
        /// A wrong passphrase was given.
        WrongPassphrase = "wrong_passphrase",
        /// The leads were opened with the passphrase.
        LeadsOpened = "leads_opened",
        /// A file with leads was written.
        Exported = "exported",
        /// A day was closed: its files and receipt are complete.
        DayClosed = "day_closed",
        /// The platform rejected a lead.
        LeadRejected = "lead_set_aside",
        /// A catalogue was installed from a bundle.
        CatalogueImported = "catalogue_imported",
        /// A catalogue was installed from the platform.
        CatalogueSynced = "catalogue_synced",
        /// A bundle was refused.
        CatalogueRefused = "catalogue_refused",
        /// The previous catalogue was installed again.
        CatalogueRolledBack = "catalogue_rolled_back",
        /// Retention deleted leads.
        OldLeadsDeleted = "closed_leads_erased",
        /// Pictures that no catalogue needs were removed.
        PicturesCleared = "pictures_cleared",
        /// Leads were erased because their persons asked for it.
        LeadsErased = "leads_erased",
        /// Staff corrected or rated a lead.
        LeadRevised = "lead_revised",
        /// Staff merged a lead into another.
        LeadsMerged = "leads_merged",
        /// Rejected leads were queued again.
        LeadsRequeued = "leads_requeued",
        /// A configuration of headquarters was applied.
        ConfigurationTaken = "configuration_taken",
        /// A configuration of headquarters was not applied.
        ConfigurationRejected = "configuration_rejected",
        /// The reserve of disk space was given up.
        ReserveGivenUp = "reserve_given_up",
        /// The certificates of the stop were set.
        AuthoritiesPinned = "authorities_pinned",
        /// The kiosk was set up.
        Provisioned = "provisioned",
        /// The kiosk was enrolled with the platform.
        Enrolled = "enrolled",
        /// The file of the leads was damaged and replaced.
        LeadsFileReplaced = "leads_file_replaced",
        /// Leads from a damaged file were put back.
        LeadsRestored = "leads_restored",
        /// Staff chose another PIN.
        PinChanged = "pin_changed",
        /// Staff chose another passphrase.
        PassphraseChanged = "passphrase_changed",
        /// Staff started the program again.
        ProgramRestarted = "program_restarted",
    }
}

crate::codes! {
    /// Name of a detail in the audit log; the staff window has a word for each.
    pub enum AuditDetail {
        /// How it was done; only commands are named.
        By = "by",
        /// Code of an error.
        Code = "code",
        /// Number of bytes.
        Bytes = "bytes",
        /// A day, or all days.
        Day = "day",
        /// Number of failed attempts.
        Failures = "failures",
        /// File name.
        File = "file",
        /// Number of files.
        Files = "files",
        /// Format of an export.
        Format = "format",
        /// Version before.
        From = "from",
        /// Identifier of a lead.
        Id = "id",
        /// Initials of a member of staff.
        Initials = "initials",
        /// Identifier of the kiosk.
        Kiosk = "kiosk",
        /// Number of leads.
        Leads = "leads",
        /// Ticket of the lead that was merged.
        Merged = "merged",
        /// Why it happened.
        Reason = "reason",
        /// Number of leads sealed for the platform.
        Resealed = "resealed",
        /// Revision of a lead.
        Revision = "revision",
        /// SHA-256 of a file.
        Sha256 = "sha256",
        /// Identifier of the stop.
        Stop = "stop",
        /// Ticket of a lead.
        Ticket = "ticket",
        /// Version afterwards.
        To = "to",
        /// Number of leads that cannot be read.
        Unreadable = "unreadable",
        /// Number of leads that the platform has not received.
        Unsent = "unsent",
        /// Identifier of the user of the operating system.
        User = "user",
        /// Version number.
        Version = "version",
    }
}

/// The details as they are stored: `version=12 from=11`.
pub fn detail_text(details: &[(AuditDetail, &dyn Display)]) -> String {
    let mut text = String::new();
    for (name, value) in details {
        let space = if text.is_empty() { "" } else { " " };
        // Writing into a `String` cannot fail.
        let _ = write!(text, "{space}{name}={value}");
    }
    text
}

/// Splits stored details into names and values. Values may contain spaces; text without a name gets the name "".
pub fn split_details(text: &str) -> Vec<(&str, &str)> {
    let mut details = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .match_indices(' ')
            .map(|(at, _)| at)
            .find(|at| name_of(&rest[at + 1..]).is_some())
            .unwrap_or(rest.len());
        let part = &rest[..end];
        details.push(name_of(part).map_or(("", part), |name| (name, &part[name.len() + 1..])));
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    details
}

/// The name before the first `=`.
fn name_of(part: &str) -> Option<&str> {
    let (name, _) = part.split_once('=')?;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_split_by_name() {
        assert_eq!(
            split_details("id=7 reason=item_damaged: Item 1: its hash differs"),
            [("id", "7"), ("reason", "item_damaged: Item 1: its hash differs")]
        );
        assert_eq!(split_details("just words"), [("", "just words")]);
        assert_eq!(split_details(""), []);
        assert_eq!(split_details("a=x = y  b=2"), [("a", "x = y "), ("b", "2")]);
    }

    #[test]
    fn stored_details_are_split_again() {
        let text = detail_text(&[(AuditDetail::Version, &12), (AuditDetail::From, &11)]);
        assert_eq!(text, "version=12 from=11");
        assert_eq!(split_details(&text), [("version", "12"), ("from", "11")]);
    }
}
