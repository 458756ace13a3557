// The extension in a real Visual Studio Code: findings, a completion and a fix, as a user sees them. Needs
// CODE_SERVER (its out/node/entry.js, with its native modules built), CHROMIUM, PUPPETEER (the folder of puppeteer-core) and
// VSIX (with the program inside, as `.ci/vsix TARGET` makes it) in the environment; writes screenshots to target/ci.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createRequire } from "node:module";

const { CODE_SERVER, CHROMIUM = "/usr/bin/chromium", PUPPETEER, VSIX } = process.env;
const PORT = 18231;
const puppeteer = createRequire(import.meta.url)(PUPPETEER);
const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

const scratch = mkdtempSync(join(tmpdir(), "code-server-"));
const site = join(scratch, "site");
mkdirSync(join(site, "people"), { recursive: true });
writeFileSync(join(site, "copydesk.yaml"), "collections:\n  posts:\n    files: \"*.md\"\n    references:\n      author: { files: people/*.md, key: name }\n");
writeFileSync(join(site, "people/mia.md"), "---\nname: Mia Quist\n---\n\n# Mia Quist\n");
writeFileSync(join(site, "page.md"), "---\nauthor: \n---\n\n# Soup\n\nThe harbour’s café 𝒳 has soup.   \nWe recieve mail.\n");
mkdirSync("target/ci", { recursive: true });

const folders = ["--extensions-dir", join(scratch, "extensions"), "--user-data-dir", join(scratch, "data")];
spawnSync(process.execPath, [CODE_SERVER, ...folders, "--install-extension", resolve(VSIX)], { stdio: "inherit" });
const server = spawn(process.execPath, [
  CODE_SERVER, ...folders, "--auth", "none", "--bind-addr", `127.0.0.1:${PORT}`, "--disable-telemetry",
  "--disable-workspace-trust", site,
]);
let browser;
try {
  await pause(8);
  browser = await puppeteer.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"], headless: true });
  const view = await browser.newPage();
  await view.setViewport({ width: 1200, height: 800 });
  const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${PORT}${site}/page.md`]]);
  await view.goto(`http://127.0.0.1:${PORT}/?folder=${site}&payload=${encodeURIComponent(payload)}`);
  const chord = async (...keys) => {
    for (const key of keys.slice(0, -1)) await view.keyboard.down(key);
    await view.keyboard.press(keys.at(-1));
    for (const key of keys.slice(0, -1)) await view.keyboard.up(key);
  };
  const sees = (text) => view.waitForFunction(
    (text) => document.body.innerText.replaceAll("\u00a0", " ").includes(text), { timeout: 120_000 }, text);
  const goTo = async (place) => {
    await chord("Control", "g");
    await pause(1);
    await view.keyboard.type(place);
    await view.keyboard.press("Enter");
    await pause(1);
  };
  await sees("recieve");
  await pause(10);
  await chord("Control", "Shift", "m");
  await sees("known-typo");
  await view.screenshot({ path: "target/ci/vscode-findings.png" });
  await goTo("2:9");
  await chord("Control", "Space");
  await sees("Mia Quist");
  await view.screenshot({ path: "target/ci/vscode-completion.png" });
  await view.keyboard.press("Enter");
  await pause(2);
  await chord("Control", "Shift", "p");
  await pause(2);
  await view.keyboard.type("copydesk: Fix all");
  await pause(2);
  await view.keyboard.press("Enter");
  await pause(5);
  await chord("Control", "s");
  await pause(3);
  await view.screenshot({ path: "target/ci/vscode-fixed.png" });
  const text = readFileSync(join(site, "page.md"), "utf8");
  if (!text.includes("author: Mia Quist\n") || !text.includes("We receive mail.")) {
    throw new Error(`the page is not fixed: ${JSON.stringify(text)}`);
  }
  console.log("findings, completion and fixes work in Visual Studio Code");
} finally {
  await browser?.close();
  server.kill();
  rmSync(scratch, { recursive: true, force: true });
}
