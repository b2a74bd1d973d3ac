//! CSV encrypted with a passphrase. The `age` tool decrypts it: `age -d -o leads.csv leads.csv.age`.

use crate::columns::{COLUMN_COUNT, Cell, row};
use crate::hashing_writer::{ExportStats, HashingWriter};
use crate::{ExportError, ExportLocale, csv};
use expo_domain::Lang;
use expo_domain::lead::LeadRecord;
use expo_vault::SecretString;
use expo_vault::passphrase::{self, WorkFactor};
use std::borrow::Borrow;
use std::io::Write;

/// Writes leads like [`crate::write_csv`], encrypted with the passphrase. The caller must check the strength of the
/// passphrase.
pub fn write_age<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    passphrase: &SecretString,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    write_age_with_cost(leads, locale, passphrase, WorkFactor::STANDARD, output)
}

/// [`write_age`] with another cost of key derivation.
pub(crate) fn write_age_with_cost<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    locale: &ExportLocale,
    passphrase: &SecretString,
    cost: WorkFactor,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let rows = leads.into_iter().map(|lead| row(lead.borrow(), locale));
    write_rows(rows, locale.lang, passphrase, cost, output)
}

/// Writes rows as CSV, encrypted with the passphrase.
pub(crate) fn write_rows(
    rows: impl IntoIterator<Item = [Cell; COLUMN_COUNT]>,
    lang: Lang,
    passphrase: &SecretString,
    cost: WorkFactor,
    output: impl Write,
) -> Result<ExportStats, ExportError> {
    let mut output = HashingWriter::new(output);
    let mut sealed = passphrase::encrypt_to(&mut output, passphrase, cost)?;
    let count = csv::write_rows(rows, lang, &mut sealed)?;
    sealed.finish()?;
    Ok(output.finish(count)?)
}
