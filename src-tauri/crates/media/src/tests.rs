use crate::{Format, Image, MediaError, WIDTHS, inspect, prepare};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use sha2::{Digest, Sha256};
use std::io::Cursor;

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red above, blue below, so that turning it can be seen.
fn two_halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |_, y| {
        if y < height / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    })
    .into()
}

fn decoded(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory_with_format(bytes, ImageFormat::WebP)
        .unwrap()
        .to_rgba8()
}

/// A PNG whose header tells `width` × `height`, with a right checksum and no pixels to speak of.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    png.extend(&chunk);
    png.extend(crc32(&chunk).to_be_bytes());
    png.extend(b"\0\0\0\0IDAT");
    png.extend(crc32(b"IDAT").to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    })
}

/// Puts an EXIF block that tells `orientation` right after the start of a JPEG.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut out = vec![0xff, 0xd8, 0xff, 0xe1];
    out.extend((exif.len() as u16 + 2).to_be_bytes());
    out.extend(exif);
    out.extend(&jpeg[2..]);
    out
}

#[test]
fn a_large_picture_becomes_three_sizes_named_by_their_content() {
    let prepared = prepare(&encoded(&two_halves(2400, 1600), ImageFormat::Jpeg)).unwrap();
    for (file, width) in [&prepared.small, &prepared.medium, &prepared.large]
        .into_iter()
        .zip(WIDTHS)
    {
        let rendition = &file.rendition;
        assert_eq!((rendition.width, rendition.height), (width, width * 2 / 3));
        assert_eq!(rendition.hash, hex::encode(Sha256::digest(&file.bytes)));
        assert_eq!(rendition.bytes, file.bytes.len() as u64);
        let header = Image {
            format: Format::WebP,
            width: rendition.width,
            height: rendition.height,
        };
        assert_eq!(inspect(&file.bytes), Ok(header));
        let pixels = decoded(&file.bytes);
        assert!(pixels.get_pixel(width / 2, 10)[0] > 180);
        assert!(pixels.get_pixel(width / 2, rendition.height - 10)[2] > 180);
    }
    assert!((16..64).contains(&prepared.thumbhash.len()));
}

#[test]
fn the_same_bytes_give_the_same_files() {
    let bytes = encoded(&two_halves(700, 300), ImageFormat::Png);
    assert_eq!(prepare(&bytes), prepare(&bytes));
}

#[test]
fn nothing_is_enlarged() {
    for (width, height) in [(1, 1), (1, 400), (300, 2), (480, 300)] {
        let prepared = prepare(&encoded(&two_halves(width, height), ImageFormat::Png)).unwrap();
        for file in [&prepared.small, &prepared.medium, &prepared.large] {
            assert_eq!((file.rendition.width, file.rendition.height), (width, height));
        }
        assert_eq!(prepared.small, prepared.large);
    }
}

#[test]
fn exif_orientation_turns_the_picture_upright() {
    let lying = encoded(&two_halves(64, 32), ImageFormat::Jpeg);
    assert_eq!(
        prepare(&with_orientation(&lying, 1))
            .unwrap()
            .large
            .rendition
            .width,
        64
    );
    let upright = prepare(&with_orientation(&lying, 6)).unwrap();
    assert_eq!(
        (upright.large.rendition.width, upright.large.rendition.height),
        (32, 64)
    );
    // Turned a quarter clockwise: what was above is now on the right.
    let pixels = decoded(&upright.large.bytes);
    assert!(pixels.get_pixel(28, 32)[0] > 150 && pixels.get_pixel(4, 32)[2] > 150);
}

#[test]
fn transparency_is_kept() {
    let picture: DynamicImage = RgbaImage::from_fn(600, 400, |x, _| {
        Rgba([40, 160, 80, if x < 300 { 0 } else { 255 }])
    })
    .into();
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let pixels = decoded(&prepare(&encoded(&picture, format)).unwrap().small.bytes);
        assert_eq!(pixels.get_pixel(20, 100)[3], 0);
        assert_eq!(pixels.get_pixel(460, 100)[3], 255);
    }
}

#[test]
fn grey_and_sixteen_bit_pictures_are_taken() {
    let picture = two_halves(40, 40);
    for picture in [
        DynamicImage::from(picture.to_luma8()),
        picture.to_rgba16().into(),
        picture.to_luma16().into(),
    ] {
        assert!(prepare(&encoded(&picture, ImageFormat::Png)).is_ok());
    }
}

#[test]
fn a_bomb_is_refused_by_its_header() {
    for (width, height) in [(12_001, 10), (10, 12_001), (10_000, 10_000), (60_000, 60_000)] {
        let bomb = png_claiming(width, height);
        assert_eq!(inspect(&bomb), Err(MediaError::TooLarge { width, height }));
        assert_eq!(prepare(&bomb), Err(MediaError::TooLarge { width, height }));
    }
    // Within the limits on paper, yet without the pixels it promises.
    assert!(matches!(
        prepare(&png_claiming(5_000, 5_000)),
        Err(MediaError::Damaged { .. })
    ));
}

#[test]
fn what_is_not_a_picture_is_refused_whatever_it_is_called() {
    assert_eq!(prepare(b""), Err(MediaError::Empty));
    let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
    for bytes in [
        svg,
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"BM123456789012345678",
        b"%PDF-1.7",
        b"plain",
    ] {
        assert_eq!(prepare(bytes), Err(MediaError::UnknownFormat));
    }
    let long = vec![0; crate::MAX_SOURCE_BYTES + 1];
    assert_eq!(
        prepare(&long),
        Err(MediaError::TooManyBytes { bytes: long.len() })
    );
}

#[test]
fn a_truncated_or_damaged_picture_never_panics() {
    let picture = two_halves(90, 60);
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Jpeg] {
        let whole = encoded(&picture, format);
        for length in (0..whole.len()).step_by(whole.len() / 40 + 1) {
            let cut = prepare(&whole[..length]);
            // A JPEG cut in its last lines is still a picture to every viewer.
            assert!(
                cut.is_err() || format == ImageFormat::Jpeg,
                "{format:?} cut at {length}"
            );
        }
        for place in (0..whole.len()).step_by(whole.len() / 120 + 1) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x55;
            let _ = (inspect(&damaged), prepare(&damaged));
        }
    }
}
