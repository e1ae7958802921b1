//! What a threshold set means: outcomes, their conditions, and the paths that conditions share.
//!
//! Paths live in a tree, [`PathTree`], where equal paths are one node. So "have two outcomes a path in common?" is a comparison of two
//! indices. Beside it is the tree of their shapes, the paths without their keys, which are all that types can tell of paths.

mod exclusion;
mod paths;

use proc_macro2::{Ident, Span};
use syn::{Expr, Generics};

pub(crate) use exclusion::{Claim, Clash, Common, Proof, proofs};
pub(crate) use paths::{PathId, PathTree, ShapeId, ShapeNode, ShapeStep, Walk};

use crate::syntax::threshold::{ConjunctSyntax, Payload, ThresholdSyntax, VariantSyntax, WhenSyntax, Words};

/// An enum of outcomes.
pub(crate) struct ThresholdModel {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) words: Words,
    pub(crate) paths: PathTree,
    /// `None` for what is not an enum, which is reported.
    pub(crate) outcomes: Option<Vec<Outcome>>,
}

/// One variant: an activation set.
pub(crate) struct Outcome {
    /// The position among the outcomes; generated names carry it.
    pub(crate) number: usize,
    pub(crate) ident: Ident,
    pub(crate) payload: Payload,
    pub(crate) elements: Vec<Element>,
}

/// One `#[when(..)]` of a variant: an element of its activation set.
pub(crate) struct Element {
    /// The word `when`.
    pub(crate) span: Span,
    /// `None` if malformed, which is reported.
    pub(crate) condition: Option<Condition>,
}

/// A conjunction.
pub(crate) struct Condition {
    pub(crate) bounds: Vec<Bound>,
    pub(crate) binds: Vec<Bind>,
}

/// `path >= point`.
pub(crate) struct Bound {
    pub(crate) path: PathId,
    pub(crate) point: Expr,
    /// The position among all bounds of the threshold set; it names the type of the point.
    pub(crate) number: usize,
}

/// A bare path, whose decided value is the payload.
pub(crate) struct Bind {
    pub(crate) path: PathId,
    /// Where the path is written here; the tree knows the first place only.
    pub(crate) span: Span,
}

/// Gives what was written its meaning. Nothing can fail: which fields there are, only the compiler knows.
pub(crate) fn lower(syntax: ThresholdSyntax) -> ThresholdModel {
    let mut lowering = Lowering { paths: PathTree::default(), n_bounds: 0 };
    let outcomes = syntax.variants.map(|variants| {
        let variants = variants.into_iter().enumerate();
        variants.map(|(number, variant)| lowering.outcome(number, variant)).collect()
    });
    ThresholdModel {
        ident: syntax.ident,
        generics: syntax.generics,
        words: syntax.words,
        paths: lowering.paths,
        outcomes,
    }
}

struct Lowering {
    paths: PathTree,
    n_bounds: usize,
}

impl Lowering {
    fn outcome(&mut self, number: usize, variant: VariantSyntax) -> Outcome {
        let elements = variant.whens.into_iter().map(|when| self.element(when)).collect();
        Outcome { number, ident: variant.ident, payload: variant.payload, elements }
    }

    fn element(&mut self, when: WhenSyntax) -> Element {
        Element { span: when.span, condition: when.conjuncts.map(|conjuncts| self.condition(conjuncts)) }
    }

    fn condition(&mut self, conjuncts: Vec<ConjunctSyntax>) -> Condition {
        let mut condition = Condition { bounds: Vec::new(), binds: Vec::new() };
        for ConjunctSyntax { path, point } in conjuncts {
            let span = path.span();
            let path = self.paths.intern(path);
            match point {
                Some(point) => {
                    condition.bounds.push(Bound { path, point, number: self.n_bounds });
                    self.n_bounds += 1;
                }
                None => condition.binds.push(Bind { path, span }),
            }
        }
        condition
    }
}
