#!/usr/bin/env python3
"""dialects.py DOCUMENTS FACTS [LIST]: what copydesk sees in documents of dialects against what their engines make of them.

Compared are headings with their ids, links, images and blocks of code, in their order. FACTS is what the test `dialect_facts` writes.
Each document listed in LIST, `.ci/expected/dialects.txt` by default, differs for the reason given there; any other difference fails, and so does one
that is listed and does not differ.
"""
import json, pathlib, re, sys, urllib.parse

# The answer of the engine by the folder of the documents.
ENGINES = {
    "docusaurus": "mdx", "eleventy": "liquid", "eleventy/njk": "njk", "github": "cmark-gfm", "hugo": "hugo", "jekyll": "jekyll",
    "kramdown": "gfm", "mdbook": "mdbook", "mdx": "mdx3", "mkdocs": "mkdocs", "obsidian": "pandoc-gfm-wikilinks", "pandoc": "pandoc",
    "starlight": "starlight", "vitepress": "vitepress",
}
# Engines that make links of bare addresses.
LINKING = {"docusaurus", "github", "hugo", "mdx", "mkdocs", "obsidian", "starlight", "vitepress"}
# Of these, engines that leave `www.` without a scheme alone.
WITHOUT_WWW = {"vitepress"}
# Answers that say nothing of elements of HTML.
WITHOUT_ELEMENTS = {"mdx"}
# Engines that give headings no ids, or answers that have none.
WITHOUT_IDS = {"eleventy", "eleventy/njk", "github", "mdx", "obsidian", "pandoc", "starlight"}


def address(text):
    """An address as two engines may both write it."""
    text = urllib.parse.unquote(text or "").replace("&amp;", "&").strip()
    text = re.sub(r"^(https?://[^/]+)/$", r"\1", re.sub(r"^https?://(?=www\.)", "", text))
    return re.sub(r"(\.md|\.html|/index|/)(?=$|#)", "", re.sub(r"^(\./|\.\./)+", "", text))


# cmark-gfm has none of the formulas and the front matter of GitHub.
LATER_STEPS = re.compile(r"\A---$|\$", re.M)

# A template, what is between two tags of one, which may be shown or not, and a file that is taken in.
TEMPLATE = re.compile(
    r"\s*(?:\{%-? *(if|unless|case|for)\b.*?\{%-? *end\1 *-?%\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|--8<-- .*?$|<!-- *@include.*?-->)\s*", re.S | re.M)

# The heading of the report that the macros plugin of MkDocs puts in place of a page with an error.
REPORT = "macro-syntax-error"

# Takes in a file, which is not read here: what the engine has besides may be of that file.
TAKES_IN = re.compile(r"\{\{ ?#(include|rustdoc_include|playground|playpen)\b|--8<--|@include|\{%-? *(include|render)\b")
OF_FILES = {"links", "headings", "code"}

# A tag with arguments; and a pair of tags, of which only the site knows what it makes of its content, if anything.
TAG = re.compile(r"\{\{[<%](.*?)[>%]\}\}|\{%-? *include\b(.*?)%\}", re.S)
PAIR = re.compile(r"\{\{[<%] *(\w+)\b.*?\{\{[<%] */ *\1 *[>%]\}\}|\{%-? *(\w+)\b[^%]*%\}.*?\{%-? *end\2 *-?%\}", re.S)


