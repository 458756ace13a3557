use crate::{
    data::{Ambiguity, DataFormat, Node, ScalarNotation},
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
    /// Reports unquoted values in YAML front matter whose type depends on the YAML version, such as `yes`, `010`,
    /// `12:30`, `1_000`, `0o17` and `12e5`, and numbers that lose characters: versions such as `1.10`, telephone numbers
    /// such as `+49401234567`, and integers with more than 15 digits. In keys for text, such as `title`, also `null`,
    /// `true` and dates.
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
    /// Quoting is safe, except for words that may be meant as booleans or as null, and numbers with an exponent.
    pub struct AmbiguousScalar {}
    id = "ambiguous-scalar",
    fixable = Fixable::Always,
    changes = Changes::Values,
}

impl Rule for AmbiguousScalar {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(front_matter) = &doc.front_matter else { return };
        let Some(root) =
            front_matter.tree.root.as_ref().filter(|_| front_matter.tree.format == DataFormat::Yaml)
        else {
            return;
        };
        for (key, node) in root.values() {
            let Some(scalar) = node.as_scalar().filter(|scalar| scalar.style == ScalarNotation::Plain) else {
                continue;
            };
            let reported_by_schema = || doc.schema_findings.iter().any(|finding| finding.span == node.span);
            // The value of an alias is reported at its anchor.
            if node.tag.is_some() || node.is_alias(&doc.source) || reported_by_schema() {
                continue;
            }
            if let Some(ambiguity) = Ambiguity::of(&scalar.text, key.and_then(Node::as_str)) {
                let quoted = format!("\"{}\"", scalar.text);
                let applicability = applicability(ambiguity);
                let diagnostic = sink.report(node.span, format!("`{}` {}", scalar.text, message(ambiguity)));
                diagnostic.fix(Fix::replace("Quote the value", applicability, node.span, quoted));
                if let Ambiguity::Boolean(value) = ambiguity {
                    diagnostic.help(format!("if a boolean is meant, use `{value}`"));
                }
            }
        }
    }
}

/// What parsers make of the value.
const fn message(ambiguity: Ambiguity) -> &'static str {
    match ambiguity {
        Ambiguity::Boolean(_) => "is parsed as a string by YAML 1.2 and as a boolean by YAML 1.1",
        Ambiguity::Octal => "is parsed as a decimal number by YAML 1.2 and as an octal number by YAML 1.1",
        Ambiguity::PrefixedOctal | Ambiguity::NoOctal => {
            "is parsed as a number by YAML 1.2 and as a string by YAML 1.1"
        }
        Ambiguity::Sexagesimal => "is parsed as a string by YAML 1.2 and as a base-60 number by YAML 1.1",
        Ambiguity::Binary | Ambiguity::Underscore => {
            "is parsed as a string by YAML 1.2 and as a number by YAML 1.1"
        }
        Ambiguity::Exponent => {
            "is parsed as a number with an exponent by YAML 1.2 and as a string by YAML 1.1"
        }
        Ambiguity::TrailingZero => "is parsed as a number, so its trailing zero is lost",
        Ambiguity::Plus => "is parsed as a number, so its plus sign is lost",
        Ambiguity::Digits => "is parsed as a number, so its last digits are lost in JavaScript",
        Ambiguity::Null => "is parsed as null, so the value is empty",
        Ambiguity::TextBoolean => "is parsed as a boolean",
        Ambiguity::Date => "is parsed as a string by YAML 1.2 and as a date by YAML 1.1",
    }
}

/// A word for true, false or nothing may be meant as such.
const fn applicability(ambiguity: Ambiguity) -> Applicability {
    match ambiguity {
        Ambiguity::Boolean(_) | Ambiguity::Null | Ambiguity::TextBoolean | Ambiguity::Exponent => {
            Applicability::Unsafe
        }
        _ => Applicability::Safe,
    }
}
