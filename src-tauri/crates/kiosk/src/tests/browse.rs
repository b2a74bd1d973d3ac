//! Browsing: results and counts, compared with a brute-force reference.

use super::{install, provisioned_kiosk};
use crate::Kiosk;
use crate::views::{AnswerKind, Explore, ExploreQuery, FacetCount, FilterName, Sort};
use expo_domain::rules::UnitRules;
use expo_domain::{
    Catalogue, Delivery, Group, LandTitle, Lang, Money, Offer, ProductType, Project, Region, Subsidiary,
    Texts, Town, Unit, UnitStatus,
};
use jiff::civil::Date;
use proptest::prelude::*;
use tempfile::TempDir;

const TODAY: Date = Date::constant(2026, 2, 13);

/// Projects in many combinations of region, type, price, delivery and permit.
pub(super) fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue {
        subsidiaries: ["S-0", "S-1", "S-2"].map(subsidiary).to_vec(),
        ..Catalogue::default()
    };
    for (n, region) in Region::ALL.into_iter().enumerate() {
        catalogue.towns.push(Town {
            name: Texts::fr(format!("Ville {n}")),
            latitude: 24.0 + n as f64,
            longitude: -8.0,
            ..fixtures::town(&format!("T-{n}"), region)
        });
    }
    for n in 0..180_usize {
        let id = format!("P-{n}");
        let (subsidiary, town) = (format!("S-{}", n % 3), format!("T-{}", n % 12));
        catalogue.projects.push(Project {
            title: Texts::fr(format!("Essai {n}")),
            description: Texts::fr(if n % 3 == 0 {
                "près du jardin"
            } else {
                "près du port"
            }),
            delivery: Delivery::ALL[n % 3],
            habitation_permit_on: (n % 2 == 0).then(|| jiff::civil::date(2024, 1, 1)),
            land_title: LandTitle::ALL[(n / 5) % 3],
            ..fixtures::project(&id, &subsidiary, &town)
        });
        for (g, product_type) in [ProductType::ALL[n % 10], ProductType::ALL[(n / 7) % 10]]
            .into_iter()
            .enumerate()
        {
            let group = format!("{id}-G{g}");
            catalogue.groups.push(fixtures::group(&group, &id, product_type));
            for u in 0..3_usize {
                catalogue.units.push(Unit {
                    number: u.to_string(),
                    price: Money::dirhams(((n * 37 + g * 211 + u * 97) % 40) as i64 * 50_000 + 200_000),
                    surface_dm2: ((n * 13 + g * 7 + u * 41) % 60) as i64 * 350 + 3_000,
                    rooms: (n % 4 > 0).then_some(((n + u * 2) % 8) as u32),
                    status: UnitStatus::ALL[(n + u) % 3],
                    ..fixtures::unit(&format!("{group}-{u}"), &group)
                });
            }
        }
    }
    catalogue
}

fn subsidiary(id: &str) -> Subsidiary {
    Subsidiary {
        name: Texts::fr(format!("Filiale d'essai {id}")),
        ..fixtures::subsidiary(id)
    }
}

pub(super) fn everything() -> ExploreQuery {
    ExploreQuery::everything(Lang::Fr)
}

pub(super) fn kiosk_with(catalogue: &Catalogue) -> (TempDir, Kiosk) {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = provisioned_kiosk(folder.path());
    install(&kiosk, catalogue);
    (folder, kiosk)
}

