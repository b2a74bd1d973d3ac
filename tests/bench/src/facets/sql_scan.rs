//! The peer: the same counts by plain SQL over the generated rows, written from what the filters mean. A project fits
//! when it passes every filter over projects and, if a filter over units is set, one available unit of it passes all of
//! those; each facet is counted with its own choice left out. Must not use the program's own selection.

use super::Counts;
use crate::Failure;
use domain::{Catalogue, Money, UnitStatus};
use jiff::civil::Date;
use kiosk::views::{ExploreQuery, FilterName};
use rusqlite::{Connection, Row, params};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

const AID_RULES: &str = include_str!("../../../../assets/rules/aid.toml");

const SCHEMA: &str = "
    CREATE TABLE projects (ord INTEGER PRIMARY KEY, region TEXT, town TEXT, subsidiary TEXT, delivery TEXT,
                           land_title TEXT, offer INTEGER);
    CREATE TABLE units (project INTEGER, type TEXT, price INTEGER, surface_dm2 INTEGER, rooms INTEGER, aid INTEGER);";

/// The steps that are counted.
pub struct Ladders {
    pub budgets: Vec<Money>,
    pub surfaces: Vec<u32>,
}

/// The rows in a database of its own, in memory.
pub struct Scan {
    database: Connection,
    ladders: Ladders,
}

/// What of the aid's rules the counts depend on.
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
}

impl Scan {
    /// Loads the rows as they are on `day`. Only units that can be had are kept, as filters see no others.
    pub fn load(catalogue: &Catalogue, day: Date, ladders: Ladders) -> Result<Self, Failure> {
        let Rules { rule } = toml::from_str(AID_RULES)?;
        let holds = |rule: &&Rule| {
            !rule.to_confirm && rule.valid_from <= day && rule.valid_to.is_none_or(|to| day <= to)
        };
        let rule = rule
            .iter()
            .filter(holds)
            .max_by_key(|rule| rule.valid_from)
            .ok_or("no rule of aid holds")?;
        let towns: HashMap<&str, &str> = catalogue
            .towns
            .iter()
            .map(|t| (t.id.as_str(), t.region.code()))
            .collect();
        let offers = catalogue
            .offers
            .iter()
            .filter(|o| o.valid_from <= day && day <= o.valid_to);
        let offered: HashSet<&str> = offers
            .flat_map(|o| o.projects.iter().map(String::as_str))
            .collect();
        let mut database = Connection::open_in_memory()?;
        database.execute_batch(SCHEMA)?;
        let rows = database.transaction()?;
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (ord, project) in catalogue.projects.iter().enumerate() {
            places.insert(&project.id, ord);
            rows.prepare_cached("INSERT INTO projects VALUES (?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    ord,
                    towns.get(project.town.as_str()),
                    project.town,
                    project.subsidiary,
                    project.delivery.code(),
                    project.land_title.code(),
                    offered.contains(project.id.as_str()),
                ])?;
        }
        let groups: HashMap<&str, (usize, &str)> = catalogue
            .groups
            .iter()
            .map(|g| (g.id.as_str(), (places[g.project.as_str()], g.product_type.code())))
            .collect();
        for unit in catalogue
            .units
            .iter()
            .filter(|unit| unit.status == UnitStatus::Available)
        {
            let (ord, product_type) = groups[unit.group.as_str()];
            let project = &catalogue.projects[ord];
            // With a permit early enough today, or with one still to come, unless it should long be there.
            let permitted = match project.habitation_permit_on {
                Some(permit) => permit >= rule.permit_from,
                None => project.delivery.code() != "delivered",
            };
            let aid = permitted
                && rule
                    .eligible_types
                    .iter()
                    .any(|eligible| eligible == product_type)
                && unit.rooms.is_none_or(|rooms| rooms >= rule.min_rooms)
                && rule.bands.iter().any(|band| unit.price.0 <= band.max_price);
            rows.prepare_cached("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    ord,
                    product_type,
                    unit.price.0,
                    unit.surface_dm2,
                    unit.rooms,
                    aid
                ])?;
        }
        rows.commit()?;
        database.execute_batch("CREATE INDEX units_of ON units (project); ANALYZE;")?;
        Ok(Self { database, ladders })
    }

    pub fn version(&self) -> Result<String, Failure> {
        Ok(self
            .database
            .query_row("SELECT sqlite_version()", [], |row| row.get(0))?)
    }

    /// Every count of a selection, those of nought left out.
    pub fn counts(&self, query: &ExploreQuery) -> Result<Counts, Failure> {
        let mut counts = Counts::new();
        for (name, column, filter) in [
            ("region", "region", FilterName::Regions),
            ("town", "town", FilterName::Towns),
            ("subsidiary", "subsidiary", FilterName::Subsidiaries),
            ("delivery", "delivery", FilterName::Deliveries),
            ("land_title", "land_title", FilterName::LandTitles),
        ] {
            let fits = project_fits(query, Some(filter));
            self.tally(
                &mut counts,
                &format!("SELECT '{name} ' || {column}, COUNT(*) FROM projects p WHERE {fits} GROUP BY 1"),
            )?;
        }
        let offered = project_fits(query, Some(FilterName::Offer));
        self.tally(
            &mut counts,
            &format!("SELECT 'offer', COUNT(*) FROM projects p WHERE offer AND {offered}"),
        )?;
        let fits = project_fits(query, None);
        self.tally(
            &mut counts,
            &format!("SELECT 'total', COUNT(*) FROM projects p WHERE {fits}"),
        )?;
        for (name, value, filter) in [
            ("type", "u.type", FilterName::Types),
            ("rooms", "MIN(u.rooms, 5)", FilterName::Rooms),
        ] {
            let rows = unit_rows(query, filter);
            self.tally(&mut counts, &format!("SELECT '{name} ' || {value}, COUNT(DISTINCT u.project) {rows} AND {value} IS NOT NULL GROUP BY 1"))?;
        }
        let aided = unit_rows(query, FilterName::Aid);
        self.tally(
            &mut counts,
            &format!("SELECT 'aid', COUNT(DISTINCT u.project) {aided} AND u.aid"),
        )?;
        let best = |best: &str, filter| {
            format!(
                "WITH best AS (SELECT {best} AS value {} GROUP BY u.project)",
                unit_rows(query, filter)
            )
        };
        let budgets =
            self.ladders.budgets.iter().map(|Money(most)| {
                format!("SELECT 'budget {most}', COUNT(*) FROM best WHERE value <= {most}")
            });
        let budgets: Vec<String> = budgets.collect();
        self.tally(
            &mut counts,
            &format!(
                "{} {}",
                best("MIN(u.price)", FilterName::Budget),
                budgets.join(" UNION ALL ")
            ),
        )?;
        let surfaces = self.ladders.surfaces.iter().map(|least| {
            format!("SELECT 'surface {least}', COUNT(*) FROM best WHERE value >= {least} * 100")
        });
        let surfaces: Vec<String> = surfaces.collect();
        self.tally(
            &mut counts,
            &format!(
                "{} {}",
                best("MAX(u.surface_dm2)", FilterName::Surface),
                surfaces.join(" UNION ALL ")
            ),
        )?;
        Ok(counts)
    }

    fn tally(&self, counts: &mut Counts, sql: &str) -> Result<(), Failure> {
        let mut statement = self.database.prepare(sql)?;
        let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        for counted in statement.query_map([], row)? {
            let (name, count): (String, u32) = counted?;
            if count > 0 {
                counts.insert(name, count);
            }
        }
        Ok(())
    }
}

