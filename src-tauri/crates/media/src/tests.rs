//! Tests of picture preparation.

use crate::{Format, ImageHeader, Limits, MediaError, PreparedPicture, WIDTHS, Worker, inspect};
use expo_domain::hash::sha256_hex;
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder};
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::ColorProfile;
use std::io::Cursor;
use std::time::Duration;

fn prepare(bytes: &[u8]) -> Result<PreparedPicture, MediaError> {
    Worker::default().prepare(bytes.to_vec())
}

pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// Red above, blue below, so that a rotation is visible.
pub(crate) fn two_halves(width: u32, height: u32) -> DynamicImage {
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

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    })
}

mod renditions {
    use super::*;

    #[test]
    fn large_picture_becomes_three_sizes_with_hashes() {
        let prepared = prepare(&encoded(&two_halves(2400, 1600), ImageFormat::Jpeg)).unwrap();
        for (file, width) in [&prepared.small, &prepared.medium, &prepared.large]
            .into_iter()
            .zip(WIDTHS)
        {
            let rendition = &file.rendition;
            assert_eq!((rendition.width, rendition.height), (width, width * 2 / 3));
            assert_eq!(rendition.hash, sha256_hex(&file.bytes));
            assert_eq!(rendition.bytes, file.bytes.len() as u64);
            let header = ImageHeader {
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
    fn preparation_is_deterministic() {
        let bytes = encoded(&two_halves(700, 300), ImageFormat::Png);
        assert_eq!(prepare(&bytes), prepare(&bytes));
    }

    #[test]
    fn small_pictures_are_not_enlarged() {
        for (width, height) in [(1, 1), (1, 400), (300, 2), (480, 300)] {
            let prepared = prepare(&encoded(&two_halves(width, height), ImageFormat::Png)).unwrap();
            for file in [&prepared.small, &prepared.medium, &prepared.large] {
                assert_eq!((file.rendition.width, file.rendition.height), (width, height));
            }
            assert_eq!(prepared.small, prepared.large);
        }
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
}

mod orientation {
    use super::*;

    /// Inserts an EXIF block with `orientation` after the start marker of a JPEG.
    fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let exif = [b"Exif\0\0".to_vec(), exif(orientation)].concat();
        let mut out = vec![0xff, 0xd8, 0xff, 0xe1];
        out.extend((exif.len() as u16 + 2).to_be_bytes());
        out.extend(exif);
        out.extend(&jpeg[2..]);
        out
    }

    fn exif(orientation: u8) -> Vec<u8> {
        let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
        exif
    }

    fn png_with_orientation(picture: &DynamicImage, orientation: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder.set_exif_metadata(exif(orientation)).unwrap();
        picture.write_with_encoder(encoder).unwrap();
        bytes
    }

    /// Four corners of different colours, in reading order: red, green, blue, white.
    fn four_corners(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
            (true, true) => Rgb([200, 0, 0]),
            (false, true) => Rgb([0, 200, 0]),
            (true, false) => Rgb([0, 0, 200]),
            (false, false) => Rgb([255, 255, 255]),
        })
        .into()
    }

    /// The corners in reading order, each as the first letter of its colour.
    fn corners(picture: &RgbaImage) -> String {
        let (right, below) = (picture.width() - 5, picture.height() - 5);
        let letter = |(x, y)| match picture.get_pixel(x, y).0 {
            [r, g, b, _] if r > 180 && g > 180 && b > 180 => 'w',
            [r, g, b, _] if r > 120 && g < 90 && b < 90 => 'r',
            [r, g, b, _] if r < 90 && g > 120 && b < 90 => 'g',
            [r, g, b, _] if r < 90 && g < 90 && b > 120 => 'b',
            _ => '?',
        };
        [(4, 4), (right, 4), (4, below), (right, below)]
            .map(letter)
            .iter()
            .collect()
    }

    #[test]
    fn exif_prefix_of_other_formats_is_accepted() {
        for prefix in [&b""[..], b"Exif\0\0"] {
            let mut bytes = Vec::new();
            let mut encoder = WebPEncoder::new_lossless(&mut bytes);
            encoder.set_exif_metadata([prefix, &exif(6)].concat()).unwrap();
            four_corners(96, 48).write_with_encoder(encoder).unwrap();
            let large = prepare(&bytes).unwrap().large;
            assert_eq!((large.rendition.width, large.rendition.height), (48, 96));
            assert_eq!(corners(&decoded(&large.bytes)), "brwg", "{prefix:?}");
        }
    }

    #[test]
    fn every_exif_orientation_becomes_upright() {
        // By the EXIF standard: the side of the scene that row 0 and column 0 of the file show.
        let upright = ["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"];
        // A small JPEG, a JPEG that is decoded at half its size, and a PNG.
        for (width, format) in [
            (96, ImageFormat::Jpeg),
            (4000, ImageFormat::Jpeg),
            (96, ImageFormat::Png),
        ] {
            let height = width / 2;
            for (orientation, expected) in (1..=8).zip(upright) {
                let file = match format {
                    ImageFormat::Jpeg => {
                        with_orientation(&encoded(&four_corners(width, height), format), orientation)
                    }
                    _ => png_with_orientation(&four_corners(width, height), orientation),
                };
                let large = prepare(&file).unwrap().large;
                let sideways = orientation > 4;
                let (upright_width, upright_height) = if sideways {
                    (height, width)
                } else {
                    (width, height)
                };
                let shown = if width == 96 {
                    (upright_width, upright_height)
                } else if sideways {
                    (960, 1920)
                } else {
                    (1920, 960)
                };
                assert_eq!((large.rendition.width, large.rendition.height), shown);
                assert_eq!(
                    corners(&decoded(&large.bytes)),
                    expected,
                    "{format:?} {orientation} {width}"
                );
            }
        }
    }
}

mod colours {
    use super::*;

