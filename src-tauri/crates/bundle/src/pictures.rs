//! Prepares the photos of a source, several at a time, and lays their files down under their names. A photo that was
//! prepared before, told by its content, is taken from there.

use crate::build::Progress;
use crate::fault::Fault;
use crate::source::{Photo, wanted};
use domain::{Picture, Rendition};
use media::Worker;
use protocol::{MAX_PICTURE_BYTES, sha256_hex};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Where prepared files lie: `HASH.webp`, and what came of which photo in `SHA-256.json`.
pub(crate) struct Prepared(pub PathBuf);

/// What came of one photo.
#[derive(Serialize, Deserialize)]
struct Sizes {
    recipe: u32,
    small: Rendition,
    medium: Rendition,
    large: Rendition,
    thumbhash: String,
}

/// Why a photo did not become a picture.
enum Trouble {
    Fault(Box<Fault>),
    Io(io::Error),
}

impl Prepared {
    /// Prepares every photo; every fault of every photo at once.
    pub(crate) fn all(
        &self,
        photos: &[Photo],
        progress: &mut dyn FnMut(Progress),
    ) -> io::Result<(Vec<Picture>, Vec<Fault>)> {
        fs::create_dir_all(&self.0)?;
        let worker = Worker::default();
        let next = AtomicUsize::new(0);
        let (sender, receiver) = mpsc::channel();
        let mut results = Vec::with_capacity(photos.len());
        thread::scope(|scope| {
            for _ in 0..worker.limits().at_a_time {
                let (sender, next, worker) = (sender.clone(), &next, &worker);
                scope.spawn(move || {
                    while let Some((place, photo)) = {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        photos.get(place).map(|photo| (place, photo))
                    } {
                        if sender.send((place, self.picture(photo, worker))).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut kept = 0;
            for (place, result) in receiver {
                kept += usize::from(matches!(result, Ok((_, true))));
                results.push((place, result.map(|(picture, _)| picture)));
                progress(Progress::Picture {
                    done: results.len(),
                    kept,
                    of: photos.len(),
                });
            }
        });
        results.sort_by_key(|(place, _)| *place);
        let (mut pictures, mut faults) = (Vec::new(), Vec::new());
        for (_, result) in results {
            match result {
                Ok(picture) => pictures.push(picture),
                Err(Trouble::Fault(fault)) => faults.push(*fault),
                Err(Trouble::Io(error)) => return Err(error),
            }
        }
        Ok((pictures, faults))
    }

    /// The bytes of a prepared file, only if they are still what its name says.
    pub(crate) fn read(&self, rendition: &Rendition) -> io::Result<Vec<u8>> {
        let bytes = fs::read(self.file(&rendition.hash))?;
        if sha256_hex(&bytes) != rendition.hash {
            let problem = format!("the prepared picture {} was changed on disk", rendition.hash);
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        Ok(bytes)
    }

    fn file(&self, hash: &str) -> PathBuf {
        self.0.join(format!("{hash}.webp"))
    }

    /// The picture of a photo, and whether it was there already.
    fn picture(&self, photo: &Photo, worker: &Worker) -> Result<(Picture, bool), Trouble> {
        let fault = |expected: String| {
            Trouble::Fault(Box::new(Fault::cell(
                &photo.table,
                photo.row,
                "file",
                &photo.file,
                expected,
            )))
        };
        let bytes =
            fs::read(&photo.path).map_err(|error| fault(format!("a picture that can be read ({error})")))?;
        let index = self.0.join(format!("{}.json", sha256_hex(&bytes)));
        let known = self.known(&index);
        let is_kept = known.is_some();
        let sizes = match known {
            Some(sizes) => sizes,
            None => self.prepare(worker, bytes, &index, fault)?,
        };
        let picture = Picture {
            project: photo.project.clone(),
            position: photo.position,
            kind: photo.kind,
            caption: photo.caption.clone(),
            small: sizes.small,
            medium: sizes.medium,
            large: sizes.large,
            thumbhash: sizes.thumbhash,
        };
        Ok((picture, is_kept))
    }

    /// What came of this photo before, if all its files are still sound.
    fn known(&self, index: &Path) -> Option<Sizes> {
        let sizes: Sizes = serde_json::from_slice(&fs::read(index).ok()?).ok()?;
        let sound = [&sizes.small, &sizes.medium, &sizes.large]
            .into_iter()
            .all(|size| self.read(size).is_ok());
        (sizes.recipe == media::RECIPE && sound).then_some(sizes)
    }

    fn prepare(
        &self,
        worker: &Worker,
        bytes: Vec<u8>,
        index: &Path,
        fault: impl Fn(String) -> Trouble,
    ) -> Result<Sizes, Trouble> {
        let prepared = worker.prepare(bytes).map_err(|error| fault(wanted(&error)))?;
        for file in [&prepared.small, &prepared.medium, &prepared.large] {
            if file.rendition.bytes > MAX_PICTURE_BYTES {
                return Err(fault(format!(
                    "a picture of at most {MAX_PICTURE_BYTES} bytes once prepared"
                )));
            }
            self.lay_down(&self.file(&file.rendition.hash), &file.bytes)
                .map_err(Trouble::Io)?;
        }
        let sizes = Sizes {
            recipe: media::RECIPE,
            small: prepared.small.rendition,
            medium: prepared.medium.rendition,
            large: prepared.large.rendition,
            thumbhash: prepared.thumbhash,
        };
        let json = serde_json::to_vec(&sizes).map_err(|error| Trouble::Io(error.into()))?;
        self.lay_down(index, &json).map_err(Trouble::Io)?;
        Ok(sizes)
    }

    /// Whole or not at all, also when both threads lay down the same file.
    fn lay_down(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    }
}
