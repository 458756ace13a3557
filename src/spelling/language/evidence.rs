//! What a text says of its own language: the function words that it is held together by, and its script.

use std::sync::LazyLock;

use super::Language;
use crate::spelling::word_status::{Hashed, hash_without_case};

/// English function words, without those that other languages have too.
const ENGLISH: &str = "the of and to with for you this that are is be it as by or from your can not have has will \
    when which on at an if we they was were";

/// Function words of other languages, without those that are common in English text.
const OTHERS: [(&str, &str); 15] = [
    (
        "de",
        "der das und ist nicht ein eine einen einem einer mit für von auf dem wird werden auch sich \
        sie wir ich wie bei oder aus nach als dass kann zum zur über wurde haben hat sind aber \
        alle noch diese dieser dieses muss müssen durch wenn nur zu",
    ),
    (
        "fr",
        "le la les des du et est une dans pour avec sur au aux ou que qui ne pas ce cette ces il \
        elle nous vous sont par plus être été votre leur mais si comme de un",
    ),
    (
        "es",
        "el la los las del y es una en con para por que se su al como más pero este esta son puede \
        cuando sin sobre también está hay de un lo",
    ),
    (
        "pt",
        "os da dos das e é uma em com para por que se seu ao como mais mas este esta são pode \
        quando sem sobre também está não de um na nos",
    ),
    (
        "it",
        "il lo gli la le di del della dei delle e è una con che si più ma questo questa sono può \
        quando senza anche non un nel nella al alla",
    ),
    (
        "nl",
        "de het een en met voor op aan dat niet zijn wordt worden ook bij naar om maar als kan deze \
        dit uit er je hebben heeft te",
    ),
    (
        "sv",
        "och det att en ett som på är av för med den till inte om har kan från eller vid när ska \
        detta du vi",
    ),
    (
        "da",
        "og det en et som på er av af for med den til ikke om har kan fra eller ved når skal dette \
        du vi",
    ),
    ("pl", "w na z się nie jest że jak dla przez po ale lub być oraz tak jego są tym który które można"),
    ("cs", "v na se je že s z jako pro ale nebo si po tak jsou není který které může aby při"),
    ("ro", "și în de la cu pe nu este un din pentru că sau mai ce sunt fi prin după dacă poate acest"),
    (
        "tr",
        "ve bir bu için ile da de olarak daha çok gibi olan ne ya var değil veya her kadar sonra \
        ise",
    ),
    (
        "id",
        "yang dan di untuk dengan ini dari dalam tidak pada adalah itu akan atau juga ke dapat oleh \
        bisa anda sebagai kami lebih ada",
    ),
    ("fi", "ja ei se että ovat myös voi kun tai mutta joka niin kuin ole jos sen tämä mukaan sekä"),
    ("hu", "az és hogy nem egy ez meg vagy ha mint csak már de el akkor kell lehet szerint"),
];

/// The bit of English; those of the others follow in their order.
const IS_ENGLISH: u16 = 1;

/// The languages that a function word belongs to: a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::spelling) struct Signs(u16);

impl Signs {
    /// Those of a word that is in no language's list.
    pub(in crate::spelling) const NONE: Self = Self(0);

    /// The languages that have this word, in any case, as a function word.
    pub(in crate::spelling) fn of(word: &str) -> Self {
        static SIGNS: LazyLock<Hashed<u16>> = LazyLock::new(|| {
            let mut signs = Hashed::default();
            let languages = std::iter::once(ENGLISH).chain(OTHERS.map(|(_, words)| words));
            for (words, bit) in languages.zip(0..) {
                for word in words.split_whitespace() {
                    *signs.entry(hash_without_case(word.as_bytes())).or_insert(0) |= 1 << bit;
                }
            }
            signs
        });
        Self(SIGNS.get(&hash_without_case(word.as_bytes())).copied().unwrap_or(0))
    }

