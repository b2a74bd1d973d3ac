//! Which leads match a query: a scan of folded texts, which is fast enough for thousands of leads. Must not know: how
//! leads are opened or shown.

use super::book::{Book, BookEntry, BookLead, LeadBook, merged_into};
use super::duplicates::Duplicates;
use super::search_text::{SearchText, Words};
use super::summary::summary;
use crate::views::{LeadList, LeadProblem, LeadQuery, UnopenedLead};
use expo_domain::lead::LeadRecord;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Number of rows of a list at most.
const MAX_ROWS: u32 = 200;

impl LeadBook {
    /// The leads that match, newest first.
    pub(super) fn list(&self, query: &LeadQuery, zone: &TimeZone) -> LeadList {
        let book = self.book();
        let duplicates = Duplicates::of(&book.leads);
        let mut matching = matching(&book.leads, query, &duplicates);
        matching.sort_by_key(|(id, _, lead)| std::cmp::Reverse((lead.record.header.taken_at, **id)));
        let page = matching
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(MAX_ROWS) as usize);
        let rows = page.map(|(id, entry, lead)| summary(entry, lead, duplicates.count_of(id), zone));
        let is_unopened = |entry: &&BookEntry| entry.opened.is_none() && entry.problem.is_some();
        let unnamed = book.unreadable.iter().filter(|row| {
            let id = row.name.parse::<Uuid>();
            !id.is_ok_and(|id| book.leads.contains_key(&id))
        });
        let damaged_rows = unnamed.count();
        LeadList {
            total: (book.leads.len() + damaged_rows) as u32,
            opened: book.leads.values().filter(|entry| entry.opened.is_some()).count() as u32,
            unopened: (book.leads.values().filter(is_unopened).count() + damaged_rows) as u32,
            matching: matching.len() as u32,
            rows: rows.collect(),
            problems: problems(&book),
        }
    }
}

fn problems(book: &Book) -> Vec<UnopenedLead> {
    let sealed = book.leads.iter().filter_map(|(id, entry)| {
        Some(UnopenedLead {
            ticket: entry.revisions.first().map(|stored| stored.ticket.clone()),
            name: id.to_string(),
            problem: entry.problem?,
        })
    });
    let rows = book.unreadable.iter().map(|row| UnopenedLead {
        ticket: None,
        name: row.name.clone(),
        problem: LeadProblem::Damaged,
    });
    sealed.chain(rows).collect()
}

type Match<'a> = (&'a Uuid, &'a BookEntry, &'a BookLead);

fn matching<'a>(
    leads: &'a BTreeMap<Uuid, BookEntry>,
    query: &LeadQuery,
    duplicates: &Duplicates<'_>,
) -> Vec<Match<'a>> {
    let words = Words::of(&query.text);
    let merged_texts = merged_texts(leads);
    let is_match = |(id, entry, lead): &Match<'_>| {
        let texts = merged_texts.get(*id).into_iter().flatten().copied();
        let found = std::iter::once(&lead.text)
            .chain(texts)
            .any(|text| words.match_text(text));
        found && matches_filters(entry, &lead.record, query) && (!query.duplicates_only || duplicates.has(id))
    };
    let opened = leads
        .iter()
        .filter_map(|(id, entry)| Some((id, entry, entry.opened.as_deref()?)));
    opened
        .filter(|(_, _, lead)| merged_into(&lead.record, leads).is_none())
        .filter(is_match)
        .collect()
}

/// The texts of merged leads by the lead that they are found as.
fn merged_texts(leads: &BTreeMap<Uuid, BookEntry>) -> BTreeMap<Uuid, Vec<&SearchText>> {
    let mut texts = BTreeMap::<Uuid, Vec<&SearchText>>::new();
    for lead in leads.values().filter_map(|entry| entry.opened.as_deref()) {
        if let Some(into) = merged_into(&lead.record, leads) {
            texts.entry(into).or_default().push(&lead.text);
        }
    }
    texts
}

fn matches_filters(entry: &BookEntry, record: &LeadRecord, query: &LeadQuery) -> bool {
    let staff = record.staff.as_ref();
    let desk = staff.and_then(|staff| staff.desk).or(record.lead.desk);
    let is_day = |day: &String| entry.revisions.first().is_some_and(|stored| stored.day == *day);
    query.day.as_ref().is_none_or(is_day)
        && (query.rating.is_none() || staff.and_then(|staff| staff.rating) == query.rating)
        && (query.outcome.is_none() || staff.and_then(|staff| staff.outcome) == query.outcome)
        && (query.desk.is_none() || desk == query.desk)
}
