//! Permissions on a device without std: what a crate does that uses the core alone.
//!
//! It depends on `lvars-lattice-core` without its default features and on `lvars-lattice-derive`, and says `crate = lattice_core` where the
//! derives would look for `lvars`. `Lattice`, `Replicate` and `Threshold` work so; `LVar` needs threads, hence `lvars`.
//!
//! Authorities sign grants; a grant comes as bytes, in any order and any number of times. `decide` joins them and answers what is certain.
#![no_std]

extern crate alloc;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use lattice_core::{Bottom, Lattice, codec::Codec, threshold::Observe};
use lattice_derive::{Lattice, Replicate, Threshold};

/// What somebody may do.
///
/// ```text
///         Admin
///        /     \
///   Reader     Writer
///        \     /
///        Nobody
/// ```
#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(crate = lattice_core, order(Nobody < Reader < Admin, Nobody < Writer < Admin))]
pub enum Role {
    /// Nothing.
    Nobody,
    /// Read.
    Reader,
    /// Write, though not see what is there.
    Writer,
    /// Both.
    Admin,
}

/// Whether somebody has an account at all.
#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(crate = lattice_core, order(Unknown < Open < Disputed, Unknown < Locked < Disputed), conflict = Disputed)]
pub enum Account {
    /// Nobody has said.
    Unknown,
    /// They have.
    Open,
    /// They have not.
    Locked,
    /// One authority says this and another that: a person must look.
    Disputed,
}

/// What one authority says of somebody, and what all of them say together.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(crate = lattice_core)]
pub struct Grant {
    /// The role; reading and writing add up.
    pub role: Role,
    /// The account.
    pub account: Account,
    /// Whether any authority has seen a passport.
    #[lattice(any)]
    pub identified: bool,
    /// Whether they are a guest as far as all authorities know. One that knows better is enough.
    #[lattice(all)]
    pub guest: bool,
}

/// May they write over what they have read?
#[derive(Threshold, Clone, Copy, Debug, PartialEq, Eq)]
#[threshold(on = Grant, crate = lattice_core)]
pub enum Access {
    /// They have both rights, an account and a name, and are no guest.
    #[when(account >= Account::Open, role >= Role::Admin, identified >= true, guest >= false)]
    Granted,
    /// They have no account.
    #[when(account >= Account::Locked)]
    Refused,
}

/// Joins the grants and answers what they suffice for; `None` as long as more must be known.
///
/// # Errors
///
/// If a grant is no grant, or two of them contradict each other: where, and what they say.
pub fn decide(grants: &[Vec<u8>]) -> Result<Option<Access>, String> {
    let mut all = Grant::bottom();
    for grant in grants {
        let grant = Grant::from_bytes(grant).map_err(|error| error.to_string())?;
        if let Some(conflict) = all.incompatible(&grant) {
            return Err(conflict.to_string());
        }
        all.join(grant);
    }
    all.get::<Access>().map_err(|conflict| conflict.to_string())
}
