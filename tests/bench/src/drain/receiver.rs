//! Receivers of leads, each in a separate process: the reference platform and the sink. Must not know the benches.

use crate::{Failure, peers};
use acceptance::programs::program;
use expo_client::{Client, Settings};
use expo_sync::Platform;
use expo_vault::seal::Recipient;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tokio::runtime::Runtime;

/// A running receiver; killed when dropped.
pub struct Receiver {
    child: Child,
    address: String,
    /// Program and arguments that start the platform's commands; empty for the sink.
    command_prefix: Vec<String>,
}

impl Receiver {
    /// Starts the sink, which writes to a file. With an identity file it opens each lead first, as the platform does.
    pub fn sink(file: &Path, opens: Option<&Path>) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--sink").arg(file);
        if let Some(identity) = opens {
            command.arg("--opens").arg(identity);
        }
        Self::listening(command, Vec::new())
    }

    /// Starts the platform on a store, without rate limits.
    pub fn platform(store: &str, keys: &Path) -> Result<Self, Failure> {
        let path = |path: &Path| path.display().to_string();
        let command_prefix = vec![
            path(&program("expo-platform")?),
            "--store".to_owned(),
            store.to_owned(),
            "--keys".to_owned(),
            path(keys),
        ];
        std::fs::create_dir_all(keys)?;
        peers::run(
            Command::new(&command_prefix[0])
                .args(&command_prefix[1..])
                .arg("keygen"),
        )?;
        let mut command = Command::new(&command_prefix[0]);
        command
            .args(&command_prefix[1..])
            .args(["serve", "--listen", "127.0.0.1:0"]);
        command.args(["--kiosk-rate", "0", "--address-rate", "0"]);
        Self::listening(command, command_prefix)
    }

    fn listening(mut command: Command, command_prefix: Vec<String>) -> Result<Self, Failure> {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .map(str::to_owned);
        if let Some(address) = address {
            return Ok(Self {
                child,
                address,
                command_prefix,
            });
        }
        let _ = child.kill();
        let _ = child.wait();
        Err("the receiver does not start".into())
    }

    /// A client with a token or without one.
    pub fn client(&self, token: Option<String>) -> Result<Client, Failure> {
        Ok(Client::new(Settings {
            url: self.address.clone(),
            token,
            ca_file: None,
            program: "bench".to_owned(),
        })?)
    }

    /// Its base URL.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A new enrolment code.
    pub fn code(&self) -> Result<String, Failure> {
        let output = Command::new(&self.command_prefix[0])
            .args(&self.command_prefix[1..])
            .args(["--json", "enrolment-code"])
            .output()?;
        let answer: Value = serde_json::from_slice(&output.stdout)?;
        Ok(answer["code"].as_str().ok_or("no code")?.to_owned())
    }

    /// Enrols a kiosk. Returns its client and the recipient of its leads.
    pub fn enrolled(&self, runtime: &Runtime) -> Result<(Client, Recipient), Failure> {
        let request = expo_protocol::EnrolmentRequest {
            code: self.code()?,
            program: "bench".to_owned(),
        };
        let enrolled = runtime.block_on(self.client(None)?.enrol(&request))?;
        Ok((
            self.client(Some(enrolled.token))?,
            enrolled.leads_recipient.parse()?,
        ))
    }

    /// Number of leads that the platform holds, read from its metrics.
    pub fn leads_held(&self) -> Result<f64, Failure> {
        let authority = self.address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(authority)?;
        write!(stream, "GET /metrics HTTP/1.0\r\nHost: {authority}\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        let line = text.lines().find_map(|line| line.strip_prefix(LEADS_HELD_METRIC));
        Ok(line
            .ok_or("the platform has no metric for held leads")?
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

/// The platform's metric for leads in its store.
const LEADS_HELD_METRIC: &str = "expo_held{what=\"leads\"}";
