//! What the page of a visitor reports for the anonymous counts: closed lists, without text of the visitor. Must not know: how
//! events are counted.

use super::FilterName;
use expo_domain::Lang;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An event of the visit that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitEvent {
    /// A visitor left the start screen.
    Began {
        /// Language of the window.
        language: Lang,
    },
    /// The visitor chose another language.
    Language {
        /// The new one.
        language: Lang,
    },
    /// A screen opened.
    Screen {
        /// Its name.
        screen: VisitScreen,
    },
    /// A filter was set.
    Filter {
        /// Its name, never its value.
        filter: FilterName,
    },
    /// A search showed no result.
    NoResult {},
    /// A step of the form opened.
    FormStep {
        /// The step.
        step: FormStep,
    },
    /// The visit ended.
    Ended {
        /// Seconds without touch before the end; they do not count as part of the visit.
        unattended_seconds: u16,
    },
}

/// Screens of the visitor window after the start screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum VisitScreen {
    Home,
    Explore,
    Project,
    Afford,
    Aid,
    Summer,
    Shortlist,
    Compare,
    Takeaway,
    Guides,
    Guide,
    Partner,
    Lead,
    Thanks,
}

/// Steps of the form, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FormStep {
    Who,
    What,
    When,
    Review,
}

impl FormStep {
    /// All steps, in order.
    pub const ALL: [Self; 4] = [Self::Who, Self::What, Self::When, Self::Review];

    /// The code, as in names of counts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::What => "what",
            Self::When => "when",
            Self::Review => "review",
        }
    }
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    VisitEvent::export_all(config)
}
