//! The order of results. Must not know: how projects are found and filtered.

use super::selection::Fit;
use crate::catalogue::index::CatalogueIndex;
use crate::views::{ExploreQuery, Sort};
use std::cmp::Reverse;

/// Sorts as the query demands. Sold-out projects follow the others, and projects that are only near the place come last.
/// `Relevance` keeps the order of the text search, or of the catalogue without text.
pub(super) fn sort(index: &CatalogueIndex, query: &ExploreQuery, fits: &mut [Fit]) {
    let comes_last = |fit: &Fit| {
        let entry = &index.entries[fit.ordinal];
        (fit.km.is_some(), entry.available == 0, entry.is_sold_out())
    };
    match query.sort {
        Sort::Relevance => fits.sort_by_key(|fit| (comes_last(fit), fit.km, fit.rank)),
        Sort::PriceAsc => fits.sort_by_key(|fit| (comes_last(fit), fit.price_from, fit.rank)),
        Sort::PriceDesc => fits.sort_by_key(|fit| (comes_last(fit), Reverse(fit.price_from), fit.rank)),
        Sort::PlanAsc => fits.sort_by_key(|fit| (comes_last(fit), fit.plan_from, fit.rank)),
        Sort::SurfaceAsc => {
            fits.sort_by_key(|fit| (comes_last(fit), fit.surface_dm2.map(|(low, _)| low), fit.rank));
        }
        Sort::SurfaceDesc => {
            fits.sort_by_key(|fit| {
                (
                    comes_last(fit),
                    Reverse(fit.surface_dm2.map(|(_, high)| high)),
                    fit.rank,
                )
            });
        }
        // Projects without a distance keep the order of relevance after the others.
        Sort::Distance => fits.sort_by_cached_key(|fit| {
            let metres = metres(index, query, fit);
            (comes_last(fit), metres.is_none(), metres, fit.km, fit.rank)
        }),
        // Finished projects first.
        Sort::Delivery => fits.sort_by_key(|fit| {
            let project = &index.entries[fit.ordinal].project;
            (comes_last(fit), project.delivery, project.delivery_on, fit.rank)
        }),
        Sort::Name => {
            let ranks = index.name_ranks(query.lang);
            fits.sort_by_key(|fit| (comes_last(fit), ranks[fit.ordinal]));
        }
    }
}

/// Distance in full kilometres to show with a result that is sorted by distance.
pub(super) fn shown_km(index: &CatalogueIndex, query: &ExploreQuery, fit: &Fit) -> Option<u32> {
    let is_shown = query.sort == Sort::Distance;
    let metres = is_shown.then(|| metres(index, query, fit)).flatten()?;
    Some(metres.div_ceil(1_000).max(1))
}

/// Distance from the centre of the nearest chosen town in metres; `None` if no town is chosen.
fn metres(index: &CatalogueIndex, query: &ExploreQuery, fit: &Fit) -> Option<u32> {
    let entry = &index.entries[fit.ordinal];
    let distances = query
        .towns
        .iter()
        .filter_map(|town| index.km_from_town(town, entry));
    distances.min_by(f64::total_cmp).map(|km| (km * 1_000.0) as u32)
}
