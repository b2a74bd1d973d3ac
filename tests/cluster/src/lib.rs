//! A PostgreSQL for tests and measurements: Debian's, in a folder of its own, reached by a socket in that folder only,
//! and gone when the program that started it is, however that ended. Must not know what is kept in it.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running cluster; ends when dropped, or with the program.
pub struct Cluster {
    bin: String,
    dir: String,
    databases: AtomicUsize,
    keeper: Child,
}

/// What a commit costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commits {
    /// Nothing: for tests.
    Quick,
    /// What it costs in earnest: for measurements.
    Durable,
}

impl Cluster {
    /// The cluster of this program for tests, started when first wanted.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start; every caller gets the same.
    pub fn shared() -> io::Result<&'static Self> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| Self::start(Commits::Quick).map_err(|e| e.to_string()));
        shared.as_ref().map_err(|e| io::Error::other(e.clone()))
    }

    /// Starts a cluster.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start(commits: Commits) -> io::Result<Self> {
        let how = match commits {
            Commits::Quick => "quick",
            Commits::Durable => "durable",
        };
        let mut keeper = as_owner("sh")
            .args(["-c", include_str!("cluster.sh"), "cluster.sh", how])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut said = String::new();
        if let Some(out) = keeper.stdout.take() {
            BufReader::new(out).read_line(&mut said)?;
        }
        let Some((bin, dir)) = said.trim_end().split_once(' ') else {
            keeper.wait()?;
            return Err(io::Error::other(
                "PostgreSQL did not start; the reason stands above",
            ));
        };
        Ok(Self {
            bin: bin.to_owned(),
            dir: dir.to_owned(),
            databases: AtomicUsize::new(0),
            keeper,
        })
    }

    /// The URL of a new, empty database.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn database(&self) -> io::Result<String> {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(format!(
            "postgres://expo@/{name}?host={}",
            self.dir.replace('/', "%2F")
        ))
    }

    /// Runs SQL in the database of a URL and returns what it printed, one row a line.
    ///
    /// # Errors
    /// When the SQL fails.
    pub fn sql(&self, url: &str, sql: &str) -> io::Result<String> {
        let name = url.split(['/', '?']).nth(3).unwrap_or("postgres");
        self.run(name, sql)
    }

    /// Everything that lies in the files of a URL's database, none of it in memory only. The log of what was written
    /// is not part of it.
    ///
    /// # Errors
    /// When the files cannot be read.
    pub fn files(&self, url: &str) -> io::Result<Vec<u8>> {
        self.sql(url, "CHECKPOINT")?;
        let number = self.sql(
            url,
            "SELECT oid FROM pg_database WHERE datname = current_database()",
        )?;
        let mut all = Vec::new();
        for entry in Path::new(&self.dir)
            .join("data/base")
            .join(number.trim())
            .read_dir()?
        {
            match std::fs::read(entry?.path()) {
                Ok(bytes) => all.extend(bytes),
                // It was of a table that is gone.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    /// Stops the database server; everybody is cut off.
    ///
    /// # Errors
    /// When it does not stop.
    pub fn stop(&self) -> io::Result<()> {
        self.control(&["-m", "fast", "stop"])
    }

    /// Starts it again after [`Self::stop`].
    ///
    /// # Errors
    /// When it does not start.
    pub fn resume(&self) -> io::Result<()> {
        self.control(&["-l", &format!("{}/log", self.dir), "start"])
    }

    fn control(&self, what: &[&str]) -> io::Result<()> {
        let status = as_owner(&format!("{}/pg_ctl", self.bin))
            .args(["-D", &format!("{}/data", self.dir), "-w", "-s"])
            .args(what)
            .current_dir("/")
            .status()?;
        if status.success() {
            return Ok(());
        }
        Err(io::Error::other("pg_ctl failed; the reason stands above"))
    }

    fn run(&self, database: &str, sql: &str) -> io::Result<String> {
        let output = Command::new(Path::new(&self.bin).join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
            .args(["-h", &self.dir, "-U", "expo", "-d", database, "-c", sql])
            .output()?;
        if !output.status.success() {
            io::stderr().write_all(&output.stderr)?;
            return Err(io::Error::other("psql failed; the reason stands above"));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The end of its input is its sign to clear up.
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn as_owner(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", program]);
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    // The files of a process belong to the user it runs as.
    Path::new("/proc/self").metadata().is_ok_and(|own| own.uid() == 0)
}
