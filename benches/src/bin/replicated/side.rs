//! What every crate is asked to do: the same work, by the means that each has for it.

/// A replicated set, or map of registers; a key of a map has itself as its value. A clone shares nothing with it.
pub(crate) trait Collection: Clone + Default {
    /// What a write sends to the others.
    type Delta: Clone;

    /// Adds the key, or writes a value under it, as this writer.
    fn write(&mut self, writer: u64, key: u64) -> Self::Delta;

    fn remove(&mut self, writer: u64, key: u64);

    fn contains(&self, key: u64) -> bool;

    fn len(&self) -> usize;

    fn take_in(&mut self, delta: Self::Delta);

    /// Joins another state, of which nothing need be left.
    fn join(&mut self, other: &mut Self);

    /// `None` where the crate has no form as bytes.
    fn to_bytes(&self) -> Option<Vec<u8>>;

    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// A replicated counter. A clone shares nothing with it.
pub(crate) trait Counter: Clone + Default {
    /// What an addition sends to the others.
    type Delta: Clone;

    fn add(&mut self, writer: u64) -> Self::Delta;

    /// The count, if it is what is expected.
    fn is(&self, expected: u64) -> bool;

    fn take_in(&mut self, delta: Self::Delta);

    /// Joins another state, of which nothing need be left.
    fn join(&mut self, other: &mut Self);

    fn to_bytes(&self) -> Vec<u8>;

    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// Random numbers (splitmix64): as keys of no order, and as writers.
pub(crate) fn spread(i: u64) -> u64 {
    let mut bits = i.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}
