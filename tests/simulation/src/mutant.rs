//! The mutants: deliberate faults in one rule each. The simulation must detect every one of them.

use clap::ValueEnum;

/// A broken rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mutant {
    /// The platform answers before it commits.
    AnswersBeforeCommit,
    /// The kiosk settles leads by identifier and ignores the hash of the receipt.
    SettlesByIdentifier,
    /// The kiosk installs a delta without comparing the checksum.
    IgnoresChecksum,
    /// The kiosk settles leads that are refused with 4xx.
    SettlesOnRefusal,
    /// The kiosk syncs only when a lead is taken.
    WithoutTimer,
    /// The kiosk keeps its back-off when the platform is back.
    KeepsBackOff,
    /// The kiosk never sends again after one `Retry-After`.
    WaitsForever,
    /// The kiosk reports erasures as done and erases nothing.
    ErasesNothing,
    /// The kiosk sends a lead again under another identifier.
    ResendsWithNewId,
    /// Heartbeats contain the name of a visitor.
    ReportsVisitorNames,
    /// The kiosk deletes leads as soon as the platform holds them.
    DeletesOnReceipt,
    /// The kiosk confirms a lead although the disk failed.
    ConfirmsBeforeDurable,
    /// The kiosk writes leads in clear to a file, which it deletes when it closes.
    WritesPlaintextFile,
    /// The kiosk keeps erased leads in copies, which it deletes when it closes.
    KeepsErasedCopies,
    /// The kiosk does not maintain its disk.
    SkipsDiskMaintenance,
}
