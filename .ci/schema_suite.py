#!/usr/bin/env python3
"""schema_suite.py COPYDESK SUITE: copydesk on the JSON-Schema-Test-Suite (https://github.com/json-schema-org/JSON-Schema-Test-Suite).

Every group of tests becomes a site: the schema is a file, each instance is the front matter of a page. Instances that
are mappings are front matter as they are; all instances are also the value of a key whose schema refers to the file. The
schemas that the suite serves at localhost are files of the site, mapped in its config. Each answer must be the suite's, and
no schema may be refused. `format` is checked in every draft, so the tests that expect it to be ignored are left out.
"""
import json, pathlib, re, shutil, subprocess, sys, tempfile
from collections import Counter

COPYDESK, SUITE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
DRAFTS = sys.argv[3:] or ["draft7", "draft2020-12"]
RULES = {"invalid-value", "missing-key", "unknown-key", "schema-gap"}
CONFIG = "schema-urls: { 'http://localhost:1234/': remotes/ }\n"
COLLECTION = """\
  {way}{number}: {{ files: "{way}/{number}/*.md", schema: {way}{number}.json }}
"""
DIALECTS = {
    "draft4": "http://json-schema.org/draft-04/schema#",
    "draft6": "http://json-schema.org/draft-06/schema#",
    "draft7": "http://json-schema.org/draft-07/schema#",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}


def yaml(value):
    """The value as YAML, which is JSON with control characters escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda it: f"\\u{ord(it[0]):04x}", text)


def has_applicators(dialect):
    """Whether a schema in a dialect may have `properties`: a metaschema of the suite may leave their vocabulary out."""
    path = SUITE / "remotes" / dialect.removeprefix("http://localhost:1234/")
    vocabularies = json.loads(path.read_text()).get("$vocabulary", {}) if path.is_file() else {}
    return not vocabularies or any(url.endswith("/vocab/applicator") for url in vocabularies)


def collections(site, draft, number, group):
    """Writes the schemas and pages of a group: its collections, and its tests by page."""
    schema = group["schema"]
    if isinstance(schema, dict) and "$schema" not in schema:
        schema = {"$schema": DIALECTS[draft], **schema}
    (site / f"direct{number}.json").write_text(json.dumps(schema))
    dialect = schema["$schema"] if isinstance(schema, dict) and has_applicators(schema["$schema"]) else DIALECTS[draft]
    wrapper = {"$schema": dialect, "properties": {"v": {"$ref": f"direct{number}.json"}}}
    (site / f"wrapped{number}.json").write_text(json.dumps(wrapper))
    pages = {}
    for index, test in enumerate(group["tests"]):
        instance = test["data"]
        texts = {"wrapped": f"v: {yaml(instance)}\n"}
        if isinstance(instance, dict):
            texts["direct"] = "".join(f"{yaml(key)}: {yaml(value)}\n" for key, value in instance.items())
        for way, text in texts.items():
            page = f"{way}/{number}/{index}.md"
            (site / page).parent.mkdir(parents=True, exist_ok=True)
            (site / page).write_text(f"---\n{text}---\n")
            pages[page] = test
    ways = sorted({page.split("/")[0] for page in pages})
    return "".join(COLLECTION.format(way=way, number=number) for way in ways), pages


def drive(site, draft, groups):
    """For each page of some groups: its path, its group and test, and the outcome."""
    config, pages = "", {}
    for way in ("direct", "wrapped"):
        shutil.rmtree(site / way, ignore_errors=True)
    for number, group in enumerate(groups):
        collection, tests = collections(site, draft, number, group)
        config += collection
        pages |= {page: (group, test) for page, test in tests.items()}
    (site / "copydesk.yaml").write_text(f"{CONFIG}collections:\n{config}")
    command = [COPYDESK, "check", "--format", "json", *pages]
    run = subprocess.run(command, cwd=site, capture_output=True, text=True)
    found = json.loads(run.stdout)["diagnostics"] if run.stdout.startswith("{") else []
    refused = [d["message"] for d in found if d["rule"] == "invalid-config" and d["severity"] == "error"]
    if run.returncode not in (0, 1) or refused:
        if len(groups) > 1:
            return [it for group in groups for it in drive(site, draft, [group])]
        return [(page, group, test, f"refused: {refused or run.stderr}") for page, (group, test) in pages.items()]
    errors = {}
    for d in found:
        if d["group"] == "front-matter":
            errors.setdefault(d["file"], []).append((d["rule"], d["message"]))
    outcomes = []
    for page, (group, test) in pages.items():
        is_valid = not any(rule in RULES for rule, _ in errors.get(page, []))
        outcomes.append((page, group, test, "right" if test["valid"] == is_valid else f"wrong: {errors.get(page)}"))
    return outcomes


def is_in_scope(path, group):
    """Whether the tests of a group are about more than whether `format` is checked."""
    return path.name not in {"format.json", "format-assertion.json"}


def main():
    counts = Counter()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder)
        shutil.copytree(SUITE / "remotes", site / "remotes")
        for draft in DRAFTS:
            tests = SUITE / "tests" / draft
            for path in sorted(tests.rglob("*.json")):
                groups = [group for group in json.loads(path.read_text()) if is_in_scope(path, group)]
                for page, group, test, outcome in drive(site, draft, groups):
                    counts[draft, page.split("/")[0], outcome.split(":")[0]] += 1
                    if outcome != "right":
                        failed = True
                        print(f"{draft}/{path.relative_to(tests)}: {group['description']}: {test['description']} ({page}): {outcome}")
    for (draft, way, outcome), count in sorted(counts.items()):
        print(f"{draft}, {way}: {outcome} {count}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
