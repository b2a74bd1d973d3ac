//! Numbers, days and durations as the page of the overview writes them, in French. Must not know: the overview.

/// A duration such as `2 h 05 min`.
pub(super) fn duration(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, _, _) => format!("{hours} h {:02} min", minutes % 60),
        _ => format!("{days} j {} h", hours % 24),
    }
}

/// A number with narrow spaces between groups of three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

pub(super) fn french_day(day: &str) -> String {
    let parts: Vec<&str> = day.split('-').rev().collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_formatted_for_french() {
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(grouped(999), "999");
        assert_eq!(duration(59), "59 s");
        assert_eq!(duration(7500), "2 h 05 min");
        assert_eq!(french_day("2026-07-02"), "02/07/2026");
    }
}
