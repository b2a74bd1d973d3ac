//! The messages as JSON Schema sees them: what is demanded of a message is less than what a kiosk of today sends, so that
//! kiosks of tomorrow are understood. Held to the messages themselves by the test below.
#![expect(dead_code, reason = "only their schemas are used")]

mod catalogue;
mod record;

pub use catalogue::{CatalogueRow, Checkpoint, DeltaLine, DeltaValue, Texts};
pub use record::LeadRecord;

use serde::Deserialize;
use utoipa::ToSchema;

/// The platform's answer to a probe.
#[derive(ToSchema)]
pub struct Probe {
    /// The nonce of the question.
    nonce: String,
    /// Version of the protocol the platform speaks, `1`.
    protocol: String,
    /// Platform's clock.
    #[schema(format = DateTime)]
    server_time: String,
}

/// The store answers.
#[derive(ToSchema)]
pub struct Health {
    /// `ok`.
    status: String,
}

/// What a kiosk asks to be enrolled with.
#[derive(ToSchema)]
pub struct EnrolmentRequest {
    /// One-time code; case, hyphens and spaces do not matter, O is 0, I and L are 1.
    code: String,
    /// Version of the program.
    program: String,
}

/// An enrolled kiosk.
#[derive(ToSchema)]
pub struct Enrolled {
    /// Short identifier, unique at the platform, such as `K03`. It is printed on every ticket: keep it short.
    #[schema(pattern = "^[A-Za-z0-9]{1,12}$")]
    kiosk: String,
    /// Bearer token of this kiosk.
    #[schema(pattern = "^[!-~]{16,}$")]
    token: String,
    /// age X25519 recipient that leads are sealed to.
    #[schema(pattern = "^age1[0-9a-z]+$")]
    leads_recipient: String,
    /// minisign public key that checkpoints and bundles are signed with: the second line of its `.pub` file.
    publisher_key: String,
    /// Version of the configuration it begins with: only higher ones are news to it. 0 makes it fetch whatever there is.
    config_version: u64,
    /// The stop; null leaves the kiosk's own.
    #[schema(required)]
    stop: Option<Stop>,
}

/// An event of the tour. A kiosk refuses one with other fields than these.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Identifier, such as `paris-2026`.
    #[schema(pattern = "^[A-Za-z0-9-]+$")]
    id: String,
    /// Two to four capital letters that begin every ticket.
    #[schema(pattern = "^[A-Z]{2,4}$")]
    code: String,
    /// Name of the event by language.
    name: Texts,
    /// City by language.
    city: Texts,
    /// Hall and stand by language.
    #[schema(required = false)]
    venue: Texts,
    /// First day.
    #[schema(format = Date)]
    starts_on: String,
    /// Last day, not before the first.
    #[schema(format = Date)]
    ends_on: String,
    /// IANA time zone of the hall.
    time_zone: String,
    /// Languages offered, in order.
    #[schema(min_items = 1)]
    languages: Vec<Lang>,
    /// Seconds without touch before the countdown.
    #[schema(required = false, minimum = 10, maximum = 600, default = 60)]
    idle_seconds: u32,
    /// Seconds of the countdown before everything is wiped.
    #[schema(required = false, minimum = 5, maximum = 120, default = 20)]
    countdown_seconds: u32,
    /// Partner banks present.
    #[schema(required = false)]
    banks: Vec<String>,
    /// Whether data are made up and secrets published. A kiosk of a demonstration takes no other stop.
    #[schema(required = false, default = false)]
    demonstration: bool,
    /// Where visitors reach the group.
    #[schema(required = false)]
    group: Contact,
}

/// A language of the kiosk.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    Fr,
    Ar,
    Zgh,
    En,
    Es,
    Nl,
    De,
    It,
}

/// Where visitors reach the group after the event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Telephone, E.164, a number that can exist in its country.
    #[schema(pattern = "^\\+[1-9][0-9]{1,14}$")]
    phone: Option<String>,
    /// Address of its pages.
    #[schema(pattern = "^https://[!-~]{1,56}$")]
    site: Option<String>,
}

/// A batch of envelopes.
#[derive(ToSchema)]
pub struct LeadBatch {
    /// The envelopes.
    #[schema(max_items = 100)]
    items: Vec<Envelope>,
}

/// A sealed lead as it was frozen on the kiosk.
#[derive(ToSchema)]
pub struct Envelope {
    /// What may be known without opening it.
    header: LeadHeader,
    /// binary age file, base64 with padding; at most 64 KiB before it. Inside is a `LeadRecord`.
    sealed: String,
    /// SHA-256 of the sealed bytes, lower-case hex.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
}

/// Without `id` and `revision` no receipt can be written. The rest is kept as it came, understood or not.
#[derive(ToSchema)]
pub struct LeadHeader {
    /// `UUIDv7`, given once.
    #[schema(format = "uuid")]
    id: String,
    /// 1, then one more for every correction.
    #[schema(maximum = 4_294_967_295_u64)]
    revision: u32,
    /// What the envelope holds: `lead`.
    kind: Option<String>,
    /// Stop of the tour.
    stop: Option<String>,
    /// Kiosk.
    kiosk: Option<String>,
    /// Ticket shown to the visitor.
    ticket: Option<String>,
    /// Kiosk's clock.
    #[schema(format = DateTime)]
    taken_at: Option<String>,
    /// Milliseconds since the machine started.
    monotonic_ms: Option<u64>,
    /// Identifies the start of the machine.
    boot_id: Option<String>,
    /// Language the visitor used.
    language: Option<String>,
}

