#!/usr/bin/env python3
"""blog.py SITE TARGET [PAGES]: a blog with more posts than there are, for the time that one post of it takes.

Copies SITE to TARGET, adds copies of its pages under other paths and titles until there are PAGES of them (80 if omitted),
and commits everything to a git repository of its own. Prints the path of the last page, relative to TARGET."""

import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

source, target = Path(sys.argv[1]), Path(sys.argv[2])
wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 80
shutil.copytree(source, target)
target.chmod(0o755)
pages = sorted(path for path in target.rglob("*.md") if path.read_bytes().startswith(b"---\n"))
for path in target.rglob("*"):
    path.chmod(0o755 if path.is_dir() else 0o644)

count, last = len(pages), pages[-1]
for copy, page in ((copy, page) for copy in itertools.count(2) for page in pages):
    if count >= wanted:
        break
    title = re.compile(r"^(title: *[\"']?)(.*)$", re.MULTILINE)
    text = title.sub(lambda match: f"{match[1]}Part {copy} of {match[2]}", page.read_text(), count=1)
    last = page.with_name(f"{page.stem}-part-{copy}{page.suffix}")
    last.write_text(text)
    count += 1

git = ["git", "-c", "user.name=Mira", "-c", "user.email=mira@quay.example", "-c", "init.defaultBranch=main"]
for command in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Pages"]]:
    subprocess.run([*git, *command], cwd=target, check=True)
print(last.relative_to(target))
