//! Photos made by program, of which readers disagree: four hemispheres, denominators of zero, notes in XMP or IPTC alone,
//! zones of half hours, cameras whose clock was never set, and every container that holds notes.

use crate::photograph::{Chance, Photograph};

type Case = (String, Vec<u8>);

fn jpeg(name: &str, photograph: &Photograph) -> Case {
    (format!("{name}.jpg"), photograph.jpeg())
}

fn small() -> Photograph {
    Photograph { width: 16, height: 16, ..Photograph::default() }
}

/// The photos, with names that say what they are.
pub fn cases() -> Vec<Case> {
    let mut cases = hemispheres();
    cases.extend(zones_and_clocks());
    cases.extend(xmp_and_iptc());
    cases.extend(denominators());
    cases.extend(containers());
    cases
}

fn hemispheres() -> Vec<Case> {
    let mut dice = Chance(23);
    let part = |dice: &mut Chance, most: f64| (dice.below(1_000_001) as f64 / 1e6) * most;
    (0..24_u32)
        .map(|number| {
            let (south, west) = (number % 2 == 1, number % 4 >= 2);
            let latitude = part(&mut dice, 89.9) * if south { -1.0 } else { 1.0 };
            let longitude = part(&mut dice, 179.9) * if west { -1.0 } else { 1.0 };
            let side =
                format!("{}{}", if south { "south" } else { "north" }, if west { "west" } else { "east" });
            let photograph = Photograph {
                place: Some((latitude, longitude)),
                altitude: Some(f64::from(number) * 7.0 - 50.0),
                orientation: 1 + u16::try_from(number % 8).unwrap(),
                seed: u64::from(number),
                ..small()
            };
            jpeg(&format!("{number:02}-{side}"), &photograph)
        })
        .collect()
}

fn zones_and_clocks() -> Vec<Case> {
    let mut cases = Vec::new();
    for (number, offset) in
        ["+05:30", "+05:45", "-03:30", "+09:30", "+12:45", "-04:00", "+00:00", "+14:00", "-12:00"]
            .iter()
            .enumerate()
    {
        let photograph =
            Photograph { offset: (*offset).to_owned(), fraction: format!("{}", number * 11), ..small() };
        cases.push(jpeg(&format!("zone-{number}"), &photograph));
    }
    for (number, date) in [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2026:13:01 00:00:00",
        "1904:01:01 00:00:00",
        "2024:02:29 23:59:59",
        "2026:03:01 14:05:60",
        "2026-03-01 14:05:00",
    ]
    .iter()
    .enumerate()
    {
        cases.push(jpeg(&format!("clock-{number}"), &Photograph { date: (*date).to_owned(), ..small() }));
    }
    for (make, model) in [
        ("NIKON CORPORATION", "NIKON D7200"),
        ("  Canon  ", "Canon EOS R5"),
        ("samsung", "SM-G991B"),
        ("OLYMPUS IMAGING CORP.  ", "E-M5 Mark II   "),
        ("Müller & Söhne", "Kamera Ⅱ"),
        ("", "Unknown maker"),
    ] {
        let photograph = Photograph { make: make.to_owned(), model: model.to_owned(), ..small() };
        cases.push(jpeg(&format!("camera-{}", cases.len()), &photograph));
    }
    cases
}

fn packet(properties: &str) -> String {
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" \
         {properties}/></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>"
    )
}

/// Nothing of the camera.
fn bare() -> Photograph {
    Photograph { make: String::new(), model: String::new(), date: String::new(), orientation: 0, ..small() }
}

fn dataset(number: u8, text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    [&[0x1c, 2, number], length.as_slice(), text.as_bytes()].concat()
}

