#!/usr/bin/env python3
"""fixed_pages.py COPYDESK ENGINE[:DIALECT,…] FOLDER...: what the engine of a site makes of its pages before and after safe fixes.

The safe fixes of the preset `strict` are applied to a copy of each folder, but for those of rules that declare that they change what
readers get (`changes = Changes::…` in src/rules). Then the text and structure of every changed page have to be the same. Pages in the
front matter of which nothing is rendered are compared without it.

ENGINE is `python-markdown`, `kramdown`, `mdx`, `markdown-it`, `vitepress`, `mdbook` or `hugo`. Those of npm are looked for in NODE_PATH,
Python-Markdown and its extensions in this Python; the others are the programs `ruby`, `mdbook` and `hugo`. The dialect is that of pages
outside of a site.
"""
import html.parser, importlib.util, json, os, pathlib, re, shutil, subprocess, sys, tempfile, zlib

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


def python_markdown(texts):
    import markdown
    names = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "tables", "toc"]
    names += ["pymdownx." + name for name in (
        "arithmatex", "betterem", "caret", "critic", "details", "highlight", "inlinehilite", "keys", "mark", "smartsymbols", "superfences",
        "tabbed", "tasklist", "tilde")]
    options = {"pymdownx.tabbed": {"alternate_style": True}, "pymdownx.highlight": {"pygments_lang_class": True}}
    return [markdown.markdown(text, extensions=names, extension_configs=options) for text in texts]


def shown_as_words(text, tag):
    """Puts a word in place of each tag, another one for other text in it: what a site shows there is not known."""
    return re.sub(tag, lambda found: f"TAG{zlib.crc32(found[0].encode())}", text, flags=re.S)


def batch(command):
    def run(texts):
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{command[0]}: {done.stderr.strip()[-600:]}")
        return json.loads(done.stdout)
    return run


KRAMDOWN = """
require 'json'; require 'kramdown'; require 'kramdown-parser-gfm'
options = { input: 'GFM', hard_wrap: false, syntax_highlighter: nil }
puts JSON.generate(JSON.parse(STDIN.read).map { |text| Kramdown::Document.new(text, options).to_html })
"""
# A page is its syntax tree without the places in it; an error of the compiler is one as well.
MDX = """
const [{unified}, parse, mdx, gfm, directive, front] = await Promise.all(
  ['unified', 'remark-parse', 'remark-mdx', 'remark-gfm', 'remark-directive', 'remark-frontmatter'].map(name => load(name)));
// The spaces at the end of an info string, and definitions that nothing uses, are not shown.
const kept = (name, value) => ['position', 'data'].includes(name) ? undefined : typeof value === 'string' ? value.trimEnd() : value;
const shown = node => {
  if (node.type === 'text') return node.value;
  if (node.type === 'definition') return '';
  const {type, position, data, children, spread, ...rest} = node;
  const attributes = Object.entries(rest).map(([name, value]) => `${name}="${JSON.stringify(value, kept)?.replace(/"/g, '&quot;')}"`);
  return `<${type} ${attributes.join(' ')}>${(children ?? []).map(shown).join('')}</${type}>`;
};
const engine = unified().use(parse.default).use(mdx.default).use(gfm.default).use(directive.default).use(front.default);
const render = text => { try { return shown(engine.parse(text.replace(/<!--[^]*?-->/g, ''))); } catch (error) { return 'error'; } };
"""
MARKDOWN_IT = """
const make = (await load('markdown-it')).default;
const engine = make({html: true}).disable('code');
const render = text => engine.render(text);
"""
VITEPRESS = """
const {createMarkdownRenderer} = await load('vitepress');
const engine = await createMarkdownRenderer('/', {highlight: code => code}, '/', {warn() {}, warnOnce() {}, info() {}});
const withoutFiles = text => text.replace(/^(\\s*)<<< .*$/gm, '$1SNIPPET');
const render = text => engine.render(withoutFiles(text), {path: '/page.md', relativePath: 'page.md', includes: []});
"""
NODE = """
import {createRequire} from 'node:module'; import {pathToFileURL} from 'node:url'; import fs from 'node:fs'; import path from 'node:path';
const root = process.env.NODE_PATH;
const load = async name => {
  const folder = path.join(root, name), about = JSON.parse(fs.readFileSync(path.join(folder, 'package.json')));
  const entry = about.exports?.['.']?.default ?? about.exports?.['.']?.import ?? about.exports?.default ?? about.exports ?? about.module ?? about.main;
  const file = typeof entry === 'string' ? entry : entry?.default ?? about.module ?? about.main ?? 'index.js';
  return import(pathToFileURL(path.join(folder, file)).href);
};
%s
let input = "";
for await (const part of process.stdin) input += part;
const texts = JSON.parse(input), pages = [];
for (const text of texts) pages.push(await render(text));
process.stdout.write(JSON.stringify(pages), () => process.exit(0));
"""


