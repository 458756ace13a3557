//! The examples on rule pages are true: the rule reports what "Example" shows and accepts what "Use instead" shows.
//! Blocks marked `md` are whole pages; other blocks need a site around them and are covered by fixtures.

use copydesk::{
    internals::{document::Document, markdown::NodeData, rule_docs},
    rule::Fixable,
    rules::RULES,
};

/// The `md` blocks below a heading of a rule's page.
fn blocks(page: &str, heading: &str) -> Vec<String> {
    let path = std::sync::Arc::from(std::path::Path::new("page.md"));
    let doc = Document::parse(&path, page, &[]);
    let mut below = String::new();
    let mut blocks = Vec::new();
    for node in doc.ast.root().children() {
        match node.data() {
            NodeData::Heading(_) => below = node.text(page),
            NodeData::CodeBlock(block) if below == heading && block.language(page) == "md" => {
                let lines = doc.ast.code_lines(block).iter().map(|line| doc.slice(*line));
                let text: String = lines.flat_map(|line| [line, "\n"]).collect();
                blocks.push(text.replace('␠', " ").replace('⇥', "\t"));
            }
            _ => {}
        }
    }
    blocks
}

#[test]
fn bad_examples_are_found_and_good_ones_are_not() {
    for def in RULES {
        let page = rule_docs::page(def);
        let found = |text: &str| {
            let mut found = crate::common::check_text(text, crate::common::trying(def.meta.id));
            found.retain(|diagnostic| diagnostic.rule.id == def.meta.id);
            found
        };
        for bad in blocks(&page, "Example") {
            assert!(!found(&bad).is_empty(), "{} reports nothing in\n{bad}", def.meta.id);
        }
        for good in blocks(&page, "Use instead") {
            assert_eq!(found(&good), [], "{} reports a finding in\n{good}", def.meta.id);
        }
    }
}

/// Rules whose defect cannot be shown in a code block: it is invisible there, or not in a page.
const WITHOUT_EXAMPLE: [&str; 10] = [
    "byte-order-mark",
    "final-newline",
    "internal-error",
    "invalid-config",
    "invalid-encoding",
    "invisible-character",
    "mixed-line-endings",
    "oversized-file",
    "schema-gap",
    "untrusted-suppression",
];

#[test]
fn pages_have_their_sections_in_order() {
    for def in RULES {
        let page = rule_docs::page(def);
        let is_expected = |heading: &&str| match *heading {
            "Example" | "Use instead" => !WITHOUT_EXAMPLE.contains(&def.meta.id),
            "Fix safety" => def.meta.fixable != Fixable::Never,
            "Options" | "References" => page.contains(&format!("\n## {heading}\n")),
            _ => true,
        };
        let expected: Vec<&str> = SECTIONS.into_iter().filter(is_expected).collect();
        let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let in_code = |heading: &&str| !SECTIONS.contains(heading);
        let headings: Vec<&str> = headings.into_iter().filter(|heading| !in_code(heading)).collect();
        assert_eq!(headings, expected, "sections of {}", def.meta.id);
        assert!(!def.meta.summary.trim().ends_with('.'), "{}: a summary is a heading", def.meta.id);
    }
}

/// The sections of a rule's page.
const SECTIONS: [&str; 7] =
    ["What it does", "Why is this bad?", "Example", "Use instead", "Fix safety", "Options", "References"];

#[test]
fn ids_are_kebab_case_and_unique() {
    let mut seen = std::collections::HashSet::new();
    for def in RULES {
        assert!(def.meta.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", def.meta.id);
        assert!(seen.insert(def.meta.id), "{} is taken", def.meta.id);
    }
}

#[test]
fn aliases_are_shared_only_by_rules_that_make_up_one_of_markdownlints() {
    for def in RULES {
        for other in RULES.iter().filter(|other| other.meta.id != def.meta.id) {
            let shared = def.meta.aliases.iter().find(|alias| other.meta.is_called(alias));
            let is_one = def.meta.number().is_some() && def.meta.aliases == other.meta.aliases;
            assert!(shared.is_none() || is_one, "{} and {}: {shared:?}", def.meta.id, other.meta.id);
        }
    }
}
