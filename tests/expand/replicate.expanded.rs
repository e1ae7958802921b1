const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <Status as __p::ReplicateField>::HOLDS
        & <u64 as __p::CodecField>::HOLDS;
    #[automatically_derived]
    impl __p::Delta for Order
    where
        for<'__a> Order: __p::Bottom,
    {
        fn absorb(&mut self, __delta: Self) -> __p::Option<Self> {
            __p::derived::absorb::<__p::Sure<Self, __S>>(self, __delta)
        }
        fn diff(&self, __seen: &Self) -> __p::Option<Self> {
            __p::derived::diff::<__p::Sure<Self, __S>>(self, __seen)
        }
        fn parts(&self) -> impl __p::Iterator<Item = Self> {
            __p::derived::parts::<__p::Sure<Self, __S>>(self)
        }
    }
    #[automatically_derived]
    impl __p::Codec for Order {
        fn encode(&self, __out: &mut __p::Vec<u8>) {
            __p::derived::encode::<__p::Sure<Self, __S>>(self, __out)
        }
        fn decode(
            __input: &mut __p::Decoder<'_>,
        ) -> __p::Result<Self, __p::DecodeError> {
            __p::derived::decode::<__p::Sure<Self, __S>>(__input)
        }
    }
};
