//! Ways through the site: to what a thing names, and to what names it.

mod definition;
mod document_links;
mod folding;
mod references;
mod symbols;
pub(super) mod usages;
