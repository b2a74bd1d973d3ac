//! A temporary PostgreSQL cluster for tests and benchmarks: the installed PostgreSQL in its own folder, with a socket
//! in that folder only. It is removed when the program that started it ends, even by a kill. Must not know: what is
//! stored in it.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running cluster. It stops when it is dropped or when the program ends.
pub struct Cluster {
    bin: String,
    dir: String,
    databases: AtomicUsize,
    /// The shell that removes the cluster when its standard input ends.
    supervisor: Child,
}

/// Whether commits are durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Commits do not wait for the disk: for tests.
    Fast,
    /// Commits wait for the disk, as in production: for benchmarks.
    Durable,
}

impl Cluster {
    /// The cluster that all tests of this program share. The first call starts it.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start; every call then returns the same error.
    pub fn shared() -> io::Result<&'static Self> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| Self::start(Durability::Fast).map_err(|e| e.to_string()));
        shared.as_ref().map_err(|e| io::Error::other(e.clone()))
    }

    /// Starts a cluster.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start.
    pub fn start(durability: Durability) -> io::Result<Self> {
        let mode = match durability {
            Durability::Fast => "fast",
            Durability::Durable => "durable",
        };
        let mut supervisor = command_as_owner("sh")
            .args(["-c", include_str!("cluster.sh"), "cluster.sh", mode])
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = supervisor.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let Some((bin, dir)) = line.trim_end().split_once(' ') else {
            supervisor.wait()?;
            return Err(io::Error::other(
                "PostgreSQL did not start; the reason is printed above",
            ));
        };
        Ok(Self {
            bin: bin.to_owned(),
            dir: dir.to_owned(),
            databases: AtomicUsize::new(0),
            supervisor,
        })
    }

    /// Creates an empty database and returns its URL.
    ///
    /// # Errors
    /// If the database cannot be created.
    pub fn database(&self) -> io::Result<String> {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(format!(
            "postgres://expo@/{name}?host={}",
            self.dir.replace('/', "%2F")
        ))
    }

    /// Runs SQL in the database of a URL and returns the output, one row per line.
    ///
    /// # Errors
    /// If the SQL fails.
    pub fn sql(&self, url: &str, sql: &str) -> io::Result<String> {
        let name = url.split(['/', '?']).nth(3).unwrap_or("postgres");
        self.run(name, sql)
    }

    /// Writes all pages to disk and returns the bytes of all files of a database. The write-ahead log is not included.
    ///
    /// # Errors
    /// If the files cannot be read.
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
                // The table was dropped in the meantime.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    /// Stops the database server and closes all connections.
    ///
    /// # Errors
    /// If the server does not stop.
    pub fn stop(&self) -> io::Result<()> {
        self.pg_ctl(&["-m", "fast", "stop"])
    }

    /// Starts the database server again after [`Self::stop`].
    ///
    /// # Errors
    /// If the server does not start.
    pub fn resume(&self) -> io::Result<()> {
        self.pg_ctl(&["-l", &format!("{}/log", self.dir), "start"])
    }

    fn pg_ctl(&self, arguments: &[&str]) -> io::Result<()> {
        let status = command_as_owner(&format!("{}/pg_ctl", self.bin))
            .args(["-D", &format!("{}/data", self.dir), "-w", "-s"])
            .args(arguments)
            .current_dir("/")
            .status()?;
        if status.success() {
            return Ok(());
        }
        Err(io::Error::other("pg_ctl failed; the reason is printed above"))
    }

    fn run(&self, database: &str, sql: &str) -> io::Result<String> {
        let output = Command::new(Path::new(&self.bin).join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
            .args(["-h", &self.dir, "-U", "expo", "-d", database, "-c", sql])
            .output()?;
        if !output.status.success() {
            io::stderr().write_all(&output.stderr)?;
            return Err(io::Error::other("psql failed; the reason is printed above"));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The supervisor removes the cluster when its input ends.
        drop(self.supervisor.stdin.take());
        self.supervisor.wait().ok();
    }
}

/// A command that runs as the user `postgres` if this program runs as root: PostgreSQL refuses to run as root.
fn command_as_owner(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", program]);
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    // The files of a process in /proc belong to its user.
    Path::new("/proc/self")
        .metadata()
        .is_ok_and(|metadata| metadata.uid() == 0)
}
