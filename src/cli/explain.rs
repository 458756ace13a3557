//! `copydesk explain`: a rule's page, or what is thought of a word.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{Error, no_such_rule, site_index::ReadSites};
use crate::{
    rule_docs,
    rules::RULES,
    run::IndexedSite,
    site::Page,
    spelling::{CandidateSource, Explanation, Part, Verdict, explain},
};

/// Show the documentation of a rule, or why a word was flagged
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Rule id or alias; with --word, the file to look in
    #[arg(required_unless_present = "word")]
    subject: Option<String>,

    /// Show why this word is or is not flagged, in one file or in all
    #[arg(long)]
    word: Option<String>,
}

impl Explain {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<(), Error> {
        if let Some(word) = &self.word {
            return explain_word(word, self.subject.as_ref().map(PathBuf::from), out);
        }
        let name = self.subject.as_deref().unwrap_or_default();
        // A name of markdownlint may be that of several rules.
        let called: Vec<String> =
            RULES.iter().filter(|def| def.meta.is_called(name)).map(rule_docs::page).collect();
        if !called.is_empty() {
            return Ok(out.write_all(called.join("\n").as_bytes())?);
        }
        let members: Vec<&str> =
            RULES.iter().filter(|def| def.meta.group.id() == name).map(|def| def.meta.id).collect();
        if members.is_empty() {
            return Err(no_such_rule(name, &[]));
        }
        Err(Error::Usage(format!("`{name}` is a group of rules: {}", members.join(", "))))
    }
}

fn explain_word(word: &str, file: Option<PathBuf>, out: &mut dyn Write) -> Result<(), Error> {
    let word = word.replace('\u{2019}', "'");
    let word = word.strip_suffix("'s").unwrap_or(&word);
    let survey = ReadSites::of(file.into_iter().collect())?;
    let mut seen = false;
    for site in &survey.sites {
        for (page, _) in site.site.pages.iter().zip(&site.asked).filter(|(_, asked)| **asked) {
            seen |= explain_on_page(word, page, site, out)?;
        }
    }
    if !seen {
        // Of pages in other languages, only words with the letters of English are known.
        let prose = if word.is_ascii() { "prose" } else { "English prose" };
        writeln!(out, "`{word}` not found in {prose}")?;
    }
    Ok(())
}

/// Whether there was something to say.
fn explain_on_page(word: &str, page: &Page, site: &IndexedSite, out: &mut dyn Write) -> io::Result<bool> {
    let Some(words) = &page.words else { return Ok(false) };
    let path = page.path.display();
    match explain(word, words, &site.site.vocabulary, &page.language.language) {
        Explanation::Absent => return Ok(false),
        Explanation::Known => writeln!(out, "{path}: `{word}` is in the dictionary")?,
        Explanation::Own => writeln!(out, "{path}: `{word}` is in the project dictionary")?,
        Explanation::Foreign => writeln!(out, "{path}: `{word}` has letters that are not used in English")?,
        Explanation::Alone => writeln!(out, "{path}: `{word}` is unknown and has no similar known word")?,
        Explanation::Judged(places) => {
            let threshold = site.site.vocabulary.project.sensitivity.threshold();
            for (verdict, parts) in places {
                write_verdict(&path.to_string(), &verdict, &parts, threshold, out)?;
            }
        }
    }
    Ok(true)
}

fn write_verdict(
    path: &str,
    verdict: &Verdict,
    parts: &[Part],
    threshold: f32,
    out: &mut dyn Write,
) -> io::Result<()> {
    let source = match verdict.candidate.source {
        CandidateSource::Misspelling => "its correction in the list of common misspellings",
        CandidateSource::Word => "an English word",
        CandidateSource::Term => "a term used on this page or site",
        CandidateSource::Name => "a name used on this page",
        CandidateSource::Brand => "the name of a product or company",
    };
    let Verdict { word, candidate, score, .. } = verdict;
    writeln!(out, "{path}: `{word}`: possibly `{}`, {source}", candidate.text)?;
    for part in parts {
        writeln!(out, "  {:+5.1}  {}", part.weight, part.reason)?;
    }
    let end = if *score >= threshold { "reported" } else { "not reported" };
    writeln!(out, "  {score:+5.1}  total ({end}: reported at {threshold:.2} or more)")
}
