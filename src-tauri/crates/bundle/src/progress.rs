//! Progress of a build, as reported to the caller. Must not know how it is shown.

/// A step of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The tables are read.
    Read {
        /// Number of photos to prepare.
        photos: usize,
        /// Number of faults in the tables. With any fault nothing is built, but the photos are checked first.
        faults: usize,
    },
    /// A photo is prepared.
    Picture {
        /// Number of photos prepared so far.
        done: usize,
        /// How many of them came from the cache.
        cached: usize,
        /// Number of photos of the source.
        total: usize,
    },
    /// The bundle file is being written.
    Writing,
}
