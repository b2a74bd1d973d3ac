//! `audit`: lists who ran which command on the store.

use super::output::{CommandError, Output, printable};
use crate::store::Store;

pub fn list(store: &Store, output: Output) -> Result<(), CommandError> {
    let entries = store.audit_log()?;
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| {
            let [actor, act, detail] = [&entry.actor, &entry.act, &entry.detail].map(|text| printable(text));
            format!("{}\t{actor}\t{act}\t{detail}", entry.at)
        })
        .collect();
    output.print(&serde_json::to_value(&entries)?, &lines.join("\n"))
}
