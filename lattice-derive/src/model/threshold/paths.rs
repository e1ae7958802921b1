//! The tree of all paths of a threshold set.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Lit};

use super::text_of;
use crate::syntax::threshold::{PathSyntax, Step};

/// A node of the [`PathTree`]; equal paths have equal ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathId(usize);

impl PathId {
    /// The position in the tree; generated names carry it.
    pub(crate) fn number(self) -> usize {
        self.0
    }
}

/// Paths as a tree: each node is one step from its parent, and equal steps from one parent are one node.
#[derive(Default)]
pub(crate) struct PathTree {
    nodes: Vec<PathNode>,
}

/// One step from a parent, or from the lattice itself.
pub(crate) struct PathNode {
    pub(crate) parent: Option<PathId>,
    pub(crate) step: StepModel,
    /// Where the step was first written.
    pub(crate) span: Span,
    /// The whole path, for messages.
    pub(crate) text: String,
}

/// What a step is.
pub(crate) enum StepModel {
    Field(String),
    /// Under a string literal, which looks into maps of owned and of borrowed strings alike.
    Text(Lit),
    /// Under any other constant.
    Key(Expr),
}

impl PathTree {
    /// The nodes; a parent comes before its children.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = (PathId, &PathNode)> {
        self.nodes.iter().enumerate().map(|(at, node)| (PathId(at), node))
    }

    pub(crate) fn node(&self, PathId(at): PathId) -> &PathNode {
        &self.nodes[at]
    }

    /// The steps from the lattice to `path`.
    pub(crate) fn steps(&self, path: PathId) -> Vec<PathId> {
        let mut steps: Vec<_> = core::iter::successors(Some(path), |at| self.node(*at).parent).collect();
        steps.reverse();
        steps
    }

    /// The node of a path, added if it is new.
    ///
    /// The syntax stage makes no path without a step; the node of the last step is the path's.
    pub(super) fn intern(&mut self, path: PathSyntax) -> PathId {
        let first = self.step(None, path.first);
        path.rest.into_iter().fold(first, |parent, step| self.step(Some(parent), step))
    }

    fn step(&mut self, parent: Option<PathId>, step: Step) -> PathId {
        let text = parent.map_or_else(String::new, |parent| self.node(parent).text.clone());
        let (step, span, text) = match step {
            Step::Field { name, span } => {
                let text = if text.is_empty() { name.clone() } else { format!("{text}.{name}") };
                (StepModel::Field(name), span, text)
            }
            Step::Key { key, span } => {
                let text = format!("{text}[{}]", text_of(&key));
                (key_step(*key), span, text)
            }
        };
        let known = self.nodes().find(|(_, node)| node.parent == parent && node.step.is(&step));
        if let Some((known, _)) = known {
            return known;
        }
        self.nodes.push(PathNode { parent, step, span, text });
        PathId(self.nodes.len() - 1)
    }
}

fn key_step(key: Expr) -> StepModel {
    match key {
        Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)) => StepModel::Text(literal.lit),
        Expr::Group(group) => key_step(*group.expr),
        other => StepModel::Key(other),
    }
}

impl StepModel {
    /// Whether two steps from the same parent surely lead to the same place.
    ///
    /// Keys are constants, so the same tokens are the same key. Other tokens may be the same key too, but to take them for different
    /// ones only forgoes a proof of incompatibility. A macro call may expand differently in two places (`line!()`), and `$crate` may
    /// be two crates, so neither is ever the same key.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Field(left), Self::Field(right)) => left == right,
            (Self::Text(left), Self::Text(right)) => left == right,
            (Self::Key(left), Self::Key(right)) => {
                let [left, right] = [left, right].map(|key| key.to_token_stream());
                !may_vary(left.clone()) && left.to_string() == right.to_string()
            }
            _ => false,
        }
    }
}

fn may_vary(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => may_vary(group.stream()),
        TokenTree::Punct(punct) => punct.as_char() == '!',
        TokenTree::Ident(ident) => ident == "$crate",
        TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn key(key: Expr) -> StepModel {
        key_step(key)
    }

    #[test]
    fn equal_tokens_are_one_key() {
        assert!(key(parse_quote!(Sku::BOOK)).is(&key(parse_quote!(Sku::BOOK))));
        assert!(key(parse_quote!("book")).is(&key(parse_quote!("book"))));
    }

    #[test]
    fn other_tokens_are_not_taken_for_the_same_key() {
        assert!(!key(parse_quote!(1)).is(&key(parse_quote!(1u32))));
        assert!(!key(parse_quote!("book")).is(&key(parse_quote!(BOOK))));
    }

    #[test]
    fn a_macro_call_is_never_the_same_key() {
        assert!(!key(parse_quote!(line!())).is(&key(parse_quote!(line!()))));
        assert!(!key(parse_quote!((line!(), 1))).is(&key(parse_quote!((line!(), 1)))));
    }
}