fn xmp_and_iptc() -> Vec<Case> {
    let mut cases = Vec::new();
    for (number, (latitude, longitude)) in [
        ("12,30.0S", "61,15,36W"),
        ("13,54.6N", "60,58.5W"),
        ("0,0.6N", "179,59.99E"),
        ("33,51,30S", "151,12,40E"),
    ]
    .iter()
    .enumerate()
    {
        let xmp = packet(&format!(
            "exif:GPSLatitude=\"{latitude}\" exif:GPSLongitude=\"{longitude}\" tiff:Make=\"Boatworks\" \
             tiff:Model=\"Mast Cam\" tiff:Orientation=\"{}\" exif:DateTimeOriginal=\"2026-03-0{}T14:05:00\"",
            number + 3,
            number + 1
        ));
        cases.push(jpeg(&format!("xmp-only-{number}"), &Photograph { xmp, ..bare() }));
    }
    // Scanned: digitised says XMP, and the camera says nothing.
    let scanned = packet("xmp:CreateDate=\"2019-06-02T10:11:12\" xmp:ModifyDate=\"2020-01-01T00:00:00\"");
    cases.push(jpeg("xmp-created", &Photograph { xmp: scanned, ..bare() }));
    // Both: the camera's own comes first.
    let both =
        packet("exif:DateTimeOriginal=\"2011-01-01T01:01:01\" tiff:Make=\"Other\" tiff:Orientation=\"8\"");
    cases.push(jpeg("xmp-and-exif", &Photograph { xmp: both, ..small() }));
    let iptc = [dataset(55, "20260301"), dataset(60, "062751-0500")].concat();
    cases.push(jpeg("iptc-only", &Photograph { iptc: iptc.clone(), ..bare() }));
    let day_alone = packet("photoshop:DateCreated=\"2026-03-01\"");
    cases.push(jpeg("iptc-knows-the-time", &Photograph { iptc, xmp: day_alone, ..bare() }));
    cases
}

/// The denominators of seconds, of minutes and of both are zero.
fn denominators() -> Vec<Case> {
    let placed = Photograph { place: Some((12.5, 61.75)), ..small() };
    let whole = placed.jpeg();
    let seconds = 100_000_u32.to_le_bytes();
    let first = whole.windows(4).position(|four| four == seconds).unwrap();
    [
        ("seconds", vec![first]),
        ("seconds-and-minutes", vec![first, first - 8]),
        ("both-seconds", vec![first, first + 24]),
    ]
    .into_iter()
    .map(|(name, places)| {
        let mut bytes = whole.clone();
        for at in places {
            bytes[at - 4..at + 4].fill(0);
        }
        (format!("zero-{name}.jpg"), bytes)
    })
    .collect()
}

fn png_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let checked = [kind, content].concat();
    let mut crc = u32::MAX;
    for byte in &checked {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    [&u32::try_from(content.len()).unwrap().to_be_bytes(), checked.as_slice(), &(!crc).to_be_bytes()].concat()
}

/// EXIF in each container that may hold it, and packed as older programs did.
fn containers() -> Vec<Case> {
    let photograph = Photograph { place: Some((17.01, -61.77)), offset: "-04:00".to_owned(), ..small() };
    let exif = photograph.exif();
    let head =
        [b"\x89PNG\r\n\x1a\n".as_slice(), &png_chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])]
            .concat();
    let packed = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6);
    let tail = [png_chunk(b"IDAT", &packed(&[0, 128])), png_chunk(b"IEND", b"")].concat();
    let png = |chunk: Vec<u8>| [head.as_slice(), &chunk, &tail].concat();
    let hexadecimal: String = [b"Exif\0\0", exif.as_slice()]
        .concat()
        .chunks(36)
        .map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + "\n")
        .collect();
    let profile = format!("\nexif\n{:8}\n{hexadecimal}", exif.len() + 6);
    let hidden = [b"Raw profile type exif\0\0".as_slice(), &packed(profile.as_bytes())].concat();
    let open = [b"Raw profile type exif\0".as_slice(), profile.as_bytes()].concat();
    let xmp = packet("exif:GPSLatitude=\"12,30.0S\" exif:GPSLongitude=\"61,15.5E\" tiff:Make=\"Boatworks\"");
    let text = [b"XML:com.adobe.xmp\0\x01\0\0\0".as_slice(), &packed(xmp.as_bytes())].concat();
    let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    let lossless = b"VP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0".as_slice();
    webp.extend_from_slice(lossless);
    webp.extend_from_slice(b"EXIF");
    webp.extend_from_slice(&u32::try_from(exif.len()).unwrap().to_le_bytes());
    webp.extend_from_slice(&exif);
    let size = u32::try_from(webp.len() - 8).unwrap();
    webp[4..8].copy_from_slice(&size.to_le_bytes());
    vec![
        ("chunk.png".to_owned(), png(png_chunk(b"eXIf", &exif))),
        ("packed-profile.png".to_owned(), png(png_chunk(b"zTXt", &hidden))),
        ("open-profile.png".to_owned(), png(png_chunk(b"tEXt", &open))),
        ("packed-xmp.png".to_owned(), png(png_chunk(b"iTXt", &text))),
        ("notes.webp".to_owned(), webp),
        ("notes.tif".to_owned(), exif),
    ]
}
