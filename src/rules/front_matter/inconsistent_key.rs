use crate::{
    data::{DataFormat, Node},
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    front_matter::{Collection, Reference, ReferenceForm, rewrite::retext},
    rule::{Fixable, Rule},
    site::{Page, Site, Spellings},
    text::quantity,
};

declare_rule! {
    /// Key is spelled differently across a collection
    ///
    /// ## What it does
    ///
    /// Reports keys that most other pages of the collection spell differently: in another case, or with other hyphens
    /// and underscores. Without a schema, it also reports a key of a single page that differs in one letter from a key
    /// of at least ten other pages, such as `titel` for `title`. For references to records, it reports ids with another key than on most pages, such as `value`
    /// instead of `id`, or than `prefer` in the config names.
    ///
    /// ## Why is this bad?
    ///
    /// If some posts use `subTitle` and others `subtitle`, a template that reads one of them ignores the other.
    ///
    /// ## Example
    ///
    /// In a collection in which most pages use `id`:
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     value: category-g2
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     id: category-g2
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Renaming the key is safe if the config sets `prefer`, and unsafe otherwise.
    pub struct InconsistentKey {}
    id = "inconsistent-key",
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for InconsistentKey {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(tree) = page.tree() else { return };
        let (Some(root), format) = (&tree.root, tree.format) else { return };
        if page.collection.as_ref().is_none_or(|collection| collection.schema.is_none()) {
            check_slips(page, site, root, format, sink);
        }
        let Some(collection) = &page.collection else { return };
        for (index, reference) in collection.references.iter().enumerate() {
            check_id_key(reference, site.id_keys(collection, index), root, format, sink);
        }
        if collection.schema.is_none() {
            check_keys(collection, site, root, format, sink);
        }
    }
}

/// Reports the first id key of a page that is not the one to use.
fn check_id_key(
    reference: &Reference,
    spellings: &Spellings,
    root: &Node,
    format: DataFormat,
    sink: &mut Sink<'_>,
) {
    let ReferenceForm::Record { preferred_id_key, .. } = &reference.form else { return };
    let usual = spellings.usual();
    let Some(right) = preferred_id_key.as_deref().or(usual.map(|(key, _)| key)) else { return };
    let unexpected = reference.id_keys_in(root).find(|key| key.as_str() != Some(right));
    let Some((node, key)) = unexpected.and_then(|node| Some((node, node.as_str()?))) else { return };
    let noun = &reference.noun;
    if preferred_id_key.is_some() {
        sink.report(node.span, format!("{noun} id has key `{key}`, expected `{right}`"))
            .fix_or_help(rename(node, format, right, Applicability::Safe), format!("use `{right}`"));
        return;
    }
    // A page is counted once, for its first key.
    let first = reference.id_keys_in(root).next().and_then(Node::as_str);
    let others = spellings.count(right) - usize::from(first == Some(right));
    let pages = quantity(others, "other page");
    let message = format!("inconsistent {noun} id key: `{key}` here, `{right}` on {pages}");
    sink.report(node.span, message)
        .help("to use another key, set `prefer` in the config")
        .fixes
        .extend(rename(node, format, right, Applicability::Unsafe));
}

/// Reports top-level keys that other pages spell with another case, hyphens or underscores.
fn check_keys(collection: &Collection, site: &Site, root: &Node, format: DataFormat, sink: &mut Sink<'_>) {
    for entry in root.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let Some(spellings) = site.key_spellings(collection, key) else { continue };
        if let Some((right, _)) = spellings.usual()
            && right != key
        {
            let others = spellings.count(right) - usize::from(root.entry(right).is_some());
            let pages = quantity(others, "other page");
            sink.report(entry.key.span, format!("inconsistent key: `{key}` here, `{right}` on {pages}"))
                .fix_or_help(
                    rename(&entry.key, format, right, Applicability::Unsafe),
                    format!("use `{right}`"),
                );
        }
    }
}

/// Reports top-level keys that are on no other page and a slip away from one that many pages have.
fn check_slips(page: &Page, site: &Site, root: &Node, format: DataFormat, sink: &mut Sink<'_>) {
    for entry in root.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let Some((right, count)) = site.meant_key(page, key) else { continue };
        let pages = quantity(count, "other page");
        sink.report(entry.key.span, format!("key `{key}` only here, `{right}` on {pages}"))
            .fix_or_help(rename(&entry.key, format, right, Applicability::Unsafe), format!("use `{right}`"));
    }
}

fn rename(key: &Node, format: DataFormat, name: &str, applicability: Applicability) -> Option<Fix> {
    let text = retext(key, format, name)?;
    Some(Fix::replace(format!("Rename to `{name}`"), applicability, key.span, text))
}
