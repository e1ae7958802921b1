//! The schema of an enum with data: its variants, their order, and what they hold.

use super::Sum;
use crate::{
    __private::CodecField,
    schema::{Description, Variants},
    strategies::Strategy,
};

/// [`Codec::describe`](crate::codec::Codec::describe). `payload` describes what a variant holds.
pub fn describe<S: Sum>(name: &str, out: &mut Description, payload: impl FnMut(usize, &mut Description)) {
    let order = S::order();
    // At most 256 variants, since a position is a byte.
    let mark = |variant: usize| match variant as u8 {
        variant if order.conflict == Some(variant) => Some("the conflict"),
        variant if order.is_flat(variant) => Some("flat"),
        _ => None,
    };
    let variants = Variants { names: order.names, joins: order.joins, mark: &mark };
    out.once::<S>(format_args!("enum {name}"), |out| variants.describe(out, payload));
}

/// The same of a field that joins by the strategy `S`.
pub fn describe_by<S: Strategy<T>, T: CodecField>(out: &mut Description) {
    out.is(S::NAME).part("of", T::describe);
}