    /// Whether English has it.
    pub(in crate::spelling) const fn is_english(self) -> bool {
        self.0 & IS_ENGLISH != 0
    }
}

/// What a word says of the language of its text.
#[derive(Debug, Clone, Copy)]
pub(in crate::spelling) struct WordSign {
    /// Its bytes.
    pub(in crate::spelling) len: usize,
    /// Whether it is in a script that English does not use.
    pub(in crate::spelling) is_in_other_script: bool,
    /// The languages that have it as a function word.
    pub(in crate::spelling) signs: Signs,
}

/// Whether a word is in a script that English does not use.
pub(in crate::spelling) fn is_in_other_script(word: &str) -> bool {
    // The first byte of most of them says so.
    const FIRST: u8 = 0xCE;
    word.as_bytes().first().is_some_and(|first| *first >= FIRST)
        || word.starts_with(|c| c >= FIRST_OTHER_SCRIPT)
}

/// The language of a block of text by its words, if it is another than English: three function words of one language,
/// which make up a seventh of the words and are more than twice as many as the English ones; or a script that English
/// does not use.
pub(in crate::spelling) fn is_other(words: impl Iterator<Item = WordSign>) -> Option<Language> {
    const LEAST: usize = 3;
    const SHARE: usize = 7;
    let mut counts = [0; OTHERS.len()];
    let (mut all, mut english) = (0, 0);
    let (mut letters, mut strange) = (0, 0);
    for WordSign { len, is_in_other_script, signs } in words {
        all += 1;
        letters += len;
        // No function word is in another script.
        if is_in_other_script {
            strange += len;
            continue;
        }
        english += usize::from(signs.is_english());
        let mut rest = signs.0 >> 1;
        while rest != 0 {
            counts[rest.trailing_zeros() as usize] += 1;
            rest &= rest - 1;
        }
    }
    if strange * 2 > letters {
        return Some(Language::unknown());
    }
    let (language, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (*most >= LEAST && most * SHARE >= all && *most > 2 * english)
        .then(|| Language::Other(OTHERS[language].0.into()))
}

/// Greek is the first script after Latin and its marks.
const FIRST_OTHER_SCRIPT: char = '\u{370}';

/// What the text of a page says of its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// It is English.
    English,
    /// It is English except for a few paragraphs, or the text has only a few words to tell by.
    MostlyEnglish,
    /// It is this language.
    Other(Language),
    /// It is too short to tell, or in several languages.
    Unclear,
}

/// How many words of a page are of which sort.
#[derive(Debug, Clone, Copy)]
pub(in crate::spelling) struct WordCounts {
    /// All.
    pub(in crate::spelling) all: usize,
    /// English function words.
    pub(in crate::spelling) english: usize,
    /// Words that are not common English.
    pub(in crate::spelling) uncommon: usize,
    /// Words of blocks in another language.
    pub(in crate::spelling) other: usize,
}

impl Evidence {
    /// Decides by the share of English function words: from 40 words on, fewer than 12 % do not occur in English text
    /// but in lists of names and links, whose words are mostly common. A text of which a tenth is in another language is
    /// not clearly English: translations are often unfinished.
    pub(in crate::spelling) fn of(counts: WordCounts, language: impl FnOnce() -> Option<Language>) -> Self {
        const LEAST_WORDS: usize = 40;
        const LEAST_PERCENT: usize = 12;
        let WordCounts { all, english, uncommon, other } = counts;
        let is_english = english * 100 >= all * LEAST_PERCENT && english > 0;
        let is_strange = all >= LEAST_WORDS && uncommon * 4 >= all;
        if other * 2 > all || !is_english && is_strange {
            return Self::Other(language().unwrap_or_else(Language::unknown));
        }
        match other {
            _ if !is_english => Self::Unclear,
            0 if all >= LEAST_WORDS => Self::English,
            0 => Self::MostlyEnglish,
            _ if other * 10 < all => Self::MostlyEnglish,
            _ => Self::Unclear,
        }
    }
}
