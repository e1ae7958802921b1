const _: () = {
    #[allow(unused_imports, reason = "a type without fields names nothing")]
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Lattice for Status {
        fn join(&mut self, __other: Self) -> bool {
            __p::finite::join(self, __other)
        }
        fn join_ref(&mut self, __other: &Self) -> bool {
            __p::finite::join(self, __p::finite::of(__other))
        }
        fn lattice_cmp(&self, __other: &Self) -> __p::Option<__p::Ordering> {
            __p::finite::cmp(__p::finite::of(self), __p::finite::of(__other))
        }
        fn leq(&self, __other: &Self) -> bool {
            __p::finite::leq(__p::finite::of(self), __p::finite::of(__other))
        }
        fn conflict(&self) -> __p::Option<__p::Conflict> {
            __p::finite::conflict(__p::finite::of(self))
        }
        fn incompatible(&self, __other: &Self) -> __p::Option<__p::Conflict> {
            __p::finite::incompatible(__p::finite::of(self), __p::finite::of(__other))
        }
    }
    const __NAMES: &[&str] = &["New", "Paid", "Shipped", "Cancelled", "Broken"];
    const __JOIN: &[u8] = b"\0\x01\x02\x03\x04\x01\x01\x02\x04\x04\x02\x02\x02\x04\x04\x03\x04\x04\x03\x04\x04\x04\x04\x04\x04";
    const __CONFLICT: &[bool] = &[false, false, false, false, true];
    #[automatically_derived]
    impl __p::Bottom for Status {
        fn bottom() -> Self {
            Self::New
        }
        fn is_bottom(&self) -> bool {
            self.__lattice_index() == 0
        }
    }
    #[automatically_derived]
    impl __p::Finite for Status {
        const NAMES: &'static [&'static str] = __NAMES;
        const BOTTOM: u8 = 0;
        const JOIN: &'static [u8] = __JOIN;
        const CONFLICT: &'static [bool] = __CONFLICT;
        fn index(self) -> u8 {
            self.__lattice_index()
        }
        fn from_index(__index: u8) -> __p::Option<Self> {
            match __index {
                0 => __p::Some(Self::New),
                1 => __p::Some(Self::Paid),
                2 => __p::Some(Self::Shipped),
                3 => __p::Some(Self::Cancelled),
                4 => __p::Some(Self::Broken),
                _ => __p::None,
            }
        }
    }
    #[automatically_derived]
    impl Status {
        const fn __lattice_index(&self) -> u8 {
            match self {
                Self::New => 0,
                Self::Paid => 1,
                Self::Shipped => 2,
                Self::Cancelled => 3,
                Self::Broken => 4,
            }
        }
    }
    #[automatically_derived]
    impl __p::Points for Status {
        type Point = Self;
        fn is_at_least(&self, __point: &Self) -> bool {
            __p::finite::leq(__p::finite::of(__point), __p::finite::of(self))
        }
    }
    #[automatically_derived]
    impl<__A: __p::Literal<Self>, __B: __p::Literal<Self>> __p::Pair<__A, __B>
    for Status {
        const VERDICT: __p::Verdict = __p::finite_verdict(
            __NAMES,
            __JOIN,
            __CONFLICT,
            (
                <__A as __p::Literal<Self>>::VALUE.__lattice_index(),
                <__B as __p::Literal<Self>>::VALUE.__lattice_index(),
            ),
        );
    }
    #[automatically_derived]
    impl<
        __A: __p::Literal<__p::Flat<Self>>,
        __B: __p::Literal<__p::Flat<Self>>,
    > __p::Distinct<__A, __B> for Status
    where
        for<'__a> __p::Flat<Status>: __p::Points<Point = Status>,
    {
        const DISTINCT: bool = <__A as __p::Literal<__p::Flat<Self>>>::VALUE
            .__lattice_index()
            != <__B as __p::Literal<__p::Flat<Self>>>::VALUE.__lattice_index();
    }
};
const _: () = {
    #[allow(unused_imports, reason = "a type without fields names nothing")]
    use ::lvars::__private as __p;
    const __FINITE: bool = <Status as __p::FiniteType>::HOLDS;
    #[automatically_derived]
    impl __p::HasLVar for Status
    where
        for<'__a> Status: __p::Lattice,
    {
        type LVar = __p::FiniteLVar<__p::Sure<Status, __FINITE>>;
    }
};
const _: () = {
    #[allow(unused_imports, reason = "a type without fields names nothing")]
    use ::lvars::__private as __p;
    const __FINITE: bool = <Status as __p::FiniteType>::HOLDS;
    #[automatically_derived]
    impl __p::Delta for Status
    where
        for<'__a> Status: __p::Bottom,
    {
        fn absorb(&mut self, __delta: Self) -> __p::Option<Self> {
            __p::finite::absorb::<__p::Sure<Status, __FINITE>>(self, __delta)
        }
        fn diff(&self, __seen: &Self) -> __p::Option<Self> {
            __p::finite::diff::<
                __p::Sure<Status, __FINITE>,
            >(
                __p::finite::of::<__p::Sure<Status, __FINITE>>(self),
                __p::finite::of::<__p::Sure<Status, __FINITE>>(__seen),
            )
        }
        fn parts(&self) -> impl __p::Iterator<Item = Self> {
            __p::finite::parts::<
                __p::Sure<Status, __FINITE>,
            >(__p::finite::of::<__p::Sure<Status, __FINITE>>(self))
        }
    }
    #[automatically_derived]
    impl __p::Codec for Status {
        fn encode(&self, __out: &mut __p::Vec<u8>) {
            __p::finite::encode::<
                __p::Sure<Status, __FINITE>,
            >(__p::finite::of::<__p::Sure<Status, __FINITE>>(self), __out)
        }
        fn decode(
            __input: &mut __p::Decoder<'_>,
        ) -> __p::Result<Self, __p::DecodeError> {
            __p::finite::decode::<__p::Sure<Status, __FINITE>>(__input)
        }
    }
};
