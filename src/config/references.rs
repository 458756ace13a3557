//! How pages write references, by what the config or the CMS config says.

use super::raw::{LabelKey, RawReference};
use crate::front_matter::ReferenceForm;

/// What may be between two names, unless the config says otherwise.
pub(super) const SEPARATORS: [&str; 3] = [", ", " and ", " & "];

/// Keys of an id, unless the config says otherwise: what people write and what the file-relation widget of Decap CMS
/// writes.
const ID_KEYS: [&str; 2] = ["id", "value"];

/// References that hold an id and a name.
pub(super) fn record_form(id_field: &str, display_field: &str) -> ReferenceForm {
    let mut id_keys: Vec<Box<str>> = ID_KEYS.map(Box::from).to_vec();
    if !id_keys.iter().any(|key| **key == *id_field) {
        id_keys.push(id_field.into());
    }
    ReferenceForm::Record {
        id_keys,
        preferred_id_key: None,
        label_key: "label".into(),
        data_id_keys: vec![id_field.into()],
        data_label_key: display_field.into(),
    }
}

/// How pages write a reference of the config.
pub(super) fn form(raw: &RawReference) -> ReferenceForm {
    if raw.id.is_none() && raw.label.is_none() {
        let given =
            raw.list_separator.as_ref().map(|list| list.as_slice().iter().map(|it| it.as_str().into()));
        let field = raw.data.as_ref().and(raw.key.as_deref()).map(Box::from);
        let separators = given.map_or_else(|| SEPARATORS.map(Box::from).to_vec(), Iterator::collect);
        return ReferenceForm::Value { field, separators };
    }
    let given = raw.id.as_ref().map(|list| list.as_slice().iter().map(|it| it.as_str().into()).collect());
    let id_keys: Vec<Box<str>> = given.unwrap_or_else(|| ID_KEYS.map(Box::from).to_vec());
    let (label_key, data_label_key) = match &raw.label {
        Some(LabelKey::Same(name)) => (name.as_str(), name.as_str()),
        Some(LabelKey::Differs(pair)) => {
            pair.iter().next().map_or(("label", "label"), |(page, data)| (page, data))
        }
        None => ("label", "label"),
    };
    ReferenceForm::Record {
        data_id_keys: id_keys.clone(),
        id_keys,
        preferred_id_key: raw.prefer.as_deref().map(Box::from),
        label_key: label_key.into(),
        data_label_key: data_label_key.into(),
    }
}
