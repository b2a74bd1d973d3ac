//! `make run` without a display: plays a visit in the real windows and prints where the results are. The kiosk is
//! enrolled at the office and then takes a lead at a venue without network. Once the platform is reachable, the lead is
//! sent automatically, and staff close the day.

use acceptance::Failure;
use acceptance::programs::{Kiosk, Platform, repository};
use acceptance::screen::{Screen, eventually};
use acceptance::visit::{Screenshots, Visitor, close_day, request_call_back, unlock_staff};
use acceptance::wait::SessionLost;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Maximum number of times the demonstration is played.
const MAX_ATTEMPTS: usize = 3;

#[tokio::main]
async fn main() -> ExitCode {
    let folder = repository().join("target/demo");
    let mut attempt = 1;
    loop {
        match run_demonstration(&folder).await {
            Ok(()) => return ExitCode::SUCCESS,
            // Only a display or a WebDriver that stopped working is worth another attempt.
            Err(failure) if failure.is::<SessionLost>() && attempt < MAX_ATTEMPTS => {
                print_line(&format!("The session was lost: {failure}"));
                attempt += 1;
                print_line(&format!("Attempt {attempt} of {MAX_ATTEMPTS}:"));
            }
            Err(failure) => {
                print_line(&format!("The demonstration failed: {failure}"));
                return ExitCode::FAILURE;
            }
        }
    }
}

async fn run_demonstration(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    print_line("1. Office: set up the kiosk and enrol it with the platform.");
    let kiosk = Kiosk::demonstration(&folder.join("kiosk"))?;
    let mut platform = Platform::new(&folder.join("platform"))?;
    platform.start()?;
    kiosk.enrol(&platform)?;
    platform.stop();
    print_line("2. Venue, no network: a visitor asks to be called back.");
    let screen = Screen::start(1080, 1920)?;
    let window = screen.open(&kiosk).await?;
    let visitor = Visitor {
        language: "fr",
        name: "Test Visiteur",
        phone: "612345678",
        search: "tetouan",
    };
    let screenshots = Screenshots::new(folder, "visit");
    let ticket = request_call_back(&window, &visitor, &screenshots).await?;
    print_line(&format!(
        "   The visitor gets ticket {ticket}. The platform has {} leads.",
        platform.leads()?.len()
    ));
    print_line("3. Network available: the kiosk sends the lead automatically.");
    platform.start()?;
    let leads = eventually("the lead does not reach the platform", || async {
        platform.leads().ok().filter(|leads| !leads.is_empty())
    })
    .await?;
    let leads_file = folder.join("platform-leads.json");
    fs::write(&leads_file, serde_json::to_vec_pretty(&leads)?)?;
    print_line("4. Evening: staff close the day and export its leads.");
    window.touch("thanks-done").await?;
    window.wait_for_screen("attract").await?;
    window.open_staff_window().await?;
    unlock_staff(&window, &screenshots).await?;
    close_day(&window, &screenshots).await?;
    window.touch("staff-leave").await?;
    window.return_to_visitor_window().await?;
    window.close().await?;
    arabic_visit(folder, &kiosk).await?;
    print_line("");
    print_line(&format!("Screenshots:           {}/*.png", folder.display()));
    print_line(&format!("Leads at the platform: {}", leads_file.display()));
    print_line(&format!(
        "Exported files:        {}",
        kiosk.export_folder().display()
    ));
    Ok(())
}

/// Another visit, in Arabic and in landscape.
async fn arabic_visit(folder: &Path, kiosk: &Kiosk) -> Result<(), Failure> {
    print_line("5. Another visitor, in Arabic, on a landscape screen.");
    let screen = Screen::start(1920, 1080)?;
    let window = screen.open(kiosk).await?;
    let visitor = Visitor {
        language: "ar",
        name: "زاير تجريبي",
        phone: "612345679",
        search: "طنجة",
    };
    request_call_back(&window, &visitor, &Screenshots::new(folder, "arabic")).await?;
    window.close().await
}

fn print_line(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
