//! The kiosk and the platform as processes, and a login page.

use crate::Failure;
use serde_json::Value;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// PIN of the demonstration kiosk.
pub const PIN: &str = "240616";
/// Passphrase of the demonstration kiosk.
pub const PASSPHRASE: &str = "zellige plaster saffron demo";

/// Variables that name the home, cache, runtime and temporary folders of a program.
const FOLDER_VARIABLES: [&str; 7] = [
    "HOME",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "TMPDIR",
];

/// The environment of a program with its own folders below `home`, so that a test sees every file that it writes.
pub fn own_folders(home: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut environment = Vec::new();
    for variable in FOLDER_VARIABLES {
        let folder = home.join(variable.to_lowercase());
        std::fs::create_dir_all(&folder)?;
        environment.push((variable.to_owned(), folder.to_string_lossy().into_owned()));
    }
    Ok(environment)
}

/// The path of a program that was built in the same target folder as this one.
pub fn program(name: &str) -> Result<PathBuf, Failure> {
    let this_program = std::env::current_exe()?;
    let mut candidates = this_program.ancestors().map(|folder| folder.join(name));
    let found = candidates.find(|path| path.is_file());
    found.ok_or_else(|| format!("{name} is not built: run 'make programs'").into())
}

/// The root folder of the repository.
pub fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// A TCP port that is free at the moment.
pub fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A kiosk, driven by its command line.
pub struct Kiosk {
    /// The data folder.
    pub folder: PathBuf,
}

impl Kiosk {
    /// Provisions the demonstration kiosk in `folder`.
    pub fn demonstration(folder: &Path) -> Result<Self, Failure> {
        let kiosk = Self {
            folder: folder.to_owned(),
        };
        kiosk.run(["provision", "--demo"])?;
        Ok(kiosk)
    }

    /// Provisions a kiosk from the demonstration's event file after `change`, with the demonstration catalogue.
    pub fn with_event(folder: &Path, change: impl Fn(String) -> String) -> Result<Self, Failure> {
        let bundle = program("expo-kiosk")?.with_file_name("demo-catalogue.bundle");
        Self::with_catalogue(folder, change, &bundle)
    }

    /// Like [`Kiosk::with_event`], with another bundle that is signed with the demonstration key.
    pub fn with_catalogue(
        folder: &Path,
        change: impl Fn(String) -> String,
        bundle: &Path,
    ) -> Result<Self, Failure> {
        let demo = repository().join("assets/demo");
        let key = Command::new(program("expo-kiosk")?)
            .args(["bundle", "verify", "--json"])
            .arg(bundle)
            .arg("--key")
            .arg(demo.join("publisher.key"))
            .output()?;
        let key = json(&key)?["public_key"].as_str().ok_or("no key")?.to_owned();
        let stop = change(std::fs::read_to_string(demo.join("event.toml"))?);
        let secrets = format!("pin = \"{PIN}\"\npassphrase = \"{PASSPHRASE}\"\npublisher_key = \"{key}\"\n");
        std::fs::create_dir_all(folder)?;
        let file = folder.join("event.toml");
        std::fs::write(&file, secrets + &stop)?;
        let kiosk = Self {
            folder: folder.join("kiosk"),
        };
        kiosk.run([OsStr::new("provision"), OsStr::new("--event"), file.as_os_str()])?;
        kiosk.run([OsStr::new("catalogue"), OsStr::new("import"), bundle.as_os_str()])?;
        Ok(kiosk)
    }

    /// The folder to which the staff window exports when no USB stick is plugged in.
    pub fn export_folder(&self) -> PathBuf {
        let mut path = self.folder.clone().into_os_string();
        path.push("-exports");
        path.into()
    }

    /// Folder with the home, cache, runtime and temporary folders of the commands.
    pub fn home(&self) -> PathBuf {
        let mut path = self.folder.clone().into_os_string();
        path.push("-home");
        path.into()
    }

