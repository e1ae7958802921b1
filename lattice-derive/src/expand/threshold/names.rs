//! The types that the parts of the expansion share: one for the lattice of each path, for each point, for each carried value.
//!
//! Each condition that only the compiler can check (the field exists, the map has keys, the leaf has points, the value is
//! decided) is one constant, spanned at the guilty token, and the types behind it name the constant. Where the condition fails,
//! the constant is the one error: the compiler says nothing about types that depend on a constant in error.
//! `lattice_core::threshold::path` has the traits.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Lit, Type, spanned::Spanned};

use crate::{
    expand::paths::Paths,
    model::threshold::{Bound, Outcome, PathId, PathNode, PathTree, StepModel},
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
    /// const __ON: bool = <Order as __p::IsLattice>::HOLDS;
    /// type __On = <__p::Given<Order, __ON> as __p::Granted>::Type;
    /// ```
    pub(super) fn define_on(&self, on: &Type) -> TokenStream {
        let p = self.p_at(on.span());
        quote_spanned! {on.span()=>
            const __ON: bool = <#on as #p::IsLattice>::HOLDS;
            type __On = <#p::Given<#on, __ON> as #p::Granted>::Type;
        }
    }

    /// `__L0`, the lattice of a path, where a message about `span` mentions it.
    fn lattice(&self, path: Option<PathId>, span: Span) -> Ident {
        match path {
            Some(path) => format_ident!("__L{}", path.number(), span = span),
            None => Ident::new("__On", span),
        }
    }

    /// `__L0`, the lattice of a path, and what its step needs.
    pub(super) fn define_lattice(&self, path: PathId, node: &PathNode) -> TokenStream {
        let lattice = self.lattice(Some(path), node.span);
        match &node.step {
            StepModel::Field(name) => self.define_field(path, node, name, &lattice),
            StepModel::Text(_) => self.define_under_text(path, node, &lattice),
            StepModel::Key(key) => self.define_under_key(path, node, key, &lattice),
        }
    }

    /// ```ignore
    /// const __F0: u64 = <__On as __p::StepsTo<{ __p::field_name("lines") }>>::NAME;
    /// type __L0 = <__On as __p::HasField<__p::Field<__F0>>>::Lattice;
    /// ```
    fn define_field(&self, path: PathId, node: &PathNode, name: &str, lattice: &Ident) -> TokenStream {
        let (p, parent) = (self.p_at(node.span), self.lattice(node.parent, node.span));
        let (constant, field) = (format_ident!("__F{}", path.number(), span = node.span), self.field(path));
        quote_spanned! {node.span=>
            const #constant: u64 = <#parent as #p::StepsTo<{ #p::field_name(#name) }>>::NAME;
            type #lattice = <#parent as #p::HasField<#field>>::Lattice;
        }
    }

    /// ```ignore
    /// const __H1: bool = <__L0 as __p::StepsUnder>::HOLDS;
    /// type __M1 = <__p::Given<__L0, __H1> as __p::Granted>::Type;
    /// const __K1: <__M1 as __p::HasKey>::Key = Sku::BOOK;
    /// type __Q1 = <__M1 as __p::HasKey>::Key;
    /// type __L1 = <__M1 as __p::HasKey>::Value;
    /// ```
    fn define_under_key(
        &self,
        path: PathId,
        node: &PathNode,
        key: &impl ToTokens,
        lattice: &Ident,
    ) -> TokenStream {
        let (p, span) = (self.p_at(node.span), node.span);
        let (map, define_map) = self.define_map(path, node);
        let (constant, key_type) = (self.key(path), self.key_type(path));
        let declared = quote_spanned!(span=> <#map as #p::HasKey>::Key);
        quote_spanned! {span=>
            #define_map
            type #key_type = #declared;
            const #constant: #declared = #key;
            type #lattice = <#map as #p::HasKey>::Value;
        }
    }

    /// ```ignore
    /// const __T1: bool = <__M1 as __p::StepsUnderText>::HOLDS;
    /// type __Q1 = <__p::Given<str, __T1> as __p::Granted>::Type;
    /// type __L1 = <__M1 as __p::HasKey>::Value;
    /// ```
    fn define_under_text(&self, path: PathId, node: &PathNode, lattice: &Ident) -> TokenStream {
        let (p, span) = (self.p_at(node.span), node.span);
        let (map, define_map) = self.define_map(path, node);
        let (constant, key_type) = (format_ident!("__T{}", path.number(), span = span), self.key_type(path));
        quote_spanned! {span=>
            #define_map
            const #constant: bool = <#map as #p::StepsUnderText>::HOLDS;
            type #key_type = <#p::Given<str, #constant> as #p::Granted>::Type;
            type #lattice = <#map as #p::HasKey>::Value;
        }
    }

    fn define_map(&self, path: PathId, node: &PathNode) -> (Ident, TokenStream) {
        let (p, parent) = (self.p_at(node.span), self.lattice(node.parent, node.span));
        let [constant, map] =
            ["__H", "__M"].map(|kind| format_ident!("{kind}{}", path.number(), span = node.span));
        let define = quote_spanned! {node.span=>
            const #constant: bool = <#parent as #p::StepsUnder>::HOLDS;
            type #map = <#p::Given<#parent, #constant> as #p::Granted>::Type;
        };
        (map, define)
    }

    /// `__P0`, the lattice of a path whose points are named.
    ///
    /// ```ignore
    /// const __C0: bool = <__L0 as __p::EndsInPoints>::HOLDS;
    /// type __P0 = <__p::Given<__L0, __C0> as __p::Granted>::Type;
    /// ```
    pub(super) fn define_leaf(&self, path: PathId) -> TokenStream {
        let span = self.paths.node(path).span;
        let (p, lattice, leaf) = (self.p_at(span), self.lattice(Some(path), span), self.leaf(path));
        let constant = format_ident!("__C{}", path.number(), span = span);
        quote_spanned! {span=>
            const #constant: bool = <#lattice as #p::EndsInPoints>::HOLDS;
            type #leaf = <#p::Given<#lattice, #constant> as #p::Granted>::Type;
        }
    }

    /// `__V0`, the type that an outcome carries.
    ///
    /// ```ignore
    /// const __D0: bool = <__L0 as __p::EndsDecided<u32>>::HOLDS;
    /// type __V0 = <__p::Given<u32, __D0> as __p::Granted>::Type;
    /// ```
    pub(super) fn define_value(&self, outcome: &Outcome, payload: &Type, path: PathId) -> TokenStream {
        let span = payload.span();
        let (p, lattice, value) = (self.p_at(span), self.lattice(Some(path), span), self.value(outcome));
        let constant = format_ident!("__D{}", outcome.number, span = span);
        quote_spanned! {span=>
            const #constant: bool = <#lattice as #p::EndsDecided<#payload>>::HOLDS;
            type #value = <#p::Given<#payload, #constant> as #p::Granted>::Type;
        }
    }

    /// `__P0`.
    pub(super) fn leaf(&self, path: PathId) -> Ident {
        format_ident!("__P{}", path.number(), span = self.paths.node(path).span)
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
    pub(super) fn field(&self, path: PathId) -> TokenStream {
        let span = self.paths.node(path).span;
        let (p, constant) = (self.p_at(span), format_ident!("__F{}", path.number(), span = span));
        quote_spanned!(span=> #p::Field<#constant>)
    }

    /// `__Q0`, the type with which a map is asked for a key: `str` for a literal, otherwise the map's own.
    pub(super) fn key_type(&self, path: PathId) -> Ident {
        format_ident!("__Q{}", path.number(), span = self.paths.node(path).span)
    }

    /// `&__K0`, or the literal.
    pub(super) fn key_value(&self, path: PathId, literal: Option<&Lit>) -> TokenStream {
        let key = self.key(path);
        literal.map_or_else(|| quote!(&#key), ToTokens::to_token_stream)
    }

    fn key(&self, path: PathId) -> Ident {
        format_ident!("__K{}", path.number(), span = Span::mixed_site())
    }

    /// `__T0`, the observer of a path; of the lattice itself, `__O`.
    pub(super) fn observer(&self, path: Option<PathId>) -> Ident {
        match path {
            Some(path) => format_ident!("__T{}", path.number(), span = Span::mixed_site()),
            None => Ident::new("__O", Span::mixed_site()),
        }
    }
}
