//! A struct of stores, with a generic field.

#[derive(DotStore)]
struct Page<T> {
    title: MvRegister<String>,
    tags: AddWinsSet<T>,
    items: OrMap<String, Item>,
}
