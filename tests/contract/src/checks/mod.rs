//! All requirements of the contract, in the order in which they are checked. A broken requirement does not stop the
//! checks of the others.

mod catalogue;
mod enrolment;
mod erasures;
mod heartbeat;
mod invalid_bodies;
mod leads;
mod limits;
mod service;

use crate::api::{Api, CheckError};
use crate::report::{Report, RequirementResult, Verdict};
use crate::{Options, ensure};
use expo_protocol::{EnrolmentReply, SignedCheckpoint};
use expo_vault::seal::Recipient;
use std::pin::Pin;

/// Everything a check may use.
pub struct Context {
    /// Settings of the run.
    pub options: Options,
    /// A caller without a token.
    pub anonymous: Api,
    /// The enrolled kiosk.
    pub kiosk: Api,
    /// The answer to its enrolment.
    pub enrolment: EnrolmentReply,
    /// The recipient that leads are sealed for.
    pub recipient: Recipient,
    /// The published checkpoint.
    pub published: Option<SignedCheckpoint>,
}

/// Result of a check: `None` if the requirement is met, `Some` with the missing precondition if it was not checked, an
/// error if it is broken.
pub type CheckResult = Result<Option<&'static str>, CheckError>;
type CheckFuture<'a> = Pin<Box<dyn Future<Output = CheckResult> + Send + 'a>>;

/// One requirement and the function that checks it.
pub struct Check {
    requirement: &'static str,
    run: for<'a> fn(&'a Context) -> CheckFuture<'a>,
}

/// Requirements as sentences, each with the async function that checks it.
macro_rules! checks {
    ($($requirement:literal => $run:path),+ $(,)?) => {
        &[$($crate::checks::Check { requirement: $requirement, run: |context| Box::pin($run(context)) }),+]
    };
}
pub(crate) use checks;

const PARTS: [(&str, &[Check]); 9] = [
    ("Who speaks", service::CHECKS),
    ("Enrolment", enrolment::CHECKS),
    ("Leads", leads::CHECKS),
    ("Limits", limits::CHECKS),
    ("Bad bodies", invalid_bodies::CHECKS),
    ("Catalogue", catalogue::CHECKS),
    ("Heartbeat and configuration", heartbeat::CHECKS),
    ("Erasures", erasures::CHECKS),
    ("Last of all", enrolment::LAST),
];

const ENROLLED: &str = "a code, typed carelessly, enrols a kiosk, and the answer has usable keys";

/// Runs all parts, or the one selected by [`Options::only`].
pub async fn run(options: Options) -> Report {
    let mut report = Report::default();
    let mut add = |part, requirement, verdict| {
        report.results.push(RequirementResult {
            part,
            requirement,
            verdict,
        });
    };
    let context = match prepare(options).await {
        Ok(context) => context,
        Err(fault) => {
            add("Enrolment", ENROLLED, Verdict::Broken(fault.0));
            return report;
        }
    };
    add("Enrolment", ENROLLED, Verdict::Kept);
    let wanted = |part: &str| context.options.only.as_deref().is_none_or(|only| only == part);
    for (part, checks) in PARTS.into_iter().filter(|(part, _)| wanted(part)) {
        for check in checks {
            let verdict = match (check.run)(&context).await {
                Ok(None) => Verdict::Kept,
                Ok(Some(missing)) => Verdict::NotChecked(missing.to_owned()),
                Err(fault) => Verdict::Broken(fault.0),
            };
            add(part, check.requirement, verdict);
        }
    }
    let general = context.anonymous.general_faults();
    let verdict = if general.is_empty() {
        Verdict::Kept
    } else {
        Verdict::Broken(general.join("; "))
    };
    let requirement = "every answer has the protocol header, every error is a problem document with a code, and no \
                       answer is an internal error or repeats the request";
    add("Everything", requirement, verdict);
    report
}

/// Enrols a kiosk and fetches the checkpoint.
async fn prepare(options: Options) -> Result<Context, CheckError> {
    let anonymous = Api::new(&options.url, options.ca_file.as_deref())?;
    let careless = options
        .code
        .to_lowercase()
        .replace('-', " ")
        .replace('0', "o")
        .replace('1', "l");
    let enrolment = anonymous.enrol(&careless).await?;
    ensure!(!enrolment.kiosk.is_empty(), "the kiosk has no identifier");
    ensure!(
        enrolment.token.len() >= 16,
        "the token is shorter than 16 characters"
    );
    let recipient = enrolment
        .leads_recipient
        .parse()
        .map_err(|_| CheckError("leads_recipient is not an age X25519 recipient".to_owned()))?;
    let key: Result<expo_vault::signature::PublicKey, _> = enrolment.publisher_key.parse();
    ensure!(key.is_ok(), "publisher_key is not a minisign public key");
    if let Some(wanted) = &options.publisher_key {
        ensure!(
            wanted.trim() == enrolment.publisher_key,
            "publisher_key differs from the expected one"
        );
    }
    if let Some(stop) = &enrolment.stop {
        stop.check()
            .map_err(|e| CheckError(format!("the stop is invalid: {e}")))?;
    }
    let kiosk = anonymous.with_token(&enrolment.token);
    let published = kiosk.checkpoint().await?;
    Ok(Context {
        options,
        anonymous,
        kiosk,
        enrolment,
        recipient,
        published,
    })
}
