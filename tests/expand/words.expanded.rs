const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <ByBits as __p::StrategyField<u8>>::HOLDS
        & <__p::strategies::ByIntersect as __p::StrategyField<
            Option<BTreeSet<u8>>,
        >>::HOLDS & <u64 as __p::SkippedField>::HOLDS;
    #[automatically_derived]
    impl __p::Derived for Order {
        type By = __p::ByFields;
        const NAMES: &'static [&'static str] = &[
            "Order",
            "rights",
            "days",
            "total (skipped)",
        ];
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
    rights: ::lvars::__private::StrategyFieldLVarOf<OrderLVar, ByBits, u8>,
    ///The LVar of `days`.
    days: ::lvars::__private::StrategyFieldLVarOf<
        OrderLVar,
        ::lvars::__private::strategies::ByIntersect,
        Option<BTreeSet<u8>>,
    >,
}
const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = <Order as __p::ProductType>::HOLDS
        & <ByBits as __p::StrategyLVar<u8>>::HOLDS
        & <__p::strategies::ByIntersect as __p::StrategyLVar<
            Option<BTreeSet<u8>>,
        >>::HOLDS & <u64 as __p::SkippedField>::HOLDS;
    #[automatically_derived]
    impl __p::HasLVar for Order
    where
        for<'__a> Order: __p::Lattice,
    {
        type LVar = OrderLVar;
    }
    #[automatically_derived]
    impl __p::Product for OrderLVar {
        type Factors = __p::LVarsOf<<Self as __p::StructLVar>::Whole>;
        fn into_values(self) -> <Self::Factors as __p::Factors>::Values {
            (self.rights, self.days, [])
        }
        fn from_values((__0, __1, []): <Self::Factors as __p::Factors>::Values) -> Self {
            Self { rights: __0, days: __1 }
        }
        fn values(&self) -> <Self::Factors as __p::Factors>::Refs<'_> {
            (&self.rights, &self.days, &[])
        }
        fn values_mut(&mut self) -> <Self::Factors as __p::Factors>::Muts<'_> {
            (&mut self.rights, &mut self.days, &mut [])
        }
    }
    #[automatically_derived]
    impl __p::StructLVar for OrderLVar {
        type Whole = __p::Sure<Order, __S>;
        type By = __p::LVarByFields;
    }
    #[automatically_derived]
    impl __p::Put for OrderLVar {
        fn put(
            &self,
            __value: impl __p::Into<Self::Lattice>,
        ) -> __p::Result<(), __p::PutError> {
            __p::lvars::put::<_, Self::Lattice>(self, __p::Into::into(__value))
        }
    }
    #[automatically_derived]
    impl __p::Default for OrderLVar {
        fn default() -> Self {
            __p::lvars::new()
        }
    }
    #[automatically_derived]
    impl __p::fmt::Debug for OrderLVar {
        fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
            __p::lvars::debug("OrderLVar", __f)
        }
    }
};
const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <ByBits as __p::StrategyReplicate<u8>>::HOLDS
        & <__p::strategies::ByIntersect as __p::StrategyReplicate<
            Option<BTreeSet<u8>>,
        >>::HOLDS & <u64 as __p::SkippedField>::HOLDS;
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
