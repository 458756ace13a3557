#!/usr/bin/env python3
"""Tries the settings in docs/editors.md with the editors that are installed: on a line with characters of two, three and
four bytes, a finding has to stand where the editor shows the word. Usage: editors.py COPYDESK"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LINE = "The harbour’s café 𝒳 has the the best soup."
PAGE = f"# Soup\n\n{LINE}\n"
# Of the second `the`, from 1.
CHARACTERS, UTF16, BYTES = 30, 31, 36

DOCS = Path(__file__).resolve().parent.parent / "docs" / "editors.md"


def snippets():
    """The settings by the name behind their language."""
    blocks = re.findall(r"^```\w+ ([\w-]+)\n(.*?)^```$", DOCS.read_text(), re.M | re.S)
    return dict(blocks)


class Desk:
    """A folder with a page in it and the binary on the path."""

    def __init__(self, binary):
        self.folder = Path(tempfile.mkdtemp()).resolve()
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "copydesk").symlink_to(Path(binary).resolve())
        (self.folder / "site").mkdir()
        self.page = self.folder / "site" / "page.md"
        self.page.write_text(PAGE)
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def run(self, *command, **more):
        ran = subprocess.run(
            [str(part) for part in command], cwd=self.folder / "site", env=self.environment, text=True,
            capture_output=True, timeout=60, **more)
        return ran.stdout, ran.stderr

    def copydesk(self, *arguments):
        return self.run("copydesk", "check", *arguments, input=PAGE)[0]


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found} and not {wanted}")
    print(f"{what}: right")


def neovim(desk, settings):
    script = desk.write("neovim.lua", settings["neovim"])
    answer = desk.folder / "neovim.json"
    desk.run(
        "nvim", "--headless", "-u", script, desk.page,
        "-c", "lua vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)",
        "-c", f"lua vim.fn.writefile({{vim.json.encode(vim.diagnostic.get(0))}}, '{answer}')", "-c", "qa!")
    place(answer, "Neovim")
    # The plugin is stood in for: it calls the parser with what the command prints.
    linter = desk.write("lint.lua", "package.preload['lint'] = function() return _G.lint end\n"
                        "_G.lint = { linters = {}, linters_by_ft = {} }\n" + settings["nvim-lint"])
    output = desk.write("output.json", desk.copydesk("--format", "json", "--stdin-filename", desk.page))
    answer = desk.folder / "lint.json"
    desk.run(
        "nvim", "--headless", "-u", linter, desk.page,
        "-c", f"lua local text = table.concat(vim.fn.readfile('{output}'), '\\n')\n"
        f"vim.fn.writefile({{vim.json.encode(_G.lint.linters.copydesk.parser(text, 0))}}, '{answer}')", "-c", "qa!")
    place(answer, "nvim-lint")


def place(answer, what):
    [found] = json.loads(answer.read_text())
    wanted = [2, BYTES - 1, BYTES + 2, "repeated-word"]
    expect(what, [found[key] for key in ("lnum", "col", "end_col", "code")], wanted)


def neovim_server(desk, settings):
    # A test by itself: the other settings for Neovim show findings, too.
    script = desk.write("server.lua", settings["neovim-start"] + """
