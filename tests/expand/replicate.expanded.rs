const _: () = {
    #[allow(unused_imports, reason = "a type without fields names nothing")]
    use ::lvars::__private as __p;
    const __S0: bool = <Status as __p::ReplicateField>::HOLDS;
    const __S1: bool = <u64 as __p::CodecField>::HOLDS;
    #[automatically_derived]
    impl __p::Delta for Order
    where
        for<'__a> Order: __p::Bottom,
        for<'__a> __p::strategies::ByMax: __p::StrategyDelta<__p::Sure<u64, __S1>>,
    {
        fn absorb(&mut self, __delta: Self) -> __p::Option<Self> {
            let mut __any = false;
            let __news = Self {
                status: <__p::Sure<
                    Status,
                    __S0,
                > as __p::DeltaField>::or_bottom(
                    <__p::Sure<
                        Status,
                        __S0,
                    > as __p::DeltaField>::absorb(&mut self.status, __delta.status),
                    &mut __any,
                ),
                priority: <__p::strategies::ByMax as __p::StrategyDelta<
                    __p::Sure<u64, __S1>,
                >>::or_bottom(
                    <__p::strategies::ByMax as __p::StrategyDelta<
                        __p::Sure<u64, __S1>,
                    >>::absorb(&mut self.priority, __delta.priority),
                    &mut __any,
                ),
            };
            __any.then_some(__news)
        }
        fn diff(&self, __seen: &Self) -> __p::Option<Self> {
            let mut __any = false;
            let __missing = Self {
                status: <__p::Sure<
                    Status,
                    __S0,
                > as __p::DeltaField>::or_bottom(
                    <__p::Sure<
                        Status,
                        __S0,
                    > as __p::DeltaField>::diff(&self.status, &__seen.status),
                    &mut __any,
                ),
                priority: <__p::strategies::ByMax as __p::StrategyDelta<
                    __p::Sure<u64, __S1>,
                >>::or_bottom(
                    <__p::strategies::ByMax as __p::StrategyDelta<
                        __p::Sure<u64, __S1>,
                    >>::diff(&self.priority, &__seen.priority),
                    &mut __any,
                ),
            };
            __any.then_some(__missing)
        }
        fn parts(&self) -> impl __p::Iterator<Item = Self> {
            let __parts = __p::iter::empty::<Self>();
            let __parts = __p::Iterator::chain(
                __parts,
                __p::Iterator::map(
                    <__p::Sure<Status, __S0> as __p::DeltaField>::parts(&self.status),
                    |__part| Self {
                        status: __part,
                        ..<Self as __p::Bottom>::bottom()
                    },
                ),
            );
            let __parts = __p::Iterator::chain(
                __parts,
                __p::Iterator::map(
                    <__p::strategies::ByMax as __p::StrategyDelta<
                        __p::Sure<u64, __S1>,
                    >>::parts(&self.priority),
                    |__part| Self {
                        priority: __part,
                        ..<Self as __p::Bottom>::bottom()
                    },
                ),
            );
            __parts
        }
    }
    #[automatically_derived]
    impl __p::Codec for Order {
        fn encode(&self, __out: &mut __p::Vec<u8>) {
            <__p::Sure<Status, __S0> as __p::CodecField>::encode(&self.status, __out);
            <__p::Sure<u64, __S1> as __p::CodecField>::encode(&self.priority, __out);
        }
        fn decode(
            __input: &mut __p::Decoder<'_>,
        ) -> __p::Result<Self, __p::DecodeError> {
            __p::Ok(Self {
                status: <__p::Sure<Status, __S0> as __p::CodecField>::decode(__input)?,
                priority: <__p::Sure<u64, __S1> as __p::CodecField>::decode(__input)?,
            })
        }
    }
};
