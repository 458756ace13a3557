#!/usr/bin/env python3
"""generators.py TOOL COPYDESK: links of small sites, judged by what real builds of eleven generators made of them.

Fails where fewer links than before are judged right, or more that work are called broken.
"""
import re, subprocess, sys

LEAST_RIGHT, MOST_FALSE = 523, 2
run = subprocess.run([sys.executable, *sys.argv[1:]], capture_output=True, text=True)
lines = run.stdout.splitlines()
found = re.match(r"(\d+) of (\d+) links judged right, (\d+) false", lines[-1] if lines else "")
if not found:
    sys.exit(f"{sys.argv[1]} ended with {run.returncode}: {run.stderr[-2000:]}")
print(lines[-1])
right, wrong = int(found[1]), int(found[3])
if right < LEAST_RIGHT or wrong > MOST_FALSE:
    sys.exit(f"expected at least {LEAST_RIGHT} right and at most {MOST_FALSE} false; --show lists the others")
