"""Pages of all kinds, and what the command line finds in them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any, Optional

REPOSITORY = Path(__file__).parents[2]
COMMAND = os.environ.get("COPYDESK", str(REPOSITORY / "target/debug/copydesk"))
DAY = "2024-06-01"
EPOCH = "1717200000"

SLIP = "# Quay\n\nThe the boats.\n"


def fixtures() -> list[tuple[str, str]]:
    """Path and text of each page in the fixtures."""
    pages = []
    for path in sorted((REPOSITORY / "fixtures").rglob("*.md")):
        try:
            pages.append((path.relative_to(REPOSITORY / "fixtures").as_posix(), path.read_bytes().decode()))
        except UnicodeDecodeError:
            continue
    return pages


def rules_of_sites() -> list[str]:
    """The rules that need the other pages of a site or know less without them, as `docs/batch.md` lists them."""
    lists = (REPOSITORY / "docs/batch.md").read_text().split("\n### ")[1:]
    rules = [rule for part in lists for rule in re.findall(r"\]\(rules/([a-z-]+)\.md\)", part.split("\n## ")[0])]
    assert len(rules) > 20, rules
    return rules


def stdin_batch(pages: list[dict[str, Any]], *arguments: str, folder: Optional[Path] = None) -> list[dict[str, Any]]:
    """The rows that the command line gives, as the table has them."""
    process = subprocess.run(
        [COMMAND, "check", "--stdin-batch", "--fail-on", "never", *arguments],
        input="".join(json.dumps(page) + "\n" for page in pages).encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
    )
    # Not `splitlines`: it knows more line breaks than JSON Lines has.
    return [row(json.loads(line)) for line in process.stdout.decode().split("\n") if line]


def row(line: dict[str, Any]) -> dict[str, Any]:
    """A line of JSON as a row of the table."""
    found = {
        **{key: line.get(key) for key in ("input", "site", "file", "rule", "group", "url", "severity", "message", "help")},
        "fingerprint": line.get("fingerprint"),
        "error": line.get("error"),
    }
    if line.get("error") is not None:
        return {**found, **dict.fromkeys(place({"start": {}, "end": {}})), "related": [], "fixes": []}
    edit = lambda it: {"start_byte": it["range"]["start"]["offset"], "end_byte": it["range"]["end"]["offset"]}
    return {
        **found,
        **place(line["range"]),
        "related": [{"message": it["message"], "file": it["file"], **place(it["range"])} for it in line["related"]],
        "fixes": [
            {
                "title": fix["title"],
                "applicability": fix["applicability"],
                "edits": [{**edit(it), "new_text": it["newText"]} for it in fix["edits"]],
            }
            for fix in line["fixes"]
        ],
    }


def place(range: dict[str, Any]) -> dict[str, Any]:
    """A range as the table has it."""
    start, end = range["start"], range["end"]
    return {
        "line": start.get("line"),
        "column": start.get("column"),
        "end_line": end.get("line"),
        "end_column": end.get("column"),
        "start_byte": start.get("offset"),
        "end_byte": end.get("offset"),
    }
