//! Actions of people at the kiosk: a visitor explores and asks to be called back, staff close the day.

use crate::Failure;
use crate::programs::{PASSPHRASE, PIN};
use crate::screen::{Window, eventually};
use std::path::{Path, PathBuf};

/// The cards of projects, without the buttons on them.
pub const CARDS: &str = "[data-testid^=\"card-\"]:not([data-testid^=\"card-save-\"])";

/// An invented visitor, recognisable as test data.
pub struct Visitor {
    /// Language chosen on the first screen.
    pub language: &'static str,
    /// Name as typed.
    pub name: &'static str,
    /// National phone number as typed, in France.
    pub phone: &'static str,
    /// Text typed into the search.
    pub search: &'static str,
}

/// Takes numbered screenshots, if it has a folder.
pub struct Screenshots {
    folder: Option<PathBuf>,
    prefix: String,
    taken: std::cell::Cell<u32>,
}

impl Screenshots {
    /// Screenshots are saved as `folder/prefix-NN-name.png`.
    pub fn new(folder: &Path, prefix: &str) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            prefix: prefix.to_owned(),
            taken: 0.into(),
        }
    }

    /// Takes no screenshots.
    pub fn none() -> Self {
        Self {
            folder: None,
            prefix: String::new(),
            taken: 0.into(),
        }
    }

    /// Takes a screenshot. Fails if the text of a control does not fit into it, or a text for visitors is too small.
    pub async fn take(&self, window: &Window, name: &str) -> Result<(), Failure> {
        let Some(folder) = &self.folder else { return Ok(()) };
        self.taken.set(self.taken.get() + 1);
        let path = folder.join(format!("{}-{:02}-{name}.png", self.prefix, self.taken.get()));
        window.save_screenshot(&path).await?;
        let overflowing = window.overflowing_controls().await?;
        if !overflowing.is_empty() {
            return Err(format!("{}: text overflows {}", path.display(), overflowing.join(", ")).into());
        }
        let small = window.small_texts().await?;
        if small.is_empty() {
            Ok(())
        } else {
            Err(format!("{}: below 22 px: {}", path.display(), small.join(", ")).into())
        }
    }
}

/// Goes from the attract screen to the thank-you screen. Returns the ticket.
pub async fn request_call_back(
    window: &Window,
    visitor: &Visitor,
    screenshots: &Screenshots,
) -> Result<String, Failure> {
    window.wait_for_screen("attract").await?;
    screenshots.take(window, "attract").await?;
    window.touch(&format!("begin-{}", visitor.language)).await?;
    window.wait_for_screen("home").await?;
    screenshots.take(window, "home").await?;
    explore(window, visitor, screenshots).await?;
    window.touch("call-me").await?;
    window.wait_for_screen("lead").await?;
    enter_contact(window, visitor, screenshots).await?;
    complete_form(window, screenshots).await
}

/// Goes from the filled-in first step of the form to the thank-you screen, for a call. Returns the ticket.
pub async fn complete_form(window: &Window, screenshots: &Screenshots) -> Result<String, Failure> {
    window.touch("lead-next").await?;
    window.wait_for_css("[data-step=\"what\"]").await?;
    screenshots.take(window, "lead-what").await?;
    window.touch("lead-next").await?;
    answer_by_call(window, screenshots).await
}

/// Goes from the third step of the form to the thank-you screen, for a call. Returns the ticket.
pub async fn answer_by_call(window: &Window, screenshots: &Screenshots) -> Result<String, Failure> {
    window.wait_for_css("[data-step=\"when\"]").await?;
    window.touch("consent-call").await?;
    screenshots.take(window, "lead-when").await?;
    window.touch("lead-next").await?;
    window.wait_for_css("[data-step=\"review\"]").await?;
    screenshots.take(window, "lead-review").await?;
    window.touch("lead-submit").await?;
    window.wait_for_screen("thanks").await?;
    let ticket = window.text_of("thanks-ticket").await?;
    screenshots.take(window, "thanks").await?;
    Ok(ticket)
}

