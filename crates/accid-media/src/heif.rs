//! HEIF (ISO/IEC 23008-12): the container of HEIC and AVIF. Decoders are given one picture at a time, after its size was
//! checked, and their answer is turned upright as the file says.

use heifer::heifer_isobmff::{
    HeifFile, ItemId,
    boxes::{ColorInfo, Property},
};
use re_rav1d::dav1d::{Decoder, PixelLayout, PlanarImageComponent, Settings};

use crate::{LONGEST_SIDE, MOST_PIXELS, decode::Raster, header::Header, orient};

/// Most tiles of a grid.
const MOST_TILES: u32 = 1_024;

/// The size of the picture, upright, before it is decoded.
pub(crate) fn read_header(bytes: &[u8]) -> Option<Header> {
    let file = HeifFile::parse(bytes).ok()?;
    let id = file.primary_id;
    let (mut width, mut height) = file.image_size(id).ok()??;
    for property in file.item_properties(id).ok()? {
        match property {
            Property::Rotation(quarter) if quarter % 2 == 1 => (width, height) = (height, width),
            Property::CleanAperture { width: (above, below), height: (high, low), .. }
                if *below > 0 && *low > 0 =>
            {
                (width, height) = (width.min(above / below), height.min(high / low));
            }
            _ => {}
        }
    }
    let alpha = !file.referencing_items(id, b"auxl").is_empty();
    let animated = file.file_type.has_brand(b"avis") || file.file_type.has_brand(b"msf1");
    Some(Header { alpha, animated, ..Header::sized(width, height) })
}

/// Decodes a HEIC picture, upright and in sRGB.
pub(crate) fn decode_heic(bytes: &[u8]) -> Result<Raster, String> {
    let options = heifer::Options { max_threads: 1, max_pixels: MOST_PIXELS };
    let converted = heifer::decode_srgb_rgba8(bytes, &options);
    // A colour space that cannot be converted is shown as it is coded.
    let image = match converted {
        Err(heifer::Error::Unsupported(_)) => heifer::decode_rgba8(bytes, &options),
        other => other,
    };
    let image = image.map_err(|error| error.to_string())?;
    let (width, height) = (image.width, image.height);
    if image.has_alpha {
        return Ok(Raster { width, height, alpha: true, pixels: image.data });
    }
    let pixels = image.data.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Ok(Raster { width, height, alpha: false, pixels })
}

/// Decodes an AVIF picture, upright.
pub(crate) fn decode_avif(bytes: &[u8]) -> Result<Raster, String> {
    let file = HeifFile::parse(bytes).map_err(|error| error.to_string())?;
    let id = file.primary_id;
    let mut raster = decode_item(&file, id)?;
    if let Some(alpha) = file.referencing_items(id, b"auxl").first() {
        let alpha = decode_item(&file, *alpha)?;
        if (alpha.width, alpha.height) == (raster.width, raster.height) {
            let colours = raster.pixels.chunks_exact(3).zip(alpha.pixels.chunks_exact(3));
            raster.pixels =
                colours.flat_map(|(colour, alpha)| [colour[0], colour[1], colour[2], alpha[0]]).collect();
            raster.alpha = true;
        }
    }
    let properties = file.item_properties(id).map_err(|error| error.to_string())?;
    for property in properties {
        raster = match property {
            Property::Rotation(quarter) => {
                orient::turn_upright(raster, [1, 8, 3, 6][usize::from(quarter % 4)])
            }
            Property::Mirror(upside) => orient::turn_upright(raster, if *upside { 4 } else { 2 }),
            _ => raster,
        };
    }
    Ok(raster)
}

/// One picture of the file: coded as it is, or a grid of tiles.
fn decode_item(file: &HeifFile<'_>, id: ItemId) -> Result<Raster, String> {
    let said = |error: heifer::heifer_isobmff::Error| error.to_string();
    let item = file.item(id).map_err(said)?;
    match &item.item_type.0 {
        b"av01" => decode_av1(&file.item_data(id).map_err(said)?, full_range(file, id)),
        b"grid" => {
            let grid = file.grid(id).map_err(said)?;
            let (width, height) = (grid.output_width, grid.output_height);
            let tiles = file.referenced_items(id, b"dimg");
            let (columns, rows) = (u32::from(grid.columns), u32::from(grid.rows));
            if columns * rows > MOST_TILES || tiles.len() != (columns * rows) as usize {
                return Err("its grid has another number of tiles than it says".to_owned());
            }
            if u64::from(width) * u64::from(height) > MOST_PIXELS || width.max(height) > LONGEST_SIDE {
                return Err("its grid is too large".to_owned());
            }
            let mut whole = vec![0_u8; width as usize * height as usize * 3];
            for (number, tile) in (0_u32..).zip(tiles) {
                let data = file.item_data(*tile).map_err(said)?;
                let tile = decode_av1(&data, full_range(file, *tile))?;
                let (left, top) = (number % columns * tile.width, number / columns * tile.height);
                lay(&tile, &mut whole, (width, height), (left, top));
            }
            Ok(Raster { width, height, alpha: false, pixels: whole })
        }
        other => Err(format!("it is coded as \"{}\"", String::from_utf8_lossy(other))),
    }
}

