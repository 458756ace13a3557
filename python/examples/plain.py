"""From Parquet to Parquet in one process, in bounded memory: plain.py PAGES FINDINGS."""

from __future__ import annotations

import sys

import copydesk
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq


def main(pages: str, findings: str) -> None:
    checker = copydesk.Checker()
    dataset = ds.dataset(pages)
    schema = pa.table(checker.check_batch(dataset.schema.empty_table())).schema
    with pq.ParquetWriter(findings, schema) as writer:
        for batch in dataset.to_batches(columns=["path", "text"], batch_size=4096):
            writer.write_table(pa.table(checker.check_batch(batch)))


if __name__ == "__main__":
    main(*sys.argv[1:])
