"""What the Markdown engines of sites make of pages: functions from a list of texts to one of HTML.

Those of npm are looked for in NODE_PATH, Python-Markdown and its extensions in this Python; the others are the programs `ruby`, `mdbook`
and `hugo`.
"""
import importlib.util, json, os, pathlib, re, shutil, subprocess, sys, tempfile, zlib


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
LIQUID = """
const {Liquid} = await load('liquidjs');
const make = (await load('markdown-it')).default;
const templates = new Liquid(), engine = make({html: true}).disable('code');
const render = async text => engine.render(await templates.parseAndRender(text, {title: 'Title'}));
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


# mdBook has each image twice, to enlarge it.
ENLARGED = re.compile(r'<label class="checkbox-label">.*?<span class="img-wrapper">(.*?)</span></label>', re.S)


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
        return [ENLARGED.sub(r"\1", re.search(r"<main>(.*?)</main>", page, re.S).group(1)) for page in pages]


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
    "liquid": node(LIQUID), "vitepress": node(VITEPRESS), "mdbook": mdbook, "hugo": hugo,
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
            packages = {"mdx": ["remark-mdx", "remark-directive"], "liquid": ["liquidjs", "markdown-it"]}.get(engine, [engine])
            return bool(shutil.which("node")) and all((root / name).is_dir() for name in packages)
