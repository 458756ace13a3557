//! What an unknown word may be a slip of: known misspellings, common words, terms of the page and of the site.

use super::{
    corrections::{corrections, misspelling},
    derivation::is_prefix,
    edit_kind::{EditKind, edit_kind, is_vowel, parts},
    language::Language,
    lexicon,
    near_brands::near_brands,
    near_words::words,
    page_terms::{LEAST_USE, PageTerm, PageTerms, SHORTEST_TERM, Slips, strength, use_of},
    page_words::{PageWord, WordPlace},
    scorer::{SearchMode, Suspect, Tally},
    traits::Traits,
    weights as w,
    word_shape::WordShape,
    word_status::WordStatus,
};

/// What is meant, perhaps.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    /// The text to write instead of the whole word, in its case.
    pub text: Box<str>,
    /// Where it comes from.
    pub source: CandidateSource,
    /// What happened, if it is this.
    pub edit_kind: EditKind,
    /// The other corrections that the misspelling dictionary has.
    pub others: Box<[Box<str>]>,
}

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum CandidateSource {
    /// The misspelling dictionary.
    Misspelling,
    /// Common English.
    Word,
    /// A term of the page or of the site.
    Term,
    /// A name that the lexicon has and that the page uses as a term.
    Name,
    /// The name of a product or a company.
    Brand,
}

/// Parts of names of fewer letters have too many neighbours to be told from them.
const SHORTEST_PART: usize = 5;

/// The same for a term that only other pages have.
const SHORTEST_TERM_OF_SITE: usize = 5;

/// Gives what a suspect may be a slip of, each with what speaks for it.
pub(super) fn find<T: Tally>(
    suspect: &Suspect<'_>,
    page_terms: &PageTerms<'_>,
    language: &Language,
    search: SearchMode,
    fitting: Traits,
    mut give: impl FnMut(Candidate, T),
) {
    let english = *language == Language::English;
    if english && suspect.shape != WordShape::Mixed {
        misspelling(suspect, fitting, &mut give);
    }
    let is_searched = match search {
        SearchMode::Quick => !suspect.is_hopeless(),
        SearchMode::Thorough => true,
        SearchMode::Listed => false,
    };
    if !is_searched {
        return;
    }
    terms_near(suspect, page_terms, language, &mut give);
    if !english {
        return;
    }
    near_brands(suspect, &mut give);
    if suspect.shape == WordShape::Mixed {
        misspelt_parts(suspect, &mut give);
    } else if suspect.shape != WordShape::Capitals || suspect.lower.len() >= 6 {
        words(suspect, &suspect.lower, |near, tally: T| {
            give(Candidate::word(&suspect.word.text, near), tally);
        });
    }
}

impl Candidate {
    fn word(suspect: &str, near: &str) -> Self {
        let edit_kind = edit_kind(&suspect.to_ascii_lowercase(), near).0;
        Self {
            text: in_case_of(suspect, &lexicon::usual_case(near)),
            source: CandidateSource::Word,
            edit_kind,
            others: [].into(),
        }
    }
}

/// `word` in the case of `model`: lower, with a capital, or in uppercase.
pub fn in_case_of(model: &str, word: &str) -> Box<str> {
    match WordShape::of(model) {
        WordShape::Capitals => word.to_uppercase().into(),
        WordShape::Initial => {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>().into()
        }
        WordShape::Lower | WordShape::Mixed => word.into(),
    }
}

