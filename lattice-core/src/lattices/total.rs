//! Floats in a total order, so that their maximum and minimum are lattices.
//!
//! Std's `max` of floats is no join: it forgets NaN, and which of two zeros it keeps is not said. And NaN is not one value: `0.0 / 0.0`
//! has its sign bit set on some processors and clear on others, so an order by bits alone would differ between machines.

use alloc::vec::Vec;
use core::{
    cmp::Ordering,
    fmt::{self, Debug, Display},
    hash::{Hash, Hasher},
};

use crate::{
    codec::{Codec, DecodeError, Decoder},
    lattices::{GreatestValue, LeastValue},
    schema::Description,
};

/// A float with a total order, that of `total_cmp`, and with a single NaN.
///
/// ```text
///   −∞ < … < −0.0 < 0.0 < … < ∞ < NaN
/// ```
///
/// It is a plain value and no lattice: say which by [`Max`](crate::Max), which starts from −∞ and which NaN wins, so that it shows;
/// by [`Min`](crate::Min), which starts from NaN; or by [`Flat`](crate::Flat), for which NaN is a value like any other and the two
/// zeros differ. Every NaN is the same one, in comparisons as in bytes.
///
/// ```
/// use lvars::{Bottom, Lattice, Max, Total};
///
/// assert_eq!(Max(Total(21.5)).joined(Max(Total(-3.0))), Max(Total(21.5)));
/// assert_eq!(Max::bottom(), Max(Total(f64::NEG_INFINITY)));
/// assert_eq!(Total(f64::NAN), Total(-f64::NAN));
/// ```
#[derive(Clone, Copy, Default)]
pub struct Total<T>(pub T);

macro_rules! floats {
    ($($float:ident as $bits:ident)+) => {$(
        impl Total<$float> {
            /// The bits of the value, where every NaN has those of one: positive and quiet, with no payload.
            pub const fn to_bits(self) -> $bits {
                if self.0.is_nan() { Self::NAN } else { self.0.to_bits() }
            }

            // Not `NAN` of std, whose bits no one promises.
            const NAN: $bits = $float::INFINITY.to_bits() | 1 << ($float::MANTISSA_DIGITS - 2);
        }

        impl From<$float> for Total<$float> {
            fn from(value: $float) -> Self {
                Self(value)
            }
        }

        impl PartialEq for Total<$float> {
            fn eq(&self, other: &Self) -> bool {
                self.to_bits() == other.to_bits()
            }
        }

        impl Eq for Total<$float> {}

        impl PartialOrd for Total<$float> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for Total<$float> {
            fn cmp(&self, other: &Self) -> Ordering {
                $float::from_bits(self.to_bits()).total_cmp(&$float::from_bits(other.to_bits()))
            }
        }

        impl Hash for Total<$float> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.to_bits().hash(state);
            }
        }

        /// Below all: −∞.
        impl LeastValue for Total<$float> {
            fn least() -> Self {
                Self($float::NEG_INFINITY)
            }
        }

        /// Above all: NaN.
        impl GreatestValue for Total<$float> {
            fn greatest() -> Self {
                Self($float::from_bits(Self::NAN))
            }
        }

        /// The bits, little-endian.
        impl Codec for Total<$float> {
            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_bits().to_le_bytes());
            }

            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                let mut bytes = [0; size_of::<$float>()];
                bytes.copy_from_slice(input.bytes(size_of::<$float>())?);
                let bits = $bits::from_le_bytes(bytes);
                let value = Self($float::from_bits(bits));
                if value.to_bits() == bits { Ok(value) } else { Err(input.error("a NaN is not the one NaN")) }
            }

            fn describe(out: &mut Description) {
                out.is(stringify!($float));
            }
        }
    )+};
}

floats!(f32 as u32 f64 as u64);

impl<T: Debug> Debug for Total<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Display> Display for Total<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
use crate::{Flat, Max, Min};

#[cfg(test)]
const FLOATS: [f64; 8] = [f64::NEG_INFINITY, -1.5, -0.0, 0.0, 1e-310, 1.5, f64::INFINITY, f64::NAN];

#[test]
fn every_nan_is_the_greatest_value_whatever_its_bits() {
    for bits in [f64::NAN.to_bits(), (-f64::NAN).to_bits(), u64::MAX, 0x7ff0_0000_0000_0001] {
        let nan = Total(f64::from_bits(bits));
        assert_eq!(nan, Total::greatest());
        assert!(Total(f64::INFINITY) < nan);
        assert_eq!(Total::from_bytes(&nan.to_bytes()), Ok(nan));
        let as_it_is = bits.to_le_bytes();
        assert_eq!(Total::<f64>::from_bytes(&as_it_is).is_ok(), as_it_is[..] == nan.to_bytes());
    }
}

crate::laws!(max: Max<Total<f64>>, FLOATS.map(|float| Max(Total(float))));
crate::laws!(min: Min<Total<f32>>, FLOATS.map(|float| Min(Total(float as f32))));
crate::laws!(
    flat: Flat<Total<f64>>,
    FLOATS.map(|float| Flat::Value(Total(float))).into_iter().chain([Flat::Bottom, Flat::Conflict])
);
