//! What a forked closure or a handler's callback may return: nothing, or what its last put answered.

use crate::error::PutError;

/// The return type of a closure that is run for its effects: `()`, or `Result<(), PutError>` so that `?` works in it.
///
/// A refused put fails the whole run whether the closure returns the error or not; returning it just ends the closure early.
#[diagnostic::on_unimplemented(
    message = "a forked closure cannot end with `{Self}`",
    label = "this closure must end with `()` or `Result<(), PutError>`",
    note = "what is forked has no result: end it with `;`, or `spawn` a future and await its result",
    note = "for async code use `spawn`",
    note = "a closure that does nothing but panic says what it would return: `|_| -> () {{ panic!(..) }}`"
)]
pub trait TaskEnd: closed::Ended {}

impl TaskEnd for () {}
impl TaskEnd for Result<(), PutError> {}

pub(crate) mod closed {
    use crate::error::PutError;

    /// How a closure ended; no other crate implements it.
    #[expect(unnameable_types, reason = "nobody can name it, so nobody else implements `TaskEnd`")]
    pub trait Ended {
        /// The error with which the closure ended.
        fn put_error(self) -> Option<PutError>;
    }

    impl Ended for () {
        fn put_error(self) -> Option<PutError> {
            None
        }
    }

    impl Ended for Result<(), PutError> {
        fn put_error(self) -> Option<PutError> {
            self.err()
        }
    }
}
