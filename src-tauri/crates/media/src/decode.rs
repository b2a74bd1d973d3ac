//! Reading untrusted pictures: every limit is checked on the header before a pixel is decoded. A JPEG is decoded at the
//! smallest of its own scales that is large enough, which spares most of the memory and time of a large photograph.

use crate::error::MediaError;
use crate::pixels;
use crate::timed::{Deadline, Timed};
use crate::{MAX_PIXELS, MAX_SIDE, MAX_SOURCE_BYTES};
use fast_image_resize::images::Image as Pixels;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use jpeg_decoder::{Decoder as JpegDecoder, ImageInfo, PixelFormat};
use std::io::{BufReader, Cursor};

/// Most bytes a decoder may allocate: the greatest picture with 16 bits a channel and alpha, and room to work.
const MAX_ALLOC: u64 = MAX_PIXELS * 8 + 64 * 1024 * 1024;

/// A format that is taken, told by content and never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

/// What the header of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// Format by content.
    pub format: Format,
    /// Pixels, before any turning that EXIF asks for.
    pub width: u32,
    /// Pixels, before any turning that EXIF asks for.
    pub height: u32,
}

/// A decoded picture, as it lies in the file.
pub(crate) struct Decoded {
    /// One to four channels of 8 bits: grey or red, green, blue; with or without alpha.
    pub pixels: Pixels<'static>,
    /// How it has to be turned.
    pub orientation: Orientation,
    /// Width and height, as it lies in the file, to which it is to be made smaller.
    pub wanted: (u32, u32),
    /// Its ICC profile.
    pub profile: Option<Vec<u8>>,
}

/// Reads the header only: format and dimensions within the limits. Nothing is decoded.
pub fn inspect(bytes: &[u8]) -> Result<Image, MediaError> {
    let format = sniff(bytes)?;
    let (width, height) = match format {
        Format::Jpeg => {
            let info = jpeg_info(&mut JpegDecoder::new(Cursor::new(bytes)))?;
            (u32::from(info.width), u32::from(info.height))
        }
        Format::Png => dimensions(bytes, ImageFormat::Png)?,
        Format::WebP if is_animated(bytes) => return Err(MediaError::Animated),
        Format::WebP => dimensions(bytes, ImageFormat::WebP)?,
    };
    check_dimensions(width, height)?;
    Ok(Image {
        format,
        width,
        height,
    })
}

/// Decodes within the limits what will be at most `width` wide once it stands upright. A JPEG may come smaller than it
/// is, but never smaller than that.
pub(crate) fn decode(bytes: &[u8], width: u32, deadline: Deadline) -> Result<Decoded, MediaError> {
    let header = inspect(bytes)?;
    let decoded = match header.format {
        Format::Jpeg => jpeg(deadline.reader(bytes), header, width),
        Format::Png => other(deadline.reader(bytes), ImageFormat::Png, header, width),
        Format::WebP => other(deadline.reader(bytes), ImageFormat::WebP, header, width),
    };
    // A decoder that was stopped tells this as trouble with reading; what came after the time does not count either.
    deadline.check().and(decoded)
}

fn sniff(bytes: &[u8]) -> Result<Format, MediaError> {
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
        _ => Err(MediaError::UnknownFormat),
    }
}

/// The flag in the extended header of a WebP file. A window would go through all its frames, however many there are.
fn is_animated(webp: &[u8]) -> bool {
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|flags| flags & 0b10 != 0)
}

fn dimensions(bytes: &[u8], format: ImageFormat) -> Result<(u32, u32), MediaError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    reader.into_dimensions().map_err(MediaError::damaged)
}

/// Width and height are left to [`check_dimensions`], which can name them.
fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_ALLOC);
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
    decoder.read_info().map_err(MediaError::damaged)?;
    let info = decoder
        .info()
        .ok_or_else(|| MediaError::damaged("it has no frame"))?;
    match info.pixel_format {
        PixelFormat::CMYK32 => Err(MediaError::Cmyk),
        _ => Ok(info),
    }
}

fn jpeg(reader: BufReader<Timed<'_>>, header: Image, width: u32) -> Result<Decoded, MediaError> {
    let mut decoder = JpegDecoder::new(reader);
    decoder.set_max_decoding_buffer_size(MAX_ALLOC as usize);
    jpeg_info(&mut decoder)?;
    let orientation = decoder
        .exif_data()
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    let wanted = pixels::fitted((header.width, header.height), orientation, width);
    let scale = [8, 4, 2]
        .into_iter()
        .find(|scale| header.width.div_ceil(*scale) >= wanted.0 && header.height.div_ceil(*scale) >= wanted.1)
        .unwrap_or(1);
    let side = |side: u32| side.div_ceil(scale) as u16;
    let (width, height) = decoder
        .scale(side(header.width), side(header.height))
        .map_err(MediaError::damaged)?;
    let samples = decoder.decode().map_err(MediaError::damaged)?;
    let channels = match decoder.info().map(|info| info.pixel_format) {
        Some(PixelFormat::L8) => 1,
        Some(PixelFormat::RGB24) => 3,
        _ => return Err(MediaError::damaged("it has samples of an unusual depth")),
    };
    Ok(Decoded {
        pixels: pixels::from_samples(samples, width.into(), height.into(), channels)?,
        orientation,
        wanted,
        profile: decoder.icc_profile(),
    })
}

fn other(
    reader: BufReader<Timed<'_>>,
    format: ImageFormat,
    header: Image,
    width: u32,
) -> Result<Decoded, MediaError> {
    let mut reader = ImageReader::with_format(reader, format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(MediaError::damaged)?;
    // The decoder that gives the pixels must say what the header said, or the check was of something else.
    if decoder.dimensions() != (header.width, header.height) {
        return Err(MediaError::damaged("its dimensions contradict each other"));
    }
    let orientation = decoder.orientation().map_err(MediaError::damaged)?;
    // A profile that cannot be read is no reason to refuse the picture: it is shown as every viewer shows it.
    let profile = decoder.icc_profile().unwrap_or_default();
    let picture = DynamicImage::from_decoder(decoder).map_err(MediaError::damaged)?;
    Ok(Decoded {
        pixels: pixels::from_image(picture)?,
        orientation,
        wanted: pixels::fitted((header.width, header.height), orientation, width),
        profile,
    })
}
