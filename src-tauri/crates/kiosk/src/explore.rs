//! Exploring: words, filters with exact counts, order, and what to lift when nothing fits.

use crate::explorer::{Entry, Explorer};
use crate::reference::text;
use crate::views::{BudgetFacet, Explore, ExploreQuery, Facet, Facets, FilterName, Lift, ProjectCard, Sort};
use crate::{Kiosk, KioskError};
use domain::{Delivery, Lang, Money, ProductType, Region, fold};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

/// Budgets offered as one touch, in dirhams.
const BUDGETS: [i64; 6] = [300_000, 500_000, 700_000, 1_000_000, 1_500_000, 2_500_000];
const MAX_LIMIT: u32 = 100;

impl Kiosk {
    /// What fits a selection.
    pub fn explore(&self, query: &ExploreQuery) -> Result<Explore, KioskError> {
        let explorer = self.explorer()?;
        let found = Words::find(&explorer, &query.text)?;
        let selection = Selection {
            explorer: &explorer,
            query,
            words: &found,
        };
        let mut hits = selection.hits();
        selection.sort(&mut hits);
        let page = hits
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(MAX_LIMIT) as usize);
        Ok(Explore {
            total: hits.len() as u32,
            exact: found.exact,
            hits: page.map(|entry| card(&explorer, entry, query.lang)).collect(),
            facets: selection.facets(),
            lift: if hits.is_empty() { selection.lift() } else { None },
        })
    }
}

/// A project as a card.
pub(crate) fn card(explorer: &Explorer, entry: &Entry, lang: Lang) -> ProjectCard {
    let project = &entry.project;
    ProjectCard {
        id: project.id.clone(),
        title: text(&project.title, lang),
        town: text(&explorer.town(entry), lang),
        region: text(&entry.region.names(), lang),
        region_code: entry.region.code().to_owned(),
        cover: entry
            .cover
            .as_ref()
            .map(|picture| crate::project::picture(picture, lang)),
        types: entry.types.clone(),
        price_from: entry.price_from(&[], false),
        surface_min: entry.surface_dm2.map(|(low, _)| low as f64 / 100.0),
        surface_max: entry.surface_dm2.map(|(_, high)| high as f64 / 100.0),
        delivery: project.delivery,
        delivery_on: project.delivery_on.map(|d| d.to_string()),
        available: entry.available,
        sold_out: entry.available == 0,
        aid: entry.price_from(&[], true).is_some(),
        offer: entry.offer.map(|index| text(&explorer.offers[index].title, lang)),
    }
}

/// What the typed words found: place in the ranking by place in the catalogue; `None` when nothing was typed.
struct Words {
    ranks: Option<HashMap<usize, usize>>,
    exact: bool,
}

impl Words {
    fn find(explorer: &Explorer, typed: &str) -> Result<Self, KioskError> {
        if fold::words(typed).is_empty() {
            return Ok(Self {
                ranks: None,
                exact: true,
            });
        }
        let mut found = explorer.version.search(typed, false)?;
        let exact = !found.is_empty();
        if !exact {
            found = explorer.version.search(typed, true)?;
        }
        // Nothing near either: then nothing is shown, and that is exact again.
        let exact = exact || found.is_empty();
        Ok(Self {
            ranks: Some(found.iter().enumerate().map(|(rank, f)| (f.ord, rank)).collect()),
            exact,
        })
    }
}

struct Selection<'a> {
    explorer: &'a Explorer,
    query: &'a ExploreQuery,
    words: &'a Words,
}

impl<'a> Selection<'a> {
    /// Whether an entry fits, with some filters lifted.
    fn fits(&self, ord: usize, entry: &Entry, lifted: &[FilterName]) -> bool {
        let q = self.query;
        let on = |filter| !lifted.contains(&filter);
        let types: &[ProductType] = if on(FilterName::Types) { &q.types } else { &[] };
        let max_price = q.max_price.filter(|_| on(FilterName::Budget));
        (!on(FilterName::Text)
            || self
                .words
                .ranks
                .as_ref()
                .is_none_or(|ranks| ranks.contains_key(&ord)))
            && (!on(FilterName::Regions)
                || q.regions.is_empty()
                || q.regions.iter().any(|code| code == entry.region.code()))
            && (!on(FilterName::Deliveries)
                || q.deliveries.is_empty()
                || q.deliveries.contains(&entry.project.delivery))
            && (!on(FilterName::Offer) || !q.offer || entry.offer.is_some())
            && entry.fits(types, max_price, q.aid && on(FilterName::Aid))
    }

