"""From Parquet to Parquet with Ray Data: ray_pages.py PAGES FINDINGS [WORKERS]. PAGES and FINDINGS are folders."""

from __future__ import annotations

import sys

import copydesk
import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy


class Check:
    """An actor, which reads the config once."""

    def __init__(self) -> None:
        self.checker = copydesk.Checker(threads=1)

    def __call__(self, pages: pa.Table) -> pa.Table:
        return pa.table(self.checker.check_batch(pages))


def main(pages: str, findings: str, workers: str = "1") -> None:
    # One core more than the workers use, for tasks that read and write.
    ray.init(num_cpus=int(workers) + 1, include_dashboard=False, log_to_driver=False)
    # Ray joins small files into one block, which would be work for one worker.
    dataset = ray.data.read_parquet(pages, columns=["path", "text"]).repartition(target_num_rows_per_block=1024)
    check = {"batch_format": "pyarrow", "batch_size": 1024, "compute": ActorPoolStrategy(size=int(workers))}
    dataset.map_batches(Check, **check).write_parquet(findings)


if __name__ == "__main__":
    main(*sys.argv[1:])
