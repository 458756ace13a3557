//! The report for people who write pages: each finding with what is around it, in a file that needs nothing else.

use copydesk::{
    diagnostic::Severity,
    fix::{Applicability, Fix},
    report::{Format, RenderOptions, WebRevision, reporter},
    run::Run,
};
use std::sync::Arc;

use crate::common::assert_snapshot;

use super::{
    cases::{self, Case},
    rendered, units,
};

const SCRIPT: &str = include_str!("../../../src/report/html/script.js");

/// The lines that show lines of a page.
fn shown_lines(run: &Run) -> Vec<String> {
    let text = rendered(run, "html");
    let lines = text.lines().filter_map(|line| {
        let (_, text) = line.split_once("<span class=\"line\">")?;
        text.strip_suffix("</span>").map(str::to_owned)
    });
    lines.collect()
}

/// A page with an author, a finding in its front matter and a fix.
fn authored() -> Run {
    let text = "---\ntitle: Tides\nauthors:\n  - name: Ida Falk\n  - Owen\ndate: tomorow\n---\n\nOne line\nof the teh tide.\n\nFar away.\n";
    let mut case = Case::new(&[("tides.md", text)]);
    case.find("tides.md", "tomorow", 0).help("write a date, such as `2026-03-01`").severity = Severity::Error;
    let (span, title) = (case.span("tides.md", "teh", 0), case.span("tides.md", "title", 0));
    let found = case.find("tides.md", "teh", 0);
    found.fix(Fix::replace("Replace with `the`", Applicability::Safe, span, "the"));
    found.label(title, "for this title");
    case.run()
}

#[test]
fn findings_have_their_paragraph_their_fix_and_related_places() {
    for (name, run) in
        [("nothing", cases::nothing()), ("elsewhere", cases::elsewhere()), ("authored", authored())]
    {
        let text = rendered(&run, "html");
        let (_, body) = text.split_once("<body>").expect("there is a body");
        let body = body.replace(SCRIPT, "…").replace(env!("CARGO_PKG_VERSION"), "VERSION");
        assert_snapshot(&format!("tests/it/formats/snapshots/html-{name}.snap"), &body);
    }
    assert_eq!(shown_lines(&units())[1], "’ é 𝒳 <mark>teh</mark> end");
}

#[test]
fn a_place_over_lines_is_marked_in_each() {
    let mut case = Case::new(&[("a.md", "one two three\nfour\n")]);
    case.find("a.md", "two three\nfo", 0);
    case.find("a.md", "\n", 1);
    let run = case.run();
    let gap = "four<mark class=\"gap\"></mark>";
    assert_eq!(shown_lines(&run), ["one <mark>two three</mark>", "<mark>fo</mark>ur", "one two three", gap]);
}

#[test]
fn only_the_paragraph_is_shown_and_long_ones_are_cut() {
    let long = "word ".repeat(1000);
    let text = format!("First.\n\n{long}here {long}\n\nLast.\n");
    let mut case = Case::new(&[("a.md", &text)]);
    case.find("a.md", "here", 0);
    let lines = shown_lines(&case.run());
    let [line] = &*lines else { panic!("one line: {lines:?}") };
    assert!(line.contains("<mark>here</mark>") && line.starts_with('…') && line.ends_with('…'), "{line}");
    assert!(line.len() < 1000, "{}", line.len());
}

#[test]
fn of_many_findings_the_first_show_the_text() {
    let mut case = Case::new(&[("a.md", &"teh ".repeat(1_003))]);
    for nth in 0..1_003 {
        case.find("a.md", "teh", nth);
    }
    let run = case.run();
    let text = rendered(&run, "html");
    assert_eq!(text.matches("<article ").count(), 1_003);
    assert_eq!(shown_lines(&run).len(), 1_000);
    assert!(text.contains("Only the first 1000 findings show the text."), "it says so");
    let full = rendered(&run, "full");
    assert_eq!(full.matches("a.md:1:").count(), 1_003);
    assert_eq!(full.lines().filter(|line| line.starts_with("a.md:1:")).count(), 3);
}

