//! Codes of errors that windows have a sentence for. Must not know: those sentences.

use crate::destination_fault::DestinationFault;
use expo_bundle::Refusal;

expo_domain::codes! {
    /// Stable code of an error; the staff window has a sentence for each.
    pub enum ErrorCode {
        /// The data folder has no stop yet.
        NotProvisioned = "not_provisioned",
        /// The data folder has a stop already; occurs only on the command line.
        AlreadyProvisioned = "already_provisioned",
        /// No catalogue is installed.
        NoCatalogue = "no_catalogue",
        /// There is no version to roll back to.
        NoPrevious = "no_previous",
        /// Another version was installed than the one to roll back from.
        VersionChanged = "version_changed",
        /// The catalogue has no such project or unit.
        NotFound = "not_found",
        /// A lead with invalid fields.
        InvalidLead = "invalid_lead",
        /// This kiosk has no such lead, or cannot open it.
        LeadNotFound = "lead_not_found",
        /// The lead has a newer revision than the one that was changed.
        LeadChanged = "lead_changed",
        /// The lead was merged into another one.
        LeadMerged = "lead_merged",
        /// A file that is not there, or invalid input for the set-up.
        Setup = "setup",
        /// The PIN is wrong.
        WrongPin = "wrong_pin",
        /// Too many wrong PINs.
        LockedOut = "locked_out",
        /// The PIN was not given.
        Locked = "locked",
        /// The passphrase was not given.
        LeadsLocked = "leads_locked",
        /// The passphrase is wrong.
        WrongPassphrase = "wrong_passphrase",
        /// An export cannot be written there.
        Destination = "destination",
        /// The stick is not there, or was pulled out.
        DestinationRemoved = "destination_removed",
        /// Another stick is plugged in now.
        DestinationExchanged = "destination_exchanged",
        /// Too little space for an export.
        DestinationFull = "destination_full",
        /// The destination of an export is write-protected.
        DestinationReadOnly = "destination_read_only",
        /// The destination takes no file of this size.
        DestinationTooLarge = "destination_too_large",
        /// The destination does not give back what was written.
        DestinationCorrupt = "destination_corrupt",
        /// Staff cancelled an export.
        Cancelled = "cancelled",
        /// All leads are in earlier exports.
        NothingNew = "nothing_new",
        /// Another operation on removable media runs.
        MediaBusy = "media_busy",
        /// A removable medium does not answer in time.
        MediaNotResponding = "media_not_responding",
        /// The kiosk is not enrolled.
        NotEnrolled = "not_enrolled",
        /// The disk is full.
        StorageFull = "storage_full",
        /// A database or file operation failed.
        Storage = "storage",
        /// An unexpected error.
        Internal = "internal",
        /// The file is not a bundle.
        NotABundle = "not_a_bundle",
        /// Signed with the key of another publisher.
        WrongKey = "wrong_key",
        /// The signature does not match the signed bytes.
        WrongSignature = "wrong_signature",
        /// Made by a newer program.
        NewerFormat = "newer_format",
        /// The version is not higher than the installed one.
        OlderVersion = "older_version",
        /// The version is from the future.
        FutureVersion = "future_version",
        /// A part does not match the checkpoint.
        Damaged = "damaged",
        /// The bundle lacks a picture of the catalogue.
        MissingPicture = "missing_picture",
        /// The file cannot be read.
        Unreadable = "unreadable",
        /// A new PIN is too easy to guess.
        WeakPin = "weak_pin",
        /// A new passphrase is too easy to guess.
        WeakPassphrase = "weak_passphrase",
        /// A new PIN or passphrase is printed in the demonstration or the guide.
        PublishedSecret = "published_secret",
    }
}

expo_domain::codes! {
    /// What the diagnosis finds; the staff window has a sentence with the remedy for each.
    #[expect(missing_docs, reason = "the sentences of the diagnosis say it")]
    pub enum FindingCode {
        NotProvisioned = "not_provisioned",
        DiskFull = "disk_full",
        DiskNotWritable = "disk_not_writable",
        DiskLow = "disk_low",
        ReserveGone = "reserve_gone",
        LeadsDamaged = "leads_damaged",
        LeadsUnreadable = "leads_unreadable",
        LeadsFileReplaced = "leads_file_replaced",
        AuditLogChanged = "audit_log_changed",
        LeadsWaitLong = "leads_wait_long",
        LeadsSetAside = "leads_set_aside",
        LeadsQuarantined = "leads_quarantined",
        LeadsWaitForPassphrase = "leads_wait_for_passphrase",
        NoCatalogue = "no_catalogue",
        CatalogueDamaged = "catalogue_damaged",
        CatalogueOverdue = "catalogue_overdue",
        CatalogueRefused = "catalogue_refused",
        PicturesMissing = "pictures_missing",
        AuthoritiesMissing = "authorities_missing",
        ClockWrong = "clock_wrong",
        NotEnrolled = "not_enrolled",
        UpgradeRequired = "upgrade_required",
        NoticeIncomplete = "notice_incomplete",
    }
}

