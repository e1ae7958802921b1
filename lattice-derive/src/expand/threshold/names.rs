//! The types that the parts of the expansion share: one for the lattice of each shape of path, for each point, for each carried value.
//!
//! Each condition that only the compiler can check (the field exists, the map has keys, the leaf has points, the value is
//! decided) is one constant, spanned at the guilty token, and the types behind it name the constant. Where the condition fails,
//! the constant is the one error: the compiler says nothing about types that depend on a constant in error.
//! `lattice_core::threshold::path` has the traits.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{Type, spanned::Spanned};

use crate::{
    expand::paths::Paths,
    model::threshold::{Bound, Outcome, PathId, PathTree, ShapeId, ShapeNode, ShapeStep},
};

pub(super) struct Names<'a> {
    paths: &'a PathTree,
    p: Ident,
}

impl<'a> Names<'a> {
    pub(super) fn new(paths: &'a PathTree, private: &Paths) -> Self {
        Self { paths, p: private.inside() }
    }

    /// The private path.
    pub(super) fn p(&self) -> &Ident {
        &self.p
    }

    /// The private path, where a message is to point at `span`: every token of what it is about must then have that span.
    pub(super) fn p_at(&self, span: Span) -> Ident {
        let mut p = self.p.clone();
        p.set_span(span);
        p
    }

