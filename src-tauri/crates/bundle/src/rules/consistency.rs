//! Checks how the values of a rule file depend on each other: the days of its versions, orders, sums. Runs on files whose
//! single values are right. Must not know: which keys a file has.

use super::check::Check;
use super::node::{Node, Value};
use crate::fault::{Message, message};
use crate::source::cells::date;
use expo_domain::RuleFile;
use expo_domain::aid_questionnaire::MAX_QUESTIONS;
use expo_texts::RuleTexts;
use jiff::civil::Date;
use std::collections::HashSet;

/// The whole in basis points.
const WHOLE_BP: i64 = 10_000;

pub(super) fn check(file: RuleFile, root: &Node, check: &mut Check<'_>) {
    let versions = root.list("rule");
    check.days(versions);
    for version in versions {
        match file {
            RuleFile::Aid => check.aid(version),
            RuleFile::Costs => {
                for (table, low, high) in [
                    ("notary", "low_bp", "high_bp"),
                    ("notary", "low_minimum", "high_minimum"),
                    ("miscellaneous", "low", "high"),
                    ("mortgage", "low_bp", "high_bp"),
                ] {
                    check.rises(version.get(table), (low, high), &format!("{table}."));
                }
            }
            RuleFile::Exchange => {}
            RuleFile::Loan => {
                for part in ["debt_ratio_low_bp", "financed_low_bp", "years_low"] {
                    check.rises(Some(version), (part, &part.replace("low", "high")), "");
                }
            }
            RuleFile::OffPlan => check.off_plan(version),
            RuleFile::Rates => check.rates(version),
            RuleFile::Summer => check.stages(version),
        }
    }
}

fn about(text: fn(&RuleTexts) -> &'static str) -> Message {
    message(|t| text(&t.content.rules).to_owned())
}

/// First and last day of a version.
struct Period<'n> {
    node: &'n Node,
    name: &'n str,
    from: Date,
    to: Option<Date>,
}

impl<'n> Period<'n> {
    fn of(node: &'n Node) -> Option<Self> {
        let day = |key: &str| node.get(key)?.text().and_then(date);
        Some(Self {
            node,
            name: node.get("version")?.text()?,
            from: day("valid_from")?,
            to: day("valid_to"),
        })
    }

    /// Whether it is only reported; such versions do not replace one another.
    fn is_reported(&self) -> bool {
        let flag = self.node.get("to_confirm").map(|node| &node.value);
        matches!(flag, Some(Value::Flag(true)))
    }
}

impl Check<'_> {
    /// Versions have different names, end after they begin, and follow each other without gap or overlap.
    fn days(&mut self, versions: &[Node]) {
        self.once(versions, "version", "version");
        let mut periods: Vec<Period<'_>> = versions.iter().filter_map(Period::of).collect();
        for period in &periods {
            if let (Some(to), Some(node)) = (period.to, period.node.get("valid_to"))
                && to < period.from
            {
                let from = period.from.to_string();
                let expected = message(|t| (t.content.rules.not_before)(&from));
                self.fault(node, "valid_to", &to.to_string(), expected);
            }
        }
        periods.sort_by_key(|period| (period.is_reported(), period.from));
        for pair in periods.windows(2) {
            let [earlier, later] = pair else { continue };
            if earlier.is_reported() != later.is_reported() {
                continue;
            }
            let Ok(last) = later.from.yesterday() else {
                continue;
            };
            if earlier.to != Some(last) {
                let node = earlier.node.get("valid_to").unwrap_or(earlier.node);
                let found = earlier.to.map(|day| day.to_string()).unwrap_or_default();
                let last = last.to_string();
                let expected = message(|t| (t.content.rules.follows)(&last, later.name));
                self.fault(node, "valid_to", &found, expected);
            }
        }
    }

    fn aid(&mut self, version: &Node) {
        let prices = |band: &Node| band.get("max_price").and_then(Node::number);
        let bands = version.list("bands");
        for pair in bands.windows(2) {
            if let [lower, higher] = pair
                && prices(lower) >= prices(higher)
                && let Some(node) = higher.get("max_price")
            {
                self.fault(node, "bands.max_price", &node.quote(), about(|t| t.bands_rise));
            }
        }
        let Some(procedure) = version.get("procedure") else {
            return;
        };
        self.once(procedure.list("questions"), "id", "procedure.questions.id");
        self.once(procedure.list("steps"), "id", "procedure.steps.id");
        let Some(questions) = procedure.get("questions") else {
            return;
        };
        let asked = questions.items().len();
        let asked = asked
            + questions
                .items()
                .iter()
                .filter(|question| question.get("unless").is_some())
                .count();
        if asked > MAX_QUESTIONS {
            let expected = message(|t| (t.content.rules.most_questions)(MAX_QUESTIONS));
            self.fault(questions, "procedure.questions", &asked.to_string(), expected);
        }
    }

    fn off_plan(&mut self, version: &Node) {
        let Some(stages) = version.get("stages") else {
            return;
        };
        self.once(stages.items(), "stage", "stages.stage");
        let shares = stages
            .items()
            .iter()
            .filter_map(|stage| stage.get("share_bp")?.number());
        let sum: i64 = shares.sum();
        let last = stages.items().last().and_then(|stage| stage.get("stage")?.text());
        if sum != WHOLE_BP || last != Some("keys") {
            self.fault(stages, "stages", &sum.to_string(), about(|t| t.whole_price));
        }
    }

    fn rates(&mut self, version: &Node) {
        let rates = version.list("rates");
        self.once(rates, "currency", "rates.currency");
        let countries = rates.iter().flat_map(|rate| rate.list("countries"));
        self.once_in(countries, "rates.countries");
    }

    /// Stages come after those that they name.
    fn stages(&mut self, version: &Node) {
        let id = |stage: &Node| stage.get("id").and_then(Node::text).map(str::to_owned);
        let mut above: HashSet<String> = HashSet::new();
        for stage in version.list("stages") {
            for named in stage.list("after") {
                if named.text().is_some_and(|name| !above.contains(name)) {
                    self.fault(named, "stages.after", &named.quote(), about(|t| t.stage_above));
                }
            }
            above.extend(id(stage));
        }
    }

    /// The lower end is not above the upper one.
    fn rises(&mut self, table: Option<&Node>, (low, high): (&str, &str), path: &str) {
        let ends = table.and_then(|table| Some((table.get(low)?, table.get(high)?)));
        if let Some((lower, upper)) = ends
            && lower.number() > upper.number()
        {
            let expected = message(|t| (t.content.rules.at_least_key)(low, &lower.quote()));
            self.fault(upper, &format!("{path}{high}"), &upper.quote(), expected);
        }
    }

    /// The values of a key differ.
    fn once(&mut self, tables: &[Node], key: &str, path: &str) {
        self.once_in(tables.iter().filter_map(|table| table.get(key)), path);
    }

    fn once_in<'n>(&mut self, nodes: impl Iterator<Item = &'n Node>, path: &str) {
        let mut seen = HashSet::new();
        for node in nodes {
            if node.text().is_some_and(|text| !seen.insert(text)) {
                self.fault(node, path, &node.quote(), about(|t| t.once));
            }
        }
    }
}
