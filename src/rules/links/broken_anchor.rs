use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    path::Path,
};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    fix::{Applicability, Changes, Fix},
    links::{self, AddressKind, TargetKind, shortened},
    markdown::{Anchor, AnchorKind, Anchors, Fragment},
    rule::{Fixable, Rule},
    rules::{links::destinations::fragment_of, pattern::Pattern},
    site::{
        Page, Site,
        urls::{self, Layout, SiteKind, encode},
    },
    spelling::is_name_slip,
    text::{PAGE_ENDINGS_WITH_MDX, Search, bare_letters},
};

declare_rule! {
    /// Link to a missing anchor
    ///
    /// ## What it does
    ///
    /// Reports links, HTML attributes and link reference definitions whose fragment does not exist on the target page,
    /// which may be the same page or another page of the site. The anchors of a page are those of its headings,
    /// generated as the site generator does (`site.slugs` in the config), explicit ones (`{#id}`, and `id` and `name`
    /// in HTML), and footnotes. Anchors are case-sensitive; where no generator is known, a difference in case is reported
    /// as info, because GitHub ignores it.
    ///
    /// Not reported are `#top`, line references such as `#L10-L20`, text fragments (`#:~:text=tide`), and anchors that cannot
    /// be known: those of files that are not pages, of sites whose headings have no anchors, of pages that include other
    /// files or show components of the site, and of pages whose layout may list others, such as the section pages of Hugo. A
    /// shortcode of Hugo or an include of Jekyll is known if its template is in the repository and makes no ids. Ids in the
    /// templates of the site are anchors of all its pages. In Sphinx, a link to an anchor of the same page may name a target
    /// of any page, and of other projects if `intersphinx` is configured.
    ///
    /// ## Why is this bad?
    ///
    /// `#low-tide` links to the heading "Low tide". If the heading is renamed, or the link has a typo, the link opens
    /// the top of the page instead.
    ///
    /// ## Example
    ///
    /// ```md
    /// See [low tide](#low-tides).
    ///
    /// ## Low tide
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See [low tide](#low-tide).
    ///
    /// ## Low tide
    /// ```
    ///
    /// ## Fix safety
    ///
    /// If only the case differs, the fix is safe. Otherwise, it uses the most similar anchor and is unsafe.
    pub struct BrokenAnchor {
        /// Recognize `{/*id*/}` after a heading as its id, as some MDX sites do.
        comment_ids: bool = true,
        /// Also check links to anchors on other pages, which markdownlint does not.
        other_pages: bool = true,
        /// Ignore the case of anchors.
        #[serde(rename = "ignore_case")]
        ignore_case: bool = false,
        /// Ignore fragments that match this regular expression anywhere. Fragments are matched without the `#`.
        #[serde(rename = "ignored_pattern")]
        ignored_pattern: Option<Pattern> = None,
    }
    id = "broken-anchor",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
    aliases = &["MD051", "link-fragments"],
    markdownlint = &[("comment-ids", false), ("other-pages", false)],
}

impl Rule for BrokenAnchor {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        // The page that includes a page may have the anchor; so may those with which a part of a site is shown.
        let is_included = || !site.including_pages(page).is_empty() || is_part(page, site);
        let here = page.targets.iter().filter(|target| target.address == AddressKind::Fragment);
        let here = here.map(|target| (target, page));
        let elsewhere =
            site.leads(page).filter_map(|(target, leads)| Some((target, target_page(page, site, leads)?)));
        let elsewhere = elsewhere.filter(|(_, to)| self.other_pages || to.path == page.path);
        let mut search = Search::in_file_of(page.len as usize);
        let mut similar = HashMap::new();
        let mut included = HashMap::new();
        // A wikilink names a heading by its text.
        let has_anchor =
            |it: &links::UrlTarget| it.kind != TargetKind::Image && it.address != AddressKind::Vault;
        for (target, to) in here.chain(elsewhere).filter(|(target, _)| has_anchor(target)) {
            let fragment = fragment_of(target);
            let Some(anchors) =
                to.anchors.as_ref().filter(|anchors| self.is_broken(fragment, anchors, site.layout_of(to)))
            else {
                continue;
            };
            let known = similar.entry((fragment, &*to.path));
            let similar = known.or_insert_with(|| most_similar(fragment, anchors, &mut search)).clone();
            let is_here = to.path == page.path;
            if is_here && (is_included() || site.is_label(page, &id_of(fragment)))
                || may_be_of_included(&mut included, site, to, fragment)
                || similar.is_none() && may_be_of_list(site, to, fragment)
                || may_be_of_template(site, to, fragment)
            {
                continue;
            }
            let name = shortened(fragment);
            let message = if is_here {
                format!("anchor `{name}` not found on this page")
            } else {
                format!("anchor `{name}` not found in `{}`", to.path.display())
            };
            let start = target.url.find('#').unwrap_or(target.url.len());
            let part = target.part(start..start + fragment.len());
            let diagnostic = sink.report(part, message);
            let Some((right, applicability)) = similar else {
                diagnostic.help("use an existing anchor, or remove the fragment");
                continue;
            };
            let is_twin = applicability == Applicability::Safe;
            if is_twin && is_for_forge(site, to) {
                diagnostic.at_most(Severity::Info);
            }
            diagnostic.help(match applicability {
                Applicability::Safe => format!("anchors are case-sensitive: use `{right}`"),
                _ => format!("did you mean `{right}`?"),
            });
            if target.is_verbatim {
                diagnostic.fix(Fix::replace(format!("Replace with `{right}`"), applicability, part, right));
            }
        }
    }
}