def mdbook(texts):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "src")
        source.mkdir()
        pathlib.Path(folder, "book.toml").write_text('[book]\ntitle = "Pages"\n[output.html]\n')
        (source / "SUMMARY.md").write_text("".join(f"- [Page](p{i}.md)\n" for i in range(len(texts))))
        for i, text in enumerate(texts):
            (source / f"p{i}.md").write_text(text)
        subprocess.run(["mdbook", "build", folder], check=True, capture_output=True)
        pages = (pathlib.Path(folder, "book", f"p{i}.html").read_text() for i in range(len(texts)))
        return [re.search(r"<main>(.*?)</main>", page, re.S).group(1) for page in pages]


def hugo(texts):
    """The shortcodes of the site are not known."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("content", "layouts/_default"):
            (root / name).mkdir(parents=True)
        (root / "hugo.toml").write_text(
            'baseURL = "https://example.org/"\ndisableKinds = ["RSS", "sitemap", "taxonomy", "term", "home"]\n'
            "[markup.goldmark.renderer]\nunsafe = true\n[markup.highlight]\ncodeFences = false\n")
        (root / "config.toml").write_text((root / "hugo.toml").read_text())
        (root / "layouts/_default/single.html").write_text("<main>{{ .Content }}</main>")
        for i, text in enumerate(texts):
            plain = shown_as_words(text, r"\{\{[<%].*?[>%]\}\}")
            (root / "content" / f"p{i}.md").write_text("---\ntitle: Page\n---\n" + plain)
        done = subprocess.run(["hugo", "--source", folder, "--quiet"], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"hugo: {done.stdout[-300:]}{done.stderr[-300:]}")
        pages = ((root / "public" / f"p{i}" / "index.html").read_text() for i in range(len(texts)))
        return [re.search(r"<main>(.*?)</main>", page, re.S).group(1) for page in pages]


def kramdown(texts):
    """What Liquid shows is not known, and its tags show nothing."""
    plain = (re.sub(r"\{%.*?%\}", "", shown_as_words(text, r"\{\{.*?\}\}"), flags=re.S) for text in texts)
    return batch(["ruby", "-e", KRAMDOWN])(list(plain))


def node(script):
    return batch(["node", "--input-type=module", "-e", NODE % script])


ENGINES = {
    "python-markdown": python_markdown, "kramdown": kramdown, "mdx": node(MDX), "markdown-it": node(MARKDOWN_IT),
    "vitepress": node(VITEPRESS), "mdbook": mdbook, "hugo": hugo,
}


def is_installed(engine):
    root = pathlib.Path(os.environ.get("NODE_PATH", ""))
    succeeds = lambda *command: not subprocess.run(command, capture_output=True).returncode
    match engine:
        case "python-markdown":
            return all(importlib.util.find_spec(name) for name in ("markdown", "pymdownx", "pygments"))
        case "kramdown":
            return bool(shutil.which("ruby")) and succeeds("ruby", "-e", 'require "kramdown-parser-gfm"')
        case "mdbook" | "hugo":
            return bool(shutil.which(engine))
        case _:
            return bool(shutil.which("node")) and (root / {"mdx": "remark-mdx"}.get(engine, engine)).is_dir()


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
