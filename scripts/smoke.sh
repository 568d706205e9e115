#!/usr/bin/env bash
# The program starts on an empty folder, makes a project, exports it, and ends when told to.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

build_all
folder="$(mktemp -d)"
program=""
trap 'if [[ -n "$program" ]]; then kill "$program" 2> /dev/null || true; fi; rm -rf "$folder"' EXIT
accid=(target/debug/accid --data "$folder/data")

port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')"
"${accid[@]}" up --demo --port "$port" > "$folder/log" 2>&1 &
program=$!
for _ in $(seq 100); do
    if node -e 'fetch(process.argv[1]).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))' \
        "http://127.0.0.1:$port/api/health"; then break; fi
    kill -0 "$program" 2> /dev/null || { cat "$folder/log"; fail "The program ended instead of starting."; }
done
"${accid[@]}" new "Smoke test" --type html
"${accid[@]}" list
"${accid[@]}" export smoke-test --out "$folder/site"
[[ -s "$folder/site/index.html" ]] || fail "The export has no index.html."
kill -TERM "$program"
wait "$program" || fail "The program did not end well when told to."
program=""
echo "The program starts, makes a project, exports it and ends."