impl BrokenAnchor {
    /// Whether a page has no anchor for a fragment, which includes the `#`.
    fn is_broken(&self, fragment: &str, anchors: &Anchors, layout: &Layout) -> bool {
        let Fragment::Id(id) = Fragment::parse(fragment) else { return false };
        let written = fragment.trim_start_matches('#');
        let counts = |anchor: &Anchor| self.comment_ids || anchor.kind != AnchorKind::Comment;
        let is_there = |id: &str| {
            // GitHub adds this prefix to every id and accepts links with and without it.
            let bare = id.strip_prefix("user-content-").unwrap_or(id);
            let has = |id| {
                anchors.get(id).is_some_and(counts)
                    || self.ignore_case && anchors.twin(id).is_some_and(counts)
            };
            has(id) || bare.len() < id.len() && has(bare)
        };
        // Tabs of DocFX are not anchors, and lists of tags in Material for MkDocs have anchors of their own.
        let is_of_generator = written.starts_with("tab/") || id.starts_with("tag:");
        let is_of_script = || is_route(written) || is_share_mark(written) || is_digest(written);
        let is_ignored = || self.ignored_pattern.as_ref().is_some_and(|pattern| pattern.is_match(written));
        // What else makes anchors makes none that is a letter away from one of the page.
        let is_slip = || anchors.iter().take(MOST_COMPARED).any(|anchor| is_name_slip(written, &anchor.id));
        let may_be_there = || anchors.may_have(&id) || anchors.may_have(written);
        !is_there(&id)
            && !is_there(written)
            && (!anchors.is_open(|name| layout.plain_parts.contains(name)) || is_slip())
            && !may_be_there()
            && !is_of_generator
            && !is_of_script()
            && !is_ignored()
    }
}

/// So many anchors are compared with a fragment.
const MOST_COMPARED: usize = 1024;

/// Whether a fragment is a path that a script of the page reads, such as `/account` or `!/search`.
fn is_route(fragment: &str) -> bool {
    fragment.starts_with(['/', '!'])
}

/// Whether a fragment is the mark that a sharing button appends to the address of a page: a full stop and eleven characters.
fn is_share_mark(fragment: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    fragment.strip_prefix('.').is_some_and(|mark| mark.len() == 11 && mark.bytes().all(is_mark))
}

