use crate::{
    data::{Format, Node, Style},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Value that YAML 1.1 and 1.2 parse differently
    ///
    /// ## What it does
    ///
    /// Reports unquoted values in YAML front matter whose type depends on the YAML version: `yes`, `010`, `12:30`,
    /// `1_000`, and version numbers such as `1.10`.
    ///
    /// ## Why is this bad?
    ///
    /// Parsers for YAML 1.1 (Ruby, Python, many JavaScript tools) and YAML 1.2 disagree on the type of these values,
    /// and every parser reads a version `1.10` as the number 1.1.
    ///
    /// ## Example
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
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// country: "no"
    /// departs: "12:30"
    /// version: "1.10"
    /// ---
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Quoting is safe, except for `yes`, `no`, `on` and `off`, which may be meant as booleans.
    pub struct AmbiguousScalar {}
    id = "ambiguous-scalar",
    fixable = Fixable::Always,
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
            let reported_by_schema = || doc.schema_findings.iter().any(|finding| finding.span == node.span);
            // The value of an alias is reported at its anchor.
            if node.tag.is_some() || node.is_alias(&doc.source) || reported_by_schema() {
                continue;
            }
            if let Some(ambiguity) = Ambiguity::of(&scalar.text, key.and_then(Node::as_str)) {
                let quoted = format!("\"{}\"", scalar.text);
                let applicability = ambiguity.applicability();
                let diagnostic = sink.report(node.span, format!("`{}` {}", scalar.text, ambiguity.message()));
                diagnostic.fix(Fix::replace("Quote the value", applicability, node.span, quoted));
                if let Ambiguity::Boolean(value) = ambiguity {
                    diagnostic.help(format!("if a boolean is meant, use `{value}`"));
                }
            }
        }
    }
}

/// What YAML parsers disagree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ambiguity {
    /// `yes`, `off`: a boolean in YAML 1.1.
    Boolean(bool),
    /// `010`: octal in YAML 1.1.
    Octal,
    /// `12:30`: base 60 in YAML 1.1.
    Sexagesimal,
    /// `1_000`: a number in YAML 1.1.
    Underscore,
    /// `1.10`: a number, without its trailing zero.
    TrailingZero,
}

impl Ambiguity {
    fn of(text: &str, key: Option<&str>) -> Option<Self> {
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.strip_prefix(['-', '+']).unwrap_or(text);
        match text {
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some(Self::Boolean(true)),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some(Self::Boolean(false)),
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

    const fn message(self) -> &'static str {
        match self {
            Self::Boolean(_) => "is parsed as a string by YAML 1.2 and as a boolean by YAML 1.1",
            Self::Octal => "is parsed as a decimal number by YAML 1.2 and as an octal number by YAML 1.1",
            Self::Sexagesimal => "is parsed as a string by YAML 1.2 and as a base-60 number by YAML 1.1",
            Self::Underscore => "is parsed as a string by YAML 1.2 and as a number by YAML 1.1",
            Self::TrailingZero => "is parsed as a number, so its trailing zero is lost",
        }
    }

    /// A word for true or false may be meant as a boolean.
    const fn applicability(self) -> Applicability {
        match self {
            Self::Boolean(_) => Applicability::Unsafe,
            Self::Octal | Self::Sexagesimal | Self::Underscore | Self::TrailingZero => Applicability::Safe,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ambiguity::{self, Boolean, Octal, Sexagesimal, TrailingZero, Underscore};

    #[test]
    fn ambiguous_scalars_are_classified() {
        for (text, expected) in [
            ("yes", Some(Boolean(true))),
            ("OFF", Some(Boolean(false))),
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