/// Gives names in mixed case with one of their parts fixed.
fn misspelt_parts<T: Tally>(suspect: &Suspect<'_>, give: &mut impl FnMut(Candidate, T)) {
    let text = &*suspect.word.text;
    for part in parts(text).into_iter().filter(|part| part.len() >= SHORTEST_PART) {
        let lower = part.to_ascii_lowercase();
        if lexicon::is_known_lower(&lower) || !suspect.page.cases(part).is_empty() {
            continue;
        }
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        let mut fixed = |right: &str, mut tally: T, source, weight| {
            tally.add(weight, "only part of a name differs");
            if source == CandidateSource::Word && lower.len() <= w::MAX_OF_SHORT_PART {
                tally.add(w::SHORT_WORD_IN_NAME, "the part is short");
            }
            let right_part = in_case_of(part, right);
            let text = [&text[..start], &right_part, &text[start + part.len()..]].concat();
            let edit_kind = edit_kind(&lower, right).0;
            give(Candidate { text: text.into(), source, edit_kind, others: [].into() }, tally);
        };
        if let Some(first) =
            corrections(suspect, &lower, Traits::default()).and_then(|it| it.into_iter().next())
        {
            let mut tally = T::default();
            tally.add(w::MISSPELLING, "known misspelling");
            fixed(first.as_str(), tally, CandidateSource::Misspelling, w::MISSPELT_PART);
        } else {
            words(suspect, &lower, |near, tally| fixed(near, tally, CandidateSource::Word, w::PART));
        }
    }
}

/// Gives the terms of page and site near the suspect.
fn terms_near<T: Tally>(
    suspect: &Suspect<'_>,
    page_terms: &PageTerms<'_>,
    language: &Language,
    give: &mut impl FnMut(Candidate, T),
) {
    if suspect.lower.len() < SHORTEST_TERM {
        return;
    }
    let is_english = *language == Language::English;
    let may_be_meant = |term: &str| is_english || is_no_form(suspect, term);
    let slips = Slips::of(suspect.shape, language);
    for (near, term) in page_terms.near(&suspect.lower, slips) {
        if !may_be_meant(&term.word.text) || is_account(suspect, term.word) {
            continue;
        }
        if let Some(mut tally) = for_term::<T>(suspect, &term.word.text, near, Some(term)) {
            let name = term.word.known && WordShape::of(&term.word.text) == WordShape::Initial;
            if name {
                tally.add(w::COMMON_NAME, "suggested term is a common name");
            }
            let source = if name { CandidateSource::Name } else { CandidateSource::Term };
            give(Candidate::term(suspect, &term.word.text, source), tally);
        }
    }
    if suspect.lower.len() < SHORTEST_TERM_OF_SITE {
        return;
    }
    for term in suspect.site.terms_near(&suspect.lower, slips) {
        if suspect.page.get(term).is_some() || !may_be_meant(term) {
            continue;
        }
        if let Some(mut tally) = for_term::<T>(suspect, term, 1, None) {
            tally.add(w::SITE_TERM, "suggested term is used only on other pages");
            give(Candidate::term(suspect, term, CandidateSource::Term), tally);
        }
    }
}

/// Whether a word of code may be what somebody calls an account: the name at hand and the first letters of another, as in
/// `[Orven Lamplight](https://forge.example/orvenl)`.
fn is_account(suspect: &Suspect<'_>, term: &PageWord) -> bool {
    let start = term.text.get(..suspect.lower.len());
    suspect.shape == WordShape::Initial
        && term.count == 0
        && term.text.len() > suspect.lower.len()
        && start.is_some_and(|start| start.eq_ignore_ascii_case(&suspect.lower))
}

impl Candidate {
    fn term(suspect: &Suspect<'_>, term: &str, source: CandidateSource) -> Self {
        let edit_kind = edit_kind(&suspect.lower, &term.to_ascii_lowercase()).0;
        let text = if suspect.shape == WordShape::Capitals { term.to_uppercase() } else { term.to_owned() };
        Self { text: text.into(), source, edit_kind, others: [].into() }
    }

    pub(super) fn brand(name: &str, edit_kind: EditKind) -> Self {
        Self { text: name.into(), source: CandidateSource::Brand, edit_kind, others: [].into() }
    }
}

impl Suspect<'_> {
    /// Adds what says that a capitalised word is part of a name, as of a person: those of others on the site may well be like it.
    pub(super) fn against_people<T: Tally>(&self, place: &WordPlace, term: &Candidate, tally: &mut T) {
        let is_name = place.traits.is_beside_name() && WordShape::of(&term.text) == WordShape::Initial;
        if is_name && self.page.cases(&term.text).is_empty() {
            tally.add(w::NAME_OF_OTHERS, "next to a capitalized word, and used only on other pages");
        }
    }
}