    fn near(a: [u8; 3], b: [u8; 3], tolerance: u8) -> bool {
        a.into_iter().zip(b).all(|(a, b)| a.abs_diff(b) <= tolerance)
    }

    /// A picture of one colour in a file with the ICC profile `profile`.
    fn coloured(colour: [u8; 3], profile: &ColorProfile, format: ImageFormat) -> Vec<u8> {
        let picture = DynamicImage::from(RgbImage::from_pixel(40, 40, Rgb(colour)));
        let profile = profile.encode().unwrap();
        let mut bytes = Vec::new();
        match format {
            ImageFormat::Jpeg => {
                let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 100);
                encoder.set_icc_profile(profile).unwrap();
                picture.write_with_encoder(encoder).unwrap();
            }
            ImageFormat::Png => {
                let mut encoder = PngEncoder::new(&mut bytes);
                encoder.set_icc_profile(profile).unwrap();
                picture.write_with_encoder(encoder).unwrap();
            }
            _ => {
                let mut encoder = WebPEncoder::new_lossless(&mut bytes);
                encoder.set_icc_profile(profile).unwrap();
                picture.write_with_encoder(encoder).unwrap();
            }
        }
        bytes
    }

    fn shown_colour(bytes: &[u8]) -> [u8; 3] {
        let shown = decoded(&prepare(bytes).unwrap().large.bytes);
        let [r, g, b, _] = shown.get_pixel(20, 20).0;
        [r, g, b]
    }

    #[test]
    fn grey_and_sixteen_bit_pictures_keep_their_shades() {
        let picture = two_halves(40, 40);
        for picture in [
            DynamicImage::from(picture.to_luma8()),
            picture.to_luma_alpha8().into(),
            picture.to_luma16().into(),
            picture.to_rgb16().into(),
            picture.to_rgba16().into(),
        ] {
            let shown = decoded(&prepare(&encoded(&picture, ImageFormat::Png)).unwrap().large.bytes);
            let expected = picture.to_rgb8();
            for y in [5, 35] {
                let (shown, expected) = (shown.get_pixel(20, y), expected.get_pixel(20, y));
                assert!(
                    near([shown[0], shown[1], shown[2]], expected.0, 8),
                    "{shown:?} {expected:?}"
                );
            }
        }
        let grey = encoded(&picture.to_luma8().into(), ImageFormat::Jpeg);
        assert!(prepare(&grey).is_ok());
    }

