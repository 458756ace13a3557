//! What the user sees while a site is read.

use std::path::Path;

use lsp_server::{Notification, Request, RequestId};
use serde_json::{Value, json};

use super::{client::Client, transport::Outbox};

/// The progress of a site that is being read, where the client shows it.
#[derive(Debug, Default)]
pub(super) struct IndexProgress {
    /// How many there were: each has a token of its own.
    count: i32,
    is_shown: bool,
    /// The percentage that was shown last.
    shown: u64,
}

impl IndexProgress {
    /// Begins to read the site in a folder.
    pub(super) fn begin(&mut self, root: &Path, client: &Client, out: &mut Outbox) {
        self.is_shown = client.shows_progress;
        if !self.is_shown {
            return;
        }
        (self.count, self.shown) = (self.count + 1, 0);
        let token = json!({ "token": self.token() });
        let id = RequestId::from(self.token());
        out.send(Request::new(id, "window/workDoneProgress/create".to_owned(), token));
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned());
        let message = name.unwrap_or_default();
        self.send(
            &json!({ "kind": "begin", "title": "Checking site", "message": message, "percentage": 0 }),
            out,
        );
    }

    /// So many pages of so many were read, in the first of two phases.
    pub(super) fn report(&mut self, done: u64, total: u64, out: &mut Outbox) {
        let percentage = (done * 100).checked_div(total).unwrap_or(0).min(100);
        if self.is_shown && percentage > self.shown {
            self.shown = percentage;
            self.send(&json!({ "kind": "report", "percentage": percentage }), out);
        }
    }

    /// The site was read.
    pub(super) fn end(&mut self, out: &mut Outbox) {
        if std::mem::take(&mut self.is_shown) {
            self.send(&json!({ "kind": "end" }), out);
        }
    }

    fn token(&self) -> String {
        format!("copydesk/read/{}", self.count)
    }

    fn send(&self, value: &Value, out: &mut Outbox) {
        let params = json!({ "token": self.token(), "value": value });
        out.send(Notification::new("$/progress".to_owned(), params));
    }
}
