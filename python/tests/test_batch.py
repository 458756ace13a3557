"""Tables in and out."""

from __future__ import annotations

import ctypes
import datetime
import threading
import time
from pathlib import Path
from typing import Any, Iterator

import pyarrow as pa
import pytest

import copydesk
from common import DAY, SLIP, fixtures, stdin_batch

TODAY = datetime.date.fromisoformat(DAY)


def table(pages: list[tuple[str, str]]) -> pa.Table:
    return pa.table({"path": [path for path, _ in pages], "text": [text for _, text in pages]})


def rows(findings: copydesk.Findings) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pa.table(findings).to_pylist()
    return found


def without_order(rows: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    return [sorted(row.items()) for row in rows]


def test_findings_are_those_of_the_command_line(tmp_path: Path) -> None:
    pages = fixtures()
    sites = [f"site {index % 3}" if index % 4 else None for index in range(len(pages))]
    given = table(pages).append_column("site", pa.array(sites))
    expected = stdin_batch(
        [
            {"path": path, "text": text, **({"site": site} if site else {})}
            for (path, text), site in zip(pages, sites)
        ],
        "--no-config",
        folder=tmp_path,
    )
    assert len(expected) > 500
    found = rows(copydesk.Checker(today=TODAY).check_batch(given))
    assert without_order(found) == without_order(expected)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_findings_do_not_depend_on_threads_or_chunks(threads: int) -> None:
    pages = fixtures()[:400]
    whole = rows(copydesk.Checker(today=TODAY, threads=1).check_batch(table(pages)))
    batches = table(pages).to_batches(max_chunksize=7 * threads)
    reader = pa.RecordBatchReader.from_batches(batches[0].schema, iter(batches))
    assert rows(copydesk.Checker(today=TODAY, threads=threads).check_batch(reader)) == whole


def test_a_page_has_the_findings_of_its_text() -> None:
    checker = copydesk.Checker(today=TODAY)
    by_input: dict[int, list[dict[str, Any]]] = {}
    pages = fixtures()[:100]
    for row in rows(checker.check_batch(table(pages))):
        by_input.setdefault(row["input"], []).append(row)
    for number, (path, text) in enumerate(pages, 1):
        found = checker.check_text(text, path)
        in_batch = by_input.get(number, [])
        assert [(it.rule, it.message, it.start_byte, it.fingerprint) for it in found] == [
            (it["rule"], it["message"], it["start_byte"], it["fingerprint"]) for it in in_batch
        ]
        assert [[fix.title for fix in it.fixes] for it in found] == [[fix["title"] for fix in it["fixes"]] for it in in_batch]


STRINGS = pa.array([SLIP, None, "# Quay\n", SLIP])


@pytest.mark.parametrize(
    "text",
    [
        STRINGS,
        STRINGS.cast(pa.large_string()),
        STRINGS.cast(pa.string_view()),
        STRINGS.cast(pa.binary()),
        STRINGS.cast(pa.large_binary()),
        STRINGS.cast(pa.binary_view()),
        STRINGS.dictionary_encode(),
        pa.concat_arrays([pa.array(["unused"]), STRINGS]).slice(1),
    ],
    ids=lambda array: str(array.type),
)
def test_every_type_of_strings_is_read(text: pa.Array) -> None:
    given = pa.table({"other": [1, 2, 3, 4], "text": text, "path": ["a.md", "b.md", "c.md", "d.md"]})
    found = rows(copydesk.check_batch(given))
    assert [(row["input"], row["file"], row["rule"], row["error"]) for row in found] == [
        (1, "a.md", "repeated-word", None),
        (2, None, None, "`text` is null"),
        (4, "d.md", "repeated-word", None),
    ]


def test_a_row_that_is_not_a_page_has_an_error() -> None:
    text = pa.array([SLIP.encode(), b"# \xff", b"", b"", b"", b""])
    path = pa.array(["a.md", "b.md", "../../c.md", "", None, "f.md"])
    site = pa.array([None, "harbour", "harbour", None, None, "x" * 1025])
    found = rows(copydesk.check_batch(pa.table({"path": path, "text": text, "site": site})))
    assert [(row["input"], row["site"], row["error"]) for row in found] == [
        (1, None, None),
        (2, "harbour", "invalid UTF-8 in `text` at byte 3"),
        (3, "harbour", "`path` is outside the site root"),
        (4, None, "`path` is empty"),
        (5, None, "`path` is null"),
        (6, None, "`site` is longer than 1024 bytes"),
    ]


def test_errors_are_those_of_the_command_line(tmp_path: Path) -> None:
    pages = [("", ""), ("a\0.md", ""), ("../../a.md", ""), ("x" * 5000, ""), ("a/", "")]
    lines: list[dict[str, Any]] = [{"path": path, "text": text} for path, text in pages]
    expected = stdin_batch(lines, "--no-config", folder=tmp_path)
    assert without_order(rows(copydesk.check_batch(table(pages)))) == without_order(expected)


def test_a_table_without_rows_or_findings_has_all_columns() -> None:
    full = pa.table(copydesk.check_batch(table([("a.md", SLIP)])))
    for pages in [[("a.md", "# Quay\n")], []]:
        findings = copydesk.check_batch(pa.table({"path": pa.array([p for p, _ in pages], pa.string()), "text": pa.array([t for _, t in pages], pa.string())}))
        assert len(findings) == 0
        assert pa.table(findings).schema == full.schema
    # Twice the same: the stream can be read again.
    findings = copydesk.check_batch(table([("a.md", SLIP)]))
    assert pa.table(findings) == pa.table(findings)
    assert len(findings) == full.num_rows == 1


@pytest.mark.parametrize(
    "pages, error",
    [
        ([{"path": "a.md", "text": ""}], TypeError),
        (None, TypeError),
        (pa.table({"path": ["a.md"]}), ValueError),
        (pa.table({"path": ["a.md"], "text": [1]}), TypeError),
        (pa.table({"path": ["a.md"], "text": [["a"]]}), TypeError),
    ],
)
def test_what_is_not_a_table_of_pages_is_an_exception(pages: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        copydesk.check_batch(pages)


def test_an_error_of_the_reader_is_an_exception() -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield from table([("a.md", SLIP)]).to_batches()
        raise RuntimeError("the disk is full")

    reader = pa.RecordBatchReader.from_batches(table([("a.md", "")]).schema, batches())
    with pytest.raises(ValueError, match="the disk is full"):
        copydesk.check_batch(reader)


def test_offsets_outside_of_the_buffers_are_an_exception() -> None:
    offsets = pa.py_buffer((ctypes.c_int32 * 3)(0, 1 << 30, 5))
    text = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(b"hello"))
    with pytest.raises(ValueError, match="column `text` is invalid"):
        copydesk.check_batch(pa.table({"path": ["a.md", "b.md"], "text": text}))


class Broken:
    """A stream that ends before it has begun."""

    def __init__(self, capsule: Any) -> None:
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return self.capsule


def capsule(name: bytes, content: Any) -> Any:
    new = ctypes.pythonapi.PyCapsule_New
    new.restype = ctypes.py_object
    new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return new(ctypes.addressof(content), name, None)


def test_a_broken_stream_is_an_exception() -> None:
    # Five pointers of nothing: a stream that was released already.
    released = (ctypes.c_void_p * 5)()
    name = b"arrow_array_stream"
    for stream in [None, 1, capsule(b"another", released), capsule(name, released)]:
        with pytest.raises(Exception) as raised:
            copydesk.check_batch(Broken(stream))
        assert isinstance(raised.value, (ValueError, TypeError, copydesk.InternalError)), repr(raised.value)
    assert len(copydesk.check_batch(table([("a.md", SLIP)]))) == 1


def test_python_goes_on_meanwhile() -> None:
    given = table([("a.md", SLIP * 2000)] * 40)
    ended = threading.Event()
    turns = 0

    def count() -> None:
        nonlocal turns
        while not ended.is_set():
            turns += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    before = turns
    copydesk.Checker(threads=1).check_batch(given)
    during = turns - before
    ended.set()
    other.join()
    assert during > 1, during


def test_other_libraries_read_and_write_the_tables() -> None:
    polars = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    pages = {"path": ["a.md", "b.md"], "text": [SLIP, "# Quay\n"], "site": ["x", "x"]}
    frame = polars.DataFrame(pages, schema_overrides={"site": polars.Categorical})
    findings = copydesk.check_batch(frame)
    assert polars.DataFrame(findings)["rule"].to_list() == ["repeated-word"]
    connection = duckdb.connect()
    relation = connection.sql("SELECT 'b.md' AS path, 'The the boats.' AS text")
    found = copydesk.check_batch(relation)
    assert connection.sql("SELECT rule, fixes[1].edits[1].new_text FROM found").fetchall()[0][0] == "repeated-word"
