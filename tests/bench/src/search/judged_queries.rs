//! Queries with their right answers, made from titles and towns, and queries that have none. Must not know engines.

use super::noise::Channel;
use domain::Catalogue;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The script a query's right answer is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    Latin,
    Arabic,
    Tifinagh,
    /// Greek and Cyrillic: nobody planned for them.
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

/// A query and what it should find.
#[derive(Debug, Clone)]
pub struct Asked {
    pub query: String,
    pub script: Script,
    pub channel: Channel,
    /// Places of right projects in the catalogue; one of them among the first five is a success.
    pub right: BTreeSet<usize>,
}

/// Queries with an answer, and queries without one: at least a fifth of all.
#[derive(Debug)]
pub struct Relevance {
    pub asked: Vec<Asked>,
    pub unanswerable: Vec<String>,
}

impl Relevance {
    /// Answerable ones first.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        let asked = self.asked.iter().map(|asked| asked.query.as_str());
        asked.chain(self.unanswerable.iter().map(String::as_str))
    }
}

/// A text people may look for, and the projects that bear it.
struct Target {
    text: String,
    script: Script,
    right: BTreeSet<usize>,
    is_title: bool,
}

/// `each`: queries a script and channel.
pub fn relevance(catalogue: &Catalogue, seed: u64, each: usize) -> Relevance {
    let mut chance = StdRng::seed_from_u64(seed);
    let targets = targets(catalogue);
    let mut asked = Vec::new();
    for script in Script::ALL {
        let of_script: Vec<&Target> = targets.iter().filter(|target| target.script == script).collect();
        for channel in Channel::ALL {
            let mut made = 0;
            // Some channels do not apply to some texts, and none to a few scripts.
            for _ in 0..each * 20 {
                let Some(target) = of_script.choose(&mut chance) else {
                    break;
                };
                if let Some(query) = channel.spoil(&target.text, &mut chance) {
                    let right = if channel == Channel::Truncated {
                        beginning(&targets, target, &query)
                    } else {
                        target.right.clone()
                    };
                    asked.push(Asked {
                        query,
                        script,
                        channel,
                        right,
                    });
                    made += 1;
                }
                if made == each {
                    break;
                }
            }
        }
    }
    let wanted = asked.len() / 4 + 1;
    Relevance {
        unanswerable: unanswerable(catalogue, wanted, &mut chance),
        asked,
    }
}

/// Titles in each language, and names of towns; texts that several projects share have several right answers.
fn targets(catalogue: &Catalogue) -> Vec<Target> {
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
    let target = |text: &str, right: BTreeSet<usize>, is_title| Target {
        text: text.to_owned(),
        script: Script::of(text),
        right,
        is_title,
    };
    let titles = titles.into_iter().map(|(text, right)| target(text, right, true));
    let mut targets: Vec<Target> = titles.collect();
    // Towns are as many as one in four of the titles, again and again.
    let towns: Vec<_> = towns.into_iter().filter(|(_, right)| !right.is_empty()).collect();
    for script in Script::ALL {
        let of_script: Vec<_> = towns
            .iter()
            .filter(|(name, _)| Script::of(name) == script)
            .collect();
        let titles = targets.iter().filter(|target| target.script == script).count();
        if !of_script.is_empty() {
            let towns = of_script.iter().cycle().take(titles / 3 + 1);
            targets.extend(towns.map(|(name, right)| target(name, right.clone(), false)));
        }
    }
    targets
}

/// Everything that begins as the query does is right: nobody could know which one was meant.
fn beginning(targets: &[Target], target: &Target, query: &str) -> BTreeSet<usize> {
    let same = targets
        .iter()
        .filter(|other| other.is_title == target.is_title && other.text.starts_with(query));
    let mut right = target.right.clone();
    right.extend(same.flat_map(|other| other.right.iter().copied()));
    right
}

/// What people may type for which no project is the answer: other things, other countries, nonsense.
const ELSEWHERE: [&str; 60] = [
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

/// Letters that nonsense is made of.
const ALPHABETS: [&str; 3] = [
    "abcdefghijklmnopqrstuvwxyz",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "ⴰⴱⴳⴷⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵖⵙⵛⵜⵡⵢⵣ",
];

fn unanswerable(catalogue: &Catalogue, wanted: usize, chance: &mut StdRng) -> Vec<String> {
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
    let stands = |query: &str| texts.iter().any(|text| text.contains(query));
    let mut queries: Vec<String> = ELSEWHERE
        .iter()
        .filter(|query| !stands(&query.to_lowercase()))
        .map(|query| (*query).to_owned())
        .collect();
    while queries.len() < wanted {
        let alphabet: Vec<char> = ALPHABETS[chance.random_range(0..ALPHABETS.len())]
            .chars()
            .collect();
        let length = chance.random_range(5..11);
        let word: String = (0..length)
            .filter_map(|_| alphabet.choose(chance).copied())
            .collect();
        if !stands(&word) {
            queries.push(word);
        }
    }
    queries
}
