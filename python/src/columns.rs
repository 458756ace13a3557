//! Findings as columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, Field, Fields};

use crate::row::{EditRow, FixRow, Range, RelatedRow, Row};

/// What is known of a page: one of its findings, or why it is no page.
pub(crate) struct Answer {
    /// The number of the page in the table, 1-based.
    pub(crate) input: i64,
    /// Its site, if it names one.
    pub(crate) site: Option<String>,
    /// The finding or the error.
    pub(crate) result: Result<Row, String>,
}

/// Columns by name, with whether they may have nulls.
type Columns = Vec<(&'static str, ArrayRef, bool)>;

/// The table of some answers. Integers are signed: Spark has no others.
///
/// # Errors
///
/// None that an input can cause: lengths and types follow from the answers.
pub(crate) fn table(answers: &[Answer]) -> Result<RecordBatch, ArrowError> {
    let found = || answers.iter().map(|answer| answer.result.as_ref().ok());
    let text = |get: fn(&Row) -> &str| strings(found().map(|row| row.map(get)));
    let number = |get: fn(&Range) -> u32| numbers(found().map(|row| row.map(|row| get(&row.range))));
    let related = || found().flatten().flat_map(|row| &row.related);
    let fixes = || found().flatten().flat_map(|row| &row.fixes);
    let columns: Columns = vec![
        ("input", Arc::new(Int64Array::from_iter_values(answers.iter().map(|answer| answer.input))), false),
        ("site", strings(answers.iter().map(|answer| answer.site.as_deref())), true),
        ("file", text(|row| &row.file), true),
        ("rule", text(|row| row.rule), true),
        ("group", text(|row| row.group), true),
        ("url", text(|row| &row.url), true),
        ("severity", text(|row| row.severity), true),
        ("message", text(|row| &row.message), true),
        ("help", strings(found().map(|row| row?.help.as_deref())), true),
        ("line", number(|range| range.line), true),
        ("column", number(|range| range.column), true),
        ("end_line", number(|range| range.end_line), true),
        ("end_column", number(|range| range.end_column), true),
        ("start_byte", number(|range| range.start_byte), true),
        ("end_byte", number(|range| range.end_byte), true),
        (
            "related",
            list(found().map(|row| row.map_or(0, |row| row.related.len())), related_columns(related)),
            true,
        ),
        ("fixes", list(found().map(|row| row.map_or(0, |row| row.fixes.len())), fix_columns(fixes)), true),
        ("fingerprint", text(|row| &row.fingerprint), true),
        (
            "error",
            strings(answers.iter().map(|answer| answer.result.as_ref().err().map(String::as_str))),
            true,
        ),
    ];
    RecordBatch::try_from_iter_with_nullable(columns)
}

fn related_columns<'a, I: Iterator<Item = &'a RelatedRow>>(related: impl Fn() -> I) -> Columns {
    let number = |get: fn(&Range) -> u32| numbers(related().map(|it| Some(get(&it.range))));
    vec![
        ("message", strings(related().map(|it| Some(&*it.message))), false),
        ("file", strings(related().map(|it| Some(&*it.file))), false),
        ("line", number(|range| range.line), false),
        ("column", number(|range| range.column), false),
        ("end_line", number(|range| range.end_line), false),
        ("end_column", number(|range| range.end_column), false),
        ("start_byte", number(|range| range.start_byte), false),
        ("end_byte", number(|range| range.end_byte), false),
    ]
}

fn fix_columns<'a, I: Iterator<Item = &'a FixRow>>(fixes: impl Fn() -> I) -> Columns {
    let edits = || fixes().flat_map(|fix| &fix.edits);
    let number = |get: fn(&EditRow) -> u32| numbers(edits().map(|edit| Some(get(edit))));
    let edit_columns = vec![
        ("start_byte", number(|edit| edit.start_byte), false),
        ("end_byte", number(|edit| edit.end_byte), false),
        ("new_text", strings(edits().map(|edit| Some(&*edit.new_text))), false),
    ];
    vec![
        ("title", strings(fixes().map(|fix| Some(&*fix.title))), false),
        ("applicability", strings(fixes().map(|fix| Some(fix.applicability))), false),
        ("edits", list(fixes().map(|fix| fix.edits.len()), edit_columns), false),
    ]
}

fn strings<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

/// Lines and offsets: a page is far smaller than 2 GiB.
fn numbers(values: impl Iterator<Item = Option<u32>>) -> ArrayRef {
    Arc::new(values.map(|value| value.map(u32::cast_signed)).collect::<Int32Array>())
}

/// Lists of these lengths, whose items have these columns.
fn list(lengths: impl Iterator<Item = usize>, columns: Columns) -> ArrayRef {
    let fields: Fields = columns
        .iter()
        .map(|(name, array, nulls)| Field::new(*name, array.data_type().clone(), *nulls))
        .collect();
    let arrays = columns.into_iter().map(|(_, array, _)| array).collect();
    let items = StructArray::new(fields, arrays, None);
    let item = Field::new_list_field(arrow_array::Array::data_type(&items).clone(), false);
    Arc::new(ListArray::new(Arc::new(item), OffsetBuffer::from_lengths(lengths), Arc::new(items), None))
}
