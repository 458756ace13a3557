//! Words that British and American English spell in different ways.

/// A variety of English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variety {
    /// `color`, `center`, `analyze`, `canceled`.
    American,
    /// `colour`, `centre`, `analyse`, `cancelled`.
    British,
}

/// Stems of words, American and British, and the suffixes that each of them may have.
const STEMS: &[(&str, &str, &[&str])] = &[
    ("color", "colour", OR),
    ("favor", "favour", OR),
    ("honor", "honour", OR),
    ("behavior", "behaviour", OR),
    ("flavor", "flavour", OR),
    ("neighbor", "neighbour", OR),
    ("harbor", "harbour", OR),
    ("labor", "labour", OR),
    ("rumor", "rumour", OR),
    ("endeavor", "endeavour", OR),
    ("center", "centre", &["", "s"]),
    ("centered", "centred", &[""]),
    ("fiber", "fibre", &["", "s"]),
    ("theater", "theatre", &["", "s"]),
    ("defense", "defence", &["", "s"]),
    ("offense", "offence", &["", "s"]),
    ("gray", "grey", &["", "s", "scale"]),
    ("analyz", "analys", &["e", "ed", "ing", "er", "ers"]),
    ("catalyz", "catalys", &["e", "ed", "ing"]),
    ("paralyz", "paralys", &["e", "ed", "ing"]),
    ("cancel", "cancell", L),
    ("label", "labell", L),
    ("model", "modell", L),
    ("travel", "travell", L),
    ("signal", "signall", L),
    ("channel", "channell", L),
    ("fuel", "fuell", L),
    ("level", "levell", L),
    ("fulfill", "fulfil", &["", "s", "ment"]),
    ("enroll", "enrol", &["", "s", "ment"]),
    ("catalog", "catalogue", &["", "s"]),
    ("artifact", "artefact", &["", "s"]),
    ("skeptic", "sceptic", &["", "s", "al", "ism"]),
];

const OR: &[&str] = &["", "s", "ed", "ing", "able", "ful", "ite", "ites", "al", "hood", "ly"];
const L: &[&str] = &["ed", "ing", "er", "ers"];

/// The first four letters of all stems, which have as many at least.
static STARTS: [u32; 2 * STEMS.len()] = {
    let mut starts = [0; 2 * STEMS.len()];
    let mut at = 0;
    while at < STEMS.len() {
        let (american, british, _) = STEMS[at];
        starts[2 * at] = stem_start(american);
        starts[2 * at + 1] = stem_start(british);
        at += 1;
    }
    starts
};

const fn stem_start(stem: &str) -> u32 {
    let stem = stem.as_bytes();
    u32::from_le_bytes([stem[0], stem[1], stem[2], stem[3]])
}

/// The first three letters of all stems, one bit each.
static BEGINNINGS: [u64; 1 << 9] = {
    let mut beginnings = [0; 1 << 9];
    let mut at = 0;
    while at < STEMS.len() {
        let (american, british, _) = STEMS[at];
        add_beginning(&mut beginnings, american.as_bytes());
        add_beginning(&mut beginnings, british.as_bytes());
        at += 1;
    }
    beginnings
};

const fn add_beginning(beginnings: &mut [u64], stem: &[u8]) {
    let bit = beginning([stem[0], stem[1], stem[2]]);
    beginnings[bit / 64] |= 1 << (bit % 64);
}

/// Three letters as a number, five bits each, whatever their case.
const fn beginning(letters: [u8; 3]) -> usize {
    (letters[0] as usize & 31) << 10 | (letters[1] as usize & 31) << 5 | (letters[2] as usize & 31)
}

impl Variety {
    /// Whether a word in any case may belong to a variety, by its first bytes; most that belong to none begin otherwise.
    #[inline]
    pub fn may_begin_with(word: &[u8]) -> bool {
        let bit = word.first_chunk().map(|letters| beginning(*letters));
        bit.is_some_and(|bit| BEGINNINGS[bit / 64] >> (bit % 64) & 1 != 0)
    }

    /// The variety of a word in lower case, and its spelling in the other one; `None` if both spell it the same.
    pub fn of(word: &str) -> Option<(Self, String)> {
        let start = word.as_bytes().first_chunk().map(|letters| u32::from_le_bytes(*letters))?;
        // Nearly no word begins like one of the stems.
        if !STARTS.contains(&start) {
            return None;
        }
        let may_be = |stem: &&str| stem_start(stem) == start;
        let mut stems = STEMS.iter().filter(|(american, british, _)| may_be(american) || may_be(british));
        stems.find_map(|(american, british, endings)| {
            let ending = |stem: &str| word.strip_prefix(stem).filter(|ending| endings.contains(ending));
            // The longer of two stems that begin alike is asked first.
            let (first, second) = if american.len() > british.len() {
                ((american, Self::American, british), (british, Self::British, american))
            } else {
                ((british, Self::British, american), (american, Self::American, british))
            };
            [first, second].into_iter().find_map(|(stem, variety, other)| {
                ending(stem).map(|ending| (variety, format!("{other}{ending}")))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Variety::{self, American, British};

    #[test]
    fn words_have_their_variety() {
        for (american, british) in [
            ("color", "colour"),
            ("colors", "colours"),
            ("behavioral", "behavioural"),
            ("center", "centre"),
            ("centered", "centred"),
            ("analyzed", "analysed"),
            ("canceled", "cancelled"),
            ("modeling", "modelling"),
            ("fulfill", "fulfil"),
            ("catalogs", "catalogues"),
        ] {
            assert_eq!(Variety::of(american), Some((American, british.to_owned())));
            assert_eq!(Variety::of(british), Some((British, american.to_owned())));
        }
        for word in
            ["colon", "model", "cancel", "analysis", "cancellation", "level", "colorado", "fulfilling"]
        {
            assert_eq!(Variety::of(word), None, "{word}");
        }
    }
}
