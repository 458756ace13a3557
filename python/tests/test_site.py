"""Pages as parts of a site that is known by facts."""

from __future__ import annotations

import datetime
import json
import os
import pickle
import subprocess
from pathlib import Path

import pyarrow as pa
import pytest

import copydesk
from common import COMMAND, DAY, EPOCH, REPOSITORY, row, rules_of_sites

TODAY = datetime.date.fromisoformat(DAY)
HARBOUR = REPOSITORY / "fixtures/sites/harbour"
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of the sample site."""
    file = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    with file.open("wb") as out:
        subprocess.run([COMMAND, "facts"], stdout=out, check=True, cwd=HARBOUR, env=ENVIRONMENT)
    return file


def pages() -> pa.Table:
    paths = sorted(path for path in HARBOUR.rglob("*.md"))
    return pa.table(
        {
            "path": [path.relative_to(HARBOUR).as_posix() for path in paths],
            "text": [path.read_text(encoding="utf-8") for path in paths],
        }
    )


def test_findings_are_those_of_the_command_line(facts: Path) -> None:
    given = pages()
    process = subprocess.run(
        [COMMAND, "check", "--stdin-batch", "--site-facts", str(facts), "--fail-on", "never"],
        input="".join(json.dumps(page) + "\n" for page in given.to_pylist()).encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd=HARBOUR,
        env=ENVIRONMENT,
    )
    expected = [row(json.loads(line)) for line in process.stdout.decode().split("\n") if line]
    assert {it["rule"] for it in expected} & set(rules_of_sites())
    site = copydesk.Site.from_facts(facts, today=TODAY)
    found = pa.table(site.check_batch(given)).to_pylist()
    key = lambda it: json.dumps(it, sort_keys=True)
    assert list(map(key, found)) == list(map(key, expected))


def test_a_page_that_changed_is_checked_in_the_site(facts: Path) -> None:
    site = copydesk.Site.from_facts(facts, select=["broken-link"], today=TODAY)
    again = pickle.loads(pickle.dumps(site))
    path = pages()["path"][0].as_py()
    for checker in [site, again]:
        found = checker.check_text("# Quay\n\nSee [the log](no-such-page.md).\n", path)
        assert [it.rule for it in found] == ["broken-link"]


def test_a_file_of_something_else_is_an_exception(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    for text in ["", "soup\n", "{}\n"]:
        file.write_text(text)
        with pytest.raises(copydesk.ConfigError):
            copydesk.Site.from_facts(file)
    with pytest.raises(FileNotFoundError):
        copydesk.Site.from_facts(tmp_path / "gone.jsonl")
