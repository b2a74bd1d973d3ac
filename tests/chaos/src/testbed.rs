//! The real kiosk and the real platform with a proxy between them, and the check that no lead is lost or duplicated.

use crate::certificates::Authority;
use crate::lock::lock_ignoring_poison;
use crate::process::BackgroundProcess;
use crate::proxy::Proxy;
use crate::template::{invented_lead, template};
use acceptance::Failure;
use acceptance::catalogue::copy_folder;
use acceptance::programs::{Kiosk, PASSPHRASE, Platform, program};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::process::Command;
use std::sync::Mutex;
use tempfile::TempDir;

/// The initial state of a testbed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TestbedOptions {
    /// Catalogue versions that the platform has published, at most two: one project with its pictures, then a unit at
    /// another price.
    pub published: usize,
    /// Whether [`BACKLOG`](crate::template::BACKLOG) leads are waiting.
    pub backlog: bool,
    /// Whether the proxy uses TLS, with an authority that the kiosk pins.
    pub tls: bool,
}

/// A kiosk and a platform with a proxy between them.
pub struct Testbed {
    folder: TempDir,
    /// The kiosk.
    pub kiosk: Kiosk,
    /// The platform, which is running.
    pub platform: Platform,
    /// A second running instance of the platform on the same database.
    pub second: Option<Platform>,
    /// The proxy between kiosk and platform.
    pub proxy: Proxy,
    /// The authority that signs the certificates of the proxy.
    pub authority: Authority,
    /// Tickets of all leads.
    tickets: Mutex<BTreeSet<String>>,
}

impl Testbed {
    /// Sets up an enrolled kiosk.
    pub fn new(options: TestbedOptions) -> Result<Self, Failure> {
        Self::at(options, IpAddr::V4(Ipv4Addr::LOCALHOST))
    }

    /// Sets up an enrolled kiosk. The proxy listens on this address of the machine.
    pub fn at(options: TestbedOptions, address: IpAddr) -> Result<Self, Failure> {
        let testbed = Self::without_enrolment(options, address)?;
        testbed.enrol()?;
        Ok(testbed)
    }

    /// Sets up a kiosk that is not enrolled.
    pub fn without_enrolment(options: TestbedOptions, address: IpAddr) -> Result<Self, Failure> {
        let template = template()?;
        let folder = tempfile::tempdir()?;
        let store = folder.path().join("platform");
        copy_folder(&template.join(format!("published-{}", options.published)), &store)?;
        let platform = Platform::new(&store)?;
        Self::build(options, address, folder, (platform, None))
    }

