//! Every mistake that the derives catch, with the compiler's whole answer: a program in `tests/ui` and a `.stderr` beside it.
//!
//! What these tests promise beyond the words: one message for one mistake, at the token to change, and all mistakes at once.
//! `cargo xtask bless` rewrites the answers.

#[test]
fn a_mistake_in_a_threshold_set_is_one_message_at_its_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/thresholds/*.rs");
}
