#!/usr/bin/env bash
# peers.sh [FOLDER]: copydesk and the peers that are installed, on the same folder, as ratios of one run.
#
# Needs hyperfine and a release build. Peers do other work than copydesk, most of them less on front matter and more on
# Markdown style; the figures say what a run costs, not which is better. Without FOLDER it takes the sample site.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/fixtures/sites/harbour}
copydesk=${COPYDESK:-$root/target/release/copydesk}
has() { command -v "$1" >/dev/null 2>&1; }

has hyperfine || { echo "hyperfine is not installed"; exit 2; }
[ -x "$copydesk" ] || { echo "$copydesk is missing: cargo build --release"; exit 2; }

commands=("$copydesk check --no-config --format concise $folder")
add() { if has "$1"; then commands+=("$2"); else echo "skipped: $1 is not installed"; fi; }
add mado "mado check $folder"
add rumdl "rumdl check --no-cache --no-config $folder"
add markdownlint-cli2 "markdownlint-cli2 $folder/**/*.md"

results=$(mktemp)
trap 'rm -f "$results"' EXIT
hyperfine --shell none --warmup 5 --export-json "$results" "$copydesk --version" true >/dev/null 2>&1
python3 - "$results" <<'PY'
import json, sys
start, true = (result["mean"] * 1e3 for result in json.load(open(sys.argv[1]))["results"])
print(f"start of the process: {start - true:.1f} ms more than true")
PY
hyperfine --ignore-failure --warmup 2 --export-json "$results" "${commands[@]}" >/dev/null 2>&1
python3 - "$results" <<'PY'
import json, sys
results = json.load(open(sys.argv[1]))["results"]
first = results[0]["mean"]
for result in results:
    name = result["command"].split()[0].rsplit("/", 1)[-1]
    print(f"{name:20} {result['mean'] * 1e3:9.1f} ms  {result['mean'] / first:6.2f} x copydesk")
PY
