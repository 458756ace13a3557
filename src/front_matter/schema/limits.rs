//! Sentences about bounds: lengths, sizes, counts.

use jsonschema::error::ValidationErrorKind as Kind;

use super::describe;
use super::location::ValuePlace;
use crate::text::{Span, quantity};

/// A place and its sentences.
pub(super) struct Sentence {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// What to say about a bound that is broken; `None` for errors of another sort.
pub(super) fn sentence(kind: &Kind, place: &ValuePlace<'_>) -> Option<Sentence> {
    let name = place.name();
    let items = place.node.items().len() as u64;
    let keys = place.node.entries().len() as u64;
    let (span, message) = match kind {
        Kind::MinLength { .. } | Kind::MaxLength { .. } => return Some(length(kind, place)),
        Kind::Minimum { .. }
        | Kind::Maximum { .. }
        | Kind::ExclusiveMinimum { .. }
        | Kind::ExclusiveMaximum { .. }
        | Kind::MultipleOf { .. } => return Some(size(kind, place)),
        Kind::MinItems { limit } if items == 0 => {
            (place.owner(), format!("{name} is empty, expected {}", at_least(*limit, "item")))
        }
        Kind::MinItems { limit } => (
            place.owner(),
            format!("{name} has {}, expected {}", quantity(items, "item"), at_least(*limit, "item")),
        ),
        Kind::MaxItems { limit } => {
            (place.owner(), format!("{name} has {}, expected at most {limit}", quantity(items, "item")))
        }
        Kind::MinProperties { limit } => (
            place.owner(),
            format!("{name} has {}, expected {}", quantity(keys, "key"), at_least(*limit, "key")),
        ),
        Kind::MaxProperties { limit } => {
            (place.owner(), format!("{name} has {}, expected at most {limit}", quantity(keys, "key")))
        }
        _ => return None,
    };
    Some(Sentence { span, message, help: None })
}

fn at_least(limit: u64, noun: &str) -> String {
    format!("at least {}", quantity(limit, noun))
}

fn length(kind: &Kind, place: &ValuePlace<'_>) -> Sentence {
    let name = place.name();
    let length = place.node.text().map_or(0, |text| text.chars().count()) as u64;
    let has = quantity(length, "character");
    let message = match kind {
        Kind::MinLength { .. } if length == 0 => format!("{name} is empty"),
        Kind::MinLength { limit } => format!("{name} has {has}, expected at least {limit}"),
        Kind::MaxLength { limit } => format!("{name} has {has}, expected at most {limit}"),
        _ => format!("{name} has the wrong length"),
    };
    let help = match kind {
        Kind::MinLength { limit } if length == 0 => {
            Some(format!("add at least {}", quantity(*limit, "character")))
        }
        Kind::MaxLength { limit } => {
            Some(format!("shorten it by {}", quantity(length - limit.min(&length), "character")))
        }
        _ => None,
    };
    Sentence { span: place.value(), message, help }
}

fn size(kind: &Kind, place: &ValuePlace<'_>) -> Sentence {
    let (wrong, help) = match kind {
        Kind::Minimum { limit } => ("too small", format!("use {limit} or more")),
        Kind::Maximum { limit } => ("too large", format!("use {limit} or less")),
        Kind::ExclusiveMinimum { limit } => ("too small", format!("use a number greater than {limit}")),
        Kind::ExclusiveMaximum { limit } => ("too large", format!("use a number less than {limit}")),
        Kind::MultipleOf { multiple_of } => {
            let value = describe::subject(place.node);
            let message = format!("{value} is not a multiple of {multiple_of}");
            return Sentence { span: place.value(), message, help: None };
        }
        _ => ("out of range", String::new()),
    };
    let message = format!("{} is {wrong} for {}", describe::subject(place.node), place.name());
    Sentence { span: place.value(), message, help: Some(help).filter(|help| !help.is_empty()) }
}
