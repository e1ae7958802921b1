//! Who writes: a new identity for each replica that was opened, minted at its first write.
//!
//! A writer is never configured, saved or reused. A replica that came back from a backup under its old writer would issue its old
//! counts again for new events, and the others would take them for known: a silent loss (riak_kv #679).

use lattice_core::WriterId;

/// A writer that was never used before.
///
/// 64 random bits come from the operating system and not from std's `RandomState`: that one promises nothing about how its
/// hashes spread, and a forked process goes on with its parent's sequence.
pub(crate) fn mint() -> WriterId {
    WriterId(getrandom::u64().expect("the operating system has no random bits for a writer"))
}