    /// Runs a command that must succeed and returns its JSON output.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<Value, Failure> {
        json(&self.output(arguments, "")?)
    }

    /// Runs a command with text on its standard input. The command may fail.
    pub fn output<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &str,
    ) -> Result<Output, Failure> {
        let mut child = Command::new(program("expo-kiosk")?)
            .arg("--data-dir")
            .arg(&self.folder)
            .arg("--json")
            .args(arguments)
            .envs(own_folders(&self.home())?)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that reads no input may close the pipe first.
            let _ = stdin.write_all(input.as_bytes());
        }
        Ok(child.wait_with_output()?)
    }

    /// Takes a lead, given as JSON.
    pub fn add_lead(&self, lead: &str) -> Result<Value, Failure> {
        json(&self.output(["lead", "add", "-"], lead)?)
    }

    /// Enrols with a platform.
    pub fn enrol(&self, platform: &Platform) -> Result<Value, Failure> {
        let code = platform.run(["enrolment-code"])?;
        let code = code["code"].as_str().ok_or("no code")?;
        self.run(["enrol", "--platform", &platform.address(), "--code", code])
    }
}

/// The reference platform, or one instance of it.
pub struct Platform {
    /// Store folder or database URL.
    pub store: PathBuf,
    /// Folder of the keys, if they are not in the store.
    keys: Option<PathBuf>,
    port: u16,
    serving: Option<Child>,
}

impl Platform {
    /// A platform with a store folder and the demonstration publisher key. It does not serve yet.
    pub fn new(store: &Path) -> Result<Self, Failure> {
        Self::with_keys(store, None)
    }

    /// An instance on a database, with its keys in a folder.
    pub fn on_database(url: &str, keys: &Path) -> Result<Self, Failure> {
        Self::with_keys(Path::new(url), Some(keys.to_owned()))
    }

    fn with_keys(store: &Path, keys: Option<PathBuf>) -> Result<Self, Failure> {
        let platform = Self {
            store: store.to_owned(),
            keys,
            port: free_port()?,
            serving: None,
        };
        let key = repository().join("assets/demo/publisher.key");
        platform.run([OsStr::new("keygen"), OsStr::new("--publisher"), key.as_os_str()])?;
        Ok(platform)
    }

    /// Its base URL.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Runs a command on its store and returns its JSON output.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Result<Value, Failure> {
        json(&self.command()?.arg("--json").args(arguments).output()?)
    }

    /// The leads that the platform holds.
    pub fn leads(&self) -> Result<Vec<Value>, Failure> {
        Ok(self.run(["leads"])?.as_array().cloned().unwrap_or_default())
    }

    /// Starts serving; returns when it answers.
    pub fn start(&mut self) -> Result<(), Failure> {
        let listen = format!("127.0.0.1:{}", self.port);
        let mut child = self
            .command()?
            .args(["serve", "--listen", &listen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().ok_or("no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        self.serving = Some(child);
        if line.contains("http://") {
            Ok(())
        } else {
            Err("the platform does not serve".into())
        }
    }

    /// Kills the process, as a power cut does.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.serving.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn command(&self) -> Result<Command, Failure> {
        let mut command = Command::new(program("expo-platform")?);
        command.arg("--store").arg(&self.store);
        if let Some(keys) = &self.keys {
            command.arg("--keys").arg(keys);
        }
        Ok(command)
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The login page of a venue's wifi: answers every request with status 200 and a form, until dropped.
pub struct LoginPage {
    running: Arc<AtomicBool>,
    port: u16,
    thread: Option<JoinHandle<()>>,
}

impl LoginPage {
    /// Serves the page on a port.
    pub fn serve(port: u16) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let running = Arc::new(AtomicBool::new(true));
        let keep_running = Arc::clone(&running);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if !keep_running.load(Ordering::SeqCst) {
                    return;
                }
                let mut stream = stream;
                // Some clients connect and send nothing.
                let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
                let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
                let page = "<html><form>Please log in to the wifi</form></html>";
                let length = page.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
                );
            }
        });
        Ok(Self {
            running,
            port,
            thread: Some(thread),
        })
    }
}

impl Drop for LoginPage {
    /// Stops listening on the port.
    fn drop(&mut self) {
        self.running.store(false, Ordering::SeqCst);
        // One more connection wakes the thread, which then ends.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        self.thread.take().map(JoinHandle::join);
    }
}

fn json(output: &Output) -> Result<Value, Failure> {
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
