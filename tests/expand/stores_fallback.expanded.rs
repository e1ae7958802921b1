::core::compile_error! {
    "`max` says nothing of a field of a dot store\nnote: the field is a store, and joins dot by dot\nhelp: remove it; a plain value that is written again is an `MvRegister<T>`; what is never taken back stands beside the document, as in `struct Page { #[lattice(max)] edited: u64, body: Causal<Body> }`"
}
const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl<T> __p::Default for Page<T> {
        fn default() -> Self {
            __p::stub()
        }
    }
    #[automatically_derived]
    impl<T> __p::StoreStruct for Page<T>
    where
        for<'__a> Page<T>: __p::Clone + __p::PartialEq + __p::fmt::Debug,
    {
        type Fields = ();
        const NAMES: &'static [&'static str] = &[];
        fn from_fields((): ()) -> Self {
            __p::stub()
        }
        fn into_fields(self) {}
        fn fields(&self) {}
        fn fields_mut(&mut self) {}
    }
};
