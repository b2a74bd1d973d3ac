//! `make run` without a display: plays a visit in the real windows and says where its traces lie. The kiosk is
//! enrolled at the office, then stands in a hall without network: a lead is taken, the platform comes back, the lead
//! arrives by itself, staff close the day.

use acceptance::Failure;
use acceptance::programs::{Kiosk, Platform, repository};
use acceptance::screen::{Screen, eventually};
use acceptance::visit::{Album, Visitor, ask_to_be_called, close_the_day, unlock_staff};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match play(&repository().join("target/demo")).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&format!("The demonstration failed: {failure}"));
            ExitCode::FAILURE
        }
    }
}

async fn play(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    say("1. At the office: the kiosk is set up and enrolled.");
    let kiosk = Kiosk::demonstration(&folder.join("kiosk"))?;
    let mut platform = Platform::new(&folder.join("platform"))?;
    platform.start()?;
    kiosk.enrol(&platform)?;
    platform.stop();
    say("2. In the hall, without network: a visitor asks to be called back.");
    let screen = Screen::start(1080, 1920)?;
    let window = screen.open(&kiosk).await?;
    let visitor = Visitor {
        language: "fr",
        name: "Test Visiteur",
        phone: "612345678",
        search: "tetouan",
    };
    let album = Album::new(folder, "visit");
    let ticket = ask_to_be_called(&window, &visitor, &album).await?;
    say(&format!(
        "   Ticket {ticket}. Nothing reached the platform yet: {} leads there.",
        platform.leads()?.len()
    ));
    say("3. The network comes back: the lead arrives by itself.");
    platform.start()?;
    let leads = eventually("the lead does not arrive", || async {
        platform.leads().ok().filter(|leads| !leads.is_empty())
    })
    .await?;
    let view = folder.join("platform-leads.json");
    fs::write(&view, serde_json::to_vec_pretty(&leads)?)?;
    say("4. In the evening: staff close the day.");
    window.touch("thanks-done").await?;
    window.on("attract").await?;
    window.enter_staff().await?;
    unlock_staff(&window, &album).await?;
    close_the_day(&window, &album).await?;
    window.touch("staff-leave").await?;
    window.back_to_visitors().await?;
    window.close().await?;
    arabic(folder, &kiosk).await?;
    say("");
    say(&format!("Screenshots: {}/*.png", folder.display()));
    say(&format!("The lead as the platform sees it: {}", view.display()));
    say(&format!("Exported files: {}", kiosk.exports().display()));
    Ok(())
}

/// The same in Arabic, on a wide screen.
async fn arabic(folder: &Path, kiosk: &Kiosk) -> Result<(), Failure> {
    say("5. Another visitor, in Arabic, on a wide screen.");
    let screen = Screen::start(1920, 1080)?;
    let window = screen.open(kiosk).await?;
    let visitor = Visitor {
        language: "ar",
        name: "زاير تجريبي",
        phone: "612345679",
        search: "طنجة",
    };
    ask_to_be_called(&window, &visitor, &Album::new(folder, "arabic")).await?;
    window.close().await
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
