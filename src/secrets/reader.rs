//! Reads one decoded word of a text from left to right and finds the secrets in it.

use std::ops::Range;

use super::{
    Secret, SecretKind, SecretPlace, Secrets,
    decode::{Decoded, LEVELS},
    forms, parameters, paths,
    url::{self, Url},
    values,
    words::SHORTEST_RUN,
};

/// The state of reading one word.
pub(super) struct WordReader<'a> {
    pub secrets: &'a Secrets,
    /// All of the text; the word is part of it.
    pub text: &'a str,
    pub word: Decoded<'a>,
    /// The last URL of each level of percent-encoding.
    urls: [Option<Url>; LEVELS],
    /// Whether a question mark came before.
    pub has_query: bool,
    /// Where the last value of each level of percent-encoding ended: one that begins before ends there, too.
    ends: [usize; LEVELS],
    found: &'a mut Vec<Secret>,
}

impl<'a> WordReader<'a> {
    pub(super) fn new(
        secrets: &'a Secrets,
        text: &'a str,
        word: Range<usize>,
        found: &'a mut Vec<Secret>,
    ) -> Self {
        let word = Decoded::new(text, word);
        Self {
            secrets,
            text,
            word,
            urls: [const { None }; LEVELS],
            has_query: false,
            ends: [0; LEVELS],
            found,
        }
    }

    pub(super) fn read(mut self) {
        let mut at = 0;
        while let Some(byte) = self.word.get(at) {
            at = match byte {
                b':' | b'/' => self.url(at).unwrap_or(at + 1),
                b'=' => self.parameter(at),
                b'@' => self.bare_user(at),
                b'?' => {
                    self.has_query = true;
                    at + 1
                }
                b'"' | b'<' | b'>' | b'`' if self.word.is_plain(at) => {
                    self.urls = [const { None }; LEVELS];
                    at + 1
                }
                _ if byte.is_ascii_alphanumeric() => self.run(at),
                _ => at + 1,
            };
        }
    }

    /// The innermost URL that what has this level of encoding can be part of.
    pub(super) fn url_at(&self, level: usize) -> Option<&Url> {
        self.urls[..=level].iter().flatten().max_by_key(|url| url.authority.start)
    }

    /// Where the value of a parameter ends at the latest.
    fn value_end(&mut self, parameter: &parameters::Parameter) -> usize {
        let end = &mut self.ends[parameter.level];
        if *end <= parameter.value {
            *end = parameters::hard_end(&self.word, parameter);
        }
        *end
    }

    /// Reads the URL whose slashes begin at or after a byte, up to its path.
    fn url(&mut self, at: usize) -> Option<usize> {
        if self.word.get(at) == Some(b':')
            && self.word.get(at + 1).is_some_and(|it| matches!(it, b'"' | b'\''))
        {
            return self.member(at);
        }
        let url = Url::starting(&self.word, at)?;
        let next = url.authority.start;
        if let Some(user) = url::user_secret(&self.word, &url) {
            self.push(SecretKind::User, user, self.place_in(&url), &url.host);
        }
        if let Some((secret, is_sure)) = paths::secret(&self.word, &url) {
            let place = if is_sure { self.place_in(&url) } else { SecretPlace::Text };
            self.push(SecretKind::Path, secret, place, &url.host);
        }
        let level = url.level;
        self.urls[level + 1..].fill_with(|| None);
        self.urls[level] = Some(url);
        Some(next)
    }

    /// Reads the user information before an `@` that is in no URL.
    fn bare_user(&mut self, at: usize) -> usize {
        if self.url_at(self.word.level(at)).is_none()
            && let Some((user, host)) = url::bare_user(&self.word, at)
        {
            self.push(SecretKind::User, user, Self::place_at(&host), &host);
        } else if let Some((value, host)) = url::user_over_lines(self.text, &self.word, at) {
            let place = Self::place_at(&host);
            self.found.push(Secret { kind: SecretKind::User, value, place, host: host.into() });
        }
        at + 1
    }

