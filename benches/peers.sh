#!/usr/bin/env bash
# peers.sh [FOLDER…]: copydesk and its peers on the same pages, as ratios of one run, as tables for docs/performance.md.
#
# Without FOLDER: one page, the sample site, and what COPYDESK_CORPUS names, once and ten times. Peers come from PyPI and
# npm into target/peers; one that is installed otherwise (mado) is taken from the PATH. Needs python3 and a release build.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export COPYDESK=${COPYDESK:-$root/target/release/copydesk}
peers=$root/target/peers

[ -x "$COPYDESK" ] || { echo "$COPYDESK is missing: cargo build --release" >&2; exit 2; }
mkdir -p "$peers"
if [ ! -x "$peers/python/bin/rumdl" ]; then
    python3 -m venv "$peers/python"
    "$peers/python/bin/pip" install --quiet rumdl typos codespell >&2
fi
if [ ! -e "$peers/node_modules/.bin/remark" ]; then
    npm install --prefix "$peers" --no-audit --no-fund --silent \
        markdownlint-cli2 remark-cli remark-validate-links >&2
fi
export PATH=$peers/python/bin:$peers/node_modules/.bin:$PATH
exec python3 "$root/benches/peers.py" "$@"
