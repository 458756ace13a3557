#!/usr/bin/env python3
"""fixed_pages.py COPYDESK ENGINE[:DIALECT,…] FOLDER...: what the engine of a site makes of its pages before and after safe fixes.

The safe fixes of the preset `strict` are applied to a copy of each folder, but for those of rules that declare that they change what
readers get (`changes = Changes::…` in src/rules). Then the text and structure of every changed page have to be the same. Pages in the
front matter of which nothing is rendered are compared without it.

ENGINE is one of those of `dialect_engines.py`. The dialect is that of pages outside of a site.
"""
import html.parser, pathlib, re, shutil, subprocess, sys, tempfile

from dialect_engines import ENGINES, is_installed

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n.*?\n\1[ \t]*(\n|\Z)", re.S)


# The ids that VitePress gives to code groups.
RANDOM = re.compile(r"(tab|group)-[\w-]{5,8}")


class Structure(html.parser.HTMLParser):
    """The elements and the text of a page; whitespace counts as a single space, and none counts next to a block."""

    INLINE = {"a", "abbr", "b", "code", "del", "em", "i", "img", "kbd", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}

    def __init__(self):
        super().__init__()
        self.parts, self.preformatted, self.in_paragraph = [], 0, False

    def handle_starttag(self, tag, attributes):
        self.preformatted += tag == "pre"
        # A browser ends a paragraph where a block begins.
        if self.in_paragraph and tag not in self.INLINE:
            self.parts.append(("/p",))
            self.in_paragraph = False
        self.in_paragraph |= tag == "p"
        # The width of a column, and the alignment that is the default.
        kept = [it for it in attributes if it[0] not in ("style", "start") and not RANDOM.fullmatch(it[1] or "")]
        self.parts.append((tag, *sorted((name, value or "") for name, value in kept)))

    def handle_endtag(self, tag):
        self.preformatted -= tag == "pre"
        if tag == "p" and not self.in_paragraph:
            return
        self.in_paragraph &= tag != "p"
        self.parts.append(("/" + tag,))

    def handle_data(self, data):
        self.parts.append(data if self.preformatted else re.sub(r"\s+", " ", data))

    def normal(self):
        joined = []
        for part in self.parts:
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] = re.sub(r"\s+", " ", joined[-1] + part)
            else:
                joined.append(part)
        block = lambda part: isinstance(part, tuple) and part[0].lstrip("/") not in self.INLINE
        shown = []
        for i, part in enumerate(joined):
            if isinstance(part, str):
                part = part.lstrip() if not i or block(joined[i - 1]) else part
                part = part.rstrip() if i + 1 == len(joined) or block(joined[i + 1]) else part
            if part == ("/p",) and shown and shown[-1] == ("p",):
                shown.pop()
            elif part:
                shown.append(part)
        return shown


def structure(text):
    parser = Structure()
    parser.feed(text)
    parser.close()
    return parser.normal()


def changing_rules():
    """The rules that declare that their fixes change what readers get, and the one of which the documentation says that its fix makes links."""
    sources = (REPOSITORY / "src/rules").rglob("*.rs")
    texts = (path.read_text() for path in sources)
    changing = (re.search(r'\bid = "([a-z-]+)"', text).group(1) for text in texts if re.search(r"\bchanges = Changes::", text))
    return sorted([*changing, "bare-url"])


def difference(before, after):
    """Where two structures part, with what is around."""
    one, two = (" ".join(it if isinstance(it, str) else f"<{' '.join(map(str, it))}>" for it in parts) for parts in (before, after))
    at = next((i for i, (left, right) in enumerate(zip(one, two)) if left != right), min(len(one), len(two)))
    around = lambda text: text[max(at - 70, 0):at + 90].replace("\n", "⏎")
    return f"    before: {around(one)}\n    after:  {around(two)}"


def compare(binary, engine, dialect, folder):
    """Prints the pages that fixes changed for readers; returns how many there are."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = pathlib.Path(temporary, folder.name)
        shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        subprocess.run(["chmod", "-R", "u+w", copy], check=True)
        subprocess.run(["git", "init", "-q", copy], check=True)
        if dialect:
            config = f'files: ["**/*.md", "**/*.mdx"]\nsite:\n  dialect: [{dialect}]\n'
            (copy / "copydesk.yaml").write_text(config)
        rules = ",".join(changing_rules())
        command = [binary, "check", "--fix", "--preset", "strict", "--ignore", rules, "--format", "json", "."]
        subprocess.run(command, cwd=copy, capture_output=True)
        pages = [path for path in copy.rglob("*") if path.suffix in (".md", ".mdx", ".markdown") and ".git" not in path.parts]
        pairs = []
        for path in sorted(pages):
            name = path.relative_to(copy)
            try:
                texts = [(root / name).read_text() for root in (folder, copy)]
            except (UnicodeDecodeError, OSError):
                continue
            if texts[0] != texts[1]:
                pairs.append((name, *(FRONT_MATTER.sub("", text) for text in texts)))
    shown = ENGINES[engine]([text for _, *both in pairs for text in both])
    harmed = 0
    for i, (name, *_) in enumerate(pairs):
        before, after = structure(shown[2 * i]), structure(shown[2 * i + 1])
        if before != after:
            harmed += 1
            print(f"{folder.name}/{name}\n{difference(before, after)}")
    print(f"{folder.name}: {len(pairs)} of {len(pages)} pages changed by safe fixes, {harmed} of them for readers ({engine})")
    return harmed


def main():
    binary, engine, *folders = sys.argv[1:]
    engine, _, dialect = engine.partition(":")
    if not is_installed(engine):
        print(f"skipped: {engine} is not installed")
        return
    binary = str(pathlib.Path(binary).resolve())
    sys.exit(sum(compare(binary, engine, dialect, pathlib.Path(folder).resolve()) for folder in folders) > 0)


main()
