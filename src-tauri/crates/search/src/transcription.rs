//! The letters of three scripts and what they sound like. Must not know how sounds are compared.

/// A script, as far as it says how much of a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Arabic,
    Tifinagh,
}

/// One sign a class: C is sh, X is kh.
pub(crate) const CLASSES: &str = "BFDTSCZJKXHRLMN";

/// The script of a word's first letter, if it is one known here.
pub(crate) fn script(word: &str) -> Option<Script> {
    word.chars().find_map(|c| match c {
        'a'..='z' => Some(Script::Latin),
        '\u{620}'..='\u{6ff}' => Some(Script::Arabic),
        '\u{2d30}'..='\u{2d6f}' => Some(Script::Tifinagh),
        _ => None,
    })
}

/// What a word may sound like, in signs of [`Sound::read`].
pub(crate) fn readings(script: Script, word: &str) -> Vec<String> {
    match script {
        Script::Latin => {
            let (soft, hard) = (latin(word, true), latin(word, false));
            if soft == hard {
                vec![soft]
            } else {
                vec![soft, hard]
            }
        }
        Script::Arabic => arabic(word),
        Script::Tifinagh => vec![word.chars().map(tifinagh).collect()],
    }
}

/// Two and three letters that make one sound, longest first.
const LATIN_GROUPS: [(&str, &str); 19] = [
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

/// `soft`: g and c before e, i and y as in French; else always hard.
fn latin(word: &str, soft: bool) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        if let Some((group, sound)) = LATIN_GROUPS.iter().find(|(group, _)| rest.starts_with(group)) {
            out.push_str(sound);
            rest = &rest[group.len()..];
            continue;
        }
        let start = out.is_empty();
        rest = &rest[letter.len_utf8()..];
        let softens = soft && rest.starts_with(['e', 'i', 'y']);
        out.push(match letter {
            'b' | 'p' => 'B',
            'f' | 'v' => 'F',
            'd' => 'D',
            't' | '6' => 'T',
            'c' if softens => 'S',
            's' => 'S',
            'z' => 'Z',
            'g' if softens => 'J',
            'j' => 'J',
            'c' | 'k' | 'q' | 'g' | '9' | '8' => 'K',
            'x' | '5' => 'X',
            'h' | '7' => 'H',
            'r' => 'R',
            'l' => 'L',
            'm' => 'M',
            'n' => 'N',
            'a' | '3' => 'a',
            // A French e at the end is silent.
            'e' if rest.is_empty() && !start => '-',
            'e' => 'e',
            'i' | 'y' => 'i',
            'o' | 'u' | 'w' => 'u',
            _ => '-',
        });
    }
    out
}

/// The last letter ه also stands for ة, which is silent or a t.
fn arabic(word: &str) -> Vec<String> {
    let sound: String = word.chars().map(arabic_letter).collect();
    match sound.strip_suffix('H') {
        Some(open) if word.ends_with('ه') => vec![open.to_owned(), format!("{open}T"), sound],
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
