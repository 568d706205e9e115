//! What ACCID reads of photos is what ExifTool and libheif read. The short form has generated files and what ExifTool said
//! of them when they were written down; the long one (`ACCID_LONG=1`) asks both programs themselves, about those and about
//! real photographs of other programs' tests, and keeps the result in `target/quality`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "agreement/generated.rs"]
mod generated;
#[path = "../../accid-test/src/photograph.rs"]
mod photograph;
#[path = "agreement/quality.rs"]
mod quality;
#[path = "agreement/tally.rs"]
mod tally;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use accid_media::{MediaError, PictureFormat, probe, read_notes};
use serde_json::Value;

use tally::Tally;

/// What ExifTool is asked for, numbers as numbers.
const ASKED: [&str; 12] = [
    "-Make",
    "-Model",
    "-DateTimeOriginal",
    "-CreateDate",
    "-OffsetTimeOriginal",
    "-OffsetTimeDigitized",
    "-Orientation",
    "-GPSLatitude",
    "-GPSLongitude",
    "-ImageWidth",
    "-ImageHeight",
    "-FileType",
];

/// What ExifTool said of the generated files, by their names.
const RECORDED: &str = include_str!("agreement/exiftool.json");

/// Files of which the packages say themselves that they are attacks or damaged on purpose, and such as are no photos:
/// `ExifTool.jpg` is put together from the notes of several cameras.
const HOSTILE: &[&str] = &[
    "poc",
    "fuzz",
    "issue_",
    "expected-txt",
    "crash",
    "corrupt",
    "exiv2-sf",
    "exiv2-bug",
    "cve",
    "invalid",
    "exiftool.jpg",
];

fn long_form() -> bool {
    std::env::var_os("ACCID_LONG").is_some()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What ExifTool says of files, by their paths; none when it is not installed.
fn exiftool(files: &[PathBuf], folder: &Path) -> Option<BTreeMap<String, Value>> {
    let list = folder.join("files.txt");
    let names: Vec<String> = files.iter().map(|file| file.to_string_lossy().into_owned()).collect();
    fs::write(&list, names.join("\n")).unwrap();
    let mut program = Command::new("exiftool");
    let said = program.args(["-n", "-j", "-q", "-q"]).args(ASKED).arg("-@").arg(&list).output().ok()?;
    let said: Vec<Value> = serde_json::from_slice(&said.stdout).expect("exiftool answers with JSON");
    Some(said.into_iter().map(|one| (one["SourceFile"].as_str().unwrap().to_owned(), one)).collect())
}

#[test]
fn generated_photos_are_read_as_exiftool_reads_them() {
    let cases = generated::cases();
    let recorded: BTreeMap<String, Value> = serde_json::from_str(RECORDED).unwrap();
    let mut tally = Tally::default();
    for (name, bytes) in &cases {
        let said =
            recorded.get(name).unwrap_or_else(|| panic!("what ExifTool says of {name} is not written down"));
        tally.compare(name, said, &read_notes(bytes).unwrap());
    }
    assert!(tally.differences().is_empty(), "{:#?}", tally.differences());
    let counted: Vec<(&str, usize)> = tally.counts().map(|(field, _, total)| (field, total)).collect();
    assert!(counted.len() == 6 && counted.iter().all(|(_, total)| *total >= 4), "{counted:?}");
    assert!(cases.len() >= 60);
}

/// The generated files, asked about anew: that what is written down is what ExifTool says.
#[test]
fn what_is_written_down_of_the_generated_photos_is_what_exiftool_says() {
    if !long_form() {
        return;
    }
    let folder = root().join("target/photo-corpus/generated");
    fs::create_dir_all(&folder).unwrap();
    let mut files = Vec::new();
    for (name, bytes) in generated::cases() {
        files.push(folder.join(&name));
        fs::write(folder.join(&name), bytes).unwrap();
    }
    let Some(said) = exiftool(&files, &folder) else {
        println!("ExifTool is not installed; what it said before is taken for what it says.");
        return;
    };
    let said: BTreeMap<String, Value> = said
        .into_iter()
        .map(|(path, mut said)| {
            said.as_object_mut().unwrap().remove("SourceFile");
            (Path::new(&path).file_name().unwrap().to_string_lossy().into_owned(), said)
        })
        .collect();
    if std::env::var_os("ACCID_RECORD").is_some() {
        let path = root().join("crates/accid-media/tests/agreement/exiftool.json");
        fs::write(path, serde_json::to_string_pretty(&said).unwrap() + "\n").unwrap();
        return;
    }
    let recorded: BTreeMap<String, Value> = serde_json::from_str(RECORDED).unwrap();
    assert_eq!(said, recorded);
}

fn pictures_in(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pictures_in(&path, found);
            continue;
        }
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if accid_media::PICTURE_ENDINGS.contains(&ending.as_str()) {
            found.push(path);
        }
    }
}

