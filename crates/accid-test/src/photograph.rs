//! Photographs as cameras write them, made by program: a JPEG with EXIF, XMP and IPTC of every kind. Must not share a
//! line with what reads them.

use jpeg_encoder::{ColorType, Encoder};

/// What a camera is to write.
#[derive(Debug, Clone)]
pub struct Photograph {
    /// Width in pixels, as stored.
    pub width: u16,
    /// Height in pixels, as stored.
    pub height: u16,
    /// Decides what it shows.
    pub seed: u64,
    /// Make of the camera; no EXIF tag when empty, like all texts here.
    pub make: String,
    /// Model of the camera.
    pub model: String,
    /// `2026:03:01 14:05:00`.
    pub date: String,
    /// `-04:00`.
    pub offset: String,
    /// Digits behind the second.
    pub fraction: String,
    /// EXIF orientation; none when 0.
    pub orientation: u16,
    /// Latitude and longitude in degrees.
    pub place: Option<(f64, f64)>,
    /// Metres above the sea.
    pub altitude: Option<f64>,
    /// Degrees from north.
    pub direction: Option<f64>,
    /// A whole XMP packet.
    pub xmp: String,
    /// IPTC records.
    pub iptc: Vec<u8>,
    /// Serial number of the camera and name of its owner, which must not be published.
    pub secrets: String,
}

impl Default for Photograph {
    fn default() -> Self {
        Self {
            width: 96,
            height: 64,
            seed: 1,
            make: "Boatworks".to_owned(),
            model: "Deck Cam".to_owned(),
            date: "2026:03:01 14:05:00".to_owned(),
            offset: String::new(),
            fraction: String::new(),
            orientation: 1,
            place: None,
            altitude: None,
            direction: None,
            xmp: String::new(),
            iptc: Vec::new(),
            secrets: String::new(),
        }
    }
}

/// Numbers that look like chance and are the same every time (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`.
    pub const fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % limit
    }
}

/// A value of a directory: tag, type, how many, bytes.
type Value = (u16, u16, u32, Vec<u8>);

fn text(tag: u16, value: &str) -> Option<Value> {
    let mut bytes = value.as_bytes().to_vec();
    bytes.push(0);
    (!value.is_empty()).then(|| (tag, 2, u32::try_from(bytes.len()).expect("a short text"), bytes))
}

fn fractions(tag: u16, values: &[(u32, u32)]) -> Value {
    let bytes = values
        .iter()
        .flat_map(|(above, below)| [above.to_le_bytes(), below.to_le_bytes()].concat())
        .collect();
    (tag, 5, u32::try_from(values.len()).expect("few"), bytes)
}

fn angle(tag: u16, degrees: f64) -> Value {
    let whole = degrees.abs().trunc();
    let minutes = ((degrees.abs() - whole) * 60.0).trunc();
    let seconds = (degrees.abs() - whole - minutes / 60.0) * 3600.0;
    fractions(tag, &[(whole as u32, 1), (minutes as u32, 1), ((seconds * 100_000.0).round() as u32, 100_000)])
}

/// A directory with its values behind it; `at` is where it begins.
fn directory(mut values: Vec<Value>, at: usize) -> Vec<u8> {
    values.sort_by_key(|(tag, ..)| *tag);
    let mut data = Vec::new();
    let data_at = at + 2 + values.len() * 12 + 4;
    let mut bytes = u16::try_from(values.len()).expect("few").to_le_bytes().to_vec();
    for (tag, kind, count, value) in values {
        bytes.extend_from_slice(&tag.to_le_bytes());
        bytes.extend_from_slice(&kind.to_le_bytes());
        bytes.extend_from_slice(&count.to_le_bytes());
        if value.len() <= 4 {
            let mut four = value;
            four.resize(4, 0);
            bytes.extend_from_slice(&four);
        } else {
            bytes.extend_from_slice(&u32::try_from(data_at + data.len()).expect("small").to_le_bytes());
            data.extend_from_slice(&value);
            data.resize(data.len().next_multiple_of(2), 0);
        }
    }
    bytes.extend_from_slice(&[0; 4]);
    bytes.extend(data);
    bytes
}