    /// The tree of paths.
    pub(super) fn paths(&self) -> &'a PathTree {
        self.paths
    }

    /// `__On`, the lattice that is observed.
    ///
    /// ```ignore
    /// type __Said = Order;
    /// const __ON: bool = <__Said as __p::IsLattice>::HOLDS;
    /// type __On = <__p::Given<__Said, __ON> as __p::Granted>::Type;
    /// ```
    ///
    /// The user's type is named once: a name that does not exist is reported wherever it stands.
    pub(super) fn define_on(&self, on: &Type) -> TokenStream {
        let p = self.p_at(on.span());
        quote_spanned! {on.span()=>
            type __Said = #on;
            const __ON: bool = <__Said as #p::IsLattice>::HOLDS;
            type __On = <#p::Given<__Said, __ON> as #p::Granted>::Type;
        }
    }

    /// `__L0`, the lattice of a shape, where a message about `span` mentions it.
    fn lattice(&self, shape: Option<ShapeId>, span: Span) -> Ident {
        match shape {
            Some(shape) => format_ident!("__L{}", shape.number(), span = span),
            None => Ident::new("__On", span),
        }
    }

    /// `__L0`, the lattice of a shape, and what its step needs.
    pub(super) fn define_lattice(&self, shape: ShapeId, node: &ShapeNode) -> TokenStream {
        match &node.step {
            ShapeStep::Itself => {
                let [lattice, on] = [Some(shape), None].map(|shape| self.lattice(shape, node.span));
                quote_spanned!(node.span=> type #lattice = #on;)
            }
            ShapeStep::Field(name) => self.define_field(shape, node, name),
            ShapeStep::Text | ShapeStep::Key => self.define_under(shape, node),
        }
    }

    /// ```ignore
    /// const __F0: usize = __p::position_of("lines", <__On as __p::StepsToField>::NAME, <__On as __p::StepsToField>::NAMES);
    /// type __L0 = <__On as __p::HasField<__p::Field<__F0>>>::Lattice;
    /// ```
    fn define_field(&self, shape: ShapeId, node: &ShapeNode, name: &str) -> TokenStream {
        let (p, parent, field) =
            (self.p_at(node.span), self.lattice(node.parent, node.span), self.field(shape));
        let [constant, lattice] = ["__F", "__L"].map(|kind| numbered(kind, shape, node.span));
        quote_spanned! {node.span=>
            const #constant: usize =
                #p::position_of(#name, <#parent as #p::StepsToField>::NAME, <#parent as #p::StepsToField>::NAMES);
            type #lattice = <#parent as #p::HasField<#field>>::Lattice;
        }
    }

    /// ```ignore
    /// const __H1: bool = <__L0 as __p::StepsUnder>::HOLDS;
    /// type __M1 = <__p::Given<__L0, __H1> as __p::Granted>::Type;
    /// type __L1 = <__M1 as __p::HasKey>::Value;
    /// ```
    ///
    /// `__Q1` is what the map is asked with: `<__M1 as __p::HasKey>::Key`, or for a string literal
    ///
    /// ```ignore
    /// const __S1: bool = <__M1 as __p::StepsUnderText>::HOLDS;
    /// type __Q1 = <__p::Given<str, __S1> as __p::Granted>::Type;
    /// ```
    fn define_under(&self, shape: ShapeId, node: &ShapeNode) -> TokenStream {
        let span = node.span;
        let (p, parent, key_type) = (self.p_at(span), self.lattice(node.parent, span), self.key_type(shape));
        let [holds, map, text, lattice] =
            ["__H", "__M", "__S", "__L"].map(|kind| numbered(kind, shape, span));
        let define_key_type = match node.step {
            ShapeStep::Text => quote_spanned! {span=>
                const #text: bool = <#map as #p::StepsUnderText>::HOLDS;
                type #key_type = <#p::Given<str, #text> as #p::Granted>::Type;
            },
            ShapeStep::Itself | ShapeStep::Field(_) | ShapeStep::Key => {
                quote_spanned!(span=> type #key_type = <#map as #p::HasKey>::Key;)
            }
        };
        quote_spanned! {span=>
            const #holds: bool = <#parent as #p::StepsUnder>::HOLDS;
            type #map = <#p::Given<#parent, #holds> as #p::Granted>::Type;
            #define_key_type
            type #lattice = <#map as #p::HasKey>::Value;
        }
    }

    /// A key is a constant, so that the same tokens are the same key each time.
    ///
    /// ```ignore
    /// const __K1: __Q1 = Sku::BOOK;
    /// ```
    pub(super) fn define_key(&self, path: PathId, shape: ShapeId, key: &impl ToTokens) -> TokenStream {
        let (constant, key_type) = (self.key(path), self.key_type(shape));
        quote_spanned!(self.span(shape)=> const #constant: #key_type = #key;)
    }

    /// `__P0`, the lattice of a path whose points are named, and `__W0`, the type that they are written as.
    ///
    /// ```ignore
    /// const __C0: bool = <__L0 as __p::EndsInPoints>::HOLDS;
    /// type __P0 = <__p::Given<__L0, __C0> as __p::Granted>::Type;
    /// const __I0: bool = { use __p::WrittenAsItself as _; <__p::Probe<<__P0 as __p::Points>::Point>>::IS_WRITTEN_OTHERWISE };
    /// type __W0 = <__p::Point<<__P0 as __p::Points>::Point, __I0> as __p::Written>::Form;
    /// ```
    pub(super) fn define_leaf(&self, shape: ShapeId) -> TokenStream {
        let span = self.span(shape);
        let (p, lattice, leaf) = (self.p_at(span), self.lattice(Some(shape), span), self.leaf(shape));
        let (constant, otherwise, form) =
            (numbered("__C", shape, span), numbered("__I", shape, span), self.form(shape));
        quote_spanned! {span=>
            const #constant: bool = <#lattice as #p::EndsInPoints>::HOLDS;
            type #leaf = <#p::Given<#lattice, #constant> as #p::Granted>::Type;
            const #otherwise: bool = {
                #[allow(unused_imports, reason = "not needed where there is a constant form")]
                use #p::WrittenAsItself as _;
                <#p::Probe<<#leaf as #p::Points>::Point>>::IS_WRITTEN_OTHERWISE
            };
            type #form = <#p::Point<<#leaf as #p::Points>::Point, #otherwise> as #p::Written>::Form;
        }
    }

    /// `__V0`, the type that an outcome carries.
    ///
    /// ```ignore
    /// const __D0: bool = <__L0 as __p::EndsDecided<u32>>::HOLDS;
    /// type __V0 = <__p::Given<u32, __D0> as __p::Granted>::Type;
    /// ```
    pub(super) fn define_value(&self, outcome: &Outcome, payload: &Type, shape: ShapeId) -> TokenStream {
        let span = payload.span();
        let (p, lattice, value) = (self.p_at(span), self.lattice(Some(shape), span), self.value(outcome));
        let constant = format_ident!("__D{}", outcome.number, span = span);
        quote_spanned! {span=>
            const #constant: bool = <#lattice as #p::EndsDecided<#payload>>::HOLDS;
            type #value = <#p::Given<#payload, #constant> as #p::Granted>::Type;
        }
    }

    /// Where a shape was first written.
    pub(super) fn span(&self, shape: ShapeId) -> Span {
        self.paths.shape(shape).span
    }

    /// `__P0`.
    pub(super) fn leaf(&self, shape: ShapeId) -> Ident {
        numbered("__P", shape, self.span(shape))
    }

    /// `__W0`.
    pub(super) fn form(&self, shape: ShapeId) -> Ident {
        numbered("__W", shape, self.span(shape))
    }

    /// `__V0`.
    pub(super) fn value(&self, outcome: &Outcome) -> Ident {
        format_ident!("__V{}", outcome.number, span = Span::mixed_site())
    }

    /// `__E0`, the type of a point.
    pub(super) fn point(&self, bound: &Bound) -> Ident {
        format_ident!("__E{}", bound.number, span = Span::mixed_site())
    }

    /// `__p::Field<__F0>`.
    pub(super) fn field(&self, shape: ShapeId) -> TokenStream {
        let span = self.span(shape);
        let (p, constant) = (self.p_at(span), numbered("__F", shape, span));
        quote_spanned!(span=> #p::Field<#constant>)
    }

    /// `__Q0`, the type with which a map is asked for a key: `str` for a literal, otherwise the map's own.
    pub(super) fn key_type(&self, shape: ShapeId) -> Ident {
        numbered("__Q", shape, self.span(shape))
    }

    /// `__K0`.
    pub(super) fn key(&self, path: PathId) -> Ident {
        format_ident!("__K{}", path.number(), span = Span::mixed_site())
    }

    /// `__T0`, the observer of a shape; of the lattice itself, `__O`.
    pub(super) fn observer(&self, shape: Option<ShapeId>) -> Ident {
        match shape {
            Some(shape) if !matches!(self.paths.shape(shape).step, ShapeStep::Itself) => {
                numbered("__T", shape, Span::mixed_site())
            }
            _ => Ident::new("__O", Span::mixed_site()),
        }
    }
}

fn numbered(kind: &str, shape: ShapeId, span: Span) -> Ident {
    format_ident!("{kind}{}", shape.number(), span = span)
}
