///The LVar of [`Order`]: one LVar for each field.
pub struct OrderLVar {
    /// How far the order is.
    pub status: ::lvars::__private::FieldLVarOf<OrderLVar, Status>,
    ///The LVar of `priority`.
    priority: ::lvars::__private::StrategyFieldLVarOf<
        OrderLVar,
        ::lvars::__private::strategies::ByMax,
        u64,
    >,
}
const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = <Order as __p::ProductType>::HOLDS
        & <Status as __p::LVarField>::HOLDS
        & <__p::strategies::ByMax as __p::StrategyLVar<u64>>::HOLDS;
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
            (self.status, self.priority)
        }
        fn from_values((__0, __1): <Self::Factors as __p::Factors>::Values) -> Self {
            Self { status: __0, priority: __1 }
        }
        fn values(&self) -> <Self::Factors as __p::Factors>::Refs<'_> {
            (&self.status, &self.priority)
        }
        fn values_mut(&mut self) -> <Self::Factors as __p::Factors>::Muts<'_> {
            (&mut self.status, &mut self.priority)
        }
    }
    #[automatically_derived]
    impl __p::StructLVar for OrderLVar {
        type Whole = __p::Sure<Order, __S>;
        type By = __p::LVarByFields;
    }
    #[automatically_derived]
    impl __p::Put for OrderLVar
    where
        for<'__a> __p::Sure<Status, __S>: __p::PutField,
    {
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