class Unknown:
    """What a document has that only its site knows: what the engine may have besides, and what it may lack."""

    def __init__(self, engine, text, hidden):
        self.takes_in = bool(TAKES_IN.search(text))
        self.hidden = [facts(engine, it) for it in hidden]
        self.arguments = {address(it) for tag in TAG.findall(text) for it in re.findall(r"=\s*[\"`]?([^\"`\s>]+)|\]\(([^)\s]+)", "".join(tag)) for it in it if it}
        pairs = "\n".join(match[0] for match in PAIR.finditer(text))
        self.links = {address(it) for it in re.findall(r"\]\(([^)\s]+)", pairs)}
        self.titles = {re.sub(r"\W+", "-", it.strip().lower()) for it in re.findall(r"^#+ (.*)$", pairs, re.M)}

    def is_extra(self, kind, item):
        is_of_file = self.takes_in and kind in OF_FILES
        # What is between two tags may be shown more than once.
        return is_of_file or any(item in it[kind] for it in self.hidden) or kind == "links" and item in self.arguments | self.links

    def is_optional(self, kind, item):
        return kind == "links" and item in self.links or kind == "headings" and item[1] in self.titles


# A link by reference in the answers of an engine that gives a tree: it has no URL.
REFERENCE = "[reference]"


def same(kind, theirs, ours, unknown):
    """Whether two lists are equal, where a template of ours stands for anything."""
    rest = sorted(theirs, key=lambda it: unknown.is_extra(kind, it))
    references = rest.count(REFERENCE)
    for one in sorted(ours, key=lambda it: bool(TEMPLATE.search(str(it)))):
        pattern = re.compile(".*".join(map(re.escape, TEMPLATE.sub("\0", str(one)).split("\0"))), re.S)
        filled_in = (it for it in rest if TEMPLATE.search(str(one)) and pattern.fullmatch(str(it)))
        match = one if one in rest else next(filled_in, None)
        if match is None and unknown.is_optional(kind, one):
            continue
        if match is None and not references:
            return False
        references -= match is None
        rest.remove(REFERENCE if match is None else match)
    return all(unknown.is_extra(kind, it) for it in rest)


# A link that pandoc adds to each line of code in a block with an id.
LINE_NUMBER = re.compile(r"#[\w-]+-\d+")
# What VitePress reads in code and does not show.
NOTATION = re.compile(r"\s*(//|#|<!--) \[!code [^\]]*\].*$", re.M)
# The mark of lines that mdBook hides.
HIDDEN = re.compile(r"^# ", re.M)


def code(text):
    text = NOTATION.sub("", text or "")
    return "\n".join(line.rstrip() for line in (text or "").strip().splitlines() if line.strip())


# What the pages of MkDocs have of the plugins for emojis and for links to a forge.
EMOJI, SHORTHAND = re.compile(r":[\w-]+:"), re.compile(r"(#|@)\w+")
# The numbers of the lines of code, in an element of their own.
NUMBERS = re.compile(r"[\d\s]+")


def is_of_plugin(engine, it):
    return engine == "mkdocs" and isinstance(it, dict) and bool(EMOJI.fullmatch(it.get("title", "")) or SHORTHAND.fullmatch(it.get("text", "")))


