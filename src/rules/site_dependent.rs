//! Which rules need more of a site than the page at hand.

use super::RULES;

/// Rules that report nothing where only one page is known.
pub const NEED_SITE: [&str; 17] = [
    "broken-link",
    "broken-image",
    "image-size",
    "wrong-case",
    "moved-url",
    "self-link",
    "url-consistency",
    "broken-repository-link",
    "duplicate-route",
    "removed-url",
    "orphan-page",
    "unused-asset",
    "duplicate-value",
    "schema-gap",
    "inconsistent-tag",
    "rare-tag",
    "misspelled-value",
];

/// Rules that may report more or less where only one page is known.
pub const KNOW_LESS_ALONE: [&str; 12] = [
    "possible-typo",
    "known-typo",
    "brand-case",
    "broken-anchor",
    "unknown-reference",
    "category-mismatch",
    "unknown-key",
    "missing-key",
    "invalid-date",
    "inconsistent-key",
    "implausible-date",
    "insecure-url",
];

/// Whether the findings of a rule that answers to `name` may depend on other pages or files.
pub fn may_depend_on_site(name: &str) -> bool {
    let depends = |id| NEED_SITE.contains(&id) || KNOW_LESS_ALONE.contains(&id);
    RULES.iter().any(|def| depends(def.meta.id) && def.meta.answers_to(name))
}