/// One receipt an envelope, in any order.
#[derive(ToSchema)]
pub struct LeadReceipts {
    /// The receipts.
    receipts: Vec<Receipt>,
}

/// The answer for one envelope; counts only if it echoes all three.
#[derive(ToSchema)]
pub struct Receipt {
    /// Of the envelope.
    #[schema(format = "uuid")]
    id: String,
    /// Of the envelope.
    revision: u32,
    /// Of the sealed bytes.
    sha256: String,
    /// What was done.
    outcome: Outcome,
}

/// What the platform did with one envelope.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Outcome {
    Accepted,
    Duplicate,
    Conflict,
    Quarantined,
    Retry,
}

/// A checkpoint with the signature over its exact bytes.
#[derive(ToSchema)]
pub struct SignedCheckpoint {
    /// JSON text of a `Checkpoint`, byte for byte as signed; at most 16 KiB.
    checkpoint: String,
    /// minisign signature file over those bytes in UTF-8, prehashed (`ED`); at most 4 KiB.
    signature: String,
}

/// A kiosk's report, without personal data.
#[derive(ToSchema)]
pub struct Heartbeat {
    /// Version of the program.
    program: String,
    /// Version of the catalogue shown.
    catalogue_version: Option<u64>,
    /// Version of the configuration in use, 0 before any.
    config_version: u64,
    /// Leads not yet acknowledged.
    waiting: u64,
    /// Age of the oldest of them, seconds.
    oldest_waiting_seconds: Option<u64>,
    /// Free bytes where the databases lie.
    disk_free_bytes: u64,
    /// Kiosk's clock.
    #[schema(format = DateTime)]
    kiosk_time: String,
    /// Identifies the start of the machine.
    boot_id: String,
    /// Milliseconds since that start.
    monotonic_ms: u64,
    /// Newest version of a configuration that could not be used; told on when a later one is in use.
    config_rejected: Option<u64>,
    /// Platform's clock minus the kiosk's, milliseconds.
    clock_offset_ms: Option<i64>,
    /// Leads that people must look at.
    #[schema(required = false)]
    set_aside: u64,
    /// Starts of the program since the kiosk was set up.
    #[schema(required = false)]
    restarts: u32,
    /// How the program ended before its last start: `clean`, `crash`, `update` or `power`.
    last_exit: Option<String>,
    /// Picture files of the catalogue that are not there yet.
    #[schema(required = false)]
    missing_pictures: u64,
    /// Why the newest catalogue published is not taken, a code such as `damaged`.
    catalogue_refused: Option<String>,
}

/// The platform's answer to a report.
#[derive(ToSchema)]
pub struct HeartbeatReply {
    /// Platform's clock.
    #[schema(format = DateTime)]
    server_time: String,
    /// Newest catalogue version, if any was published.
    #[schema(required)]
    catalogue_version: Option<u64>,
    /// Newest configuration version for this kiosk.
    config_version: u64,
    /// Highest number of an erasure that this kiosk has still to do, 0 when there is none.
    erasures: u64,
}

/// One version of a kiosk's configuration.
#[derive(ToSchema)]
pub struct Configuration {
    /// Its version; a kiosk takes only higher ones.
    version: u64,
    /// The stop.
    stop: Stop,
    /// Seconds between two heartbeats; null or nothing leaves the kiosk's own.
    #[schema(minimum = 10, maximum = 3600)]
    heartbeat_seconds: Option<u32>,
    /// Days that a kiosk keeps leads the platform holds but nobody exported; null or nothing leaves the kiosk's own.
    #[schema(minimum = 1, maximum = 365)]
    retention_days: Option<u32>,
}

/// Erasures of leads that this kiosk sent.
#[derive(ToSchema)]
pub struct Erasures {
    /// Ascending, at most 500.
    #[schema(max_items = 500)]
    erasures: Vec<Erasure>,
    /// Highest number of an erasure that this kiosk has still to do, 0 when there is none.
    newest: u64,
}

/// One lead to forget.
#[derive(ToSchema)]
pub struct Erasure {
    /// Place in the platform's order, from 1.
    seq: u64,
    /// The lead.
    #[schema(format = "uuid")]
    id: String,
}

/// Erasures that were done.
#[derive(ToSchema)]
pub struct ErasuresDone {
    /// Their numbers.
    #[schema(max_items = 500)]
    done: Vec<u64>,
}

/// An empty object.
#[derive(ToSchema)]
pub struct Nothing {}

/// Bytes.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct File(Vec<u8>);

/// An error, RFC 9457. Never holds what was sent.
#[derive(ToSchema)]
pub struct Problem {
    /// `about:blank#CODE`; the code is stable.
    #[schema(pattern = "^about:blank#[a-z_]+$")]
    r#type: String,
    /// Short sentence, the same for every occurrence.
    title: String,
    /// HTTP status.
    status: u16,
    /// One sentence: what went wrong this time and what to do. Staff read it beside a lead that is set aside, cut after 200
    /// characters.
    detail: String,
}
