#!/usr/bin/env python3
"""links.py COPYDESK SAMPLES: what copydesk finds in the links of the sample posts against what people know.

Of the rows of level error or warning nineteen of twenty must be found at their line, in the link whose column they name, with
a config that says no more than where the site is published and what moved. What is found beyond them is listed, but for
infos.
"""
import json, pathlib, shutil, subprocess, sys, tempfile

COPYDESK, SAMPLES = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
CONFIG = """\
site:
  url: https://www.starlingx.io
  aliases: [https://starlingx.io]
links:
  moved:
    https://www.gatsbyjs.org: https://www.gatsbyjs.com
    https://www.netlifycms.org: https://decapcms.org
    https://mirror.starlingx.cengn.ca/mirror: https://mirror.starlingx.windriver.com/mirror
    https://github.com/bmuniz-daitan: https://github.com/brunomuniz-encora
    https://www.openstack.org/ptg: https://openinfra.org/ptg
    https://openinfra.dev: https://openinfra.org
    https://etherpad.openstack.org: https://etherpad.opendev.org
    https://lists.starlingx.io/cgi-bin/mailman: https://lists.starlingx.io/mailman3
    https://lists.starlingx.io/pipermail: https://lists.starlingx.io/archives
"""
# Which rule says what a row says.
RULES = {
    "stale-url-pattern": "moved-url", "stale-host": "moved-url", "superseded-url": "moved-url",
    "bare-url": "bare-url", "fm-noncanonical-host": "non-canonical-host", "noncanonical-host": "non-canonical-host",
    "http-not-https": "insecure-url", "fm-http-not-https": "insecure-url", "self-link-stale-form": "self-link",
    "root-link-no-trailing-slash": "self-link", "generic-link-text": "vague-link-text",
    "image-alt-placeholder": "placeholder-alt-text", "text-url-mismatch": "misleading-link-text",
    "tracking-param": "tracking-parameter", "credential-in-query": "url-credential",
    "destination-with-spaces": "link-syntax",
}
# A row names the column where its link begins; the finding lies somewhere in the link.
LONGEST = 400

rows = [json.loads(line) for line in (SAMPLES / "starlingx-truth/links.jsonl").read_text().splitlines()]
wanted = [row for row in rows if row["severity"] in ("error", "warning")]
with tempfile.TemporaryDirectory() as folder:
    site = pathlib.Path(folder) / "site"
    shutil.copytree(SAMPLES / "starlingx", site)
    subprocess.run(["chmod", "-R", "u+w", site], check=True)
    (site / "copydesk.yaml").write_text(CONFIG)
    command = [COPYDESK, "check", "--format", "json", "--select", "links", "--select", "images", "."]
    run = subprocess.run(command, cwd=site, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"copydesk ended with {run.returncode}: {run.stderr}{run.stdout}")
found = json.loads(run.stdout)["diagnostics"]


def says(finding, row):
    """Whether a finding lies in the link that a row is about; with its bracket it may begin a little before."""
    is_there = (finding["file"], finding["line"]) == (row["path"], row["line"])
    return is_there and row["column"] - 2 <= finding["column"] <= row["column"] + LONGEST


def is_found(row):
    of_rule = [d for d in found if d["rule"] == RULES.get(row["kind"])]
    # What is left of a link that is written wrong is no finding of its own.
    written = [d for d in found if d["rule"] == "link-syntax" and d["file"] == row["path"] and d["line"] == row["line"]]
    return any(says(d, row) for d in of_rule) or any(d["column"] <= row["column"] < d["endColumn"] for d in written)


missed = [row for row in wanted if not is_found(row)]
extra = [d for d in found if d["severity"] != "info" and not any(says(d, row) for row in rows)]
for row in missed:
    print(f"not found: {row['path']}:{row['line']}:{row['column']} {row['kind']} {row['url']}")
for d in extra:
    print(f"beyond the truth: {d['file']}:{d['line']}:{d['column']} {d['severity']}[{d['rule']}] {d['message']}")
print(f"{len(wanted) - len(missed)} of {len(wanted)} rows found, {len(found)} findings, {len(extra)} beyond the truth")
sys.exit(len(missed) * 20 > len(wanted))
