#!/usr/bin/env bash
# Hot reload: the program serves the API, Vite serves the studio and passes API calls on. `dev.sh DATA PORT`
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

data="${1:-data}"
port="${2:-9847}"
need_rust
need_node
build_web
cargo build --package accid
target/debug/accid up --demo --data "$data" --port "$port" &
program=$!
trap 'kill "$program" 2> /dev/null || true; wait "$program" 2> /dev/null || true' EXIT
ACCID_URL="http://127.0.0.1:$port" npm run dev --prefix web
