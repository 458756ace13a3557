//! Values of options as JavaScript takes them: markdownlint passes a number to `Number`, a text to `String`, and asks
//! of anything else whether it is true.

use serde_json::{Number, Value};

/// What a value stands for where an option is of another type, the most likely first. An option takes only one of them.
pub(super) fn candidates(value: &Value) -> Vec<Value> {
    let number = match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.trim().is_empty() => Some(0.0),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    // The numbers of options are whole and not negative. What is less than 0 finds what 0 does, and a limit of 2.5 what
    // a limit of 2 does.
    let whole = number.filter(|number| number.is_finite()).map(|number| number.max(0.0).floor());
    let whole = whole.and_then(|whole| format!("{whole:.0}").parse::<u32>().ok()).map(Value::from);
    let text = match value {
        Value::Null => Some("null".to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let truth = match value {
        Value::Null => false,
        Value::Number(number) => is_true(number),
        Value::String(text) => !text.is_empty(),
        _ => true,
    };
    whole.into_iter().chain([Value::Bool(truth)]).chain(text.map(Value::String)).collect()
}

/// Whether JavaScript takes a number for true (ECMA-262, `ToBoolean`).
fn is_true(number: &Number) -> bool {
    number.as_f64().is_none_or(|number| number != 0.0 && !number.is_nan())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::candidates;

    #[test]
    fn values_are_read_as_javascript_does() {
        let number = |value: Value| candidates(&value).into_iter().find(Value::is_number);
        assert_eq!(number(json!(-1)), Some(json!(0)));
        assert_eq!(number(json!("120")), Some(json!(120)));
        assert_eq!(number(json!(false)), Some(json!(0)));
        assert_eq!(number(json!(2.5)), Some(json!(2)));
        assert_eq!(number(json!("many")), None);
        assert_eq!(number(json!(null)), None);
        let truth = |value: Value| candidates(&value).into_iter().find(Value::is_boolean);
        assert_eq!(truth(json!(null)), Some(json!(false)));
        assert_eq!(truth(json!("false")), Some(json!(true)));
        assert_eq!(truth(json!(0)), Some(json!(false)));
        assert_eq!(truth(json!([])), Some(json!(true)));
    }
}