/// Whether a project matches a query: a second implementation without optimisations.
fn matches_query(catalogue: &Catalogue, rules: UnitRules<'_>, q: &ExploreQuery, project: &Project) -> bool {
    let chosen = |list: &[String], id: &str| list.is_empty() || list.iter().any(|c| c == id);
    let town = catalogue.towns.iter().find(|t| t.id == project.town).unwrap();
    let offered = || {
        let valid = catalogue.offers.iter().filter(|o| o.is_valid_on(TODAY));
        valid.into_iter().any(|o| o.projects.contains(&project.id))
    };
    let text = q.text.is_empty() || project.description.french().contains(&q.text);
    let unit_filter = !q.types.is_empty()
        || q.max_price.is_some()
        || q.max_plan.is_some()
        || q.min_surface.is_some()
        || !q.rooms.is_empty()
        || q.aid;
    let groups = catalogue.groups.iter().filter(|g| g.project == project.id);
    let mut units = groups.flat_map(|g| {
        let of_group = move |u: &&Unit| u.group == g.id && u.status == UnitStatus::Available;
        catalogue.units.iter().filter(of_group).map(move |u| (g, u))
    });
    let unit_matches = |(group, unit): (&Group, &Unit)| {
        let rooms = unit.rooms.map(|rooms| rooms.min(5));
        (q.types.is_empty() || q.types.contains(&group.product_type))
            && q.max_price.is_none_or(|max| unit.price <= max)
            && q.max_plan.is_none_or(|max| {
                let aid = rules.assess(project, group.product_type, unit).amount();
                let aid = aid.filter(|_| q.plan_counts_aid).unwrap_or_default();
                let lines = rules.costs.unwrap().lines(unit.price, group.product_type);
                lines.iter().map(|line| line.amount.high).sum::<Money>() - aid <= max
            })
            && q.min_surface
                .is_none_or(|min| (unit.surface_dm2 + 5) / 10 >= i64::from(min) * 10)
            && (q.rooms.is_empty() || rooms.is_some_and(|r| q.rooms.contains(&r)))
            && (!q.aid || rules.assess(project, group.product_type, unit).amount().is_some())
    };
    text && chosen(&q.regions, town.region.code())
        && chosen(&q.towns, &project.town)
        && chosen(&q.subsidiaries, &project.subsidiary)
        && (q.deliveries.is_empty() || q.deliveries.contains(&project.delivery))
        && (q.land_titles.is_empty() || q.land_titles.contains(&project.land_title))
        && (!q.offer || offered())
        && (!unit_filter || units.any(unit_matches))
}

prop_compose! {
    fn query()(
        text in prop::sample::select(vec!["", "", "", "jardin"]),
        regions in prop::sample::subsequence(vec!["MA-01", "MA-02", "MA-03", "MA-07"], 0..3),
        towns in prop::sample::subsequence(vec!["T-0", "T-1", "T-6"], 0..2),
        subsidiaries in prop::sample::subsequence(vec!["S-0", "S-1"], 0..2),
        types in prop::sample::subsequence(ProductType::ALL.to_vec(), 0..4),
        max_price in prop::option::of((2..30_i64).prop_map(|n| Money::dirhams(n * 100_000))),
        (max_plan, plan_counts_aid) in (
            prop::option::weighted(0.3, (2..30_i64).prop_map(|n| Money::dirhams(n * 100_000))),
            prop::bool::ANY,
        ),
        min_surface in prop::option::of(30..220_u32),
        rooms in prop::sample::subsequence(vec![1, 2, 3, 4, 5], 0..3),
        deliveries in prop::sample::subsequence(Delivery::ALL.to_vec(), 0..2),
        land_titles in prop::sample::subsequence(LandTitle::ALL.to_vec(), 0..2),
        (aid, offer) in (prop::bool::weighted(0.2), prop::bool::weighted(0.2)),
    ) -> ExploreQuery {
        let owned = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
        ExploreQuery {
            text: text.to_owned(),
            regions: owned(regions),
            towns: owned(towns),
            subsidiaries: owned(subsidiaries),
            types, max_price, max_plan, plan_counts_aid, min_surface, rooms, deliveries, land_titles, aid, offer,
            ..everything()
        }
    }
}

/// The query with one value as the only choice of a facet.
type Choose = fn(&ExploreQuery, &str) -> ExploreQuery;

