//! Stand-in.
use crate::{
    front_matter::{dates::DateForm, schema::Mistake},
    text::Span,
    yaml::Node,
};
/// A.
#[derive(Debug, Clone)]
pub struct CmsCollection {
    #[allow(missing_docs)]
    pub name: Box<str>,
    #[allow(missing_docs)]
    pub globs: Vec<String>,
    #[allow(missing_docs)]
    pub schema: serde_json::Value,
    #[allow(missing_docs)]
    pub declared: Span,
    #[allow(missing_docs)]
    pub fields_place: Span,
    #[allow(missing_docs)]
    pub references: Vec<CmsReference>,
    #[allow(missing_docs)]
    pub dates: Vec<(String, Option<DateForm>)>,
    #[allow(missing_docs)]
    pub identifier: Option<Box<str>>,
}
/// A.
#[derive(Debug, Clone)]
pub struct CmsReference {
    #[allow(missing_docs)]
    pub key: String,
    #[allow(missing_docs)]
    pub declared: Span,
    #[allow(missing_docs)]
    pub target: CmsTarget,
}
/// A.
#[allow(missing_docs)]
#[derive(Debug, Clone)]
pub enum CmsTarget {
    Collection { name: Box<str>, value_field: Box<str> },
    File { path: String, items: String, id_field: Box<str>, display_field: Box<str> },
}
/// A.
pub fn collections(_root: &Node) -> Result<Vec<CmsCollection>, Vec<Mistake>> {
    Ok(vec![])
}
