//! A kiosk, a platform and the line between them, all real. Knows what may never happen to leads, whatever the line does.

use crate::certificates::Authority;
use crate::line::{Line, held};
use crate::running::Running;
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

/// What a stand begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plan {
    /// Versions that the platform has published, at most two: one project with its pictures, then a unit at another price.
    pub published: usize,
    /// [`BACKLOG`] leads wait.
    pub backlog: bool,
    /// The line speaks TLS, with an authority that the kiosk pins.
    pub tls: bool,
}

/// A kiosk and a platform that know each other by the line between them.
pub struct Stand {
    folder: TempDir,
    /// The kiosk.
    pub kiosk: Kiosk,
    /// The platform, which serves.
    pub platform: Platform,
    /// A second instance of it on the same database, which serves too.
    pub second: Option<Platform>,
    /// What is between them.
    pub line: Line,
    /// Who makes the line's certificates.
    pub authority: Authority,
    /// Tickets of all leads taken.
    taken: Mutex<BTreeSet<String>>,
}

impl Stand {
    /// Sets one up.
    pub fn new(plan: Plan) -> Result<Self, Failure> {
        Self::at(plan, IpAddr::V4(Ipv4Addr::LOCALHOST))
    }

    /// Sets one up whose line listens at another address of this machine.
    pub fn at(plan: Plan, address: IpAddr) -> Result<Self, Failure> {
        let stand = Self::strangers(plan, address)?;
        stand.enrol()?;
        Ok(stand)
    }

    /// The same before they know each other.
    pub fn strangers(plan: Plan, address: IpAddr) -> Result<Self, Failure> {
        let template = template()?;
        let folder = tempfile::tempdir()?;
        let store = folder.path().join("platform");
        copy_folder(&template.join(format!("published-{}", plan.published)), &store)?;
        let platform = Platform::new(&store)?;
        Self::between(plan, address, folder, (platform, None))
    }

