//! What markdownlint 0.42.1 calls its rules and groups of rules. Numbers and names are aliases in the rules'
//! declarations; its tags, which cut across our groups, are told by number here.

use super::RULES;
use crate::rule::RuleDef;

/// markdownlint's tags and the numbers of the rules that have them, as the "Tags" section of its README lists them.
pub const TAGS: [(&str, &[u8]); 24] = [
    ("accessibility", &[45, 59]),
    ("atx", &[18, 19]),
    ("atx_closed", &[20, 21]),
    ("blank_lines", &[12, 22, 31, 32, 47]),
    ("blockquote", &[27, 28]),
    ("bullet", &[4, 5, 7, 32]),
    ("code", &[14, 31, 38, 40, 46, 48]),
    ("emphasis", &[36, 37, 49, 50]),
    ("hard_tab", &[10]),
    ("headings", &[1, 3, 18, 19, 20, 21, 22, 23, 24, 25, 26, 36, 41, 43]),
    ("hr", &[35]),
    ("html", &[33]),
    ("images", &[45, 52, 53, 54]),
    ("indentation", &[5, 7, 27]),
    ("language", &[40]),
    ("line_length", &[13]),
    ("links", &[11, 34, 39, 42, 51, 52, 53, 54, 59]),
    ("ol", &[29, 30, 32]),
    ("spaces", &[18, 19, 20, 21, 23]),
    ("spelling", &[44]),
    ("table", &[55, 56, 58, 60]),
    ("ul", &[4, 5, 7, 30, 32]),
    ("url", &[34]),
    ("whitespace", &[9, 10, 12, 27, 28, 30, 37, 38, 39]),
];

/// The rules that correspond to one of markdownlint, each with its index in [`RULES`].
pub fn rules() -> impl Iterator<Item = (usize, &'static RuleDef)> {
    RULES.iter().enumerate().filter(|(_, def)| def.meta.number().is_some())
}

/// The rules that a markdownlint config or comment means by a name, by their places in [`RULES`]: a number, a name or
/// a tag, ignoring case. Our ids are understood as well. Nothing for a name that markdownlint does not have, which
/// leaves it without effect there.
pub fn called(name: &str) -> Vec<usize> {
    let named: Vec<usize> = rules().filter(|(_, def)| is_called(def, name)).map(|(index, _)| index).collect();
    if !named.is_empty() {
        return named;
    }
    rules().filter(|(_, def)| has_tag(def, name)).map(|(index, _)| index).collect()
}

/// Whether a markdownlint config or comment means a rule by a name; see [`called`].
pub fn answers_to(def: &RuleDef, name: &str) -> bool {
    def.meta.number().is_some() && (is_called(def, name) || has_tag(def, name))
}

/// Whether a comment of markdownlint means a rule by a name. Names that markdownlint does not have mean what they mean
/// in our own comments: ids and groups.
pub fn is_meant_in_comment(def: &RuleDef, name: &str) -> bool {
    answers_to(def, name) || def.meta.answers_to(name) && called(name).is_empty()
}

/// Every name that a markdownlint config may use, numbers and tags included.
pub fn names() -> impl Iterator<Item = &'static str> {
    let names = rules().flat_map(|(_, def)| def.meta.aliases.iter().copied());
    names.chain(TAGS.iter().map(|(tag, _)| *tag))
}

fn is_called(def: &RuleDef, name: &str) -> bool {
    let is = |name: &str| def.meta.is_called(name) || def.meta.id.eq_ignore_ascii_case(name);
    is(name) || with_headings(name).is_some_and(|name| is(&name))
}

/// A name as it is since release 0.32, which spells out headings: configs still turn off `no-emphasis-as-header`.
fn with_headings(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    name.contains("header").then(|| name.replace("header", "heading"))
}

fn has_tag(def: &RuleDef, name: &str) -> bool {
    let number: Option<u8> = def.meta.number().and_then(|number| number.strip_prefix("MD")?.parse().ok());
    number.is_some_and(|number| {
        TAGS.iter().any(|(tag, numbers)| tag.eq_ignore_ascii_case(name) && numbers.contains(&number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(name: &str) -> Vec<&'static str> {
        called(name).into_iter().map(|index| RULES[index].meta.id).collect()
    }

    #[test]
    fn a_name_means_all_rules_that_share_it() {
        for name in ["MD053", "md053", "Link-Image-Reference-Definitions"] {
            assert_eq!(ids(name), ["unused-reference", "duplicate-reference"], "{name}");
        }
        assert_eq!(ids("URL"), ["bare-url"]);
        assert_eq!(ids("gulls"), [""; 0]);
    }

    #[test]
    fn old_names_have_headers() {
        assert_eq!(ids("no-emphasis-as-header"), ["emphasis-as-heading"]);
        assert_eq!(ids("Blanks-Around-Headers"), ["heading-blank-lines"]);
        assert_eq!(ids("header-gulls"), [""; 0]);
    }

    #[test]
    fn a_tag_is_not_the_group_of_its_name() {
        assert!(ids("links").contains(&"bare-url"));
        assert!(!ids("links").contains(&"broken-link"));
        assert_eq!(ids("spelling"), ["term"]);
    }

    #[test]
    fn every_rule_of_markdownlint_has_a_tag() {
        for (_, def) in rules() {
            assert!(TAGS.iter().any(|(tag, _)| has_tag(def, tag)), "{}", def.meta.id);
        }
    }
}
