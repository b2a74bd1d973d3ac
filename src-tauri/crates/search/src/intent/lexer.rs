//! Splits a query into pieces: runs of letters, runs of digits and signs of currencies. Must not know what they mean.

use expo_domain::fold;

/// Further pieces are ignored, so that the work is bounded.
const MAX_PIECES: usize = 24;

/// A run of letters, a run of digits, or the sign of a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Position in the query, in bytes.
    pub start: usize,
    /// End in the query, in bytes.
    pub end: usize,
    /// Folded, without the Arabic article.
    pub word: String,
    pub is_number: bool,
    /// Nothing separates it from the piece before.
    pub is_glued: bool,
}

/// What a character belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Currency,
    /// A vowel sign or an invisible mark: belongs to the run around it.
    Mark,
    Separator,
}

/// The pieces of a text in their order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut run: Option<(usize, Class)> = None;
    let end = (text.len(), Class::Separator);
    for (at, class) in text.char_indices().map(|(at, c)| (at, class_of(c))).chain([end]) {
        match run {
            Some((_, current)) if class == Class::Mark || (class == current && class != Class::Currency) => {}
            _ => {
                if let Some((start, current)) = run.take() {
                    push(&mut pieces, text, start..at, current);
                }
                run = matches!(class, Class::Letter | Class::Digit | Class::Currency).then_some((at, class));
            }
        }
    }
    pieces.truncate(MAX_PIECES);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, range: std::ops::Range<usize>, class: Class) {
    let raw = &text[range.clone()];
    let folded = if class == Class::Currency {
        raw.to_owned()
    } else {
        fold::fold(raw)
    };
    let word = fold::without_article(&folded);
    if !word.is_empty() {
        pieces.push(Piece {
            start: range.start,
            end: range.end,
            word: word.to_owned(),
            is_number: class == Class::Digit,
            is_glued: pieces.last().is_some_and(|last| last.end == range.start),
        });
    }
}

fn class_of(c: char) -> Class {
    if c.is_ascii_digit() {
        return Class::Digit;
    }
    if c.is_ascii() {
        return match c {
            '$' => Class::Currency,
            c if c.is_ascii_alphabetic() => Class::Letter,
            _ => Class::Separator,
        };
    }
    match c {
        '€' | '£' => Class::Currency,
        // Folding drops marks. Between letters it leaves a space for a separator.
        c if !c.is_alphanumeric() && fold::fold(&format!("a{c}a")) == "aa" => Class::Mark,
        c if c.is_numeric() => Class::Digit,
        c if c.is_alphanumeric() => Class::Letter,
        _ => Class::Separator,
    }
}

/// The words of a phrase as pieces have them.
pub(super) fn words(phrase: &str) -> Vec<String> {
    pieces(phrase).into_iter().map(|piece| piece.word).collect()
}

/// The text without some pieces, with single spaces.
pub(super) fn without(text: &str, pieces: &[Piece], is_removed: impl Fn(usize) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (_, piece) in pieces.iter().enumerate().filter(|(at, _)| is_removed(*at)) {
        kept.push_str(&text[from..piece.start]);
        kept.push(' ');
        from = piece.end;
    }
    kept.push_str(&text[from..]);
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    kept.split_whitespace()
        .filter(is_word)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_signs_are_separate_pieces() {
        let words = |text| words(text).join("|");
        assert_eq!(words("300k A-401 100m²"), "300|k|a|401|100|m|2");
        assert_eq!(words("50000€ l’aide"), "50000|€|l|aide");
        assert_eq!(words("٣٠٠ ألف، الدَّعْم"), "300|الف|دعم");
        assert_eq!(words(" , "), "");
    }

    #[test]
    fn removed_pieces_leave_single_spaces() {
        let text = "villa  moins de 300 000, Agadir";
        let pieces = pieces(text);
        assert_eq!(without(text, &pieces, |at| (1..5).contains(&at)), "villa Agadir");
        assert_eq!(without(text, &pieces, |_| true), "");
    }
}
