//! What every crate is asked to do with a map from strings to numbers, and with a counter.

pub(crate) trait Document {
    fn new() -> Self;

    /// A copy that shares nothing with this one, and is ready to be read and written.
    fn copy(&self) -> Self;

    /// Writes the number under a key of its own, or adds one, as this writer.
    fn write(&mut self, writer: u64, nth: u64);

    /// As [`write`](Self::write); answers what the others are sent.
    fn write_and_tell(&mut self, writer: u64, nth: u64) -> Vec<u8>;

    /// Joins what is sent: a delta, or all bytes of a document.
    fn take_in(&mut self, delta: &[u8]);

    /// Joins all that another has and this one lacks.
    fn join(&mut self, other: &mut Self);

    fn to_bytes(&self) -> Vec<u8>;

    /// How many bytes are left if earlier states are left out, where there are any, and they can be.
    fn n_bytes_of_state(&self) -> Option<usize> {
        None
    }

    /// A document that has been read once.
    fn from_bytes(bytes: &[u8]) -> Self;

    /// The entries that are as they were written, or the count.
    fn n_writes(&self) -> u64;
}
