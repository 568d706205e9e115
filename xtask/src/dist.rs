//! Packs `target/release/accid` with its licences as `tar.gz` and as a Debian package, with the system's own tools.

use crate::tree;

const NAME: &str = "accid";

/// Makes `dist/accid-VERSION-linux-ARCH.tar.gz` and `dist/accid_VERSION_ARCH.deb`.
pub fn run() -> Result<String, String> {
    let binary = "target/release/accid";
    if !tree::exists(binary) {
        return Err("There is no target/release/accid yet. Run `make build` first.".to_owned());
    }
    let version = env!("CARGO_PKG_VERSION");
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
    let archive = tarball(binary, version, architecture)?;
    let package = debian(binary, version, architecture)?;
    Ok(format!("Packed {archive} and {package}."))
}

fn copy(from: &str, to: &str) -> Result<(), String> {
    let bytes =
        std::fs::read(tree::root().join(from)).map_err(|error| format!("{from} cannot be read: {error}."))?;
    tree::write(to, &bytes)
}

fn tarball(binary: &str, version: &str, architecture: &str) -> Result<String, String> {
    let name = format!("{NAME}-{version}-linux-{architecture}");
    let folder = format!("dist/{name}");
    copy(binary, &format!("{folder}/{NAME}"))?;
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        copy(file, &format!("{folder}/{file}"))?;
    }
    tree::write(&format!("{folder}/THIRD-PARTY.md"), third_party()?.as_bytes())?;
    tree::output("chmod", &["755", &format!("{folder}/{NAME}")])?;
    let archive = format!("dist/{name}.tar.gz");
    let sorted = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner"];
    let arguments: Vec<&str> = sorted.into_iter().chain(["-C", "dist", "-czf", &archive, &name]).collect();
    tree::output("tar", &arguments)?;
    Ok(archive)
}

fn debian(binary: &str, version: &str, architecture: &str) -> Result<String, String> {
    let folder = format!("dist/deb-{version}");
    copy(binary, &format!("{folder}/usr/bin/{NAME}"))?;
    let documents = format!("{folder}/usr/share/doc/{NAME}");
    copy("LICENSE-MIT", &format!("{documents}/LICENSE-MIT"))?;
    copy("LICENSE-APACHE", &format!("{documents}/LICENSE-APACHE"))?;
    tree::write(&format!("{documents}/THIRD-PARTY.md"), third_party()?.as_bytes())?;
    let copyright = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\
         Upstream-Name: accid\n\nFiles: *\nCopyright: The ACCID contributors\nLicense: MIT or Apache-2.0\n \
         The texts are beside this file.\n";
    tree::write(&format!("{documents}/copyright"), copyright.as_bytes())?;
    let control = format!(
        "Package: {NAME}\nVersion: {version}\nArchitecture: {architecture}\nSection: web\nPriority: optional\n\
         Maintainer: The ACCID contributors <accid@localhost>\nDepends: libc6, libgcc-s1\n\
         Description: local-first creative studio for your own website\n \
         Edit a site on a canvas that is the export, go back in time, publish plain\n static HTML. Works offline; \
         everything stays in a folder you own.\n"
    );
    tree::write(&format!("{folder}/DEBIAN/control"), control.as_bytes())?;
    tree::output("chmod", &["-R", "u=rwX,go=rX", &folder])?;
    tree::output("chmod", &["755", &format!("{folder}/usr/bin/{NAME}")])?;
    let package = format!("dist/{NAME}_{version}_{architecture}.deb");
    tree::output("dpkg-deb", &["--root-owner-group", "--build", &folder, &package])?;
    Ok(package)
}

/// The packages inside the binary and their licences.
fn third_party() -> Result<String, String> {
    let tree = tree::output(
        "cargo",
        &["tree", "--package", NAME, "--edges", "normal", "--prefix", "none", "--format", "{p}\t{l}"],
    )?;
    let mut lines: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    lines.retain(|line| !line.contains(" (/") && !line.contains("(proc-macro)"));
    lines.sort_unstable();
    lines.dedup();
    let mut text = String::from("# What ACCID is built from\n\n| package | licence |\n|---|---|\n");
    for line in lines {
        if let Some((package, licence)) = line.split_once('\t') {
            text.push_str(&format!("| {package} | {licence} |\n"));
        }
    }
    Ok(text)
}
