//! A query together with the result of its text search. Must not know: facets, counts.

use crate::views::ExploreQuery;

/// Rank of a project that the text does not match.
const NOT_FOUND: u32 = u32::MAX;

/// A query and the projects that its text matches.
pub(super) struct PreparedQuery<'a> {
    pub query: &'a ExploreQuery,
    /// Rank and distance of each project in the text search; `None` without text.
    ranks: Option<Vec<(u32, Option<u32>)>>,
}

impl<'a> PreparedQuery<'a> {
    pub fn new(query: &'a ExploreQuery, found: Option<&expo_search::Answer>, projects: usize) -> Self {
        let ranks = found.map(|answer| {
            let mut ranks = vec![(NOT_FOUND, None); projects];
            for (rank, hit) in answer.hits.iter().enumerate() {
                if let Some(slot) = ranks.get_mut(hit.ord) {
                    *slot = (rank as u32, hit.km);
                }
            }
            ranks
        });
        Self { query, ranks }
    }

    pub const fn has_text(&self) -> bool {
        self.ranks.is_some()
    }

    /// Whether the text matches a project.
    pub fn text_matches(&self, ordinal: usize) -> bool {
        self.rank(ordinal).0 != NOT_FOUND
    }

    /// Rank of a project, and its distance in kilometres if it is only near the place searched for. Without text, the rank
    /// is the ordinal.
    pub fn rank(&self, ordinal: usize) -> (u32, Option<u32>) {
        self.ranks
            .as_ref()
            .map_or((ordinal as u32, None), |ranks| ranks[ordinal])
    }
}
