"""The language server with the capabilities of real clients, as pytest-lsp ships them: each gets findings, and an edit that
fixes one. Run by .ci/slow with COPYDESK and SITE in the environment."""

import os
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient

SITE = Path(os.environ["SITE"]).resolve()
TEXT = "# Soup\n\nThe harbour’s café 𝒳 has the the best soup.\n"
CLIENTS = ["visual-studio-code", "neovim", "emacs"]


@pytest_lsp.fixture(params=CLIENTS, config=ClientServerConfig(server_command=[os.environ["COPYDESK"], "server"]))
async def client(request, lsp_client: LanguageClient):
    # The helper refuses what it has no handler for.
    lsp_client.feature(t.CLIENT_REGISTER_CAPABILITY)(lambda *_: None)
    capabilities = pytest_lsp.client_capabilities(request.param)
    await lsp_client.initialize_session(
        t.InitializeParams(capabilities=capabilities, root_uri=SITE.as_uri(),
                           workspace_folders=[t.WorkspaceFolder(uri=SITE.as_uri(), name="site")]))
    yield
    await lsp_client.shutdown_session()


@pytest.mark.asyncio
async def test_findings_and_fixes(client: LanguageClient):
    uri = (SITE / "page.md").as_uri()
    item = t.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=TEXT)
    client.text_document_did_open(t.DidOpenTextDocumentParams(text_document=item))
    if client.capabilities.text_document.diagnostic:
        asked = t.DocumentDiagnosticParams(text_document=t.TextDocumentIdentifier(uri=uri))
        findings = (await client.text_document_diagnostic_async(asked)).items
    else:
        await client.wait_for_notification("textDocument/publishDiagnostics")
        findings = client.diagnostics[uri]
    [found] = [it for it in findings if it.code == "repeated-word"]
    assert found.range.start.line == 2
    actions = await client.text_document_code_action_async(t.CodeActionParams(
        text_document=t.TextDocumentIdentifier(uri=uri), range=found.range,
        context=t.CodeActionContext(diagnostics=[found])))
    fixes = [it for it in actions if it.kind == t.CodeActionKind.QuickFix and it.edit]
    assert fixes and fixes[0].edit.document_changes[0].edits[0].range.start.line == 2
