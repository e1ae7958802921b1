const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Derived for Status {
        type By = __p::ByTables;
    }
    #[automatically_derived]
    impl __p::Finite for Status {
        const STATES: &'static [Self] = &[
            Self::New,
            Self::Paid,
            Self::Shipped,
            Self::Cancelled,
            Self::Broken,
        ];
        const NAMES: &'static [&'static str] = &[
            "New",
            "Paid",
            "Shipped",
            "Cancelled",
            "Broken",
        ];
        const BOTTOM: __p::Option<u8> = __p::Some(0);
        const JOIN: &'static [u8] = b"\0\x01\x02\x03\x04\x01\x01\x02\x04\x04\x02\x02\x02\x04\x04\x03\x04\x04\x03\x04\x04\x04\x04\x04\x04";
        const CONFLICT: &'static [bool] = &[false, false, false, false, true];
        fn index(self) -> u8 {
            self.__lattice_index()
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
    impl<
        __L: __p::Points<Point = Self>,
        __A: __p::Literal<__L>,
    > __p::Indexed<__p::Of<__L, __A>> for Status {
        const INDEX: u8 = <__A as __p::Literal<__L>>::VALUE.__lattice_index();
    }
};
const _: () = {
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
