//! QR codes that phones scan from the screen. Must not know: what they contain.

use crate::error::KioskError;
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};

/// Bytes that a QR code of version 22 holds at level M (ISO/IEC 18004, table 7). With 105 modules per side a phone
/// reads it at arm's length from the screen.
pub(super) const MAX_QR_BYTES: usize = 779;

/// A QR code as SVG markup: error correction level M, dark on light, with the quiet zone of four modules that readers
/// need.
pub(crate) fn qr_code(text: &str) -> Result<String, KioskError> {
    let qr = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|e| KioskError::Internal(format!("QR: {e}")))?;
    let mut svg = SvgBuilder::default();
    svg.margin(4)
        .background_color([255, 255, 255])
        .module_color([0, 0, 0]);
    Ok(svg.to_str(&qr))
}
