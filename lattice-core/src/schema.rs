//! What a replicated type is, in words that two builds can compare: which fields, in which order, of what types, and how each joins.
//!
//! Two peers whose states have the same form and the same join have the same [`Schema`], and otherwise not. So the text names what
//! the bytes and the joins follow from, and nothing else: no paths of modules or crates, no hashers, no pointers, no bounds, no sizes.
//! `BTreeSet` and `HashSet` are both a `set`, `Box<T>` is `T`, `#[lattice(max)] u64` is `Max<u64>`.
//!
//! One line for each place in a state, depth first, `path: what`. Of a type that was described already it names the place where:
//! so the text is no longer than the declarations, and a type may hold itself.
//!
//! ```text
//! state: struct Order
//! state.status: enum Status
//! state.status.New: the least
//! state.status.Paid: above New
//! state.lines: map
//! state.lines.key: text
//! state.lines.value: Flat
//! state.lines.value.of: u32
//! ```
//!
//! The [`Fingerprint`] is the FNV-1a hash of that text, 64 bits wide. It finds every honest mistake; a peer that lies can claim any.

mod difference;
mod order;

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};
use core::{any::TypeId, fmt};

pub use self::difference::Difference;
pub(crate) use self::order::Variants;
use crate::codec::Codec;

/// The version of all forms in this crate. It grows when the bytes of a type change that is described as before.
const FORM: &str = "form 1\n";

/// What a type is as a state of replicas.
///
/// ```
/// use std::collections::{BTreeMap, HashMap};
/// use lvars::{Flat, Max, schema::Schema};
///
/// let here = Schema::of::<HashMap<String, Max<u32>>>();
/// assert_eq!(here, Schema::of::<BTreeMap<String, Max<u32>>>(), "the same bytes, by whichever map");
///
/// let there = Schema::of::<BTreeMap<String, Flat<u32>>>();
/// assert_ne!(here.fingerprint(), there.fingerprint());
/// assert_eq!(here.difference(&there).unwrap().to_string(), "`state.value` is `Max` here and `Flat` there");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Schema {
    text: String,
}

impl Schema {
    /// The schema of `T`.
    pub fn of<T: Codec>() -> Self {
        let mut out = Description { text: String::new(), path: "state".to_owned(), known: Vec::new() };
        T::describe(&mut out);
        Self { text: out.text }
    }

    /// What a peer says its schema is. Any text will do: one that is none differs from all that are.
    pub fn from_text(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// The text: a line for each place in a state.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hash of the text.
    pub fn fingerprint(&self) -> Fingerprint {
        let bytes = FORM.bytes().chain(self.text.bytes());
        Fingerprint(bytes.fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)))
    }

    /// The first place where the two differ, told from this side; `None` if they are equal.
    pub fn difference(&self, there: &Self) -> Option<Difference> {
        Difference::between(&self.text, &there.text)
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// FNV-1a as its authors specify it for 64 bits: `hash := (hash xor byte) * prime`, byte by byte.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// The hash of a schema. Equal on all machines and of all builds; shown as sixteen hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// A schema while it is written, by [`Codec::describe`].
#[derive(Debug)]
pub struct Description {
    text: String,
    /// The place that is described next.
    path: String,
    /// The types that have a description of their own, each with the place where it stands.
    known: Vec<(TypeId, String)>,
}

impl Description {
    /// Says what stands at the present place: a name for a form and a join. Said once for a place, before its parts.
    pub fn is(&mut self, what: impl fmt::Display) -> &mut Self {
        self.text.push_str(&format!("{}: {what}\n", self.path));
        self
    }

    /// Describes a part of what stands at the present place.
    pub fn part(&mut self, name: &str, describe: impl FnOnce(&mut Self)) -> &mut Self {
        let len = self.path.len();
        self.path.push('.');
        self.path.push_str(name);
        describe(self);
        self.path.truncate(len);
        self
    }

    /// Says that `T` stands at the present place, and describes it by `parts` if no other place has done so yet.
    ///
    /// What may hold itself, which is a struct or an enum of somebody's own, is described by this.
    pub fn once<T: ?Sized>(&mut self, what: impl fmt::Display, parts: impl FnOnce(&mut Self)) {
        // Of any lifetimes, since those have no part in a form. The identity is of this process; what is written is where the type stands.
        let id = typeid::of::<T>();
        match self.known.iter().find(|(known, _)| *known == id) {
            Some((_, place)) => {
                let what = format!("{what}, as at {place}");
                self.is(what);
            }
            None => {
                self.known.push((id, self.path.clone()));
                self.is(what);
                parts(self);
            }
        }
    }
}

#[cfg(test)]
mod tests;
