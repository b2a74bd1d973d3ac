//! Directions of scripts, and the marks that keep mixed lines in order. Must not know: the texts.

/// Direction of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As in Latin script.
    LeftToRight,
    /// As in Arabic script.
    RightToLeft,
}

impl Direction {
    /// The direction mark for a line of this direction that starts with `name`: empty if the name has the same direction.
    /// Phones lay out a line by its first letter.
    pub fn mark_before(self, name: &str) -> &'static str {
        match name.chars().find(|c| c.is_alphabetic()) {
            Some(first) if Self::of_letter(first) != self => self.mark(),
            _ => "",
        }
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::LeftToRight => "\u{200e}",
            Self::RightToLeft => "\u{200f}",
        }
    }

    /// Right to left for the scripts from Hebrew to Arabic (Unicode bidirectional classes R and AL).
    const fn of_letter(letter: char) -> Self {
        match letter {
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => Self::RightToLeft,
            _ => Self::LeftToRight,
        }
    }
}