    #[test]
    fn colours_of_other_profiles_are_converted_to_srgb() {
        let srgb = |linear: f64| {
            let value = if linear <= 0.003_130_8 {
                12.92 * linear
            } else {
                1.055 * linear.powf(1.0 / 2.4) - 0.055
            };
            (value.clamp(0.0, 1.0) * 255.0).round() as u8
        };
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        // From the chromaticities in the standards of both colour spaces; both have the white point D65.
        let from_p3 = |[r, g, b]: [u8; 3]| {
            let [r, g, b] = [r, g, b].map(linear);
            [
                1.224_940 * r - 0.224_940 * g,
                -0.042_057 * r + 1.042_057 * g,
                -0.019_638 * r - 0.078_636 * g + 1.098_274 * b,
            ]
            .map(srgb)
        };
        let from_adobe = |[r, g, b]: [u8; 3]| {
            let [r, g, b] = [r, g, b].map(|value| (f64::from(value) / 255.0).powf(563.0 / 256.0));
            [1.398_36 * r - 0.398_36 * g, g, -0.042_93 * g + 1.042_93 * b].map(srgb)
        };
        let (p3, adobe) = (ColorProfile::new_display_p3(), ColorProfile::new_adobe_rgb());
        for colour in [[200, 100, 50], [90, 160, 120], [30, 60, 140], [128, 128, 128]] {
            for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
                let shown = shown_colour(&coloured(colour, &p3, format));
                assert!(
                    near(shown, from_p3(colour), 5),
                    "P3 {colour:?} {format:?} {shown:?}"
                );
                let shown = shown_colour(&coloured(colour, &adobe, format));
                assert!(
                    near(shown, from_adobe(colour), 5),
                    "Adobe {colour:?} {format:?} {shown:?}"
                );
                let shown = shown_colour(&coloured(colour, &ColorProfile::new_srgb(), format));
                assert!(near(shown, colour, 5), "sRGB {colour:?} {format:?} {shown:?}");
            }
        }
        // The conversions differ enough from the identity for this test.
        assert!(!near(from_p3([200, 100, 50]), [200, 100, 50], 10));
        assert!(!near(from_adobe([200, 100, 50]), [200, 100, 50], 10));
    }

    #[test]
    fn grey_profiles_apply_and_invalid_profiles_are_ignored() {
        let grey = DynamicImage::from(image::GrayImage::from_pixel(40, 40, image::Luma([100])));
        let with = |profile: Vec<u8>| {
            let mut bytes = Vec::new();
            let mut encoder = PngEncoder::new(&mut bytes);
            encoder.set_icc_profile(profile).unwrap();
            grey.write_with_encoder(encoder).unwrap();
            shown_colour(&bytes)
        };
        // 100 of 255 at gamma 1.0 is a much lighter grey in sRGB.
        let light = with(ColorProfile::new_gray_with_gamma(1.0).encode().unwrap());
        assert!(near(light, [168; 3], 5), "{light:?}");
        let p3 = ColorProfile::new_display_p3().encode().unwrap();
        for profile in [p3[..200].to_vec(), p3, b"no profile at all".to_vec()] {
            assert!(near(with(profile), [100; 3], 5));
        }
    }

    #[test]
    fn cmyk_pictures_are_rejected() {
        let mut header = vec![0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 32, 0, 32, 4];
        for component in 1..=4 {
            header.extend([component, 0x11, 0]);
        }
        assert_eq!(inspect(&header), Err(MediaError::Cmyk));
        assert_eq!(prepare(&header), Err(MediaError::Cmyk));
    }
}

mod untrusted_input {
    use super::*;

    /// A PNG whose header declares `width` × `height`, with correct checksums and no pixel data.
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

    /// A progressive JPEG with scans of a few bytes; each scan visits every block of a large picture.
    fn many_scans(scans: usize) -> Vec<u8> {
        let mut jpeg = vec![0xff, 0xd8, 0xff, 0xdb, 0, 67, 0];
        jpeg.extend([1; 64]);
        jpeg.extend([0xff, 0xc2, 0, 11, 8]);
        jpeg.extend([7000_u16.to_be_bytes(), 7000_u16.to_be_bytes()].concat());
        jpeg.extend([1, 1, 0x11, 0]);
        // One code of one bit: end of band for 16,384 blocks plus the number in the next 14 bits.
        jpeg.extend([0xff, 0xc4, 0, 20, 0x10, 1]);
        jpeg.extend([0; 15]);
        jpeg.push(0xe0);
        let mut bits = String::new();
        for _ in 0..(875_usize * 875).div_ceil(32_766) {
            bits.push_str("011111111111110");
        }
        bits.push_str(&"0".repeat(8 - bits.len() % 8));
        let mut scan = vec![0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0];
        for start in (0..bits.len()).step_by(8) {
            let byte = u8::from_str_radix(&bits[start..start + 8], 2).unwrap();
            scan.push(byte);
            if byte == 0xff {
                scan.push(0);
            }
        }
        jpeg.extend(scan.repeat(scans));
        jpeg.extend([0xff, 0xd9]);
        jpeg
    }

    #[test]
    fn slow_picture_times_out() {
        let worker = Worker::new(Limits {
            timeout: Duration::from_millis(300),
            ..Limits::default()
        });
        let few = prepare(&many_scans(2));
        assert!(!matches!(few, Err(MediaError::TooSlow { .. })), "{few:?}");
        let bomb = many_scans(100_000);
        assert!(bomb.len() < 8 * 1024 * 1024);
        assert_eq!(worker.prepare(bomb), Err(MediaError::TooSlow { seconds: 0 }));
    }

