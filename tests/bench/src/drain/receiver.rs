//! What takes leads: the reference platform, or the sink, each a process of its own. Must not know what is measured.

use crate::{Failure, peers};
use acceptance::programs::program;
use client::{Client, Settings};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use sync::Platform;
use tokio::runtime::Runtime;
use vault::seal::Recipient;

/// A running receiver; ends when dropped.
pub struct Receiver {
    child: Child,
    address: String,
    /// How its commands begin, where it has any.
    tool: Vec<String>,
}

impl Receiver {
    /// The sink, writing into a file. With an identity it opens every lead first, as the platform does.
    pub fn sink(file: &Path, opens: Option<&Path>) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--sink").arg(file);
        if let Some(identity) = opens {
            command.arg("--opens").arg(identity);
        }
        Self::listening(command, Vec::new())
    }

    /// The platform over a store, without limits of its own on how often it is asked.
    pub fn platform(store: &str, keys: &Path) -> Result<Self, Failure> {
        let path = |path: &Path| path.display().to_string();
        let tool = vec![
            path(&program("expo-platform")?),
            "--store".to_owned(),
            store.to_owned(),
            "--keys".to_owned(),
            path(keys),
        ];
        std::fs::create_dir_all(keys)?;
        peers::run(Command::new(&tool[0]).args(&tool[1..]).arg("keygen"))?;
        let mut command = Command::new(&tool[0]);
        command
            .args(&tool[1..])
            .args(["serve", "--listen", "127.0.0.1:0"]);
        command.args(["--kiosk-rate", "0", "--address-rate", "0"]);
        Self::listening(command, tool)
    }

    fn listening(mut command: Command, tool: Vec<String>) -> Result<Self, Failure> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .map(str::to_owned);
        if let Some(address) = address {
            return Ok(Self { child, address, tool });
        }
        let _ = child.kill();
        let _ = child.wait();
        Err("a receiver of leads does not start".into())
    }

    /// A kiosk with a token, or none.
    pub fn client(&self, token: Option<String>) -> Result<Client, Failure> {
        Ok(Client::new(Settings {
            url: self.address.clone(),
            token,
            ca_file: None,
            program: "bench".to_owned(),
        })?)
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A code for one kiosk.
    pub fn code(&self) -> Result<String, Failure> {
        let said = Command::new(&self.tool[0])
            .args(&self.tool[1..])
            .args(["--json", "enrolment-code"])
            .output()?;
        let said: Value = serde_json::from_slice(&said.stdout)?;
        Ok(said["code"].as_str().ok_or("no code")?.to_owned())
    }

    /// A kiosk that was enrolled, and whom leads are sealed to.
    pub fn enrolled(&self, runtime: &Runtime) -> Result<(Client, Recipient), Failure> {
        let request = protocol::EnrolmentRequest {
            code: self.code()?,
            program: "bench".to_owned(),
        };
        let enrolled = runtime.block_on(self.client(None)?.enrol(&request))?;
        Ok((
            self.client(Some(enrolled.token))?,
            enrolled.leads_recipient.parse()?,
        ))
    }

    /// How many leads the platform says it holds.
    pub fn leads_held(&self) -> Result<f64, Failure> {
        let authority = self.address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(authority)?;
        write!(stream, "GET /metrics HTTP/1.0\r\nHost: {authority}\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        let line = text.lines().find_map(|line| line.strip_prefix(HELD));
        Ok(line
            .ok_or("the platform does not say what it holds")?
            .trim()
            .parse()?)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The platform's own figure of leads in its store.
const HELD: &str = "expo_held{what=\"leads\"}";
