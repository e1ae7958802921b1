//! The tree of all paths of a threshold set.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Lit};

use crate::diagnostics::text_of;
use crate::syntax::threshold::{PathSyntax, Step};

/// A node of the [`PathTree`]; equal paths have equal ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathId(usize);

/// A shape: a path without its keys. All that types can tell of paths, they tell of shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShapeId(usize);

/// Paths as a tree: each node is one step from its parent, and equal steps from one parent are one node.
#[derive(Default)]
pub(crate) struct PathTree {
    nodes: Vec<PathNode>,
    shapes: Vec<ShapeNode>,
}

/// One step from a parent, or from the lattice itself.
pub(crate) struct PathNode {
    parent: Option<PathId>,
    step: StepModel,
    pub(crate) shape: ShapeId,
    /// The whole path, for messages.
    pub(crate) text: String,
}

/// One step from a parent shape, or from the lattice itself.
pub(crate) struct ShapeNode {
    pub(crate) parent: Option<ShapeId>,
    pub(crate) step: ShapeStep,
    /// Where the step was first written.
    pub(crate) span: Span,
}

/// What a step is.
pub(crate) enum StepModel {
    /// The lattice as a whole.
    Itself,
    Field(String),
    /// Under a string literal, which looks into maps of owned and of borrowed strings alike.
    Text(Lit),
    /// Under any other constant.
    Key(Expr),
}

/// What types know of a step: all keys of a map have one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShapeStep {
    Itself,
    Field(String),
    Text,
    Key,
}

/// A step on the way from the lattice to a path, as code takes it.
pub(crate) enum Walk<'a> {
    Itself,
    Field(ShapeId),
    Text(ShapeId, &'a Lit),
    Key(ShapeId, PathId),
}

impl PathId {
    /// The position in the tree; generated names carry it.
    pub(crate) fn number(self) -> usize {
        self.0
    }
}

impl ShapeId {
    /// The position in the tree; generated names carry it.
    pub(crate) fn number(self) -> usize {
        self.0
    }
}

impl PathTree {
    pub(crate) fn node(&self, PathId(at): PathId) -> &PathNode {
        &self.nodes[at]
    }

    /// The shape of a path.
    pub(crate) fn shape_of(&self, path: PathId) -> ShapeId {
        self.node(path).shape
    }

    pub(crate) fn shape(&self, ShapeId(at): ShapeId) -> &ShapeNode {
        &self.shapes[at]
    }

    /// The shapes; a parent comes before its children.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = (ShapeId, &ShapeNode)> {
        self.shapes.iter().enumerate().map(|(at, node)| (ShapeId(at), node))
    }

    /// Every key that is a constant expression, with its step.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (PathId, &PathNode, &Expr)> {
        self.nodes.iter().enumerate().filter_map(|(at, node)| match &node.step {
            StepModel::Key(key) => Some((PathId(at), node, key)),
            StepModel::Itself | StepModel::Field(_) | StepModel::Text(_) => None,
        })
    }

    /// The steps from the lattice to `path`.
    pub(crate) fn walk(&self, path: PathId) -> Vec<Walk<'_>> {
        let mut steps: Vec<_> = core::iter::successors(Some(path), |at| self.node(*at).parent)
            .map(|at| {
                let PathNode { step, shape, .. } = self.node(at);
                match step {
                    StepModel::Itself => Walk::Itself,
                    StepModel::Field(_) => Walk::Field(*shape),
                    StepModel::Text(literal) => Walk::Text(*shape, literal),
                    StepModel::Key(_) => Walk::Key(*shape, at),
                }
            })
            .collect();
        steps.reverse();
        steps
    }

    /// The node of a path, added if it is new.
    pub(super) fn intern(&mut self, path: PathSyntax) -> PathId {
        let first = self.step(None, path.first);
        path.rest.into_iter().fold(first, |parent, step| self.step(Some(parent), step))
    }

    fn step(&mut self, parent: Option<PathId>, step: Step) -> PathId {
        let text = parent.map_or_else(String::new, |parent| self.node(parent).text.clone());
        let (step, span, text) = match step {
            Step::Itself { span } => (StepModel::Itself, span, "self".to_owned()),
            Step::Field { name, span } => {
                let text = if text.is_empty() { name.clone() } else { format!("{text}.{name}") };
                (StepModel::Field(name), span, text)
            }
            Step::Key { key, span } => {
                let text = format!("{text}[{}]", text_of(&key));
                (key_step(*key), span, text)
            }
        };
        let known = self.nodes.iter().position(|node| node.parent == parent && node.step.is(&step));
        if let Some(known) = known {
            return PathId(known);
        }
        let shape = self.intern_shape(parent.map(|parent| self.shape_of(parent)), step.shape(), span);
        self.nodes.push(PathNode { parent, step, shape, text });
        PathId(self.nodes.len() - 1)
    }

    fn intern_shape(&mut self, parent: Option<ShapeId>, step: ShapeStep, span: Span) -> ShapeId {
        let known = self.shapes.iter().position(|shape| shape.parent == parent && shape.step == step);
        ShapeId(known.unwrap_or_else(|| {
            self.shapes.push(ShapeNode { parent, step, span });
            self.shapes.len() - 1
        }))
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
    fn shape(&self) -> ShapeStep {
        match self {
            Self::Itself => ShapeStep::Itself,
            Self::Field(name) => ShapeStep::Field(name.clone()),
            Self::Text(_) => ShapeStep::Text,
            Self::Key(_) => ShapeStep::Key,
        }
    }

    /// Whether two steps from the same parent surely lead to the same place.
    ///
    /// Keys are constants, so the same tokens are the same key. Other tokens may be the same key too, but to take them for different
    /// ones only forgoes a proof of incompatibility. A macro call may expand differently in two places (`line!()`), and `$crate` may
    /// be two crates, so neither is ever the same key.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Itself, Self::Itself) => true,
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
