"""From Parquet to Parquet with DuckDB: duckdb_pages.py PAGES FINDINGS."""

from __future__ import annotations

import sys

import copydesk
import duckdb


def main(pages: str, findings: str) -> None:
    connection = duckdb.connect()
    relation = connection.sql("SELECT path, text FROM read_parquet($pages)", params={"pages": pages})
    found = copydesk.check_batch(relation)  # A relation is a table of Arrow, as is what comes back.
    connection.sql("FROM found").write_parquet(findings)


if __name__ == "__main__":
    main(*sys.argv[1:])
