//! Which links read which definitions.

use super::ast::{Ast, Node, NodeKind};
use super::data::{Definition, NodeData};
use super::normalize_label;

/// A definition and the links that it is read by.
#[derive(Clone)]
pub struct DefinitionUse<'a> {
    /// The definition.
    pub definition: &'a Definition,
    /// Another one that has taken its label, so that this one is never read.
    pub first: Option<&'a Definition>,
    /// The links and images with its label, in source order within each kind, links first.
    pub users: Vec<Node<'a>>,
}

impl Ast {
    /// The definitions in source order, with what reads them.
    pub fn definition_uses(&self, source: &str) -> Vec<DefinitionUse<'_>> {
        let mut uses: Vec<DefinitionUse<'_>> = Vec::with_capacity(self.definitions().len());
        for (i, definition) in self.definitions().iter().enumerate() {
            let first = self.definition_index(&definition.normalized).filter(|&first| first != i);
            let first = first.map(|first| &self.definitions()[first]);
            uses.push(DefinitionUse { definition, first, users: Vec::new() });
        }
        if uses.is_empty() {
            return uses;
        }
        for node in self.of(NodeKind::Link).chain(self.of(NodeKind::Image)) {
            let NodeData::Link(link) = node.data() else { continue };
            if let Some(label) = link.label
                && let Some(i) = self.definition_index(&normalize_label(label.of(source)))
            {
                uses[i].users.push(node);
            }
        }
        uses
    }
}
