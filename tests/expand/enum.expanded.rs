const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Derived for Status {
        type By = __p::ByTables;
        const NAMES: &'static [&'static str] = &[
            "Status",
            "New",
            "Paid",
            "Shipped",
            "Cancelled",
            "Broken",
        ];
    }
    #[automatically_derived]
    impl __p::Tabled for Status {
        const STATES: &'static [Self] = &[
            Self::New,
            Self::Paid,
            Self::Shipped,
            Self::Cancelled,
            Self::Broken,
        ];
        const TABLES: &'static [u8] = b"\0\x01\x02\x03\x04\x01\x01\x02\x04\x04\x02\x02\x02\x04\x04\x03\x04\x04\x03\x04\x04\x04\x04\x04\x04\x04";
        fn position(self) -> u8 {
            self as u8
        }
    }
    #[automatically_derived]
    impl<__A: __p::LiteralOf<Self>> __p::Indexed<__A> for Status {
        const INDEX: u8 = <__A as __p::LiteralOf<Self>>::VALUE as u8;
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
    type __By = __p::Sure<__p::ByTables, __FINITE>;
    #[automatically_derived]
    impl __p::DerivedDelta for Status {
        type By = __By;
    }
    #[automatically_derived]
    impl __p::DerivedCodec for Status {
        type By = __By;
    }
};
