//! Commands that the client sends back when an action is chosen that edits alone cannot do.

use gen_lsp_types::{ExecuteCommandParams, Uri};
use lsp_server::{ErrorCode, ResponseError};
use serde_json::{Value, json};

use super::all;
use crate::{
    config,
    disk::{self, Kept},
    server::{dispatch::error, edits, main_loop::Server, sites::QUIET, uri},
    sources::read_text_or_empty,
    vfs::{self, Disk},
};

/// Adds a word to the project's words: the URI of a page, and the word.
pub(super) const ADD_WORD: &str = "copydesk.addWord";

/// Applies all safe fixes of a page: its URI.
const FIX_ALL: &str = "copydesk.fixAll";

/// Reads all sites again.
const CHECK_SITE: &str = "copydesk.checkSite";

/// All commands.
pub(in crate::server) const COMMANDS: [&str; 3] = [ADD_WORD, FIX_ALL, CHECK_SITE];

impl Server {
    /// Does what a command says.
    pub(in crate::server) fn execute(
        &mut self,
        params: &ExecuteCommandParams,
    ) -> Result<Value, ResponseError> {
        let arguments = params.arguments.as_deref().unwrap_or_default();
        let text = |nth: usize| {
            let text = arguments.get(nth).and_then(Value::as_str);
            text.ok_or_else(|| {
                error(ErrorCode::InvalidParams, &format!("argument {} is not a text", nth + 1))
            })
        };
        match &*params.command {
            ADD_WORD => self.add_word(&text(0)?.into(), text(1)?),
            FIX_ALL => {
                self.fix_all(&text(0)?.into());
                Ok(Value::Null)
            }
            CHECK_SITE => {
                self.sites.touch_all();
                Ok(Value::Null)
            }
            other => Err(error(ErrorCode::InvalidParams, &format!("no such command: {other}"))),
        }
    }

    /// Adds a word to the file of the project's words, on disk or, if it is open, in the client.
    fn add_word(&mut self, uri: &Uri, word: &str) -> Result<Value, ResponseError> {
        let failed = |why: &str| error(ErrorCode::RequestFailed, why);
        if config::words(word).collect::<Vec<_>>() != [word.trim()] {
            return Err(failed("not a word"));
        }
        let page = uri::to_path(uri).ok_or_else(|| failed("not a file"))?;
        let index = self.sites.index_of(&page).ok_or_else(|| failed("the site was not read yet"))?;
        let root = index.project.root.clone();
        let words_file = index.config().words_file();
        let path = root.join(words_file);
        if words_file.starts_with("..") || !vfs::contained(&Disk, &path, &root) {
            return Err(failed("the words file is outside the site root"));
        }
        let words = [word.trim().to_owned()];
        if let Some(open) = self.documents.get(&path) {
            let (text, _) = config::add_words(&open.text, &words);
            let edits = edits::difference(&open.places(self.client.encoding), &text);
            let edit = edits::of_open(open, edits);
            self.ask("addWord", "workspace/applyEdit", json!({ "label": "Add word", "edit": edit }));
            return Ok(Value::Null);
        }
        let before = read_text_or_empty(&path).map_err(|why| failed(&why))?;
        let (text, added) = config::add_words(&before, &words);
        if added > 0 {
            let written = disk::replace(Kept { path: &path, root: &root }, text.as_bytes());
            written.map_err(|why| failed(&format!("cannot write {}: {why}", words_file.display())))?;
            self.sites.touch(&path, QUIET);
        }
        Ok(Value::Null)
    }

    /// Sends the client the edits of all safe fixes in a page.
    fn fix_all(&mut self, uri: &Uri) {
        let Some(page) = self.page(uri) else { return };
        let edits = edits::difference(&page.places, &all::fixed(&page));
        if !edits.is_empty() {
            let edit = edits::of_open(page.open, edits);
            self.ask("fixAll", "workspace/applyEdit", json!({ "label": "Fix all", "edit": edit }));
        }
    }
}
