#!/usr/bin/env bash
# Builds the web studio, and the program that embeds it: `build.sh release|dev|web`.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

what="${1:-release}"
need_rust
need_node
build_web
case "$what" in
    release) cargo build --release --package accid ;;
    dev) cargo build --package accid ;;
    web) ;;
    *) fail "There is no such build: $what. Use release, dev or web." ;;
esac
