//! What a run promises, one test a promise.

mod determinism;
mod end;
mod handlers;
mod log;
mod tasks;
