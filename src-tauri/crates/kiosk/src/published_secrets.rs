//! Secrets that anybody can read: those of the demonstration, and the examples in the operator guide. A real stop must not
//! use them. Must not know: where secrets are stored.

use crate::demonstration::Demonstration;
use expo_vault::signature::PublicKey;

const PINS: [&str; 2] = [Demonstration::PIN, "720495"];
const PASSPHRASES: [&str; 2] = [Demonstration::PASSPHRASE, "four words nobody guesses"];
/// The example in the operator guide.
const EXAMPLE_PUBLISHER_KEY: &str = "RWRKFAwxDY8mpdHPdlFDyAGzUDaSjn5TChIgtLSpeBavaJrAwHGvvtgm";

/// Whether the PIN is printed somewhere.
pub(crate) fn is_published_pin(pin: &str) -> bool {
    PINS.contains(&pin)
}

/// Whether the passphrase is printed somewhere, apart from capital letters and spaces.
pub(crate) fn is_published_passphrase(phrase: &str) -> bool {
    let words = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    PASSPHRASES.contains(&words(phrase).as_str())
}

/// Whether the key is that of the demonstration, whose secret half is published, or an example.
pub(crate) fn is_published_key(key: &PublicKey) -> bool {
    let is_demonstration = Demonstration::publisher_public().is_ok_and(|text| text == key.to_string());
    is_demonstration || key.to_string() == EXAMPLE_PUBLISHER_KEY
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = include_str!("../../../../docs/operator-guide.md");

    /// The value of a field in the event file of the guide.
    fn example(field: &str) -> &'static str {
        let mut lines = GUIDE.lines();
        let line = lines
            .find(|line| line.starts_with(&format!("{field} = ")))
            .unwrap();
        line.split('"').nth(1).unwrap()
    }

    #[test]
    fn examples_in_the_guide_are_published() {
        assert!(is_published_pin(example("pin")));
        assert!(is_published_passphrase(example("passphrase")));
        assert!(is_published_key(&example("publisher_key").parse().unwrap()));
    }

    #[test]
    fn published_passphrase_is_known_in_any_case_and_spacing() {
        assert!(is_published_passphrase(" Zellige  PLASTER saffron demo\n"));
        assert!(!is_published_passphrase("zellige plaster saffron"));
    }

    #[test]
    fn other_secrets_are_not_published() {
        let key = expo_vault::signature::PublisherKey::generate().unwrap().public();
        assert!(!is_published_key(&key));
        assert!(!is_published_pin("604215"));
    }
}
