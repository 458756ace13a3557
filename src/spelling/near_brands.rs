//! Names of products and companies that are near a suspect.

use super::{
    brands,
    candidates::Candidate,
    distance::distance,
    edit_kind::{EditKind, edit_kind},
    scorer::{Suspect, Tally},
    weights as w,
    word_shape::WordShape,
};

/// Shorter names have too many others near them.
const MIN_NAME: usize = 5;

/// Shorter words with one capital may be names of people.
const MIN_INITIAL: usize = 7;

/// Gives the brands that a name with capital letters may be a slip of.
pub(super) fn near_brands<T: Tally>(suspect: &Suspect<'_>, give: &mut impl FnMut(Candidate, T)) {
    let word = suspect.lower.as_bytes();
    let min = match suspect.shape {
        WordShape::Initial => MIN_INITIAL,
        WordShape::Mixed => MIN_NAME - 1,
        WordShape::Lower | WordShape::Capitals => return,
    };
    if word.len() < min {
        return;
    }
    let max = if word.len() < w::LONG_NAME { 1 } else { 2 };
    for (lower, brand) in brands::in_lowercase() {
        let Some(near) = distance(word, lower.as_bytes(), max).filter(|&near| near > 0) else { continue };
        let (kind, at) = edit_kind(&suspect.lower, lower);
        let is_swapped = kind == EditKind::Swapped;
        if !is_swapped && (lower.len() < MIN_NAME || at == 0)
            || suspect.lower.contains(lower)
            || lower.strip_suffix('s') == Some(&suspect.lower)
            || is_other_abbreviation(brand.name, kind, at)
        {
            continue;
        }
        let mut tally = T::default();
        tally.add(w::BRAND, "similar to a brand");
        tally.add(w::term_length(word.len()), "number of similar names for its length");
        if near == 1 {
            tally.add(w::term_slip(kind), "kind of edit");
        } else {
            tally.add(w::TWO_SLIPS_IN_TERM, "edit distance 2");
        }
        if suspect.derivation().is_some() {
            tally.add(w::DERIVED, "looks derived from a known word");
        }
        give(Candidate::brand(brand.name, kind), tally);
    }
}

/// Whether the letter that differs is one of an abbreviation in the name: `OpenSSF` is not `OpenSSH`.
fn is_other_abbreviation(name: &str, kind: EditKind, at: usize) -> bool {
    let is_capital = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
    let in_capitals = is_capital(at) && (is_capital(at + 1) || at > 0 && is_capital(at - 1));
    in_capitals && kind != EditKind::Swapped
}
