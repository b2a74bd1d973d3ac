//! Converts the photos of a source to pictures, several at a time, and stores the files by their SHA-256. Photos that
//! were prepared before are recognised by their content. Must not know bundles.

use crate::fault::{Fault, Message, message};
use crate::progress::Progress;
use crate::source::{Photo, expected_picture, unreadable};
use crate::verify::check_picture;
use expo_domain::{Picture, Rendition};
use expo_media::Worker;
use expo_protocol::{MAX_PICTURE_BYTES, sha256_hex};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// A folder with prepared pictures: `HASH.webp` for each file, and `SHA-256.json` with the [`PhotoRecord`] of each
/// photo.
pub(crate) struct PreparedPictures {
    folder: PathBuf,
}

/// The files prepared from one photo.
#[derive(Serialize, Deserialize)]
struct PhotoRecord {
    recipe: u32,
    small: Rendition,
    medium: Rendition,
    large: Rendition,
    thumbhash: String,
}

/// Why a photo could not be prepared.
enum PhotoError {
    Fault(Box<Fault>),
    Io(io::Error),
}

impl PreparedPictures {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Prepares every photo. Returns the pictures in the order of `photos`, and the faults of all photos.
    pub(crate) fn prepare_all(
        &self,
        photos: &[Photo],
        progress: &mut dyn FnMut(Progress),
    ) -> io::Result<(Vec<Picture>, Vec<Fault>)> {
        fs::create_dir_all(&self.folder)?;
        let worker = Worker::default();
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        let mut results = Vec::with_capacity(photos.len());
        thread::scope(|scope| {
            for _ in 0..worker.limits().max_parallel {
                let (sender, next, worker) = (sender.clone(), &next, &worker);
                scope.spawn(move || {
                    while let Some((index, photo)) = {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        photos.get(index).map(|photo| (index, photo))
                    } {
                        if sender.send((index, self.picture(photo, worker))).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut cached = 0;
            for (index, result) in receiver {
                cached += usize::from(matches!(result, Ok((_, true))));
                results.push((index, result.map(|(picture, _)| picture)));
                progress(Progress::Picture {
                    done: results.len(),
                    cached,
                    total: photos.len(),
                });
            }
        });
        results.sort_by_key(|(index, _)| *index);
        let (mut pictures, mut faults) = (Vec::new(), Vec::new());
        for (_, result) in results {
            match result {
                Ok(picture) => pictures.push(picture),
                Err(PhotoError::Fault(fault)) => faults.push(*fault),
                Err(PhotoError::Io(error)) => return Err(error),
            }
        }
        Ok((pictures, faults))
    }

    /// The bytes of a prepared file. Fails if they no longer match their SHA-256.
    pub(crate) fn read(&self, rendition: &Rendition) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.file(&rendition.hash))?;
        if sha256_hex(&bytes) != rendition.hash {
            let problem = format!("the prepared picture {} was changed on disk", rendition.hash);
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        Ok(bytes)
    }

    fn file(&self, hash: &str) -> PathBuf {
        self.folder.join(format!("{hash}.webp"))
    }

    /// The picture of a photo, and whether it was in the folder already.
    fn picture(&self, photo: &Photo, worker: &Worker) -> Result<(Picture, bool), PhotoError> {
        let fault = |expected: Message| {
            PhotoError::Fault(Box::new(Fault::cell(
                &photo.table,
                photo.row,
                "file",
                &photo.file,
                expected,
            )))
        };
        let bytes = fs::read(&photo.path).map_err(|error| fault(unreadable(&error)))?;
        let record_path = self.folder.join(format!("{}.json", sha256_hex(&bytes)));
        let cached = self.cached(&record_path);
        let is_cached = cached.is_some();
        let record = match cached {
            Some(record) => record,
            None => self.prepare(worker, bytes, &record_path, fault)?,
        };
        let picture = Picture {
            project: photo.project.clone(),
            position: photo.position,
            kind: photo.kind,
            caption: photo.caption.clone(),
            small: record.small,
            medium: record.medium,
            large: record.large,
            thumbhash: record.thumbhash,
        };
        Ok((picture, is_cached))
    }

    /// The record of a photo, if it has the current recipe and all its files are intact.
    fn cached(&self, record_path: &Path) -> Option<PhotoRecord> {
        let record: PhotoRecord = serde_json::from_slice(&fs::read(record_path).ok()?).ok()?;
        let is_intact = [&record.small, &record.medium, &record.large]
            .into_iter()
            .all(|rendition| {
                let bytes = self.read(rendition);
                bytes.is_ok_and(|bytes| check_picture(rendition, &bytes).is_ok())
            });
        (record.recipe == expo_media::ENCODING_VERSION && is_intact).then_some(record)
    }

    fn prepare(
        &self,
        worker: &Worker,
        bytes: Vec<u8>,
        record_path: &Path,
        fault: impl Fn(Message) -> PhotoError,
    ) -> Result<PhotoRecord, PhotoError> {
        let prepared = worker
            .prepare(bytes)
            .map_err(|error| fault(expected_picture(&error)))?;
        for file in [&prepared.small, &prepared.medium, &prepared.large] {
            if file.rendition.bytes > MAX_PICTURE_BYTES {
                return Err(fault(message(|t| {
                    (t.content.photos.prepared_bytes)(MAX_PICTURE_BYTES)
                })));
            }
            self.write_atomically(&self.file(&file.rendition.hash), &file.bytes)
                .map_err(PhotoError::Io)?;
        }
        let record = PhotoRecord {
            recipe: expo_media::ENCODING_VERSION,
            small: prepared.small.rendition,
            medium: prepared.medium.rendition,
            large: prepared.large.rendition,
            thumbhash: prepared.thumbhash,
        };
        let json = serde_json::to_vec(&record).map_err(|error| PhotoError::Io(error.into()))?;
        self.write_atomically(record_path, &json)
            .map_err(PhotoError::Io)?;
        Ok(record)
    }

    /// Writes a complete file or nothing, even when two threads write the same file.
    fn write_atomically(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    }
}
