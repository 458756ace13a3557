//! How pages write references, by the config.

use super::written::{LabelKey, WrittenReference};
use crate::front_matter::ReferenceForm;

/// What may stand between two names, unless the config says otherwise.
pub(super) const SEPARATORS: [&str; 3] = [", ", " and ", " & "];

/// Keys of an id, unless the config says otherwise: what people write and what the file-relation widget of Decap CMS
/// writes.
pub(super) const ID_KEYS: [&str; 2] = ["id", "value"];

/// How the pages of a collection write a reference.
pub(super) fn form(written: &WrittenReference) -> ReferenceForm {
    if written.id.is_none() && written.label.is_none() {
        let given =
            written.list_separator.as_ref().map(|list| list.as_slice().iter().map(|it| it.as_str().into()));
        let field = written.data.as_ref().and(written.key.as_deref()).map(Box::from);
        let separators = given.map_or_else(|| SEPARATORS.map(Box::from).to_vec(), Iterator::collect);
        return ReferenceForm::Value { field, separators };
    }
    let given = written.id.as_ref().map(|list| list.as_slice().iter().map(|it| it.as_str().into()).collect());
    let id_keys: Vec<Box<str>> = given.unwrap_or_else(|| ID_KEYS.map(Box::from).to_vec());
    let (label_key, data_label_key) = match &written.label {
        Some(LabelKey::Same(name)) => (name.as_str(), name.as_str()),
        Some(LabelKey::Differs(pair)) => {
            pair.iter().next().map_or(("label", "label"), |(page, data)| (page, data))
        }
        None => ("label", "label"),
    };
    ReferenceForm::Record {
        data_id_keys: id_keys.clone(),
        id_keys,
        preferred_id_key: written.prefer.as_deref().map(Box::from),
        label_key: label_key.into(),
        data_label_key: data_label_key.into(),
    }
}
