//! The CSV encrypted to a passphrase, for the public `age` tool: `age -d -o leads.csv leads.csv.age`.

use crate::written::{Hashing, Written};
use crate::{ExportError, Layout, comma};
use domain::lead::LeadRecord;
use std::borrow::Borrow;
use std::io::Write;
use vault::SecretString;
use vault::passphrase::{self, WorkFactor};

/// Writes leads as [`crate::csv`] does, encrypted on their way out. Whether the passphrase is strong enough is for the
/// caller to say.
pub fn age<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    passphrase: &SecretString,
    output: impl Write,
) -> Result<Written, ExportError> {
    age_at_cost(leads, layout, passphrase, WorkFactor::STANDARD, output)
}

/// The same at another cost.
pub(crate) fn age_at_cost<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    passphrase: &SecretString,
    cost: WorkFactor,
    output: impl Write,
) -> Result<Written, ExportError> {
    let mut output = Hashing::new(output);
    let mut sealed = passphrase::encrypt_to(&mut output, passphrase, cost)?;
    let count = comma::rows(leads, layout, &mut sealed)?;
    sealed.finish()?;
    Ok(output.finish(count)?)
}
