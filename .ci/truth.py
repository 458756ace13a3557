#!/usr/bin/env python3
"""truth.py COPYDESK SAMPLES: what copydesk finds in the front matter of the sample posts against what people know.

Every row of the truth that counts must be found, once, at its line and column, and nothing else at level warning or above.
Checked with the CMS config alone, with a config that names data and authors, and with two more posts put at their place.
"""
import json, pathlib, shutil, subprocess, sys, tempfile

COPYDESK, SAMPLES = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
KINDS = {"category-id-mismatch", "category-key-drift", "author-unknown", "category-missing-id", "date-without-time"}
# Defects of other pages that are true and outside the five kinds.
ALSO_TRUE = {"wrong-type"}
CONFIG = """\
collections:
  blog:
    files: "src/pages/blog/*.md"
    schema: builtin:blog-post
    dates: { date: { form: date-time } }
    references:
      author: { files: "src/pages/author/*.md", key: authorName, list-separator: [", ", " and "] }
      category: { data: src/content/blog-config.json, items: /categories, id: [id, value], label: { label: text } }
"""
failures = []


def findings(site):
    run = subprocess.run([COPYDESK, "check", "--format", "json", "."], cwd=site, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"copydesk ended with {run.returncode}: {run.stderr}{run.stdout}")
    found = json.loads(run.stdout)["diagnostics"]
    return [d for d in found if d["group"] == "front-matter" and d["severity"] != "info"]


def rows():
    for line in (SAMPLES / "starlingx-truth/front_matter.jsonl").read_text().splitlines():
        yield json.loads(line)


def place(row):
    return row["path"], row["line"], row["column"]


def compare(name, found, wanted, allowed):
    places = [(d["file"], d["line"], d["column"]) for d in found]
    missed = [w for w in wanted if places.count(w) != 1]
    extra = [d for d, p in zip(found, places) if p not in wanted and p not in allowed and d["rule"] != "schema-gap"]
    print(f"{name}: {len(wanted) - len(missed)} of {len(wanted)} found, {len(extra)} beyond the truth")
    failures.extend(f"{name}: not found once: {w}" for w in missed)
    failures.extend(f"{name}: {d['file']}:{d['line']}:{d['column']} {d['rule']}: {d['message']}" for d in extra)


truth = list(rows())
wanted = [place(row) for row in truth if row["severity"] == "defect" and row["kind"] in KINDS]
allowed = {place(row) for row in truth if row["kind"] in ALSO_TRUE or row["severity"] == "config"}

with tempfile.TemporaryDirectory() as folder:
    site = pathlib.Path(folder) / "site"
    shutil.copytree(SAMPLES / "starlingx", site)
    subprocess.run(["chmod", "-R", "u+w", site], check=True)

    found = findings(site)
    compare("CMS config alone", found, wanted, allowed)
    gaps = [d for d in found if d["rule"] == "schema-gap" and "templateKey" in d["message"]]
    if len(gaps) != 1 or not gaps[0]["file"].endswith("config.yml"):
        failures.append(f"templateKey is reported {len(gaps)} times as a gap of the CMS config")

    for seed in sorted((SAMPLES / "seeds").glob("*.md")):
        shutil.copy(seed, site / "src/pages/blog" / seed.name)
    mismatches = {d["file"]: d for d in findings(site) if d["rule"] == "category-mismatch"}
    for seed in sorted((SAMPLES / "seeds").glob("*.md")):
        finding = mismatches.get(f"src/pages/blog/{seed.name}")
        if not finding or not any(r["file"] == "src/content/blog-config.json" for r in finding["related"]):
            failures.append(f"{seed.name}: no mismatch with the registry's record beside it")
    shutil.copytree(SAMPLES / "starlingx", site, dirs_exist_ok=True, copy_function=shutil.copyfile)

    (site / "copydesk.yaml").write_text(CONFIG)
    compare("config of nine lines", findings(site), wanted, allowed)

for failure in failures:
    print(failure)
print(f"{len(wanted) * 2 - len(failures)} passed, {len(failures)} failed")
sys.exit(bool(failures))
