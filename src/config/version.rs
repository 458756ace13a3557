//! `required-version` of a config.

use super::{
    load::{ConfigSource, mistake},
    raw::RawConfig,
};
use crate::{data::Segment, diagnostic::Diagnostic};

/// Reports a config that needs another version of copydesk.
pub(super) fn check(source: &ConfigSource, raw: &RawConfig, diagnostics: &mut Vec<Diagnostic>) {
    let Some(required) = &raw.required_version else { return };
    let place = source.value_place(&[Segment::key("required-version")]);
    let own = env!("CARGO_PKG_VERSION");
    match accepts(required, own) {
        Some(true) => {}
        Some(false) => {
            let mut error = mistake(place, format!("this config requires copydesk {required}"));
            error.help(format!(
                "this is copydesk {own}; install another version, or change `required-version`"
            ));
            diagnostics.push(error);
        }
        None => {
            let mut error = mistake(place, format!("invalid version requirement `{required}`"));
            error.help("expected versions such as `0.2`, `>=0.1.3` or `>=0.1, <2`");
            diagnostics.push(error);
        }
    }
}

/// Whether a version meets all of some requirements, separated by commas. Without an operator, a requirement is a lower
/// bound, and its first number that is not 0 must be the same, as in Cargo. `None` if one is not a requirement.
fn accepts(required: &str, version: &str) -> Option<bool> {
    let version = numbers(version)?;
    let mut all = true;
    for part in required.split(',') {
        let part = part.trim();
        let end = part.find(|ch: char| ch.is_ascii_digit())?;
        let bound = numbers(&part[end..])?;
        all &= match part[..end].trim() {
            ">=" => version >= bound,
            ">" => version > bound,
            "<=" => version <= bound,
            "<" => version < bound,
            "=" | "==" => version == bound,
            "" | "^" | "~" => version >= bound && is_compatible(version, bound),
            _ => return None,
        };
    }
    Some(all)
}

fn is_compatible(version: [u32; 3], bound: [u32; 3]) -> bool {
    let first = bound.iter().position(|number| *number > 0).unwrap_or(2);
    version[..=first] == bound[..=first]
}

/// The numbers of a version; those that are missing are 0, and what follows `-` or `+` does not count.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let text = text.split(['-', '+']).next()?.trim();
    let mut numbers = [0; 3];
    let mut parts = text.split('.');
    for number in &mut numbers {
        match parts.next() {
            Some(part) => *number = part.parse().ok()?,
            None => break,
        }
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn requirements_are_met_or_not() {
        for (required, version, expected) in [
            (">=0.1", "0.1.0", Some(true)),
            (">=0.1, <0.3", "0.3.0", Some(false)),
            ("0.1", "0.1.7", Some(true)),
            ("0.1", "0.2.0", Some(false)),
            ("^1.2", "1.10.0", Some(true)),
            ("1", "2.0.0", Some(false)),
            ("=0.1.0", "0.1.0-rc.1", Some(true)),
            ("> 0.1.0", "0.1.0", Some(false)),
            ("latest", "0.1.0", None),
            (">=0.1.2.3", "0.1.0", None),
            ("", "0.1.0", None),
        ] {
            assert_eq!(accepts(required, version), expected, "{required} {version}");
        }
    }
}
