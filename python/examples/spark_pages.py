"""From Parquet to Parquet with Spark: spark_pages.py PAGES FINDINGS. PAGES and FINDINGS are folders."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import copydesk
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

NO_PAGES = pa.table({"path": pa.array([], pa.string()), "text": pa.array([], pa.string())})


def check(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Checks the pages of one partition, a batch at a time."""
    checker = copydesk.Checker(threads=1)
    for batch in batches:
        yield from pa.table(checker.check_batch(batch)).to_batches()


def main(pages: str, findings: str) -> None:
    spark = SparkSession.builder.master("local[2]").getOrCreate()
    schema = from_arrow_schema(pa.table(copydesk.check_batch(NO_PAGES)).schema)
    spark.read.parquet(pages).select("path", "text").mapInArrow(check, schema).write.parquet(findings)


if __name__ == "__main__":
    main(*sys.argv[1:])