    #[test]
    fn many_chunks_before_the_pixels_are_skipped() {
        let png = encoded(&two_halves(64, 64), ImageFormat::Png);
        let (head, pixels) = png.split_at(33);
        let text = b"tEXtComment\0x";
        let length = (text.len() as u32 - 4).to_be_bytes();
        let chunk = [&length[..], text, &crc32(text).to_be_bytes()].concat();
        let many = [head.to_vec(), chunk.repeat(400_000), pixels.to_vec()].concat();
        // The decoder skips them, as viewers do.
        assert_eq!(prepare(&many).unwrap().large.rendition.width, 64);
    }

    #[test]
    fn oversized_picture_is_rejected_by_its_header() {
        for (width, height) in [(12_001, 10), (10, 12_001), (10_000, 10_000), (60_000, 60_000)] {
            let bomb = png_claiming(width, height);
            assert_eq!(inspect(&bomb), Err(MediaError::TooLarge { width, height }));
            assert_eq!(prepare(&bomb), Err(MediaError::TooLarge { width, height }));
        }
        // Within the limits by its header, but without the declared pixels.
        assert!(matches!(
            prepare(&png_claiming(5_000, 5_000)),
            Err(MediaError::Damaged { .. })
        ));
    }

    #[test]
    fn files_of_other_formats_are_rejected() {
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
    fn damaged_or_truncated_picture_never_panics() {
        let picture = two_halves(90, 60);
        for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Jpeg] {
            let intact = encoded(&picture, format);
            for length in (0..intact.len()).step_by(intact.len() / 40 + 1) {
                // The last bytes of a JPEG may be missing.
                let truncated = prepare(&intact[..length.min(intact.len() * 3 / 4)]);
                assert!(truncated.is_err(), "{format:?} truncated at {length}");
            }
            for index in (0..intact.len()).step_by(intact.len() / 120 + 1) {
                let mut damaged = intact.clone();
                damaged[index] ^= 0x55;
                let _ = (inspect(&damaged), prepare(&damaged));
            }
        }
    }

    #[test]
    fn jpeg_without_its_end_marker_is_accepted() {
        let picture = RgbImage::from_fn(200, 120, |x, y| {
            Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, (x * y % 251) as u8])
        });
        let intact = encoded(&picture.into(), ImageFormat::Jpeg);
        let expected = prepare(&intact).unwrap();
        assert_eq!(prepare(&intact[..intact.len() - 2]), Ok(expected.clone()));
        assert_eq!(prepare(&intact[..intact.len() - 1]), Ok(expected));
        for parts in [2, 3, 5] {
            let cut = prepare(&intact[..intact.len() - intact.len() / parts]);
            assert!(matches!(cut, Err(MediaError::Damaged { .. })), "{parts}");
        }
    }

    #[test]
    fn heic_and_avif_are_told_apart() {
        for (brands, expected) in [
            (&b"heic\0\0\0\0mif1heic"[..], MediaError::Heic),
            (b"mif1\0\0\0\0mif1heic", MediaError::Heic),
            (b"avif\0\0\0\0avifmif1", MediaError::Avif),
            (b"mif1\0\0\0\0mif1avif", MediaError::Avif),
            (b"isom\0\0\0\0isommp42", MediaError::UnknownFormat),
        ] {
            let file = [&[0, 0, 0, 24], &b"ftyp"[..], brands, &b"heicavif"[..], &[0; 64]].concat();
            assert_eq!(inspect(&file), Err(expected));
        }
    }

    #[test]
    fn arithmetic_coding_and_animated_png_have_their_error() {
        let frame = [0xff, 0xd8, 0xff, 0xc9, 0, 11, 8, 0, 32, 0, 32, 1, 1, 0x11, 0];
        assert_eq!(inspect(&frame), Err(MediaError::ArithmeticCoding));
        let png = encoded(&two_halves(20, 20), ImageFormat::Png);
        let kind_and_data = b"acTL\0\0\0\x02\0\0\0\0";
        let mut chunk = 8_u32.to_be_bytes().to_vec();
        chunk.extend(kind_and_data);
        chunk.extend(crc32(kind_and_data).to_be_bytes());
        // The first chunk, IHDR, ends after 33 bytes.
        let animated = [&png[..33], &chunk, &png[33..]].concat();
        assert_eq!(inspect(&animated), Err(MediaError::Animated));
        assert!(inspect(&png).is_ok());
    }
}
