"""The findings in many bare clones with Ray, a file of JSON lines for each: ray_repositories.py CLONES FINDINGS."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ray

CHECK = Path(__file__).with_name("check-repository").resolve()


@ray.remote(num_cpus=1, max_retries=3)
def check(clone: Path, findings: Path) -> str:
    """Writes the findings to a file that appears when it is complete."""
    partial = findings.with_suffix(".partial")
    with partial.open("wb") as out:
        process = subprocess.run([str(CHECK), str(clone)], stdout=out, stderr=subprocess.PIPE, text=True)
    if process.returncode != 0:
        return f"{clone.name}: {process.stderr.strip()}"
    partial.rename(findings)
    return ""


def main(clones: str, findings: str) -> None:
    ray.init(include_dashboard=False, log_to_driver=False)
    folder = Path(findings).resolve()
    folder.mkdir(exist_ok=True)
    tasks = [check.remote(clone.resolve(), folder / f"{clone.stem}.jsonl") for clone in sorted(Path(clones).glob("*.git"))]
    for failure in filter(None, ray.get(tasks)):
        print(failure, file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
