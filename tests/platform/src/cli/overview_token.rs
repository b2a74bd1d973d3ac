//! `overview-token`: creates, lists or revokes tokens for the overview.

use super::os_user;
use super::output::{CommandError, Output, printable};
use crate::store::Store;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Longest name, in characters.
const MAX_NAME_CHARS: usize = 60;

#[derive(clap::Args)]
pub struct Args {
    /// Name of the token, to revoke it by; by default a random one.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    name: Option<String>,
    /// Days until the token expires.
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=3650))]
    valid_days: i64,
    /// List the tokens instead.
    #[arg(long, conflicts_with_all = ["name", "revoke"])]
    list: bool,
    /// Revoke the token with this name instead, or all tokens without a name.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with = "name")]
    revoke: Option<String>,
}

fn parse_name(text: &str) -> Result<String, String> {
    let is_valid =
        (1..=MAX_NAME_CHARS).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    is_valid
        .then(|| text.to_owned())
        .ok_or_else(|| format!("use 1 to {MAX_NAME_CHARS} characters"))
}

impl Args {
    pub fn run(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        match &self.revoke {
            Some(name) => revoke(store, Some(name.as_str()).filter(|name| !name.is_empty()), output),
            None if self.list => list(store, output),
            None => self.create(store, output),
        }
    }

    fn create(&self, store: &Store, output: Output) -> Result<(), CommandError> {
        let now = Timestamp::now();
        let expires_at = now + SignedDuration::from_hours(24 * self.valid_days);
        let token = store.new_overview_token(self.name.as_deref(), now, expires_at)?;
        let detail = self.name.as_deref().unwrap_or("without a name");
        store.audit(&os_user::current(), "overview-token", detail, now)?;
        output.print(
            &json!({"token": token, "name": self.name, "expires_at": expires_at}),
            &token,
        )
    }
}

fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let tokens = store.overview_tokens()?;
    let lines: Vec<String> = tokens
        .iter()
        .map(|token| {
            let expiry = token.expires_at.as_deref().unwrap_or("never");
            format!(
                "{}\tcreated {}\texpires {expiry}",
                printable(&token.name),
                token.created_at
            )
        })
        .collect();
    output.print(&serde_json::to_value(&tokens)?, &lines.join("\n"))
}

fn revoke(store: &Store, name: Option<&str>, output: Output) -> Result<(), CommandError> {
    let revoked = store.revoke_overview_tokens(name)?;
    if let Some(name) = name.filter(|_| revoked == 0) {
        return Err(format!("there is no token named {name:?}; 'overview-token --list' lists them").into());
    }
    let detail = name.unwrap_or("all");
    store.audit(
        &os_user::current(),
        "overview-token --revoke",
        detail,
        Timestamp::now(),
    )?;
    output.print(
        &json!({"revoked": revoked}),
        &format!("{revoked} tokens are revoked."),
    )
}
