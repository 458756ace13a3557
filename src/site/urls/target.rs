//! Where a link leads.

use super::{destination::Malformed, moved::Moved};
use crate::text::Span;

/// Where a link leads, as far as the repository can tell.
#[derive(Debug, Clone)]
pub enum Target {
    /// Nowhere: the destination is empty.
    Empty,
    /// The page that has the link, at an anchor or at its top.
    SamePage {
        /// The anchor, escapes resolved, without text directives; `None` for the top.
        anchor: Option<Box<str>>,
    },
    /// A page of the site.
    Page(PageTarget),
    /// A file that is not a page, or a page that is not among the checked ones.
    File {
        /// The file, relative to the site's root.
        path: Box<str>,
        /// The anchor, as in [`Target::SamePage`].
        anchor: Option<Box<str>>,
    },
    /// A folder without a page of its own.
    Folder {
        /// The folder, relative to the site's root.
        path: Box<str>,
    },
    /// Something that moved, by the config or what the repository itself says.
    Moved(Moved),
    /// Nothing.
    Missing(Missing),
    /// Above the root of the site, or through a symbolic link to something outside.
    OutsideRoot,
    /// The checkout lacks what would tell.
    NotVerified {
        /// What it lacks, or the part of the site that nothing here makes: `static`, `/tags`.
        root: Box<str>,
    },
    /// Something that the build of the site creates, by the config.
    Generated,
    /// A URL on a host of the site.
    OwnSite(OwnSite),
    /// A URL in the site's own repository, on the forge that keeps it.
    OwnRepository {
        /// The file or folder in the repository; empty for its root.
        path: Box<str>,
        /// Where that leads here; `None` where the URL is of a tag or commit, which may have had other files.
        target: Option<Box<Target>>,
    },
    /// A URL elsewhere.
    External,
    /// A URL for mail.
    Email,
    /// `file:`, or a path of some computer's file system.
    FileSystem,
    /// Any other scheme.
    OtherScheme(Box<str>),
    /// Something that the generator fills in: `{{ … }}`.
    Template,
    /// Nothing that leads anywhere.
    Malformed(Malformed),
}

/// A page that a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTarget {
    /// Its place in [`Site::pages`](crate::site::Site::pages).
    pub page: usize,
    /// The anchor, as in [`Target::SamePage`].
    pub anchor: Option<Box<str>>,
    /// How the link names it.
    pub form: Form,
}

/// How a link names a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By its path on the site, as the site has it.
    Canonical,
    /// By its file, which the generator turns into its path.
    Source,
    /// By its file, which the generator leaves as it is, so that readers do not get there.
    RawSource,
    /// With `.html` or `index.html` where the path has none.
    Html,
    /// Without the slash at the end.
    SlashMissing,
    /// Without the `.html` at the end, which most servers add.
    HtmlMissing,
    /// With a slash too many.
    SlashExtra,
    /// By another of its paths.
    Other,
}

/// A URL on a host of the site.
#[derive(Debug, Clone)]
pub struct OwnSite {
    /// Whether host and scheme are those of the site's URL.
    pub host: OwnHost,
    /// Where its path leads.
    pub target: Box<Target>,
}

/// How a URL names the site's host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnHost {
    /// As `site.url` has it.
    Canonical,
    /// With the other of `http` and `https`.
    OtherScheme,
    /// By an alias, or with `www.` more or less.
    OtherName,
    /// By a name that no config has: the links of the pages show that it is the site's.
    Learned,
}

/// Something that a link names and that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missing {
    /// What was looked for: a path on the site, beginning with `/`, or that of a file, which does not.
    pub looked_for: Box<str>,
    /// What is there in other case.
    pub case_twin: Option<Found>,
    /// The same path in the form that the site's pages have, where this is one that none of them has, whichever is
    /// meant: `/tides/` for `/tides.html`.
    pub better_form: Option<Box<str>>,
    /// The page that would be meant if it was published, by its place in [`Site::pages`](crate::site::Site::pages).
    pub unpublished: Option<usize>,
    /// How sure it is.
    pub evidence: MissingEvidence,
    /// The anchor, as in [`Target::SamePage`].
    pub anchor: Option<Box<str>>,
}

/// How sure it is that something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingEvidence {
    /// Git's index has all files of the site, and this is none of them.
    Index,
    /// It is not on disk, and there is no index to ask.
    Disk,
}

/// Something that is there and might be meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Found {
    /// A page, by its place in [`Site::pages`](crate::site::Site::pages).
    Page(usize),
    /// A file or folder, relative to the site's root.
    File(Box<str>),
}

/// Why something might be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It differs in case only.
    Case,
    /// It has the same name and is elsewhere.
    SameName,
    /// It had that name once.
    Renamed,
    /// Its name is nearly the same.
    Similar,
}

/// Something that a link may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Why.
    pub reason: Reason,
    /// What is meant.
    pub found: Found,
    /// The destination to write for it, in the form that the link has.
    pub destination: String,
}

/// An old path of a page, by the page's own front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alias {
    pub(super) page: usize,
    pub(super) span: Span,
}