    /// Sets one up with two instances of the platform on an empty database, which take turns.
    pub fn on_database(plan: Plan, url: &str) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let keys = folder.path().join("keys");
        let platform = Platform::on_database(url, &keys)?;
        let second = Platform::on_database(url, &keys)?;
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let stand = Self::between(plan, address, folder, (platform, Some(second)))?;
        stand.enrol()?;
        Ok(stand)
    }

    fn between(
        plan: Plan,
        address: IpAddr,
        folder: TempDir,
        (mut platform, mut second): (Platform, Option<Platform>),
    ) -> Result<Self, Failure> {
        let template = template()?;
        let kiosk = folder.path().join("kiosk");
        let from = if plan.backlog { "full" } else { "empty" };
        copy_folder(&template.join(from), &kiosk)?;
        let mut ports = Vec::new();
        for instance in std::iter::once(&mut platform).chain(&mut second) {
            instance.start()?;
            ports.push(instance.port());
        }
        let line = Line::before(address, ports)?;
        let authority = Authority::new()?;
        if plan.tls {
            line.certificate(Some(authority.server(address)?));
        }
        let mut taken = BTreeSet::new();
        if plan.backlog {
            taken = serde_json::from_slice(&fs::read(template.join("tickets.json"))?)?;
        }
        Ok(Self {
            folder,
            kiosk: Kiosk { folder: kiosk },
            platform,
            second,
            line,
            authority,
            taken: Mutex::new(taken),
        })
    }

    /// Makes the kiosk known to the platform, over the line.
    pub fn enrol(&self) -> Result<Value, Failure> {
        let code = self.platform.run(["enrolment-code"])?;
        let phrase = self.folder.path().join("phrase");
        fs::write(&phrase, PASSPHRASE)?;
        let authorities = self.folder.path().join("authorities.pem");
        fs::write(&authorities, self.authority.pem())?;
        let code = code["code"].as_str().ok_or("no code")?.to_owned();
        let address = self.address();
        let words = [
            "enrol",
            "--platform",
            &address,
            "--code",
            &code,
            "--passphrase-file",
        ];
        let mut words: Vec<String> = words.map(str::to_owned).into();
        words.push(phrase.display().to_string());
        if address.starts_with("https") {
            words.extend(["--ca".to_owned(), authorities.display().to_string()]);
        }
        self.quietly(&words)
    }

    /// The platform's address, as the kiosk knows it.
    pub fn address(&self) -> String {
        let scheme = if self.line.is_tls() { "https" } else { "http" };
        format!("{scheme}://{}", self.line.address())
    }

    /// Takes a lead; its identifier.
    pub fn lead(&self) -> Result<String, Failure> {
        let thanks = self.kiosk.lead(&invented_lead())?;
        let text = |name: &str| thanks[name].as_str().map(str::to_owned).ok_or("no ticket");
        held(&self.taken).insert(text("ticket")?);
        Ok(text("id")?)
    }

    /// Publishes the second version.
    pub fn publish(&self) -> Result<u64, Failure> {
        let source = template()?.join("source-2");
        let published = self.platform.run(["publish", &source.display().to_string()])?;
        Ok(published["version"].as_u64().ok_or("no version")?)
    }

    /// One round of the kiosk. A panic, or any word of complaint, is a failure.
    pub fn round(&self) -> Result<Value, Failure> {
        self.quietly(&["sync".to_owned(), "--once".to_owned()])
    }

    /// Rounds until nothing is in the way and nothing waits; what each said.
    pub fn rounds_until_ok(&self, at_most: usize) -> Result<Vec<Value>, Failure> {
        let mut reports = Vec::new();
        for _ in 0..at_most {
            let report = self.round()?;
            let is_over = report["state"] == json!("ok") && report["waiting"] == json!(0);
            reports.push(report);
            if is_over {
                return Ok(reports);
            }
        }
        Err(format!("not in order after {at_most} rounds: {reports:?}").into())
    }

    /// The kiosk in figures.
    pub fn status(&self) -> Result<Value, Failure> {
        self.quietly(&["status".to_owned()])
    }

    /// Fails unless none is lost and none doubled: the platform holds exactly the leads that were taken, nothing waits
    /// for it, and nothing lies aside on either side.
    pub fn is_settled(&self) -> Result<(), Failure> {
        let taken: Vec<String> = held(&self.taken).iter().cloned().collect();
        let leads = self.platform.leads()?;
        let mut there: Vec<String> = leads
            .iter()
            .filter_map(|lead| lead["ticket"].as_str().map(str::to_owned))
            .collect();
        there.sort_unstable();
        if there != taken {
            return Err(format!("taken {}, held {}: {taken:?} {there:?}", taken.len(), there.len()).into());
        }
        let aside = self.platform.run(["quarantine"])?;
        let status = self.status()?;
        let expected = json!([taken.len(), 0, 0, 0]);
        let sync = &status["sync"];
        let found = json!([
            sync["sent_total"],
            status["waiting"],
            status["set_aside"],
            status["staff_only"]
        ]);
        if found != expected || aside["quarantine"] != json!([]) {
            return Err(format!("{status} {aside}").into());
        }
        Ok(())
    }

    /// The kiosk as it runs at the stand, without its windows.
    pub fn run(&self) -> Result<Running, Failure> {
        Running::start(
            Command::new(program("expo-kiosk")?)
                .arg("--data-dir")
                .arg(&self.kiosk.folder)
                .arg("sync"),
        )
    }

    /// Keeps the kiosk's disk as it is now.
    pub fn keep(&self) -> Result<(), Failure> {
        copy_folder(&self.kiosk.folder, &self.folder.path().join("kept"))
    }

    /// Puts the kiosk's disk back to what was kept.
    pub fn put_back(&self) -> Result<(), Failure> {
        fs::remove_dir_all(&self.kiosk.folder)?;
        copy_folder(&self.folder.path().join("kept"), &self.kiosk.folder)
    }

    /// Keeps both disks as they are now.
    pub fn keep_both(&mut self) -> Result<(), Failure> {
        self.keep()?;
        self.platform.stop();
        copy_folder(&self.platform.store, &self.folder.path().join("kept-platform"))?;
        self.platform.start()
    }

    /// Puts both disks back to what was kept.
    pub fn put_both_back(&mut self) -> Result<(), Failure> {
        self.put_back()?;
        self.platform.stop();
        fs::remove_dir_all(&self.platform.store)?;
        copy_folder(&self.folder.path().join("kept-platform"), &self.platform.store)?;
        self.platform.start()
    }

    /// Runs a command that must end well and without a word on stderr.
    fn quietly(&self, words: &[String]) -> Result<Value, Failure> {
        let output = self.kiosk.output(words, "")?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        if output.status.success() && complaint.is_empty() {
            Ok(serde_json::from_slice(&output.stdout)?)
        } else {
            Err(format!("{words:?} ends with {}: {complaint}", output.status).into())
        }
    }
}