/// Searches for a town and saves the first project found.
async fn explore(window: &Window, visitor: &Visitor, screenshots: &Screenshots) -> Result<(), Failure> {
    window.touch("nav-explore").await?;
    window.wait_for_screen("explore").await?;
    screenshots.take(window, "explore").await?;
    window.touch("search-field").await?;
    window.type_text(visitor.search).await?;
    window.wait_for_css("[data-testid^=\"card-\"]").await?;
    screenshots.take(window, "search").await?;
    if window.has_element("key-close").await {
        window.touch("key-close").await?;
    }
    window.touch_css("[data-testid^=\"card-\"]").await?;
    window.wait_for_screen("project").await?;
    window.wait_for("project-title").await?;
    screenshots.take(window, "project").await?;
    window.touch("save-project").await
}

/// Fills in the first step. A wrong phone number first shows an error next to its field.
async fn enter_contact(window: &Window, visitor: &Visitor, screenshots: &Screenshots) -> Result<(), Failure> {
    window.touch("field-name").await?;
    window.type_text(visitor.name).await?;
    window.touch("field-phone").await?;
    window.type_text("061").await?;
    window.touch("lead-next").await?;
    window.wait_for("error-phone").await?;
    screenshots.take(window, "lead-who-error").await?;
    window.touch("field-phone").await?;
    for _ in 0..3 {
        window.touch("key-backspace").await?;
    }
    window.type_text(visitor.phone).await?;
    screenshots.take(window, "lead-who").await
}

/// Unlocks the staff window, which must be the current window.
pub async fn unlock_staff(window: &Window, screenshots: &Screenshots) -> Result<(), Failure> {
    window.wait_for_screen("pin").await?;
    screenshots.take(window, "staff-pin").await?;
    for digit in PIN.chars() {
        window.touch(&format!("staff-pin-key-{digit}")).await?;
    }
    window.touch("staff-pin-key-enter").await?;
    window.wait_for_screen("today").await?;
    screenshots.take(window, "staff-today").await
}

/// Closes the day: exports all formats to the first destination. Returns the text of the receipt.
pub async fn close_day(window: &Window, screenshots: &Screenshots) -> Result<String, Failure> {
    window.touch("staff-nav-close").await?;
    window.touch("staff-passphrase").await?;
    window.type_text(PASSPHRASE).await?;
    window.touch("staff-passphrase-confirm").await?;
    // The passphrase card disappears and the page moves up before the day can be closed.
    window
        .wait_for_css("[data-testid=\"staff-close-confirm\"]:not([disabled])")
        .await?;
    for format in ["xlsx", "csv", "age"] {
        choose(window, &format!("staff-format-{format}")).await?;
    }
    choose(window, "staff-destination-0").await?;
    screenshots.take(window, "staff-close").await?;
    window.touch("staff-close-confirm").await?;
    let receipt = window.text_of("staff-receipt").await?;
    screenshots.take(window, "staff-receipt").await?;
    Ok(receipt)
}

/// Touches a choice unless it is already selected.
async fn choose(window: &Window, id: &str) -> Result<(), Failure> {
    let element = window.wait_for(id).await?;
    let pressed = match element.attr("aria-pressed").await? {
        Some(pressed) => Some(pressed),
        None => element.attr("aria-checked").await?,
    };
    if pressed.as_deref() == Some("true") {
        Ok(())
    } else {
        window.touch(id).await
    }
}

/// Waits until the staff window shows a sync state.
pub async fn wait_for_sync_state(window: &Window, state: &str) -> Result<(), Failure> {
    eventually(&format!("the sync state does not become {state}"), || async {
        window
            .wait_for_css(&format!(
                "[data-testid=\"staff-sync-state\"][data-state=\"{state}\"]"
            ))
            .await
            .ok()
    })
    .await
    .map(drop)
}
