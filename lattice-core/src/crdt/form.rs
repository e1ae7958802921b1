//! How a replicated type is what it holds: a name around a ready lattice, with writes and reads of its own.

/// `formed!([parameters] Type, "Type", Inner, [codec bounds], check)` for `struct Type(Inner)`: lattice, bottom, deltas and canonical form are those
/// of `Inner`. Of what was decoded, `check` says what is wrong with it, if no write makes such a state. Where writers are named in it, `forged: function` is
/// [`Delta::forged`](crate::Delta::forged).
macro_rules! formed {
    ([$($parameters:tt)*] $type:ty, $name:literal, $inner:ty, [$($bounds:tt)*], $check:expr $(, forged: $forged:expr)?) => {
        impl<$($parameters)*> $crate::lattice::Lattice for $type {
            fn join(&mut self, other: Self) -> bool {
                $crate::lattice::Lattice::join(&mut self.0, other.0)
            }

            fn join_ref(&mut self, other: &Self) -> bool {
                $crate::lattice::Lattice::join_ref(&mut self.0, &other.0)
            }

            fn lattice_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                $crate::lattice::Lattice::lattice_cmp(&self.0, &other.0)
            }

            fn leq(&self, other: &Self) -> bool {
                $crate::lattice::Lattice::leq(&self.0, &other.0)
            }

            fn conflict(&self) -> Option<$crate::conflict::Conflict> {
                $crate::lattice::Lattice::conflict(&self.0)
            }

            fn incompatible(&self, other: &Self) -> Option<$crate::conflict::Conflict> {
                $crate::lattice::Lattice::incompatible(&self.0, &other.0)
            }
        }

        impl<$($parameters)*> $crate::lattice::Bottom for $type {
            fn bottom() -> Self {
                Self($crate::lattice::Bottom::bottom())
            }

            fn is_bottom(&self) -> bool {
                $crate::lattice::Bottom::is_bottom(&self.0)
            }
        }

        impl<$($parameters)*> Default for $type {
            fn default() -> Self {
                $crate::lattice::Bottom::bottom()
            }
        }

        impl<$($parameters)*> $crate::delta::Delta for $type {
            fn absorb(&mut self, delta: Self) -> Option<Self> {
                $crate::delta::Delta::absorb(&mut self.0, delta.0).map(Self)
            }

            fn diff(&self, seen: &Self) -> Option<Self> {
                $crate::delta::Delta::diff(&self.0, &seen.0).map(Self)
            }

            fn parts(&self) -> impl Iterator<Item = Self> {
                $crate::delta::Delta::parts(&self.0).map(Self)
            }

            fn forged(
                &self,
                delta: &Self,
                writer: $crate::crdt::WriterId,
            ) -> Option<$crate::forged::Forged> {
                let _ = (delta, writer);
                let found = None;
                $(let found = found.or_else(|| $forged(self, delta, writer));)?
                found
            }
        }

        impl<$($parameters)*> $crate::codec::Codec for $type
        where
            $($bounds)*
        {
            fn encode(&self, out: &mut alloc::vec::Vec<u8>) {
                $crate::codec::Codec::encode(&self.0, out);
            }

            fn decode(
                input: &mut $crate::codec::Decoder<'_>,
            ) -> Result<Self, $crate::codec::DecodeError> {
                let inner = <$inner as $crate::codec::Codec>::decode(input)?;
                let wrong: Option<&'static str> = $check(&inner);
                wrong.map_or(Ok(Self(inner)), |what| Err(input.error(what)))
            }

            fn describe(out: &mut $crate::schema::Description) {
                out.is($name).part("of", <$inner as $crate::codec::Codec>::describe);
            }
        }
    };
}

/// `fields!([parameters] Type, "Type": "first" => Lattice, "second" => Lattice)` for a pair in a name: thresholds name the two.
macro_rules! fields {
    ([$($parameters:tt)*] $type:ty, $name:literal: $first:literal => $one:ty, $second:literal => $two:ty) => {
        impl<$($parameters)*> $crate::threshold::HasFields for $type {
            const NAME: &'static str = $name;
            const NAMES: &'static [&'static str] = &[$first, $second];
        }

        $crate::crdt::form::fields!(@ [$($parameters)*] $type, 0 => $one);
        $crate::crdt::form::fields!(@ [$($parameters)*] $type, 1 => $two);
    };
    (@ [$($parameters:tt)*] $type:ty, $at:tt => $lattice:ty) => {
        impl<$($parameters)*> $crate::threshold::HasField<$crate::threshold::Field<$at>> for $type {
            type Lattice = $lattice;
        }

        impl<$($parameters)*> $crate::threshold::Project<$crate::threshold::Field<$at>> for $type {
            type Target = $lattice;

            fn project(&self) -> &$lattice {
                &self.0.$at
            }
        }
    };
}

/// `keyed!([parameters] Type, Key, Value)` for a map in a name: thresholds name what is under a key.
macro_rules! keyed {
    ([$($parameters:tt)*] $type:ty, $key:ident, $value:ty) => {
        impl<$($parameters)*> $crate::threshold::HasKey for $type {
            type Key = $key;
            type Value = $value;
        }

        impl<$key: Ord + core::borrow::Borrow<Q>, Q: Ord + ?Sized, W: ?Sized> $crate::threshold::AtKey<Q, W> for $type {
            type Value = $value;

            fn at_key<R>(
                &self,
                key: &Q,
                watch: &mut W,
                then: impl FnOnce(&$value, &mut W) -> Option<R>,
            ) -> Option<R> {
                then(self.0.get(key)?, watch)
            }
        }
    };
}

pub(super) use fields;
pub(super) use formed;
pub(super) use keyed;