/// A JPEG of which only the camera's notes were kept, with a picture behind them: so both readers take it for a photo.
fn completed(file: &Path) {
    let bytes = fs::read(file).unwrap();
    let cut = matches!(probe(&bytes), Err(MediaError::Damaged { format: PictureFormat::Jpeg, .. }));
    if !cut || bytes.windows(2).any(|two| matches!(two, [0xff, 0xc0 | 0xc2 | 0xd9])) {
        return;
    }
    let whole = photograph::Photograph::default().jpeg();
    let tables = whole.windows(2).position(|two| two == [0xff, 0xdb]).unwrap();
    fs::write(file, [&bytes, &whole[tables..]].concat()).unwrap();
}

/// The photographs of other programs' tests; none when they cannot be had.
fn corpus() -> Option<Vec<PathBuf>> {
    let folder = root().join("target/photo-corpus");
    let status = Command::new(root().join("scripts/photo-corpus.sh")).arg(&folder).status();
    if !status.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut files = Vec::new();
    pictures_in(&folder.join("files"), &mut files);
    let start = folder.join("files").to_string_lossy().len();
    files.retain(|file| {
        let name = file.to_string_lossy()[start..].to_lowercase();
        !HOSTILE.iter().any(|word| name.contains(word))
    });
    files.sort();
    files.iter().for_each(|file| completed(file));
    Some(files)
}

#[test]
fn real_photographs_are_read_as_exiftool_and_libheif_read_them() {
    if !long_form() {
        return;
    }
    let Some(files) = corpus() else { return };
    let folder = root().join("target/photo-corpus");
    let Some(said) = exiftool(&files, &folder) else {
        println!(
            "ExifTool is not installed (on Debian: libimage-exiftool-perl). This comparison is left out."
        );
        return;
    };
    let mut tally = Tally::default();
    let (mut read, mut heif) = (0, Tally::default());
    for file in &files {
        let name = file.strip_prefix(folder.join("files")).unwrap().to_string_lossy().into_owned();
        let Some(said) = said.get(&*file.to_string_lossy()) else { continue };
        let bytes = fs::read(file).unwrap();
        let Ok(notes) = read_notes(&bytes) else { continue };
        read += 1;
        tally.compare(&name, said, &notes);
        if let Ok(picture) = probe(&bytes)
            && matches!(picture.format, PictureFormat::Heic | PictureFormat::Avif)
            && let Some(size) = libheif(file)
        {
            heif.count("size of HEIC and AVIF, upright", &name, size, (picture.width, picture.height));
        }
    }
    println!("{read} files\n{}{}", tally.table(), heif.table());
    println!("{:#?}{:#?}", tally.differences(), heif.differences());
    quality::write(&root(), read, &[&tally, &heif]);
    for (field, same, total) in tally.counts() {
        let share = same as f64 / total as f64;
        let promised = if field == tally::PLACE { 1.0 } else { 0.995 };
        assert!(share >= promised, "{field}: {same} of {total}");
    }
    assert!(read > 400 && heif.counts().all(|(_, same, total)| same == total), "{read}");
}

/// Width and height of a picture as libheif gives it, upright; none when it is not installed or does not read the file.
fn libheif(file: &Path) -> Option<(u32, u32)> {
    let said = Command::new("heif-info").arg(file).output().ok().filter(|said| said.status.success())?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let line = text.lines().find(|line| line.starts_with("image:") && line.contains("primary"))?;
    let (width, height) = line.split_whitespace().nth(1)?.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}
