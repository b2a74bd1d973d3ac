//! Decoding of untrusted pictures: checks every limit on the header before it decodes pixels. Decodes a JPEG at its
//! smallest sufficient DCT scale, which saves most of the memory and time for large photographs.

use crate::deadline::{Deadline, DeadlineReader};
use crate::error::MediaError;
use crate::pixels;
use crate::{MAX_PIXELS, MAX_SIDE, MAX_SOURCE_BYTES};
use fast_image_resize::images::Image as Pixels;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use jpeg_decoder::{Decoder as JpegDecoder, Error as JpegError, ImageInfo, PixelFormat, UnsupportedFeature};
use std::io::{BufReader, Cursor};

/// Maximum allocation of a decoder: the largest picture with four channels of 16 bits, plus working memory.
const MAX_ALLOC_BYTES: u64 = MAX_PIXELS * 8 + 64 * 1024 * 1024;

/// Where the search for brands in the first box of a file ends, in bytes.
const MAX_BRANDS_END: usize = 64;

/// Last marker of a JPEG.
const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
/// A JPEG that ends too early is accepted if at most one of this number of samples is missing.
const MIN_SAMPLES_PER_MISSING_ONE: usize = 200;

/// Supported format, detected by content and never by file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

/// Format and dimensions in the header of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageHeader {
    /// Detected format.
    pub format: Format,
    /// Width in pixels, before the EXIF rotation.
    pub width: u32,
    /// Height in pixels, before the EXIF rotation.
    pub height: u32,
}

/// A decoded picture before the EXIF rotation.
pub(crate) struct DecodedPicture {
    /// One to four channels of 8 bits: grey or RGB, with or without alpha.
    pub pixels: Pixels<'static>,
    /// EXIF orientation to apply.
    pub orientation: Orientation,
    /// Width and height to shrink to, before the EXIF rotation.
    pub target_size: (u32, u32),
    /// ICC profile.
    pub profile: Option<Vec<u8>>,
}

/// Reads the header and checks format and dimensions against the limits. Does not decode pixels.
pub fn inspect(bytes: &[u8]) -> Result<ImageHeader, MediaError> {
    let format = detect_format(bytes)?;
    let (width, height) = match format {
        Format::Jpeg => {
            let info = jpeg_info(&mut JpegDecoder::new(Cursor::new(bytes)))?;
            (u32::from(info.width), u32::from(info.height))
        }
        Format::Png if is_animated_png(bytes) => return Err(MediaError::Animated),
        Format::Png => dimensions(bytes, ImageFormat::Png)?,
        Format::WebP if is_animated(bytes) => return Err(MediaError::Animated),
        Format::WebP => dimensions(bytes, ImageFormat::WebP)?,
    };
    check_dimensions(width, height)?;
    Ok(ImageHeader {
        format,
        width,
        height,
    })
}

/// Decodes a picture for an upright rendition of at most `max_width`. May reduce a JPEG, but never below the target size.
pub(crate) fn decode(bytes: &[u8], max_width: u32, deadline: Deadline) -> Result<DecodedPicture, MediaError> {
    let header = inspect(bytes)?;
    let decoded = match header.format {
        Format::Jpeg => decode_jpeg(bytes, deadline, header, max_width),
        Format::Png => decode_other(deadline.reader(bytes), ImageFormat::Png, header, max_width),
        Format::WebP => decode_other(deadline.reader(bytes), ImageFormat::WebP, header, max_width),
    };
    // A decoder that the deadline stopped reports a read error, and a result after the deadline is discarded too.
    deadline.check().and(decoded)
}

fn detect_format(bytes: &[u8]) -> Result<Format, MediaError> {
    if bytes.is_empty() {
        return Err(MediaError::Empty);
    }
    if bytes.len() > MAX_SOURCE_BYTES {
        return Err(MediaError::TooManyBytes { bytes: bytes.len() });
    }
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => Ok(Format::Jpeg),
        Ok(ImageFormat::Png) => Ok(Format::Png),
        Ok(ImageFormat::WebP) => Ok(Format::WebP),
        _ => Err(media_file_error(bytes)),
    }
}

