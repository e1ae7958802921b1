//! The one `Reached` impl, generic over who observes (a value, an LVar, a replica) and who watches.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::{Names, binding, compared_shapes, conditions};
use crate::model::threshold::{Bound, Condition, Outcome, PathId, ShapeStep, Walk};

/// The observer of each shape of path is a parameter that the bound on its parent determines. That is shorter than nested projections, and
/// the compiler does not yet see through those when a map's key is a projection too.
///
/// ```ignore
/// impl<__O: ?Sized, __W: ?Sized, __T0> __p::Reached<__O, __W> for Outcome
/// where
///     __O: __p::Project<__p::Field<__F0>, Target = __T0>,
///     __T0: __p::AtLeast<__P0, __W>,
/// {
///     fn reached(__observer: &__O, __watch: &mut __W) -> __p::Option<Self> {
///         if /* the first `when` */ { return __p::Some(Self::Delivered); }
///         // .. one line a `when`
///         __p::None
///     }
/// }
/// ```
pub(super) fn emit_reached(ident: &Ident, outcomes: &[Outcome], names: &Names<'_>) -> TokenStream {
    let p = names.p();
    let steps = names.paths().shapes().filter(|(_, node)| !matches!(node.step, ShapeStep::Itself));
    let observers = steps.map(|(shape, _)| names.observer(Some(shape)));
    let bounds = emit_bounds(outcomes, names);
    let tests = conditions(outcomes).map(|(outcome, condition)| emit_test(outcome, condition, names));
    quote! {
        #[automatically_derived]
        impl<__O: ?#p::Sized, __W: ?#p::Sized, #(#observers),*> #p::Reached<__O, __W> for #ident
        where
            #(#bounds,)*
        {
            fn reached(__observer: &__O, __watch: &mut __W) -> #p::Option<Self> {
                #(#tests)*
                #p::None
            }
        }
    }
}

/// A bound for each step and for each leaf.
fn emit_bounds(outcomes: &[Outcome], names: &Names<'_>) -> Vec<TokenStream> {
    let p = names.p();
    let mut bounds = Vec::new();
    for (shape, node) in names.paths().shapes() {
        let [parent, observer] = [node.parent, Some(shape)].map(|shape| names.observer(shape));
        bounds.push(match &node.step {
            // Observed by `__O`.
            ShapeStep::Itself => continue,
            ShapeStep::Field(_) => {
                let field = names.field(shape);
                quote!(#parent: #p::Project<#field, Target = #observer>)
            }
            ShapeStep::Text | ShapeStep::Key => {
                let key = names.key_type(shape);
                quote!(#parent: #p::AtKey<#key, __W, Value = #observer>)
            }
        });
    }
    for shape in compared_shapes(outcomes, names) {
        let (observer, leaf) = (names.observer(Some(shape)), names.leaf(shape));
        bounds.push(quote!(#observer: #p::AtLeast<#leaf, __W>));
    }
    for outcome in outcomes {
        if let Some((_, path)) = binding(outcome) {
            let shape = names.paths().shape_of(path);
            let (observer, value) = (names.observer(Some(shape)), names.value(outcome));
            bounds.push(quote!(#observer: #p::Decided<#value, __W>));
        }
    }
    bounds
}

/// One `when`. The parts are tried in order, and the first that is not reached is the one that the watch hears of last: a waiter
/// hangs on it alone.
///
/// ```ignore
/// if /* status >= Status::Shipped */ {
///     if let __p::Some(__value) = /* price */ { return __p::Some(Self::Priced(__value)); }
/// }
/// ```
fn emit_test(outcome: &Outcome, condition: &Condition, names: &Names<'_>) -> TokenStream {
    let (p, ident) = (names.p(), &outcome.ident);
    let answer = match binding(outcome) {
        Some((_, path)) => {
            let decided = emit_decided(outcome, path, names);
            quote!(if let #p::Some(__value) = #decided { return #p::Some(Self::#ident(__value)); })
        }
        None => quote!(return #p::Some(Self::#ident);),
    };
    let tests: Vec<TokenStream> = condition.bounds.iter().map(|bound| emit_at_least(bound, names)).collect();
    // A condition without bounds binds a value, so the answer is not reached unconditionally.
    if tests.is_empty() { answer } else { quote!(if #(#tests)&&* { #answer }) }
}

/// ```ignore
/// __p::AtLeast::<__P0, __W>::at_least(__p::Project::<..>::project(__observer), &__p::point::<__P0, __W0, __E0>(), __watch)
/// ```
fn emit_at_least(bound: &Bound, names: &Names<'_>) -> TokenStream {
    let (p, point) = (names.p(), names.point(bound));
    let shape = names.paths().shape_of(bound.path);
    let (leaf, form) = (names.leaf(shape), names.form(shape));
    let test = |observer: TokenStream| quote!(#p::AtLeast::<#leaf, __W>::at_least(#observer, &#p::point::<#leaf, #form, #point>(), __watch));
    let walk = names.paths().walk(bound.path);
    if walk.iter().all(|step| matches!(step, Walk::Itself | Walk::Field(_))) {
        return emit_walk(&walk, quote!(__observer), &test, names);
    }
    let found = |observer| {
        let test = test(observer);
        quote!(if #test { #p::Some(()) } else { #p::None })
    };
    let walk = emit_walk(&walk, quote!(__observer), &found, names);
    quote!(#p::Option::is_some(&#walk))
}

/// ```ignore
/// __p::Decided::<__V0, __W>::decided(__p::Project::<..>::project(__observer), __watch)
/// ```
fn emit_decided(outcome: &Outcome, path: PathId, names: &Names<'_>) -> TokenStream {
    let (p, value) = (names.p(), names.value(outcome));
    let decided = |observer| quote!(#p::Decided::<#value, __W>::decided(#observer, __watch));
    emit_walk(&names.paths().walk(path), quote!(__observer), &decided, names)
}

/// Walks from an observer along the steps and applies `then` at the end. What is under a key is only lent to a closure, so the
/// rest of the walk goes into it.
///
/// ```ignore
/// __p::AtKey::<__Q1, __W>::at_key(__p::Project::<..>::project(__observer), "book", __watch, |__observer, __watch| ..)
/// ```
fn emit_walk(
    walk: &[Walk<'_>],
    observer: TokenStream,
    then: &dyn Fn(TokenStream) -> TokenStream,
    names: &Names<'_>,
) -> TokenStream {
    let p = names.p();
    let [step, rest @ ..] = walk else { return then(observer) };
    let (shape, key) = match step {
        Walk::Itself => return emit_walk(rest, observer, then, names),
        Walk::Field(shape) => {
            let field = names.field(*shape);
            return emit_walk(rest, quote!(#p::Project::<#field>::project(#observer)), then, names);
        }
        Walk::Text(shape, literal) => (shape, literal.to_token_stream()),
        Walk::Key(shape, path) => {
            let key = names.key(*path);
            (shape, quote!(&#key))
        }
    };
    let key_type = names.key_type(*shape);
    let rest = emit_walk(rest, quote!(__observer), then, names);
    quote!(#p::AtKey::<#key_type, __W>::at_key(#observer, #key, __watch, |__observer, __watch| #rest))
}