/// `column IN ('a', 'b')`, or what is always true. Codes and identifiers hold no quotes.
fn one_of<'v>(column: &str, values: impl Iterator<Item = &'v str>) -> String {
    let list: Vec<String> = values.map(|value| format!("'{value}'")).collect();
    if list.is_empty() {
        "TRUE".to_owned()
    } else {
        format!("{column} IN ({})", list.join(", "))
    }
}

fn filters_over_projects(query: &ExploreQuery, lifted: Option<FilterName>) -> String {
    let on = |filter| lifted != Some(filter);
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

/// `None` when no filter over units is set.
fn filters_over_units(query: &ExploreQuery, lifted: Option<FilterName>) -> Option<String> {
    let on = |filter| lifted != Some(filter);
    let mut all = Vec::new();
    if !query.types.is_empty() && on(FilterName::Types) {
        all.push(one_of("u.type", query.types.iter().map(|t| t.code())));
    }
    if let Some(Money(most)) = query.max_price.filter(|_| on(FilterName::Budget)) {
        all.push(format!("u.price <= {most}"));
    }
    if let Some(least) = query.min_surface.filter(|_| on(FilterName::Surface)) {
        all.push(format!("u.surface_dm2 >= {least} * 100"));
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

/// What is true of a row `p` of a project that fits, with one filter lifted.
fn project_fits(query: &ExploreQuery, lifted: Option<FilterName>) -> String {
    let over_projects = filters_over_projects(query, lifted);
    match filters_over_units(query, lifted) {
        None => over_projects,
        Some(over_units) => {
            format!(
                "{over_projects} AND EXISTS (SELECT 1 FROM units u WHERE u.project = p.ord AND {over_units})"
            )
        }
    }
}

/// The available units that pass, with their filter lifted, of projects that pass.
fn unit_rows(query: &ExploreQuery, lifted: FilterName) -> String {
    let over_projects = filters_over_projects(query, None);
    let over_units = filters_over_units(query, Some(lifted)).unwrap_or_else(|| "TRUE".to_owned());
    format!("FROM projects p JOIN units u ON u.project = p.ord WHERE {over_projects} AND {over_units}")
}
