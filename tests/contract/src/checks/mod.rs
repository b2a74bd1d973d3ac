//! Every demand of the contract, in the order in which they are looked at. One that is not kept does not keep the others
//! from being looked at.

mod catalogue;
mod enrolment;
mod erasures;
mod hostile;
mod kiosk;
mod leads;
mod limits;
mod service;

use crate::api::{Api, Fault};
use crate::report::{Finding, Report, Verdict};
use crate::{Options, demand};
use protocol::{Enrolled, SignedCheckpoint};
use std::pin::Pin;
use vault::seal::Recipient;

/// What checks work with.
pub struct Visit {
    /// How the suite is run.
    pub options: Options,
    /// A stranger.
    pub stranger: Api,
    /// The kiosk that was enrolled.
    pub kiosk: Api,
    /// What it got.
    pub enrolled: Enrolled,
    /// What leads are sealed to.
    pub recipient: Recipient,
    /// What is published.
    pub published: Option<SignedCheckpoint>,
}

/// What a check ends with: kept, or not to be seen because of something.
pub type Seen = Result<Option<&'static str>, Fault>;
type Running<'a> = Pin<Box<dyn Future<Output = Seen> + Send + 'a>>;

/// One demand and how it is looked at.
pub struct Check {
    demand: &'static str,
    look: for<'a> fn(&'a Visit) -> Running<'a>,
}

/// Demands in words, each with the function that looks.
macro_rules! checks {
    ($($demand:literal => $look:path),+ $(,)?) => {
        &[$($crate::checks::Check { demand: $demand, look: |visit| Box::pin($look(visit)) }),+]
    };
}
pub(crate) use checks;

const PARTS: [(&str, &[Check]); 9] = [
    ("Who speaks", service::CHECKS),
    ("Enrolment", enrolment::CHECKS),
    ("Leads", leads::CHECKS),
    ("Limits", limits::CHECKS),
    ("Bad bodies", hostile::CHECKS),
    ("Catalogue", catalogue::CHECKS),
    ("Heartbeat and configuration", kiosk::CHECKS),
    ("Erasures", erasures::CHECKS),
    ("Last of all", enrolment::LAST),
];

const ENROLLED: &str = "a code, typed sloppily, enrols a kiosk and brings usable keys";

/// Runs everything, or the part that was asked for.
pub async fn run(options: Options) -> Report {
    let mut report = Report::default();
    let mut add = |part, demand, verdict| {
        report.findings.push(Finding {
            part,
            demand,
            verdict,
        });
    };
    let visit = match arrive(options).await {
        Ok(visit) => visit,
        Err(fault) => {
            add("Enrolment", ENROLLED, Verdict::Broken(fault.0));
            return report;
        }
    };
    add("Enrolment", ENROLLED, Verdict::Kept);
    let wanted = |part: &str| visit.options.only.as_deref().is_none_or(|only| only == part);
    for (part, checks) in PARTS.into_iter().filter(|(part, _)| wanted(part)) {
        for check in checks {
            let verdict = match (check.look)(&visit).await {
                Ok(None) => Verdict::Kept,
                Ok(Some(missing)) => Verdict::NotSeen(missing.to_owned()),
                Err(fault) => Verdict::Broken(fault.0),
            };
            add(part, check.demand, verdict);
        }
    }
    let general = visit.stranger.general_faults();
    let verdict = if general.is_empty() {
        Verdict::Kept
    } else {
        Verdict::Broken(general.join("; "))
    };
    let demand = "every answer says who speaks, every error is a problem document with a code, none is a fault or \
                  repeats what was sent";
    add("Everything", demand, verdict);
    report
}

/// Enrols a kiosk.
async fn arrive(options: Options) -> Result<Visit, Fault> {
    let stranger = Api::new(&options.url, options.ca_file.as_deref())?;
    let sloppy = options
        .code
        .to_lowercase()
        .replace('-', " ")
        .replace('0', "o")
        .replace('1', "l");
    let enrolled = stranger.enrol(&sloppy).await?;
    demand!(!enrolled.kiosk.is_empty(), "the kiosk has no identifier");
    demand!(enrolled.token.len() >= 16, "the token can be guessed");
    let recipient = enrolled
        .leads_recipient
        .parse()
        .map_err(|_| Fault("leads_recipient is no age X25519 recipient".to_owned()))?;
    let key: Result<vault::signature::PublicKey, _> = enrolled.publisher_key.parse();
    demand!(key.is_ok(), "publisher_key is no minisign public key");
    if let Some(wanted) = &options.publisher_key {
        demand!(
            wanted.trim() == enrolled.publisher_key,
            "publisher_key is another one"
        );
    }
    if let Some(stop) = &enrolled.stop {
        stop.check()
            .map_err(|e| Fault(format!("the stop cannot be used: {e}")))?;
    }
    let kiosk = stranger.with_token(&enrolled.token);
    let published = kiosk.checkpoint().await?;
    Ok(Visit {
        options,
        stranger,
        kiosk,
        enrolled,
        recipient,
        published,
    })
}
