//! The corrections of known misspellings.

use super::{
    candidates::{Candidate, CandidateSource, in_case_of},
    distance::distance,
    edit_kind::{EditKind, edit_kind},
    lexicon::{self, Distance},
    near_words::for_meaning,
    scorer::{Suspect, Tally},
    traits::Traits,
    two_words, weights as w,
    word_shape::WordShape,
};

/// Gives what the list of known misspellings has for a suspect, with the corrections that fit there best first.
pub(super) fn misspelling<T: Tally>(
    suspect: &Suspect<'_>,
    fitting: Traits,
    give: &mut impl FnMut(Candidate, T),
) {
    let model = &suspect.word.text;
    // The plural of an abbreviation: `CLAs`.
    if suspect.shape == WordShape::Capitals && model.ends_with('s') {
        return;
    }
    let (first, others) = if let Some(words) = two_words::split(&suspect.lower) {
        (in_case_of(model, &words), vec![])
    } else {
        let Some(corrections) = corrections(suspect, &suspect.lower, fitting) else { return };
        let mut corrections = corrections.iter().map(|right| in_case_of(model, right.as_str()));
        let Some(first) = corrections.next() else { return };
        (first, corrections.collect())
    };
    let mut tally = T::default();
    tally.add(w::MISSPELLING, "known misspelling");
    if suspect.lower.len() <= 3 {
        tally.add(w::SHORT_MISSPELLING, "short word");
    }
    if suspect.lower.len() == 2 {
        tally.add(w::TINY_MISSPELLING, "very short word");
    }
    let candidate = Candidate {
        edit_kind: edit_kind(&suspect.lower, &first.to_lowercase()).0,
        text: first,
        source: CandidateSource::Misspelling,
        others: others.into(),
    };
    give(candidate, tally);
}

/// The corrections of a known misspelling, the likeliest first.
pub(super) fn corrections(
    suspect: &Suspect<'_>,
    word: &str,
    fitting: Traits,
) -> Option<Vec<lexicon::LexiconWord>> {
    let rank = |right: &lexicon::LexiconWord| {
        let right = right.as_str();
        let mut rank = fitting.fit(right);
        for_meaning(suspect, right, lexicon::lookup(right).map_or(0.0, lexicon::frequency), &mut rank);
        if word.as_bytes().last() == right.as_bytes().last() {
            rank += w::SAME_END;
        }
        let (kind, at) = edit_kind(word, right);
        if kind == EditKind::Inserted && at + 1 == word.len() {
            rank += w::LETTER_APPENDED;
        }
        match distance(word.as_bytes(), right.as_bytes(), 2) {
            Some(1) => w::edit_kind(kind) + rank,
            Some(_) => w::TWO_SLIPS + rank,
            None => 2.0 * w::TWO_SLIPS + rank,
        }
    };
    let mut ranked: Vec<(f32, lexicon::LexiconWord)> =
        lexicon::corrections(word)?.map(|right| (rank(&right), right)).collect();
    let highest = ranked.iter().map(|(rank, _)| *rank).fold(f32::MIN, f32::max);
    let is_near =
        |right: &lexicon::LexiconWord| distance(word.as_bytes(), right.as_str().as_bytes(), 2).is_some();
    if ranked.iter().all(|(_, right)| is_near(right)) {
        // The dictionary has `gage` alone for `guage`.
        lexicon::near(word, Distance::One, |near| {
            let rank = rank(&near.word);
            let is_likelier = rank
                >= highest + w::likelier_than_listed(edit_kind(word, near.word.as_str()).0)
                && near.word.as_str().as_bytes().first() == word.as_bytes().first();
            let is_listed =
                |right: &lexicon::LexiconWord| right.as_str().eq_ignore_ascii_case(near.word.as_str());
            if is_likelier && !ranked.iter().any(|(_, right)| is_listed(right)) {
                ranked.push((rank, near.word));
            }
        });
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    (!ranked.is_empty()).then(|| ranked.into_iter().map(|(_, right)| right).collect())
}
