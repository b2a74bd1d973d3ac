//! Words by their sound, so that a name typed in Latin letters finds one written in Arabic or Tifinagh and the other
//! way round: `lwaha`, `الواحة`, `ⵍⵡⴰⵃⴰ`. Owns the letters of the scripts. Must not know what a word finds.
//!
//! Consonants that Moroccan spellings exchange share a class (k, q, 9, ق, ك, گ). Vowels are kept between them as
//! far as a script writes them: Arabic leaves short ones out, so they are compared one-sidedly.

use crate::letters::{CLASSES, Script, readings, script};

/// A word by its sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sound {
    pub script: Script,
    /// Consonants by class, four bits each, the first on top: words with a common beginning are neighbours.
    pub key: u64,
    consonants: usize,
    /// Vowels before, between and after the consonants.
    gaps: Vec<Vec<char>>,
}

/// Consonants that fit into a key.
const MAX: usize = 16;

impl Sound {
    /// How a folded word may sound; empty when it is in no script known here or has no consonant.
    pub fn of(word: &str) -> Vec<Self> {
        let Some(script) = script(word) else {
            return Vec::new();
        };
        // The article written together with its word; in Arabic folding has taken it off.
        let bare = ["al", "el", "l", "ⵍ"]
            .iter()
            .find_map(|article| word.strip_prefix(article))
            .filter(|rest| rest.chars().count() >= 4);
        let mut sounds: Vec<Self> = [Some(word), bare]
            .into_iter()
            .flatten()
            .flat_map(|word| readings(script, word))
            .filter_map(|reading| Self::read(script, &reading))
            .collect();
        sounds.dedup();
        sounds
    }

    /// A reading: capital letters for classes of consonants, `a i u e` for vowels; other signs are silent.
    fn read(script: Script, reading: &str) -> Option<Self> {
        let (mut key, mut consonants, mut gaps, mut last) = (0_u64, 0_usize, vec![Vec::new()], None);
        for sign in reading.chars() {
            if let Some(class) = CLASSES.find(sign) {
                if last != Some(sign) && consonants < MAX {
                    key |= (class as u64 + 1) << (60 - 4 * consonants);
                    consonants += 1;
                    gaps.push(Vec::new());
                }
                last = Some(sign);
            } else if matches!(sign, 'a' | 'i' | 'u' | 'e') {
                if let Some(gap) = gaps.last_mut()
                    && gap.last() != Some(&sign)
                {
                    gap.push(sign);
                }
                last = None;
            }
        }
        (consonants > 0).then_some(Self {
            script,
            key,
            consonants,
            gaps,
        })
    }

    /// Keys of all words that begin with these consonants.
    pub fn beginning(&self) -> std::ops::RangeInclusive<u64> {
        let free = 64 - 4 * self.consonants as u32;
        self.key..=self.key | (1_u64.checked_shl(free).unwrap_or(0)).wrapping_sub(1)
    }

    /// Whether enough is written to begin another word with: three consonants.
    pub const fn is_telling(&self) -> bool {
        self.consonants >= 3
    }

    /// How much two words of the same consonants differ in vowels: 0 or 1; `None` when they are not the same word.
    /// `begun`: the first word may be the beginning of the second.
    pub fn differs(&self, other: &Self, begun: bool) -> Option<u8> {
        if self.script == other.script {
            return if begun {
                None
            } else {
                self.differs_in_script(other)
            };
        }
        // The script that writes fewer vowels decides which have to be heard.
        let (sparse, full) = if self.vowels_written() <= other.vowels_written() {
            (self, other)
        } else {
            (other, self)
        };
        if !may_begin(&sparse.gaps[0], &full.gaps[0]) {
            return None;
        }
        let inner = || 1..self.consonants.min(other.consonants);
        let missed = inner()
            .filter(|gap| !heard(&full.gaps[*gap], &sparse.gaps[*gap]))
            .count();
        // Arabic writes a long u; one that is not there is forgiven.
        let extra = inner()
            .filter(|gap| sparse.gaps[*gap].is_empty() && full.gaps[*gap].contains(&'u'))
            .count();
        match (self.consonants, missed + extra.saturating_sub(1)) {
            // So little is the same word only with its vowels.
            (1, _) if !begun && self.gaps[0].len() >= 2 && self.gaps[0] == other.gaps[0] => Some(0),
            (2, 0) if !begun && self.inner_vowels() == other.inner_vowels() => Some(0),
            (2, 0) if !begun && sparse.gaps[2].len() >= 2 && heard(&full.gaps[2], &sparse.gaps[2]) => Some(1),
            (0..=2, _) => None,
            (_, 0) => Some(0),
            (4.., 1) => Some(1),
            _ => None,
        }
    }