/// Whether a program made an anchor of the digest of a heading: 32 hexadecimal digits.
fn is_digest(fragment: &str) -> bool {
    fragment.len() == 32 && fragment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The id that a fragment asks for; nothing if it asks for none.
fn id_of(fragment: &str) -> Cow<'_, str> {
    match Fragment::parse(fragment) {
        Fragment::Id(id) => id,
        Fragment::Top | Fragment::Lines | Fragment::Text => Cow::Borrowed(""),
    }
}

/// The page that a link points to. At another of its paths a page may stand in for a translation that does not exist
/// yet, whose headings are unknown.
fn target_page<'a>(page: &'a Page, site: &'a Site, leads: &urls::Target) -> Option<&'a Page> {
    match leads.on_site() {
        urls::Target::SamePage { .. } => Some(page),
        urls::Target::Page(to) if to.form != urls::Form::Other => Some(&site.pages[to.page]),
        _ => None,
    }
}

/// Whether a page is a part of others, as its name says: the sidebar of Docsify, `_sidebar.md`.
fn is_part(page: &Page, site: &Site) -> bool {
    let path = page.path.to_string_lossy();
    let layout = site.layout_of(page);
    let is_named = page.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('_'));
    let has_route = || site.page_at(&path).and_then(|page| site.route(page)).is_some();
    is_named && layout.has_source(&path) && !has_route()
}

/// Whether a page is only read on a forge, as far as is known. GitHub ignores the case of anchors.
fn is_for_forge(site: &Site, to: &Page) -> bool {
    !site.layout_of(to).has_source(&to.path.to_string_lossy())
}

/// The anchors of the pages that a page takes in, as far as letters and digits go: where these pages are, other rules make
/// their anchors. `None` where not all of them are known.
type IncludedAnchors = Option<HashSet<Box<str>>>;

/// More anchors of included pages are not looked into.
const MOST_INCLUDED: usize = 4096;

fn included_anchors(site: &Site, to: &Page) -> IncludedAnchors {
    let included = site.included_pages(to).filter(|pages| !pages.is_empty())?;
    let plain = &site.layout_of(to).plain_parts;
    let mut all = HashSet::new();
    for page in included {
        let anchors = page.anchors.as_ref().filter(|it| !it.is_open(|name| plain.contains(name)))?;
        if all.len() + anchors.iter().len() > MOST_INCLUDED {
            return None;
        }
        all.extend(anchors.iter().map(|anchor| letters_of(&anchor.id)));
    }
    Some(all)
}

/// An id without the number that tells it from others with the same name.
fn unnumbered(id: &str) -> &str {
    id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_'])
}

/// The letters and digits of an id without its number, in lowercase.
fn letters_of(id: &str) -> Box<str> {
    bare_letters(unnumbered(id)).into()
}

/// Whether a page that a page takes in may have an anchor, or not all of these are known.
fn may_be_of_included<'p>(
    known: &mut HashMap<&'p Path, IncludedAnchors>,
    site: &Site,
    to: &'p Page,
    fragment: &str,
) -> bool {
    let Some(own) = to.anchors.as_ref().filter(|it| it.has_pages_in_it) else { return false };
    let Fragment::Id(id) = Fragment::parse(fragment) else { return false };
    let stem = unnumbered(&id);
    let included = known.entry(&*to.path).or_insert_with(|| included_anchors(site, to));
    stem.len() < id.len() && own.contains(stem)
        || included.as_ref().is_none_or(|all| all.contains(&letters_of(&id)))
}

