#!/usr/bin/env python3
"""The examples of the Python package on engines: engines.py COPYDESK [ENGINE…].

Each example goes from Parquet to Parquet, and its findings have to be those of `check --stdin-batch`. Ray runs with one
worker and with two, and once more with a worker that is killed on the way. An engine that is not installed is skipped.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
EXAMPLES = REPOSITORY / "python/examples"
os.environ["COPYDESK"] = str(Path(sys.argv[1]).resolve())
os.environ.setdefault("SOURCE_DATE_EPOCH", "1717200000")
sys.path.insert(0, str(REPOSITORY / "python/tests"))

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from common import fixtures, stdin_batch  # noqa: E402

PARTS = 8
COPIES = int(os.environ.get("COPIES", "4"))

# A worker of Ray that is killed in the middle of the run, once.
KILLED = '''
import os, signal, sys, time
sys.path.insert(0, {examples!r})
import ray_pages

class Check(ray_pages.Check):
    def __call__(self, pages):
        found = super().__call__(pages)
        try:
            os.close(os.open({mark!r}, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return found
        os.kill(os.getpid(), signal.SIGKILL)

ray_pages.Check = Check
ray_pages.main(*sys.argv[1:])
'''


def write_pages(folder: Path) -> list[dict[str, Any]]:
    """Writes the pages of the fixtures, several times under different paths, as a folder of parts."""
    pages = [{"path": f"{copy}/{path}", "text": text} for copy in range(COPIES) for path, text in fixtures()]
    folder.mkdir()
    for part in range(PARTS):
        pq.write_table(pa.Table.from_pylist(pages[part::PARTS]), folder / f"part-{part}.parquet")
    return pages


def key(row: dict[str, Any]) -> str:
    """A row for comparison: the number of a page depends on how the table is divided."""
    return json.dumps({**row, "input": None}, sort_keys=True)


def is_there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def run(name: str, program: list[str], scratch: Path, expected: list[str], *more: str) -> float:
    """Runs an example and compares its findings; returns the seconds it took."""
    findings = scratch / f"findings-{name}"
    pages = str(scratch / "pages")
    single = program[-1].endswith(("plain.py", "duckdb_pages.py"))
    begin = time.monotonic()
    subprocess.run(
        [sys.executable, *program, f"{pages}/*.parquet" if "duckdb" in program[-1] else pages, str(findings), *more],
        check=True,
        env={**os.environ, "RAY_DEDUP_LOGS": "0"},
        stdout=subprocess.DEVNULL,
    )
    seconds = time.monotonic() - begin
    table = pq.read_table(findings) if single else pa.concat_tables(map(pq.read_table, sorted(findings.glob("*.parquet"))))
    found = sorted(map(key, table.to_pylist()))
    if found != expected:
        sys.exit(f"{name}: {len(found)} findings differ from the {len(expected)} of --stdin-batch")
    print(f"{name}: {len(found)} findings, as --stdin-batch; {seconds:.1f} s")
    return seconds


def main() -> None:
    wanted = sys.argv[2:] or ["plain", "duckdb", "dask", "ray", "killed", "spark"]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        pages = write_pages(scratch / "pages")
        expected = sorted(map(key, stdin_batch(pages, "--no-config", folder=scratch)))
        print(f"{len(pages)} pages in {PARTS} parts")
        for name, module in [("plain", "pyarrow"), ("duckdb", "duckdb"), ("dask", "dask"), ("spark", "pyspark")]:
            if name not in wanted:
                continue
            if not is_there(module):
                print(f"skipped: {name} is not installed")
                continue
            example = "plain.py" if name == "plain" else f"{name}_pages.py"
            run(name, [str(EXAMPLES / example)], scratch, expected)
        if {"ray", "killed"} & set(wanted) and not is_there("ray"):
            print("skipped: ray is not installed")
            return
        if "ray" in wanted:
            one = run("ray-1", [str(EXAMPLES / "ray_pages.py")], scratch, expected, "1")
            two = run("ray-2", [str(EXAMPLES / "ray_pages.py")], scratch, expected, "2")
            print(f"ray: with two workers {one / two:.2f} times as fast as with one")
        if "killed" in wanted:
            mark = scratch / "killed"
            program = KILLED.format(examples=str(EXAMPLES), mark=str(mark))
            run("ray-killed", ["-c", program], scratch, expected, "2")
            if not mark.exists():
                sys.exit("no worker was killed")


if __name__ == "__main__":
    main()
