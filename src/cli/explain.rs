//! `copydesk explain`: a rule's page, or what is thought of a word.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{Error, no_such_rule, survey::Survey};
use crate::{
    pages,
    rules::RULES,
    run::Surveyed,
    site::Page,
    spelling::{Explanation, Part, Source, Verdict, explain},
};

/// Show a rule's page, or what speaks for and against a word being misspelt.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The rule's id or alias; with --word, the file to look at
    #[arg(required_unless_present = "word")]
    subject: Option<String>,

    /// Explain what is thought of this word, on one page or on all
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
        let called: Vec<String> = RULES.iter().filter(|def| def.is_called(name)).map(pages::page).collect();
        if !called.is_empty() {
            return Ok(out.write_all(called.join("\n").as_bytes())?);
        }
        let members: Vec<&str> =
            RULES.iter().filter(|def| def.group.id() == name).map(|def| def.meta.id).collect();
        if members.is_empty() {
            return Err(no_such_rule(name));
        }
        Err(Error::Usage(format!("`{name}` is a group; its rules are {}", members.join(", "))))
    }
}

fn explain_word(word: &str, file: Option<PathBuf>, out: &mut dyn Write) -> Result<(), Error> {
    let word = word.replace('\u{2019}', "'");
    let word = word.strip_suffix("'s").unwrap_or(&word);
    let survey = Survey::of(file.into_iter().collect())?;
    let mut seen = false;
    for site in &survey.sites {
        for (page, _) in site.site.pages.iter().zip(&site.asked).filter(|(_, asked)| **asked) {
            seen |= explain_on_page(word, page, site, out)?;
        }
    }
    if !seen {
        writeln!(out, "no page has `{word}` in its prose")?;
    }
    Ok(())
}

/// Whether there was something to say.
fn explain_on_page(word: &str, page: &Page, site: &Surveyed, out: &mut dyn Write) -> io::Result<bool> {
    let Some(words) = &page.words else { return Ok(false) };
    let path = page.path.display();
    match explain(word, words, &site.site.vocabulary, &page.language) {
        Explanation::Absent => return Ok(false),
        Explanation::Known => writeln!(out, "{path}: `{word}` is a word that the lexicon has")?,
        Explanation::Own => writeln!(out, "{path}: `{word}` is one of the project's words")?,
        Explanation::Foreign => writeln!(out, "{path}: `{word}` has letters that English words do not have")?,
        Explanation::Alone => writeln!(out, "{path}: `{word}` is unknown, and so is anything near it")?,
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
        Source::Misspelling => "its correction in the list of misspellings",
        Source::Word => "an English word",
        Source::Term => "a term of the page or the site",
        Source::Name => "a name on the page",
    };
    let Verdict { word, candidate, score, .. } = verdict;
    writeln!(out, "{path}: `{word}`, perhaps `{}`, {source}", candidate.text)?;
    for part in parts {
        writeln!(out, "  {:+5.1}  {}", part.weight, part.reason)?;
    }
    let end = if *score >= threshold { "reported" } else { "not reported" };
    writeln!(out, "  {score:+5.1}  in all; from {threshold:.2} on it is reported: {end}")
}
