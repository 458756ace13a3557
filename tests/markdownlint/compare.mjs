// Compares the findings of copydesk with those of the real markdownlint, by file, rule and line.
//
//   node compare.mjs [options] COPYDESK CONFIG FOLDER...
//     COPYDESK              the binary
//     CONFIG                defaults.json or styled.json: markdownlint's config, which copydesk is given as well
//     --least PERCENT       fail where a rule agrees less than this, after the differences that are listed
//     --exact NUMBER        fail where fewer rules agree altogether
//     --counts FILE         the page whose table holds how often each difference is met; fail where it lacks one
//     --show RULE           print where the two disagree
//
// Agreement is what both find, divided by what either finds. Folders whose names begin with a dot are left out.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { lint } from "markdownlint/sync";
import { differences } from "./differences.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    least: { type: "string" },
    exact: { type: "string" },
    counts: { type: "string" },
    show: { type: "string" },
  },
});
const [copydesk, configFile, ...folders] = positionals;
if (folders.length === 0) {
  console.error("usage: node compare.mjs [--least PERCENT] [--exact NUMBER] [--show RULE] COPYDESK CONFIG FOLDER...");
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const config = JSON.parse(fs.readFileSync(path.resolve(here, configFile), "utf8"));

/** The pages below a folder, relative to it, without those that copydesk takes for packages of others or data of tests. */
function pages(folder, inside = "") {
  return fs.readdirSync(path.join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(inside, entry.name);
    if (entry.name.startsWith(".") || ["node_modules", "__tests__"].includes(entry.name)) return [];
    if (entry.isDirectory()) return pages(folder, name);
    return entry.isFile() && /\.(md|markdown)$/.test(entry.name) ? [name] : [];
  });
}

/** What markdownlint finds in a text, once a rule and line. */
function theirs(name, text) {
  const results = lint({ config, strings: { [name]: text }, handleRuleFailures: true })[name];
  return results.map((result) => `${result.ruleNames[0]} ${result.lineNumber}`);
}

/** What copydesk finds in a folder: by page, once a rule and line. */
function ours(folder, numbers) {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-")), "copydesk.yaml");
  // YAML holds JSON. The rules are named by number: one number can mean several of ours.
  // Anchors are those of GitHub, as there: without that, those of any engine are accepted.
  fs.writeFileSync(file, JSON.stringify({ extends: "markdownlint", site: { slugs: "github" }, rules: config }));
  const args = ["check", "--config", file, "--format", "json-lines", "--fail-on", "never", "."];
  const { status, stdout, stderr } = spawnSync(path.resolve(copydesk), args, { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (status !== 0) {
    console.error(`copydesk gave ${status}:\n${stderr}${stdout.slice(0, 4000)}`);
    process.exit(2);
  }
  const found = new Map();
  for (const line of stdout.split("\n").filter(Boolean)) {
    const { file: page, rule, line: number } = JSON.parse(line);
    if (!numbers.has(rule)) continue;
    if (!found.has(page)) found.set(page, new Set());
    found.get(page).add(`${numbers.get(rule)} ${number}`);
  }
  return found;
}

const listed = JSON.parse(execFileSync(path.resolve(copydesk), ["rules", "--format", "json"], { encoding: "utf8" }));
const numbers = new Map(listed.flatMap(({ id, aliases }) => {
  const number = aliases.find((alias) => /^MD\d+$/.test(alias));
  return number ? [[id, number]] : [];
}));

const rules = new Map();
const met = new Map();
for (const folder of folders) {
  const found = ours(folder, numbers);
  for (const page of pages(folder)) {
    const text = fs.readFileSync(path.join(folder, page), "utf8");
    const lines = text.split(/\r\n?|\n/);
    const here = found.get(page) ?? new Set();
    const there = new Set(theirs(page, text));
    for (const finding of new Set([...here, ...there])) {
      const [rule, line] = [finding.split(" ")[0], Number(finding.split(" ")[1])];
      if (!rules.has(rule)) rules.set(rule, { both: 0, listed: 0, theirs: 0, ours: 0 });
      const counts = rules.get(rule);
      if (here.has(finding) && there.has(finding)) {
        counts.both += 1;
        continue;
      }
      const side = here.has(finding) ? "ours" : "theirs";
      const known = differences.find((it) => it.rules.includes(rule) && (it.side ?? side) === side && it.holds(lines, line - 1));
      if (known) {
        counts.listed += 1;
        met.set(known.id, (met.get(known.id) ?? 0) + 1);
        continue;
      }
      counts[side] += 1;
      if (options.show === rule || options.show === "all") {
        console.log(`only ${side}: ${folder}/${page}:${line} ${rule}\n    ${lines[line - 1]?.slice(0, 120)}`);
      }
    }
  }
}

const percent = ({ both, theirs, ours }) => (both + theirs + ours === 0 ? 100 : (100 * both) / (both + theirs + ours));
let failed = false;
const fail = (text) => {
  console.log(`FAILED: ${text}`);
  failed = true;
};
console.log("rule     both  theirs    ours  listed  agreement");
for (const [rule, counts] of [...rules].sort()) {
  const columns = [counts.both, counts.theirs, counts.ours, counts.listed].map((count) => String(count).padStart(7));
  console.log(`${rule} ${columns.join(" ")}   ${percent(counts).toFixed(2)} %`);
  if (options.least && counts.both + counts.theirs + counts.ours > 0 && percent(counts) < Number(options.least)) {
    fail(`${rule} agrees less than ${options.least} %`);
  }
}
const silent = [...new Set(numbers.values())].filter((number) => !rules.has(number)).length;
const exact = silent + [...rules.values()].filter(({ theirs, ours }) => theirs + ours === 0).length;
console.log(`${exact} of ${new Set(numbers.values()).size} rules agree altogether`);
if (options.exact && exact < Number(options.exact)) fail(`fewer than ${options.exact} rules agree altogether`);
for (const [id, count] of [...met].sort()) {
  console.log(`difference ${id}: ${count}`);
  const page = options.counts ? fs.readFileSync(options.counts, "utf8") : "";
  if (options.counts && !page.includes(`| ${id} |`)) fail(`${options.counts} has no row for ${id}`);
}
process.exit(failed ? 1 : 0);