/// Whether the layout of a page may make an anchor: that of a section in Hugo lists what is in it in any way, and other
/// pages may list those in the folder that is named as they are.
fn may_be_of_list(site: &Site, to: &Page, fragment: &str) -> bool {
    let path = to.path.to_string_lossy();
    let Some((stem, _)) = path.rsplit_once('.') else { return false };
    let is_section = stem == "_index" || stem.ends_with("/_index");
    let kind = site.layout_of(to).kind;
    if is_section && kind == Some(SiteKind::Hugo) {
        return true;
    }
    // The index of a blog in Material for MkDocs shows the beginnings of posts, with their headings.
    if let Some(blog) = stem.strip_suffix("/index").filter(|_| kind == Some(SiteKind::Mkdocs)) {
        let posts = format!("{blog}/posts/");
        let first = site.pages.partition_point(|page| *page.path < *Path::new(&posts));
        if site.pages.get(first).is_some_and(|page| page.path.starts_with(&posts)) {
            return true;
        }
    }
    let Fragment::Id(id) = Fragment::parse(fragment) else { return false };
    let folder = stem.strip_suffix("/index").unwrap_or(stem);
    PAGE_ENDINGS_WITH_MDX.iter().any(|ending| site.page_at(&format!("{folder}/{id}.{ending}")).is_some())
}

/// Whether the template of a page has an anchor, or the generator may make it: Zola writes headings in Latin letters
/// where they are in others, and versions number them differently.
fn may_be_of_template(site: &Site, to: &Page, fragment: &str) -> bool {
    let Fragment::Id(id) = Fragment::parse(fragment) else { return false };
    let layout = site.layout_of(to);
    let is_on_site = || layout.mount_of(&to.path.to_string_lossy()).is_some();
    let is_transcribed = || {
        let mut anchors = to.anchors.iter().flat_map(Anchors::iter);
        layout.kind == Some(SiteKind::Zola)
            && id.is_ascii()
            && anchors.any(|anchor| anchor.kind == AnchorKind::Heading && !anchor.id.is_ascii())
    };
    // Version 1 of VuePress gives the number 2 to the second heading with a name, which others give 1.
    let is_counted_from_two = || {
        let counted =
            id.rsplit_once('-').and_then(|(name, number)| Some((name, number.parse::<u32>().ok()?)));
        let earlier =
            counted.filter(|(_, number)| *number > 1).map(|(name, number)| format!("{name}-{}", number - 1));
        layout.kind == Some(SiteKind::Vuepress)
            && earlier.is_some_and(|earlier| to.anchors.as_ref().is_some_and(|it| it.contains(&earlier)))
    };
    // The usual theme of MkDocs has its own for what it shows and hides, and Sphinx gives places numbers.
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_of_theme = match layout.kind {
        Some(SiteKind::Mkdocs) => id.starts_with("__"),
        Some(SiteKind::Sphinx) => id.strip_prefix("id").is_some_and(is_number) || id.starts_with("footnote-"),
        _ => false,
    };
    let is_of_engine = || is_transcribed() || is_counted_from_two() || is_kept_anchor(layout, to, &id);
    (layout.template_ids.contains(&*id) || is_of_theme || is_of_engine()) && is_on_site()
}

/// Whether GitBook has an anchor for a tab, or may have made it of a heading earlier: it keeps those of its former rules, which
/// treat accents, apostrophes and numbers differently.
fn is_kept_anchor(layout: &Layout, to: &Page, id: &str) -> bool {
    let bare = id.strip_prefix("id-").unwrap_or(id);
    let is_heading = || to.anchors.as_ref().is_some_and(|anchors| anchors.has_letters_of(bare));
    layout.kind == Some(SiteKind::Gitbook) && (id.starts_with("tab-") || is_heading())
}

/// The fragment of the most similar anchor, and whether it is safe to use.
fn most_similar(fragment: &str, anchors: &Anchors, search: &mut Search) -> Option<(String, Applicability)> {
    let Fragment::Id(id) = Fragment::parse(fragment) else { return None };
    let anchor = anchors.nearest(&id, search)?;
    let is_twin = anchor.id.to_lowercase() == id.to_lowercase();
    let applicability = if is_twin { Applicability::Safe } else { Applicability::Unsafe };
    Some((format!("#{}", encode(&anchor.id)), applicability))
}
