//! Escapes text values of vCard (RFC 2426) and iCalendar (RFC 5545), which do it alike. Must not know: what they contain.

/// Length in bytes of an escaped text.
pub(super) fn escaped_len(text: &str) -> usize {
    text.len() + text.chars().filter(|c| is_special(*c)).count()
}

/// The escaped text.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(escaped_len(text));
    for c in text.chars() {
        if is_special(c) {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { 'n' } else { c });
    }
    escaped
}

const fn is_special(c: char) -> bool {
    matches!(c, '\\' | ';' | ',' | '\n')
}
