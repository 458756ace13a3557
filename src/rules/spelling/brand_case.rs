use std::cell::LazyCell;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    links::{WebAddress, hosts},
    markdown::{Node, NodeKind},
    rule::{Fixable, Rule},
    site::{Page, Site},
    spelling::{Brand, Flags, Gap, PageWords, Traits, Word},
    text::Span,
};

declare_rule! {
    /// Incorrect case of a brand name
    ///
    /// ## What it does
    ///
    /// Reports names of products and companies whose case differs from the spelling of their owners: `Github`,
    /// `Javascript`, `Postgresql`. The rule knows 154 names, and names that the site itself spells in one way on at least
    /// five pages.
    ///
    /// Code, URLs, paths, file names, handles and parts of names in code are ignored, and so are lowercase names that are
    /// a whole table cell. Names that are also commands (`mysql`, `ceph`) may be lowercase.
    ///
    /// ## Why is this bad?
    ///
    /// A name in the wrong case looks careless, and it is harder to search for.
    ///
    /// ## Example
    ///
    /// ```md
    /// The Javascript client is on Github, and stores its data in Postgresql.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The JavaScript client is on GitHub, and stores its data in PostgreSQL.
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe for known names. It is unsafe in words with a hyphen, which may be names of packages, in uppercase,
    /// which may be values of a setting, and for the names of the site. Words that contain markup have no fix.
    pub struct BrandCase {}
    id = "brand-case",
    fixable = Fixable::Sometimes,
    changes = Changes::Words,
}

impl Rule for BrandCase {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let names = LazyCell::new(|| lists_of_names(doc));
        for index in doc.words().uncommon() {
            let span = doc.words().all()[index].span;
            if let Some(brand) = misspelled(doc, index)
                && !(is_lower(doc.slice(span)) && names.iter().any(|list| list.contains(span)))
            {
                report(doc, index, brand.name, sink);
            }
        }
    }

    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        for word in page.words.iter().flat_map(PageWords::all) {
            let Some(right) = site.vocabulary.usual_case(&word.text) else { continue };
            if Brand::of(&word.text).is_some() {
                continue; // Reported by `check`, which looks at where it is.
            }
            for place in &word.places {
                let is_plain = !place.traits.has(Traits::MARKED_UP);
                let end = if is_plain { place.span.start + word.text.len() as u32 } else { place.span.end };
                let span = Span::new(place.span.start, end);
                add(span, &word.text, right, is_plain.then_some(Applicability::Unsafe), sink);
            }
        }
    }
}

/// The brand that the word at `index` is, if its case is wrong.
fn misspelled(doc: &Document, index: usize) -> Option<Brand> {
    let words = doc.words();
    let word = &words.all()[index];
    if word.flags.has_any(Flags::IDENTIFIER.with(Flags::COMMENT).with(Flags::FOREIGN)) {
        return None;
    }
    let text = base(words.text(index, &doc.source));
    let brand = Brand::of(text).filter(|brand| brand.is_wrong(text))?;
    let is_upper = |text: &str| text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
    let is_upper_at = |at: usize| at < words.all().len() && is_upper(words.text(at, &doc.source));
    let is_in_capitals = is_upper(text) && beside.into_iter().any(is_upper_at);
    let is_lower = is_lower(text);
    let is_scheme = is_lower && doc.source[word.span.end as usize..].starts_with(':');
    // `.github/`, `/google/` and the repository `kubernetes/community`
    let (before, after) = (&doc.source[..word.span.start as usize], &doc.source[word.span.end as usize..]);
    let begins_path = || after.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    // A table of languages or packages has their identifiers in cells.
    let is_cell = || {
        let is_space = |c: char| matches!(c, ' ' | '\t');
        before.trim_end_matches(is_space).ends_with('|')
            && after.trim_start_matches(is_space).starts_with('|')
    };
    let is_path = is_lower
        && (before.ends_with(['.', '/', '_'])
            || begins_path()
            || is_before_package(after, text)
            || is_cell()
            || is_name_of_target(doc, word.span, text));
    let begins = matches!(word.gap, Gap::Start | Gap::Sentence) || word.flags.has(Flags::HEADING);
    let starts_lower = brand.name.starts_with(|c: char| c.is_ascii_lowercase());
    let is_capitalized = begins && starts_lower && text[1..] == brand.name[1..];
    let is_right = is_in_capitals || is_scheme || is_path || is_capitalized || is_lower && is_joined(word);
    (!is_right).then_some(brand)
}

