//! What a run promises, one test a promise.

mod and_or;
mod branch;
mod cancel;
mod determinism;
mod end;
mod handlers;
mod log;
mod loops;
mod memo;
mod nested;
mod slices;
mod tasks;
