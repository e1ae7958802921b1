//! The struct of LVars that belongs to a struct: each field by itself, so that no write takes a lock for the whole.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Attribute, Fields, Member, ext::IdentExt};

use super::super::{
    bounds::{Bound, where_clause, whole},
    fields::{Join, build, define_sure, given, holds, located, needs_lvar, same},
    paths::Paths,
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
        let mut impls = define_sure(self.shape, &self.p, needs_lvar);
        impls.extend(self.emit_has_lvar());
        impls.extend(self.emit_lvar_type());
        impls.extend(self.emit_put());
        impls.extend(self.emit_project());
        impls.extend(self.emit_std());
        impls.extend(self.emit_check());
        let mut items = self.emit_struct();
        items.extend(self.paths.wrap(&impls));
        items
    }

    /// ```ignore
    /// /// The LVar of [`Order`]: one LVar for each field.
    /// pub struct OrderLVar {
    ///     pub status: FieldLVar<Sure<Status, { <Status as LVarField>::HOLDS }>>,
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
        let p = &located(p, field.span());
        let ty = field.ty();
        let ty = match field.constant {
            Some(_) => {
                let holds = holds(field, &needs_lvar(field, p));
                quote_spanned!(field.span()=> #p::Sure<#ty, { #holds }>)
            }
            None => ty.to_token_stream(),
        };
        let lvar = lvar_of(field, &ty, p);
        let ident = ident.as_ref().map(|ident| quote!(#ident:));
        Some(quote!(#(#docs)* #vis #ident #lvar))
    }

    /// ```ignore
    /// impl __p::HasLVar for Order { type LVar = OrderLVar; }
    /// ```
    fn emit_has_lvar(&self) -> TokenStream {
        let Self { p, name, whole, .. } = self;
        let (parameters, arguments, _) = self.model.input.generics.split_for_impl();
        let bounds = self.bounds(&TokenStream::new());
        quote! {
            #[automatically_derived]
            impl #parameters #p::HasLVar for #whole #bounds {
                type LVar = #name #arguments;
            }
        }
    }

    /// Freezing forbids growth everywhere before it reports a conflict anywhere.
    ///
    /// ```ignore
    /// impl __p::LVarType for OrderLVar {
    ///     type Lattice = Order;
    ///     fn with_origin(__origin: Origin) -> Self { Self { status: LVarType::with_origin(__origin.field("status")), .. } }
    ///     fn freeze(&self, __permit: impl MayFreeze) -> Result<Order, Conflict> {
    ///         let __value = (LVarType::freeze(&self.status, __permit), ..);
    ///         Ok(Order { status: __value.0?, .. })
    ///     }
    ///     fn into_value(self) -> Result<Order, Conflict> { .. }
    ///     fn at_element(&self, __element: Order, __watch: &mut Watch) -> bool {
    ///         true && LVarType::at_element(&self.status, __element.status, __watch) ..
    ///     }
    /// }
    /// ```
    fn emit_lvar_type(&self) -> TokenStream {
        let Self { p, whole, .. } = self;
        let (head, bounds) = (self.head(&quote!(#p::LVarType)), self.bounds(&TokenStream::new()));
        let held = self.shape.fields.iter().filter(|field| is_held(field));
        let new = build(held, |field, span| {
            let (same, name) = (same(field, p), &field.name);
            match Join::of(field, p) {
                Join::Own => {
                    quote_spanned!(span=> <#same as #p::LVarField>::with_origin(__origin.field(#name)))
                }
                Join::By { .. } => quote_spanned!(span=> #p::LVarType::with_origin(__origin.field(#name))),
                Join::Skipped => quote!(()),
            }
        });
        let freeze = self.gather(&quote!(freeze), &quote!(&), &quote!(, __permit));
        let into_value = self.gather(&quote!(into_value), &quote!(), &TokenStream::new());
        let at_element = self.each_with(&quote!(at_element), &quote!(__element), &quote!(, __watch));
        quote! {
            #[automatically_derived]
            #head #bounds {
                type Lattice = #whole;

                fn with_origin(__origin: #p::Origin) -> Self {
                    let _ = &__origin;
                    #new
                }

                fn freeze(&self, __permit: impl #p::MayFreeze) -> #p::Result<Self::Lattice, #p::Conflict> {
                    let _ = __permit;
                    #freeze
                }

                fn into_value(self) -> #p::Result<Self::Lattice, #p::Conflict> {
                    #into_value
                }

                fn at_element(&self, __element: Self::Lattice, __watch: &mut #p::Watch) -> bool {
                    let _ = (&__element, &__watch);
                    true #(&& #at_element)*
                }
            }
        }
    }

    /// For each field the call of `method` on its LVar with the field of `whole`, and what else there is to pass.
    fn each_with(&self, method: &TokenStream, whole: &TokenStream, also: &TokenStream) -> Vec<TokenStream> {
        let p = &self.p;
        let calls = self.joined().map(|field| {
            let (member, ty, same) = (&field.member, given(field, p), same(field, p));
            match Join::of(field, p) {
                Join::Own => quote_spanned! {field.span()=>
                    <#same as #p::LVarField>::#method(&self.#member, #whole.#member #also)
                },
                Join::By { strategy } => quote_spanned! {field.span()=>
                    #p::LVarType::#method(&self.#member, <#strategy as #p::StrategyLVar<#ty>>::wrap(#whole.#member) #also)
                },
                Join::Skipped => TokenStream::new(),
            }
        });
        calls.collect()
    }

    /// The whole value from what `method` answers of each field, given what else there is to pass.
    fn gather(&self, method: &TokenStream, by: &TokenStream, also: &TokenStream) -> TokenStream {
        let p = &self.p;
        let fields = &self.shape.fields;
        let locals: Vec<Ident> = (0..fields.len()).map(|index| format_ident!("__field{index}")).collect();
        let calls = fields.iter().map(|field| {
            let (member, same) = (&field.member, same(field, p));
            match Join::of(field, p) {
                Join::Own => {
                    quote_spanned!(field.span()=> <#same as #p::LVarField>::#method(#by self.#member #also))
                }
                Join::By { .. } => {
                    quote_spanned!(field.span()=> #p::LVarType::#method(#by self.#member #also))
                }
                Join::Skipped => quote_spanned!(field.span()=> <#same as #p::Default>::default()),
            }
        });
        let values = fields.iter().zip(&locals).map(|(field, local)| {
            let member = &field.member;
            let value = match Join::of(field, p) {
                Join::Own => quote!(#local?),
                Join::Skipped => quote!(#local),
                Join::By { strategy } => {
                    let ty = given(field, p);
                    quote_spanned!(field.span()=> <#strategy as #p::StrategyLVar<#ty>>::unwrap(#local?))
                }
            };
            quote!(#member: #value,)
        });
        let ident = &self.model.input.ident;
        quote! {
            #(let #locals = #calls;)*
            #p::Ok(#ident { #(#values)* })
        }
    }

    /// Applies where every field can be put into; a counter cannot. A field that mentions the struct itself is taken to be one that can,
    /// and so are all after `bound = ".."`, which two types that hold each other need. Every field is put into before an error is reported.
    ///
    /// ```ignore
    /// impl __p::Put for OrderLVar where for<'__a> Status: __p::PutField, .. {
    ///     fn put(&self, __value: impl Into<Order>) -> Result<(), PutError> {
    ///         let __value: Order = Into::into(__value);
    ///         let __done = Ok(());
    ///         let __done = __p::gravest(__done, Put::put(&self.status, __value.status));
    ///         __done
    ///     }
    /// }
    /// ```
    fn emit_put(&self) -> TokenStream {
        let Self { p, whole, .. } = self;
        let said = self.model.words.bound.is_some();
        let asked = |field: &&Field<'_>| field.strategy.is_none() && !field.mentions_self && !said;
        let conditions = self.shape.fields.iter().filter(asked).map(|field| {
            let ty = given(field, p);
            quote_spanned!(field.span()=> for<'__a> #ty: #p::PutField,)
        });
        let (head, bounds) = (self.head(&quote!(#p::Put)), self.bounds(&conditions.collect()));
        let puts = self.joined().map(|field| {
            let (member, ty, same) = (&field.member, given(field, p), same(field, p));
            match Join::of(field, p) {
                Join::Own => {
                    quote_spanned!(field.span()=> <#same as #p::PutField>::put(&self.#member, __value.#member))
                }
                Join::By { strategy } => quote_spanned! {field.span()=>
                    #p::Put::put(&self.#member, <#strategy as #p::StrategyLVar<#ty>>::wrap(__value.#member))
                },
                Join::Skipped => TokenStream::new(),
            }
        });
        quote! {
            #[automatically_derived]
            #head #bounds {
                fn put(&self, __value: impl #p::Into<Self::Lattice>) -> #p::Result<(), #p::PutError> {
                    let __value: #whole = #p::Into::into(__value);
                    let _ = &__value;
                    let __done = #p::Ok(());
                    #(let __done = #p::gravest(__done, #puts);)*
                    __done
                }
            }
        }
    }

    /// ```ignore
    /// impl __p::Project<__p::Field<0>> for OrderLVar {
    ///     type Target = LVar<Status>;
    ///     fn project(&self) -> &LVar<Status> { &self.status }
    /// }
    /// ```
    fn emit_project(&self) -> TokenStream {
        let p = &self.p;
        let bounds = self.bounds(&TokenStream::new());
        let fields = self.shape.fields.iter().enumerate().filter(|(_, field)| !field.is_skipped());
        let fields = fields.map(|(position, field)| {
            let (member, position) = (&field.member, Literal::usize_unsuffixed(position));
            let lvar = lvar_of(field, &given(field, p), p);
            let head = self.head(&quote!(#p::Project<#p::Field<#position>>));
            let target = quote_spanned!(field.span()=> type Target = #lvar; fn project(&self) -> &#lvar);
            quote! {
                #[automatically_derived]
                #head #bounds {
                    #target {
                        &self.#member
                    }
                }
            }
        });
        fields.collect()
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
                    #p::LVarType::new()
                }
            }

            #[automatically_derived]
            #debug #bounds {
                fn fmt(&self, __f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                    __f.debug_struct(#name).finish_non_exhaustive()
                }
            }
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
        let hangs = |field: &Field<'_>| field.mentions_parameter || field.mentions_self;
        self.joined().filter(move |field| !hangs(field) && field.constant.is_none() && !said)
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
            let ty = field.ty();
            match Join::of(field, p) {
                Join::Own => {
                    let lvar = lvar_of(field, &ty.to_token_stream(), p);
                    quote_spanned!(field.span()=> let _ = #p::None::<#lvar>;)
                },
                Join::By { strategy } => {
                    quote_spanned!(field.span()=> let _ = #p::None::<<#strategy as #p::StrategyLVar<#ty>>::Lattice>;)
                }
                Join::Skipped => TokenStream::new(),
            }
        });
        let (parameters, ..) = self.model.input.generics.split_for_impl();
        let bounds = where_clause(self.model, p, Bound::LVar, &TokenStream::new());
        quote!(fn __fields_have_lvars #parameters () #bounds { #(#checks)* })
    }
}

/// `__p::FieldLVar<Status>`, or `__p::LVar<Max<u64>>` by way of its strategy.
fn lvar_of(field: &Field<'_>, ty: &TokenStream, p: &TokenStream) -> TokenStream {
    let span = field.span();
    let p = &located(p, span);
    match Join::of(field, p) {
        Join::Own => quote_spanned!(span=> #p::FieldLVar<#ty>),
        Join::By { strategy } => {
            quote_spanned!(span=> #p::LVar<<#strategy as #p::StrategyLVar<#ty>>::Lattice>)
        }
        Join::Skipped => quote_spanned!(span=> ()),
    }
}

/// Whether the struct of LVars has this field, be it as a `()`.
fn is_held(field: &Field<'_>) -> bool {
    !field.is_skipped() || matches!(field.member, Member::Unnamed(_))
}

fn is_doc(attr: &&Attribute) -> bool {
    attr.path().is_ident("doc")
}
