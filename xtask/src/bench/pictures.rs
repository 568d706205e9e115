//! Export of 500 pictures, and again with one changed: only that one may be encoded.

use std::{collections::BTreeSet, fs, path::PathBuf, time::Instant};

use accid_test::Sandbox;
use serde_json::{Value, json};

use super::{Row, milliseconds};

const PICTURES: u32 = 500;

/// Exports, changes one picture, exports again.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    sandbox.run(&["new", "Pictures"]).good();
    let folder = sandbox.path("originals");
    if fs::create_dir_all(&folder).is_err() {
        return Vec::new();
    }
    for number in 0..=PICTURES {
        drop(fs::write(folder.join(format!("{number:03}.png")), png(number)));
    }
    let added = sandbox.json(&["photos", "add", "pictures", &sandbox.text("originals")]);
    let ids: Vec<Value> =
        added["items"].as_array().into_iter().flatten().map(|photo| photo["id"].clone()).collect();
    let server = sandbox.start(&["up"]);
    let show = |ids: &[Value]| {
        let images: Vec<Value> = ids.iter().map(|id| json!({"photo": id, "alt": "A square"})).collect();
        json!({"props": {"photos": images}})
    };
    let shown = usize::try_from(PICTURES).unwrap_or(0);
    let mut modules = Vec::new();
    for part in ids[..shown].chunks(50) {
        let body = json!({"page": "index", "type": "gallery", "props": show(part)["props"]});
        modules.push(server.call("POST", "/api/projects/pictures/modules", &body).data());
    }
    let export = || {
        let begun = Instant::now();
        let body = json!({"out": sandbox.text("site")});
        server.call("POST", "/api/html-builder/pictures/export-static?wait=true", &body).data();
        milliseconds(begun.elapsed())
    };
    let first = export();
    let derived = sandbox.project_folder("pictures").join("derived/images");
    let before = names(&derived);
    let mut part = ids[..50].to_vec();
    part[7] = ids[shown].clone();
    let path = format!("/api/projects/pictures/modules/{}", modules[0]["id"].as_str().unwrap_or_default());
    server.call("PUT", &path, &show(&part)).data();
    let second = export();
    let encoded: Vec<_> = names(&derived).difference(&before).cloned().collect();
    let originals: BTreeSet<String> = encoded.iter().filter_map(|(path, _)| original_of(path)).collect();
    vec![
        Row::known(
            "export of 500 pictures, each in its renditions",
            format!("{first:.0} ms, {} files", before.len()),
        ),
        Row::known(
            "export again with one picture changed",
            format!("{second:.0} ms, {} files", encoded.len()),
        ),
        Row::within("pictures encoded in that second export", originals.len() as f64, 1.0, ""),
    ]
}

/// Every rendition with the time it was written: a new time is a new encode.
fn names(folder: &std::path::Path) -> BTreeSet<(PathBuf, u128)> {
    let written = |path: &PathBuf| {
        let time = fs::metadata(path).and_then(|found| found.modified()).ok()?;
        Some(time.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos())
    };
    Sandbox::files(folder).into_iter().filter_map(|(path, _)| Some((path.clone(), written(&path)?))).collect()
}

/// The part of a rendition's name that its widths and formats share.
fn original_of(path: &std::path::Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    Some(stem.rsplit_once('-').map_or(stem, |(original, _)| original).to_owned())
}

/// A picture of 96 by 64 pixels, another for every number: a PNG without compression (RFC 2083, RFC 1950).
fn png(number: u32) -> Vec<u8> {
    let (width, height) = (96_u32, 64_u32);
    let mut rows = Vec::new();
    for line in 0..height {
        rows.push(0);
        for column in 0..width {
            let [_, high, middle, low] = (number * 7919 + line * 3 + column).to_be_bytes();
            rows.extend([low, middle.wrapping_mul(31), high ^ low.rotate_left(3)]);
        }
    }
    let mut data = vec![0x78, 0x01];
    let chunks: Vec<&[u8]> = rows.chunks(0xFFFF).collect();
    for (index, chunk) in chunks.iter().enumerate() {
        let length = u16::try_from(chunk.len()).unwrap_or(0);
        data.push(u8::from(index + 1 == chunks.len()));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend_from_slice(chunk);
    }
    data.extend(adler(&rows).to_be_bytes());
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
        let named = [kind.as_slice(), &content].concat();
        file.extend(u32::try_from(content.len()).unwrap_or(0).to_be_bytes());
        file.extend_from_slice(&named);
        file.extend(crc(&named).to_be_bytes());
    }
    file
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut one, mut two) = (1_u32, 0_u32);
    for byte in bytes {
        one = (one + u32::from(*byte)) % 65_521;
        two = (two + one) % 65_521;
    }
    (two << 16) | one
}

fn crc(bytes: &[u8]) -> u32 {
    let mut register = u32::MAX;
    for byte in bytes {
        register ^= u32::from(*byte);
        for _ in 0..8 {
            register = if register & 1 == 1 { (register >> 1) ^ 0xEDB8_8320 } else { register >> 1 };
        }
    }
    !register
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_of_their_standards() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler(b"Wikipedia"), 0x11E6_0398);
    }
}
