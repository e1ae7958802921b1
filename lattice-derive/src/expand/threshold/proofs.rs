//! The proofs that different outcomes exclude each other, one for each pair of outcomes and of their `when`s.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::Names;
use crate::{
    diagnostics::text_of,
    model::threshold::{Claim, Clash, Common, Condition, Outcome, Proof, proofs},
};

pub(super) fn emit_proofs(outcomes: &[Outcome], names: &Names<'_>) -> TokenStream {
    proofs(outcomes).iter().map(|proof| emit_proof(proof, names)).collect()
}

/// The whole item is spanned at the second outcome: the compiler shows the panic there.
///
/// ```ignore
/// const _: () = __p::assert_incompatible("`Delivered`", "`Failed`", &[__p::Common {
///     path: "status", left: "Status::Shipped", right: "Status::Cancelled", verdict: ..,
/// }]);
/// ```
fn emit_proof(proof: &Proof<'_>, names: &Names<'_>) -> TokenStream {
    let span = proof.right.0.ident.span();
    let p = names.p_at(span);
    let common = proof.common.iter().map(|common| emit_common(common, proof, names));
    let [left, right] = [proof.left, proof.right].map(|side| name_of(side, names));
    quote_spanned! {span=>
        const _: () = #p::assert_incompatible(#left, #right, &[#(#common),*]);
    }
}

/// `` `Failed` ``, and if there are several ways to it, which: `` `Failed` when `status >= Status::Cancelled` ``.
fn name_of((outcome, condition): (&Outcome, &Condition), names: &Names<'_>) -> String {
    let ident = &outcome.ident;
    if outcome.elements.len() == 1 {
        return format!("`{ident}`");
    }
    let path = |path| &names.paths().node(path).text;
    let binds = condition.binds.iter().map(|bind| path(bind.path).clone());
    let bounds =
        condition.bounds.iter().map(|bound| format!("{} >= {}", path(bound.path), text_of(&bound.point)));
    format!("`{ident}` when `{}`", binds.chain(bounds).collect::<Vec<_>>().join(", "))
}

/// ```ignore
/// __p::Common { path: "status", left: "..", right: "..", verdict: <__P0 as __p::Pair<__E0, __E1>>::VERDICT }
/// ```
fn emit_common(common: &Common<'_>, proof: &Proof<'_>, names: &Names<'_>) -> TokenStream {
    let span = proof.right.0.ident.span();
    let (p, text) = (names.p_at(span), &names.paths().node(common.path).text);
    let [left_text, right_text] = [&common.left, &common.right].map(text_of_claim);
    let verdict = match common.clash() {
        Clash::OfPoints(left, right) => {
            let mut leaf = names.leaf(names.paths().shape_of(common.path));
            let [left, right] = [left, right].map(|bound| names.point(bound));
            leaf.set_span(span);
            quote_spanned!(span=> <#leaf as #p::Pair<#left, #right>>::VERDICT)
        }
        Clash::Shared(point) => {
            let value =
                point.map_or_else(|| "any value".to_owned(), |point| format!("`{}`", text_of(&point.point)));
            quote_spanned!(span=> #p::Verdict::Shared { value: #value })
        }
    };
    quote_spanned!(span=> #p::Common { path: #text, left: #left_text, right: #right_text, verdict: #verdict })
}

fn text_of_claim(claim: &Claim<'_>) -> String {
    match claim {
        Claim::AtLeast(bound) => text_of(&bound.point),
        Claim::Binds => "any decided value".to_owned(),
    }
}
