#!/usr/bin/env python3
"""Types into pages of a large site, and says what an edit costs: the time until the findings come, and memory, which
must not grow with the edits. Usage: server.py COPYDESK [PAGES [EDITS]]"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Growth from the first tenth of the edits to the last, in MiB, that is no leak: the allocator keeps what it had.
MAX_GROWTH = 24
PARAGRAPH = "The harbour’s café 𝒳 serves soup, see [the tides](tides-{0}.md#low-tide) and the [quay](quay.md).\n\n"
PAGE = "---\ntitle: Tides {0}\ndate: 2024-05-01\ntags: [rope, tar]\n---\n\n# Tides {0}\n\n## Low tide\n\n"


class Client:
    def __init__(self, binary, root):
        self.root, self.count = root, 0
        self.process = subprocess.Popen([binary, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
        folders = [{"uri": root.as_uri(), "name": "site"}]
        self.send({"id": 1, "method": "initialize", "params": {"capabilities": {}, "workspaceFolders": folders}})
        self.wait(lambda it: it.get("id") == 1)
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, is_meant):
        while True:
            length = 0
            while (line := self.process.stdout.readline()) != b"\r\n":
                if not line:
                    sys.exit("the server is gone")
                if line.startswith(b"Content-Length: "):
                    length = int(line[16:])
            message = json.loads(self.process.stdout.read(length))
            if is_meant(message):
                return message

    def findings(self, uri, version):
        def is_it(message):
            params = message.get("params", {})
            return params.get("uri") == uri and params.get("version") == version
        self.wait(is_it)

    def memory(self, name="VmRSS"):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(f"{name}:")[1].split()[0]) // 1024


def main():
    binary = str(Path(sys.argv[1]).resolve())
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 1600
    edits = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        (root / "copydesk.yaml").write_text("rules:\n  known-typo: warning\n")
        for nth in range(pages):
            text = PAGE.format(nth) + "".join(PARAGRAPH.format((nth + step) % pages) for step in range(40))
            (root / f"tides-{nth}.md").write_text(text)
        (root / "quay.md").write_text("# Quay\n")
        client = Client(binary, root)
        uri = (root / "tides-0.md").as_uri()
        text = (root / "tides-0.md").read_text()
        started = time.monotonic()
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        client.tell("textDocument/didOpen", {"textDocument": item})
        client.findings(uri, 1)
        print(f"{pages} pages: first findings after {time.monotonic() - started:.2f} s, {client.memory()} MiB")
        took, early = [], 0
        for version in range(2, edits + 2):
            # A letter comes and goes, so that the page stays as long as it is.
            place = {"line": 8, "character": 3}
            end = place if version % 2 == 0 else {"line": 8, "character": 4}
            change = {"range": {"start": place, "end": end}, "text": "x" if version % 2 == 0 else ""}
            document = {"uri": uri, "version": version}
            before = time.monotonic()
            client.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
            client.findings(uri, version)
            took.append(1000 * (time.monotonic() - before))
            if version % 100 == 0:
                time.sleep(1.3)  # A pause: the site is read again.
            if version == edits // 10:
                early = client.memory()
        late = client.memory()
        took.sort()
        print(f"{edits} edits: median {took[len(took) // 2]:.1f} ms, 95 % {took[len(took) * 95 // 100]:.1f} ms, "
              f"most {took[-1]:.1f} ms; {early} MiB after a tenth, {late} at the end, "
              f"peak {client.memory('VmHWM')}")
        client.process.stdin.close()
        client.process.wait()
        if late - early > MAX_GROWTH:
            sys.exit(f"memory grew by {late - early} MiB")


main()
