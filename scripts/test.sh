#!/usr/bin/env bash
# Runs groups of tests (lint, unit, integration, web, e2e, smoke), sums them up, and ends with `N passed, N failed`.
# With ACCID_LONG=1 the tests themselves take their long form. A group never stops the next one.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

passed=0
failed=0
failures=()
log="$(mktemp -d)"
trap 'rm -rf "$log"' EXIT

# Adds up the closing lines of the runners: nextest, cargo test, vitest, node --test. Prints `passed failed`.
tally() {
    sed -E 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        function number(text, word,    found) {
            if (match(text, "[0-9]+ " word)) { found = substr(text, RSTART, RLENGTH); sub(/ .*/, "", found); return found + 0 }
            return 0
        }
        /^ *Summary \[/ { good += number($0, "passed"); bad += number($0, "failed") + number($0, "timed out") + number($0, "exec failed") }
        /^test result:/ { good += number($0, "passed"); bad += number($0, "failed") }
        /^ *Tests  / { good += number($0, "passed"); bad += number($0, "failed") }
        /^(ℹ|#) pass [0-9]+$/ { good += $3 }
        /^(ℹ|#) (fail|cancelled) [0-9]+$/ { bad += $3 }
        END { print good + 0, bad + 0 }'
}

# run NAME COMMAND…: runs a test runner and adds what it counted; a runner that counts nothing is one test itself.
run() {
    local name="$1" status=0 good bad
    shift
    say "$name"
    "$@" 2>&1 | tee "$log/out" || status=$?
    read -r good bad < <(tally "$log/out")
    if ((status != 0 && bad == 0)); then bad=1; fi
    if ((status == 0 && good + bad == 0)); then good=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
    if ((bad > 0)); then failures+=("$name"); fi
}

cargo_tests() {
    local name="$1" filter="$2" fallback="$3"
    if cargo nextest --version > /dev/null 2>&1; then
        run "$name" cargo nextest run --workspace --no-tests=pass -E "$filter"
    else
        # shellcheck disable=SC2086 # several words on purpose
        run "$name" cargo test --workspace --no-fail-fast $fallback
    fi
}

npm_script() { node -e 'process.exit(require("./web/package.json").scripts?.[process.argv[1]] ? 0 : 1)' "$1"; }

group_lint() {
    run "Format" cargo fmt --all --check
    run "Clippy" cargo clippy --workspace --all-targets --quiet -- -D warnings
    run "Everything builds" build_all
    run "Generated files are those in the tree" target/debug/xtask gen --check
    # Long: the copy is compiled from the ground up.
    if [[ -n "${ACCID_LONG:-}" ]]; then run "A module type from the template compiles" scripts/check-new-module.sh; fi
    if npm_script typecheck; then run "TypeScript" npm run typecheck --prefix web; fi
    if npm_script lint; then run "Web lint" npm run lint --prefix web; fi
}

group_unit() { cargo_tests "Unit tests" 'kind(lib) + kind(bin) + kind(proc-macro)' "--lib --bins"; }

group_integration() {
    need_packages strace:strace zstd:zstd
    # Long: the judge of backups.
    if [[ -n "${ACCID_LONG:-}" ]]; then need_packages restic:restic; fi
    cargo_tests "Integration tests" 'kind(test)' "--test *"
}

group_web() { if npm_script test; then run "Web unit tests" npm test --prefix web; fi; }

group_smoke() { run "Smoke test" scripts/smoke.sh; }

group_e2e() {
    need_packages chromium:chromium java:default-jre-headless
    run "End to end" scripts/e2e.sh
}

need_rust
need_node
build_web
# What the long form finds is kept by each suite in a file there, as a section of docs/quality.md.
if [[ -n "${ACCID_LONG:-}" ]]; then rm -rf target/quality; fi
for group in "$@"; do "group_$group"; done
if [[ -n "${ACCID_LONG:-}" ]]; then node scripts/quality.mjs target/quality docs/quality.md; fi

if ((${#failures[@]} > 0)); then printf '\nFailed: %s\n' "$(IFS=';'; echo "${failures[*]}")"; fi
printf '\n%s passed, %s failed\n' "$passed" "$failed"
((failed == 0 && passed > 0))
