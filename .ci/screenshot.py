#!/usr/bin/env python3
"""Writes docs/images/check.svg, the screenshot in the README, from a real run on the sample site.

Usage: screenshot.py COPYDESK [--check]; with --check, fails if the file is out of date and writes nothing.
"""

import re
import subprocess
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "fixtures" / "sites" / "harbour"
SVG = ROOT / "docs" / "images" / "check.svg"
COMMAND = ["check", "src/pages/blog/storm-night-on-the-quay.md", "src/pages/blog/winter-moorings.md"]

WIDTH, HEIGHT, MARGIN, TITLE_BAR = 8.4, 18, 18, 34
BACKGROUND, FOREGROUND = "#16181d", "#d8dce4"
COLORS = {1: "#ff6b70", 2: "#6cc46c", 3: "#e2b84a", 4: "#6ea8fe", 5: "#c792ea", 6: "#4cc5c9", 7: "#d8dce4"}
SGR = re.compile(r"\x1b\[([0-9;]*)m")


def styles(line):
    """The parts of a line as pairs of a style, `(color, is bold)`, and a text without escape sequences."""
    color, bold, position = None, False, 0
    for code in SGR.finditer(line):
        if code.start() > position:
            yield (color, bold), line[position:code.start()]
        position = code.end()
        values = [int(it or 0) for it in code[1].split(";")]
        while values:
            value = values.pop(0)
            if value == 0:
                color, bold = None, False
            elif value == 1:
                bold = True
            elif value in (38, 48) and values[:1] == [5]:
                if value == 38:
                    color = COLORS.get(values[1] % 8)
                del values[:2]
            elif 30 <= value <= 37 or 90 <= value <= 97:
                color = COLORS.get(value % 10)
            elif value == 39:
                color = None
    if position < len(line):
        yield (color, bold), line[position:]


def row(line, number):
    """A line of the terminal as an SVG text element; each part has its own column, so that fonts cannot shift it."""
    y = TITLE_BAR + MARGIN + HEIGHT * number
    parts, column = [], 0
    for (color, bold), text in styles(line):
        x = MARGIN + WIDTH * column
        attributes = f' x="{x:.1f}" textLength="{WIDTH * len(text):.1f}"'
        attributes += f' fill="{color}"' if color else ""
        attributes += ' font-weight="bold"' if bold else ""
        if text.strip():
            parts.append(f"<tspan{attributes}>{escape(text)}</tspan>")
        column += len(text)
    return f'<text y="{y}" xml:space="preserve">{"".join(parts)}</text>' if parts else ""


def svg(output):
    lines = ["\x1b[32m$\x1b[0m copydesk check \\", *(f"    {path} \\" for path in COMMAND[1:-1]), f"    {COMMAND[-1]}", ""]
    lines += output.rstrip("\n").split("\n")
    width = round(max(len(SGR.sub("", line)) for line in lines) * WIDTH + 2 * MARGIN)
    height = TITLE_BAR + 2 * MARGIN + HEIGHT * (len(lines) - 1)
    buttons = "".join(f'<circle cx="{20 + 18 * at}" cy="18" r="5.5" fill="#3a3f4b"/>' for at in range(3))
    rows = "\n".join(filter(None, (row(line, number) for number, line in enumerate(lines))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="copydesk check in a terminal">\n'
        f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>{buttons}\n'
        f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" '
        f'font-size="14" fill="{FOREGROUND}">\n{rows}\n</g>\n</svg>\n'
    )


def main():
    binary = Path(sys.argv[1]).resolve()
    run = subprocess.run(
        [binary, *COMMAND, "--color", "always"], cwd=SITE, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode != 1 or run.stderr:
        sys.exit(f"expected findings, and exit code 1 instead of {run.returncode}: {run.stderr}")
    text = svg(run.stdout)
    if sys.argv[2:] != ["--check"]:
        SVG.write_text(text)
    elif SVG.read_text() != text:
        sys.exit("docs/images/check.svg is out of date; run .ci/screenshot.py COPYDESK")


main()
