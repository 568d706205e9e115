//! Turning a picture upright, as the EXIF orientation says (CIPA DC-008 §4.6.5, tag 0x0112).

use crate::decode::Raster;

/// Width and height after turning upright.
pub(crate) const fn turned_size(width: u32, height: u32, orientation: u8) -> (u32, u32) {
    if orientation >= 5 { (height, width) } else { (width, height) }
}

/// Turns a picture upright.
pub(crate) fn turn_upright(raster: Raster, orientation: u8) -> Raster {
    if !(2..=8).contains(&orientation) {
        return raster;
    }
    let (stored_width, stored_height) = (raster.width as usize, raster.height as usize);
    let (width, height) = turned_size(raster.width, raster.height, orientation);
    let size = raster.channels();
    let mut pixels = Vec::with_capacity(raster.pixels.len());
    for y in 0..height as usize {
        for x in 0..width as usize {
            let (column, row) = match orientation {
                2 => (stored_width - 1 - x, y),
                3 => (stored_width - 1 - x, stored_height - 1 - y),
                4 => (x, stored_height - 1 - y),
                5 => (y, x),
                6 => (y, stored_height - 1 - x),
                7 => (stored_width - 1 - y, stored_height - 1 - x),
                _ => (stored_width - 1 - y, x),
            };
            let at = (row * stored_width + column) * size;
            pixels.extend_from_slice(&raster.pixels[at..at + size]);
        }
    }
    Raster { width, height, alpha: raster.alpha, pixels }
}