/// Whether a term cannot be a form of the same word as the suspect, or its like in English, in another language:
/// letters of a common term are swapped, it is a name in mixed case that is not just inflected, or it is used far
/// more and has a letter more far from the end.
fn is_no_form(suspect: &Suspect<'_>, term: &str) -> bool {
    const TIMES: u32 = 20;
    const ENDING: usize = 3;
    const COMMON: u32 = 8;
    const LONG: usize = 8;
    let lower = term.to_ascii_lowercase();
    let bare = |word: &str| word.split('\'').next().unwrap_or_default().to_owned();
    if suspect.lower.starts_with(&lower) || bare(&suspect.lower) == bare(&lower) {
        return false;
    }
    if [suspect.shape, WordShape::of(term)] == [WordShape::Mixed; 2] {
        return true;
    }
    if WordStatus::of(term) != WordStatus::Unknown {
        return false;
    }
    let own = if suspect.site.project.has(term) { TIMES } else { 0 };
    let count = use_of(suspect.page.cases(term), suspect.site.pages(term)) + own;
    let same = suspect.lower.bytes().zip(lower.bytes()).take_while(|(a, b)| a == b).count();
    match edit_kind(&suspect.lower, &lower).0 {
        EditKind::Swapped if is_inflection(suspect, same) => false,
        EditKind::Swapped => {
            let is_ending = same + ENDING >= suspect.lower.len();
            count >= if is_ending { COMMON } else { LEAST_USE }
        }
        // A short word without one of its letters is often another one: `ciente` and `cliente`.
        EditKind::Dropped if suspect.lower.len() < LONG => false,
        EditKind::Undoubled | EditKind::Dropped | EditKind::Doubled => {
            count >= TIMES * (suspect.count + suspect.other_pages) && same + ENDING < suspect.lower.len()
        }
        _ => false,
    }
}

/// Whether the letters that are swapped from a place on often are in forms of one word: `ie` and `ei` in the verbs of German
/// and Dutch, and a vowel at the end with the letter before it, as in `sensibel` and `sensible`, `metin` and `metni`.
fn is_inflection(suspect: &Suspect<'_>, at: usize) -> bool {
    match suspect.lower.as_bytes().get(at..) {
        Some([b'i', b'e', ..] | [b'e', b'i', ..]) => suspect.shape == WordShape::Lower,
        Some([one, last]) => is_vowel(*one) != is_vowel(*last),
        _ => false,
    }
}

/// What speaks for a term, or nothing where the two are forms of one word, or the suspect is the better term.
fn for_term<T: Tally>(
    suspect: &Suspect<'_>,
    term: &str,
    near: usize,
    on_page: Option<&PageTerm<'_>>,
) -> Option<T> {
    let lower = term.to_ascii_lowercase();
    let is_abbreviation = suspect.shape == WordShape::Capitals && suspect.lower.len() <= 6;
    let transposed = is_abbreviation
        && WordShape::of(term) == WordShape::Capitals
        && edit_kind(&suspect.lower, &lower).0 == EditKind::Swapped;
    if are_forms(&suspect.lower, &lower) || is_abbreviation && !transposed {
        return None;
    }
    let own = suspect.site.project.has(term);
    let term_pages = suspect.site.pages(term).saturating_sub(u32::from(on_page.is_some()));
    let term_count = on_page.map_or(0, |term| term.word.count) + if own { 30 } else { 0 };
    let of_term = f64::from(term_pages + term_count) + 0.5;
    let of_suspect = f64::from(suspect.other_pages + suspect.word.count.saturating_sub(1)) + 0.5;
    let ratio = (of_term / of_suspect).log10() as f32;
    let term_strength = on_page.map_or(term_pages.min(6) + if own { 6 } else { 0 }, |term| term.strength);
    if strength(suspect.word, suspect.other_pages) >= term_strength && ratio < w::RATIO_OF_BETTER_TERM {
        return None;
    }
    let mut tally = T::default();
    tally.add(w::TERM, "similar to a term");
    tally.add(w::term_length(suspect.lower.len()), "number of similar names for its length");
    tally.add((w::TERM_RATIO * ratio).clamp(0.0, w::MAX_TERM_RATIO), "suggested term is more common");
    if suspect.other_pages > 0 {
        let weight = (w::RATIO * (ratio - 1.5)).clamp(0.0, w::MAX_RATIO);
        tally.add(weight, "suggested term is far more common on the site");
    }
    if on_page.is_some_and(|term| term.word.heading.is_some()) {
        tally.add(w::TERM_IN_HEADING, "suggested term is in a heading");
    }
    let (kind, at) = edit_kind(&suspect.lower, &lower);
    if near == 1 {
        tally.add(w::term_slip(kind), "kind of edit");
        if at == 0 {
            tally.add(w::TERM_FIRST_LETTER, "first letter differs");
        }
    } else {
        tally.add(w::TWO_SLIPS_IN_TERM, "edit distance 2");
    }
    if suspect.shape == WordShape::Lower && WordShape::of(term) == WordShape::Capitals {
        tally.add(w::ABBREVIATION_IN_LOWER_CASE, "suggested term is an abbreviation");
    }
    if transposed {
        tally.add(w::SWAPPED_CAPITALS, "letters of an abbreviation transposed");
    }
    compare_parts(suspect, term, &mut tally);
    if suspect.derivation().is_some() {
        tally.add(w::DERIVED, "looks derived from a known word");
    }
    if suspect.lower.strip_suffix(&*lower).is_some_and(is_prefix) {
        tally.add(w::PREFIXED, "the suggested term with a prefix");
    }
    Some(tally)
}

