//! Queries with their relevant projects, made from titles and town names, and queries without an answer. Must not know the
//! engines.

use super::noise::Channel;
use expo_domain::Catalogue;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The script in which the searched text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    Latin,
    Arabic,
    Tifinagh,
    /// Greek and Cyrillic, for which the search was not designed.
    Unplanned,
}

impl Script {
    pub const ALL: [Self; 4] = [Self::Latin, Self::Arabic, Self::Tifinagh, Self::Unplanned];

    fn of(text: &str) -> Self {
        let letter = text.chars().find(|c| c.is_alphabetic());
        match letter {
            Some('\u{600}'..='\u{6ff}') => Self::Arabic,
            Some('\u{2d30}'..='\u{2d7f}') => Self::Tifinagh,
            Some('\u{370}'..='\u{4ff}') => Self::Unplanned,
            _ => Self::Latin,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Arabic => "Arabic",
            Self::Tifinagh => "Tifinagh",
            Self::Unplanned => "Greek and Cyrillic",
        }
    }
}

/// A query and its relevant projects.
#[derive(Debug, Clone)]
pub struct JudgedQuery {
    pub query: String,
    pub script: Script,
    pub channel: Channel,
    /// Positions of the relevant projects in the catalogue. One of them among the first five is a success.
    pub relevant: BTreeSet<usize>,
}

/// Queries with an answer, and queries without one, which are at least a fifth of all.
#[derive(Debug)]
pub struct JudgedQueries {
    pub answerable: Vec<JudgedQuery>,
    pub unanswerable: Vec<String>,
}

impl JudgedQueries {
    /// All queries, answerable ones first.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        let answerable = self.answerable.iter().map(|judged| judged.query.as_str());
        answerable.chain(self.unanswerable.iter().map(String::as_str))
    }
}

/// A text that people may search for, and its relevant projects.
struct SearchText {
    text: String,
    script: Script,
    relevant: BTreeSet<usize>,
    is_title: bool,
}

/// Makes up to `per_channel` queries for each script and channel.
pub fn judged_queries(catalogue: &Catalogue, seed: u64, per_channel: usize) -> JudgedQueries {
    let mut rng = StdRng::seed_from_u64(seed);
    let texts = search_texts(catalogue);
    let mut answerable = Vec::new();
    for script in Script::ALL {
        let of_script: Vec<&SearchText> = texts.iter().filter(|text| text.script == script).collect();
        for channel in Channel::ALL {
            let mut made = 0;
            // Some channels do not apply to some texts or scripts, so the number of attempts is limited.
            for _ in 0..per_channel * 20 {
                let Some(text) = of_script.choose(&mut rng) else {
                    break;
                };
                if let Some(query) = channel.apply(&text.text, &mut rng) {
                    let relevant = if channel == Channel::Truncated {
                        relevant_for_prefix(&texts, text, &query)
                    } else {
                        text.relevant.clone()
                    };
                    answerable.push(JudgedQuery {
                        query,
                        script,
                        channel,
                        relevant,
                    });
                    made += 1;
                }
                if made == per_channel {
                    break;
                }
            }
        }
    }
    let wanted = answerable.len() / 4 + 1;
    JudgedQueries {
        unanswerable: unanswerable(catalogue, wanted, &mut rng),
        answerable,
    }
}

/// Titles in each language and names of towns. A text shared by several projects has several relevant projects.
fn search_texts(catalogue: &Catalogue) -> Vec<SearchText> {
    let mut titles: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut by_town: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (ord, project) in catalogue.projects.iter().enumerate() {
        for text in project.title.0.values() {
            titles.entry(text).or_default().insert(ord);
        }
        by_town.entry(&project.town).or_default().insert(ord);
    }
    let mut towns: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for town in &catalogue.towns {
        for name in town.name.0.values().chain(&town.aliases) {
            let projects = by_town.get(town.id.as_str()).into_iter().flatten();
            towns.entry(name).or_default().extend(projects);
        }
    }
    let search_text = |text: &str, relevant: BTreeSet<usize>, is_title| SearchText {
        text: text.to_owned(),
        script: Script::of(text),
        relevant,
        is_title,
    };
    let titles = titles
        .into_iter()
        .map(|(text, relevant)| search_text(text, relevant, true));
    let mut texts: Vec<SearchText> = titles.collect();
    // Repeats town names until they are a quarter of all texts.
    let towns: Vec<_> = towns
        .into_iter()
        .filter(|(_, relevant)| !relevant.is_empty())
        .collect();
    for script in Script::ALL {
        let of_script: Vec<_> = towns
            .iter()
            .filter(|(name, _)| Script::of(name) == script)
            .collect();
        let titles = texts.iter().filter(|text| text.script == script).count();
        if !of_script.is_empty() {
            let towns = of_script.iter().cycle().take(titles / 3 + 1);
            texts.extend(towns.map(|(name, relevant)| search_text(name, relevant.clone(), false)));
        }
    }
    texts
}

