//! The representations of LVars, one a file, and which lattice has which.

pub(crate) mod finite;