/// Adds what the parts of two names in mixed case say.
fn compare_parts<T: Tally>(suspect: &Suspect<'_>, term: &str, tally: &mut T) {
    let word = &*suspect.word.text;
    if word.starts_with(|c: char| c.is_ascii_uppercase())
        != term.starts_with(|c: char| c.is_ascii_uppercase())
        && !suspect.word.places.iter().any(|place| place.traits.has(super::Traits::STARTS))
    {
        tally.add(w::OTHER_CASE, "only one of the two is capitalized");
    }
    let (ours, theirs) = (parts(word), parts(term));
    // A URL or a file's name has no capital letters to compare.
    let is_plain = term.len() == word.len() && !term.bytes().any(|byte| byte.is_ascii_uppercase());
    if is_plain && suspect.page.get(term).is_some() || ours.len() < 2 && theirs.len() < 2 {
        return;
    }
    if ours.len() != theirs.len() {
        tally.add(w::OTHER_PARTS, "names have different parts");
        return;
    }
    let mut differing = ours.iter().zip(&theirs).filter(|(a, b)| a != b);
    match (differing.next(), differing.next()) {
        (Some(_), Some(_)) => tally.add(w::SEVERAL_PARTS, "several parts of the names differ"),
        (Some((our, their)), None) => {
            if our.len() > 2 && lexicon::is_known_lower(&our.to_ascii_lowercase()) {
                tally.add(w::KNOWN_PART, "differing part is a word");
            } else if our.len().min(their.len()) < 3 {
                tally.add(w::SHORT_PART, "differing part is short");
            }
            if suspect.page.cases(our).iter().any(|word| word.in_code > 0) {
                tally.add(w::PART_IN_CODE, "differing part is used in code on the page");
            }
        }
        (None, _) => {}
    }
}

/// Whether two words differ only by an ending, or by a letter in front: forms of one word, or names made alike.
fn are_forms(a: &str, b: &str) -> bool {
    const ENDINGS: [&str; 12] = ["s", "es", "'s", "d", "ed", "r", "er", "ing", "n", "e", "x", "y"];
    const VERBAL: [&str; 9] = ["s", "es", "d", "ed", "r", "er", "rs", "ers", "ing"];
    const LONG_STEM: usize = 5;
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    // `memoizer` and `memoized`.
    let has_ending = |word: &str| word.get(stem..).is_some_and(|ending| VERBAL.contains(&ending));
    if stem >= LONG_STEM && has_ending(short) && has_ending(long) {
        return true;
    }
    let ending = long.strip_prefix(short);
    ending.is_some_and(|ending| ending == "i" || ENDINGS.contains(&ending))
        || (long.len() - short.len() == 1 && long.ends_with(short))
}
