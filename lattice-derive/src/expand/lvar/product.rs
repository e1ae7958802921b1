//! The struct of LVars that belongs to a struct: each field by itself, so that no write takes a lock for the whole.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, Fields, Member, ext::IdentExt};

use super::super::{
    bounds::{Bound, where_clause, whole},
    fields::{Join, define_sure_of_all, located, needs_lvar},
    paths::Paths,
    views::{Nest, View, emit_views},
};
use crate::model::{Field, Model, Struct};

/// What every emitted item names.
pub(super) struct Product<'m> {
    model: &'m Model<'m>,
    shape: &'m Struct<'m>,
    paths: &'m Paths,
    /// The private path inside the wrapper.
    p: TokenStream,
    /// `OrderLVar`.
    name: Ident,
    /// `Order<T>`.
    whole: TokenStream,
}

impl<'m> Product<'m> {
    pub(super) fn new(model: &'m Model<'m>, shape: &'m Struct<'m>, paths: &'m Paths) -> Self {
        let ident = &model.input.ident;
        let name = format_ident!("{}LVar", ident.unraw(), span = ident.span());
        Self { model, shape, paths, p: paths.inside().to_token_stream(), name, whole: whole(model) }
    }

    pub(super) fn emit(&self) -> TokenStream {
        let mut impls = self.define_sure();
        impls.extend(self.emit_has_lvar());
        impls.extend(self.emit_views());
        impls.extend(self.emit_struct_lvar());
        impls.extend(self.emit_put());
        impls.extend(self.emit_std());
        impls.extend(self.emit_check());
        let mut items = self.emit_struct();
        items.extend(self.paths.wrap(&impls));
        items
    }

