//! Colour conversion: pixels of any ICC profile to sRGB, which all screens of the kiosk use.

use crate::error::MediaError;
use crate::pixels::{channels, from_samples, has_alpha};
use fast_image_resize::images::Image as Pixels;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Larger profiles are ignored; profiles of cameras and screens have a few kilobytes.
const MAX_PROFILE_BYTES: usize = 4 * 1024 * 1024;

/// Converts to sRGB with three channels, or four with alpha. Treats a picture as sRGB if it has no profile, or if its
/// profile is unreadable or does not match its channels, as other viewers do.
pub(crate) fn to_srgb(
    pixels: Pixels<'static>,
    profile: Option<&[u8]>,
) -> Result<Pixels<'static>, MediaError> {
    if let Some(converted) = profile.and_then(|profile| convert(&pixels, profile)) {
        return wrap(converted, &pixels);
    }
    match channels(&pixels) {
        1 => {
            let grey = pixels.buffer().iter();
            let colours = grey.flat_map(|grey| [*grey; 3]).collect();
            wrap(colours, &pixels)
        }
        2 => {
            let grey = pixels.buffer().chunks_exact(2);
            let colours = grey.flat_map(|p| [p[0], p[0], p[0], p[1]]).collect();
            wrap(colours, &pixels)
        }
        _ => Ok(pixels),
    }
}

fn wrap(samples: Vec<u8>, like: &Pixels<'_>) -> Result<Pixels<'static>, MediaError> {
    let channels = if has_alpha(like) { 4 } else { 3 };
    from_samples(samples, like.width(), like.height(), channels)
}

/// The samples in sRGB; `None` if the profile is unreadable or does not match.
fn convert(pixels: &Pixels<'_>, profile: &[u8]) -> Option<Vec<u8>> {
    if profile.len() > MAX_PROFILE_BYTES {
        return None;
    }
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let (space, from) = match channels(pixels) {
        1 => (DataColorSpace::Gray, Layout::Gray),
        2 => (DataColorSpace::Gray, Layout::GrayAlpha),
        3 => (DataColorSpace::Rgb, Layout::Rgb),
        _ => (DataColorSpace::Rgb, Layout::Rgba),
    };
    if profile.color_space != space {
        return None;
    }
    let (to, channels) = if has_alpha(pixels) {
        (Layout::Rgba, 4)
    } else {
        (Layout::Rgb, 3)
    };
    let transform = profile
        .create_transform_8bit(from, &ColorProfile::new_srgb(), to, TransformOptions::default())
        .ok()?;
    let mut samples = vec![0; pixels.width() as usize * pixels.height() as usize * channels];
    transform.transform(pixels.buffer(), &mut samples).ok()?;
    Some(samples)
}
