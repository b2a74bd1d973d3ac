//! What people do: a visitor looks around and asks to be called back; staff close the day.

use crate::Failure;
use crate::programs::{PASSPHRASE, PIN};
use crate::screen::{Window, eventually};
use std::path::{Path, PathBuf};

/// Somebody obviously invented.
pub struct Visitor {
    /// Language touched at the beginning.
    pub language: &'static str,
    /// Name as typed.
    pub name: &'static str,
    /// National number as typed, in France.
    pub phone: &'static str,
    /// Words typed into the search.
    pub search: &'static str,
}

/// Takes a picture at every station, when there is a folder for them.
pub struct Album {
    folder: Option<PathBuf>,
    prefix: String,
    taken: std::cell::Cell<u32>,
}

impl Album {
    /// Pictures `folder/prefix-NN-name.png`.
    pub fn new(folder: &Path, prefix: &str) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            prefix: prefix.to_owned(),
            taken: 0.into(),
        }
    }

    /// No pictures.
    pub fn none() -> Self {
        Self {
            folder: None,
            prefix: String::new(),
            taken: 0.into(),
        }
    }

    /// A picture of what is shown, in which all words fit into their controls.
    pub async fn take(&self, window: &Window, name: &str) -> Result<(), Failure> {
        let Some(folder) = &self.folder else { return Ok(()) };
        self.taken.set(self.taken.get() + 1);
        let picture = folder.join(format!("{}-{:02}-{name}.png", self.prefix, self.taken.get()));
        window.picture(&picture).await?;
        let spills = window.spills().await?;
        if spills.is_empty() {
            Ok(())
        } else {
            Err(format!("{}: words spill out of {}", picture.display(), spills.join(", ")).into())
        }
    }
}

/// From the attract screen to the ticket. Returns the ticket.
pub async fn ask_to_be_called(window: &Window, visitor: &Visitor, album: &Album) -> Result<String, Failure> {
    window.on("attract").await?;
    album.take(window, "attract").await?;
    window.touch(&format!("begin-{}", visitor.language)).await?;
    window.on("home").await?;
    album.take(window, "home").await?;
    look_around(window, visitor, album).await?;
    window.touch("call-me").await?;
    window.on("lead").await?;
    say_who(window, visitor, album).await?;
    window.touch("lead-next").await?;
    window.see_css("[data-step=\"what\"]").await?;
    album.take(window, "lead-what").await?;
    window.touch("lead-next").await?;
    window.see_css("[data-step=\"when\"]").await?;
    window.touch("channel-call").await?;
    window.touch("consent-call").await?;
    album.take(window, "lead-when").await?;
    window.touch("lead-next").await?;
    window.see_css("[data-step=\"review\"]").await?;
    album.take(window, "lead-review").await?;
    window.touch("lead-submit").await?;
    window.on("thanks").await?;
    let ticket = window.words("thanks-ticket").await?;
    album.take(window, "thanks").await?;
    Ok(ticket)
}

/// Searches for a town, opens the first project found.
async fn look_around(window: &Window, visitor: &Visitor, album: &Album) -> Result<(), Failure> {
    window.touch("nav-explore").await?;
    window.on("explore").await?;
    album.take(window, "explore").await?;
    window.touch("search-field").await?;
    window.write(visitor.search).await?;
    window.see_css("[data-testid^=\"card-\"]").await?;
    album.take(window, "search").await?;
    if window.has("key-close").await {
        window.touch("key-close").await?;
    }
    window.touch_css("[data-testid^=\"card-\"]").await?;
    window.on("project").await?;
    window.see("project-title").await?;
    album.take(window, "project").await?;
    window.touch("save-project").await
}

/// Leaves the first step only with what it needs; before that, a wrong number is told beside its field.
async fn say_who(window: &Window, visitor: &Visitor, album: &Album) -> Result<(), Failure> {
    window.touch("field-name").await?;
    window.write(visitor.name).await?;
    window.touch("field-phone").await?;
    window.write("061").await?;
    window.touch("lead-next").await?;
    window.see("error-phone").await?;
    album.take(window, "lead-who-error").await?;
    window.touch("field-phone").await?;
    for _ in 0..3 {
        window.touch("key-backspace").await?;
    }
    window.write(visitor.phone).await?;
    album.take(window, "lead-who").await
}

/// Unlocks the staff window, which must be the one turned to.
pub async fn unlock_staff(window: &Window, album: &Album) -> Result<(), Failure> {
    window.on("pin").await?;
    album.take(window, "staff-pin").await?;
    for digit in PIN.chars() {
        window.touch(&format!("staff-pin-key-{digit}")).await?;
    }
    window.touch("staff-pin-key-enter").await?;
    window.on("today").await?;
    album.take(window, "staff-today").await
}

/// Closes the day in every format into the kiosk's own folder. Returns the words of the receipt.
pub async fn close_the_day(window: &Window, album: &Album) -> Result<String, Failure> {
    window.touch("staff-nav-close").await?;
    window.touch("staff-passphrase").await?;
    window.write(PASSPHRASE).await?;
    window.touch("staff-passphrase-confirm").await?;
    // The passphrase's card goes, and everything moves up, before a day can be closed.
    window
        .see_css("[data-testid=\"staff-close-confirm\"]:not([disabled])")
        .await?;
    for format in ["xlsx", "csv", "age"] {
        choose(window, &format!("staff-format-{format}")).await?;
    }
    choose(window, "staff-destination-0").await?;
    album.take(window, "staff-close").await?;
    window.touch("staff-close-confirm").await?;
    let receipt = window.words("staff-receipt").await?;
    album.take(window, "staff-receipt").await?;
    Ok(receipt)
}

/// Touches a choice unless it is made already.
async fn choose(window: &Window, id: &str) -> Result<(), Failure> {
    let element = window.see(id).await?;
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

/// Waits until the staff window says that sync state.
pub async fn sync_state(window: &Window, state: &str) -> Result<(), Failure> {
    eventually(&format!("the sync never became {state}"), || async {
        window
            .see_css(&format!(
                "[data-testid=\"staff-sync-state\"][data-state=\"{state}\"]"
            ))
            .await
            .ok()
    })
    .await
    .map(drop)
}
