//! What the fixes of misspelt words write, and how sure of it they are.

use copydesk::{config::Layer, diagnostic::Diagnostic, fix::Applicability};

/// What is found about misspelt words on a page.
fn misspelt(text: &str) -> Vec<Diagnostic> {
    let mut found = crate::common::check_text(text, Layer::default());
    found.retain(|diagnostic| matches!(diagnostic.rule.id, "known-typo" | "possible-typo"));
    found
}

/// The page with the first fix of every misspelt word applied, last one first.
fn fixed(text: &str) -> String {
    let mut fixed = text.to_owned();
    for diagnostic in misspelt(text).iter().rev() {
        for edit in diagnostic.fixes.iter().take(1).flat_map(|fix| fix.edits().iter().rev()) {
            fixed.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.content);
        }
    }
    fixed
}

#[test]
fn fixes_keep_the_case_of_the_word() {
    for (wrong, right) in [
        ("The keeper is greatful.\n", "The keeper is grateful.\n"),
        ("Greatful keepers wave.\n", "Grateful keepers wave.\n"),
        ("GREATFUL KEEPERS WAVE.\n", "GRATEFUL KEEPERS WAVE.\n"),
        ("Neyond the pier it is deep.\n", "Beyond the pier it is deep.\n"),
        ("THUNDERSTROMS ARE COMING.\n", "THUNDERSTORMS ARE COMING.\n"),
        ("The KelpStroage shed is full.\n", "The KelpStorage shed is full.\n"),
        (
            "# TideLedger\n\nTideLedger is old. tideLeger is new.\n",
            "# TideLedger\n\nTideLedger is old. TideLedger is new.\n",
        ),
    ] {
        assert_eq!(fixed(wrong), right, "{wrong:?}");
    }
}

#[test]
fn fixes_leave_what_stands_around_the_word() {
    for (wrong, right) in [
        ("The goverment's boat left.\n", "The government's boat left.\n"),
        ("The goverment’s boat left.\n", "The government’s boat left.\n"),
        ("---\ntitle: \"The brifhtly lit pier\"\n---\n", "---\ntitle: \"The brightly lit pier\"\n---\n"),
        ("| *lanterrn* |\n| - |\n", "| *lantern* |\n| - |\n"),
        ("<b>lanterrn</b>s\n", "<b>lantern</b>s\n"),
        (
            "\u{feff}Bgger ships\r\n\r\nand smaler boats\r\n",
            "\u{feff}Bigger ships\r\n\r\nand smaller boats\r\n",
        ),
        ("One lanterrn.\n\nNo [gangplnk](pier.md).\n", "One lantern.\n\nNo [gangplank](pier.md).\n"),
    ] {
        assert_eq!(fixed(wrong), right, "{wrong:?}");
    }
}

#[test]
fn a_fixed_page_has_nothing_more_to_fix() {
    for name in ["known-typo/bad.md", "possible-typo/bad-words.md"] {
        let path = crate::common::repo("fixtures/spelling").join(name);
        let text = std::fs::read_to_string(path).expect("the fixture can be read");
        assert!(!misspelt(&text).is_empty(), "{name}");
        assert_eq!(misspelt(&fixed(&text)), [], "{name}");
    }
}

#[test]
fn only_the_one_correction_of_a_known_misspelling_is_safe() {
    for (text, expected) in [
        ("The keeper is greatful.\n", &[("Replace with `grateful`", Applicability::Safe)][..]),
        ("Neyond the pier it is deep.\n", &[("Replace with `Beyond`", Applicability::Unsafe)]),
        (
            "The keeper opened the windos at noon.\n",
            &[
                ("Replace with `windows`", Applicability::Unsafe),
                ("Replace with `window`", Applicability::Unsafe),
            ],
        ),
        ("The **b**reakwahter held.\n", &[]),
    ] {
        let found = misspelt(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        let fixes: Vec<_> = found[0].fixes.iter().map(|fix| (&*fix.title, fix.applicability)).collect();
        assert_eq!(fixes, expected, "{text:?}");
    }
}

#[test]
fn in_other_languages_only_slips_of_the_same_letters_are_told_from_forms() {
    let usual = "Das Boot von Tangspeicher ist auch noch da.\n\n".repeat(44);
    let page = |word: &str| {
        format!("---\nlang: de\n---\n\nDer Hafen ist alt.\n\n{usual}Das Boot von {word} ist nicht mehr da.\n")
    };
    for slip in ["Tangpseicher", "Tangspiecher", "Tangspeeicher", "Tangspecher", "Tangsppeicher"] {
        let found = misspelt(&page(slip));
        let [found] = &found[..] else { panic!("{slip}: {found:?}") };
        assert!(found.message.contains("`Tangspeicher`"), "{slip}: {}", found.message);
    }
    for form in ["Tangspeichers", "Tangspeiher", "Tangsqeicher", "Tangspeikher"] {
        assert_eq!(misspelt(&page(form)), [], "{form}");
    }
}

#[test]
fn parts_of_names_and_of_compounds_are_no_slips() {
    for text in [
        "Call tide\\_lanterrn before the ebb.\n",
        "The pier has a spectro-lamp and a plankto-net.\n",
        "Meet [Brannar Mist](https://forge.example/brannarm) on the pier.\n",
    ] {
        assert_eq!(misspelt(text), [], "{text:?}");
    }
    assert_eq!(misspelt("The spectro of the pier.\n").len(), 1);
    assert_eq!(misspelt("Meet Brannr Mist, not `brannar`.\n").len(), 1);
}

#[test]
fn one_word_is_asked_to_be_changed_in_one_way_once() {
    let found = crate::common::check_text("# Tides\n\nThe keeper has more informations.\n", Layer::default());
    let rules: Vec<_> = found.iter().map(|diagnostic| diagnostic.rule.id).collect();
    assert_eq!(rules, ["known-typo"]);
}
