use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    front_matter::{Collection, Reference, ReferenceForm, rewrite::retext},
    rule::Rule,
    site::{Page, Site, Spellings},
    yaml::{Format, Node},
};

declare_rule! {
    /// One key is spelled in two ways across a collection
    ///
    /// ## Why
    ///
    /// When some posts write `id` and others `value`, or `subTitle` and `subtitle`, a template that reads one of them
    /// is blind to the rest. The spelling that most pages use is taken for the right one, unless the config names
    /// another with `prefer`.
    ///
    /// In a collection where most pages write `id`:
    ///
    /// ## Bad
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     value: category-g2
    /// ```
    ///
    /// ## Good
    ///
    /// ```yaml
    /// category:
    ///   - label: Guides
    ///     id: category-g2
    /// ```
    pub struct InconsistentKey {}
    id = "inconsistent-key",
    changes = Changes::Values,
}

impl Rule for InconsistentKey {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let (Some(collection), Some(tree)) = (&page.collection, page.tree()) else { return };
        let (Some(root), format) = (&tree.root, tree.format) else { return };
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
    format: Format,
    sink: &mut Sink<'_>,
) {
    let ReferenceForm::Record { preferred_id_key, .. } = &reference.form else { return };
    let usual = spellings.usual();
    let Some(right) = preferred_id_key.as_deref().or(usual.map(|(key, _)| key)) else { return };
    let drifted = reference.id_keys_in(root).find(|key| key.as_str() != Some(right));
    let Some((node, key)) = drifted.and_then(|node| Some((node, node.as_str()?))) else { return };
    let noun = &reference.noun;
    if preferred_id_key.is_some() {
        sink.report(node.span, format!("the id of the {noun} is called `{right}`, not `{key}`"))
            .help(format!("write `{right}`"))
            .fixes
            .extend(rename(node, format, right, Applicability::Safe));
        return;
    }
    // A page counts for the first key in it.
    let first = reference.id_keys_in(root).next().and_then(Node::as_str);
    let others = spellings.count(right) - usize::from(first == Some(right));
    let message = format!("the id of the {noun} is `{key}` here and `{right}` on {}", other_pages(others));
    sink.report(node.span, message)
        .help(format!("write `{right}`, or name the right key with `prefer` in the config"))
        .fixes
        .extend(rename(node, format, right, Applicability::Unsafe));
}

/// Reports top-level keys that other pages write with other case, hyphens or underscores.
fn check_keys(collection: &Collection, site: &Site, root: &Node, format: Format, sink: &mut Sink<'_>) {
    for entry in root.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let Some(spellings) = site.key_spellings(collection, key) else { continue };
        if let Some((right, _)) = spellings.usual()
            && right != key
        {
            let others = spellings.count(right) - usize::from(root.entry(right).is_some());
            sink.report(
                entry.key.span,
                format!("this key is `{key}` here and `{right}` on {}", other_pages(others)),
            )
            .help(format!("write `{right}`"))
            .fixes
            .extend(rename(&entry.key, format, right, Applicability::Unsafe));
        }
    }
}

fn rename(key: &Node, format: Format, name: &str, trust: Applicability) -> Option<Fix> {
    Some(Fix::replace(format!("call it `{name}`"), trust, key.span, retext(key, format, name)?))
}

fn other_pages(count: usize) -> String {
    if count == 1 { "1 other page".to_owned() } else { format!("{count} other pages") }
}
