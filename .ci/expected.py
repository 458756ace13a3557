#!/usr/bin/env python3
"""expected.py cases|wild TOOL COPYDESK: runs a scorer and compares what fails with what is expected to fail.

.ci/expected/cases.txt has a line for each case that is not expected to pass yet, and .ci/expected/wild.txt one for each count that may
be over its limit, up to the number given there. Both lists only shrink: a failure that is not listed fails here, and so does a line
that is no longer needed. Lines begin with `#` where they give the reason of those below.
"""
import pathlib, re, subprocess, sys

kind, tool, copydesk = sys.argv[1:]
listed = {}
for line in (pathlib.Path(__file__).parent / "expected" / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
    if line and not line.startswith("#"):
        name, _, most = line.partition(": ")
        listed[name] = int(most or 0)
run = subprocess.run([sys.executable, tool, copydesk], capture_output=True, text=True)
if run.returncode not in (0, 1) or not run.stdout.strip():
    sys.exit(f"{tool} ended with {run.returncode}: {run.stderr[-2000:]}")
found, about, site = {}, {}, ""
for line in run.stdout.splitlines():
    if case := re.match(r"FAIL (\S+) ", line):
        found[case[1]] = 0
        about[case[1]] = [line]
        site = case[1]
    elif over := re.match(r"  OVER (\S+): (\d+),", line):
        found[f"{site} {over[1]}"] = int(over[2])
        about[f"{site} {over[1]}"] = [line]
    elif page := re.match(r"(\S+): \d+ files", line):
        site = page[1]
    elif line.startswith("     ") and kind == "cases":
        about[site].append(line)
wrong = []
for name, count in found.items():
    if name not in listed:
        wrong += [f"not expected to fail: {name}", *about[name]]
    elif (count < listed[name] if name.endswith(" files") else count > listed[name]):
        wrong.append(f"{name} is {count}, and {listed[name]} are expected")
wrong += [f"no longer fails, remove it from .ci/expected/{kind}.txt: {name}" for name in listed if name not in found]
print("\n".join(wrong))
print(run.stdout.splitlines()[-1] + f"; {len(listed)} expected to fail")
sys.exit(bool(wrong))
