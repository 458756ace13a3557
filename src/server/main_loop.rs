//! The loop: takes what the client says in order, and answers. Sites are read on a thread of their own.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap, VecDeque},
    io::BufRead,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::Duration,
};

use jiff::civil;
use lsp_server::{Message, Notification, Request, Response, ResponseError};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    client::Client,
    diagnostics::{HeldPull, Published},
    documents::Documents,
    progress::IndexProgress,
    site_index::{IndexRequest, SiteIndex},
    sites::ServedSites,
    transport::{self, Incoming, Outbox},
};
use crate::{
    diagnostic::Diagnostic,
    vfs::{Disk, FileOverlay},
};

/// What happens.
pub(super) enum Event {
    /// The client said something.
    Incoming(Incoming),
    /// The client said the last thing that it will.
    Closed,
    /// Of a site that is being read, so many pages of so many were.
    Progress(u64, u64),
    /// A site was read, or could not be.
    Indexed(PathBuf, Option<Box<SiteIndex>>),
}

/// The findings of open pages, and the version of each that they were found in.
type Checked = HashMap<PathBuf, (i32, Arc<[Diagnostic]>)>;

/// How the server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The client asked for it.
    Asked,
    /// The client went without asking.
    Lost,
}

/// How far the connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The client has not introduced itself.
    New,
    /// Work.
    Running,
    /// The client asked for the end.
    ShutDown,
}

/// All that the server knows.
pub(super) struct Server {
    /// What the client can do.
    pub(super) client: Client,
    /// How far the connection is.
    pub(super) phase: Phase,
    /// Where messages go.
    pub(super) out: Outbox,
    /// The open texts.
    pub(super) documents: Documents,
    /// The sites.
    pub(super) sites: ServedSites,
    /// What the client was told unasked.
    pub(super) published: Published,
    /// Open pages whose findings the client does not have yet.
    pub(super) unpublished: BTreeSet<PathBuf>,
    /// Questions about all files that wait for news.
    pub(super) held_pulls: Vec<HeldPull>,
    /// What was found in open pages, and in which version of them.
    pub(super) checked: RefCell<Checked>,
    /// What was said and not yet heard.
    queue: VecDeque<Message>,
    /// Requests that wait for a site to be read.
    waiting: Vec<Request>,
    /// What the user sees of a site that is being read.
    progress: IndexProgress,
    /// The day of a call.
    today: fn() -> civil::Date,
    events: (Sender<Event>, Receiver<Event>),
}

impl Server {
    /// A server that writes to a stream.
    pub(super) fn new(out: Outbox, today: fn() -> civil::Date) -> Self {
        Self {
            client: Client::default(),
            phase: Phase::New,
            out,
            documents: Documents::default(),
            sites: ServedSites::default(),
            published: Published::default(),
            unpublished: BTreeSet::new(),
            held_pulls: vec![],
            checked: RefCell::default(),
            queue: VecDeque::new(),
            waiting: vec![],
            progress: IndexProgress::default(),
            today,
            events: channel(),
        }
    }

    /// Serves the client that writes to `input` until it goes.
    pub(super) fn run(mut self, mut input: impl BufRead + Send + 'static) -> End {
        let events = self.events.0.clone();
        thread::spawn(move || {
            while let Ok(Some(incoming)) = transport::read(&mut input) {
                if events.send(Event::Incoming(incoming)).is_err() {
                    return;
                }
            }
            // The loop may have ended by itself.
            let _ = events.send(Event::Closed);
        });
        loop {
            let mut is_closed = self.drain();
            while let Some(message) = self.queue.pop_front() {
                match message {
                    Message::Notification(it) if it.method == "exit" => {
                        return if self.phase == Phase::ShutDown { End::Asked } else { End::Lost };
                    }
                    Message::Notification(notification) => self.hear(notification),
                    Message::Request(request) => self.take(request),
                    // Nothing that the server asks for has an answer that matters.
                    Message::Response(_) => {}
                }
                is_closed |= self.drain();
            }
            self.rest();
            if is_closed || self.out.is_closed() {
                return End::Lost;
            }
            if self.wait() {
                return End::Lost;
            }
        }
    }

    /// Takes all that happened meanwhile, and says whether the client is gone.
    fn drain(&mut self) -> bool {
        let mut is_closed = false;
        while let Ok(event) = self.events.1.try_recv() {
            is_closed |= self.note(event);
        }
        is_closed
    }

    /// Waits until something happens, and says whether the client is gone.
    fn wait(&mut self) -> bool {
        let wait = self.sites.wait().unwrap_or(Duration::from_secs(3600));
        match self.events.1.recv_timeout(wait) {
            Ok(event) => self.note(event),
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        }
    }

    /// Takes an event, and says whether the client is gone.
    fn note(&mut self, event: Event) -> bool {
        match event {
            Event::Incoming(Incoming::Malformed(reply)) => self.out.send_raw(&reply),
            Event::Incoming(Incoming::Message(Message::Notification(it)))
                if it.method == "$/cancelRequest" =>
            {
                self.cancel(&it.params);
            }
            Event::Incoming(Incoming::Message(message)) => self.queue.push_back(message),
            Event::Closed => return true,
            Event::Progress(done, total) => self.progress.report(done, total, &mut self.out),
            Event::Indexed(root, index) => self.take_index(&root, index),
        }
        false
    }

