#!/usr/bin/env python3
"""dialect_answers.py DOCUMENTS OUT: copies documents in dialects to OUT, each with what its engine makes of it.

The folder of a document names its dialect. Folders whose engine is not installed, or not asked for here, are left out, and that is said.
The answers have the form that `dialects.py` compares.
"""
import html.parser, json, pathlib, re, sys

from dialect_engines import ENGINES, is_installed

# The engine of each folder, and what `dialects.py` calls its answer.
OF_FOLDER = {
    "eleventy": ("liquid", "liquid"), "hugo": ("hugo", "hugo"), "kramdown": ("kramdown", "gfm"), "mdbook": ("mdbook", "mdbook"),
    "mdx": ("mdx", "mdx3"), "mkdocs": ("python-markdown", "mkdocs"),
}
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)


class Facts(html.parser.HTMLParser):
    """The headings, links, images and blocks of code of a page, or of the tree that is printed like one."""

    def __init__(self):
        super().__init__()
        self.found, self.code = {"headings": [], "links": [], "images": [], "code": []}, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        of_tree = lambda name: json.loads(attributes.get(name) or "null")
        if re.fullmatch("h[1-6]", tag):
            self.found["headings"].append({"level": int(tag[1]), "id": attributes.get("id")})
        elif tag == "a" and "href" in attributes:
            self.found["links"].append({"href": attributes["href"]})
        elif tag == "img":
            self.found["images"].append({"src": attributes.get("src", "")})
        elif tag == "pre":
            self.code = ""
        elif tag == "heading":
            self.found["headings"].append({"level": of_tree("depth")})
        elif tag in ("link", "linkreference") and ("url" in attributes or tag != "link"):
            self.found["links"].append({"href": of_tree("url") or ""})
        elif tag == "image":
            self.found["images"].append({"src": of_tree("url")})
        elif tag == "code" and "value" in attributes:
            self.found["code"].append({"text": of_tree("value")})

    def handle_endtag(self, tag):
        if tag == "pre" and self.code is not None:
            self.found["code"].append({"text": self.code})
            self.code = None

    def handle_data(self, data):
        if self.code is not None:
            self.code += data


def answer(page):
    if page == "error":
        return {"error": page}
    facts = Facts()
    facts.feed(page)
    facts.close()
    return facts.found


def main():
    documents, out = map(pathlib.Path, sys.argv[1:])
    for folder in sorted(path for path in documents.iterdir() if path.is_dir() and path.name != "node_modules"):
        engine, name = OF_FOLDER.get(folder.name, (None, None))
        if not engine or not is_installed(engine):
            print(f"skipped: {engine or 'the engine'} for the documents of {folder.name} is not installed")
            continue
        (out / folder.name).mkdir(parents=True)
        paths = sorted(folder.glob("*.md*"))
        texts = [path.read_text() for path in paths]
        for path, text, page in zip(paths, texts, ENGINES[engine]([FRONT_MATTER.sub("", text) for text in texts])):
            copy = out / folder.name / path.name
            copy.write_text(text)
            copy.with_suffix(".json").write_text(json.dumps({"document": path.name, "answers": {name: answer(page)}}))


main()
