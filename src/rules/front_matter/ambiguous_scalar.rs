use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::Rule,
    yaml::{Format, Node, Style},
};

declare_rule! {
    /// A value that YAML readers read differently
    ///
    /// ## Why
    ///
    /// Readers of YAML 1.1 (Ruby, Python, many JavaScript tools) and of YAML 1.2 disagree on `yes`, `010`, `12:30` and
    /// `1_000`; a version `1.10` is the number 1.1 to all of them. Quotes say what is meant.
    ///
    /// ## Bad
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: no
    /// departs: 12:30
    /// version: 1.10
    /// ---
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: "no"
    /// departs: "12:30"
    /// version: "1.10"
    /// ---
    /// ```
    pub struct AmbiguousScalar {}
    id = "ambiguous-scalar",
    changes = Changes::Values,
}

impl Rule for AmbiguousScalar {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = &doc.front_matter else { return };
        let Some(root) = front_matter.tree.root.as_ref().filter(|_| front_matter.tree.format == Format::Yaml)
        else {
            return;
        };
        for (key, node) in root.values() {
            let Some(scalar) = node.as_scalar().filter(|scalar| scalar.style == Style::Plain) else {
                continue;
            };
            let judged_by_schema = || doc.schema_findings.iter().any(|finding| finding.span == node.span);
            // An alias repeats what is reported at its anchor.
            if node.tag.is_some() || node.is_alias(&doc.source) || judged_by_schema() {
                continue;
            }
            if let Some(ambiguity) = Ambiguity::of(&scalar.text, key.and_then(Node::as_str)) {
                let found = sink.report(node.span, format!("`{}` {}", scalar.text, ambiguity.explain()));
                let trust = ambiguity.trust_in_quotes();
                let quoted = format!("\"{}\"", scalar.text);
                found
                    .help(ambiguity.help(&scalar.text))
                    .fix(Fix::replace("quote it", trust, node.span, quoted));
            }
        }
    }
}

/// What readers disagree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ambiguity {
    /// A word that YAML 1.1 takes for true or false.
    Switch(bool),
    /// A leading zero: octal in YAML 1.1.
    Octal,
    /// `12:30`: base 60 in YAML 1.1.
    Sexagesimal,
    /// `1_000`: a number in YAML 1.1.
    Underscore,
    /// `1.10`: the zero is lost.
    TrailingZero,
}

impl Ambiguity {
    fn of(text: &str, key: Option<&str>) -> Option<Self> {
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.strip_prefix(['-', '+']).unwrap_or(text);
        match text {
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some(Self::Switch(true)),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some(Self::Switch(false)),
            _ if !number.starts_with(|c: char| c.is_ascii_digit()) => return None,
            _ => {}
        }
        if is_digits(number) {
            return (number.len() > 1 && number.starts_with('0')).then_some(Self::Octal);
        }
        if let Some((hours, rest)) = number.split_once(':') {
            let small = |part: &str| {
                is_digits(part) && part.len() <= 2 && part < "6" || part.len() == 1 && is_digits(part)
            };
            return (is_digits(hours) && rest.split(':').all(small)).then_some(Self::Sexagesimal);
        }
        if number.contains('_') {
            let plain = number.replace('_', "");
            return (is_digits(&plain) && !number.ends_with('_')).then_some(Self::Underscore);
        }
        let (whole, fraction) = number.split_once('.')?;
        let versioned = key.is_some_and(|key| {
            let key = key.to_ascii_lowercase();
            key.contains("version") || key.contains("release")
        });
        let loses_a_zero =
            is_digits(whole) && is_digits(fraction) && fraction.len() > 1 && fraction.ends_with('0');
        (versioned && loses_a_zero).then_some(Self::TrailingZero)
    }

    const fn explain(self) -> &'static str {
        match self {
            Self::Switch(true) => "is text to some readers and true to others",
            Self::Switch(false) => "is text to some readers and false to others",
            Self::Octal => "is text to some readers, a decimal number to others and an octal one to the rest",
            Self::Sexagesimal => "is text to some readers and a number in base 60 to others",
            Self::Underscore => "is text to some readers and a number to others",
            Self::TrailingZero => "is a number, so its last zero is lost",
        }
    }

    /// How likely it is that text is meant: a word for true or false may be meant as such.
    const fn trust_in_quotes(self) -> Applicability {
        match self {
            Self::Switch(_) => Applicability::Unsafe,
            Self::Octal | Self::Sexagesimal | Self::Underscore | Self::TrailingZero => Applicability::Safe,
        }
    }

    fn help(self, text: &str) -> String {
        match self {
            Self::Switch(value) => format!("write `{value}`, or quote the word: `\"{text}\"`"),
            _ => format!("quote it: `\"{text}\"`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ambiguity::{self, Octal, Sexagesimal, Switch, TrailingZero, Underscore};

    #[test]
    fn what_readers_disagree_on() {
        for (text, expected) in [
            ("yes", Some(Switch(true))),
            ("OFF", Some(Switch(false))),
            ("yEs", None),
            ("010", Some(Octal)),
            ("0", None),
            ("10", None),
            ("12:30", Some(Sexagesimal)),
            ("1:02:03", Some(Sexagesimal)),
            ("12:75", None),
            ("12:3x", None),
            ("1_000", Some(Underscore)),
            ("1_", None),
            ("2024-01-29", None),
            ("1.10", None),
        ] {
            assert_eq!(Ambiguity::of(text, Some("title")), expected, "{text}");
        }
        assert_eq!(Ambiguity::of("1.10", Some("releaseVersion")), Some(TrailingZero));
        assert_eq!(Ambiguity::of("1.1", Some("version")), None);
    }
}
