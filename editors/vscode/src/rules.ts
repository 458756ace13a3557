import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { commands, Uri, window, workspace } from "vscode";

const run = promisify(execFile);

/** Lets the user choose a rule, and shows its page. */
export async function showRule(program: string): Promise<void> {
  const { stdout } = await run(program, ["rules", "--format", "json"], { maxBuffer: 16 << 20 });
  const rules = JSON.parse(stdout) as { id: string; summary: string; group: string }[];
  const items = rules.map((rule) => ({ label: rule.id, description: rule.group, detail: rule.summary.trim() }));
  const chosen = await window.showQuickPick(items, { matchOnDetail: true, placeHolder: "A rule" });
  if (!chosen) {
    return;
  }
  const page = (await run(program, ["explain", chosen.label], { maxBuffer: 16 << 20 })).stdout;
  const document = await workspace.openTextDocument({ language: "markdown", content: page });
  await commands.executeCommand("markdown.showPreview", document.uri).then(undefined, () =>
    window.showTextDocument(Uri.from(document.uri)),
  );
}
