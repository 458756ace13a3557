"""Times copydesk and its peers on the same pages and prints a table for each set. Called by peers.sh.

Each command runs once to warm the caches, then the tools take turns, so that what else the machine does hits all of them.
The time is the least of the turns, the memory the most."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPYDESK = os.environ["COPYDESK"]
TURNS = int(os.environ.get("TURNS", "5"))
# Seconds; what takes longer to warm up is not run again.
PATIENCE = 10


def commands(pages, config):
    """What each tool is started with, in the folder of the pages: `.` or one page."""
    glob = "**/*.md" if pages == "." else pages
    check = [COPYDESK, "check", "--no-cache", "--format", "concise"]
    links = "remark-validate-links=repository:false"
    return {
        "copydesk, every rule": [*check, "--config", str(config), pages],
        "copydesk": [*check, "--no-config", pages],
        "mado": ["mado", "check", pages],
        "rumdl": ["rumdl", "check", "--no-cache", "--no-config", pages],
        "markdownlint-cli2": ["markdownlint-cli2", glob],
        "typos": ["typos", pages],
        "codespell": ["codespell", pages],
        "remark-validate-links": ["remark", "--use", links, "--quiet", "--no-stdout", "--ext", "md", pages],
    }


CHAIN = ["rumdl", "typos", "remark-validate-links"]


def once(command, folder):
    """Seconds and mebibytes of one run."""
    begin = time.monotonic()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def measure(pages, folder, config):
    tools = {name: it for name, it in commands(pages, config).items() if shutil.which(it[0])}
    best = {}
    for turn in range(TURNS + 1):
        for name, command in tools.items():
            if turn > 0 and best[name][0] > PATIENCE:
                continue
            seconds, memory = once(command, folder)
            if turn > 1:
                seconds, memory = min(seconds, best[name][0]), max(memory, best[name][1])
            best[name] = seconds, memory
    if all(name in best for name in CHAIN):
        best[f"{' + '.join(CHAIN)}, one after the other"] = (
            sum(best[name][0] for name in CHAIN), max(best[name][1] for name in CHAIN))
    return best


def table(title, best):
    first = best["copydesk, every rule"][0]
    print(f"\n### {title}\n\n| tool | time | ratio | memory |\n| --- | ---: | ---: | ---: |")
    for name, (seconds, memory) in best.items():
        print(f"| {name} | {seconds * 1e3:.0f} ms | {seconds / first:.1f} | {memory:.0f} MB |")


def one_page():
    """A page of about 10 KB in a folder of its own."""
    folder = Path(tempfile.mkdtemp())
    text = "".join(sorted(path.read_text() for path in (ROOT / "fixtures" / "sites" / "harbour").rglob("*.md")))
    text += "\n".join(path.read_text() for path in sorted((ROOT / "docs").glob("*.md")))
    (folder / "page.md").write_text(text[: text.index("\n\n", 10_000)] + "\n")
    return folder


def many(corpus, times):
    folder = Path(tempfile.mkdtemp())
    for copy in range(times):
        shutil.copytree(corpus, folder / f"copy-{copy}", symlinks=True)
    return folder


def count(folder):
    return sum(1 for _ in Path(folder).rglob("*.md"))


def main():
    made = []
    config = Path(tempfile.mkdtemp()) / "copydesk.yaml"
    config.write_text("extends: strict\n")
    made.append(config.parent)
    sets = [(f"{folder}: {count(folder)} pages", ".", Path(folder)) for folder in sys.argv[1:]]
    if not sets:
        made.append(one_page())
        sets.append(("One page of 10 KB", "page.md", made[-1]))
        site = ROOT / "fixtures" / "sites" / "harbour"
        sets.append((f"The sample site: {count(site)} pages", ".", site))
        if corpus := os.environ.get("COPYDESK_CORPUS"):
            # In a repository, a git of the size of its own would be asked what exists.
            for times in (1, 10):
                made.append(many(corpus, times))
                sets.append((f"Documentation of three projects x {times}: {count(made[-1]):,} pages", ".", made[-1]))
    for title, pages, folder in sets:
        table(title, measure(pages, folder, config))
    for folder in made:
        shutil.rmtree(folder)


main()