    /// Sets up an enrolled kiosk and two instances of the platform on an empty database. The proxy alternates between
    /// them.
    pub fn on_database(options: TestbedOptions, url: &str) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let keys = folder.path().join("keys");
        let platform = Platform::on_database(url, &keys)?;
        let second = Platform::on_database(url, &keys)?;
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let testbed = Self::build(options, address, folder, (platform, Some(second)))?;
        testbed.enrol()?;
        Ok(testbed)
    }

    fn build(
        options: TestbedOptions,
        address: IpAddr,
        folder: TempDir,
        (mut platform, mut second): (Platform, Option<Platform>),
    ) -> Result<Self, Failure> {
        let template = template()?;
        let kiosk = folder.path().join("kiosk");
        let from = if options.backlog { "full" } else { "empty" };
        copy_folder(&template.join(from), &kiosk)?;
        let mut ports = Vec::new();
        for instance in std::iter::once(&mut platform).chain(&mut second) {
            instance.start()?;
            ports.push(instance.port());
        }
        let proxy = Proxy::new(address, ports)?;
        let authority = Authority::new()?;
        if options.tls {
            proxy.set_certificate(Some(authority.server(address)?));
        }
        let mut tickets = BTreeSet::new();
        if options.backlog {
            tickets = serde_json::from_slice(&fs::read(template.join("tickets.json"))?)?;
        }
        Ok(Self {
            folder,
            kiosk: Kiosk { folder: kiosk },
            platform,
            second,
            proxy,
            authority,
            tickets: Mutex::new(tickets),
        })
    }

    /// Enrols the kiosk with the platform, through the proxy.
    pub fn enrol(&self) -> Result<Value, Failure> {
        let code = self.platform.run(["enrolment-code"])?;
        let passphrase = self.folder.path().join("phrase");
        fs::write(&passphrase, PASSPHRASE)?;
        let authorities = self.folder.path().join("authorities.pem");
        fs::write(&authorities, self.authority.pem())?;
        let code = code["code"]
            .as_str()
            .ok_or("enrolment-code prints no code")?
            .to_owned();
        let address = self.address();
        let arguments = [
            "enrol",
            "--platform",
            &address,
            "--code",
            &code,
            "--passphrase-file",
        ];
        let mut arguments: Vec<String> = arguments.map(str::to_owned).into();
        arguments.push(passphrase.display().to_string());
        if address.starts_with("https") {
            arguments.extend(["--ca".to_owned(), authorities.display().to_string()]);
        }
        self.run_without_warnings(&arguments)
    }

    /// The address of the proxy, which the kiosk uses as that of the platform.
    pub fn address(&self) -> String {
        let scheme = if self.proxy.is_tls() { "https" } else { "http" };
        format!("{scheme}://{}", self.proxy.address())
    }

    /// Takes a lead and returns its identifier.
    pub fn add_lead(&self) -> Result<String, Failure> {
        let thanks = self.kiosk.add_lead(&invented_lead())?;
        let text = |name: &str| {
            thanks[name]
                .as_str()
                .map(str::to_owned)
                .ok_or("the lead has no ticket or identifier")
        };
        lock_ignoring_poison(&self.tickets).insert(text("ticket")?);
        Ok(text("id")?)
    }

    /// Publishes the second catalogue version and returns its number.
    pub fn publish(&self) -> Result<u64, Failure> {
        let source = template()?.join("source-2");
        let published = self.platform.run(["publish", &source.display().to_string()])?;
        Ok(published["version"].as_u64().ok_or("publish prints no version")?)
    }

    /// Runs one sync round of the kiosk and returns its report. A panic or any output on standard error is a failure.
    pub fn round(&self) -> Result<Value, Failure> {
        self.run_without_warnings(&["sync".to_owned(), "--once".to_owned()])
    }

    /// Runs rounds until the state is `ok` and no lead is waiting. Returns their reports.
    pub fn rounds_until_ok(&self, max_rounds: usize) -> Result<Vec<Value>, Failure> {
        let mut reports = Vec::new();
        for _ in 0..max_rounds {
            let report = self.round()?;
            let is_done = report["state"] == json!("ok") && report["waiting"] == json!(0);
            reports.push(report);
            if is_done {
                return Ok(reports);
            }
        }
        Err(format!("work remains after {max_rounds} rounds: {reports:?}").into())
    }

    /// The status of the kiosk.
    pub fn status(&self) -> Result<Value, Failure> {
        self.run_without_warnings(&["status".to_owned()])
    }

    /// Fails if a lead is lost or duplicated: the platform must hold exactly the leads that were taken, and none may be
    /// waiting, rejected or quarantined.
    pub fn check_settled(&self) -> Result<(), Failure> {
        let tickets: Vec<String> = lock_ignoring_poison(&self.tickets).iter().cloned().collect();
        let leads = self.platform.leads()?;
        let mut held: Vec<String> = leads
            .iter()
            .filter_map(|lead| lead["ticket"].as_str().map(str::to_owned))
            .collect();
        held.sort_unstable();
        if held != tickets {
            let (taken, at_platform) = (tickets.len(), held.len());
            let counts = format!("{taken} leads taken, {at_platform} at the platform");
            return Err(format!("{counts}: {tickets:?} {held:?}").into());
        }
        let quarantine = self.platform.run(["quarantine"])?;
        let status = self.status()?;
        let expected = json!([tickets.len(), 0, 0, 0]);
        let sync = &status["sync"];
        let found = json!([
            sync["sent_total"],
            status["waiting"],
            status["set_aside"],
            status["staff_only"]
        ]);
        if found != expected || quarantine["quarantine"] != json!([]) {
            return Err(format!("{status} {quarantine}").into());
        }
        Ok(())
    }

    /// Starts the sync rounds of the kiosk in the background, without windows.
    pub fn run(&self) -> Result<BackgroundProcess, Failure> {
        BackgroundProcess::start(
            Command::new(program("expo-kiosk")?)
                .arg("--data-dir")
                .arg(&self.kiosk.folder)
                .arg("sync"),
        )
    }

    /// Saves the data folder of the kiosk.
    pub fn save_kiosk(&self) -> Result<(), Failure> {
        copy_folder(&self.kiosk.folder, &self.folder.path().join("saved-kiosk"))
    }

    /// Restores the saved data folder of the kiosk.
    pub fn restore_kiosk(&self) -> Result<(), Failure> {
        fs::remove_dir_all(&self.kiosk.folder)?;
        copy_folder(&self.folder.path().join("saved-kiosk"), &self.kiosk.folder)
    }

    /// Saves the data folders of the kiosk and the platform.
    pub fn save_both(&mut self) -> Result<(), Failure> {
        self.save_kiosk()?;
        self.platform.stop();
        copy_folder(&self.platform.store, &self.folder.path().join("saved-platform"))?;
        self.platform.start()
    }

    /// Restores both saved data folders.
    pub fn restore_both(&mut self) -> Result<(), Failure> {
        self.restore_kiosk()?;
        self.platform.stop();
        fs::remove_dir_all(&self.platform.store)?;
        copy_folder(&self.folder.path().join("saved-platform"), &self.platform.store)?;
        self.platform.start()
    }

    /// Runs a command that must succeed without output on standard error.
    fn run_without_warnings(&self, arguments: &[String]) -> Result<Value, Failure> {
        let output = self.kiosk.output(arguments, "")?;
        let errors = String::from_utf8_lossy(&output.stderr);
        if output.status.success() && errors.is_empty() {
            Ok(serde_json::from_slice(&output.stdout)?)
        } else {
            Err(format!("{arguments:?} ends with {}: {errors}", output.status).into())
        }
    }
}
