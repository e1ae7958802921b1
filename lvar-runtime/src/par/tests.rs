//! What a run promises, one test a promise.

mod and_or;
mod cancel;
mod determinism;
mod end;
mod handlers;
mod log;
mod loops;
mod memo;
mod slices;
mod tasks;
