# What the scripts share: plain sentences, tools, and npm installs that happen only when a lock file changed.
# Sourced, never run. Every function works from the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'accid: %s\n' "$*" >&2; exit 1; }

need_rust() {
    command -v cargo > /dev/null ||
        fail "Rust is not installed. ACCID is built with it. Install it from https://rustup.rs and run this again."
}

need_node() {
    command -v node > /dev/null && command -v npm > /dev/null ||
        fail "Node.js is not installed. The web studio is built with it. Install version 20 or newer from https://nodejs.org and run this again."
    local major
    major="$(node --version | sed -E 's/^v([0-9]+).*/\1/')"
    ((major >= 20)) || fail "Node.js $(node --version) is too old. ACCID needs version 20 or newer. Update it and run this again."
}

# npm_install FOLDER: `npm ci` when its lock file is not the one that is installed.
npm_install() {
    local folder="$1" stamp wanted
    stamp="$folder/node_modules/.accid-lock"
    wanted="$(sha256sum "$folder/package-lock.json" | cut -d' ' -f1) $(node --version)"
    if [[ ! -f "$stamp" || "$(cat "$stamp")" != "$wanted" ]]; then
        say "Installing npm packages of $folder"
        npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
        printf '%s' "$wanted" > "$stamp"
    fi
}

# Hash of everything the web studio is built from.
web_sources() {
    find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -path 'web/judges/*' \
        -not -path 'web/e2e/*' -not -path 'web/bench/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# build_web: installs and builds the web studio when its source changed; the program embeds web/app/dist.
build_web() {
    [[ -f web/package.json ]] || return 0
    need_node
    npm_install web
    local wanted
    wanted="$(web_sources)"
    if [[ ! -f web/app/dist/index.html || "$(cat web/app/dist/.accid-sources 2> /dev/null || true)" != "$wanted" ]]; then
        say "Building the web studio"
        npm run build --prefix web
        printf '%s' "$wanted" > web/app/dist/.accid-sources
    fi
}

# build_all: the programs and all tests in one go. A build of one package alone has other features of its dependencies
# than the tests have, and would compile half of them a second time.
build_all() { cargo build --quiet --workspace --all-targets; }

# need_packages PROGRAM:PACKAGE…: on Debian and its kin, as root, installs what is missing; otherwise says what to do.
need_packages() {
    local missing=() pair
    for pair in "$@"; do
        command -v "${pair%%:*}" > /dev/null || missing+=("${pair#*:}")
    done
    ((${#missing[@]} == 0)) && return 0
    if [[ "$(id -u)" == 0 ]] && command -v apt-get > /dev/null; then
        say "Installing ${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null && return 0
        fail "The tests need ${missing[*]}, and apt-get could not install them. Install them by hand and run this again."
    fi
    fail "The tests need ${missing[*]}. Install them (on Debian: sudo apt-get install ${missing[*]}) and run this again."
}
