//! Each rule's page tells the truth: what stands under "Bad" is reported by that rule, what stands under "Good" is
//! not. Blocks marked `md` are whole pages; other blocks need a site around them and have fixtures there.

use copydesk::{document::Document, markdown::NodeData, pages, rules::RULES};

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
        let page = pages::page(def);
        let found = |text: &str| {
            let mut found = crate::common::check_text(text, crate::common::trying(def.meta.id));
            found.retain(|diagnostic| diagnostic.rule == def.meta.id);
            found
        };
        for bad in blocks(&page, "Bad") {
            assert!(!found(&bad).is_empty(), "{} says nothing about\n{bad}", def.meta.id);
        }
        for good in blocks(&page, "Good") {
            assert_eq!(found(&good), [], "{} finds something in\n{good}", def.meta.id);
        }
    }
}

#[test]
fn pages_say_why_and_show_both_sides() {
    for def in RULES {
        let page = pages::page(def);
        assert!(page.contains("\n## Why\n"), "{} does not say why", def.meta.id);
        let has_example = page.contains("\n## Bad\n") && page.contains("\n## Good\n");
        let says_why_not = page.contains("example");
        assert!(has_example || says_why_not, "{} has no example", def.meta.id);
        assert!(!def.meta.summary.trim().ends_with('.'), "{}: a summary is a heading", def.meta.id);
    }
}

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
            let shared = def.meta.aliases.iter().find(|alias| other.is_called(alias));
            let is_one = def.meta.number().is_some() && def.meta.aliases == other.meta.aliases;
            assert!(shared.is_none() || is_one, "{} and {}: {shared:?}", def.meta.id, other.meta.id);
        }
    }
}
