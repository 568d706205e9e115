#!/usr/bin/env bash
# The demo and the templates, exported and judged; then the studio in a browser. Runs the real program on a folder of its own.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

build_all
npm_install web/judges
folder="$(mktemp -d)"
program=""
trap 'if [[ -n "$program" ]]; then kill "$program" 2> /dev/null || true; wait "$program" 2> /dev/null || true; fi; rm -rf "$folder"' EXIT
accid=(target/debug/accid --data "$folder/data")
status=0

port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
"${accid[@]}" up --demo --port "$port" > "$folder/log" 2>&1 &
program=$!
export ACCID_URL="http://127.0.0.1:$port"
node scripts/wait-for-demo.mjs "$ACCID_URL" || { cat "$folder/log"; fail "The program did not start."; }

say "The judges themselves"
node --test --test-reporter=spec web/judges/self.test.mjs || status=1

say "Judging the demo in every theme, and the templates"
node web/judges/export.mjs "$PWD/target/debug/accid" "$folder/data" "$folder/sites"
ACCID_SITES="$folder/sites" ACCID_QUALITY="target/quality" \
    node --test --test-concurrency=2 --test-reporter=spec web/judges/judge.test.mjs web/judges/measure.test.mjs || status=1

if compgen -G 'web/e2e/*.mjs' > /dev/null; then
    say "The studio in a browser"
    ACCID_DATA_FOLDER="$folder/data" node --test --test-concurrency=1 --test-reporter=spec web/e2e/*.mjs || status=1
fi
if ((status != 0)); then
    say "Warnings in the program's log"
    grep -E '"level":"(WARN|ERROR)"' "$folder/log" | tail -50 || true
fi
exit "$status"
