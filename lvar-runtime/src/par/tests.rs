//! What a run promises, one test a promise.

mod end;
mod handlers;
mod log;
mod tasks;
