//! The CSV encrypted to a passphrase, for the public `age` tool: `age -d -o leads.csv leads.csv.age`.

use crate::written::{Hashing, Written};
use crate::{ExportError, Layout, comma};
use age::scrypt::Recipient;
use age::{EncryptError, Encryptor};
use domain::lead::LeadRecord;
use secrecy::SecretString;
use std::borrow::Borrow;
use std::io::Write;

/// Cost of a guess: scrypt with N = 2^17, 128 MiB and about half a second.
const WORK_FACTOR: u8 = 17;

/// Writes leads as [`crate::csv`] does, encrypted on their way out. Whether the passphrase is strong enough is for the
/// caller to say.
pub fn age<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    passphrase: &SecretString,
    output: impl Write,
) -> Result<Written, ExportError> {
    age_at_cost(leads, layout, passphrase, WORK_FACTOR, output)
}

/// The same with scrypt's N = 2^`work_factor`.
pub(crate) fn age_at_cost<R: Borrow<LeadRecord>>(
    leads: impl IntoIterator<Item = R>,
    layout: &Layout,
    passphrase: &SecretString,
    work_factor: u8,
    output: impl Write,
) -> Result<Written, ExportError> {
    let encryption = |error: EncryptError| ExportError::Encryption(error.to_string());
    let mut output = Hashing::new(output);
    let mut recipient = Recipient::new(passphrase.clone());
    recipient.set_work_factor(work_factor);
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(encryption)?;
    let mut sealed = encryptor.wrap_output(&mut output)?;
    let count = comma::rows(leads, layout, &mut sealed)?;
    sealed.finish()?;
    Ok(output.finish(count)?)
}
