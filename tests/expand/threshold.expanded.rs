const _: () = {
    use ::lvars::__private as __p;
    type __Said = Order;
    const __ON: bool = <__Said as __p::IsLattice>::HOLDS;
    type __On = <__p::Given<__Said, __ON> as __p::Granted>::Type;
    const __F0: usize = __p::position_of(
        "lines",
        <__On as __p::StepsToField>::NAME,
        <__On as __p::StepsToField>::NAMES,
    );
    type __L0 = <__On as __p::HasField<__p::Field<__F0>>>::Lattice;
    const __H1: bool = <__L0 as __p::StepsUnder>::HOLDS;
    type __M1 = <__p::Given<__L0, __H1> as __p::Granted>::Type;
    type __Q1 = <__M1 as __p::HasKey>::Key;
    type __L1 = <__M1 as __p::HasKey>::Value;
    const __F2: usize = __p::position_of(
        "status",
        <__On as __p::StepsToField>::NAME,
        <__On as __p::StepsToField>::NAMES,
    );
    type __L2 = <__On as __p::HasField<__p::Field<__F2>>>::Lattice;
    const __K1: __Q1 = Sku::BOOK;
    const __C2: bool = <__L2 as __p::EndsInPoints>::HOLDS;
    type __P2 = <__p::Given<__L2, __C2> as __p::Granted>::Type;
    const __I2: bool = {
        #[allow(unused_imports, reason = "not needed where there is a constant form")]
        use __p::WrittenAsItself as _;
        <__p::Probe<<__P2 as __p::Points>::Point>>::IS_WRITTEN_OTHERWISE
    };
    type __W2 = <__p::Point<<__P2 as __p::Points>::Point, __I2> as __p::Written>::Form;
    enum __E0 {}
    #[automatically_derived]
    impl __p::Literal<__P2, __W2> for __E0 {
        const VALUE: __W2 = Status::Shipped;
    }
    enum __E1 {}
    #[automatically_derived]
    impl __p::Literal<__P2, __W2> for __E1 {
        const VALUE: __W2 = Status::Cancelled;
    }
    const __D0: bool = <__L1 as __p::EndsDecided<u32>>::HOLDS;
    type __V0 = <__p::Given<u32, __D0> as __p::Granted>::Type;
    #[automatically_derived]
    impl __p::Threshold for Outcome {
        type On = __On;
        const NAME: &'static str = "Outcome";
    }
    #[automatically_derived]
    impl<__O: ?__p::Sized, __W: ?__p::Sized, __T0, __T1, __T2> __p::Reached<__O, __W>
    for Outcome
    where
        __O: __p::Project<__p::Field<__F0>, Target = __T0>,
        __T0: __p::AtKey<__Q1, __W, Value = __T1>,
        __O: __p::Project<__p::Field<__F2>, Target = __T2>,
        __T2: __p::AtLeast<__P2, __W>,
        __T1: __p::Decided<__V0, __W>,
    {
        fn reached(__observer: &__O, __watch: &mut __W) -> __p::Option<Self> {
            if __p::AtLeast::<
                __P2,
                __W,
            >::at_least(
                __p::Project::<__p::Field<__F2>>::project(__observer),
                &__p::point::<__P2, __W2, __E0>(),
                __watch,
            ) {
                if let __p::Some(__value) = __p::AtKey::<
                    __Q1,
                    __W,
                >::at_key(
                    __p::Project::<__p::Field<__F0>>::project(__observer),
                    &__K1,
                    __watch,
                    |__observer, __watch| __p::Decided::<
                        __V0,
                        __W,
                    >::decided(__observer, __watch),
                ) {
                    return __p::Some(Self::Sold(__value));
                }
            }
            if __p::AtLeast::<
                __P2,
                __W,
            >::at_least(
                __p::Project::<__p::Field<__F2>>::project(__observer),
                &__p::point::<__P2, __W2, __E1>(),
                __watch,
            ) {
                return __p::Some(Self::Failed);
            }
            __p::None
        }
    }
    const _: () = __p::assert_incompatible(
        "`Sold`",
        "`Failed`",
        &[
            __p::Common {
                path: "status",
                left: "Status::Shipped",
                right: "Status::Cancelled",
                verdict: <__P2 as __p::Pair<__E0, __E1>>::VERDICT,
            },
        ],
    );
};
