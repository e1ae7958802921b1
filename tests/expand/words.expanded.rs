const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <ByBits as __p::StrategyField<u8>>::HOLDS
        & <__p::strategies::ByIntersect as __p::StrategyField<
            Option<BTreeSet<u8>>,
        >>::HOLDS & <u64 as __p::SkippedField>::HOLDS;
    #[automatically_derived]
    impl __p::Derived for Order {
        type By = __p::ByFields;
    }
    #[automatically_derived]
    impl __p::Product for Order {
        type Factors = __p::Sure<
            (
                __p::Under<ByBits, u8>,
                __p::Under<__p::strategies::ByIntersect, Option<BTreeSet<u8>>>,
                __p::Skipped<u64>,
            ),
            __S,
        >;
        const NAME: &'static str = "Order";
        const NAMES: &'static [&'static str] = &["rights", "days", "total (skipped)"];
        fn into_values(self) -> <Self::Factors as __p::Factors>::Values {
            (self.rights, self.days, self.total)
        }
        fn from_values(
            (__0, __1, __2): <Self::Factors as __p::Factors>::Values,
        ) -> Self {
            Self {
                rights: __0,
                days: __1,
                total: __2,
            }
        }
        fn values(&self) -> <Self::Factors as __p::Factors>::Refs<'_> {
            (&self.rights, &self.days, &self.total)
        }
        fn values_mut(&mut self) -> <Self::Factors as __p::Factors>::Muts<'_> {
            (&mut self.rights, &mut self.days, &mut self.total)
        }
    }
    #[automatically_derived]
    impl __p::Default for Order {
        fn default() -> Self {
            <__p::Sure<Self, __S> as __p::DefaultIsBottom>::bottom()
        }
    }
    #[automatically_derived]
    impl __p::PartialOrd for Order {
        fn partial_cmp(&self, __other: &Self) -> __p::Option<__p::Ordering> {
            <__p::Sure<Self, __S> as __p::Lattice>::lattice_cmp(self, __other)
        }
    }
};
///The LVar of [`Order`]: one LVar for each field.
struct OrderLVar {
    ///The LVar of `rights`.
    rights: ::lvars::__private::LVar<
        <ByBits as ::lvars::__private::StrategyLVar<
            ::lvars::__private::Sure<
                u8,
                { <ByBits as ::lvars::__private::StrategyLVar<u8>>::HOLDS },
            >,
        >>::Lattice,
    >,
    ///The LVar of `days`.
    days: ::lvars::__private::LVar<
        <::lvars::__private::strategies::ByIntersect as ::lvars::__private::StrategyLVar<
            ::lvars::__private::Sure<
                Option<BTreeSet<u8>>,
                {
                    <::lvars::__private::strategies::ByIntersect as ::lvars::__private::StrategyLVar<
                        Option<BTreeSet<u8>>,
                    >>::HOLDS
                },
            >,
        >>::Lattice,
    >,
}
const _: () = {
    use ::lvars::__private as __p;
    const __S0: bool = <ByBits as __p::StrategyLVar<u8>>::HOLDS;
    const __S1: bool = <__p::strategies::ByIntersect as __p::StrategyLVar<
        Option<BTreeSet<u8>>,
    >>::HOLDS;
    const __S2: bool = <u64 as __p::SkippedField>::HOLDS;
    #[automatically_derived]
    impl __p::HasLVar for Order {
        type LVar = OrderLVar;
    }
    #[automatically_derived]
    impl __p::LVarType for OrderLVar {
        type Lattice = Order;
        fn with_origin(__origin: __p::Origin) -> Self {
            let _ = &__origin;
            Self {
                rights: __p::LVarType::with_origin(__origin.field("rights")),
                days: __p::LVarType::with_origin(__origin.field("days")),
            }
        }
        fn freeze(
            &self,
            __permit: impl __p::MayFreeze,
        ) -> __p::Result<Self::Lattice, __p::Conflict> {
            let _ = __permit;
            let __field0 = __p::LVarType::freeze(&self.rights, __permit);
            let __field1 = __p::LVarType::freeze(&self.days, __permit);
            let __field2 = <__p::Sure<u64, __S2> as __p::Default>::default();
            __p::Ok(Order {
                rights: <ByBits as __p::StrategyLVar<
                    __p::Sure<u8, __S0>,
                >>::unwrap(__field0?),
                days: <__p::strategies::ByIntersect as __p::StrategyLVar<
                    __p::Sure<Option<BTreeSet<u8>>, __S1>,
                >>::unwrap(__field1?),
                total: __field2,
            })
        }
        fn into_value(self) -> __p::Result<Self::Lattice, __p::Conflict> {
            let __field0 = __p::LVarType::into_value(self.rights);
            let __field1 = __p::LVarType::into_value(self.days);
            let __field2 = <__p::Sure<u64, __S2> as __p::Default>::default();
            __p::Ok(Order {
                rights: <ByBits as __p::StrategyLVar<
                    __p::Sure<u8, __S0>,
                >>::unwrap(__field0?),
                days: <__p::strategies::ByIntersect as __p::StrategyLVar<
                    __p::Sure<Option<BTreeSet<u8>>, __S1>,
                >>::unwrap(__field1?),
                total: __field2,
            })
        }
        fn at_element(
            &self,
            __element: Self::Lattice,
            __watch: &mut __p::Watch,
        ) -> bool {
            let _ = (&__element, &__watch);
            true
                && __p::LVarType::at_element(
                    &self.rights,
                    <ByBits as __p::StrategyLVar<
                        __p::Sure<u8, __S0>,
                    >>::wrap(__element.rights),
                    __watch,
                )
                && __p::LVarType::at_element(
                    &self.days,
                    <__p::strategies::ByIntersect as __p::StrategyLVar<
                        __p::Sure<Option<BTreeSet<u8>>, __S1>,
                    >>::wrap(__element.days),
                    __watch,
                )
        }
    }
    #[automatically_derived]
    impl __p::Put for OrderLVar {
        fn put(
            &self,
            __value: impl __p::Into<Self::Lattice>,
        ) -> __p::Result<(), __p::PutError> {
            let __value: Order = __p::Into::into(__value);
            let _ = &__value;
            let __done = __p::Ok(());
            let __done = __p::gravest(
                __done,
                __p::Put::put(
                    &self.rights,
                    <ByBits as __p::StrategyLVar<
                        __p::Sure<u8, __S0>,
                    >>::wrap(__value.rights),
                ),
            );
            let __done = __p::gravest(
                __done,
                __p::Put::put(
                    &self.days,
                    <__p::strategies::ByIntersect as __p::StrategyLVar<
                        __p::Sure<Option<BTreeSet<u8>>, __S1>,
                    >>::wrap(__value.days),
                ),
            );
            __done
        }
    }
    #[automatically_derived]
    impl __p::Project<__p::Field<0>> for OrderLVar {
        type Target = __p::LVar<
            <ByBits as __p::StrategyLVar<__p::Sure<u8, __S0>>>::Lattice,
        >;
        fn project(
            &self,
        ) -> &__p::LVar<<ByBits as __p::StrategyLVar<__p::Sure<u8, __S0>>>::Lattice> {
            &self.rights
        }
    }
    #[automatically_derived]
    impl __p::Project<__p::Field<1>> for OrderLVar {
        type Target = __p::LVar<
            <__p::strategies::ByIntersect as __p::StrategyLVar<
                __p::Sure<Option<BTreeSet<u8>>, __S1>,
            >>::Lattice,
        >;
        fn project(
            &self,
        ) -> &__p::LVar<
            <__p::strategies::ByIntersect as __p::StrategyLVar<
                __p::Sure<Option<BTreeSet<u8>>, __S1>,
            >>::Lattice,
        > {
            &self.days
        }
    }
    #[automatically_derived]
    impl __p::Default for OrderLVar {
        fn default() -> Self {
            __p::LVarType::new()
        }
    }
    #[automatically_derived]
    impl __p::fmt::Debug for OrderLVar {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __f.debug_struct("OrderLVar").finish_non_exhaustive()
        }
    }
};
const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <ByBits as __p::StrategyReplicate<u8>>::HOLDS
        & <__p::strategies::ByIntersect as __p::StrategyReplicate<
            Option<BTreeSet<u8>>,
        >>::HOLDS & <u64 as __p::SkippedField>::HOLDS;
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
