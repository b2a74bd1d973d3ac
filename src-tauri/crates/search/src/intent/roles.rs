//! Words beside numbers: limits, multipliers and units. Owns what they mean. Must not know how a number is read.

use super::lexer::{self, Piece};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Meaning of a word beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Upper,
    Lower,
    Not,
    Filler,
    Range,
    Half,
    Times(Scale),
    Of(Unit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    One,
    Thousand,
    Million,
}

impl Scale {
    pub const fn factor(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Thousand => 1_000.0,
            Self::Million => 1_000_000.0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    None,
    Dirham,
    Ryal,
    Centime,
    Foreign,
    SquareMetre,
}

static ROLES: LazyLock<HashMap<String, Vec<Role>>> = LazyLock::new(|| {
    let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
    for (code, words) in include_str!("../../words/amounts.csv")
        .lines()
        .filter_map(|line| line.split_once(';'))
    {
        let Some(role) = role_of_code(code) else { continue };
        for word in words.split('|') {
            // "m2" is a letter and a number; the letter alone has no role.
            if let [word] = &lexer::words(word)[..] {
                roles.entry(word.clone()).or_default().push(role);
            }
        }
    }
    roles
});

fn role_of_code(code: &str) -> Option<Role> {
    Some(match code {
        "upper" => Role::Upper,
        "lower" => Role::Lower,
        "not" => Role::Not,
        "filler" => Role::Filler,
        "range" => Role::Range,
        "half" => Role::Half,
        "thousand" => Role::Times(Scale::Thousand),
        "million" => Role::Times(Scale::Million),
        "dirham" => Role::Of(Unit::Dirham),
        "ryal" => Role::Of(Unit::Ryal),
        "centime" => Role::Of(Unit::Centime),
        "foreign" => Role::Of(Unit::Foreign),
        "square_metre" => Role::Of(Unit::SquareMetre),
        _ => return None,
    })
}

/// Whether a piece has a role, also with one of the Arabic particles ب و ل in front.
pub(super) fn has_role(piece: &Piece, role: Role) -> bool {
    let has = |word: &str| ROLES.get(word).is_some_and(|roles| roles.contains(&role));
    !piece.is_number && (has(&piece.word) || piece.word.strip_prefix(['ب', 'و', 'ل']).is_some_and(has))
}
