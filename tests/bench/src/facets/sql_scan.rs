//! The peer: the same counts by plain SQL over the generated rows, written from the meaning of the filters. A project
//! matches when it passes every project filter and, if a unit filter is set, has one available unit that passes all unit
//! filters. Each facet is counted without its own filter. Must not use the program's own selection.

use super::Counts;
use crate::Failure;
use expo_domain::{Catalogue, Money, UnitStatus};
use expo_kiosk_core::views::{ExploreQuery, FilterName};
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};

const COST_RULES: &str = include_str!("../../../../assets/rules/costs.toml");
const AID_RULES: &str = include_str!("../../../../assets/rules/aid.toml");

const SCHEMA: &str = "
    CREATE TABLE projects (ord INTEGER PRIMARY KEY, region TEXT, town TEXT, subsidiary TEXT, delivery TEXT,
                           land_title TEXT, offer INTEGER);
    CREATE TABLE units (project INTEGER, type TEXT, price INTEGER, surface_dm2 INTEGER, rooms INTEGER, aid INTEGER,
                        plan INTEGER, plan_with_aid INTEGER);";

/// The price and surface steps with a count.
pub struct PriceAndSurfaceSteps {
    pub budgets: Vec<Money>,
    pub plans: Vec<Money>,
    pub surfaces: Vec<u32>,
}

/// The rows in an in-memory database.
pub struct SqlScan {
    database: Connection,
    steps: PriceAndSurfaceSteps,
}

/// The fields of the aid rules that the counts depend on.
#[derive(Deserialize)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    valid_from: Date,
    valid_to: Option<Date>,
    to_confirm: bool,
    eligible_types: Vec<String>,
    min_rooms: u32,
    permit_from: Date,
    bands: Vec<Band>,
}

#[derive(Deserialize)]
struct Band {
    max_price: i64,
    amount: i64,
}

/// The fields of the cost rules that the upper total depends on.
#[derive(Deserialize)]
struct CostRules {
    rule: Vec<CostRule>,
}

#[derive(Deserialize)]
struct CostRule {
    registration: BTreeMap<String, toml::Value>,
    land_registry: BTreeMap<String, toml::Value>,
    notary: BTreeMap<String, toml::Value>,
    miscellaneous: BTreeMap<String, toml::Value>,
}

/// Price and costs at the upper end, in centimes.
fn upper_total(costs: &CostRule, price: i64, product_type: &str) -> i64 {
    let value = |table: &BTreeMap<String, toml::Value>, key: &str| {
        table
            .get(key)
            .and_then(toml::Value::as_integer)
            .unwrap_or_default()
    };
    let part = |sum: i64, rate: i64| (sum * rate + 5_000) / 10_000;
    let is_land = product_type.ends_with("plot") || product_type == "block";
    let is_home = !is_land && product_type != "shop";
    let registration = value(&costs.registration, if is_land { "land_bp" } else { "built_bp" });
    let (registry, notary) = (&costs.land_registry, &costs.notary);
    let entry = part(price, value(registry, "rate_bp")) + value(registry, "fixed");
    let entry = entry.max(value(registry, "minimum")) + value(registry, "certificate");
    let fee = if is_home && price <= value(notary, "package_max_price") {
        value(notary, "package")
    } else {
        let fee = part(price, value(notary, "high_bp")).max(value(notary, "high_minimum"));
        fee + part(fee, value(notary, "vat_bp"))
    };
    price + part(price, registration) + entry + fee + value(&costs.miscellaneous, "high")
}