/// Checks the brands in the first box of the file. AVIF and HEIC share their container, and the brand `mif1`.
fn media_file_error(bytes: &[u8]) -> MediaError {
    let [a, b, c, d, b'f', b't', b'y', b'p', ..] = bytes else {
        return MediaError::UnknownFormat;
    };
    let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
    let brands = bytes
        .get(8..length.min(bytes.len()).min(MAX_BRANDS_END))
        .unwrap_or_default();
    let has = |wanted: &[&[u8; 4]]| {
        let mut brands = brands.chunks_exact(4);
        brands.any(|brand| wanted.iter().any(|wanted| brand == *wanted))
    };
    if has(&[b"avif", b"avis"]) {
        MediaError::Avif
    } else if has(&[b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]) {
        MediaError::Heic
    } else {
        MediaError::UnknownFormat
    }
}

/// Looks for the chunk `acTL`, which an animated PNG has before its pixels.
fn is_animated_png(png: &[u8]) -> bool {
    let mut rest = png.get(8..).unwrap_or_default();
    while let Some((header, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *header;
        if &kind == b"acTL" {
            return true;
        }
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        match after.get(length.saturating_add(4)..) {
            Some(next) if &kind != b"IDAT" => rest = next,
            _ => return false,
        }
    }
    false
}

/// Checks the animation flag in the extended header of a WebP file. A webview would play all of its frames, however many.
fn is_animated(webp: &[u8]) -> bool {
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|flags| flags & 0b10 != 0)
}

fn dimensions(bytes: &[u8], format: ImageFormat) -> Result<(u32, u32), MediaError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    reader.into_dimensions().map_err(MediaError::damaged)
}

/// Limits memory only. [`check_dimensions`] checks width and height, because its error contains them.
fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    limits
}

fn check_dimensions(width: u32, height: u32) -> Result<(), MediaError> {
    if width == 0 || height == 0 {
        return Err(MediaError::NoPixels);
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(MediaError::TooLarge { width, height });
    }
    Ok(())
}

fn jpeg_info<R: std::io::Read>(decoder: &mut JpegDecoder<R>) -> Result<ImageInfo, MediaError> {
    decoder.read_info().map_err(|error| jpeg_error(&error))?;
    let info = decoder
        .info()
        .ok_or_else(|| MediaError::damaged("it has no frame"))?;
    match info.pixel_format {
        PixelFormat::CMYK32 => Err(MediaError::Cmyk),
        _ => Ok(info),
    }
}

fn jpeg_error(error: &JpegError) -> MediaError {
    match error {
        JpegError::Unsupported(UnsupportedFeature::ArithmeticEntropyCoding) => MediaError::ArithmeticCoding,
        error => MediaError::damaged(error),
    }
}

/// Decodes a JPEG. If the file ends too early, it is decoded twice with a different continuation. Only samples that are
/// missing in the file differ between the two pictures.
fn decode_jpeg(
    bytes: &[u8],
    deadline: Deadline,
    header: ImageHeader,
    max_width: u32,
) -> Result<DecodedPicture, MediaError> {
    let (jpeg, samples) = match jpeg_samples(deadline.reader(bytes), header, max_width) {
        Err(JpegFailure::EndsEarly) => {
            let mut continued = bytes.strip_suffix(b"\xff").unwrap_or(bytes).to_vec();
            let file_bytes = continued.len();
            continued.extend(END_OF_IMAGE);
            let first = jpeg_samples(deadline.reader(&continued), header, max_width)?;
            continued.truncate(file_bytes);
            continued.extend([0x55; 64]);
            continued.extend(END_OF_IMAGE);
            let second = jpeg_samples(deadline.reader(&continued), header, max_width)?;
            let missing = first.1.iter().zip(&second.1).filter(|(a, b)| a != b).count();
            if missing > first.1.len() / MIN_SAMPLES_PER_MISSING_ONE {
                return Err(MediaError::damaged("it ends too early"));
            }
            first
        }
        result => result?,
    };
    Ok(DecodedPicture {
        pixels: pixels::from_samples(samples, jpeg.width.into(), jpeg.height.into(), jpeg.channels)?,
        orientation: jpeg.orientation,
        target_size: jpeg.target_size,
        profile: jpeg.profile,
    })
}

