"""Pages as texts."""

from __future__ import annotations

import datetime
import doctest
import multiprocessing
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import copydesk
from common import COMMAND, DAY, EPOCH, SLIP, fixtures, rules_of_sites

TODAY = datetime.date.fromisoformat(DAY)


def rules(found: list[copydesk.Finding]) -> list[str]:
    return [finding.rule for finding in found]


def test_the_examples_in_the_documentation() -> None:
    assert doctest.testmod(copydesk).attempted > 0
    assert doctest.testmod(copydesk).failed == 0


def test_places_are_in_bytes_and_in_characters() -> None:
    text = "# Kühe\n\nDie Fähre. We recieve mail.\n"
    [finding] = copydesk.check_text(text, "docs/a.md")
    assert finding.file == "docs/a.md"
    assert text.encode()[finding.start_byte : finding.end_byte].decode() == "recieve"
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (3, 15, 3, 22)
    assert finding.fixes[0].applicability == "safe"
    assert finding == copydesk.check_text(text, "docs/a.md")[0]
    assert len({finding, *copydesk.check_text(text, "docs/a.md")}) == 1


def test_fixes_are_those_of_the_command_line(tmp_path: Path) -> None:
    # On the command line, a page is a site by itself. Rules that depend on that are left out.
    ignored = [*rules_of_sites(), "unused-suppression"]
    checker = copydesk.Checker(ignore=ignored, today=TODAY)
    changed = []
    for path, text in fixtures():
        for unsafe in [False, True]:
            fixed = checker.fix_text(text, path, unsafe=unsafe)
            if fixed != text:
                changed.append((path, text, unsafe, fixed))
    assert len(changed) > 50
    for path, text, unsafe, fixed in changed[:: len(changed) // 25]:
        process = subprocess.run(
            [
                *[COMMAND, "check", "--no-config", "--ignore", ",".join(ignored), "--fix"],
                *["--unsafe-fixes"] * unsafe,
                *["--stdin-filename", path],
            ],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
            env={"SOURCE_DATE_EPOCH": EPOCH},
        )
        assert process.stdout.decode() == fixed, path


def test_a_config_is_a_file_a_folder_or_settings(tmp_path: Path) -> None:
    assert rules(copydesk.check_text(SLIP)) == ["repeated-word"]
    off = {"rules": {"repeated-word": "off"}}
    assert rules(copydesk.check_text(SLIP, config=off)) == []
    config = tmp_path / "copydesk.yaml"
    config.write_text("exclude: [drafts/**]\nrules: { repeated-word: info }\n")
    for source in [config, str(config), tmp_path]:
        [finding] = copydesk.check_text(SLIP, config=source)
        assert finding.severity == "info"
        assert copydesk.check_text(SLIP, "drafts/a.md", config=source) == []
        assert copydesk.fix_text(SLIP, "drafts/a.md", config=source) == SLIP
    checker = copydesk.Checker(config, select=["spelling"], ignore=["repeated-word"])
    assert checker.check_text(SLIP) == []


def test_a_config_that_is_invalid_is_an_exception(tmp_path: Path) -> None:
    with pytest.raises(copydesk.ConfigError, match="copydesk.yaml:1:.*repeated-words"):
        copydesk.Checker({"rules": {"repeated-words": "off"}})
    with pytest.raises(FileNotFoundError):
        copydesk.Checker(tmp_path / "gone.yaml")
    with pytest.raises(ValueError, match="unknown rule or group: soup"):
        copydesk.Checker(select=["soup"])
    for threads in [0, -1, 257]:
        with pytest.raises(ValueError, match="threads"):
            copydesk.Checker(threads=threads)
    for config in ["a\0b", {"rules": object()}, 7]:
        with pytest.raises((OSError, TypeError, ValueError)):
            copydesk.Checker(config)  # type: ignore[arg-type]


def test_hostile_texts_are_exceptions_or_findings() -> None:
    for path in ["", "../../a.md", "a\0.md", "x" * 5000]:
        with pytest.raises(ValueError):
            copydesk.check_text("", path)
    with pytest.raises(UnicodeEncodeError):
        copydesk.check_text("\ud800")
    with pytest.raises(TypeError):
        copydesk.check_text(b"# Quay\n")  # type: ignore[arg-type]
    for text in ["[" * 100_000, "> " * 50_000, "\0" * 1000, "---\n" + "a: [" * 50_000, "*_" * 100_000]:
        copydesk.check_text(text)
        copydesk.fix_text(text)
    assert rules(copydesk.check_text("x" * (32 * 1024 * 1024 + 1))) == ["oversized-file"]


def test_a_thread_with_a_small_stack_checks_deep_pages() -> None:
    found: list[list[copydesk.Finding]] = []
    threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=lambda: found.append(copydesk.check_text("> " * 20_000 + "the the")))
        thread.start()
    finally:
        threading.stack_size(0)
    thread.join()
    assert len(found) == 1


def test_threads_share_a_checker() -> None:
    checker = copydesk.Checker(today=TODAY)
    expected = checker.check_text(SLIP)
    found: list[list[copydesk.Finding]] = []
    threads = [threading.Thread(target=lambda: found.extend(checker.check_text(SLIP) for _ in range(20))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 160


def test_a_checker_can_be_pickled(tmp_path: Path) -> None:
    config = tmp_path / "copydesk.yaml"
    config.write_text("rules: { repeated-word: info }\n")
    for source in [None, config, {"rules": {"repeated-word": "info"}}]:
        checker = copydesk.Checker(source, ignore=["known-typo"], today=TODAY, threads=1)
        again = pickle.loads(pickle.dumps(checker))
        assert again.check_text(SLIP) == checker.check_text(SLIP) != []
    findings = copydesk.check_text(SLIP)
    assert pickle.loads(pickle.dumps(findings)) == findings


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_checker_survives_a_fork() -> None:
    checker = copydesk.Checker(today=TODAY)
    expected = checker.check_text(SLIP)
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    child = context.Process(target=lambda: queue.put(checker.check_text(SLIP)))
    child.start()
    child.join(60)
    assert child.exitcode == 0
    assert queue.get() == expected


def test_the_version_is_that_of_the_command_line() -> None:
    said = subprocess.run([COMMAND, "--version"], stdout=subprocess.PIPE, check=True, text=True).stdout
    assert said.strip() == f"copydesk {copydesk.__version__}"
