//! What a rule is, and what is known about it without running it.

use std::sync::atomic::{AtomicU8, Ordering};

use schemars::{Schema, SchemaGenerator};

pub use crate::diagnostic::{Fixable, Group, Recurrence, RuleMeta};
use crate::{
    diagnostic::Sink,
    document::Document,
    site::{OldPage, Page, Site},
    suppress::Suppressions,
};

/// A rule with its options. A rule implements the hooks it needs; each is given shared, parsed, indexed facts. The
/// others are called once and then left out.
pub trait Rule: Send + Sync {
    /// Findings that need one file only. First phase, in parallel.
    fn check(&self, _doc: &Document, sink: &mut Sink<'_>) {
        sink.idle();
    }

    /// Findings in one page that need the other pages or the site's data. Second phase, in parallel.
    fn check_page(&self, _page: &Page, _site: &Site, sink: &mut Sink<'_>) {
        sink.idle();
    }

    /// Findings about a page that the change which is looked at removes. Second phase.
    fn check_removed(&self, _page: &OldPage, _site: &Site, sink: &mut Sink<'_>) {
        sink.idle();
    }

    /// Findings about the site as a whole, such as a gap in its config: once a run, at the end of the second phase.
    fn check_site(&self, _site: &Site, sink: &mut Sink<'_>) {
        sink.idle();
    }

    /// Findings about the suppression comments of a page, after they had their effect.
    fn check_suppressions(&self, _suppressions: &Suppressions, sink: &mut Sink<'_>) {
        sink.idle();
    }

    /// Names of parameters in URLs, besides the usual ones, whose values no report may show.
    fn secret_parameters(&self) -> &[String] {
        &[]
    }
}

/// A hook of [`Rule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// [`Rule::check`]
    Check,
    /// [`Rule::check_page`]
    Page,
    /// [`Rule::check_removed`]
    Removed,
    /// [`Rule::check_site`]
    Site,
    /// [`Rule::check_suppressions`]
    Suppressions,
}

/// The hooks that a rule does not implement, as far as they were called: a set.
#[derive(Debug, Default)]
pub struct IdleHooks(AtomicU8);

impl IdleHooks {
    /// Whether the set has a hook.
    pub fn has(&self, hook: Hook) -> bool {
        self.0.load(Ordering::Relaxed) & 1 << hook as u8 != 0
    }

    /// Adds a hook.
    pub fn add(&self, hook: Hook) {
        self.0.fetch_or(1 << hook as u8, Ordering::Relaxed);
    }
}

/// What the registry holds for a rule.
#[derive(Debug)]
pub struct RuleDef {
    /// What is known about it.
    pub meta: &'static RuleMeta,
    /// Makes the rule from its options; `null` gives the defaults.
    pub build: fn(serde_json::Value) -> Result<Box<dyn Rule>, serde_json::Error>,
    /// JSON Schema of the options.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

/// A rule's place in the registry.
pub trait Listed {
    /// What the rule is about.
    const GROUP: Group;
}

/// A rule made by [`declare_rule!`](crate::declare_rule).
pub trait Declared:
    Rule + Listed + Default + serde::de::DeserializeOwned + schemars::JsonSchema + 'static
{
    /// What is known about it.
    const META: RuleMeta;
}

/// The registry's record of a declared rule.
pub const fn def<R: Declared>() -> RuleDef {
    RuleDef {
        meta: &R::META,
        build: |options| {
            if options.is_null() {
                return Ok(Box::new(R::default()));
            }
            Ok(Box::new(serde_json::from_value::<R>(options)?))
        },
        schema: R::json_schema,
    }
}

/// Declares a rule: its doc comment is its page, its fields are its options with their defaults, the fields' doc
/// comments are the options' descriptions.
///
/// What follows the struct are the fields of [`RuleMeta`] that differ from the usual ones: a warning, on, no fixes.
#[macro_export]
macro_rules! declare_rule {
    (
        #[doc = $summary:literal]
        $( #[doc = $doc:literal] )*
        $vis:vis struct $name:ident {
            $( $( #[$field_meta:meta] )* $field:ident : $type:ty = $default:expr ),* $(,)?
        }
        $( $key:ident = $value:expr ),+ $(,)?
    ) => {
        #[doc = $summary]
        $( #[doc = $doc] )*
        #[derive(Debug, Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
        $vis struct $name {
            $( $( #[$field_meta] )* pub $field: $type, )*
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $( $field: $default ),* }
            }
        }

        impl $crate::rule::Declared for $name {
            const META: $crate::rule::RuleMeta = $crate::rule::RuleMeta {
                $( $key: $value, )+
                ..$crate::rule::RuleMeta {
                    id: "",
                    summary: $summary,
                    docs: concat!($( $doc, "\n" ),*),
                    group: <Self as $crate::rule::Listed>::GROUP,
                    severity: $crate::diagnostic::Severity::Warning,
                    on: true,
                    fixable: $crate::rule::Fixable::Never,
                    changes: $crate::fix::Changes::Nothing,
                    recurrence: $crate::rule::Recurrence::Equal,
                    since: "0.1.0",
                    aliases: &[],
                    markdownlint: &[],
                    suppressible: true,
                }
            };
        }
    };
}