impl SqlScan {
    /// Loads the rows as of `day`. Only available units are loaded, because filters ignore all others.
    pub fn load(catalogue: &Catalogue, day: Date, steps: PriceAndSurfaceSteps) -> Result<Self, Failure> {
        let Rules { rule } = toml::from_str(AID_RULES)?;
        let is_valid = |rule: &&Rule| {
            !rule.to_confirm && rule.valid_from <= day && rule.valid_to.is_none_or(|to| day <= to)
        };
        let rule = rule
            .iter()
            .filter(is_valid)
            .max_by_key(|rule| rule.valid_from)
            .ok_or("no aid rule is valid on this day")?;
        let CostRules { rule: costs } = toml::from_str(COST_RULES)?;
        let costs = costs.last().ok_or("no cost rule")?;
        let towns: HashMap<&str, &str> = catalogue
            .towns
            .iter()
            .map(|t| (t.id.as_str(), t.region.code()))
            .collect();
        let offers = catalogue
            .offers
            .iter()
            .filter(|o| o.valid_from <= day && day <= o.valid_to);
        let with_offer: HashSet<&str> = offers
            .flat_map(|o| o.projects.iter().map(String::as_str))
            .collect();
        let mut database = Connection::open_in_memory()?;
        database.execute_batch(SCHEMA)?;
        let rows = database.transaction()?;
        let mut ords: HashMap<&str, usize> = HashMap::new();
        for (ord, project) in catalogue.projects.iter().enumerate() {
            ords.insert(&project.id, ord);
            rows.prepare_cached("INSERT INTO projects VALUES (?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    ord,
                    towns.get(project.town.as_str()),
                    project.town,
                    project.subsidiary,
                    project.delivery.code(),
                    project.land_title.code(),
                    with_offer.contains(project.id.as_str()),
                ])?;
        }
        let groups: HashMap<&str, (usize, &str)> = catalogue
            .groups
            .iter()
            .map(|g| (g.id.as_str(), (ords[g.project.as_str()], g.product_type.code())))
            .collect();
        for unit in catalogue
            .units
            .iter()
            .filter(|unit| unit.status == UnitStatus::Available)
        {
            let (ord, product_type) = groups[unit.group.as_str()];
            let project = &catalogue.projects[ord];
            // The habitation permit is recent enough, or is still to come because the project is not delivered.
            let has_permit = match project.habitation_permit_on {
                Some(permit) => permit >= rule.permit_from,
                None => project.delivery.code() != "delivered",
            };
            let aid = has_permit
                && rule
                    .eligible_types
                    .iter()
                    .any(|eligible| eligible == product_type)
                && unit.rooms.is_none_or(|rooms| rooms >= rule.min_rooms)
                && rule.bands.iter().any(|band| unit.price.0 <= band.max_price);
            let band = rule.bands.iter().find(|band| unit.price.0 <= band.max_price);
            let amount = band.filter(|_| aid).map_or(0, |band| band.amount);
            let plan = upper_total(costs, unit.price.0, product_type);
            rows.prepare_cached("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    ord,
                    product_type,
                    unit.price.0,
                    unit.surface_dm2,
                    unit.rooms,
                    aid,
                    plan,
                    plan - amount
                ])?;
        }
        rows.commit()?;
        database.execute_batch("CREATE INDEX units_of ON units (project); ANALYZE;")?;
        Ok(Self { database, steps })
    }

    pub fn version(&self) -> Result<String, Failure> {
        Ok(self
            .database
            .query_row("SELECT sqlite_version()", [], |row| row.get(0))?)
    }

    /// Number of projects with an available unit up to a total to plan, without or with the aid.
    pub fn within(&self, total: Money, counts_aid: bool) -> Result<u32, Failure> {
        let column = if counts_aid { "plan_with_aid" } else { "plan" };
        let sql = format!("SELECT COUNT(DISTINCT project) FROM units WHERE {column} <= ?");
        let mut statement = self.database.prepare_cached(&sql)?;
        Ok(statement.query_row([total.0], |row| row.get(0))?)
    }

    /// All counts of a selection, without zero counts.
    pub fn counts(&self, query: &ExploreQuery) -> Result<Counts, Failure> {
        let mut counts = Counts::new();
        for (name, column, filter) in [
            ("region", "region", FilterName::Regions),
            ("town", "town", FilterName::Towns),
            ("subsidiary", "subsidiary", FilterName::Subsidiaries),
            ("delivery", "delivery", FilterName::Deliveries),
            ("land_title", "land_title", FilterName::LandTitles),
        ] {
            let condition = project_condition(query, Some(filter));
            self.add_counts(
                &mut counts,
                &format!(
                    "SELECT '{name} ' || {column}, COUNT(*) FROM projects p WHERE {condition} GROUP BY 1"
                ),
            )?;
        }
        let other_filters = project_condition(query, Some(FilterName::Offer));
        self.add_counts(
            &mut counts,
            &format!("SELECT 'offer', COUNT(*) FROM projects p WHERE offer AND {other_filters}"),
        )?;
        let condition = project_condition(query, None);
        self.add_counts(
            &mut counts,
            &format!("SELECT 'total', COUNT(*) FROM projects p WHERE {condition}"),
        )?;
        for (name, value, filter) in [
            ("type", "u.type", FilterName::Types),
            ("rooms", "MIN(u.rooms, 5)", FilterName::Rooms),
        ] {
            let rows = unit_rows(query, filter);
            self.add_counts(&mut counts, &format!("SELECT '{name} ' || {value}, COUNT(DISTINCT u.project) {rows} AND {value} IS NOT NULL GROUP BY 1"))?;
        }
        let rows = unit_rows(query, FilterName::Aid);
        self.add_counts(
            &mut counts,
            &format!("SELECT 'aid', COUNT(DISTINCT u.project) {rows} AND u.aid"),
        )?;
        let best = |best: &str, filter| {
            format!(
                "WITH best AS (SELECT {best} AS value {} GROUP BY u.project)",
                unit_rows(query, filter)
            )
        };
        let budgets =
            self.steps.budgets.iter().map(|Money(most)| {
                format!("SELECT 'budget {most}', COUNT(*) FROM best WHERE value <= {most}")
            });
        let budgets: Vec<String> = budgets.collect();
        self.add_counts(
            &mut counts,
            &format!(
                "{} {}",
                best("MIN(u.price)", FilterName::Budget),
                budgets.join(" UNION ALL ")
            ),
        )?;
        let plans = self
            .steps
            .plans
            .iter()
            .map(|Money(most)| format!("SELECT 'plan {most}', COUNT(*) FROM best WHERE value <= {most}"));
        let plans: Vec<String> = plans.collect();
        let lowest = format!("MIN({})", plan_column(query));
        self.add_counts(
            &mut counts,
            &format!(
                "{} {}",
                best(&lowest, FilterName::Plan),
                plans.join(" UNION ALL ")
            ),
        )?;
        let surfaces = self.steps.surfaces.iter().map(|least| {
            format!("SELECT 'surface {least}', COUNT(*) FROM best WHERE value >= {least} * 100")
        });
        let surfaces: Vec<String> = surfaces.collect();
        self.add_counts(
            &mut counts,
            &format!(
                "{} {}",
                best("MAX(u.surface_dm2)", FilterName::Surface),
                surfaces.join(" UNION ALL ")
            ),
        )?;
        Ok(counts)
    }

    /// Runs a query of names and counts, and adds its rows.
    fn add_counts(&self, counts: &mut Counts, sql: &str) -> Result<(), Failure> {
        let mut statement = self.database.prepare(sql)?;
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        for row in statement.query_map([], row)? {
            let (name, count): (String, u32) = row?;
            if count > 0 {
                counts.insert(name, count);
            }
        }
        Ok(())
    }
}

