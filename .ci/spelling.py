#!/usr/bin/env python3
"""spelling.py SCORE COPYDESK: what the spelling rules are worth on typos that people made and mended.

SCORE is the program that measures it. Fails where a figure is worse than what is promised in docs/spelling.md.
"""
import json, subprocess, sys

score, copydesk = sys.argv[1:]
AT_LEAST = {"recall": 91.5, "first_fix": 96.0}
AT_MOST = {"false_per_1000_clean": 0.008, "false_per_1000_posts": 0.0}

run = subprocess.run([sys.executable, score, "--binary", copydesk, "--json"], capture_output=True, text=True)
if run.returncode:
    sys.exit(f"{score} ended with {run.returncode}: {run.stderr}")
figures = json.loads(run.stdout)
failed = [f"{name} is {figures[name]:.3f}, less than {least}" for name, least in AT_LEAST.items() if figures[name] < least]
failed += [f"{name} is {figures[name]:.3f}, more than {most}" for name, most in AT_MOST.items() if figures[name] > most]
print(", ".join(f"{name} {figures[name]:.3f}" for name in (*AT_LEAST, *AT_MOST)))
for failure in failed:
    print(failure)
sys.exit(bool(failed))
