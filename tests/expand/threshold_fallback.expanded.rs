::core::compile_error! {
    "a threshold compares with `>=` only, not with `>`\nnote: a threshold must stay reached while the state grows, and only `>=` in the lattice order does\nhelp: name the least state that counts: `status >= value`"
}
const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Threshold for Outcome {
        type On = Order;
        const NAME: &'static str = "Outcome";
    }
    #[automatically_derived]
    impl<__O: ?::core::marker::Sized, __W: ?::core::marker::Sized> __p::Reached<__O, __W>
    for Outcome {
        fn reached(_: &__O, _: &mut __W) -> __p::Option<Self> {
            __p::None
        }
    }
};