#[test]
fn places_lead_to_the_revision_on_the_web() {
    let revision = WebRevision { root: "/site".into(), url: "https://example.org/blob/1".into() };
    let options = RenderOptions { revision: Some(Arc::new(revision)), ..RenderOptions::default() };
    let mut out = Vec::new();
    let format = "html".parse::<Format>().expect("the format exists");
    reporter(format, options).report(&authored(), &mut out).expect("writing to memory works");
    let text = String::from_utf8(out).expect("reports are UTF-8");
    assert!(text.contains("<a href=\"https://example.org/blob/1/tides.md?plain=1#L2\">"), "{text}");
}

#[test]
fn the_file_needs_nothing_and_runs_only_its_own_script() {
    let text = rendered(&cases::two_files(), "html");
    for word in ["src=", "<link", "@import", "url(", "onclick", "innerHTML", "http://"] {
        assert!(!text.contains(word), "{word}");
    }
    let digest = base64(&sha256(SCRIPT.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}';");
    assert!(text.contains(&policy), "the digest of script.js is {digest}");
    assert_eq!(text.matches("<script").count(), 1);
    assert!(text.contains(&format!("<script>{SCRIPT}</script>")));
}

fn base64(bytes: &[u8]) -> String {
    let digits: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = digits[number >> (18 - 6 * place) & 63];
            text.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    text
}

/// The digest of FIPS 180-4, section 6.2.
fn sha256(bytes: &[u8]) -> [u8; 32] {
    let primes = (2_u64..).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0));
    let primes: Vec<u64> = primes.take(64).collect();
    let mut state: Vec<u32> = primes[..8].iter().map(|prime| fraction(*prime, 2)).collect();
    let constants: Vec<u32> = primes.iter().map(|prime| fraction(*prime, 3)).collect();
    let mut message = bytes.to_vec();
    message.push(0x80);
    message.resize((message.len() + 8).next_multiple_of(64) - 8, 0);
    message.extend((bytes.len() as u64 * 8).to_be_bytes());
    for block in message.chunks(64) {
        let mut words: Vec<u32> =
            block.chunks(4).map(|word| u32::from_be_bytes(word.try_into().expect("four bytes"))).collect();
        for at in 16..64 {
            let (a, b) = (words[at - 15], words[at - 2]);
            let first = a.rotate_right(7) ^ a.rotate_right(18) ^ a >> 3;
            let second = b.rotate_right(17) ^ b.rotate_right(19) ^ b >> 10;
            words.push(words[at - 16].wrapping_add(first).wrapping_add(words[at - 7]).wrapping_add(second));
        }
        let mut it = state.clone();
        for (word, constant) in words.iter().zip(&constants) {
            let mixed = it[4].rotate_right(6) ^ it[4].rotate_right(11) ^ it[4].rotate_right(25);
            let choice = it[4] & it[5] ^ !it[4] & it[6];
            let first =
                it[7].wrapping_add(mixed).wrapping_add(choice).wrapping_add(*constant).wrapping_add(*word);
            let mixed = it[0].rotate_right(2) ^ it[0].rotate_right(13) ^ it[0].rotate_right(22);
            let majority = it[0] & it[1] ^ it[0] & it[2] ^ it[1] & it[2];
            it.rotate_right(1);
            it[4] = it[4].wrapping_add(first);
            it[0] = first.wrapping_add(mixed).wrapping_add(majority);
        }
        state.iter_mut().zip(it).for_each(|(state, it)| *state = state.wrapping_add(it));
    }
    let mut digest = [0; 32];
    digest.chunks_mut(4).zip(state).for_each(|(bytes, word)| bytes.copy_from_slice(&word.to_be_bytes()));
    digest
}

/// The first 32 bits of the fractional part of a root, found by bisection over integers.
fn fraction(number: u64, root: u32) -> u32 {
    let power = |x: u128| (0..root).try_fold(1_u128, |product, _| product.checked_mul(x));
    let limit = u128::from(number) << (32 * root);
    let (mut low, mut high) = (0_u128, 1_u128 << 40);
    while high - low > 1 {
        let middle = u128::midpoint(low, high);
        if power(middle).is_some_and(|value| value <= limit) { low = middle } else { high = middle }
    }
    low as u32
}

#[test]
fn the_digest_is_that_of_the_standard() {
    assert_eq!(base64(&sha256(b"abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}