    /// Answers a request that the client does not need any more, if it still waits.
    fn cancel(&mut self, params: &Value) {
        let Ok(id) = serde_json::from_value(params["id"].clone()) else { return };
        let is_queued = |message: &Message| matches!(message, Message::Request(it) if it.id == id);
        let before = self.queue.len() + self.waiting.len();
        self.queue.retain(|message| !is_queued(message));
        self.waiting.retain(|request| request.id != id);
        if self.queue.len() + self.waiting.len() < before || self.cancel_pull(&id) {
            self.out.send(Response::new_err(
                id,
                lsp_server::ErrorCode::RequestCanceled as i32,
                "canceled".into(),
            ));
        }
    }

    /// Does what can wait until the client has nothing to say.
    fn rest(&mut self) {
        if self.phase != Phase::Running {
            return;
        }
        let failed = catch_unwind(AssertUnwindSafe(|| self.publish_open())).is_err();
        if failed {
            self.unpublished.clear();
        }
        if let Some(project) = self.sites.next_due() {
            self.progress.begin(&project.root, &self.client, &mut self.out);
            let request = IndexRequest {
                files: self.overlay(),
                known: self.sites.facts(&project.root),
                encoding: self.client.encoding,
                today: self.today(),
                project,
            };
            read_site(request, self.events.0.clone());
        }
    }

    /// Takes a site that was read.
    fn take_index(&mut self, root: &Path, index: Option<Box<SiteIndex>>) {
        self.progress.end(&mut self.out);
        let nested = index.as_ref().map(|index| index.nested.clone()).unwrap_or_default();
        let today = self.today();
        self.sites.finish(root, index.map(|index| *index), today);
        for folder in nested {
            self.add_site(&folder);
        }
        self.unpublished.extend(self.documents.iter().map(|(path, _)| path.clone()));
        self.publish_site(root);
        for request in std::mem::take(&mut self.waiting).into_iter().rev() {
            self.queue.push_front(Message::Request(request));
        }
    }

    /// Answers a request, or keeps it until it can be answered.
    fn take(&mut self, request: Request) {
        if self.phase == Phase::Running && self.must_wait(&request) {
            self.waiting.push(request);
            return;
        }
        let id = request.id.clone();
        let answer = catch_unwind(AssertUnwindSafe(|| self.answer(request)));
        let answer = answer.unwrap_or_else(|_| Err(internal("a bug in copydesk, please report it")));
        match answer {
            Ok(Some(result)) => self.out.send(Response { id, response_result: Ok(result) }),
            Ok(None) => {}
            Err(error) => self.out.send(Response { id, response_result: Err(error) }),
        }
    }

    /// Takes a notification. One that makes no sense is passed over, as the protocol has it.
    fn hear(&mut self, notification: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        let failed = catch_unwind(AssertUnwindSafe(|| self.act_on(notification))).is_err();
        if failed {
            self.tell(
                "window/logMessage",
                &json!({ "type": 1, "message": "a bug in copydesk, please report it" }),
            );
        }
    }

    /// Sends a notification.
    pub(super) fn tell(&mut self, method: &str, params: &impl Serialize) {
        self.out.send(Notification::new(method.to_owned(), params));
    }

    /// The day of the call.
    pub(super) fn today(&self) -> civil::Date {
        (self.today)()
    }

    /// The files with the open texts.
    pub(super) fn overlay(&self) -> Arc<FileOverlay> {
        let overlay = FileOverlay::new(Arc::new(Disk));
        for (path, open) in self.documents.iter() {
            overlay.set(path.clone(), open.text.as_bytes());
        }
        Arc::new(overlay)
    }

    /// The root of the site that a folder belongs to.
    pub(super) fn add_site(&mut self, folder: &Path) -> PathBuf {
        let (files, today) = (self.overlay(), self.today());
        self.sites.add(folder, &self.client.folders, &files, today)
    }
}

/// An error of the server's own.
pub(super) fn internal(message: &str) -> ResponseError {
    ResponseError {
        code: lsp_server::ErrorCode::InternalError as i32,
        message: message.to_owned(),
        data: None,
    }
}

/// Reads a site on a thread of its own.
fn read_site(request: IndexRequest, events: Sender<Event>) {
    let root = request.project.root.clone();
    let done = AtomicU64::new(0);
    thread::spawn(move || {
        let tick = |total: u64| {
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            // As often as a person can see a difference.
            if done.is_multiple_of((total / 50).max(1)) {
                let _ = events.send(Event::Progress(done, total));
            }
        };
        let read = catch_unwind(AssertUnwindSafe(|| SiteIndex::read(request, &tick)));
        // The loop may have ended.
        let _ = events.send(Event::Indexed(root, read.ok().map(Box::new)));
    });
}
