//! A comment that switches a rule off in a whole page.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::{
    Seen,
    insert::insert,
    placement::{Placements, SuppressionRequest},
};
use crate::{document::Document, markdown::Dialect};

/// A page with a comment that switches a rule off in all of it; the page as it is where readers would get something
/// else with it.
pub fn suppress_in_file(
    (path, dialect): (&Arc<Path>, Dialect),
    source: &Arc<str>,
    rule: &'static str,
) -> Arc<str> {
    let document = Document::parse_in(dialect, path, Arc::clone(source), &[]);
    let request = SuppressionRequest { line: u32::MAX, place: 0, rules: BTreeSet::from([rule]) };
    let Some(placement) = Placements::of(&document).for_the_file(&request) else { return Arc::clone(source) };
    let text: Arc<str> = insert(source, &placement, None).into();
    let is_same = Seen::of(&text, dialect).equals(&Seen::of(source, dialect));
    if is_same { text } else { Arc::clone(source) }
}
