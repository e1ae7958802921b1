const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <Status as __p::ReplicateField>::HOLDS
        & <u64 as __p::CodecField>::HOLDS;
    type __By = __p::Sure<__p::ByFields, __S>;
    #[automatically_derived]
    impl __p::DerivedDelta for Order {
        type By = __By;
    }
    #[automatically_derived]
    impl __p::DerivedCodec for Order {
        type By = __By;
    }
};