    fn entries(&self, lifted: &'static [FilterName]) -> impl Iterator<Item = &'a Entry> {
        let indexed = self.explorer.entries.iter().enumerate();
        indexed
            .filter(move |(ord, entry)| self.fits(*ord, entry, lifted))
            .map(|(_, entry)| entry)
    }

    fn hits(&self) -> Vec<&'a Entry> {
        match &self.words.ranks {
            None => self.entries(&[]).collect(),
            Some(ranks) => {
                let mut ranked: Vec<(usize, &Entry)> = ranks
                    .iter()
                    .filter_map(|(&ord, &rank)| Some((rank, self.explorer.entries.get(ord)?, ord)))
                    .filter(|(_, entry, ord)| self.fits(*ord, entry, &[]))
                    .map(|(rank, entry, _)| (rank, entry))
                    .collect();
                ranked.sort_unstable_by_key(|(rank, _)| *rank);
                ranked.into_iter().map(|(_, entry)| entry).collect()
            }
        }
    }

    /// Sold out comes last in every order; `Relevance` keeps the order of the words or of the catalogue.
    fn sort(&self, hits: &mut [&Entry]) {
        let q = self.query;
        let price = |e: &Entry| e.price_from(&q.types, q.aid);
        let name = |e: &Entry| fold::fold(&text(&e.project.title, q.lang).text);
        match q.sort {
            Sort::Relevance => hits.sort_by_key(|e| e.available == 0),
            Sort::PriceAsc => hits.sort_by_key(|e| (e.available == 0, price(e))),
            Sort::PriceDesc => hits.sort_by_key(|e| (e.available == 0, Reverse(price(e)))),
            Sort::Delivery => hits.sort_by_key(|e| (e.available == 0, e.delivery_key())),
            Sort::Name => hits.sort_by_cached_key(|e| (e.available == 0, name(e))),
        }
    }

    fn facets(&self) -> Facets {
        let q = self.query;
        let regions = tally(self.entries(&[FilterName::Regions]).map(|e| e.region));
        let deliveries = tally(
            self.entries(&[FilterName::Deliveries])
                .map(|e| e.project.delivery),
        );
        // Counted per type: a project of flats and shops counts for flats only if a flat fits budget and aid.
        let without_types: Vec<&Entry> = self
            .explorer
            .entries
            .iter()
            .enumerate()
            .filter(|(ord, e)| self.fits(*ord, e, &[FilterName::Types, FilterName::Budget, FilterName::Aid]))
            .map(|(_, e)| e)
            .collect();
        let of_type = |t: ProductType| {
            without_types
                .iter()
                .filter(|e| e.fits(&[t], q.max_price, q.aid))
                .count()
        };
        let under = |max| {
            without_types
                .iter()
                .filter(|e| e.fits(&q.types, Some(max), q.aid))
                .count()
        };
        Facets {
            regions: Region::ALL
                .iter()
                .map(|r| facet(r.code(), regions.get(r)))
                .collect(),
            types: ProductType::ALL
                .iter()
                .map(|t| Facet {
                    value: t.code().to_owned(),
                    count: of_type(*t) as u32,
                })
                .collect(),
            budgets: BUDGETS
                .iter()
                .map(|dirhams| Money::dirhams(*dirhams))
                .map(|max_price| BudgetFacet {
                    max_price,
                    count: under(max_price) as u32,
                })
                .collect(),
            deliveries: Delivery::ALL
                .iter()
                .map(|d| facet(d.code(), deliveries.get(d)))
                .collect(),
            aid: without_types
                .iter()
                .filter(|e| e.fits(&q.types, q.max_price, true))
                .count() as u32,
            offer: self
                .entries(&[FilterName::Offer])
                .filter(|e| e.offer.is_some())
                .count() as u32,
        }
    }

    /// The active filter whose lifting shows most.
    fn lift(&self) -> Option<Lift> {
        let q = self.query;
        let active: [(bool, &'static [FilterName]); 7] = [
            (self.words.ranks.is_some(), &[FilterName::Text]),
            (!q.regions.is_empty(), &[FilterName::Regions]),
            (!q.types.is_empty(), &[FilterName::Types]),
            (q.max_price.is_some(), &[FilterName::Budget]),
            (!q.deliveries.is_empty(), &[FilterName::Deliveries]),
            (q.aid, &[FilterName::Aid]),
            (q.offer, &[FilterName::Offer]),
        ];
        let lifts = active.into_iter().filter(|(on, _)| *on).map(|(_, filter)| Lift {
            filter: filter[0],
            total: self.entries(filter).count() as u32,
        });
        lifts.filter(|lift| lift.total > 0).max_by_key(|lift| lift.total)
    }
}

fn tally<T: Eq + Hash>(values: impl Iterator<Item = T>) -> HashMap<T, u32> {
    let mut counts = HashMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}

fn facet(value: &str, count: Option<&u32>) -> Facet {
    Facet {
        value: value.to_owned(),
        count: count.copied().unwrap_or(0),
    }
}