/// `column IN ('a', 'b')`, or `TRUE` for no values. Codes and identifiers contain no quotes.
fn one_of<'v>(column: &str, values: impl Iterator<Item = &'v str>) -> String {
    let list: Vec<String> = values.map(|value| format!("'{value}'")).collect();
    if list.is_empty() {
        "TRUE".to_owned()
    } else {
        format!("{column} IN ({})", list.join(", "))
    }
}

/// Condition of the project filters, except one.
fn project_filters(query: &ExploreQuery, ignored: Option<FilterName>) -> String {
    let on = |filter| ignored != Some(filter);
    let mut all = Vec::new();
    let mut lists = |filter, column, values: Vec<&str>| {
        if on(filter) {
            all.push(one_of(column, values.into_iter()));
        }
    };
    lists(
        FilterName::Regions,
        "p.region",
        query.regions.iter().map(String::as_str).collect(),
    );
    lists(
        FilterName::Towns,
        "p.town",
        query.towns.iter().map(String::as_str).collect(),
    );
    lists(
        FilterName::Subsidiaries,
        "p.subsidiary",
        query.subsidiaries.iter().map(String::as_str).collect(),
    );
    lists(
        FilterName::Deliveries,
        "p.delivery",
        query.deliveries.iter().map(|d| d.code()).collect(),
    );
    lists(
        FilterName::LandTitles,
        "p.land_title",
        query.land_titles.iter().map(|t| t.code()).collect(),
    );
    if query.offer && on(FilterName::Offer) {
        all.push("p.offer".to_owned());
    }
    all.join(" AND ")
}

