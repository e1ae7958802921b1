//! A field that joins in another way than by its dots.

#[derive(DotStore)]
struct Page<T> {
    title: MvRegister<T>,
    #[lattice(max)]
    edited: u64,
}
