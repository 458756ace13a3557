//! How much work a schema may make. References multiply it: twenty schemas that each refer twice to the next one are a
//! million, and a page that nests does that at each of its levels again. The validator knows no bound, so a keyword of
//! our own in every schema counts.

use std::{cell::Cell, panic};

use jsonschema::{Keyword, ValidationError, ValidationOptions};
use serde_json::{Map, Value};

use crate::fence::caught;

/// Steps that one page may take, however many values it has: a schema that is held against a value is one.
const MAX_STEPS: u64 = 2_000_000;

/// Steps that a page with hardly any value may take.
const LEAST_STEPS: u64 = 100_000;

/// Steps that each value adds to them.
const STEPS_OF_A_VALUE: u64 = 1_000;

/// Steps that finding out what is wrong with a page may take, where the schema is known to refuse it. Each may be an
/// error of some hundred bytes, which are kept until the best of them is chosen.
const MAX_STEPS_OF_ERRORS: u64 = 100_000;

/// Steps of errors that a page with hardly any value may take, and those that each value adds.
const STEPS_OF_ERRORS: (u64, u64) = (10_000, 100);

/// Schemas that may become of one schema, its references followed.
const MAX_COMPILED: u64 = 100_000;

/// What a pattern costs, in steps: it may go over its value many times.
const PATTERN: u64 = 500;

/// The keyword that counts. It is only in a private copy of the schema.
const KEYWORD: &str = "x-copydesk-step";

thread_local! {
    /// What is left to whatever is under way on this thread.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// What a check is unwound with that has no steps left. No panic: nothing is wrong, and nothing is said about it.
struct NoneLeft;

/// Runs a check of one page; `None` where it takes too many steps for the values that the page has.
pub(super) fn within<T>(page: &Value, check: impl FnOnce() -> T) -> Option<T> {
    LEFT.set((LEAST_STEPS + STEPS_OF_A_VALUE * values(page)).min(MAX_STEPS));
    match caught(check) {
        Ok(done) => Some(done),
        Err(thrown) if thrown.is::<NoneLeft>() => None,
        Err(thrown) => panic::resume_unwind(thrown),
    }
}

/// How many values a value consists of, itself included.
fn values(value: &Value) -> u64 {
    let parts: u64 = match value {
        Value::Array(items) => items.iter().map(values).sum(),
        Value::Object(members) => members.values().map(values).sum(),
        _ => 0,
    };
    parts + 1
}

/// Goes on with as many steps as the search for errors may take.
pub(super) fn start_errors(page: &Value) {
    let (least, of_a_value) = STEPS_OF_ERRORS;
    let most = (least + of_a_value * values(page)).min(MAX_STEPS_OF_ERRORS);
    LEFT.set(LEFT.get().min(most));
}

/// Begins to count what is compiled on this thread.
pub(super) fn start_compiling() {
    LEFT.set(MAX_COMPILED);
}

/// Whether too much was compiled.
pub(super) fn is_spent() -> bool {
    LEFT.get() == 0
}

/// Makes every schema at these JSON pointers count.
pub(super) fn count<'p>(document: &mut Value, schemas: impl Iterator<Item = &'p String>) {
    for pointer in schemas {
        if let Some(Value::Object(schema)) = document.pointer_mut(pointer) {
            schema.insert(KEYWORD.to_owned(), Value::Bool(true));
        }
    }
}

/// Options under which schemas count.
pub(super) fn counting(options: ValidationOptions<'static>) -> ValidationOptions<'static> {
    options.with_keyword(KEYWORD, |schema: &Map<String, Value>, _: &Value, _| {
        let left = LEFT.get().saturating_sub(1);
        LEFT.set(left);
        if left == 0 {
            return Err(ValidationError::custom("schema expands to too many subschemas"));
        }
        let keyword: Box<dyn for<'i> Keyword<'i>> = Box::new(Step::of(schema));
        Ok(keyword)
    })
}

/// What a schema costs.
struct Step {
    /// For every value.
    value: u64,
    /// For every key of a mapping.
    key: u64,
}

impl Step {
    fn of(schema: &Map<String, Value>) -> Self {
        let pattern = if schema.contains_key("pattern") { PATTERN } else { 0 };
        let choices = schema.get("enum").and_then(Value::as_array).map_or(0, Vec::len) as u64;
        let patterns = schema.get("patternProperties").and_then(Value::as_object).map_or(0, Map::len) as u64;
        Self { value: 1 + pattern + choices / 16, key: patterns * PATTERN }
    }

    fn take(&self, value: &Value) {
        let keys = value.as_object().map_or(0, Map::len) as u64;
        match LEFT.get().checked_sub(self.value + self.key * keys) {
            Some(left) => LEFT.set(left),
            None => panic::resume_unwind(Box::new(NoneLeft)),
        }
    }
}

impl<'i> Keyword<'i> for Step {
    fn validate(&self, value: &'i Value) -> Result<(), ValidationError<'i>> {
        self.take(value);
        Ok(())
    }

    fn is_valid(&self, value: &'i Value) -> bool {
        self.take(value);
        true
    }
}
