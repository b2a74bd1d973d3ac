//! What goes wrong between the head and the screen: a model of errors of its own, so that no engine is measured with
//! its own idea of them. Must not know engines.

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

/// One way to spoil a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    Clean,
    AdjacentKey,
    Delete,
    Transpose,
    LostMarks,
    OtherScript,
    Truncated,
    Reordered,
}

impl Channel {
    pub const ALL: [Self; 8] = [
        Self::Clean,
        Self::AdjacentKey,
        Self::Delete,
        Self::Transpose,
        Self::LostMarks,
        Self::OtherScript,
        Self::Truncated,
        Self::Reordered,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::AdjacentKey => "adjacent key",
            Self::Delete => "delete",
            Self::Transpose => "transpose",
            Self::LostMarks => "lost marks",
            Self::OtherScript => "other script",
            Self::Truncated => "truncated",
            Self::Reordered => "reordered",
        }
    }

    /// The query spoiled, or `None` when this cannot happen to it.
    pub fn spoil(self, query: &str, chance: &mut StdRng) -> Option<String> {
        let spoiled = match self {
            Self::Clean => return Some(query.to_owned()),
            Self::AdjacentKey => in_long_word(query, chance, |letters, at, chance| {
                letters[at] = neighbour(letters[at], chance)?;
                Some(())
            })?,
            Self::Delete => in_long_word(query, chance, |letters, at, _| {
                letters.remove(at);
                Some(())
            })?,
            Self::Transpose => in_long_word(query, chance, |letters, at, _| {
                let other = if at + 1 < letters.len() { at + 1 } else { at - 1 };
                letters.swap(at, other);
                Some(())
            })?,
            Self::LostMarks => query.chars().filter_map(without_mark).collect(),
            Self::OtherScript => other_script(query, chance)?,
            Self::Truncated => {
                let letters: Vec<char> = query.chars().collect();
                let kept = letters.len() * 6 / 10;
                if kept < 5 {
                    return None;
                }
                letters[..kept].iter().collect::<String>().trim_end().to_owned()
            }
            Self::Reordered => {
                let mut words: Vec<&str> = query.split(' ').collect();
                words.shuffle(chance);
                words.join(" ")
            }
        };
        (spoiled != query).then_some(spoiled)
    }
}

/// One error, at any letter of a word of five letters or more.
fn in_long_word(
    query: &str,
    chance: &mut StdRng,
    spoil: impl Fn(&mut Vec<char>, usize, &mut StdRng) -> Option<()>,
) -> Option<String> {
    let mut words: Vec<String> = query.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|at| words[*at].chars().filter(|c| c.is_alphabetic()).count() >= 5)
        .collect();
    let word = &mut words[*long.get(chance.random_range(0..long.len().max(1)))?];
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.random_range(0..letters.len());
    if !letters[at].is_alphabetic() {
        return None;
    }
    spoil(&mut letters, at, chance)?;
    *word = letters.into_iter().collect();
    Some(words.join(" "))
}

/// Rows of the keyboards in use: French, English, Arabic, Tifinagh, and those of the scripts nobody planned for.
const ROWS: [&str; 18] = [
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "ئءؤرىةوزظ",
    "ⴰⵣⴻⵔⵜⵢⵓⵉⵄⵀ",
    "ⵇⵙⴷⴼⴳⵖⵊⴽⵍⵎ",
    "ⵡⵅⵛⵞⴱⵏ",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "ςερτυθιοπ",
    "ασδφγηξκλ",
    "ζχψωβνμ",
];

fn neighbour(letter: char, chance: &mut StdRng) -> Option<char> {
    let plain = without_mark(letter)?.to_lowercase().next()?;
    let near: Vec<char> = ROWS
        .iter()
        .flat_map(|row| {
            let row: Vec<char> = row.chars().collect();
            let at = row.iter().position(|c| *c == plain);
            at.map_or_else(Vec::new, |at| {
                [at.checked_sub(1), Some(at + 1)]
                    .into_iter()
                    .flatten()
                    .filter_map(|at| row.get(at).copied())
                    .collect()
            })
        })
        .collect();
    near.get(chance.random_range(0..near.len().max(1))).copied()
}