vim.api.nvim_create_autocmd({ "BufRead" }, { pattern = "*.md", command = "setfiletype markdown" })
""")
    answer, text = desk.folder / "server.json", desk.folder / "fixed.md"
    steps = desk.write("steps.lua", f"""
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)
vim.fn.writefile({{ vim.json.encode(vim.diagnostic.get(0)) }}, '{answer}')
local client = vim.lsp.get_active_clients()[1]
local last = {{ line = vim.api.nvim_buf_line_count(0), character = 0 }}
local actions = client.request_sync("textDocument/codeAction", {{
  textDocument = vim.lsp.util.make_text_document_params(),
  range = {{ start = {{ line = 0, character = 0 }}, ["end"] = last }},
  context = {{ diagnostics = {{}}, only = {{ "source.fixAll.copydesk" }} }},
}}, 20000, 0)
vim.lsp.util.apply_workspace_edit(actions.result[1].edit, client.offset_encoding)
vim.fn.writefile(vim.api.nvim_buf_get_lines(0, 0, -1, true), '{text}')
""")
    desk.run("nvim", "--headless", "-u", script, desk.page, "-c", f"luafile {steps}", "-c", "qa!")
    found = [it for it in json.loads(answer.read_text()) if it["code"] == "repeated-word"]
    answer.write_text(json.dumps(found))
    place(answer, "Neovim's client of the server")
    expect("fix all in Neovim", text.read_text(), desk.copydesk("--fix", "--stdin-filename", desk.page))


def eglot(desk, settings):
    script = desk.write("eglot.el", "(package-initialize)\n(setq eglot-sync-connect 30)\n"
                        "(define-derived-mode markdown-mode text-mode \"Markdown\")\n"
                        "(define-derived-mode gfm-mode markdown-mode \"GFM\")\n" + settings["eglot"])
    has_eglot = ["--batch", "--eval", "(package-initialize)", "--eval", "(princ (require 'eglot nil t))"]
    if desk.run("emacs", *has_eglot)[0].strip() != "eglot":
        print("skipped: Eglot is not installed")
        return
    said, complaint = desk.run("emacs", "--batch", "-l", script, "--eval", f"""(progn
  (find-file "{desk.page}") (delay-mode-hooks (markdown-mode)) (call-interactively #'eglot)
  (let ((tries 0))
    (while (and (< tries 100) (null (flymake-diagnostics)))
      (accept-process-output nil 0.2) (setq tries (1+ tries))))
  (dolist (it (flymake-diagnostics))
    (when (string-match-p "repeated" (flymake-diagnostic-text it))
      (goto-char (flymake-diagnostic-beg it))
      (princ (format "%d %d" (line-number-at-pos) (1+ (current-column)))))))""")
    # A column of Emacs is one of the screen, and 𝒳 may be wide there: the place in the text is asked.
    expect(f"Eglot{complaint if not said else ''}", said.split()[:1], ["3"])


def vim(desk, settings):
    script = desk.write("vim.vim", settings["vim"])
    answer = desk.folder / "vim.json"
    desk.run(
        "vim", "-Nu", "NONE", "-es", "-c", "filetype on", "-S", script, desk.page, "-c", "setfiletype markdown",
        "-c", "doautocmd FileType markdown", "-c", "silent make", "-c", "cfirst",
        "-c", f"call writefile([json_encode([line('.'), col('.'), len(getqflist())])], '{answer}')", "-c", "qa!")
    expect("Vim's quickfix list", json.loads(answer.read_text()), [3, BYTES, 1])
    # The plugin is stood in for: it calls the handler with what the command prints.
    (desk.folder / "autoload" / "ale").mkdir(parents=True)
    (desk.folder / "autoload" / "ale" / "linter.vim").write_text(
        "function! ale#linter#Define(language, linter) abort\n  let g:linter = a:linter\nendfunction\n")
    script = desk.write("ale.vim", settings["ale"])
    output = desk.write("output.json", desk.copydesk("--format", "json", "--stdin-filename", desk.page))
    desk.run(
        "vim", "-Nu", "NONE", "-es", "--cmd", f"set runtimepath+={desk.folder}", "-S", script, desk.page,
        "-c", f"call writefile([json_encode(call(g:linter.callback, [bufnr('%'), readfile('{output}')]))], '{answer}')",
        "-c", "qa!")
    [found] = json.loads(answer.read_text())
    wanted = [3, BYTES, BYTES + 2, "W"]
    expect("ALE's handler", [found[key] for key in ("lnum", "col", "end_col", "type")], wanted)


def emacs(desk, settings):
    script = desk.write("flycheck.el", settings["flycheck"])
    output = desk.write("output.json", desk.copydesk("--format", "json", "--stdin-filename", desk.page))
    has_flycheck = ["--batch", "--eval", "(require 'flycheck nil t)", "--eval", "(princ (featurep 'flycheck))"]
    if desk.run("emacs", *has_flycheck)[0].strip() != "t":
        print("skipped: Flycheck is not installed")
        return
    said, complaint = desk.run(
        "emacs", "--batch", "-l", script, "--eval", f"""(with-current-buffer (find-file-noselect "{desk.page}")
  (let* ((output (with-temp-buffer (insert-file-contents "{output}") (buffer-string)))
         (found (car (copydesk-parse output 'copydesk (current-buffer)))))
    (princ (format "%d %d %s" (flycheck-error-line found) (flycheck-error-column found)
                   (flycheck-error-level found)))))""")
    expect(f"Flycheck{complaint if not said else ''}", said, f"3 {CHARACTERS} warning")


def code(desk, settings):
    pattern = json.loads(settings["vscode"])["tasks"][0]["problemMatcher"]["pattern"]
    lines = desk.write("lines.json", desk.copydesk("--format", "json-lines", desk.page))
    script = desk.write("code.cjs", f"""
const pattern = {json.dumps(pattern)};
const match = new RegExp(pattern.regexp).exec(require("fs").readFileSync({json.dumps(str(lines))}, "utf8"));
console.log(["line", "column", "endColumn", "code", "severity"].map((key) => match[pattern[key]]).join(" "));
""")
    expect("the pattern for VS Code", desk.run("node", script)[0].strip(), f"3 {UTF16} {UTF16 + 3} repeated-word warning")


def sublime(desk, settings):
    pattern = json.loads(settings["sublime"])["file_regex"]
    match = re.search(pattern, desk.copydesk("--format", "concise", desk.page), re.M)
    expect("the pattern for Sublime Text", [match[2], match[3]], ["3", str(CHARACTERS)])


def efm(desk, settings):
    quoted = re.search(r'lint-command: (".*")$', settings["efm"], re.M)[1]
    command = json.loads(quoted).replace("${INPUT}", str(desk.page))
    said, _ = desk.run("sh", "-c", command, input=PAGE)
    expect("the command for efm-langserver", said.split(": ")[0].split(":")[1:], ["3", str(UTF16)])


def main():
    desk, settings = Desk(sys.argv[1]), snippets()
    tries = [("nvim", neovim), ("nvim", neovim_server), ("vim", vim), ("emacs", emacs), ("emacs", eglot), ("node", code), ("python3", sublime), ("jq", efm)]
    for program, attempt in tries:
        if shutil.which(program):
            attempt(desk, settings)
        else:
            print(f"skipped: {program} is not installed")
    shutil.rmtree(desk.folder)


main()
