//! A threshold set with a mistake: the message, and impls that stand in.

#[derive(Threshold)]
#[threshold(on = Order)]
pub enum Outcome {
    #[when(status > Status::Paid)]
    Sold,
}