def facts(engine, seen, text=None):
    """The facts of a document in the form in which they are compared. What is linked as it is shown, and is not in `text`, a template shows."""
    is_shown = lambda it: text is not None and isinstance(it, dict) and it.get("text") and it["text"] == it.get("href") and it["text"] not in text
    anchor = lambda link: link.get("href", link.get("url", "")) if isinstance(link, dict) else link
    image = lambda it: it.get("src", it.get("url", "")) if isinstance(it, dict) else it
    elements = seen.get("elements", {}) if engine not in WITHOUT_ELEMENTS else {}
    bare = (seen.get("bare", []) if engine in LINKING else []) + (seen.get("www", []) if engine in LINKING - WITHOUT_WWW else [])
    links = [anchor(it) for it in seen.get("links", []) if not is_of_plugin(engine, it) and not is_shown(it)] + elements.get("links", []) + bare
    # Links of footnotes, and those that themes add to lines of code and headings.
    added = ("#fn", "#user-content-fn", "#__codelineno", "#footnote-", "#fr-", "#cb")
    ids = {"#" + (it.get("id") or "") for it in seen.get("headings", [])} if engine in ("mdbook", "vitepress") else set()
    # kramdown makes a table of contents of a list, which is no list of ours.
    if any(str(it).startswith("markdown-toc") for it in seen.get("anchors", [])):
        ids |= {"#" + (it.get("id") or "") for it in seen.get("headings", [])}
    ids |= {"#" + it for it in seen.get("anchors", []) if engine == "mdbook" and isinstance(it, str)}
    links = [address(link) for link in links if not (link or "").startswith(added) and link not in ids]
    if engine == "mdx":
        links = [link or REFERENCE for link in links]
    if engine == "pandoc":
        links = [link for link in links if not LINE_NUMBER.fullmatch(link)]
    # Docusaurus draws diagrams, and escapes what looks like an id in code as well; GitHub sets formulas.
    is_drawn = lambda it: it.get("math") or (engine, it.get("language")) in (("docusaurus", "mermaid"), ("github", "math"), ("pandoc", "{=html}"))
    blocks = [it if isinstance(it, dict) else {"text": it} for it in seen.get("code", [])]
    blocks = [it["text"] for it in blocks if it.get("block", True) and not is_drawn(it)]
    blocks = [HIDDEN.sub("", block) if engine == "mdbook" else block for block in blocks]
    blocks = [block.replace("\\{#", "{#") for block in blocks if engine != "hugo" or not NUMBERS.fullmatch(block)]
    # The theme of MkDocs writes a title without an id where a page has none, and so do the shortcodes of Hugo.
    is_written = lambda it: engine not in ("mkdocs", "hugo") or it.get("id")
    headings = [(it["level"], None if engine in WITHOUT_IDS else it.get("id")) for it in seen.get("headings", []) if is_written(it)]
    images = [address(image(it)) for it in seen.get("images", []) + elements.get("images", []) if not is_of_plugin(engine, it)]
    # An embed is a link in the answers for Obsidian.
    embeds = images if engine == "obsidian" else []
    return {
        "headings": headings,
        "links": sorted(links + embeds),
        "images": sorted(it for it in images if not embeds),
        "code": [code(block) for block in blocks],
    }


def main():
    documents, found, *lists = (pathlib.Path(it) for it in sys.argv[1:] if not it.startswith("--"))
    found = json.loads(found.read_text())
    listed = lists[0] if lists else pathlib.Path(__file__).parent / "expected/dialects.txt"
    expected = {line.split()[0] for line in listed.read_text().splitlines() if line and not line.startswith("#")} if listed.exists() else set()
    different, counts = set(), {}
    for fact in found:
        folder, name = fact["folder"], fact["document"]
        document = documents / folder.split("/")[0] / name
        answers, text = json.loads(document.with_suffix(".json").read_text())["answers"], document.read_text()
        answer = answers.get("pandoc-gfm" if folder == "github" and LATER_STEPS.search(text) else ENGINES[folder])
        if not answer or answer.get("error") or not answer.get("html", "-") or any(it.get("id") == REPORT for it in answer["headings"]):
            continue
        theirs, ours, unknown = facts(folder, answer, text), facts(folder, fact["seen"]), Unknown(folder, text, fact["hidden"])
        of_folder = counts.setdefault(folder, [0, 0])
        of_folder[1] += 1
        wrong = [key for key in theirs if not same(key, theirs[key], ours[key], unknown)]
        of_folder[0] += not wrong
        if wrong:
            different.add(f"{folder}/{name}")
        if wrong and ("--show" in sys.argv or f"{folder}/{name}" not in expected):
            print(f"{folder}/{name}")
            for key in wrong:
                print(f"    {key}: the engine has {theirs[key]}\n    {' ' * len(key)}  copydesk has {ours[key]}")
    for folder, (good, total) in counts.items():
        print(f"{folder}: {good} of {total} documents as the engine has them")
    for name in sorted(expected - different):
        print(f"{name} is listed in {listed.name} and does not differ")
    sys.exit(bool(different ^ expected))


main()