/// Why a JPEG cannot be decoded.
enum JpegFailure {
    /// The file ends before its last marker.
    EndsEarly,
    Error(MediaError),
}

impl From<MediaError> for JpegFailure {
    fn from(error: MediaError) -> Self {
        Self::Error(error)
    }
}

impl From<JpegFailure> for MediaError {
    fn from(failure: JpegFailure) -> Self {
        match failure {
            JpegFailure::EndsEarly => Self::damaged("it ends too early"),
            JpegFailure::Error(error) => error,
        }
    }
}

/// A decoded JPEG without its samples.
struct JpegPicture {
    width: u16,
    height: u16,
    channels: usize,
    orientation: Orientation,
    target_size: (u32, u32),
    profile: Option<Vec<u8>>,
}

fn jpeg_samples(
    reader: BufReader<DeadlineReader<'_>>,
    header: ImageHeader,
    max_width: u32,
) -> Result<(JpegPicture, Vec<u8>), JpegFailure> {
    let mut decoder = JpegDecoder::new(reader);
    decoder.set_max_decoding_buffer_size(MAX_ALLOC_BYTES as usize);
    jpeg_info(&mut decoder)?;
    let orientation = decoder
        .exif_data()
        .and_then(exif_orientation)
        .unwrap_or(Orientation::NoTransforms);
    let target_size = pixels::fitted_size((header.width, header.height), orientation, max_width);
    let is_sufficient = |scale: u32| {
        header.width.div_ceil(scale) >= target_size.0 && header.height.div_ceil(scale) >= target_size.1
    };
    let scale = [8, 4, 2]
        .into_iter()
        .find(|scale| is_sufficient(*scale))
        .unwrap_or(1);
    let side = |side: u32| side.div_ceil(scale) as u16;
    let (width, height) = decoder
        .scale(side(header.width), side(header.height))
        .map_err(MediaError::damaged)?;
    let samples = decoder.decode().map_err(|error| match error {
        JpegError::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => JpegFailure::EndsEarly,
        error => JpegFailure::Error(jpeg_error(&error)),
    })?;
    let channels = match decoder.info().map(|info| info.pixel_format) {
        Some(PixelFormat::L8) => 1,
        Some(PixelFormat::RGB24) => 3,
        _ => return Err(MediaError::damaged("it has samples of an unusual depth").into()),
    };
    let picture = JpegPicture {
        width,
        height,
        channels,
        orientation,
        target_size,
        profile: decoder.icc_profile(),
    };
    Ok((picture, samples))
}

/// The orientation in EXIF data, which some programs store with the prefix of JPEG files in other formats too.
fn exif_orientation(exif: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif))
}

fn decode_other(
    reader: BufReader<DeadlineReader<'_>>,
    format: ImageFormat,
    header: ImageHeader,
    max_width: u32,
) -> Result<DecodedPicture, MediaError> {
    let mut reader = ImageReader::with_format(reader, format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(MediaError::damaged)?;
    // The limits were checked on the header, so the decoder must agree with it.
    if decoder.dimensions() != (header.width, header.height) {
        return Err(MediaError::damaged("its dimensions contradict each other"));
    }
    let exif = decoder.exif_metadata().map_err(MediaError::damaged)?;
    let orientation = exif
        .as_deref()
        .and_then(exif_orientation)
        .unwrap_or(Orientation::NoTransforms);
    // An unreadable profile is ignored, as in other viewers.
    let profile = decoder.icc_profile().unwrap_or_default();
    let picture = DynamicImage::from_decoder(decoder).map_err(MediaError::damaged)?;
    Ok(DecodedPicture {
        pixels: pixels::from_image(picture)?,
        orientation,
        target_size: pixels::fitted_size((header.width, header.height), orientation, max_width),
        profile,
    })
}