expo_domain::codes! {
    /// Why the data folder cannot be written; the staff window has a sentence for each.
    pub enum DiskFault {
        /// No space is left.
        Full = "full",
        /// The disk is read-only or fails.
        NotWritable = "not_writable",
    }
}

expo_domain::codes! {
    /// Why the platform rejects a lead; the staff window has a sentence for each.
    pub enum RejectionCode {
        /// The platform holds other bytes for this lead.
        Conflict = "conflict",
        /// The bytes do not match their hash.
        ItemDamaged = "item_damaged",
        /// The platform cannot open it.
        ItemUnreadable = "item_unreadable",
        /// The platform does not understand the request.
        Malformed = "malformed",
        /// The platform accepts no lead of this size.
        TooLarge = "too_large",
    }
}

expo_domain::codes! {
    /// Why a stored lead is not in the list; the staff window has a sentence for each.
    pub enum LeadProblem {
        /// Its bytes in the database are damaged.
        Damaged = "damaged",
        /// It was sealed for other staff.
        OtherKey = "other_key",
        /// It opens, but its content is not a lead of this ticket.
        Unreadable = "unreadable",
    }
}

expo_domain::codes! {
    /// Delivery of the newest revision of a lead; the staff window has a word for each.
    pub enum LeadDelivery {
        /// Waits to be sent.
        Waiting = "waiting",
        /// The platform holds it.
        Sent = "sent",
        /// Only staff can open it, because the kiosk is not enrolled yet.
        SealedForStaff = "sealed_for_staff",
        /// The platform rejects it.
        Rejected = "rejected",
    }
}

expo_domain::codes! {
    /// Who wrote a revision; the staff window has a word for each.
    pub enum RevisionAuthor {
        /// The visitor, in the form.
        Visitor = "visitor",
        /// Staff, in the staff window.
        Staff = "staff",
        /// The kiosk, which sealed the same content for the platform.
        Kiosk = "kiosk",
    }
}

expo_domain::codes! {
    /// What a revision changed; the staff window has a word for each.
    pub enum ChangedField {
        /// The name.
        Name = "name",
        /// The telephone number.
        Phone = "phone",
        /// The e-mail address.
        Email = "email",
        /// The country of residence.
        Country = "country",
        /// The city of residence.
        City = "city",
        /// The visitor's remark.
        Note = "note",
        /// What the visitor asks about, or how and when to reply.
        Wishes = "wishes",
        /// The desk.
        Desk = "desk",
        /// The rating.
        Rating = "rating",
        /// The result of the call.
        Outcome = "outcome",
        /// The remark of staff.
        StaffNote = "staff_note",
        /// Another lead was merged into this one.
        Merged = "merged",
        /// This lead was merged into another one.
        MergedInto = "merged_into",
    }
}

impl ErrorCode {
    /// The code of a destination that takes no files.
    pub(crate) const fn of_destination(fault: &DestinationFault) -> Self {
        match fault {
            DestinationFault::Removed => Self::DestinationRemoved,
            DestinationFault::Exchanged => Self::DestinationExchanged,
            DestinationFault::Full { .. } => Self::DestinationFull,
            DestinationFault::ReadOnly => Self::DestinationReadOnly,
            DestinationFault::TooLarge => Self::DestinationTooLarge,
            DestinationFault::Corrupt => Self::DestinationCorrupt,
            DestinationFault::DataFolder | DestinationFault::Failing(_) => Self::Destination,
        }
    }

    /// The code of a refused catalogue.
    pub const fn of_refusal(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotABundle { .. } => Self::NotABundle,
            Refusal::WrongKey { .. } => Self::WrongKey,
            Refusal::WrongSignature { .. } => Self::WrongSignature,
            Refusal::NewerFormat { .. } => Self::NewerFormat,
            Refusal::OlderVersion { .. } => Self::OlderVersion,
            Refusal::FutureVersion { .. } => Self::FutureVersion,
            Refusal::Damaged { .. } => Self::Damaged,
            Refusal::MissingPicture { .. } => Self::MissingPicture,
            Refusal::Unreadable { .. } => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_have_the_same_code_in_windows() {
        let text = String::new;
        for refusal in [
            Refusal::NotABundle { problem: text() },
            Refusal::WrongKey { signed: text() },
            Refusal::WrongSignature { signed: text() },
            Refusal::NewerFormat { format: 9 },
            Refusal::OlderVersion {
                offered: 1,
                installed: 2,
            },
            Refusal::FutureVersion {
                offered: 2,
                highest: 1,
            },
            Refusal::Damaged {
                entry: text(),
                problem: text(),
            },
            Refusal::MissingPicture {
                hash: text(),
                project: text(),
            },
            Refusal::Unreadable { problem: text() },
        ] {
            assert_eq!(ErrorCode::of_refusal(&refusal).code(), refusal.code());
        }
    }
}