/// For a truncated query, all texts that begin with it are relevant, because any of them may be meant.
fn relevant_for_prefix(texts: &[SearchText], text: &SearchText, query: &str) -> BTreeSet<usize> {
    let same = texts
        .iter()
        .filter(|other| other.is_title == text.is_title && other.text.starts_with(query));
    let mut relevant = text.relevant.clone();
    relevant.extend(same.flat_map(|other| other.relevant.iter().copied()));
    relevant
}

/// Texts that no project matches: other subjects and other countries.
const UNRELATED_QUERIES: [&str; 60] = [
    "bruxelles",
    "amsterdam",
    "francfort",
    "barcelona",
    "milano",
    "montréal",
    "londres",
    "rotterdam",
    "lyon",
    "toulouse",
    "düsseldorf",
    "antwerpen",
    "bordeaux",
    "istanbul",
    "dubai",
    "doha",
    "tunis",
    "alger",
    "oran",
    "dakar",
    "pizza margherita",
    "boulangerie",
    "voiture occasion",
    "iphone",
    "passeport biométrique",
    "coiffeur",
    "billet avion",
    "recette tajine",
    "football direct",
    "horaires ramadan",
    "assurance auto",
    "carte grise",
    "médecin dentiste",
    "crédit consommation",
    "visa schengen",
    "emploi comptable",
    "téléphone portable",
    "machine à laver",
    "chaussures",
    "bitcoin",
    "بروكسيل",
    "أمستردام",
    "مدريد",
    "جواز السفر",
    "مطعم",
    "سيارة مستعملة",
    "تأشيرة",
    "طبيب أسنان",
    "هاتف محمول",
    "كرة القدم",
    "وصفات الطبخ",
    "تذاكر الطائرة",
    "قنصلية",
    "رخصة السياقة",
    "حلاقة",
    "برشلونة",
    "ⴱⵔⵓⴽⵙⵉⵍ",
    "ⴰⵎⵙⵜⵔⴷⴰⵎ",
    "Москва",
    "Αθήνα",
];

/// Letters for random words.
const ALPHABETS: [&str; 3] = [
    "abcdefghijklmnopqrstuvwxyz",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "ⴰⴱⴳⴷⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵖⵙⵛⵜⵡⵢⵣ",
];

/// `wanted` queries that occur in no title, description or town name.
fn unanswerable(catalogue: &Catalogue, wanted: usize, rng: &mut StdRng) -> Vec<String> {
    let texts: Vec<String> = catalogue
        .projects
        .iter()
        .flat_map(|project| project.title.0.values().chain(project.description.0.values()))
        .chain(
            catalogue
                .towns
                .iter()
                .flat_map(|town| town.name.0.values().chain(&town.aliases)),
        )
        .map(|text| text.to_lowercase())
        .collect();
    let occurs = |query: &str| texts.iter().any(|text| text.contains(query));
    let mut queries: Vec<String> = UNRELATED_QUERIES
        .iter()
        .filter(|query| !occurs(&query.to_lowercase()))
        .map(|query| (*query).to_owned())
        .collect();
    while queries.len() < wanted {
        let alphabet: Vec<char> = ALPHABETS[rng.random_range(0..ALPHABETS.len())].chars().collect();
        let length = rng.random_range(5..11);
        let word: String = (0..length)
            .filter_map(|_| alphabet.choose(rng).copied())
            .collect();
        if !occurs(&word) {
            queries.push(word);
        }
    }
    queries
}
