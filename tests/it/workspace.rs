//! A workspace that was edited finds what a run over the same texts finds.

use std::{
    fs,
    path::{Path, PathBuf},
};

use copydesk::{
    Workspace,
    diagnostic::Diagnostic,
    run::{Options, Run},
};
use proptest::prelude::*;

use crate::common::{TODAY, cases, clone, files, repo};

/// The sites whose pages are edited.
const SITES: [&str; 6] = ["harbour", "links", "front-matter", "languages", "nested", "no-config"];

/// One change to a site; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Edit {
    /// A page gets the text of another one.
    Copy(usize, usize),
    /// The lines of a page from one on are gone.
    Cut(usize, usize),
    /// Something is written at the end of a page.
    Append(usize, usize),
    /// A page that was not there has the text of another one.
    Add(usize, usize),
    /// A page is written to the folder that is open, and closed.
    Save(usize),
    /// A page is gone.
    Remove(usize),
    /// The config is another one.
    Configure(usize),
}

/// What is appended to pages.
const ENDINGS: [&str; 6] = [
    "\nWe recieve [mail](/nowhere/) at the harbuor.\n",
    "\n## A heading with an anchor\n\n[there](#a-heading-with-an-anchor) and [here](http://example.org)\n",
    "\n[up](../index.md#nothing) [over](https://example.org/a)\n",
    "\n<!-- copydesk-disable known-typo -->\n\nTeh tide.\n",
    "\n```\nHarbuor harbuor\n```\n\nHarbuor and harbuor, says the harbuor.\n",
    "\n---\n",
];

/// What the config may be.
const CONFIGS: [&str; 3] =
    ["extends: strict\n", "rules:\n  known-typo: error\n  broken-link: off\n", "rules:\n  nothing: error\n"];

fn edit() -> impl Strategy<Value = Edit> {
    let number = || 0..1000_usize;
    prop_oneof![
        2 => (number(), number()).prop_map(|(to, from)| Edit::Copy(to, from)),
        2 => (number(), number()).prop_map(|(page, line)| Edit::Cut(page, line)),
        4 => (number(), number()).prop_map(|(page, ending)| Edit::Append(page, ending)),
        1 => (number(), number()).prop_map(|(name, from)| Edit::Add(name, from)),
        1 => number().prop_map(Edit::Save),
        1 => number().prop_map(Edit::Remove),
        1 => number().prop_map(Edit::Configure),
    ]
}

/// A site on disk, and a copy of it that is open in a workspace, which is told of all that changes in the other.
struct Twins {
    folder: PathBuf,
    opened: PathBuf,
    workspace: Workspace<'static>,
}

impl Twins {
    fn open(site: &str) -> Self {
        let clone =
            |name: &str| clone(&repo("fixtures/sites").join(site), &format!("workspace-{site}-{name}"));
        let (folder, opened) = (clone("changed"), clone("opened"));
        let workspace = Workspace::open(Options::on_disk(opened.clone(), TODAY));
        Self { folder, opened, workspace }
    }

    /// The pages of the site as it is now, relative to its folder.
    fn pages(&self) -> Vec<PathBuf> {
        let files = files(&self.folder).into_iter();
        let pages = files.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
        pages.map(|path| path.strip_prefix(&self.folder).expect("it is there").to_owned()).collect()
    }

    fn write(&mut self, path: &Path, text: &str) {
        fs::write(self.folder.join(path), text).expect("the site can be written");
        self.workspace.set_text(&self.opened.join(path), text);
    }

    fn make(&mut self, edit: &Edit) {
        let pages = self.pages();
        if pages.is_empty() {
            return;
        }
        let page = |number: usize| &*pages[number % pages.len()];
        let text = |path: &Path| fs::read_to_string(self.folder.join(path)).unwrap_or_default();
        match *edit {
            Edit::Copy(to, from) => self.write(page(to), &text(page(from))),
            Edit::Cut(at, line) => {
                let whole = text(page(at));
                let lines: Vec<&str> = whole.split_inclusive('\n').collect();
                self.write(page(at), &lines[..line % (lines.len() + 1)].concat());
            }
            Edit::Append(at, ending) => {
                self.write(page(at), &(text(page(at)) + ENDINGS[ending % ENDINGS.len()]));
            }
            Edit::Add(name, from) => {
                let path = page(from).with_file_name(format!("page-{}.md", name % 3));
                self.write(&path, &text(page(from)));
            }
            Edit::Save(at) => {
                let path = self.opened.join(page(at));
                fs::write(&path, text(page(at))).expect("the site can be written");
                self.workspace.refresh(&[path]);
            }
            Edit::Remove(at) => {
                fs::remove_file(self.folder.join(page(at))).expect("it is there");
                self.workspace.remove(&self.opened.join(page(at)));
            }
            Edit::Configure(at) => {
                self.write(Path::new("copydesk.yaml"), CONFIGS[at % CONFIGS.len()]);
            }
        }
    }

    fn assert_same(&self) {
        let fresh = Workspace::open(Options::on_disk(self.folder.clone(), TODAY));
        assert_eq!(listed(&self.workspace.check()), listed(&fresh.check()));
        let relative = |path: PathBuf, root: &Path| path.strip_prefix(root).expect("it is there").to_owned();
        let of = |workspace: &Workspace<'_>, root: &Path| -> Vec<PathBuf> {
            workspace.pages().map(|path| relative(path, root)).collect()
        };
        let pages = of(&self.workspace, &self.opened);
        assert_eq!(pages, of(&fresh, &self.folder));
        for page in &pages {
            let found = |workspace: &Workspace<'_>, root: &Path| -> Option<Vec<String>> {
                Some(workspace.check_page(&root.join(page))?.iter().map(line).collect())
            };
            assert_eq!(
                found(&self.workspace, &self.opened),
                found(&fresh, &self.folder),
                "{}",
                page.display()
            );
        }
    }
}

fn line(it: &Diagnostic) -> String {
    format!("{:?} {} {:?} {} {:?} {:?}", it.primary, it.rule.id, it.severity, it.message, it.help, it.fixes)
}

fn listed(run: &Run) -> (Vec<String>, usize) {
    (run.diagnostics.iter().map(line).collect(), run.suppressed.len())
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn edits_leave_what_a_run_would_find(
        site in 0..SITES.len(),
        edits in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..4),
    ) {
        let mut twins = Twins::open(SITES[site]);
        for some in &edits {
            for edit in some {
                twins.make(edit);
            }
            twins.assert_same();
        }
    }
}
