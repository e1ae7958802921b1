//! A threshold set: a field, a key, an alternative and a bound value.

#[derive(Threshold)]
#[threshold(on = Order)]
pub enum Outcome {
    #[when(lines[Sku::BOOK], status >= Status::Shipped)]
    Sold(u32),
    #[when(status >= Status::Cancelled)]
    Failed,
}
