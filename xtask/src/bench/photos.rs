//! Photos: what their cameras wrote, and taking in a folder of 300, side by side with sigal and vipsthumbnail where they
//! are installed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use accid_media::{digest, probe};
use accid_test::{Photograph, Sandbox};

use super::{Row, machine, milliseconds};

/// Photos that are taken in.
const PHOTOS: u64 = 300;
/// Their size in pixels: 7.5 megapixels.
const SIZE: (u16, u16) = (3_168, 2_376);

/// Makes the photos, reads them, takes them in, and again.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    let folder = sandbox.path("photos");
    if fs::create_dir_all(&folder).is_err() {
        return Vec::new();
    }
    let files = make(&folder);
    let mut rows = vec![metadata(&files)];
    rows.extend(thumbnails(&files, sandbox));
    rows.extend(ingest(sandbox, &folder));
    rows
}

/// A dozen photographs as a camera writes them, each many times over with another byte at its end.
fn make(folder: &Path) -> Vec<PathBuf> {
    let masters: Vec<Vec<u8>> = (0..12)
        .map(|seed| {
            let place = Some((14.0 + seed as f64 / 100.0, -61.0));
            Photograph { width: SIZE.0, height: SIZE.1, seed: seed + 1, place, ..Photograph::default() }
                .jpeg()
        })
        .collect();
    let mut files = Vec::new();
    for number in 0..PHOTOS {
        let mut bytes = masters[usize::try_from(number).unwrap_or(0) % masters.len()].clone();
        bytes.extend(number.to_be_bytes());
        let file = folder.join(format!("IMG_{number:04}.jpg"));
        if fs::write(&file, bytes).is_ok() {
            files.push(file);
        }
    }
    files
}

fn metadata(files: &[PathBuf]) -> Row {
    let loaded: Vec<Vec<u8>> = files.iter().take(50).filter_map(|file| fs::read(file).ok()).collect();
    let begun = Instant::now();
    let mut found = 0;
    for bytes in loaded.iter().cycle().take(1_000) {
        found += usize::from(probe(bytes).is_ok_and(|picture| picture.notes.position.is_some()));
    }
    let seconds = begun.elapsed().as_secs_f64();
    Row::within(&format!("format, size and EXIF of 1,000 photos ({found} with a place)"), seconds, 0.3, "s")
}

/// 320 px pictures alone, on one thread: the processor's time of this process.
fn thumbnails(files: &[PathBuf], sandbox: &Sandbox) -> Vec<Row> {
    let few = &files[..files.len().min(60)];
    let before = machine::own_cpu();
    let made =
        few.iter().filter(|file| fs::read(file).is_ok_and(|bytes| digest(&bytes, &[320]).is_ok())).count();
    let own = (machine::own_cpu() - before).as_secs_f64();
    let out = sandbox.path("vips");
    drop(fs::create_dir_all(&out));
    let mut vips = Command::new("vipsthumbnail");
    vips.args(["--size", "320", "-o"]).arg(out.join("%s.jpg[Q=82]")).args(few);
    match cpu_of(vips) {
        Some((peer, _)) if peer.as_secs_f64() > 0.0 => vec![Row::within(
            &format!(
                "320 px pictures of {made} photos, {own:.2} s of processor time, against vipsthumbnail's {:.2} s",
                peer.as_secs_f64()
            ),
            own / peer.as_secs_f64(),
            1.2,
            "×",
        )],
        _ => vec![Row::known(
            &format!("320 px pictures of {made} photos (vipsthumbnail is not installed)"),
            format!("{own:.2} s of processor time"),
        )],
    }
}

fn ingest(sandbox: &Sandbox, folder: &Path) -> Vec<Row> {
    sandbox.run(&["new", "Photos", "--type", "gallery"]).good();
    let named = folder.to_string_lossy().into_owned();
    let begun = Instant::now();
    let Some((own, memory)) = cpu_of(sandbox.command(&["photos", "add", "photos", &named])) else {
        return Vec::new();
    };
    let wall = begun.elapsed();
    let begun = Instant::now();
    sandbox.run(&["photos", "add", "photos", &named]).good();
    let again = begun.elapsed();
    let own_seconds = own.as_secs_f64();
    let mut rows = vec![
        Row::known(
            "taking in 300 photos of 7.5 megapixels",
            format!("{:.1} s, {own_seconds:.1} s of processor time", wall.as_secs_f64()),
        ),
        Row::within("most memory while taking them in", memory / 1_000_000.0, 256.0, "MB"),
        Row::within("the same folder again, nothing new", milliseconds(again) / 1_000.0, 0.5, "s"),
    ];
    if let Some(peer) = sigal(sandbox, folder) {
        rows.push(Row::within(
            &format!(
                "processor time of taking them in, against sigal's two sizes ({:.1} s)",
                peer.as_secs_f64()
            ),
            own_seconds / peer.as_secs_f64(),
            0.65,
            "×",
        ));
    }
    rows
}

/// sigal (PyPI) with one album: pictures of 1920 pixels and thumbnails of 320.
fn sigal(sandbox: &Sandbox, folder: &Path) -> Option<Duration> {
    let settings = sandbox.path("sigal.conf.py");
    let text = format!(
        "source = {:?}\ndestination = {:?}\nimg_size = (1920, 1920)\nthumb_size = (320, 320)\nthumb_fit = False\n",
        folder.parent()?.to_string_lossy(),
        sandbox.text("gallery")
    );
    fs::write(&settings, text).ok()?;
    // Only the folder of photos, without what else lies beside it.
    let source = sandbox.path("sigal-source");
    fs::create_dir_all(source.join("photos")).ok()?;
    for entry in fs::read_dir(folder).ok()?.flatten() {
        drop(fs::hard_link(entry.path(), source.join("photos").join(entry.file_name())));
    }
    let mut command = Command::new("sigal");
    command.args(["build", "-n", "2", "-c"]).arg(&settings).arg(&source).arg(sandbox.path("gallery"));
    cpu_of(command).map(|(cpu, _)| cpu)
}

/// Processor time and most resident memory, in bytes, of a program until its end; none when it cannot be started or fails.
fn cpu_of(mut command: Command) -> Option<(Duration, f64)> {
    let before = machine::childrens_cpu();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    let mut memory = 0.0_f64;
    loop {
        if let Some(status) = child.try_wait().ok()? {
            let spent = machine::childrens_cpu().saturating_sub(before);
            return status.success().then_some((spent, memory));
        }
        if let Some((_, most)) = machine::spent_by(child.id()) {
            memory = memory.max(most);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
