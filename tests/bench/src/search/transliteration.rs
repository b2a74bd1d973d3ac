//! Transliteration: how people spell a word of one script with the keyboard of another. Must not know the queries.

use rand::RngExt;
use rand::rngs::StdRng;

/// The query in another script: Arabic and Tifinagh in Latin letters, Latin in Arabic letters.
pub fn other_script(query: &str, rng: &mut StdRng) -> Option<String> {
    let words: Option<Vec<String>> = query
        .split(' ')
        .map(|word| match word.chars().find(|c| c.is_alphabetic()) {
            None => Some(word.to_owned()),
            Some('\u{620}'..='\u{6ff}') => Some(arabic_in_latin(word, rng)),
            Some('\u{2d30}'..='\u{2d6f}') => Some(tifinagh_in_latin(word)),
            Some(c) if c.is_ascii() || "àâéèêëîïôöûüçœÉÈÀÎÊ".contains(c) => {
                Some(latin_in_arabic(word))
            }
            Some(_) => None,
        })
        .collect();
    words.map(|words| words.join(" "))
}

/// Replaces Arabic letters one by one. Inserts a short vowel between two consonants with a probability of 50 %.
fn arabic_in_latin(word: &str, rng: &mut StdRng) -> String {
    let bare = word.strip_prefix("ال");
    let mut out = String::from(if bare.is_some() {
        ["al ", "l", "el "][rng.random_range(0..3)]
    } else {
        ""
    });
    let mut vowel = true;
    for letter in bare.unwrap_or(word).chars() {
        let (sign, is_vowel) = match letter {
            'ا' | 'أ' | 'آ' | 'ى' | 'ة' => ("a", true),
            'إ' | 'ي' => ("i", true),
            'و' => ("ou", true),
            'ب' => ("b", false),
            'ت' | 'ط' => ("t", false),
            'ث' => ("th", false),
            'ج' => ("j", false),
            'ح' | 'ه' => ("h", false),
            'خ' => ("kh", false),
            'د' | 'ض' | 'ذ' | 'ظ' => ("d", false),
            'ر' => ("r", false),
            'ز' => ("z", false),
            'س' | 'ص' => ("s", false),
            'ش' => ("ch", false),
            'ع' => (["a", "3"][rng.random_range(0..2)], true),
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
        // The same vowel is not written twice, nor a short one next to a long one.
        if is_vowel && vowel && out.ends_with(sign) {
            continue;
        }
        if !is_vowel && !vowel && rng.random_bool(0.5) {
            out.push(['a', 'e', 'i', 'o'][rng.random_range(0..4)]);
        }
        out.push_str(sign);
        vowel = is_vowel;
    }
    out
}

fn tifinagh_in_latin(word: &str) -> String {
    let sign = |letter: char| match letter {
        'ⴰ' | 'ⵄ' => "a",
        'ⴱ' => "b",
        'ⴳ' => "g",
        'ⴷ' | 'ⴹ' => "d",
        'ⴻ' => "e",
        'ⴼ' => "f",
        'ⴽ' => "k",
        'ⵀ' | 'ⵃ' => "h",
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

/// Groups of Latin letters for one sound, and their Arabic spelling.
const LETTER_GROUPS: [(&str, &str); 14] = [
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

/// A French word in Arabic letters: vowels are long, a silent e is left out.
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
    while let Some(letter) = text.chars().next() {
        if let Some((group, sign)) = LETTER_GROUPS.iter().find(|(group, _)| text.starts_with(group)) {
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
            'd' => "د",
            'e' if out.is_empty() => "إ",
            'f' | 'v' => "ف",
            'g' if softens => "ج",
            'c' | 'k' | 'g' => "ك",
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

/// The letter without diacritics; `None` for a combining mark.
pub fn without_mark(letter: char) -> Option<char> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn transliterations_sound_like_the_word() {
        let mut rng = StdRng::seed_from_u64(2);
        assert_eq!(tifinagh_in_latin("ⵜⴰⴼⵓⴽⵜ"), "tafoukt");
        assert_eq!(latin_in_arabic("Soleil"), "سوليل");
        let latin = arabic_in_latin("سلام", &mut rng);
        assert!(latin.starts_with('s') && latin.ends_with("lam"), "{latin}");
    }
}
