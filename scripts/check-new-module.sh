#!/usr/bin/env bash
# The recipe "add a module type" of CONTRIBUTING.md, tried on a copy of the source: what the template gives compiles.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

build_all
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cp -r Cargo.toml Cargo.lock clippy.toml crates xtask "$folder"
cd "$folder"
"$CARGO_TARGET_DIR/debug/xtask" new-module price-list > /dev/null
cargo clippy --quiet --package accid-render --all-targets -- -D warnings
echo "A new module type compiles as the template gives it."
