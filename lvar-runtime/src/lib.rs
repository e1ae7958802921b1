//! runtime

pub mod replica;

pub use replica::Replica;
