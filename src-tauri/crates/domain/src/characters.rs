//! Single characters of typed texts: digits of other scripts, and characters without a glyph. Must not know: what a
//! text means.

/// The western digit of an Arabic or Persian one; any other character unchanged.
pub const fn western_digit(c: char) -> char {
    match c {
        '٠'..='٩' => (b'0' + (c as u32 - '٠' as u32) as u8) as char,
        '۰'..='۹' => (b'0' + (c as u32 - '۰' as u32) as u8) as char,
        '\u{ff10}'..='\u{ff19}' => (b'0' + (c as u32 - 0xff10) as u8) as char,
        c => c,
    }
}

/// Whether a character has no glyph: soft hyphen, direction marks, joiners, other zero-width characters, fillers,
/// variation selectors, annotations, tags.
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_three_scripts_become_western() {
        let western: String = "٠٩۰۹０９7x".chars().map(western_digit).collect();
        assert_eq!(western, "0909097x");
    }
}