/// Facets with values, each with the query for a value.
fn choices(found: &Explore) -> Vec<(Choose, &[FacetCount])> {
    vec![
        (
            |q, v| ExploreQuery {
                regions: vec![v.to_owned()],
                ..q.clone()
            },
            &found.facets.regions,
        ),
        (
            |q, v| ExploreQuery {
                towns: vec![v.to_owned()],
                ..q.clone()
            },
            &found.facets.towns,
        ),
        (
            |q, v| ExploreQuery {
                subsidiaries: vec![v.to_owned()],
                ..q.clone()
            },
            &found.facets.subsidiaries,
        ),
        (
            |q, v| ExploreQuery {
                types: vec![ProductType::from_code(v).unwrap()],
                ..q.clone()
            },
            &found.facets.types,
        ),
        (
            |q, v| ExploreQuery {
                rooms: vec![v.parse().unwrap()],
                ..q.clone()
            },
            &found.facets.rooms,
        ),
        (
            |q, v| ExploreQuery {
                deliveries: vec![Delivery::from_code(v).unwrap()],
                ..q.clone()
            },
            &found.facets.deliveries,
        ),
        (
            |q, v| ExploreQuery {
                land_titles: vec![LandTitle::from_code(v).unwrap()],
                ..q.clone()
            },
            &found.facets.land_titles,
        ),
    ]
}

#[test]
fn totals_and_counts_match_a_brute_force_reference() {
    let mut catalogue = catalogue();
    catalogue.offers.push(Offer {
        id: "O".to_owned(),
        projects: (0..180).step_by(4).map(|n| format!("P-{n}")).collect(),
        title: Texts::fr("Offre"),
        text: Texts::fr("Conditions"),
        valid_from: TODAY,
        valid_to: TODAY,
    });
    let (_folder, kiosk) = kiosk_with(&catalogue);
    let rules = kiosk.supply.shown.reference.rules.for_units(TODAY);
    let reference = |q: &ExploreQuery| {
        catalogue
            .projects
            .iter()
            .filter(|p| matches_query(&catalogue, rules, q, p))
            .count()
    };
    let check = |q: &ExploreQuery| {
        let found = kiosk.explore(q).unwrap();
        assert_eq!(found.total as usize, reference(q), "{q:?}");
        for (choose, facets) in choices(&found) {
            for facet in facets {
                let after = reference(&choose(q, &facet.value));
                assert_eq!(facet.count as usize, after, "{q:?} {}", facet.value);
            }
        }
        for step in &found.facets.budgets {
            let after = reference(&ExploreQuery {
                max_price: Some(step.max_price),
                ..q.clone()
            });
            assert_eq!(step.count as usize, after, "{q:?} {:?}", step.max_price);
        }
        for step in &found.facets.plans {
            let after = reference(&ExploreQuery {
                max_plan: Some(step.max_plan),
                ..q.clone()
            });
            assert_eq!(step.count as usize, after, "{q:?} {:?}", step.max_plan);
        }
        for step in &found.facets.surfaces {
            let after = reference(&ExploreQuery {
                min_surface: Some(step.min_surface),
                ..q.clone()
            });
            assert_eq!(step.count as usize, after, "{q:?} {}", step.min_surface);
        }
        assert_eq!(
            found.facets.aid as usize,
            reference(&ExploreQuery {
                aid: true,
                ..q.clone()
            }),
            "{q:?}"
        );
        assert_eq!(
            found.facets.offer as usize,
            reference(&ExploreQuery {
                offer: true,
                ..q.clone()
            }),
            "{q:?}"
        );
    };
    check(&everything());
    proptest!(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }, |(q in query())| check(&q));
}

#[test]
fn empty_result_suggests_the_best_filter_to_remove() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let empty = ExploreQuery {
        regions: vec!["MA-02".to_owned()],
        max_price: Some(Money::dirhams(1)),
        ..everything()
    };
    let found = kiosk.explore(&empty).unwrap();
    assert_eq!(found.total, 0);
    let lift = found.lift.unwrap();
    let lifted = ExploreQuery {
        max_price: None,
        ..empty
    };
    assert_eq!(
        (lift.filter, lift.total),
        (FilterName::Budget, kiosk.explore(&lifted).unwrap().total)
    );
}

/// The catalogue with no unit available: P-0 is sold out, P-1 is reserved, and an offer is for both.
fn with_sold_out_and_reserved_projects() -> Catalogue {
    let mut catalogue = catalogue();
    for unit in &mut catalogue.units {
        if unit.group.starts_with("P-0-") {
            unit.status = UnitStatus::Sold;
        } else if unit.group.starts_with("P-1-") && unit.status == UnitStatus::Available {
            unit.status = UnitStatus::Reserved;
        }
    }
    catalogue.offers.push(Offer {
        id: "O-1".to_owned(),
        projects: vec!["P-0".to_owned(), "P-1".to_owned()],
        title: Texts::fr("Offre d’essai"),
        text: Texts::fr("Conditions d’essai"),
        valid_from: TODAY,
        valid_to: TODAY,
    });
    catalogue
}

