//! Rules of money and aid: reads a rule file and checks it, wherever it comes from: the program, a catalogue source or a
//! signed catalogue. Owns the files that ship with the program. Must not know: folders, which rules a kiosk uses.

mod check;
mod consistency;
#[cfg(test)]
mod figures;
mod node;
mod schema;
#[cfg(test)]
mod tests;

use crate::fault::{Fault, Faults, Findings, message};
use check::Check;
use expo_domain::{Document, DocumentContent, RuleFile, RuleSet, Rules};
use node::Node;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The text of a file that ships with the program.
pub(crate) const fn built_in_text(file: RuleFile) -> &'static str {
    match file {
        RuleFile::Aid => include_str!("../../../../../assets/rules/aid.toml"),
        RuleFile::Costs => include_str!("../../../../../assets/rules/costs.toml"),
        RuleFile::Exchange => include_str!("../../../../../assets/rules/exchange.toml"),
        RuleFile::Loan => include_str!("../../../../../assets/rules/loan.toml"),
        RuleFile::OffPlan => include_str!("../../../../../assets/rules/offplan.toml"),
        RuleFile::Rates => include_str!("../../../../../assets/rules/rates.toml"),
        RuleFile::Summer => include_str!("../../../../../assets/rules/summer.toml"),
    }
}

/// The rules that ship with the program.
pub fn built_in() -> Result<Rules, Faults> {
    let mut rules = Rules::default();
    for file in RuleFile::ALL {
        let name = format!("assets/rules/{}.toml", file.name());
        rules.replace(from_text(file, &name, built_in_text(file))?);
    }
    Ok(rules)
}

/// The rules in a text, or all its faults. `name` is the file that they name.
pub fn from_text(file: RuleFile, name: &str, text: &str) -> Result<RuleSet, Faults> {
    let mut findings = Findings::default();
    read(file, name, text, &mut findings).ok_or_else(|| {
        let [faults, ..] = findings.sorted();
        Faults::new(faults)
    })
}

/// Reads a rule file and adds all its faults; `None` if there is one.
pub(crate) fn read(file: RuleFile, name: &str, text: &str, findings: &mut Findings) -> Option<RuleSet> {
    let mut own = Findings::default();
    let root = node::from_toml(name, text, &mut own);
    if let Some(root) = &root {
        check_tree(file, name, root, &mut own);
    }
    let is_valid = own.iter().next().is_none();
    own.iter().cloned().for_each(|fault| findings.push(fault));
    if !is_valid {
        return None;
    }
    match parse(file, text) {
        Ok(set) => Some(set),
        Err(error) => {
            let expected = message(|t| t.content.rules.toml.to_owned());
            findings.push(Fault::file(name, error.message(), expected));
            None
        }
    }
}

/// Checks the rules in the documents of a catalogue as those of a source, because a publisher may use another tool. Returns
/// the problem.
pub fn check_documents(documents: &[Document]) -> Result<(), String> {
    for document in documents {
        let DocumentContent::Rules(set) = &document.content else {
            continue;
        };
        let file = set.file();
        if document.id != file.document_id() {
            return Err(format!(
                "the document {} contains the rules {}",
                document.id,
                file.name()
            ));
        }
        let json = serde_json::to_value(set).map_err(|e| e.to_string())?;
        let versions = node::from_json(json.get(file.name()).unwrap_or(&serde_json::Value::Null));
        let root = Node {
            line: 0,
            value: node::Value::Table(vec![("rule".to_owned(), versions)]),
        };
        let mut findings = Findings::default();
        check_tree(file, &document.id, &root, &mut findings);
        if let Some(fault) = findings.iter().next() {
            return Err(fault.to_string());
        }
    }
    // A catalogue may replace only one of the two files.
    let rules = built_in()
        .map_err(|faults| faults.to_string())?
        .with_documents(documents);
    match rules.aid_step_without_deadline() {
        Some((step, version)) => Err(format!(
            "rules/summer uses the deadline of the step {}, which rules/aid does not have in the version of {version}",
            serde_json::json!(step)
        )),
        None => Ok(()),
    }
}

/// Checks each value, then how the values depend on each other.
fn check_tree(file: RuleFile, name: &str, root: &Node, findings: &mut Findings) {
    let mut check = Check { file: name, findings };
    check.table(root, schema::of(file), "");
    consistency::check(file, root, &mut check);
}

#[derive(Deserialize)]
struct Versions<T> {
    rule: Vec<T>,
}

fn parse(file: RuleFile, text: &str) -> Result<RuleSet, toml::de::Error> {
    fn versions<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, toml::de::Error> {
        toml::from_str::<Versions<T>>(text).map(|read| read.rule)
    }
    Ok(match file {
        RuleFile::Aid => RuleSet::Aid(versions(text)?),
        RuleFile::Costs => RuleSet::Costs(versions(text)?),
        RuleFile::Exchange => RuleSet::Exchange(versions(text)?),
        RuleFile::Loan => RuleSet::Loan(versions(text)?),
        RuleFile::OffPlan => RuleSet::OffPlan(versions(text)?),
        RuleFile::Rates => RuleSet::Rates(versions(text)?),
        RuleFile::Summer => RuleSet::Summer(versions(text)?),
    })
}