    fn place_at(host: &str) -> SecretPlace {
        if url::is_documentation(host) { SecretPlace::Text } else { SecretPlace::Url }
    }

    /// The place of what is in a URL: one of documentation, or for a person there, holds no secret.
    fn place_in(&self, url: &Url) -> SecretPlace {
        const LONGEST: usize = 256;
        let start = url.authority.start;
        let head = &self.word.bytes[start..self.word.len().min(start + LONGEST)];
        // Who is in a parameter says nothing about the others.
        let head = head.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
        if url::has_documentation_mailbox(head) { SecretPlace::Text } else { Self::place_at(&url.host) }
    }

    /// Reads the member of a JSON object whose colon is at a place.
    fn member(&mut self, colon: usize) -> Option<usize> {
        let parameter = parameters::member(self, colon)?;
        Some(self.parameter_with(&parameter))
    }

    fn parameter(&mut self, equals: usize) -> usize {
        match parameters::parameter(self, equals) {
            Some(parameter) => self.parameter_with(&parameter),
            None => equals + 1,
        }
    }

    fn parameter_with(&mut self, parameter: &parameters::Parameter) -> usize {
        let url = self.url_at(parameter.level);
        let host = url.map_or("", |url| &url.host).to_owned();
        let in_url = url.map_or(SecretPlace::Url, |url| self.place_in(url));
        let place = if parameter.place == SecretPlace::Url { in_url } else { parameter.place };
        let kind = SecretKind::Parameter(parameter.name.as_str().into());
        let end = self.value_end(parameter);
        if end == parameter.value && end == self.word.len() {
            if let Some(value) = parameters::value_in_next_word(self, parameter) {
                self.found.push(Secret { kind, value, place, host: host.into() });
            }
        } else if let Some(value) = parameters::secret_value(&self.word, parameter, end) {
            self.push(kind, value.clone(), place, &host);
            return value.end;
        }
        // What has the format of a token, and URLs in the value, are looked for as well.
        parameter.value
    }

    /// Reads a run of the characters of tokens and returns where it ends.
    fn run(&mut self, start: usize) -> usize {
        let bytes = &self.word.bytes;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.~".contains(byte);
        let length = bytes[start..].iter().take_while(|byte| is_part(byte)).count();
        let end = start + length;
        let is_boundary = start.checked_sub(1).is_none_or(|at| !bytes[at].is_ascii_alphanumeric());
        if length < SHORTEST_RUN || !is_boundary || !bytes[start..end].iter().any(u8::is_ascii_digit) {
            return end;
        }
        let run = String::from_utf8_lossy(&bytes[start..end]).into_owned();
        let run = run.trim_end_matches(['.', '~']);
        let range = start..start + run.len();
        let level = self.word.level(start);
        let (is_in_url, host) = match self.url_at(level) {
            Some(url) => (true, url.host.clone()),
            None => (false, String::new()),
        };
        let place = if is_in_url { Self::place_at(&host) } else { SecretPlace::Text };
        let name = forms::name(run).or_else(|| forms::name_after_slash(&self.word.bytes[..start], run));
        if let Some(name) = name {
            self.push(SecretKind::Form(name), range, place, &host);
        } else if self.is_after_bot_id(start) && values::is_random(run) {
            let id = self.word.text(start.saturating_sub(20)..start - 1).into_owned();
            let id = id.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if let Some(name) = forms::name_after_id(id, run) {
                self.push(SecretKind::Form(name), range, place, &host);
            }
        }
        end
    }

    fn is_after_bot_id(&self, start: usize) -> bool {
        start > 8
            && self.word.bytes[start - 1] == b':'
            && self.word.bytes[start - 9..start - 1].iter().all(u8::is_ascii_digit)
    }

    fn push(&mut self, kind: SecretKind, range: Range<usize>, place: SecretPlace, host: &str) {
        let value = self.word.source(range);
        self.found.push(Secret { kind, value, place, host: host.into() });
    }
}