    /// Spellings of one script: `nakhil`, `nakheel`, `annakhil`.
    fn differs_in_script(&self, other: &Self) -> Option<u8> {
        if self.script != Script::Latin || self.consonants < 3 {
            return None;
        }
        let same =
            |a: &Vec<char>, b: &Vec<char>| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(*a, *b));
        // The vowel of an article may stand before: essalam, salam.
        let is_article = |a: &[char], b: &[char]| a.is_empty() && matches!(b, ['a' | 'e']);
        let (first, other_first) = (&self.gaps[0], &other.gaps[0]);
        if !(same(first, other_first) || is_article(first, other_first) || is_article(other_first, first)) {
            return None;
        }
        let inner = 1..self.consonants;
        let differing: Vec<usize> = inner.filter(|g| !same(&self.gaps[*g], &other.gaps[*g])).collect();
        match differing[..] {
            [] => Some(0),
            // One short vowel that only one of them writes.
            [gap] if self.gaps[gap].len() + other.gaps[gap].len() == 1 => Some(1),
            _ => None,
        }
    }

    const fn vowels_written(&self) -> u8 {
        match self.script {
            Script::Arabic => 0,
            Script::Tifinagh => 1,
            Script::Latin => 2,
        }
    }

    fn inner_vowels(&self) -> Vec<char> {
        let inner = self.gaps[1..self.consonants].iter().flatten();
        inner
            .map(|vowel| if *vowel == 'e' { 'i' } else { *vowel })
            .collect()
    }
}

/// Whether something of the vowels written in `sparse` is heard in `full`.
fn heard(full: &[char], sparse: &[char]) -> bool {
    sparse.is_empty()
        || sparse
            .iter()
            .any(|need| full.iter().any(|have| alike(*have, *need)))
}

/// Whether two words may begin with these vowels: alef and ain carry any vowel, an article may be there or not.
fn may_begin(sparse: &[char], full: &[char]) -> bool {
    match (sparse, full) {
        ([], vowels) | (vowels, []) => vowels.len() <= 1,
        (['a', ..], _) => true,
        _ => heard(full, sparse),
    }
}

fn alike(a: char, b: char) -> bool {
    a == b || matches!((a, b), ('e', 'a' | 'i') | ('a' | 'i', 'e'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let (a, b) = (Sound::of(a), Sound::of(b));
        a.iter()
            .any(|a| b.iter().any(|b| a.key == b.key && a.differs(b, false).is_some()))
    }

    #[test]
    fn names_sound_alike_across_scripts() {
        for (latin, other) in [
            ("marrakech", "مراكش"),
            ("marrakesh", "ⵎⵕⵕⴰⴽⵛ"),
            ("nakhil", "نخيل"),
            ("annakheel", "نخيل"),
            ("ouarzazate", "ورزازات"),
            ("waha", "واحه"),
            ("riad", "رياض"),
            ("9asba", "قصبه"),
            ("agadir", "اكادير"),
            ("agadir", "ⴰⴳⴰⴷⵉⵔ"),
            ("tissouka", "تيسوكه"),
            ("nour", "نور"),
        ] {
            assert!(same(latin, other), "{latin} {other}");
            assert!(same(other, latin), "{other} {latin}");
        }
        assert!(same("مراكش", "ⵎⵕⵕⴰⴽⵛ"));
    }

    #[test]
    fn spellings_of_one_script_meet_and_other_words_do_not() {
        assert!(same("nakhil", "nakheel"));
        assert!(same("essalam", "salam"));
        assert!(same("elmenzeh", "منزه"));
        assert!(!same("paris", "برج"));
        assert!(!same("paris", "parois"));
        assert!(!same("salam", "سليم"));
        assert!(!same("nora", "نار"));
        assert!(Sound::of("2026").is_empty());
    }
}
