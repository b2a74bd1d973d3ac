//! Leads that are probably of the same person: same telephone, same e-mail, or same name at the same place. Must not know:
//! what staff do about it.

use super::book::{BookEntry, merged_into};
use expo_domain::Lead;
use expo_domain::fold::fold;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// The leads by what identifies a person.
pub(super) struct Duplicates<'a> {
    keys: HashMap<Uuid, Vec<Key>>,
    leads: HashMap<Key, Vec<(Uuid, &'a Lead)>>,
}

/// What leads of the same person have in common. Names are compared with the place, too.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Phone(String),
    Email(String),
    Name(String),
}

impl<'a> Duplicates<'a> {
    pub fn of(leads: &'a BTreeMap<Uuid, BookEntry>) -> Self {
        let mut found = Self {
            keys: HashMap::new(),
            leads: HashMap::new(),
        };
        for (id, entry) in leads {
            let Some(opened) = &entry.opened else { continue };
            if merged_into(&opened.record, leads).is_some() {
                continue;
            }
            let lead = &opened.record.lead;
            let keys = keys(lead);
            for key in &keys {
                found.leads.entry(key.clone()).or_default().push((*id, lead));
            }
            found.keys.insert(*id, keys);
        }
        found
    }

    /// Whether another lead is probably of the same person.
    pub fn has(&self, id: &Uuid) -> bool {
        self.others(id).next().is_some()
    }

    /// Number of other leads that are probably of the same person.
    pub fn count_of(&self, id: &Uuid) -> u32 {
        self.ids_of(id).len() as u32
    }

    /// The other leads that are probably of the same person.
    pub fn ids_of(&self, id: &Uuid) -> BTreeSet<Uuid> {
        self.others(id).collect()
    }

    fn others(&self, id: &Uuid) -> impl Iterator<Item = Uuid> {
        let keys = self.keys.get(id).into_iter().flatten();
        keys.flat_map(move |key| {
            let group = self.leads.get(key).map(Vec::as_slice).unwrap_or_default();
            let own = group.iter().find(|(other, _)| other == id).map(|(_, lead)| *lead);
            let is_same = move |(other, lead): &&(Uuid, &Lead)| {
                other != id
                    && (!matches!(key, Key::Name(_)) || own.is_some_and(|own| is_same_place(own, lead)))
            };
            group.iter().filter(is_same).map(|(other, _)| *other)
        })
    }
}

fn keys(lead: &Lead) -> Vec<Key> {
    // Some write the family name first.
    let name = fold(&lead.name);
    let mut name: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    name.sort_unstable();
    let phone = lead.phone.clone().map(Key::Phone);
    let email = lead.email.as_ref().map(|email| Key::Email(email.to_lowercase()));
    let name = (!name.is_empty()).then(|| Key::Name(name.join(" ")));
    phone.into_iter().chain(email).chain(name).collect()
}

/// Cities decide; countries do if a city is missing.
fn is_same_place(a: &Lead, b: &Lead) -> bool {
    match (&a.city, &b.city) {
        (Some(a), Some(b)) => fold(a) == fold(b),
        _ => a.country.is_some() && a.country == b.country,
    }
}