    /// What the derive needs: that the struct has `#[derive(Lattice)]`, and that each field has an LVar.
    ///
    /// ```ignore
    /// const __S: bool = <Order as __p::ProductType>::HOLDS & <Status as __p::LVarField>::HOLDS & ..;
    /// ```
    fn define_sure(&self) -> TokenStream {
        let span = self.model.input.ident.span().resolved_at(Span::call_site());
        let (whole, p) = (&self.whole, located(&self.p, span));
        let is_concrete = self.model.input.generics.params.is_empty();
        let first = if is_concrete {
            quote_spanned!(span=> <#whole as #p::ProductType>::HOLDS)
        } else {
            quote!(true)
        };
        define_sure_of_all(&self.shape.fields, &first, &self.p, needs_lvar)
    }

    /// ```ignore
    /// /// The LVar of [`Order`]: one LVar for each field.
    /// pub struct OrderLVar {
    ///     pub status: FieldLVarOf<OrderLVar, Status>,
    /// }
    /// ```
    fn emit_struct(&self) -> TokenStream {
        let p = &self.paths.outside();
        let (name, vis) = (&self.name, &self.model.input.vis);
        let (parameters, ..) = self.model.input.generics.split_for_impl();
        let bounds = where_clause(self.model, p, Bound::LVar, &self.conditions(p));
        let docs = format!("The LVar of [`{}`]: one LVar for each field.", self.model.input.ident.unraw());
        let fields = self.shape.fields.iter().filter_map(|field| self.emit_field(field, p));
        let body = match &self.shape.style {
            Fields::Named(_) => quote!(#bounds { #(#fields,)* }),
            Fields::Unnamed(_) => quote!(( #(#fields,)* ) #bounds;),
            Fields::Unit => quote!(#bounds;),
        };
        quote! {
            #[doc = #docs]
            #vis struct #name #parameters #body
        }
    }

    /// A field as the user declared it, with the user's documentation. One that is skipped is left out; where fields are numbered, `()`
    /// keeps the numbers of the others.
    fn emit_field(&self, field: &Field<'_>, p: &TokenStream) -> Option<TokenStream> {
        if field.is_skipped() {
            return matches!(field.member, Member::Unnamed(_)).then(|| quote!(()));
        }
        let syn::Field { attrs, vis, ident, .. } = field.original;
        let mut docs: Vec<TokenStream> = attrs.iter().filter(is_doc).map(ToTokens::to_token_stream).collect();
        if docs.is_empty() {
            let text = format!("The LVar of `{}`.", field.name);
            docs.push(quote!(#[doc = #text]));
        }
        let lvar = self.lvar_of(field, p);
        let ident = ident.as_ref().map(|ident| quote!(#ident:));
        Some(quote!(#(#docs)* #vis #ident #lvar))
    }

    /// Applies to a lattice: of what is none, the constant tells.
    ///
    /// ```ignore
    /// impl __p::HasLVar for Order where for<'__a> Order: __p::Lattice { type LVar = OrderLVar; }
    /// ```
    fn emit_has_lvar(&self) -> TokenStream {
        let Self { p, name, whole, .. } = self;
        let (parameters, arguments, _) = self.model.input.generics.split_for_impl();
        let is_concrete = self.model.input.generics.params.is_empty();
        let is_lattice = is_concrete.then(|| quote!(for<'__a> #whole: #p::Lattice,));
        let bounds = self.bounds(&is_lattice.into_token_stream());
        quote! {
            #[automatically_derived]
            impl #parameters #p::HasLVar for #whole #bounds {
                type LVar = #name #arguments;
            }
        }
    }

    /// The struct of LVars as the tuple of its fields, as `#[derive(Lattice)]` shows the struct itself.
    ///
    /// ```ignore
    /// impl __p::Product for OrderLVar {
    ///     type Factors = __p::LVarsOf<<Self as __p::StructLVar>::Whole>;
    ///     ..
    /// }
    /// ```
    fn emit_views(&self) -> TokenStream {
        let p = &self.p;
        let (head, bounds) = (self.head(&quote!(#p::Product)), self.bounds(&TokenStream::new()));
        let fields = &self.shape.fields;
        let views = fields
            .iter()
            .map(|field| if field.is_skipped() { View::Nothing } else { View::Of(&field.member) });
        let placeholders = fields.iter().filter(|field| field.is_skipped() && is_held(field));
        let placeholders = placeholders.map(|field| {
            let member = &field.member;
            quote!(#member: (),)
        });
        let views = emit_views(&views.collect::<Vec<_>>(), Nest { n_keys: 0 }, &placeholders.collect(), p);
        quote! {
            #[automatically_derived]
            #head #bounds {
                type Factors = #p::LVarsOf<<Self as #p::StructLVar>::Whole>;
                #views
            }
        }
    }

    /// ```ignore
    /// impl __p::StructLVar for OrderLVar {
    ///     type Whole = __p::Sure<Order, __S>;
    ///     type By = __p::LVarByFields;
    /// }
    /// ```
    fn emit_struct_lvar(&self) -> TokenStream {
        let Self { p, whole, .. } = self;
        let (head, bounds) = (self.head(&quote!(#p::StructLVar)), self.bounds(&TokenStream::new()));
        quote! {
            #[automatically_derived]
            #head #bounds {
                type Whole = #p::Sure<#whole, __S>;
                type By = #p::LVarByFields;
            }
        }
    }

    /// It applies where every field can be put into, as a counter cannot. A field that mentions the struct itself is taken to be one that can,
    /// and so are all after `bound = ".."`. No blanket impl, which would tell whoever puts into a counter of conditions that a struct keeps.
    ///
    /// ```ignore
    /// impl __p::Put for TreeLVar where for<'__a> __p::Sure<Status, __S>: __p::PutField, {
    ///     fn put(&self, __value: impl Into<Tree>) -> Result<(), PutError> {
    ///         __p::lvars::put::<_, Self::Lattice>(self, Into::into(__value))
    ///     }
    /// }
    /// ```
    fn emit_put(&self) -> TokenStream {
        let p = &self.p;
        let (head, bounds) = (self.head(&quote!(#p::Put)), self.bounds(&self.conditions_to_put()));
        quote! {
            #[automatically_derived]
            #head #bounds {
                fn put(&self, __value: impl #p::Into<Self::Lattice>) -> #p::Result<(), #p::PutError> {
                    #p::lvars::put::<_, Self::Lattice>(self, #p::Into::into(__value))
                }
            }
        }
    }

    /// That each field can be put into that does not mention the struct: `for<'__a> __p::Sure<Status, __S>: __p::PutField,`.
    fn conditions_to_put(&self) -> TokenStream {
        let said = self.model.words.bound.is_some();
        let asked = |field: &&Field<'_>| field.strategy.is_none() && !field.mentions_self && !said;
        let conditions = self.shape.fields.iter().filter(asked).map(|field| {
            let (ty, p) = (field.ty(), located(&self.p, field.span()));
            let ty = if field.hangs { ty.to_token_stream() } else { quote!(#p::Sure<#ty, __S>) };
            quote_spanned!(field.span()=> for<'__a> #ty: #p::PutField,)
        });
        conditions.collect()
    }

    /// `Default`, an LVar at bottom; and `Debug`, which shows no state, since that would be a read of it.
    fn emit_std(&self) -> TokenStream {
        let p = &self.p;
        let bounds = self.bounds(&TokenStream::new());
        let (default, debug) = (self.head(&quote!(#p::Default)), self.head(&quote!(#p::fmt::Debug)));
        let name = self.name.to_string();
        quote! {
            #[automatically_derived]
            #default #bounds {
                fn default() -> Self {
                    #p::lvars::new()
                }
            }

            #[automatically_derived]
            #debug #bounds {
                fn fmt(&self, __f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                    #p::lvars::debug(#name, __f)
                }
            }
        }
    }

    /// `__p::FieldLVarOf<OrderLVar, Status>`, or without the struct of LVars where no constant can be about the field.
    fn lvar_of(&self, field: &Field<'_>, p: &TokenStream) -> TokenStream {
        let (span, ty, name) = (field.span(), field.ty(), &self.name);
        let p = &located(p, span);
        let (_, arguments, _) = self.model.input.generics.split_for_impl();
        match Join::of(field, p) {
            Join::Own if field.hangs => quote_spanned!(span=> #p::FieldLVar<#ty>),
            Join::Own => quote_spanned!(span=> #p::FieldLVarOf<#name #arguments, #ty>),
            Join::By { strategy } if field.hangs => {
                quote_spanned!(span=> #p::StrategyFieldLVar<#strategy, #ty>)
            }
            Join::By { strategy } => {
                quote_spanned!(span=> #p::StrategyFieldLVarOf<#name #arguments, #strategy, #ty>)
            }
            Join::Skipped => quote_spanned!(span=> ()),
        }
    }

    /// `impl<T> __p::Put for OrderLVar<T>`.
    fn head(&self, of: &TokenStream) -> TokenStream {
        let (parameters, arguments, _) = self.model.input.generics.split_for_impl();
        let name = &self.name;
        quote!(impl #parameters #of for #name #arguments)
    }

    fn bounds(&self, also: &TokenStream) -> TokenStream {
        let mut conditions = self.conditions(&self.p);
        conditions.extend(also.clone());
        where_clause(self.model, &self.p, Bound::LVar, &conditions)
    }

    /// That every field has an LVar: `for<'__a> Status: __p::LVarField,`.
    fn conditions(&self, p: &TokenStream) -> TokenStream {
        let fields = self.conditional().map(|field| {
            let ty = field.ty();
            match Join::of(field, p) {
                Join::Own => quote_spanned!(field.span()=> for<'__a> #ty: #p::LVarField,),
                Join::By { strategy } => {
                    quote_spanned!(field.span()=> for<'__a> #strategy: #p::StrategyLVar<#ty>,)
                }
                Join::Skipped => TokenStream::new(),
            }
        });
        fields.collect()
    }

    /// The fields that the impls are conditional on: those that hang on no parameter, which has its bound, and on no circle, and of which no
    /// constant says that they have an LVar.
    fn conditional(&self) -> impl Iterator<Item = &Field<'m>> {
        let said = self.model.words.bound.is_some();
        let asked = |field: &Field<'_>| field.hangs && !field.mentions_parameter && !field.mentions_self;
        self.joined().filter(move |field| asked(field) && !said)
    }

    /// The fields that are part of the lattice.
    fn joined(&self) -> impl Iterator<Item = &Field<'m>> {
        self.shape.fields.iter().filter(|field| !field.is_skipped())
    }

    /// Of a struct with lifetime or constant parameters, where no constant can be. A condition that is false makes impls that do not apply; this makes it the one error that it is.
    ///
    /// ```ignore
    /// fn __fields_have_lvars() {
    ///     let _ = __p::None::<__p::FieldLVar<Status>>;
    /// }
    /// ```
    fn emit_check(&self) -> TokenStream {
        let p = &self.p;
        if self.conditional().next().is_none() {
            return TokenStream::new();
        }
        let checks = self.conditional().map(|field| {
            let (ty, p) = (field.ty(), &located(p, field.span()));
            match Join::of(field, p) {
                Join::Own => quote_spanned!(field.span()=> let _ = #p::None::<#p::FieldLVar<#ty>>;),
                Join::By { strategy } => {
                    quote_spanned!(field.span()=> let _ = #p::None::<#p::StrategyFieldLVar<#strategy, #ty>>;)
                }
                Join::Skipped => TokenStream::new(),
            }
        });
        let (parameters, ..) = self.model.input.generics.split_for_impl();
        let bounds = where_clause(self.model, p, Bound::LVar, &TokenStream::new());
        quote!(fn __fields_have_lvars #parameters () #bounds { #(#checks)* })
    }
}

/// Whether the struct of LVars has this field, be it as a `()`.
fn is_held(field: &Field<'_>) -> bool {
    !field.is_skipped() || matches!(field.member, Member::Unnamed(_))
}

fn is_doc(attr: &&Attribute) -> bool {
    attr.path().is_ident("doc")
}
