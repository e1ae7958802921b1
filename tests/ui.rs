//! Every mistake that the derives catch, with the compiler's whole answer: a program in `tests/ui` and a `.stderr` beside it.
//!
//! What these tests promise beyond the words: one message for one mistake, at the token to change, and all mistakes at once.
//! `cargo xtask bless` rewrites the answers; each program has an entry in `docs/mistakes`, which tidy checks.

#[test]
fn every_mistake_has_its_message_at_its_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
