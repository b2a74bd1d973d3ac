//! Texts that staff search leads by, and typed words. Must not know: which leads exist.

use expo_domain::fold::fold;
use expo_domain::lead::LeadRecord;

/// Shorter numbers are part of too many telephone numbers.
const MIN_PHONE_DIGITS: usize = 3;

/// What the search compares.
pub(super) struct SearchText {
    /// Folded ticket, name, e-mail, city and wishes.
    folded: String,
    /// Digits of the telephone number, with the country code.
    digits: String,
}

impl SearchText {
    pub fn of(record: &LeadRecord) -> Self {
        let lead = &record.lead;
        let mut parts = vec![record.header.ticket.as_str(), lead.name.as_str()];
        parts.extend(lead.email.as_deref());
        parts.extend(lead.city.as_deref());
        for interest in &lead.interests {
            parts.push(&interest.project);
            parts.extend(interest.project_title.as_deref());
            parts.extend(interest.unit_number.as_deref());
        }
        parts.extend(
            lead.towns
                .iter()
                .map(|town| town.name.as_deref().unwrap_or(&town.town)),
        );
        Self {
            folded: fold(&parts.join(" ")),
            digits: digits(lead.phone.as_deref().unwrap_or_default()),
        }
    }
}

/// The typed text, ready for comparison.
pub(super) struct Words {
    words: Vec<String>,
    /// Digits without the prefix for calls inside or out of a country, if the text is a telephone number.
    phone: Option<String>,
}

impl Words {
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let is_number = !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit() || c == ' ');
        let digits = digits(&folded);
        let subscriber = digits.trim_start_matches('0');
        Self {
            phone: (is_number && subscriber.len() >= MIN_PHONE_DIGITS).then(|| subscriber.to_owned()),
            words: folded
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    pub fn match_text(&self, text: &SearchText) -> bool {
        let is_phone = |phone: &String| text.digits.contains(phone.as_str());
        self.phone.as_ref().is_some_and(is_phone)
            || self.words.iter().all(|word| text.folded.contains(word.as_str()))
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> SearchText {
        SearchText {
            folded: fold("PAR-K03-0042 Amélie Exemple personne.essai@example.org Lyon Essai B LI-002"),
            digits: digits("+33612345678"),
        }
    }

    #[test]
    fn all_words_must_occur() {
        for found in [
            "",
            "k03 0042",
            "PAR-K03-0042",
            "amelie LYON",
            "essai@example",
            "li-002",
            "exem",
        ] {
            assert!(Words::of(found).match_text(&text()), "{found}");
        }
        for absent in ["amelie paris", "0043", "@autre"] {
            assert!(!Words::of(absent).match_text(&text()), "{absent}");
        }
    }

    #[test]
    fn telephones_are_found_however_they_are_typed() {
        for found in [
            "06 12 34 56 78",
            "+33 6 12 34 56 78",
            "0033612345678",
            "٠٦١٢٣٤٥٦٧٨",
            "5678",
        ] {
            assert!(Words::of(found).match_text(&text()), "{found}");
        }
        for absent in ["06 12 34 56 79", "00", "0"] {
            let is_ticket = absent.len() < 3;
            assert_eq!(Words::of(absent).match_text(&text()), is_ticket, "{absent}");
        }
    }
}
