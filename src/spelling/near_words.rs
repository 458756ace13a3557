//! Common words that are near a suspect, and what speaks for each.

use super::{
    derivation::{Derivation, derivation},
    edit_kind::{EditKind, edit_kind},
    lexicon::{self, Distance, Near, Size, zipf},
    scorer::{Suspect, Tally},
    weights as w,
    word_shape::WordShape,
};

/// The fewest letters of a word that is looked for without its plural `s`.
const SHORTEST_PLURAL: usize = 7;

/// Gives the common words near `word`, which is the suspect or a part of it, and the plurals of those near its singular.
pub(super) fn words<T: Tally>(suspect: &Suspect<'_>, word: &str, mut give: impl FnMut(&str, T)) {
    if is_contraction(word) {
        return;
    }
    let max = if word.len() >= 7 { Distance::Two } else { Distance::One };
    let own = if word == suspect.lower { suspect.derivation() } else { derivation(word) };
    words_near(suspect, word, max, own, &mut give);
    if let Some(singular) =
        word.strip_suffix('s').filter(|it| it.len() + 1 >= SHORTEST_PLURAL && !it.ends_with('s'))
    {
        let derivation = own.filter(|&it| it != Derivation::Compound).or_else(|| derivation(singular));
        words_near(suspect, singular, Distance::One, derivation, &mut |near: &str, tally| {
            let has_plural = !near.ends_with(['s', 'x', 'y', 'h'])
                && !["ed", "ing"].iter().any(|ending| near.ends_with(ending));
            if has_plural {
                give(&format!("{near}s"), tally);
            }
        });
    }
}

fn words_near<T: Tally>(
    suspect: &Suspect<'_>,
    word: &str,
    max: Distance,
    derivation: Option<Derivation>,
    give: &mut impl FnMut(&str, T),
) {
    lexicon::near(word, max, |near| {
        // Possessives are judged without their `'s`: what has an apostrophe is a contraction, and so is what is meant.
        if near.word.as_str().contains('\'') != word.contains('\'') {
            return;
        }
        let mut tally = T::default();
        for_word(suspect, word, &near, &mut tally);
        if let Some(derivation) = derivation {
            let sure = matches!(
                edit_kind(word, near.word.as_str()).0,
                EditKind::Swapped | EditKind::Doubled | EditKind::Undoubled
            );
            let (weight, reason) = w::derivation(derivation);
            tally.add(if sure { weight * w::BY_CHANCE } else { weight }, reason);
        }
        give(near.word.as_str(), tally);
    });
}

/// Adds what speaks for a common word.
fn for_word<T: Tally>(suspect: &Suspect<'_>, word: &str, near: &Near, tally: &mut T) {
    let alike = if word.contains('\'') { w::CONTRACTION } else { w::word_length(word.len()) };
    tally.add(alike, "number of similar words for its length");
    for_meaning(suspect, near.word.as_str(), lexicon::frequency(near.entry), tally);
    let (kind, at) = edit_kind(word, near.word.as_str());
    if near.distance == Distance::One {
        tally.add(w::edit_kind(kind), "kind of edit");
        if at == 0 && kind != EditKind::Swapped {
            let weight = match kind {
                EditKind::NeighbourKey => w::FIRST_KEY,
                EditKind::Inserted | EditKind::BesideKey => w::LETTER_IN_FRONT,
                _ => w::FIRST_LETTER,
            };
            tally.add(weight, "first letter differs");
        }
        if matches!(kind, EditKind::Inserted | EditKind::BesideKey | EditKind::Doubled)
            && at + 1 == word.len()
        {
            let weight = match word.as_bytes().last() {
                Some(b's') if !word.ends_with("ss") => w::S_APPENDED,
                Some(b'x') => w::X_APPENDED,
                _ => w::LETTER_APPENDED,
            };
            tally.add(weight, "letter appended to the word");
        }
    } else {
        tally.add(w::TWO_SLIPS, "edit distance 2");
        if suspect.shape == WordShape::Capitals {
            tally.add(w::TWO_SLIPS_IN_CAPITALS, "edit distance 2, all uppercase");
        }
        if kind == EditKind::Moved {
            tally.add(w::SAME_LETTERS, "same letters in another order");
        }
        if word.len() <= w::MAX_LETTERS_FROM_RARE && lexicon::frequency(near.entry) < w::RARE {
            tally.add(w::TWO_SLIPS_FROM_RARE, "suggested word is less common");
        }
        if at + w::ENDING >= word.len() && !have_one_end(word, near.word.as_str()) {
            tally.add(w::OTHER_ENDING, "only the suffix differs");
        }
        for (letters, weight) in w::TWO_SLIPS_LONG {
            if word.len() >= letters {
                tally.add(weight, "long word with edit distance 2");
            }
        }
    }
}

/// The most frequent words from three letters on in any English text.
const FUNCTION_WORDS: [&str; 28] = [
    "about", "other", "their", "there", "these", "which", "whether", "and", "are", "but", "can", "for",
    "from", "has", "have", "its", "not", "that", "the", "they", "this", "was", "were", "when", "will",
    "with", "you", "your",
];

/// Whether a word in lower case is one of those that are in every text.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

/// Whether a word is a known one with an auxiliary verb joined to it: `there're`.
fn is_contraction(word: &str) -> bool {
    word.split_once('\'')
        .is_some_and(|(head, tail)| ["d", "ll", "re", "ve"].contains(&tail) && lexicon::is_known_lower(head))
}

/// Whether two words have their last two letters in common, so that what differs is before the ending.
fn have_one_end(one: &str, other: &str) -> bool {
    let end = |word: &str| word.as_bytes().last_chunk::<2>().copied();
    end(one).is_some() && end(one) == end(other)
}

/// Adds what speaks for a common word as the one that is meant, however the suspect came about.
pub(super) fn for_meaning<T: Tally>(suspect: &Suspect<'_>, right: &str, zipf: f32, tally: &mut T) {
    tally.add((zipf - 4.0) * w::FREQUENCY, "frequency of the suggested word");
    // Every page has those.
    if is_function_word(right) {
        return tally.add(w::FUNCTION_WORD, "one of the most frequent words");
    }
    if right.len() <= w::MAX_LETTERS_OF_EVERYWHERE && zipf >= zipf::of(Size::S10) {
        return;
    }
    if suspect.page.uses(right) || !suspect.page.cases(right).is_empty() {
        tally.add(w::USED_HERE, "suggested word is used on the page");
    }
    let pages = suspect.site.pages_with_common(right).max(suspect.site.pages(right));
    let ratio = (f64::from(pages + 1) / f64::from(suspect.other_pages + 1)).log10() as f32;
    let commoner = (w::COMMONER_ON_SITE * (ratio - 1.0).max(0.0)).min(w::MAX_COMMONER_ON_SITE);
    tally.add(commoner, "suggested word is common on the site");
    if suspect.other_pages > 0 {
        let weight = (w::RATIO * (ratio - 1.0).max(0.0)).min(w::MAX_RATIO);
        tally.add(weight, "suggested word is far more common on the site");
    }
}
