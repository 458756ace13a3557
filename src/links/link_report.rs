//! What a link checker found out about URLs: the JSON report of lychee (`lychee --format json`, 0.18 and later).

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use url::Url;

/// Answers to requests for URLs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkReport {
    answers: HashMap<String, Answer>,
}

/// The answer to a request for a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The server reports that the page does not exist, or the host does not exist.
    Gone(String),
    /// There was no answer, or one that need not be the one that readers get.
    Unclear(String),
    /// It moved for good.
    Moved(String),
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Lychee {
    #[serde(rename = "error_map")]
    errors: Option<BTreeMap<String, Vec<Response>>>,
    #[serde(rename = "timeout_map")]
    timeouts: BTreeMap<String, Vec<Response>>,
    #[serde(rename = "redirect_map")]
    redirects: BTreeMap<String, Vec<Redirects>>,
    #[serde(rename = "success_map")]
    successes: BTreeMap<String, Vec<Response>>,
}

#[derive(Deserialize)]
struct Response {
    url: String,
    #[serde(default)]
    status: Status,
    redirects: Option<Redirects>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Status {
    text: String,
    code: Option<u16>,
    details: String,
}

#[derive(Deserialize)]
struct Redirects {
    origin: String,
    redirects: Vec<Redirect>,
}

#[derive(Deserialize)]
struct Redirect {
    url: String,
    #[serde(default)]
    code: u16,
}

impl LinkReport {
    /// Reads a report.
    ///
    /// # Errors
    ///
    /// A message for the user.
    pub fn parse(text: &str) -> Result<Self, String> {
        let report: Lychee = serde_json::from_str(text).map_err(|error| format!("invalid JSON: {error}"))?;
        let Some(errors) = report.errors else {
            return Err("not a report of `lychee --format json`: `error_map` is missing".to_owned());
        };
        let mut answers = HashMap::new();
        let followed = report.successes.into_values().flatten().filter_map(|response| response.redirects);
        for redirects in report.redirects.into_values().flatten().chain(followed) {
            if let Some(to) = redirects.end() {
                answers.insert(normalized(&redirects.origin), Answer::Moved(to));
            }
        }
        for response in report.timeouts.into_values().flatten() {
            answers.insert(normalized(&response.url), Answer::Unclear("no answer in time".to_owned()));
        }
        for response in errors.into_values().flatten() {
            answers.insert(normalized(&response.url), response.status.answer());
        }
        Ok(Self { answers })
    }

    /// The answer to a request for a URL.
    pub fn answer(&self, url: &str) -> Option<&Answer> {
        let url = normalized(url);
        self.answers.get(&url).or_else(|| self.answers.get(url.split('#').next()?))
    }

    /// The URLs that moved, and where to; sorted.
    pub fn moves(&self) -> Vec<(&str, &str)> {
        let moves = self.answers.iter().filter_map(|(from, answer)| match answer {
            Answer::Moved(to) => Some((&**from, &**to)),
            Answer::Gone(_) | Answer::Unclear(_) => None,
        });
        let mut moves: Vec<_> = moves.collect();
        moves.sort_unstable();
        moves
    }
}

impl Status {
    /// Servers refuse programs, ask for an account and have bad days: only what says that there is nothing counts.
    fn answer(self) -> Answer {
        let text = [self.text, self.details].into_iter().filter(|text| !text.is_empty());
        let text = text.collect::<Vec<_>>().join(": ");
        match self.code {
            Some(404 | 410) => Answer::Gone(text),
            None if is_unknown_host(&text) => Answer::Gone(text),
            _ => Answer::Unclear(text),
        }
    }
}

/// Whether an error is about a name that has no address.
fn is_unknown_host(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["dns", "name or service not known", "no such host", "failed to lookup"]
        .iter()
        .any(|part| text.contains(part))
}

impl Redirects {
    /// The URL after the permanent redirects at the beginning. One to the start page of a host says that the page is
    /// not there any more, and not where it is.
    fn end(&self) -> Option<String> {
        let permanent = self.redirects.iter().take_while(|redirect| matches!(redirect.code, 301 | 308));
        let to = Url::parse(&permanent.last()?.url).ok()?;
        let from = Url::parse(&self.origin).ok()?;
        let is_start = |url: &Url| url.path() == "/" && url.query().is_none();
        let is_move = to != from && (!is_start(&to) || is_start(&from));
        is_move.then(|| to.into())
    }
}

/// A URL as URL parsers write it.
fn normalized(url: &str) -> String {
    Url::parse(url).map_or_else(|_| url.to_owned(), Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{
        "error_map": { "stdin": [
            { "url": "https://example.org/gone", "status": { "text": "404 Not Found", "code": 404 } },
            { "url": "https://example.org/busy", "status": { "text": "429 Too Many Requests", "code": 429 } },
            { "url": "https://nowhere.example/", "status": { "text": "Network error", "details": "dns error" } }
        ] },
        "timeout_map": { "stdin": [{ "url": "https://slow.example/", "status": { "text": "Timeout" } }] },
        "redirect_map": { "stdin": [
            { "origin": "http://old.example/a", "redirects": [
                { "url": "https://old.example/a", "code": 301 }, { "url": "https://new.example/a", "code": 308 },
                { "url": "https://new.example/login", "code": 302 }] },
            { "origin": "https://example.org/lost", "redirects": [{ "url": "https://example.org/", "code": 301 }] },
            { "origin": "https://example.org/now", "redirects": [{ "url": "https://example.org/x", "code": 302 }] }
        ] }
    }"#;

    #[test]
    fn only_answers_that_are_sure_are_taken_for_sure() {
        let report = LinkReport::parse(REPORT).expect("the report is valid");
        let gone = |text: &str| Some(Answer::Gone(text.to_owned()));
        assert_eq!(report.answer("https://example.org/gone#part").cloned(), gone("404 Not Found"));
        assert_eq!(report.answer("https://NOWHERE.example").cloned(), gone("Network error: dns error"));
        for unclear in ["https://example.org/busy", "https://slow.example"] {
            assert!(matches!(report.answer(unclear), Some(Answer::Unclear(_))), "{unclear}");
        }
        for silent in ["https://example.org/lost", "https://example.org/now", "https://example.org/ok"] {
            assert_eq!(report.answer(silent), None, "{silent}");
        }
        assert_eq!(report.moves(), [("http://old.example/a", "https://new.example/a")]);
    }

    #[test]
    fn other_files_are_refused() {
        assert!(LinkReport::parse("{}").is_err_and(|why| why.contains("error_map")));
        assert!(LinkReport::parse("[").is_err_and(|why| why.contains("invalid JSON")));
    }
}
