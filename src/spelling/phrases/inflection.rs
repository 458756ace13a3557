//! Forms of common verbs and nouns, which the phrases name by their class.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

/// Verbs that are hardly ever nouns or adjectives.
const VERBS: &str = include_str!("words/verbs.txt");
/// Verbs that are nouns or adjectives, too.
const VERBS_AND_NOUNS: &str = include_str!("words/verbs-and-nouns.txt");
/// Nouns that can be counted.
const NOUNS: &str = include_str!("words/nouns.txt");

/// What becomes of the last wrong word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inflection {
    /// `write`.
    Base,
    /// `writes`.
    Third,
    /// `written`.
    Participle,
    /// `writing`.
    Gerund,
    /// `be written`; `write` for `wrote`, which is not a participle.
    Passive,
    /// `page`.
    Singular,
    /// `pages`.
    Plural,
}

impl Inflection {
    /// The form that the table of phrases calls `name`.
    ///
    /// # Panics
    ///
    /// If there is no such form.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "base" => Self::Base,
            "s" => Self::Third,
            "ed" => Self::Participle,
            "ing" => Self::Gerund,
            "be" => Self::Passive,
            "singular" => Self::Singular,
            "plural" => Self::Plural,
            _ => unreachable!("the table of phrases has no form `{name}`"),
        }
    }

    /// The form of a word in lower case; `None` if it is not in the lists.
    pub(super) fn of(self, word: &str) -> Option<String> {
        match self {
            Self::Singular => nouns().find(|noun| noun.has_plural(word)).map(|noun| noun.singular.to_owned()),
            Self::Plural => nouns().find(|noun| noun.singular == word).map(|noun| noun.plural().into_owned()),
            _ => {
                let verb = verbs(VERBS).chain(verbs(VERBS_AND_NOUNS)).find(|verb| verb.has_form(word))?;
                Some(match self {
                    Self::Third => verb.third(),
                    Self::Participle => verb.participle().into_owned(),
                    Self::Gerund => verb.gerund(),
                    Self::Passive if verb.participle() == word => format!("be {word}"),
                    _ => verb.base.to_owned(),
                })
            }
        }
    }
}

/// The words of a class with many words; `None` if there is no such class.
pub(super) fn class(name: &str) -> Option<Vec<Cow<'static, str>>> {
    let all_verbs = || verbs(VERBS).chain(verbs(VERBS_AND_NOUNS));
    let bases = || sorted(all_verbs().map(|verb| verb.base));
    Some(match name {
        "VERB" => all_verbs().map(|verb| verb.base.into()).collect(),
        "ONLYVERB" => verbs(VERBS).map(|verb| verb.base.into()).collect(),
        "VERBS" => verbs(VERBS).map(|verb| verb.third().into()).collect(),
        "ANYVERBS" => all_verbs().map(|verb| verb.third().into()).collect(),
        // `set` is a base form, too.
        "PAST" => {
            let bases = bases();
            all_verbs()
                .map(|verb| verb.past())
                .filter(|past| bases.binary_search(&&**past).is_err())
                .collect()
        }
        "GERUNDS" => {
            // `including` and the like are prepositions.
            let others = ["including", "existing", "following", "regarding", "considering"];
            let gerunds = verbs(VERBS).map(|verb| verb.gerund());
            gerunds.filter(|gerund| !others.contains(&&**gerund)).map(Cow::Owned).collect()
        }
        "NOUN" => nouns().map(|noun| noun.singular.into()).collect(),
        "ONLYNOUN" => {
            let bases = bases();
            nouns()
                .map(|noun| noun.singular)
                .filter(|noun| bases.binary_search(noun).is_err())
                .map(Cow::Borrowed)
                .collect()
        }
        "NOUNS" => nouns().map(|noun| noun.plural()).collect(),
        "ONLYNOUNS" => {
            let thirds = sorted(all_verbs().map(|verb| verb.third()));
            let is_third = |plural: &str| thirds.binary_search_by(|third| third.as_str().cmp(plural)).is_ok();
            nouns().map(|noun| noun.plural()).filter(|plural| !is_third(plural)).collect()
        }
        _ => return None,
    })
}

/// Whether a word in lower case is the base form of a verb.
pub(in crate::spelling) fn is_base_verb(word: &str) -> bool {
    static BASES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        [VERBS, VERBS_AND_NOUNS].into_iter().flat_map(verbs).map(|verb| verb.base).collect()
    });
    BASES.contains(word)
}

/// Words in order.
fn sorted<T: Ord>(words: impl Iterator<Item = T>) -> Vec<T> {
    let mut words: Vec<T> = words.collect();
    words.sort_unstable();
    words
}

struct Verb {
    base: &'static str,
    /// The past and the participle of an irregular one.
    irregular: Option<(&'static str, &'static str)>,
    doubles: bool,
}

/// Reads verbs: `base`, `base:past:participle`; a `+` after the base doubles its last letter before an ending.
fn verbs(list: &'static str) -> impl Iterator<Item = Verb> {
    list.split_ascii_whitespace().map(|entry| {
        let mut parts = entry.split(':');
        let base = parts.next().unwrap_or_default();
        let irregular = parts.next().zip(parts.next());
        Verb { base: base.trim_end_matches('+'), irregular, doubles: base.ends_with('+') }
    })
}

impl Verb {
    fn has_form(&self, word: &str) -> bool {
        let is_irregular = |(past, participle): (&str, &str)| past == word || participle == word;
        self.irregular.is_some_and(is_irregular)
            || begins_like(word, self.base)
                && (self.base == word
                    || self.third() == word
                    || self.participle() == word
                    || self.past() == word
                    || self.gerund() == word)
    }