fn lay(tile: &Raster, whole: &mut [u8], (width, height): (u32, u32), (left, top): (u32, u32)) {
    if left >= width {
        return;
    }
    let kept = tile.width.min(width - left) as usize * 3;
    for (row, line) in tile.pixels.chunks_exact(tile.width as usize * 3).enumerate() {
        let y = top as usize + row;
        if y >= height as usize {
            return;
        }
        let at = (y * width as usize + left as usize) * 3;
        whole[at..at + kept].copy_from_slice(&line[..kept]);
    }
}

fn full_range(file: &HeifFile<'_>, id: ItemId) -> Option<(u16, bool)> {
    file.item_properties(id).ok()?.find_map(|property| match property {
        Property::Color(ColorInfo::Nclx { matrix, full_range, .. }) => Some((*matrix, *full_range)),
        _ => None,
    })
}

/// One AV1 picture. `colours` is the matrix (ISO/IEC 23091-2) and whether the whole range is used, when the container
/// says so; else as phones and libavif write them.
fn decode_av1(data: &[u8], colours: Option<(u16, bool)>) -> Result<Raster, String> {
    let said = |error: re_rav1d::dav1d::Error| error.to_string();
    if data.is_empty() {
        return Err("it holds no picture".to_owned());
    }
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(MOST_PIXELS).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(said)?;
    if let Err(error) = decoder.send_data(data.to_vec(), None, None, None)
        && !error.is_again()
    {
        return Err(said(error));
    }
    let mut tries = 0;
    let picture = loop {
        match decoder.get_picture() {
            Ok(picture) => break picture,
            Err(error) if error.is_again() && tries < 3 => {
                tries += 1;
                match decoder.send_pending_data() {
                    Err(error) if !error.is_again() => return Err(said(error)),
                    _ => {}
                }
            }
            Err(error) => return Err(said(error)),
        }
    };
    let (width, height) = (picture.width(), picture.height());
    if u64::from(width) * u64::from(height) > MOST_PIXELS || width == 0 || height == 0 {
        return Err("it is too large".to_owned());
    }
    let layout = picture.pixel_layout();
    let bits = picture.bits_per_component().map_or(8, |bits| bits.0);
    let plane = |which: PlanarImageComponent| Plane {
        data: picture.plane(which),
        stride: picture.stride(which) as usize,
        bits,
    };
    let luma = plane(PlanarImageComponent::Y);
    let (matrix, full) = colours.unwrap_or((6, true));
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    let colour = Matrix::of(matrix, full);
    let chroma = (layout != PixelLayout::I400)
        .then(|| (plane(PlanarImageComponent::U), plane(PlanarImageComponent::V)));
    let (across, down) = match layout {
        PixelLayout::I420 => (1, 1),
        PixelLayout::I422 => (1, 0),
        PixelLayout::I400 | PixelLayout::I444 => (0, 0),
    };
    for y in 0..height as usize {
        for x in 0..width as usize {
            let light = luma.at(x, y);
            let (blue, red) = chroma.as_ref().map_or((128.0, 128.0), |(u, v)| {
                (u.at(x >> across, y >> down), v.at(x >> across, y >> down))
            });
            pixels.extend_from_slice(&colour.rgb(light, blue, red));
        }
    }
    Ok(Raster { width, height, alpha: false, pixels })
}

/// One plane of a decoded picture.
struct Plane<P> {
    data: P,
    /// Bytes from a row to the next.
    stride: usize,
    bits: usize,
}

impl<P: AsRef<[u8]>> Plane<P> {
    /// A sample, as if of 8 bits.
    fn at(&self, x: usize, y: usize) -> f32 {
        let data = self.data.as_ref();
        if self.bits == 8 {
            return data.get(y * self.stride + x).copied().map_or(0.0, f32::from);
        }
        let at = y * self.stride + x * 2;
        let sample = data.get(at..at + 2).map_or(0, |two| u16::from_ne_bytes([two[0], two[1]]));
        f32::from(sample) / f32::from(1_u16 << (self.bits - 8))
    }
}

/// From light and two differences of colour to red, green and blue.
struct Matrix {
    identity: bool,
    full: bool,
    red: f32,
    blue: f32,
}

impl Matrix {
    fn of(code: u16, full: bool) -> Self {
        let (red, blue) = match code {
            1 => (0.2126, 0.0722),
            9 | 10 => (0.2627, 0.0593),
            _ => (0.299, 0.114),
        };
        Self { identity: code == 0, full, red, blue }
    }

    fn rgb(&self, light: f32, blue: f32, red: f32) -> [u8; 3] {
        let byte = |value: f32| (value + 0.5).clamp(0.0, 255.0) as u8;
        if self.identity {
            return [byte(red), byte(light), byte(blue)];
        }
        let (light, blue, red) = if self.full {
            (light, blue - 128.0, red - 128.0)
        } else {
            ((light - 16.0) * 255.0 / 219.0, (blue - 128.0) * 255.0 / 224.0, (red - 128.0) * 255.0 / 224.0)
        };
        let green_part = 1.0 - self.red - self.blue;
        let r = light + 2.0 * (1.0 - self.red) * red;
        let b = light + 2.0 * (1.0 - self.blue) * blue;
        let g = (light - self.red * r - self.blue * b) / green_part;
        [byte(r), byte(g), byte(b)]
    }
}
