//! The verdict on two points of an enum with data, by the order of their variants.

use super::Order;
use crate::threshold::verdict::Verdict;

/// The verdict on points of the variants `left` and `right`. `differ` says that they are of one flat variant and surely hold different
/// values.
///
/// Two payloads of one variant that is not flat are never said to exclude each other: constants cannot join them.
pub const fn verdict(order: &'static Order, (left, right): (u8, u8), differ: bool) -> Verdict {
    let join = if left == right && differ {
        order.covers[left as usize]
    } else {
        order.joins[left as usize * order.names.len() + right as usize]
    };
    let name = order.names[join as usize];
    match order.conflict {
        Some(conflict) if conflict == join => Verdict::Incompatible,
        _ if left == right && !differ && order.covers[left as usize] != left => {
            Verdict::Compatible { join: "that very value, as far as the compiler can compare" }
        }
        _ => Verdict::Compatible { join: name },
    }
}

/// Drops nothing. A point whose payload needs dropping could otherwise not be read by value, since constants cannot drop.
pub const fn forget<L>(point: L) {
    core::mem::forget(point);
}

/// `left != right`, which constants cannot yet say of texts.
pub const fn texts_differ(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return true;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return true;
        }
        at += 1;
    }
    false
}
