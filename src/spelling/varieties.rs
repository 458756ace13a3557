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

impl Variety {
    /// The variety of a word in lower case, and its spelling in the other one; `None` if both spell it the same.
    pub fn of(word: &str) -> Option<(Self, String)> {
        // Both stems begin with the same letter, and most words with another one.
        let first = word.as_bytes().first();
        let mut stems = STEMS.iter().filter(|(american, ..)| american.as_bytes().first() == first);
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
