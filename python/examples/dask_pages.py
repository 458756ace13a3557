"""From Parquet to Parquet with Dask: dask_pages.py PAGES FINDINGS. PAGES and FINDINGS are folders."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import copydesk
import dask
import pyarrow as pa
import pyarrow.parquet as pq


def check_part(part: Path, checker: copydesk.Checker, findings: Path) -> None:
    """Writes the findings in one file of pages to a file of the same name, which a retry overwrites with the same."""
    pages = pq.read_table(part, columns=["path", "text"])
    pq.write_table(pa.table(checker.check_batch(pages)), findings / part.name)


def main(pages: str, findings: str) -> None:
    Path(findings).mkdir(exist_ok=True)
    # A task is a part; one thread each, as Dask runs one task per core.
    check = dask.delayed(partial(check_part, checker=copydesk.Checker(threads=1), findings=Path(findings)))
    dask.compute(*(check(part) for part in sorted(Path(pages).glob("*.parquet"))), scheduler="processes")


if __name__ == "__main__":
    main(*sys.argv[1:])