/// As people write who leave marks out.
fn without_mark(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'À' | 'Â' => 'A',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'É' | 'È' | 'Ê' => 'E',
        'î' | 'ï' | 'í' => 'i',
        'Î' => 'I',
        'ô' | 'ö' | 'ó' => 'o',
        'û' | 'ü' | 'ù' | 'ú' => 'u',
        'ç' => 'c',
        'أ' | 'إ' | 'آ' => 'ا',
        'ة' => 'ه',
        'ى' => 'ي',
        'ή' => 'η',
        'ί' => 'ι',
        'ά' => 'α',
        'έ' => 'ε',
        'ό' => 'ο',
        'Ή' => 'Η',
        'ё' => 'е',
        '\u{64b}'..='\u{652}' | '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

/// As somebody writes who has only the other keyboard: Arabic and Tifinagh in Latin letters, Latin in Arabic ones.
fn other_script(query: &str, chance: &mut StdRng) -> Option<String> {
    let words: Option<Vec<String>> = query
        .split(' ')
        .map(|word| match word.chars().find(|c| c.is_alphabetic()) {
            None => Some(word.to_owned()),
            Some('\u{620}'..='\u{6ff}') => Some(arabic_in_latin(word, chance)),
            Some('\u{2d30}'..='\u{2d6f}') => Some(tifinagh_in_latin(word)),
            Some(c) if c.is_ascii() || "àâéèêëîïôöûüçœÉÈÀÎÊ".contains(c) => {
                Some(latin_in_arabic(word))
            }
            Some(_) => None,
        })
        .collect();
    words.map(|words| words.join(" "))
}

/// Consonants letter by letter; where two meet, a short vowel as likely as not.
fn arabic_in_latin(word: &str, chance: &mut StdRng) -> String {
    let bare = word.strip_prefix("ال");
    let mut out = String::from(if bare.is_some() {
        ["al ", "l", "el "][chance.random_range(0..3)]
    } else {
        ""
    });
    let mut vowel = true;
    for letter in bare.unwrap_or(word).chars() {
        let (sign, is_vowel) = match letter {
            'ا' | 'أ' | 'آ' | 'ى' => ("a", true),
            'إ' | 'ي' => ("i", true),
            'و' => ("ou", true),
            'ة' => ("a", true),
            'ب' => ("b", false),
            'ت' | 'ط' => ("t", false),
            'ث' => ("th", false),
            'ج' => ("j", false),
            'ح' | 'ه' => ("h", false),
            'خ' => ("kh", false),
            'د' | 'ض' => ("d", false),
            'ذ' => ("d", false),
            'ر' => ("r", false),
            'ز' => ("z", false),
            'ظ' => ("d", false),
            'س' | 'ص' => ("s", false),
            'ش' => ("ch", false),
            'ع' => (["a", "3"][chance.random_range(0..2)], true),
            'غ' => ("gh", false),
            'ف' => ("f", false),
            'ق' => ("q", false),
            'ك' => ("k", false),
            'ل' => ("l", false),
            'م' => ("m", false),
            'ن' => ("n", false),
            'ؤ' | 'ئ' | 'ء' => ("", false),
            _ => continue,
        };
        // Nobody writes the same vowel twice, or a short one beside a long one.
        if is_vowel && vowel && out.ends_with(sign) {
            continue;
        }
        if !is_vowel && !vowel && chance.random_bool(0.5) {
            out.push(['a', 'e', 'i', 'o'][chance.random_range(0..4)]);
        }
        out.push_str(sign);
        vowel = is_vowel;
    }
    out
}

fn tifinagh_in_latin(word: &str) -> String {
    let sign = |letter: char| match letter {
        'ⴰ' => "a",
        'ⴱ' => "b",
        'ⴳ' => "g",
        'ⴷ' | 'ⴹ' => "d",
        'ⴻ' => "e",
        'ⴼ' => "f",
        'ⴽ' => "k",
        'ⵀ' | 'ⵃ' => "h",
        'ⵄ' => "a",
        'ⵅ' => "kh",
        'ⵇ' => "q",
        'ⵉ' => "i",
        'ⵊ' => "j",
        'ⵍ' => "l",
        'ⵎ' => "m",
        'ⵏ' => "n",
        'ⵓ' => "ou",
        'ⵔ' | 'ⵕ' => "r",
        'ⵖ' => "gh",
        'ⵙ' | 'ⵚ' => "s",
        'ⵛ' => "ch",
        'ⵜ' | 'ⵟ' => "t",
        'ⵡ' => "w",
        'ⵢ' => "y",
        'ⵣ' | 'ⵥ' => "z",
        _ => "",
    };
    word.chars().map(sign).collect()
}

/// As a French word is spelt in Arabic letters: vowels long, the silent e left out.
fn latin_in_arabic(word: &str) -> String {
    let plain: String = word
        .chars()
        .filter_map(without_mark)
        .flat_map(char::to_lowercase)
        .collect();
    let mut rest = plain.replace('\u{2019}', "'");
    if let Some((article, noun)) = rest.split_once('\'')
        && article.len() <= 2
    {
        rest = noun.to_owned();
    }
    let mut out = String::new();
    let mut text = rest.as_str();
    const GROUPS: [(&str, &str); 14] = [
        ("ch", "ش"),
        ("sh", "ش"),
        ("kh", "خ"),
        ("gh", "غ"),
        ("ou", "و"),
        ("qu", "ك"),
        ("ph", "ف"),
        ("gn", "ني"),
        ("eau", "و"),
        ("au", "و"),
        ("ai", "ي"),
        ("oi", "وا"),
        ("ss", "س"),
        ("ll", "ل"),
    ];
    while let Some(letter) = text.chars().next() {
        if let Some((group, sign)) = GROUPS.iter().find(|(group, _)| text.starts_with(group)) {
            out.push_str(sign);
            text = &text[group.len()..];
            continue;
        }
        text = &text[letter.len_utf8()..];
        let softens = text.starts_with(['e', 'i', 'y']);
        out.push_str(match letter {
            'a' => "ا",
            'b' | 'p' => "ب",
            'c' if softens => "س",
            'c' | 'k' => "ك",
            'd' => "د",
            'e' if out.is_empty() => "إ",
            'f' | 'v' => "ف",
            'g' if softens => "ج",
            'g' => "ك",
            'h' => "ه",
            'i' | 'y' => "ي",
            'j' => "ج",
            'l' => "ل",
            'm' => "م",
            'n' => "ن",
            'o' | 'u' | 'w' => "و",
            'q' => "ق",
            'r' => "ر",
            's' | 'x' => "س",
            't' => "ت",
            'z' => "ز",
            _ => "",
        });
        if letter.is_ascii_digit() {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn every_channel_changes_a_query_and_never_the_same_for_all() {
        let mut chance = StdRng::seed_from_u64(1);
        for query in ["Résidence Les Étoiles", "إقامة الياسمين", "ⵜⴰⵣⴷⴷⵓⵖⵜ ⵉⵙⵎⵉⵏ"]
        {
            for channel in Channel::ALL {
                let spoiled: Vec<String> = (0..20)
                    .filter_map(|_| channel.spoil(query, &mut chance))
                    .collect();
                let changes = channel != Channel::Clean && !spoiled.is_empty();
                assert!(
                    spoiled.iter().all(|s| (s != query) == changes),
                    "{channel:?} {query}"
                );
            }
        }
    }

    #[test]
    fn other_scripts_read_like_the_word() {
        let mut chance = StdRng::seed_from_u64(2);
        assert_eq!(tifinagh_in_latin("ⵜⴰⴼⵓⴽⵜ"), "tafoukt");
        assert_eq!(latin_in_arabic("Soleil"), "سوليل");
        let latin = arabic_in_latin("سلام", &mut chance);
        assert!(latin.starts_with('s') && latin.ends_with("lam"), "{latin}");
    }
}