impl Photograph {
    /// The EXIF block (CIPA DC-008): a TIFF structure with three directories.
    pub fn exif(&self) -> Vec<u8> {
        let short = |tag: u16, value: u16| (tag, 3, 1, value.to_le_bytes().to_vec());
        let mut taken: Vec<Value> = [
            text(0x9003, &self.date),
            text(0x9011, &self.offset),
            text(0x9291, &self.fraction),
            text(0xa431, &self.secrets),
            text(0xa430, &self.secrets),
            text(0xa434, if self.make.is_empty() { "" } else { "Deck 24-70mm F2.8" }),
        ]
        .into_iter()
        .flatten()
        .collect();
        taken.extend([
            fractions(0x829a, &[(1, 250)]),
            fractions(0x829d, &[(28, 10)]),
            fractions(0x920a, &[(35, 1)]),
            short(0x8827, 200),
        ]);
        let mut place = Vec::new();
        if let Some((latitude, longitude)) = self.place {
            place.extend(text(1, if latitude < 0.0 { "S" } else { "N" }));
            place.push(angle(2, latitude));
            place.extend(text(3, if longitude < 0.0 { "W" } else { "E" }));
            place.push(angle(4, longitude));
        }
        if let Some(metres) = self.altitude {
            place.push((5, 1, 1, vec![u8::from(metres < 0.0)]));
            place.push(fractions(6, &[((metres.abs() * 100.0).round() as u32, 100)]));
        }
        place.extend(
            self.direction.map(|degrees| fractions(0x11, &[((degrees * 100.0).round() as u32, 100)])),
        );
        let mut main: Vec<Value> =
            [text(0x010f, &self.make), text(0x0110, &self.model)].into_iter().flatten().collect();
        if self.orientation > 0 {
            main.push(short(0x0112, self.orientation));
        }
        let pointer =
            |tag: u16, at: usize| (tag, 4, 1, u32::try_from(at).expect("small").to_le_bytes().to_vec());
        let main_length = |values: &[Value]| directory(values.to_vec(), 8).len() + 24;
        let taken_at = 8 + main_length(&main);
        let place_at = taken_at + directory(taken.clone(), taken_at).len();
        main.extend([pointer(0x8769, taken_at), pointer(0x8825, place_at)]);
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        bytes.extend(directory(main, 8));
        bytes.extend(directory(taken, taken_at));
        bytes.extend(directory(place, place_at));
        bytes
    }

    /// The file.
    pub fn jpeg(&self) -> Vec<u8> {
        let (width, height) = (usize::from(self.width), usize::from(self.height));
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 88);
        encoder.add_exif_metadata(&self.exif()).expect("EXIF fits");
        if !self.xmp.is_empty() {
            let segment = [b"http://ns.adobe.com/xap/1.0/\0", self.xmp.as_bytes()].concat();
            encoder.add_app_segment(1, segment).expect("XMP fits");
        }
        if !self.iptc.is_empty() {
            let mut segment = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
            segment.extend_from_slice(&u32::try_from(self.iptc.len()).expect("small").to_be_bytes());
            segment.extend_from_slice(&self.iptc);
            encoder.add_app_segment(13, segment).expect("IPTC fits");
        }
        let pixels = self.pixels();
        let size = |side: usize| u16::try_from(side).expect("a side");
        encoder.encode(&pixels, size(width), size(height), ColorType::Rgb).expect("it is encoded");
        bytes
    }

    /// A sky, a sea and waves with grain, so that it costs as much to decode as a photograph, and no two look alike.
    fn pixels(&self) -> Vec<u8> {
        let (width, height) = (usize::from(self.width), usize::from(self.height));
        let mut dice = Chance(self.seed);
        let horizon = height / 3 + dice.below(height as u64 / 3 + 1) as usize;
        let tint: [i32; 3] = std::array::from_fn(|_| dice.below(120) as i32);
        let waves: [i64; 4] = std::array::from_fn(|_| 3 + dice.below(60) as i64);
        let mut grain = self.seed | 1;
        let mut pixels = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for x in 0..width {
                grain ^= grain << 13;
                grain ^= grain >> 7;
                grain ^= grain << 17;
                let noise = (grain % 23) as i32 - 11;
                let (column, row) = (x as i64, y as i64);
                let wave = ((column * waves[0] + row * waves[1]) / 64 % 64 - 32).abs()
                    + ((column * waves[2] - row * waves[3]) / 128 % 48).abs();
                let wave = i32::try_from(wave).expect("small");
                for tone in tint {
                    let value = if y < horizon { 120 + tone - wave / 4 } else { 40 + tone + wave } + noise;
                    pixels.push(u8::try_from(value.clamp(0, 255)).expect("a byte"));
                }
            }
        }
        pixels
    }
}