#[test]
fn reserved_projects_are_not_sold_out() {
    let (_folder, kiosk) = kiosk_with(&with_sold_out_and_reserved_projects());
    let page = |id: &str| kiosk.project(id, Lang::Fr).unwrap();
    assert!(page("P-0").sold_out && !page("P-1").sold_out);
    let end_of_the_list = ExploreQuery {
        offset: 178,
        ..everything()
    };
    let found = kiosk.explore(&end_of_the_list).unwrap();
    let last: Vec<_> = found
        .hits
        .iter()
        .map(|card| (card.id.as_str(), card.available, card.sold_out))
        .collect();
    assert_eq!(last, [("P-1", 0, false), ("P-0", 0, true)]);
}

#[test]
fn surface_filter_rounds_like_the_card() {
    let mut catalogue = catalogue();
    catalogue
        .units
        .iter_mut()
        .for_each(|unit| unit.surface_dm2 = 4_000);
    let at_least_60 = |surface_dm2: i64| {
        let mut catalogue = catalogue.clone();
        let unit = catalogue
            .units
            .iter_mut()
            .find(|unit| unit.status == UnitStatus::Available);
        unit.unwrap().surface_dm2 = surface_dm2;
        let (_folder, kiosk) = kiosk_with(&catalogue);
        let query = ExploreQuery {
            min_surface: Some(60),
            ..everything()
        };
        kiosk.explore(&query).unwrap().total
    };
    // Shown as 60 m² and as 59.9 m².
    assert_eq!((at_least_60(5_996), at_least_60(5_994)), (1, 0));
}

#[test]
fn sold_out_projects_have_no_offers() {
    let mut catalogue = with_sold_out_and_reserved_projects();
    let offers = |catalogue: &Catalogue, id: &str| {
        let (_folder, kiosk) = kiosk_with(catalogue);
        let query = ExploreQuery {
            offer: true,
            ..everything()
        };
        let listed = kiosk
            .explore(&query)
            .unwrap()
            .hits
            .iter()
            .any(|card| card.id == id);
        let shown = kiosk.project(id, Lang::Fr).unwrap().offers.len();
        (listed, shown, kiosk.boot(None).unwrap().offers.len())
    };
    assert_eq!(offers(&catalogue, "P-0"), (false, 0, 1));
    assert_eq!(offers(&catalogue, "P-1"), (true, 1, 1));
    catalogue.offers[0].projects = vec!["P-0".to_owned()];
    assert_eq!(offers(&catalogue, "P-0"), (false, 0, 0));
}

#[test]
fn sold_out_projects_come_last_in_every_sort_order() {
    let (_folder, kiosk) = kiosk_with(&with_sold_out_and_reserved_projects());
    for sort in [
        Sort::Relevance,
        Sort::PriceAsc,
        Sort::PriceDesc,
        Sort::PlanAsc,
        Sort::SurfaceAsc,
        Sort::SurfaceDesc,
        Sort::Distance,
        Sort::Delivery,
        Sort::Name,
    ] {
        // Up to the last of 180 projects.
        let query = ExploreQuery {
            sort,
            offset: 90,
            ..everything()
        };
        let found = kiosk.explore(&query).unwrap();
        assert!(found.hits.is_sorted_by_key(|h| h.sold_out), "{sort:?}");
        assert!(found.hits.last().unwrap().sold_out, "{sort:?}");
        let prices: Vec<_> = found.hits.iter().filter_map(|h| h.price_from).collect();
        match sort {
            Sort::PriceAsc => assert!(prices.is_sorted()),
            Sort::PriceDesc => assert!(prices.is_sorted_by(|a, b| a >= b)),
            Sort::PlanAsc => assert!(found.hits.iter().filter_map(|h| h.plan_from).is_sorted()),
            Sort::SurfaceAsc => assert!(found.hits.iter().filter_map(|h| h.surface_min).is_sorted()),
            Sort::SurfaceDesc => {
                let largest = found.hits.iter().filter_map(|h| h.surface_max);
                assert!(largest.is_sorted_by(|a, b| a >= b));
            }
            _ => {}
        }
    }
}

