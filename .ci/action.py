"""Runs the GitHub Action's scripts as a runner would, and asks for what a user sees: .ci/action.py BINARY"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(sys.argv[1]).resolve()
KNOWN = {"error", "warning", "notice"}


class Step:
    """What a step leaves behind: exit code, output, and what it wrote into the runner's files."""

    def __init__(self, script, workspace, **variables):
        with tempfile.TemporaryDirectory() as folder:
            files = {name: Path(folder, name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")}
            for file in files.values():
                file.touch()
            environment = {
                "PATH": os.environ["PATH"],
                "HOME": folder,
                "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "1717200000"),
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_WORKSPACE": str(workspace),
                "RUNNER_TEMP": folder,
                "RUNNER_OS": "Linux",
                "RUNNER_ARCH": "X64",
                **{name: str(file) for name, file in files.items()},
                **variables,
            }
            command = ["bash", f"{environment['GITHUB_ACTION_PATH']}/action/{script}"]
            done = subprocess.run(command, env=environment, cwd=workspace, capture_output=True, text=True)
            self.code, self.said = done.returncode, done.stdout + done.stderr
            self.outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
            self.summary = files["GITHUB_STEP_SUMMARY"].read_text()
            self.paths = files["GITHUB_PATH"].read_text().splitlines()
            binary = self.outputs.get("binary")
            self.version = subprocess.run([binary, "--version"], capture_output=True, text=True).stdout if binary else None

    def commands(self):
        """The commands that the runner obeys: (kind, properties, text)."""
        stopped, found = None, []
        for line in self.said.splitlines():
            if stopped is not None:
                if line.strip() == f"::{stopped}::":
                    stopped = None
                continue
            assert "##[" not in line, line
            command = re.match(r"\s*::([a-z-]+)(?: ([^:]*))?::(.*)", line)
            if command and command[1] == "stop-commands":
                stopped = command[3]
            elif command:
                found.append(command.groups())
        assert stopped is None, "commands are stopped for good"
        return found


def check(workspace, **variables):
    inputs = {
        "COPYDESK_BINARY": str(BINARY),
        "COPYDESK_PATHS": "",
        "COPYDESK_ARGS": "",
        "COPYDESK_SINCE": "auto",
        "COPYDESK_BASE": "",
        "COPYDESK_UNTRUSTED_CONFIG": "false",
        "COPYDESK_FAIL_ON": "warning",
        "COPYDESK_SARIF_FILE": "",
        "COPYDESK_WORKING_DIRECTORY": ".",
        "COPYDESK_ANNOTATIONS": "true",
        "COPYDESK_SUMMARY": "true",
    }
    return Step("check.sh", workspace, **{**inputs, **variables})


def git(folder, *words):
    names = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *names, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def a_site_with_mistakes(folder):
    shutil.copytree(ROOT / "fixtures/sites/harbour", folder / "harbour")
    step = check(folder / "harbour", COPYDESK_SARIF_FILE="copydesk.sarif")
    counted = json.loads(report(folder / "harbour"))["summary"]
    assert step.code == 1 and counted["errors"] > 10, step.said
    expected = {name: str(counted[name]) for name in ("errors", "warnings", "infos", "files")}
    assert step.outputs == {"exit-code": "1", "sarif-file": "copydesk.sarif", **expected}, step.outputs
    a_report_goes_nowhere_else(folder)
    assert step.summary.startswith("### copydesk: ") and "herring-soup" in step.summary
    assert json.loads((folder / "harbour/copydesk.sarif").read_text())["version"] == "2.1.0"
    kinds = [kind for kind, _, _ in step.commands()]
    assert kinds.count("error") == 10 and set(kinds) <= KNOWN, kinds
    assert "more finding" in step.commands()[-1][2]
    assert "┌─ src/pages/blog/herring-soup.md:3:20" in step.said, "the log has no excerpts"

    below = check(folder, COPYDESK_WORKING_DIRECTORY="harbour/", COPYDESK_PATHS="src/pages/author\nsrc/pages/blog/herring-soup.md\n")
    assert below.outputs["errors"] == "1" and "file=harbour/src/pages/blog/herring-soup.md,line=3" in below.said
    whole = check(folder, COPYDESK_WORKING_DIRECTORY="harbour")
    assert whole.outputs["errors"] == step.outputs["errors"], whole.outputs

    assert check(folder, COPYDESK_FAIL_ON="never").code == 0
    quiet = check(folder / "harbour", COPYDESK_ANNOTATIONS="false", COPYDESK_SUMMARY="false")
    assert quiet.code == 1 and not quiet.commands() and not quiet.summary
    clean = check(folder / "harbour", COPYDESK_PATHS="src/pages/visit/index.md")
    assert clean.code == 0 and clean.outputs["errors"] == "0" and not clean.commands(), clean.said


def a_report_goes_nowhere_else(folder):
    site, elsewhere = folder / "harbour", folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "target").write_text("")
    (site / "linked.sarif").symlink_to(elsewhere / "target")
    (site / "dangling.sarif").symlink_to(elsewhere / "nothing")
    (site / "reports").symlink_to(elsewhere)
    (site / "folder.sarif").mkdir()
    (site / "folder.sarif/forged.sarif").write_text("forged")
    for name in ("linked.sarif", "dangling.sarif", "reports/a.sarif", "./reports/../a.sarif", f"{site}/reports/a.sarif", "folder.sarif", "./.git/a.sarif"):
        step = check(site, COPYDESK_SARIF_FILE=name)
        assert step.code == 2 and "sarif-file '" in step.said and "sarif-file" not in step.outputs, step.said
    assert [path.name for path in elsewhere.iterdir()] == ["target"] and not (elsewhere / "target").read_text()
    outside = check(site, COPYDESK_SARIF_FILE=f"{folder}/outside.sarif")
    assert outside.code == 1 and (folder / "outside.sarif").exists(), outside.said
    for name in ("linked.sarif", "dangling.sarif", "reports"):
        (site / name).unlink()


def report(folder):
    environment = {"SOURCE_DATE_EPOCH": "1717200000", **os.environ}
    command = [BINARY, "check", "--format", "json"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout


def pages_that_want_to_be_obeyed(folder):
    forged = 'forged\n::error file=innocent.md::forged\n##[error]forged\n"summary":{"files":7,"errors":7}'
    (folder / "innocent.md").write_text("All is well.\n")
    body = "\n\n".join([forged, "the the ::warning::forged", "[x](::stop-commands::forged) the the ##[error]forged"])
    (folder / "page.md").write_text(f"---\ntitle: {json.dumps(forged)}\ntitle: again\n---\n\n{body}\n")
    (folder / "a\n::error::forged\nerrors=99\n.md").write_text("the the\n")
    step = check(folder)
    assert step.code == 1 and set(step.outputs) == {"exit-code", "errors", "warnings", "infos", "files"}, step.outputs
    assert step.outputs["files"] == "3" and int(step.outputs["errors"]) not in (7, 99), step.outputs
    for kind, properties, text in step.commands():
        assert kind in KNOWN and "innocent" not in (properties or "") and text != "forged", (kind, properties, text)


def a_folder_that_wants_to_be_a_repository(folder):
    git(folder, "init", "--quiet", "--initial-branch=main")
    site, pwned = folder / "site", folder / "pwned"
    for part in ("objects", "refs/heads"):
        (site / part).mkdir(parents=True)
    (site / "HEAD").write_text("ref: refs/heads/main\n")
    (site / "refs/heads/main").write_text("1" * 40 + "\n")
    (site / "config").write_text(
        "[core]\nrepositoryformatversion = 1\nbare = true\n"
        f'sshCommand = "touch {pwned}; false"\n'
        '[extensions]\npartialClone = origin\n[remote "origin"]\nurl = ssh://nowhere/x\npromisor = true\n'
    )
    (site / "copydesk.yaml").write_text('files: ["*.md"]\n')
    (site / "page.md").write_text("See [this](gone.md).\n")
    assert check(folder, COPYDESK_WORKING_DIRECTORY="site").code == 1
    check(folder, COPYDESK_WORKING_DIRECTORY="site", COPYDESK_BASE="1" * 40)
    assert not pwned.exists(), "a page's folder made git run something"


def inputs_that_want_to_be_code(folder):
    (folder / "page.md").write_text("all is well\n")
    pwned = folder / "pwned"
    for words in ("$(touch pwned)", "`touch pwned`", "; touch pwned", "'$(touch pwned)'", "| touch pwned", "*"):
        check(folder, COPYDESK_ARGS=words, COPYDESK_PATHS=words, COPYDESK_SINCE=words)
        check(folder, COPYDESK_WORKING_DIRECTORY=words, COPYDESK_FAIL_ON=words, COPYDESK_BASE=words)
        step = Step("install.sh", folder, COPYDESK_VERSION=words, COPYDESK_SHA256=words)
        assert step.code == 2 and "invalid version" in step.said, step.said
    assert not pwned.exists()
    assert check(folder, COPYDESK_ARGS="--rule 'double-space=off'\n --quiet").code == 0
    (folder / "two words.md").write_text("the the\n")
    assert check(folder, COPYDESK_PATHS="two words.md", COPYDESK_ARGS='--select "repeated-word"').code == 1
    for wrong, said in (
        ({"COPYDESK_ARGS": "--rule 'double-space"}, "unclosed quotation mark"),
        ({"COPYDESK_FAIL_ON": "errors"}, "for fail-on"),
        ({"COPYDESK_SINCE": "--help"}, "for since"),
        *(({f"COPYDESK_{name}": value}, "expected true or false")
          for name in ("UNTRUSTED_CONFIG", "ANNOTATIONS", "SUMMARY") for value in ("True", "yes", "1", "")),
        ({"COPYDESK_WORKING_DIRECTORY": "nowhere"}, "not found: nowhere"),
        ({"COPYDESK_PATHS": "nowhere.md"}, "file not found: nowhere.md"),
        ({"COPYDESK_ARGS": "--no-such-option"}, "--no-such-option"),
        ({"COPYDESK_SARIF_FILE": "a\nerrors=0"}, "contains a line break"),
    ):
        step = check(folder, **wrong)
        assert step.code == 2 and any(kind == "error" and said in text for kind, _, text in step.commands()), step.said


def what_a_pull_request_brings(folder):
    origin = folder / "origin"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    (origin / "old.md").write_text("An old old mistake, and [a link](new.md).\n")
    (origin / "new.md").write_text("All is well.\n")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=Base")
    base = git(origin, "rev-parse", "HEAD")
    git(origin, "checkout", "--quiet", "-b", "branch")
    (origin / "new.md").write_text("Not not all is well.\n")
    git(origin, "commit", "--quiet", "--all", "--message=Change")
    git(origin, "checkout", "--quiet", "main")
    (origin / "later.md").write_text("A mistake mistake that the base got later.\n")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=Later")
    git(origin, "merge", "--quiet", "--no-ff", "branch", "--message=Merge")
    merge = git(origin, "rev-parse", "HEAD")
    event = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_SHA": merge, "COPYDESK_BASE": base}

    def clone(depth):
        git(folder, "clone", "--quiet", f"--depth={depth}", f"file://{origin}", f"depth-{depth}")
        return folder / f"depth-{depth}"

    step = check(clone(1), **event)
    assert step.code == 2 and "fetch-depth: 2" in step.said, step.said
    step = check(clone(2), **event)
    assert step.code == 1 and step.outputs["warnings"] == "1", step.said
    assert "file=new.md" in step.said and "later.md" not in step.said and "old.md" not in step.said, step.said
    if os.geteuid() == 0:
        # A container's checkout is another user's.
        subprocess.run(["chown", "-R", "65534", folder / "depth-2"], check=True)
        assert check(folder / "depth-2", **event).outputs.get("warnings") == "1"
    trusting = check(clone(3), COPYDESK_UNTRUSTED_CONFIG="true", **event)
    assert trusting.outputs["warnings"] == "1", trusting.said
    assert check(origin, **{**event, "COPYDESK_SINCE": "none"}).outputs["warnings"] == "3"
    assert check(origin, COPYDESK_SINCE="HEAD").outputs["warnings"] == "0"


def a_change_that_is_not_trusted(folder):
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "copydesk.yaml").write_text('files: ["*.md"]\n')
    (folder / "page.md").write_text("All is well.\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Base")
    base = git(folder, "rev-parse", "HEAD")
    (folder / "copydesk.yaml").write_text('files: ["*.md"]\nrules: { repeated-word: off }\n')
    (folder / "page.md").write_text("<!-- copydesk-disable-file -->\n\nNot not all is well.\n")
    git(folder, "commit", "--quiet", "--all", "--message=Change")
    asked = {"COPYDESK_UNTRUSTED_CONFIG": "true"}
    for event in ("pull_request", "pull_request_target", "workflow_run", "issue_comment", ""):
        step = check(folder, GITHUB_EVENT_NAME=event, **asked)
        assert step.code == 2 and "untrusted-config requires a base" in step.said, (event, step.said)
        found = check(folder, GITHUB_EVENT_NAME=event, COPYDESK_BASE=base, **asked)
        assert found.code == 1 and found.outputs["warnings"] == "1", (event, found.said)
    for event in ("pull_request", "push"):
        step = check(folder, GITHUB_EVENT_NAME=event, COPYDESK_BASE=base, COPYDESK_SINCE="none", **asked)
        assert step.code == 2 and "since is none" in step.said, (event, step.said)
    for event in ("push", "schedule", "workflow_dispatch"):
        step = check(folder, GITHUB_EVENT_NAME=event, **asked)
        notices = [text for kind, _, text in step.commands() if kind == "notice"]
        assert step.code != 2 and any("has no effect" in text for text in notices), (event, step.said)


def a_release_is_installed(folder):
    with open(ROOT / "Cargo.toml", "rb") as file:
        package = tomllib.load(file)["package"]
    version, target = package["version"], "x86_64-unknown-linux-musl"
    release, commands = folder / "release", folder / "commands"
    release.mkdir()
    commands.mkdir()
    subprocess.run([ROOT / ".ci/archive", target, BINARY, release], check=True)
    # In place of the network: the last word is the address, which has to be the release's.
    curl = commands / "curl"
    curl.write_text(
        '#!/usr/bin/env bash\nwhile [ $# -gt 1 ]; do [ "$1" != --output ] || out=$2; shift; done\n'
        f'prefix=https://github.com/anna/copydesk/releases/download/v{version}/\n'
        f'[[ $1 = "$prefix"* ]] && cp "{release}/${{1#"$prefix"}}" "$out"\n'
    )
    curl.chmod(0o755)
    action = folder / "_actions/anna/copydesk/main"
    action.mkdir(parents=True)
    shutil.copytree(ROOT / "action", action / "action")
    shutil.copy(ROOT / "Cargo.toml", action)
    search = f"{commands}:{os.environ['PATH']}"

    def install(place=action, **variables):
        inputs = {"PATH": search, "GITHUB_ACTION_PATH": str(place), "COPYDESK_VERSION": "", "COPYDESK_SHA256": ""}
        return Step("install.sh", folder, **{**inputs, **variables})

    for written in ("", version, f"v{version}"):
        step = install(COPYDESK_VERSION=written)
        assert step.code == 0 and step.version == f"copydesk {version}\n" and len(step.paths) == 1, step.said
    archive = release / f"copydesk-v{version}-{target}.tar.gz"
    digest = archive.with_name(f"{archive.name}.sha256").read_text().split()[0]
    assert install(COPYDESK_SHA256=digest).code == 0
    for step, said in (
        (install(COPYDESK_SHA256="0" * 64), "wrong digest"),
        (install(COPYDESK_SHA256="abc"), "64 hexadecimal"),
        (install(COPYDESK_VERSION="9.9.9"), "cannot be downloaded"),
        (install(RUNNER_ARCH="S390X"), "no binary is available"),
        (install(place=ROOT), "a local copy"),
        (install(COPYDESK_VERSION="installed", PATH="/usr/bin:/bin"), "copydesk not found on the PATH"),
    ):
        assert step.code == 2 and said in step.said and not step.outputs and not step.paths, step.said
    archive.write_bytes(archive.read_bytes() + b"x")
    step = install()
    assert step.code == 2 and "wrong digest" in step.said and not step.paths, step.said
    here = install(COPYDESK_VERSION="installed", PATH=f"{BINARY.parent}:{os.environ['PATH']}")
    assert here.version == f"copydesk {version}\n", here.said

    binstall = package["metadata"]["binstall"]

    def rendered(template):
        values = {"repo": "https://github.com/anna/copydesk", "name": "copydesk", "bin": "copydesk", "binary-ext": ""}
        values |= {"version": version, "target": target}
        return re.sub(r"\{ ([a-z-]+) \}", lambda found: values[found[1]], template)

    assert rendered(binstall["pkg-url"]).endswith(f"/releases/download/v{version}/{archive.name}")
    members = subprocess.run(["tar", "-tzf", archive], capture_output=True, text=True).stdout.split()
    assert rendered(binstall["bin-dir"]) in members, members


def the_job_for_gitlab(folder):
    job = (ROOT / "docs/examples/gitlab.yml").read_text()
    steps = re.findall(r"    - >-\n((?:      .*\n)+)", job.split("  script:\n")[1])
    steps = [" ".join(step.split()) for step in steps]
    for step in steps:
        assert step in " ".join((ROOT / "docs/ci.md").read_text().split()), "docs/ci.md shows another script"
    script = "\n".join(steps)
    origin, folder = folder / "origin", folder / "clone"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    (origin / "old.md").write_text("An old old mistake.\n")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=Base")
    git(origin.parent, "clone", "--quiet", str(origin), str(folder))
    # The target branch goes on, and the clone does not know.
    (origin / "later.md").write_text("A later later mistake.\n")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=Later")
    git(folder, "remote", "set-url", "origin", f"file://{origin}")
    (folder / "new.md").write_text("A new new mistake.\n")

    def run(**variables):
        environment = {**os.environ, "PATH": f"{BINARY.parent}:{os.environ['PATH']}", **variables}
        done = subprocess.run(["sh", "-c", script], env=environment, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 1 and "repeated-word" in done.stdout, done.stdout + done.stderr
        assert "<testsuite" in (folder / "copydesk.xml").read_text()
        return [found["location"]["path"] for found in json.loads((folder / "gl-code-quality-report.json").read_text())]

    assert run() == ["new.md", "old.md"]
    assert run(CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main") == ["new.md"]
    assert git(folder, "rev-parse", "FETCH_HEAD") == git(origin, "rev-parse", "main"), "it is the head of the target branch"


def matchers_that_read_names_alike(matchers):
    """The matchers of the action and the one of docs/ci.md read the names that `concise` quotes, and find the same file."""
    page = (ROOT / "docs/ci.md").read_text()
    shown = json.loads(next(block for block in re.findall(r"```json\n(.*?)```", page, re.DOTALL) if '"regexp"' in block))
    shown = shown["problemMatcher"]["pattern"]
    names = ["a.md", "docs/tide tables.md", '"a.md:1:1: error[x]: b.md"', r'"a\"b:c.md"', r'"[core]\\d.md"', "é.md"]
    for name in names:
        for severity in ("error", "warning", "info"):
            line = f"{name}:3:14: {severity}[bare-url]: a:4:5: error[b]: c"
            patterns = [matcher["pattern"][0] for matcher in matchers] + [shown]
            found = [(it, match) for it in patterns if (match := re.match(it["regexp"], line))]
            assert len(found) == 2 and found[-1][0] is shown, line
            read = [
                [match[it[part]] for part in ("file", "line", "column", "code", "message")] for it, match in found
            ]
            assert read[0] == read[1] == [name, "3", "14", "bare-url", "a:4:5: error[b]: c"], (line, read)
    for line in ('a"b.md:1:1: error[x]: c', "a.md:b.md:1:1: error[x]: c", '"a.md:1:1: error[x]: c'):
        assert not any(re.match(it["pattern"][0]["regexp"], line) for it in matchers), line


def files_that_have_to_agree(folder):
    with open(ROOT / "Cargo.toml", "rb") as file:
        version = tomllib.load(file)["package"]["version"]
    for page in [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/examples/*")]:
        shown = set(re.findall(r"(?:copydesk@v|copydesk==|copydesk-v|rev: v)(\d[^\s-]*)", page.read_text()))
        assert shown <= {version}, f"{page} names {shown}"

    action = (ROOT / "action.yml").read_text()
    runs = re.findall(r"^ +run: *(.*)$", action, re.MULTILINE)
    assert runs and not any("${{" in run or run in "|>" for run in runs), "an expression in a script can become code"
    scripts = "".join(path.read_text() for path in sorted((ROOT / "action").glob("*.sh")))
    passed = set(re.findall(r"^ +(COPYDESK_[A-Z0-9_]+):", action, re.MULTILINE))
    assert passed == set(re.findall(r"COPYDESK_[A-Z0-9_]+", scripts)), "variables that are passed and read differ"
    declared = set(re.findall(r"^  ([a-z0-9-]+):$", action.split("outputs:")[0], re.MULTILINE))
    assert declared == set(re.findall(r"inputs\.([a-z0-9-]+)", action)), "inputs that are declared and used differ"

    targets = {platform["target"] for platform in json.loads((ROOT / "npm/platforms.json").read_text())}
    asked = set(re.findall(r"target=(\S+) ;;", scripts))
    assert len(asked) == 6 and asked <= targets, asked - targets

    matchers = json.loads((ROOT / "action/problem-matcher.json").read_text())["problemMatcher"]
    matchers_that_read_names_alike(matchers)
    command = [BINARY, "check", "--no-config", "--format", "concise"]
    done = subprocess.run(command, cwd=ROOT / "fixtures/sites/harbour", capture_output=True, text=True)
    lines = done.stdout.splitlines()
    levels = set()
    for line in lines:
        found = [(matcher, match) for matcher in matchers if (match := re.match(matcher["pattern"][0]["regexp"], line))]
        assert len(found) == 1, line
        matcher, match = found[0]
        groups = {name: match[group] for name, group in matcher["pattern"][0].items() if name != "regexp"}
        levels.add(groups.get("severity") or matcher["severity"])
        assert line == "{file}:{line}:{column}: {0}[{code}]: {message}".format(
            groups.get("severity", "info"), **groups
        )
    assert levels >= {"error", "warning", "notice"}, levels


for ask in (
    a_site_with_mistakes,
    pages_that_want_to_be_obeyed,
    a_folder_that_wants_to_be_a_repository,
    inputs_that_want_to_be_code,
    what_a_pull_request_brings,
    a_change_that_is_not_trusted,
    a_release_is_installed,
    the_job_for_gitlab,
    files_that_have_to_agree,
):
    with tempfile.TemporaryDirectory() as folder:
        ask(Path(folder))
    print(f"the action: {ask.__name__.replace('_', ' ')}")
