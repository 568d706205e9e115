//! What was found, as a page of `target/quality`, from which `docs/quality.md` is put together.

use std::{fs, path::Path};

use crate::tally::Tally;

/// Writes the page.
pub fn write(root: &Path, files: usize, tallies: &[&Tally]) {
    let rows: String = tallies.iter().map(|tally| tally.table()).collect();
    let differences = tallies.iter().flat_map(|tally| tally.differences());
    let differences: String = differences.map(|difference| format!("- {difference}\n")).collect();
    let page = format!(
        "# What is read of photos\n\nHow often ACCID says what ExifTool says, and libheif of the size of HEIC and AVIF, of \
         {files} real files: those with which ExifTool, exiv2, libexif, jhead, Pillow, goexif, metadata-extractor, libheif \
         and three packages of npm are tested (`scripts/photo-corpus.sh`). Counted is where the reference says anything. \
         Generated photos are compared in every run of the tests.\n\n\
         | what | the same | share |\n|---|---|---|\n{rows}\nWhere they differ:\n\n{differences}"
    );
    let folder = root.join("target/quality");
    fs::create_dir_all(&folder).expect("target/quality is made");
    fs::write(folder.join("photos.md"), page).expect("the page is written");
}
