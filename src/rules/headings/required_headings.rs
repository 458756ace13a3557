use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    rule::Rule,
    rules::pattern::{Case, Pattern},
    text::Span,
};

declare_rule! {
    /// The headings of a page are not the required ones
    ///
    /// ## Why
    ///
    /// Pages of one kind, such as recipes or release notes, are read more easily when they all have the same parts.
    ///
    /// The option lists the headings as they are written, `## Tides`. `*` stands for any number of headings, `+` for at
    /// least one, `?` for exactly one. `%% pattern` is a heading of the second level whose text has the regular
    /// expression in it. Of a mark like `^` that stands twice, the part between may be repeated.
    ///
    /// With `headings: ["# Tides", "*"]`:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// # Harbours
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// # Tides
    ///
    /// ## Spring tides
    /// ```
    pub struct RequiredHeadings {
        /// The headings, in their order. Nothing is required without it.
        headings: Option<Vec<Required>> = None,
        /// Whether upper and lower case must agree.
        #[serde(rename = "match_case")]
        match_case: bool = false,
    }
    id = "required-headings",
    on = false,
    aliases = &["MD043"],
}

/// One of the required headings.
#[derive(Debug, Clone)]
pub enum Required {
    /// `*`
    Any,
    /// `+`
    Some,
    /// `?`
    One,
    /// `^`, `^^` and so on: so many.
    Loop(usize),
    /// `## text`
    Text(String),
    /// `%% pattern`: the level, the pattern as it is written, with and without regard to case.
    Pattern(u8, String, Box<(Pattern, Pattern)>),
}

/// How often parts may be repeated before the page is given up.
const MAX_LOOPS: usize = 1000;

impl Rule for RequiredHeadings {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(required) = &self.headings else { return };
        let mut plan = Plan { required, next: 0, loops: 0 };
        let mut skips = false;
        for heading in doc.ast.headings() {
            let hashes = "#".repeat(usize::from(heading.level));
            let actual =
                Actual { level: heading.level, text: &heading.written_text(&doc.source), hashes: &hashes };
            let matches = |it: Option<&Required>| it.is_some_and(|it| it.matches(&actual, self.match_case));
            let expected = plan.expected(&matches);
            let fits = match expected {
                _ if plan.loops > MAX_LOOPS => false,
                Some(Required::Any) => {
                    if !matches(plan.take_heading()) {
                        skips = true;
                        plan.next -= 1;
                    }
                    true
                }
                Some(Required::Some) => {
                    skips = true;
                    true
                }
                Some(Required::One) => true,
                other if matches(other) => {
                    skips = false;
                    true
                }
                _ if skips => {
                    plan.next -= 1;
                    true
                }
                _ => false,
            };
            if !fits {
                let message = match expected {
                    _ if plan.loops > MAX_LOOPS => "the required headings repeat without an end".to_owned(),
                    Some(expected) => format!("here is to be the heading {}", expected.shown()),
                    None => "no heading is to be here".to_owned(),
                };
                sink.report(heading.span(), message).help("keep to the headings that the config requires");
                return;
            }
        }
        let rest = required.get(plan.next..).unwrap_or_default();
        if let Some(missing) = rest.iter().find(|it| !matches!(it, Required::Any | Required::Loop(_))) {
            let message = format!("the page ends without the heading {}", missing.shown());
            sink.report(Span::empty(doc.lines.text_len()), message)
                .help("keep to the headings that the config requires");
        }
    }
}

/// Where in the list of the required headings a page is.
struct Plan<'a> {
    required: &'a [Required],
    /// Index of the next one; one past each that was asked for, also past the end.
    next: usize,
    loops: usize,
}

impl<'a> Plan<'a> {
    fn take(&mut self) -> Option<&'a Required> {
        self.next += 1;
        self.required.get(self.next - 1)
    }

    /// The next one that is no mark of a loop.
    fn take_heading(&mut self) -> Option<&'a Required> {
        loop {
            match self.take() {
                Some(Required::Loop(_)) => {}
                other => return other,
            }
        }
    }

    /// What is to come: at the end of a loop the heading behind it, if that is there, else the loop once more.
    fn expected(&mut self, matches: &impl Fn(Option<&Required>) -> bool) -> Option<&'a Required> {
        let expected = self.take();
        let Some(Required::Loop(mark)) = expected else { return expected };
        let here = self.next;
        let behind = self.take_heading();
        if matches(behind) {
            return behind;
        }
        self.loops += 1;
        let is_start = |it: &Required| matches!(it, Required::Loop(other) if other == mark);
        let start = self.required[..here.saturating_sub(1)].iter().rposition(is_start);
        match start {
            Some(start) => {
                self.next = start + 1;
                self.take()
            }
            None => behind,
        }
    }
}

/// A heading of the page.
struct Actual<'a> {
    level: u8,
    hashes: &'a str,
    text: &'a str,
}

impl Required {
    fn matches(&self, actual: &Actual<'_>, match_case: bool) -> bool {
        match self {
            Self::Text(text) => {
                let written = format!("{} {}", actual.hashes, actual.text);
                if match_case { *text == written } else { text.to_lowercase() == written.to_lowercase() }
            }
            Self::Pattern(level, _, patterns) => {
                let pattern = if match_case { &patterns.0 } else { &patterns.1 };
                *level == actual.level && pattern.is_match(actual.text)
            }
            _ => false,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Any | Self::Some | Self::One | Self::Loop(_) => "that the config leaves open".to_owned(),
            Self::Text(text) => format!("`{text}`"),
            Self::Pattern(level, text, _) => format!("`{} {text}`", "#".repeat(usize::from(*level))),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "*" => return Ok(Self::Any),
            "+" => return Ok(Self::Some),
            "?" => return Ok(Self::One),
            _ if !text.is_empty() && text.bytes().all(|byte| byte == b'^') => {
                return Ok(Self::Loop(text.len()));
            }
            _ => {}
        }
        let mark = text.chars().next().filter(|mark| matches!(mark, '#' | '%'));
        let rest = text.trim_start_matches(mark.unwrap_or('#'));
        let level = text.len() - rest.len();
        if mark.is_none()
            || !(1..=6).contains(&level)
            || !rest.starts_with(char::is_whitespace)
            || rest.trim().is_empty()
        {
            return Err(format!("`{text}` is no heading: write it like `## Tides`, or `*`, `+`, `?`, `^`"));
        }
        if mark == Some('#') {
            return Ok(Self::Text(text.to_owned()));
        }
        let pattern = rest.trim_start();
        let both = (Pattern::new(pattern, Case::Kept)?, Pattern::new(pattern, Case::Ignored)?);
        Ok(Self::Pattern(level as u8, pattern.to_owned(), Box::new(both)))
    }
}

impl<'de> serde::Deserialize<'de> for Required {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Required {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RequiredHeading".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": r"^(?:[*+?]|\^+|[#%]{1,6}\s+\S.*)$" })
    }

    fn inline_schema() -> bool {
        true
    }
}
