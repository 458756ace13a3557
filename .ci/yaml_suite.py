#!/usr/bin/env python3
"""yaml_suite.py COPYDESK SUITE: copydesk on the yaml-test-suite (https://github.com/yaml/yaml-test-suite).

Each test becomes the front matter of a page, except those with more than one document or with directives, which front matter cannot
contain. Invalid YAML must be reported and valid YAML must not; values are compared with the JSON of the suite by a schema.
EXPECTED lists the tests whose outcome is known to differ, with the reason. Requires PyYAML, which reads the files of the suite.
"""
import json, pathlib, re, subprocess, sys, tempfile
from collections import Counter

import yaml

COPYDESK, SUITE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
RULES = {"front-matter-syntax", "duplicate-key", "invalid-value", "missing-key", "unknown-key"}
EXPECTED = {
    "2JQS": "two empty keys are duplicates",
}
# Characters that stand for others in the files of the suite.
ESCAPES = {"␣": " ", "←": "\r", "⇔": "\ufeff", "↵": "", "∎\n": ""}


def unescaped(text):
    text = re.sub("—*»", "\t", text)
    for escape, meaning in ESCAPES.items():
        text = text.replace(escape, meaning)
    return text


def tests():
    """The name of each test that can be front matter, its YAML, whether that is invalid, and its JSON."""
    for path in sorted((SUITE / "src").glob("*.yaml")):
        fields = {}
        for number, test in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            fields |= test
            text = unescaped(fields["yaml"])
            text = re.sub(r"\A---\n", "", text)
            if test.get("skip") or re.search(r"^(---|\.\.\.|%)", text, re.MULTILINE):
                continue
            name = path.stem if number == 0 else f"{path.stem}-{number}"
            yield name, text, test.get("fail", False), test.get("json")


def main():
    counts, wrong = Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        site, config, driven = pathlib.Path(folder), "collections:\n", {}
        for name, text, fails, value in tests():
            driven[f"{name}.md"] = (name, fails)
            end = "" if text.endswith("\n") or not text else "\n"
            (site / f"{name}.md").write_bytes(f"---\n{text}{end}---\n".encode())
            try:
                value = json.loads(value or "")
            except json.JSONDecodeError:
                continue
            if isinstance(value, dict):
                counts["values"] += 1
                (site / f"{name}.json").write_text(json.dumps({"const": value}))
                config += f'  {name}: {{ files: "{name}.md", schema: {name}.json }}\n'
        (site / "copydesk.yaml").write_text(config)
        command = [COPYDESK, "check", "--format", "json", *driven]
        run = subprocess.run(command, cwd=site, capture_output=True, text=True)
        if run.returncode not in (0, 1):
            sys.exit(f"copydesk ended with {run.returncode}: {run.stderr}{run.stdout}")
        found = {}
        for d in json.loads(run.stdout)["diagnostics"]:
            if d["rule"] in RULES and not d["message"].startswith("expected keys with values"):
                found.setdefault(d["file"], []).append((d["rule"], d["message"]))
        for page, (name, fails) in driven.items():
            errors = found.get(page, [])
            counts["invalid" if fails else "valid"] += 1
            if bool(errors) != fails:
                wrong.append(name)
                print(f"{name}: {'accepted' if fails else errors}{' (expected: ' + EXPECTED[name] + ')' if name in EXPECTED else ''}")
    print(", ".join(f"{what} {count}" for what, count in sorted(counts.items())))
    sys.exit(set(wrong) != set(EXPECTED))


if __name__ == "__main__":
    main()
