//! Transcribes words of three scripts to their sounds. Must not know how phonetic forms are compared.

/// A supported script. Scripts differ in how many vowels they write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Arabic,
    Tifinagh,
}

/// One letter per class of consonants; C is sh, X is kh.
pub(crate) const CONSONANT_CLASSES: &str = "BFDTSCZJKXHRLMN";

/// The script of the first letter that belongs to a supported script.
pub(crate) fn script_of(word: &str) -> Option<Script> {
    word.chars().find_map(|c| match c {
        'a'..='z' => Some(Script::Latin),
        '\u{620}'..='\u{6ff}' => Some(Script::Arabic),
        '\u{2d30}'..='\u{2d6f}' => Some(Script::Tifinagh),
        _ => None,
    })
}

/// Possible transcriptions of a word: capital letters of [`CONSONANT_CLASSES`], vowels `a i u e`, and `-` for silent
/// letters.
pub(crate) fn transcriptions(script: Script, word: &str) -> Vec<String> {
    match script {
        Script::Latin => {
            let mut forms = vec![latin(word, true), latin(word, false)];
            // "gn" is one sound in French, and two in names such as Gnaoua.
            if word.contains("gn") {
                forms.push(latin(&word.replace("gn", "ni"), true));
            }
            forms.dedup();
            forms
        }
        Script::Arabic => arabic(word),
        Script::Tifinagh => vec![word.chars().map(tifinagh).collect()],
    }
}

/// Groups of letters that make one sound, longest first.
const LATIN_LETTER_GROUPS: [(&str, &str); 19] = [
    ("tch", "C"),
    ("sch", "C"),
    ("eau", "u"),
    ("gue", "Ke"),
    ("gui", "Ki"),
    ("ch", "C"),
    ("sh", "C"),
    ("kh", "X"),
    ("gh", "K"),
    ("th", "T"),
    ("dh", "D"),
    ("ph", "F"),
    ("dj", "J"),
    ("qu", "K"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("au", "u"),
    ("ck", "K"),
];

/// With `soft`, g and c before e, i and y are soft and x is an s or silent, as in French; otherwise they are always hard and
/// x is a kh.
fn latin(word: &str, soft: bool) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        if let Some((group, sound)) = LATIN_LETTER_GROUPS
            .iter()
            .find(|(group, _)| rest.starts_with(group))
        {
            out.push_str(sound);
            rest = &rest[group.len()..];
            continue;
        }
        let is_first = out.is_empty();
        rest = &rest[letter.len_utf8()..];
        let is_soft = soft && rest.starts_with(['e', 'i', 'y']);
        out.push(match letter {
            'b' | 'p' => 'B',
            'f' | 'v' => 'F',
            'd' => 'D',
            't' | '6' => 'T',
            'c' if is_soft => 'S',
            's' => 'S',
            'z' => 'Z',
            'g' if is_soft => 'J',
            'j' => 'J',
            'c' | 'k' | 'q' | 'g' | '9' | '8' => 'K',
            'x' if soft => 'S',
            'x' | '5' => 'X',
            'h' | '7' => 'H',
            'r' => 'R',
            'l' => 'L',
            'm' => 'M',
            'n' => 'N',
            'a' | '3' => 'a',
            // A final e is silent in French.
            'e' if rest.is_empty() && !is_first => '-',
            'e' => 'e',
            'i' | 'y' => 'i',
            'o' | 'u' | 'w' => 'u',
            _ => '-',
        });
    }
    out
}

/// Folding replaces ة by ه, so a final ه may also be silent or a t.
fn arabic(word: &str) -> Vec<String> {
    let sound: String = word.chars().map(arabic_letter).collect();
    match sound.strip_suffix('H') {
        Some(stem) if word.ends_with('ه') => vec![stem.to_owned(), format!("{stem}T"), sound],
        _ => vec![sound],
    }
}

const fn arabic_letter(letter: char) -> char {
    match letter {
        'ا' | 'ع' => 'a',
        'ب' | 'پ' => 'B',
        'ت' | 'ط' | 'ث' => 'T',
        'ج' => 'J',
        'ح' | 'ه' => 'H',
        'خ' => 'X',
        'د' | 'ض' | 'ذ' | 'ظ' => 'D',
        'ر' => 'R',
        'ز' => 'Z',
        'س' | 'ص' => 'S',
        'ش' | 'چ' => 'C',
        'غ' | 'ق' | 'ك' => 'K',
        'ف' | 'ڤ' => 'F',
        'ل' => 'L',
        'م' => 'M',
        'ن' => 'N',
        'و' => 'u',
        'ي' => 'i',
        _ => '-',
    }
}

const fn tifinagh(letter: char) -> char {
    match letter {
        'ⴰ' | 'ⵄ' => 'a',
        'ⴱ' => 'B',
        'ⴳ' | 'ⴽ' | 'ⵇ' | 'ⵖ' => 'K',
        'ⴷ' | 'ⴹ' => 'D',
        'ⴻ' => 'e',
        'ⴼ' => 'F',
        'ⵀ' | 'ⵃ' => 'H',
        'ⵅ' => 'X',
        'ⵉ' | 'ⵢ' => 'i',
        'ⵊ' => 'J',
        'ⵍ' => 'L',
        'ⵎ' => 'M',
        'ⵏ' => 'N',
        'ⵓ' | 'ⵡ' => 'u',
        'ⵔ' | 'ⵕ' => 'R',
        'ⵙ' | 'ⵚ' => 'S',
        'ⵛ' => 'C',
        'ⵜ' | 'ⵟ' => 'T',
        'ⵣ' | 'ⵥ' => 'Z',
        _ => '-',
    }
}
