const _: () = {
    use ::lvars::__private as __p;
    const __S0: bool = <Min<i64> as __p::LatticeField>::HOLDS;
    const __S1: bool = <__p::strategies::ByMax as __p::StrategyField<u64>>::HOLDS;
    const __S2: bool = <String as __p::sum::IsPlainData>::HOLDS;
    #[automatically_derived]
    impl __p::Lattice for Value {
        fn join(&mut self, __other: Self) -> bool {
            __p::sum::join(self, __other)
        }
        fn join_ref(&mut self, __other: &Self) -> bool
        where
            Self: __p::Clone,
        {
            __p::sum::join_ref(self, __other)
        }
        fn lattice_cmp(&self, __other: &Self) -> __p::Option<__p::Ordering> {
            __p::sum::cmp(self, __other)
        }
        fn leq(&self, __other: &Self) -> bool {
            __p::sum::leq(self, __other)
        }
        fn conflict(&self) -> __p::Option<__p::Conflict> {
            __p::sum::conflict(self)
        }
        fn incompatible(&self, __other: &Self) -> __p::Option<__p::Conflict> {
            __p::sum::incompatible(self, __other)
        }
    }
    static __ORDER: __p::sum::Order = __p::sum::Order {
        names: &["Unknown", "Int", "Text", "Varies"],
        joins: b"\0\x01\x02\x03\x01\x01\x03\x03\x02\x03\x02\x03\x03\x03\x03\x03",
        covers: b"\0\x01\x03\x03",
        bottom: __p::Some(0),
        conflict: __p::Some(3),
    };
    #[automatically_derived]
    impl __p::sum::Sum for Value {
        fn order() -> &'static __p::sum::Order {
            &__ORDER
        }
        fn index(&self) -> u8 {
            self.__lattice_index()
        }
        fn least_of(__variant: u8) -> __p::Option<Self> {
            match __variant {
                3 => __p::Some(Self::Varies {}),
                _ => __p::None,
            }
        }
        fn join_payload(&mut self, __other: Self) -> bool {
            match (self, __other) {
                (
                    Self::Int { least: __a0, seen: __a1 },
                    Self::Int { least: __b0, seen: __b1 },
                ) => {
                    let mut __grew = false;
                    __grew
                        |= <__p::sum::Own as __p::sum::PayloadField<
                            __p::Sure<Min<i64>, __S0>,
                        >>::join(__a0, __b0);
                    __grew
                        |= <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadField<
                            __p::Sure<u64, __S1>,
                        >>::join(__a1, __b1);
                    __grew
                }
                _ => false,
            }
        }
        fn join_payload_ref(&mut self, __other: &Self) -> bool {
            match (self, __other) {
                (
                    Self::Int { least: __a0, seen: __a1 },
                    Self::Int { least: __b0, seen: __b1 },
                ) => {
                    let mut __grew = false;
                    __grew
                        |= <__p::sum::Own as __p::sum::PayloadField<
                            __p::Sure<Min<i64>, __S0>,
                        >>::join_ref(__a0, __b0);
                    __grew
                        |= <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadField<
                            __p::Sure<u64, __S1>,
                        >>::join_ref(__a1, __b1);
                    __grew
                }
                _ => false,
            }
        }
        fn visit(&self, __other: &Self, __visitor: &mut impl __p::sum::Visitor) {
            match (self, __other) {
                (
                    Self::Int { least: __a0, seen: __a1 },
                    Self::Int { least: __b0, seen: __b1 },
                ) => {
                    __p::sum::Visitor::field::<
                        __p::sum::Own,
                        __p::Sure<Min<i64>, __S0>,
                    >(__visitor, __p::Some("least"), __a0, __b0);
                    __p::sum::Visitor::field::<
                        __p::sum::By<__p::strategies::ByMax>,
                        __p::Sure<u64, __S1>,
                    >(__visitor, __p::Some("seen"), __a1, __b1);
                }
                (Self::Text { 0: __a0 }, Self::Text { 0: __b0 }) => {
                    __p::sum::Visitor::field::<
                        __p::sum::Plain,
                        __p::Sure<String, __S2>,
                    >(__visitor, __p::None, __a0, __b0);
                }
                _ => {}
            }
        }
    }
    #[automatically_derived]
    impl __p::Bottom for Value {
        fn bottom() -> Self {
            Self::Unknown {}
        }
        fn is_bottom(&self) -> bool {
            match self {
                Self::Unknown {} => true,
                _ => false,
            }
        }
    }
    #[automatically_derived]
    impl Value {
        const fn __lattice_index(&self) -> u8 {
            match self {
                Self::Unknown { .. } => 0,
                Self::Int { .. } => 1,
                Self::Text { .. } => 2,
                Self::Varies { .. } => 3,
            }
        }
        const fn __lattice_differ(&self, __other: &Self) -> bool {
            match (self, __other) {
                (Self::Text { 0: __a0 }, Self::Text { 0: __b0 }) => false,
                _ => false,
            }
        }
    }
    #[automatically_derived]
    impl __p::Points for Value
    where
        for<'__a> Value: __p::Clone + __p::Send + __p::Sync + 'static,
    {
        type Point = Self;
        fn is_at_least(&self, __point: &Self) -> bool {
            __p::sum::leq(__point, self)
        }
    }
    #[automatically_derived]
    impl<__A: __p::Literal<Self>, __B: __p::Literal<Self>> __p::Pair<__A, __B> for Value
    where
        for<'__a> Value: __p::Clone + __p::Send + __p::Sync + 'static,
    {
        const VERDICT: __p::Verdict = {
            let __a = <__A as __p::Literal<Self>>::VALUE;
            let __b = <__B as __p::Literal<Self>>::VALUE;
            let __variants = (__a.__lattice_index(), __b.__lattice_index());
            let __verdict = __p::sum::verdict(
                &__ORDER,
                __variants,
                __a.__lattice_differ(&__b),
            );
            __p::sum::forget(__a);
            __p::sum::forget(__b);
            __verdict
        };
    }
    #[automatically_derived]
    impl<__W: ?Sized> __p::Decided<String, __W> for Value {
        fn decided(&self, _: &mut __W) -> __p::Option<String> {
            match self {
                Self::Text { 0: __a0 } => __p::Some(__p::Clone::clone(__a0)),
                _ => __p::None,
            }
        }
    }
};
const _: () = {
    use ::lvars::__private as __p;
    const __SUM: bool = <Value as __p::sum::Sum>::HOLDS;
    #[automatically_derived]
    impl __p::HasLVar for Value
    where
        for<'__a> Value: __p::Lattice,
    {
        type LVar = __p::BehindLock<__p::Sure<Value, __SUM>>;
    }
};
const _: () = {
    use ::lvars::__private as __p;
    const __S0: bool = <Min<i64> as __p::ReplicateField>::HOLDS;
    const __S1: bool = <u64 as __p::CodecField>::HOLDS;
    const __S2: bool = <String as __p::CodecField>::HOLDS;
    const __SUM: bool = <Value as __p::sum::Sum>::HOLDS;
    #[automatically_derived]
    impl __p::Delta for Value
    where
        for<'__a> Value: __p::sum::Sum + __p::Bottom,
        for<'__a> __p::sum::By<
            __p::strategies::ByMax,
        >: __p::sum::PayloadDelta<__p::Sure<u64, __S1>>,
    {
        fn absorb(&mut self, __delta: Self) -> __p::Option<Self> {
            __p::sum::absorb::<__p::Sure<Value, __SUM>>(self, __delta)
        }
        fn diff(&self, __seen: &Self) -> __p::Option<Self> {
            __p::sum::diff::<__p::Sure<Value, __SUM>>(self, __seen)
        }
        fn forged(
            &self,
            __delta: &Self,
            __writer: __p::WriterId,
        ) -> __p::Option<__p::Forged> {
            __p::sum::forged::<__p::Sure<Value, __SUM>>(self, __delta, __writer)
        }
        fn parts(&self) -> impl __p::Iterator<Item = Self> {
            __p::sum::parts::<__p::Sure<Value, __SUM>>(self)
        }
    }
    #[automatically_derived]
    impl __p::sum::SumDelta for Value
    where
        for<'__a> Value: __p::sum::Sum + __p::Bottom,
        for<'__a> __p::sum::By<
            __p::strategies::ByMax,
        >: __p::sum::PayloadDelta<__p::Sure<u64, __S1>>,
    {
        fn bottom_of(__variant: u8) -> __p::Option<Self> {
            match __variant {
                0 => __p::Some(Self::Unknown {}),
                1 => {
                    __p::Some(Self::Int {
                        least: <__p::sum::Own as __p::sum::PayloadDelta<
                            __p::Sure<Min<i64>, __S0>,
                        >>::bottom(),
                        seen: <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadDelta<__p::Sure<u64, __S1>>>::bottom(),
                    })
                }
                3 => __p::Some(Self::Varies {}),
                _ => __p::None,
            }
        }
        fn has_bottom_payload(&self) -> bool {
            match self {
                Self::Int { least: __a0, seen: __a1 } => {
                    true
                        && <__p::sum::Own as __p::sum::PayloadDelta<
                            __p::Sure<Min<i64>, __S0>,
                        >>::is_bottom(__a0)
                        && <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadDelta<
                            __p::Sure<u64, __S1>,
                        >>::is_bottom(__a1)
                }
                _ => true,
            }
        }
        fn absorb_payload(&mut self, __delta: Self) -> __p::Option<Self> {
            match (self, __delta) {
                (
                    Self::Int { least: __a0, seen: __a1 },
                    Self::Int { least: __b0, seen: __b1 },
                ) => {
                    let mut __any = false;
                    let __news = Self::Int {
                        least: <__p::sum::Own as __p::sum::PayloadDelta<
                            __p::Sure<Min<i64>, __S0>,
                        >>::or_bottom(
                            <__p::sum::Own as __p::sum::PayloadDelta<
                                __p::Sure<Min<i64>, __S0>,
                            >>::absorb(__a0, __b0),
                            &mut __any,
                        ),
                        seen: <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadDelta<
                            __p::Sure<u64, __S1>,
                        >>::or_bottom(
                            <__p::sum::By<
                                __p::strategies::ByMax,
                            > as __p::sum::PayloadDelta<
                                __p::Sure<u64, __S1>,
                            >>::absorb(__a1, __b1),
                            &mut __any,
                        ),
                    };
                    __any.then_some(__news)
                }
                _ => __p::None,
            }
        }
        fn diff_payload(&self, __seen: &Self) -> __p::Option<Self> {
            match (self, __seen) {
                (
                    Self::Int { least: __a0, seen: __a1 },
                    Self::Int { least: __b0, seen: __b1 },
                ) => {
                    let mut __any = false;
                    let __news = Self::Int {
                        least: <__p::sum::Own as __p::sum::PayloadDelta<
                            __p::Sure<Min<i64>, __S0>,
                        >>::or_bottom(
                            <__p::sum::Own as __p::sum::PayloadDelta<
                                __p::Sure<Min<i64>, __S0>,
                            >>::diff(__a0, __b0),
                            &mut __any,
                        ),
                        seen: <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadDelta<
                            __p::Sure<u64, __S1>,
                        >>::or_bottom(
                            <__p::sum::By<
                                __p::strategies::ByMax,
                            > as __p::sum::PayloadDelta<
                                __p::Sure<u64, __S1>,
                            >>::diff(__a1, __b1),
                            &mut __any,
                        ),
                    };
                    __any.then_some(__news)
                }
                _ => __p::None,
            }
        }
        fn forged_payload(
            &self,
            __delta: &Self,
            __writer: __p::WriterId,
        ) -> __p::Option<__p::Forged> {
            match (self, __delta) {
                (
                    Self::Int { least: __a0, seen: __a1 },
                    Self::Int { least: __b0, seen: __b1 },
                ) => {
                    __p::None
                        .or_else(|| <__p::sum::Own as __p::sum::PayloadDelta<
                            __p::Sure<Min<i64>, __S0>,
                        >>::forged(__a0, __b0, __writer, __p::Some("least")))
                        .or_else(|| <__p::sum::By<
                            __p::strategies::ByMax,
                        > as __p::sum::PayloadDelta<
                            __p::Sure<u64, __S1>,
                        >>::forged(__a1, __b1, __writer, __p::Some("seen")))
                }
                _ => __p::None,
            }
        }
        fn payload_parts(&self) -> __p::Box<dyn __p::Iterator<Item = Self> + '_> {
            match self {
                Self::Int { least: __a0, seen: __a1 } => {
                    let __parts = __p::iter::empty::<Self>();
                    let __parts = __p::Iterator::chain(
                        __parts,
                        __p::Iterator::map(
                            <__p::sum::Own as __p::sum::PayloadDelta<
                                __p::Sure<Min<i64>, __S0>,
                            >>::parts(__a0),
                            |__part| Self::Int {
                                least: __part,
                                seen: <__p::sum::By<
                                    __p::strategies::ByMax,
                                > as __p::sum::PayloadDelta<__p::Sure<u64, __S1>>>::bottom(),
                            },
                        ),
                    );
                    let __parts = __p::Iterator::chain(
                        __parts,
                        __p::Iterator::map(
                            <__p::sum::By<
                                __p::strategies::ByMax,
                            > as __p::sum::PayloadDelta<
                                __p::Sure<u64, __S1>,
                            >>::parts(__a1),
                            |__part| Self::Int {
                                least: <__p::sum::Own as __p::sum::PayloadDelta<
                                    __p::Sure<Min<i64>, __S0>,
                                >>::bottom(),
                                seen: __part,
                            },
                        ),
                    );
                    __p::Box::new(__parts)
                }
                _ => __p::Box::new(__p::iter::empty::<Self>()),
            }
        }
    }
    #[automatically_derived]
    impl __p::Codec for Value
    where
        for<'__a> Value: __p::sum::Sum,
        for<'__a> __p::strategies::ByMax: __p::strategies::Strategy<
            __p::Sure<u64, __S1>,
        >,
    {
        fn encode(&self, __out: &mut __p::Vec<u8>) {
            match self {
                Self::Unknown {} => {
                    __p::sum::encode_index(0, __out);
                }
                Self::Int { least: __a0, seen: __a1 } => {
                    __p::sum::encode_index(1, __out);
                    <__p::Sure<Min<i64>, __S0> as __p::CodecField>::encode(__a0, __out);
                    <__p::Sure<u64, __S1> as __p::CodecField>::encode(__a1, __out);
                }
                Self::Text { 0: __a0 } => {
                    __p::sum::encode_index(2, __out);
                    <__p::Sure<String, __S2> as __p::CodecField>::encode(__a0, __out);
                }
                Self::Varies {} => {
                    __p::sum::encode_index(3, __out);
                }
            }
        }
        fn decode(
            __input: &mut __p::Decoder<'_>,
        ) -> __p::Result<Self, __p::DecodeError> {
            match __p::sum::decode_index(__input)? {
                0 => __p::Ok(Self::Unknown {}),
                1 => {
                    __p::Ok(Self::Int {
                        least: <__p::Sure<
                            Min<i64>,
                            __S0,
                        > as __p::CodecField>::decode(__input)?,
                        seen: <__p::Sure<u64, __S1> as __p::CodecField>::decode(__input)?,
                    })
                }
                2 => {
                    __p::Ok(Self::Text {
                        0: <__p::Sure<String, __S2> as __p::CodecField>::decode(__input)?,
                    })
                }
                3 => __p::Ok(Self::Varies {}),
                _ => __p::Err(__p::sum::no_such_variant(__input)),
            }
        }
        fn describe(__out: &mut __p::Description) {
            __p::sum::describe::<
                __p::Sure<Value, __SUM>,
            >(
                "Value",
                __out,
                |__variant, __out| match __variant {
                    1 => {
                        __out
                            .part(
                                "least",
                                <__p::Sure<Min<i64>, __S0> as __p::CodecField>::describe,
                            );
                        __out
                            .part(
                                "seen",
                                __p::sum::describe_by::<
                                    __p::strategies::ByMax,
                                    __p::Sure<u64, __S1>,
                                >,
                            );
                    }
                    2 => {
                        __out
                            .part(
                                "0",
                                <__p::Sure<String, __S2> as __p::CodecField>::describe,
                            );
                    }
                    _ => {}
                },
            );
        }
    }
};
