#!/usr/bin/env node
// Clicks through an HTML report in a browser: filters, keys, 5,000 findings, widths, colors, print, and no request.
//
// Usage: html_report.mjs COPYDESK [DIRECTORY]; screenshots go to DIRECTORY. Needs playwright-core, found from the working
// directory or NODE_PATH, and a Chromium: CHROMIUM or /usr/bin/chromium.

import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const require = createRequire(path.join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const copydesk = path.resolve(process.argv[2]);
const shots = process.argv[3] && path.resolve(process.argv[3]);
const folder = mkdtempSync(path.join(tmpdir(), "copydesk-html-"));

function report(name, pages, config) {
  const site = path.join(folder, name);
  mkdirSync(path.join(site, ".git"), { recursive: true });
  for (const [file, text] of Object.entries({ ...pages, "copydesk.yaml": config })) writeFileSync(path.join(site, file), text);
  try {
    execFileSync(copydesk, ["check", "--select", "custom", "--format", "html=report.html"], { cwd: site, stdio: "pipe" });
  } catch (error) {
    assert.equal(error.status, 1, String(error.stderr));
  }
  return pathToFileURL(path.join(site, "report.html")).href;
}

const config = "custom:\n  plain: { replace: { utilise: use } }\n  hype: { avoid: unique, level: error }\n";
const few = report("few", {
  "ferry.md": "---\ntitle: Ferry\nauthor: Ida Falk\n---\n\n# Ferry\n\nWe utilise the unique ferry `utilise`.\n\nThe quay is far.\n",
  "quay.md": "---\ntitle: Quay\nauthor: Owen Tarrant\n---\n\n# Quay\n\nThey utilise ropes <script>alert(1)</script> and <img src=x onerror=alert(1)>.\n",
}, config);
const many = {};
for (let page = 0; page < 50; page += 1) {
  many[`page-${page}.md`] = "# Page\n\n" + "We utilise the quay, the ropes and the ferry on every day.\n\n".repeat(100);
}
const large = report("large", many, config);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
const problems = [];

async function open(url, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => request.url() !== url && problems.push(`request: ${request.url()}`));
  page.on("dialog", (dialog) => (problems.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  await page.goto(url);
  return page;
}

const visible = (page) => page.locator("article.finding:visible").count();

try {
  const page = await open(few, { viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  assert.equal(await visible(page), 3);
  assert.equal(await page.locator("#count").textContent(), "3 of 3");
  await page.getByLabel("1 error").uncheck();
  assert.equal(await visible(page), 2);
  await page.getByLabel("1 error").check();
  await page.getByLabel("Rule").selectOption("hype");
  assert.equal(await visible(page), 1);
  assert.equal(await page.locator("section.page:visible").count(), 1);
  await page.getByLabel("Rule").selectOption("");
  await page.getByLabel("Author").selectOption({ label: "Owen Tarrant" });
  assert.equal(await page.locator("article.finding:visible h3").innerText(), "WARNING replace utilise with use");
  await page.getByLabel("Rule").selectOption("hype");
  assert.ok(await page.getByText("No finding matches.").isVisible());
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction(() => document.getElementById("count").textContent === "3 of 3");
  await page.getByLabel("Page").selectOption({ index: 1 });
  assert.equal(await visible(page), 2);
  await page.getByLabel("Page").selectOption("");
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  for (const [key, current] of [["j", 0], ["j", 1], ["n", 2], ["j", 0], ["k", 2], ["p", 1]]) {
    await page.keyboard.press(key);
    const classes = await page.locator("article.finding").evaluateAll((all) => all.map((it) => it.matches(".current:focus")));
    assert.deepEqual(classes, [0, 1, 2].map((index) => index === current), key);
  }
  await page.getByRole("button", { name: "Next" }).click();
  assert.ok(await page.locator("article.finding").nth(2).evaluate((it) => it.classList.contains("current")));
  assert.equal(await page.locator("del").first().textContent(), "tili");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("#filters").isHidden());

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [300, 480, 1280, 3840]) {
      const sized = await open(few, { viewport: { width, height: 900 }, colorScheme });
      const overflow = await sized.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${width}: ${overflow} pixels wider than the window`);
      if (shots) await sized.screenshot({ path: path.join(shots, `html-${colorScheme}-${width}.png`), fullPage: true });
      await sized.context().close();
    }
  }

  const heavy = await open(large, { viewport: { width: 1280, height: 800 } });
  assert.equal(await heavy.locator("#count").textContent(), "5000 of 5000");
  const took = await heavy.evaluate(async () => {
    const start = performance.now();
    const select = document.querySelector("select[name=page]");
    select.selectedIndex = 7;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  });
  assert.equal(await visible(heavy), 100);
  console.log(`a filter over 5,000 findings took ${Math.round(took)} ms`);

  const plain = await open(few, { javaScriptEnabled: false });
  assert.equal(await visible(plain), 3);
  assert.ok(await plain.locator("#filters").isHidden());
  assert.deepEqual(problems, []);
  console.log("the HTML report works");
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
