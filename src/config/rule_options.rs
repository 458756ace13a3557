//! `rules:` of a config, and words for what is wrong there.

use std::collections::HashMap;

use super::{
    load::{ConfigSource, mistake},
    raw::{Level, Ordered, RuleSetting},
    rules::{Layer, Origin, SettingError},
    schema,
};
use crate::{
    data::{Node, Segment},
    diagnostic::{Diagnostic, Label},
    front_matter::schema::{Schema, Violation},
    rule::RuleDef,
    rules::{self, names},
    text::{Search, Span, nearest},
};

/// Reads `rules:` of a config or an override, which is at `at`, where there are `custom` rules. Mistakes go to `found`; `search` bounds the work of
/// suggestions for all rules of the file.
pub(super) fn read(
    source: &ConfigSource,
    at: &[Segment],
    (rules, custom): (&Ordered<RuleSetting>, &[&str]),
    search: &mut Search,
    diagnostics: &mut Vec<Diagnostic>,
) -> Layer {
    let mut layer = Layer::default();
    // Looking each of them up would take as long as there are others.
    let mapping = source.tree.root.as_ref().and_then(|root| root.at(at));
    let entries = mapping.map_or(&[][..], Node::entries).iter();
    let keys: HashMap<&str, Span> = entries.filter_map(|it| Some((it.key.text()?, it.key.span))).collect();
    for (name, setting) in rules.iter() {
        let path = [at, &[Segment::key(name)]].concat();
        let key =
            keys.get(name).map_or_else(|| source.key_place(&path), |&span| Label::new(&source.path, span));
        let origin = Origin::File(key.clone());
        let set = if custom.contains(&name) {
            layer.set_custom(name, setting)
        } else {
            layer.set(name, setting, &origin)
        };
        let Err(error) = set else { continue };
        match error {
            SettingError::CustomOptions => {
                let mut diagnostic = mistake(key, format!("custom rule `{name}` has only a level here"));
                diagnostic.help("set its options under `custom`");
                diagnostics.push(diagnostic);
            }
            SettingError::UnknownRule => {
                let mut diagnostic = mistake(key, format!("unknown rule `{name}`"));
                let near = search.nearest(name, custom.iter().copied());
                diagnostic.help(match near.or_else(|| search.nearest(name, names())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "run `copydesk rules` for a list".to_owned(),
                });
                diagnostics.push(diagnostic);
            }
            SettingError::GroupOptions => {
                let mut diagnostic = mistake(key, format!("`{name}` is a group of rules and has no options"));
                diagnostic.help(format!("use `{name}: warning`, and set options on individual rules"));
                diagnostics.push(diagnostic);
            }
            SettingError::Level => diagnostics.push(wrong_level(source, path, name)),
            SettingError::Options { rule, why } => {
                diagnostics.extend(wrong_options(source, &path, rule, &why));
            }
        }
    }
    layer
}

fn wrong_level(source: &ConfigSource, path: Vec<Segment>, name: &str) -> Diagnostic {
    let root = source.tree.root.as_ref();
    let inside = [&*path, &[Segment::key("level")]].concat();
    let at = if root.is_some_and(|root| root.at(&inside).is_some()) { inside } else { path };
    let text = root.and_then(|root| root.at(&at)).and_then(Node::text).filter(|text| !text.is_empty());
    let mut diagnostic = match text {
        Some(text) => mistake(source.value_place(&at), format!("invalid level `{text}`")),
        None => mistake(source.key_place(&at), format!("missing level for `{name}`")),
    };
    let begun = |text: &str| Level::NAMES.into_iter().find(|level| level.starts_with(text));
    diagnostic.help(match text.and_then(|text| begun(text).or_else(|| nearest(text, Level::NAMES))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected one of {}", Level::NAMES.map(|level| format!("`{level}`")).join(", ")),
    });
    diagnostic
}

/// What is wrong with the options of a rule, each at its place; `why` is what remains to be said without one.
fn wrong_options(source: &ConfigSource, path: &[Segment], rule: &str, why: &str) -> Vec<Diagnostic> {
    let node = source.tree.root.as_ref().and_then(|root| root.at(path));
    let explained = rules::find(rule)
        .zip(node)
        .map_or(vec![], |(def, node)| explain_options(def, node, source.key_place(path).span));
    if explained.is_empty() {
        return vec![mistake(source.value_place(path), format!("invalid options for `{rule}`: {why}"))];
    }
    explained.into_iter().map(|finding| source.diagnostic(finding)).collect()
}

/// What is wrong with the options in a mapping, whose key is at `key`.
pub(super) fn explain_options(def: &RuleDef, options: &Node, key: Span) -> Vec<Violation> {
    let schema = Schema::from_json(schema::options(def));
    schema.map_or(vec![], |schema| schema.with_subject(&format!("`{}`", def.meta.id)).check(options, key))
}