fn is_lower(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The lists that have names of icons, packages and the like, which programs know in lowercase: one word in each item.
fn lists_of_names(doc: &Document) -> Vec<Span> {
    const FEWEST: usize = 3;
    const LONGEST: u32 = 4096;
    let is_name = |text: &str| {
        let text = text.trim();
        !text.is_empty()
            && text.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.')
            })
    };
    let has_name = |item: Node<'_>| item.span().len() <= LONGEST && is_name(&item.text(&doc.source));
    let is_of_names =
        |list: &Node<'_>| list.children().nth(FEWEST - 1).is_some() && list.children().all(has_name);
    doc.ast.of(NodeKind::List).filter(is_of_names).map(Node::span).collect()
}

/// Whether the next word is the name of a package that belongs to this one, as in `add graphql graphql-yoga` and
/// `add graphql @quay/server`: both are packages.
fn is_before_package(after: &str, text: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let next = rest.split_whitespace().next().unwrap_or_default();
    let is_scoped = next.strip_prefix('@').is_some_and(|scoped| scoped.contains('/'));
    is_scoped || next.strip_prefix(text).is_some_and(|rest| rest.starts_with('-'))
}

/// Whether a word is all the text of a link to something with this name, as in `[github](/cases/github/)`.
fn is_name_of_target(doc: &Document, word: Span, text: &str) -> bool {
    let targets = doc.targets();
    let next = targets.partition_point(|target| target.span.end < word.start);
    targets.get(next).is_some_and(|target| {
        let name = target.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        // A repository has the name of its package, or that with more around it: `quay-go` of `quay`.
        let is_repository = || WebAddress::of(&target.url).is_some_and(|it| hosts::is_forge(it.host()));
        let is_named = name == text || name.split('-').any(|part| part == text) && is_repository();
        target.text == Some(word) && is_named
    })
}

/// Whether a hyphen joins a word to another one.
fn is_joined(word: &Word) -> bool {
    word.gap == Gap::Hyphen || word.flags.has(Flags::BEFORE_HYPHEN)
}

/// A word without `'s`.
fn base(text: &str) -> &str {
    text.strip_suffix("'s").unwrap_or(text)
}

fn report(doc: &Document, index: usize, right: &str, sink: &mut Sink<'_>) {
    let word = &doc.words().all()[index];
    let written = base(doc.words().text(index, &doc.source));
    // In capitals it may be the value of a setting.
    let is_value = written.bytes().all(|byte| byte.is_ascii_uppercase());
    let safety = if is_joined(word) || is_value { Applicability::Unsafe } else { Applicability::Safe };
    let whole = doc.slice(word.span);
    // Markup inside the word stays.
    let (place, safety) = if whole.starts_with(written) {
        (Span::new(word.span.start, word.span.start + written.len() as u32), Some(safety))
    } else {
        (word.span, None)
    };
    add(place, written, right, safety, sink);
}

/// Reports a name, with a fix if its `safety` is known.
fn add(place: Span, written: &str, right: &str, safety: Option<Applicability>, sink: &mut Sink<'_>) {
    let fix = safety.map(|safety| Fix::replace(format!("Replace with `{right}`"), safety, place, right));
    sink.report(place, format!("`{written}` should be written `{right}`"))
        .fix_or_help(fix, format!("use `{right}`"));
}