/// The total to plan for that the query means.
const fn plan_column(query: &ExploreQuery) -> &'static str {
    if query.plan_counts_aid {
        "u.plan_with_aid"
    } else {
        "u.plan"
    }
}

/// Condition of the unit filters, except one; `None` if no other unit filter is set.
fn unit_filters(query: &ExploreQuery, ignored: Option<FilterName>) -> Option<String> {
    let on = |filter| ignored != Some(filter);
    let mut all = Vec::new();
    if !query.types.is_empty() && on(FilterName::Types) {
        all.push(one_of("u.type", query.types.iter().map(|t| t.code())));
    }
    if let Some(Money(most)) = query.max_price.filter(|_| on(FilterName::Budget)) {
        all.push(format!("u.price <= {most}"));
    }
    if let Some(Money(most)) = query.max_plan.filter(|_| on(FilterName::Plan)) {
        all.push(format!("{} <= {most}", plan_column(query)));
    }
    if let Some(least) = query.min_surface.filter(|_| on(FilterName::Surface)) {
        // Rounded as they are shown.
        let rounding = if least < 1000 { 5 } else { 50 };
        all.push(format!("u.surface_dm2 >= {least} * 100 - {rounding}"));
    }
    if !query.rooms.is_empty() && on(FilterName::Rooms) {
        let rooms: Vec<String> = query.rooms.iter().map(u32::to_string).collect();
        all.push(format!("MIN(u.rooms, 5) IN ({})", rooms.join(", ")));
    }
    if query.aid && on(FilterName::Aid) {
        all.push("u.aid".to_owned());
    }
    (!all.is_empty()).then(|| all.join(" AND "))
}

/// Condition for a row `p` of a matching project, with one filter ignored.
fn project_condition(query: &ExploreQuery, ignored: Option<FilterName>) -> String {
    let of_project = project_filters(query, ignored);
    match unit_filters(query, ignored) {
        None => of_project,
        Some(of_unit) => {
            format!("{of_project} AND EXISTS (SELECT 1 FROM units u WHERE u.project = p.ord AND {of_unit})")
        }
    }
}

/// `FROM` and `WHERE` for the available units that match, with one unit filter ignored, in matching projects.
fn unit_rows(query: &ExploreQuery, ignored: FilterName) -> String {
    let of_project = project_filters(query, None);
    let of_unit = unit_filters(query, Some(ignored)).unwrap_or_else(|| "TRUE".to_owned());
    format!("FROM projects p JOIN units u ON u.project = p.ord WHERE {of_project} AND {of_unit}")
}
