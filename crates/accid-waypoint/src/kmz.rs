//! KML as Google Earth packs it: a zip with one document and perhaps pictures (OGC 12-007r2, annex C). Must not know what
//! the document says.

use std::io::{Cursor, Read as _};

use accid_geo::GeoError;
use zip::ZipArchive;

/// Most bytes of a document that is unpacked.
const MOST: u64 = 64 << 20;

/// Whether a file is a zip.
pub(crate) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The document in it: `doc.kml`, or the first that ends so.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, GeoError> {
    let unreadable = |reason: &str| GeoError::Unreadable { format: "KMZ", reason: reason.to_owned() };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable("it is no zip, or it is damaged"))?;
    let is_document = |name: &&str| name.to_ascii_lowercase().ends_with(".kml");
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let documents = || names.iter().map(String::as_str).filter(is_document);
    let name = documents()
        .find(|name| *name == "doc.kml")
        .or_else(|| documents().next())
        .ok_or_else(|| unreadable("there is no KML in it"))?;
    let damaged = || unreadable("the KML in it is damaged");
    let document = archive.by_name(name).map_err(|_| damaged())?;
    let mut content = Vec::new();
    // Whatever it says of its size, no more than that is unpacked.
    document.take(MOST + 1).read_to_end(&mut content).map_err(|_| damaged())?;
    if content.len() as u64 > MOST {
        return Err(GeoError::TooLarge { format: "KMZ", what: "bytes", most: MOST as usize });
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_document_is_found_whatever_lies_beside_it() {
        let picture = ("files/a.png", &b"PNG"[..]);
        let one = packed(&[picture, ("Route.KML", b"<kml/>")]);
        assert!(is_packed(&one));
        assert_eq!(unpack(&one).unwrap(), b"<kml/>");
        let two = packed(&[("a/other.kml", b"no"), ("doc.kml", b"<kml>this</kml>")]);
        assert_eq!(unpack(&two).unwrap(), b"<kml>this</kml>");
    }

    #[test]
    fn what_is_no_kmz_or_unpacks_to_too_much_is_refused_with_a_sentence() {
        let bomb = packed(&[("doc.kml", &vec![b' '; MOST as usize + 1])]);
        assert!(bomb.len() < 1 << 20);
        let mut damaged = packed(&[("doc.kml", &[b'x'; 4_000])]);
        damaged.truncate(60);
        for (bytes, word) in [
            (packed(&[("a.txt", b"")]), "no KML"),
            (b"PK\x03\x04".to_vec(), "no zip"),
            (damaged, "no zip"),
            (bomb, "more bytes"),
        ] {
            let said = unpack(&bytes).unwrap_err().to_string();
            assert!(said.contains(word), "{said}");
        }
    }
}
