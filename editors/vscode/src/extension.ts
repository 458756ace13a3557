import {
  type ExtensionContext,
  StatusBarAlignment,
  type StatusBarItem,
  commands,
  env,
  Uri,
  window,
  workspace,
} from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { findBinary } from "./binary";
import { showRule } from "./rules";

let client: LanguageClient | undefined;
let program: string | undefined;

const DOCUMENTS = [
  { scheme: "file", language: "markdown" },
  { scheme: "file", language: "mdx" },
  // The config, that of the CMS, and data files, from which records can be renamed.
  { scheme: "file", language: "yaml" },
  { scheme: "file", language: "json" },
  { scheme: "file", language: "toml" },
];

export async function activate(context: ExtensionContext): Promise<void> {
  const status = window.createStatusBarItem("copydesk", StatusBarAlignment.Right, 0);
  status.name = "copydesk";
  status.command = "copydesk.output";
  context.subscriptions.push(status);
  const register = (name: string, run: () => unknown) =>
    context.subscriptions.push(commands.registerCommand(name, run));
  register("copydesk.restart", () => restart(context, status));
  register("copydesk.output", () => client?.outputChannel.show());
  register("copydesk.check", checkSite);
  register("copydesk.fix", fixPage);
  register("copydesk.addSelection", addSelection);
  register("copydesk.rules", () => program && showRule(program));
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (event) => {
      if (["enable", "path", "diagnostics"].some((name) => event.affectsConfiguration(`copydesk.${name}`))) {
        await restart(context, status);
      }
    }),
    workspace.onDidGrantWorkspaceTrust(() => restart(context, status)),
  );
  await start(context, status);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(context: ExtensionContext, status: StatusBarItem): Promise<void> {
  const old = client;
  client = undefined;
  // One that does not run cannot be stopped.
  await old?.dispose().catch(() => undefined);
  await start(context, status);
}

async function start(context: ExtensionContext, status: StatusBarItem): Promise<void> {
  const settings = workspace.getConfiguration("copydesk");
  if (!settings.get<boolean>("enable")) {
    status.hide();
    return;
  }
  const found = findBinary({
    setting: settings.get<string>("path") ?? "",
    folders: workspace.isTrusted ? (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath) : [],
    extension: context.extensionPath,
  });
  status.show();
  if (!found) {
    status.text = "$(error) copydesk";
    status.tooltip = "The copydesk program was not found";
    const install = "How to install it";
    const answer = await window.showErrorMessage("The copydesk program was not found.", install);
    if (answer === install) {
      await env.openExternal(Uri.joinPath(context.extensionUri, "README.md"));
    }
    return;
  }
  program = found.path;
  client = new LanguageClient(
    "copydesk",
    "copydesk",
    { command: found.path, args: ["server"] },
    {
      documentSelector: DOCUMENTS,
      initializationOptions: { diagnostics: settings.get<string>("diagnostics") },
      diagnosticCollectionName: "copydesk",
    },
  );
  client.onDidChangeState(({ newState }) => show(status, newState, `${found.path}, from ${found.from}`));
  await client.start().catch((error: unknown) => {
    show(status, State.Stopped, String(error));
  });
}

function show(status: StatusBarItem, state: State, about: string): void {
  const icon = { [State.Running]: "$(check)", [State.Starting]: "$(sync~spin)", [State.Stopped]: "$(error)" }[state];
  status.text = `${icon} copydesk`;
  status.tooltip = about;
}

/** Has the server do something; that of a page needs one. */
async function execute(command: string, ...words: string[]): Promise<void> {
  await client?.sendRequest("workspace/executeCommand", { command, arguments: words });
}

async function checkSite(): Promise<void> {
  await execute("copydesk.checkSite");
  await commands.executeCommand("workbench.actions.view.problems");
}

async function fixPage(): Promise<void> {
  const page = window.activeTextEditor?.document;
  if (page && client) {
    await execute("copydesk.fixAll", client.code2ProtocolConverter.asUri(page.uri));
  }
}

async function addSelection(): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor || !client) {
    return;
  }
  const at = editor.selection.isEmpty
    ? editor.document.getWordRangeAtPosition(editor.selection.active)
    : editor.selection;
  if (at) {
    await execute("copydesk.addWord", client.code2ProtocolConverter.asUri(editor.document.uri), editor.document.getText(at));
  }
}