#[test]
fn card_describes_only_matching_units() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let max = Money::dirhams(700_000);
    let query = ExploreQuery {
        max_price: Some(max),
        sort: Sort::PriceDesc,
        ..everything()
    };
    let found = kiosk.explore(&query).unwrap();
    assert!(found.total > 0);
    for hit in &found.hits {
        assert!(hit.fitting > 0 && hit.fitting <= hit.available && hit.price_from.unwrap() <= max);
    }
}

#[test]
fn card_mentions_the_aid_only_for_matching_units() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let with_aid = |types: Vec<ProductType>| {
        let found = kiosk
            .explore(&ExploreQuery {
                types,
                ..everything()
            })
            .unwrap();
        let count = found.hits.iter().filter(|hit| hit.aid).count();
        (count, found.facets.aid as usize)
    };
    let (all, all_counted) = with_aid(Vec::new());
    assert!(all > 0);
    assert!(all <= all_counted);
    // A project with flats and plots mentions the aid for its flats, not in a list of plots.
    assert_eq!(with_aid(vec![ProductType::CraftPlot]), (0, 0));
    let flats = with_aid(vec![ProductType::Apartment]);
    assert_eq!(flats.0, flats.1);
}

#[test]
fn distance_is_from_the_nearest_chosen_town() {
    let mut catalogue = catalogue();
    for (n, project) in catalogue.projects.iter_mut().enumerate() {
        project.latitude = Some(24.0 + (n % 12) as f64 + (n % 7) as f64 * 0.01);
        project.longitude = Some(-8.0);
    }
    let (_folder, kiosk) = kiosk_with(&catalogue);
    let sorted = |towns: &[&str]| {
        let query = ExploreQuery {
            towns: towns.iter().map(|town| (*town).to_owned()).collect(),
            sort: Sort::Distance,
            ..everything()
        };
        kiosk.explore(&query).unwrap().hits
    };
    let hits = sorted(&["T-3", "T-5"]);
    assert_eq!(hits.len(), 30);
    let (sold_out, available): (Vec<_>, Vec<_>) = hits.iter().partition(|hit| hit.sold_out);
    for part in [available, sold_out] {
        assert!(part.iter().all(|hit| hit.km.is_some()));
        assert!(part.is_sorted_by_key(|hit| hit.km));
    }
    assert!(hits.iter().filter_map(|hit| hit.km).max() > Some(4));
    assert!(sorted(&[]).iter().all(|hit| hit.km.is_none()));
}

#[test]
fn text_query_returns_answer_kind_and_suggestions() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let search = |text: &str| {
        let query = ExploreQuery {
            text: text.to_owned(),
            ..everything()
        };
        kiosk.explore(&query).unwrap()
    };
    let town = search("ville 11");
    assert_eq!(town.answer.kind, AnswerKind::Exact);
    assert_eq!(town.hits[0].town.text, "Ville 11");
    assert_eq!(
        (town.suggestions[0].id.as_str(), town.suggestions[0].count),
        ("T-11", 15)
    );
    let unknown = search("qwxzjk");
    assert_eq!((unknown.total, unknown.answer.kind), (0, AnswerKind::Nothing));
    assert_eq!(unknown.lift.unwrap().total, 180);
    assert!(search("").suggestions.is_empty());
}

#[test]
fn page_lists_nearby_projects_with_distance() {
    let (_folder, kiosk) = kiosk_with(&catalogue());
    let page = kiosk.project("P-0", Lang::Fr).unwrap();
    assert!(!page.nearby.is_empty());
    assert!(
        page.nearby
            .iter()
            .all(|card| card.id != "P-0" && card.km == Some(0) && !card.sold_out)
    );
    assert_eq!(
        page.age_days,
        Some(TODAY.since(Date::constant(1970, 1, 1)).unwrap().get_days() as u32)
    );
}
