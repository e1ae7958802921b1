//! The rules of fields whose primitive type the tokens name. Of other types only the compiler knows: the generated code asks it.
//!
//! A derive that reports a mistake writes no impl, and then the compiler would say of the other fields' types in a second wave what is
//! wrong with them. So these mistakes go with their field, into the constant that would ask about its type.

use proc_macro2::Ident;
use syn::Type;

use crate::{
    diagnostics::Mistake,
    model::{Field, Payload},
};

/// Checks every rule of the fields of a struct, or of fields alone where something else is wrong with the type.
pub(crate) fn check(fields: &mut [Field<'_>]) {
    for field in fields {
        field.refused = match field.word {
            None => check_says_what_it_means(field.ty()),
            Some(word) => check_has_total_order(word, field.ty()).or_else(|| check_is_flag(word, field.ty())),
        };
    }
}

/// The same of a payload. Plain data is no lattice, and need not be.
pub(super) fn check_payload(payload: &mut Payload<'_>) {
    if payload.flat.is_none() {
        check(&mut payload.fields);
    }
}

/// A bare number, flag or float has several meanings, and its field or its type says which.
fn check_says_what_it_means(ty: &Type) -> Option<Mistake> {
    let Primitive { name, kind } = Primitive::of(ty)?;
    let help = match kind {
        Kind::Number => format!(
            "the greatest is `#[lattice(max)]` before the field or the type `Max<{name}>`, the least `#[lattice(min)]` or \
             `Min<{name}>`; one value, written once, is `Flat<{name}>`; a sum is `GCounter`, or `PnCounter` if it also falls"
        ),
        Kind::Float => format!(
            "the greatest is `Max<Total<{name}>>`, the least `Min<Total<{name}>>`, one value, written once, \
             `Flat<Total<{name}>>`: `Total` gives floats a total order"
        ),
        Kind::Char => {
            "one value, written once, is `Flat<char>`; the greatest is `#[lattice(max)]`, the least `#[lattice(min)]`".to_owned()
        }
        Kind::Bool => "whether any write said true is `#[lattice(any)]` before the field or the type `Any`, whether every one did \
                       `#[lattice(all)]` or `All`; one answer, written once, is `Flat<bool>`"
            .to_owned(),
    };
    let mut mistake = Mistake::new(ty, format!("`{name}` is not a lattice"));
    mistake
        .note("which of two values that meet should stay has several answers, and none is guessed")
        .help(help);
    Some(mistake)
}

/// The greatest and the least of two values are one of them only if the order is total.
fn check_has_total_order(word: &Ident, ty: &Type) -> Option<Mistake> {
    let Primitive { name, kind: Kind::Float } = Primitive::of(ty)? else { return None };
    if word != "max" && word != "min" {
        return None;
    }
    let mut mistake = Mistake::new(ty, format!("`{word}` cannot join values of type `{name}`"));
    mistake.note(format!("`{name}` has no total order: NaN is neither above nor below anything")).help(
        format!("make its type `Total<{name}>`, which orders every float; or keep an integer, such as cents"),
    );
    Some(mistake)
}

/// Only of a flag can any or all writes say that it is true.
fn check_is_flag(word: &Ident, ty: &Type) -> Option<Mistake> {
    let Primitive { name, kind: Kind::Number | Kind::Float | Kind::Char } = Primitive::of(ty)? else {
        return None;
    };
    if word != "any" && word != "all" {
        return None;
    }
    let mut mistake = Mistake::new(ty, format!("`{word}` cannot join values of type `{name}`"));
    mistake
        .note("`any` and `all` are for `bool`")
        .help("of numbers `max` keeps the greatest and `min` the least");
    Some(mistake)
}

struct Primitive {
    name: String,
    kind: Kind,
}

enum Kind {
    Number,
    Float,
    Char,
    Bool,
}

impl Primitive {
    /// The primitive type that `ty` names, if it is one.
    fn of(ty: &Type) -> Option<Self> {
        let Type::Path(path) = ty else { return None };
        let name = path.path.get_ident()?.to_string();
        let kind = match name.as_str() {
            "f32" | "f64" => Kind::Float,
            "char" => Kind::Char,
            "bool" => Kind::Bool,
            "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
            | "isize" => Kind::Number,
            _ => return None,
        };
        Some(Self { name, kind })
    }
}