    fn third(&self) -> String {
        if self.base == "have" { "has".to_owned() } else { with_s(self.base) }
    }

    fn past(&self) -> Cow<'static, str> {
        self.irregular.map_or_else(|| self.regular_past().into(), |(past, _)| past.into())
    }

    fn participle(&self) -> Cow<'static, str> {
        self.irregular.map_or_else(|| self.regular_past().into(), |(_, participle)| participle.into())
    }

    fn regular_past(&self) -> String {
        match (self.base.strip_suffix('e'), consonant_y(self.base)) {
            (Some(_), _) => [self.base, "d"].concat(),
            (_, Some(stem)) => [stem, "ied"].concat(),
            _ => self.doubled_with("ed"),
        }
    }

    fn gerund(&self) -> String {
        let silent = !self.base.ends_with("ee") && !self.base.ends_with("ye") && self.base.len() > 2;
        match self.base.strip_suffix('e').filter(|_| silent) {
            Some(stem) => [stem, "ing"].concat(),
            None => self.doubled_with("ing"),
        }
    }

    /// The base with an ending that begins with a vowel.
    fn doubled_with(&self, ending: &str) -> String {
        let doubled = if self.doubles { &self.base[self.base.len() - 1..] } else { "" };
        [self.base, doubled, ending].concat()
    }
}

struct Noun {
    singular: &'static str,
    irregular: Option<&'static str>,
}

/// Reads nouns: `singular`, `singular:plural`.
fn nouns() -> impl Iterator<Item = Noun> {
    NOUNS.split_ascii_whitespace().map(|entry| match entry.split_once(':') {
        Some((singular, plural)) => Noun { singular, irregular: Some(plural) },
        None => Noun { singular: entry, irregular: None },
    })
}

impl Noun {
    fn has_plural(&self, word: &str) -> bool {
        match self.irregular {
            Some(plural) => plural == word,
            None => begins_like(word, self.singular) && with_s(self.singular) == word,
        }
    }

    fn plural(&self) -> Cow<'static, str> {
        self.irregular.map_or_else(|| with_s(self.singular).into(), Cow::Borrowed)
    }
}

/// Whether a word may be a regular form of a base: most begin with other letters, so their forms need not be made.
fn begins_like(word: &str, base: &str) -> bool {
    let stem = base.len().min(2);
    word.as_bytes().get(..stem) == Some(&base.as_bytes()[..stem])
}

/// A noun in the plural, or a verb in the third person.
fn with_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return [stem, "ies"].concat();
    }
    let hisses = matches!(word.as_bytes(), [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h']);
    let takes_e = hisses || matches!(word, "go" | "do" | "undergo" | "undo" | "redo" | "veto");
    [word, if takes_e { "es" } else { "s" }].concat()
}

/// What is before the `y` of a word in which it follows a consonant.
fn consonant_y(word: &str) -> Option<&str> {
    let is_vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u');
    word.strip_suffix('y').filter(|stem| !stem.as_bytes().last().is_some_and(is_vowel))
}

#[cfg(test)]
mod tests {
    use super::{Inflection, NOUNS, VERBS, VERBS_AND_NOUNS, class};

    #[test]
    fn verbs_have_their_forms() {
        for (base, third, participle, gerund) in [
            ("build", "builds", "built", "building"),
            ("create", "creates", "created", "creating"),
            ("apply", "applies", "applied", "applying"),
            ("deploy", "deploys", "deployed", "deploying"),
            ("run", "runs", "run", "running"),
            ("submit", "submits", "submitted", "submitting"),
            ("see", "sees", "seen", "seeing"),
            ("write", "writes", "written", "writing"),
            ("fetch", "fetches", "fetched", "fetching"),
            ("go", "goes", "gone", "going"),
        ] {
            for form in [base, third, participle, gerund] {
                assert_eq!(Inflection::Base.of(form).as_deref(), Some(base), "{form}");
                assert_eq!(Inflection::Third.of(form).as_deref(), Some(third), "{form}");
                assert_eq!(Inflection::Participle.of(form).as_deref(), Some(participle), "{form}");
                assert_eq!(Inflection::Gerund.of(form).as_deref(), Some(gerund), "{form}");
            }
        }
        assert_eq!(Inflection::Passive.of("used").as_deref(), Some("be used"));
        assert_eq!(Inflection::Passive.of("wrote").as_deref(), Some("write"));
        assert_eq!(Inflection::Base.of("harbour"), None);
    }

    #[test]
    fn nouns_have_their_forms() {
        for (singular, plural) in [
            ("file", "files"),
            ("query", "queries"),
            ("day", "days"),
            ("person", "people"),
            ("switch", "switches"),
        ] {
            assert_eq!(Inflection::Plural.of(singular).as_deref(), Some(plural), "{singular}");
            assert_eq!(Inflection::Singular.of(plural).as_deref(), Some(singular), "{plural}");
        }
    }

    #[test]
    fn no_word_is_listed_twice() {
        let base = |entry: &'static str| entry.split(':').next().map(|base| base.trim_end_matches('+'));
        let lists = [vec![VERBS, VERBS_AND_NOUNS], vec![NOUNS]];
        for list in lists {
            let mut words: Vec<_> =
                list.into_iter().flat_map(str::split_ascii_whitespace).filter_map(base).collect();
            words.sort_unstable();
            let twice: Vec<_> =
                words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }

    #[test]
    fn forms_that_are_base_forms_are_in_no_other_class() {
        let past = class("PAST").expect("it is a class");
        assert!(past.contains(&"built".into()) && !past.contains(&"set".into()));
        let plural = class("ONLYNOUNS").expect("it is a class");
        assert!(plural.contains(&"users".into()) && !plural.contains(&"changes".into()));
    }
}
