///The LVar of [`Order`]: one LVar for each field.
pub struct OrderLVar {
    /// How far the order is.
    pub status: ::lvars::__private::FieldLVar<
        ::lvars::__private::Sure<
            Status,
            { <Status as ::lvars::__private::LVarField>::HOLDS },
        >,
    >,
    ///The LVar of `priority`.
    priority: ::lvars::__private::LVar<
        <::lvars::__private::strategies::ByMax as ::lvars::__private::StrategyLVar<
            ::lvars::__private::Sure<
                u64,
                {
                    <::lvars::__private::strategies::ByMax as ::lvars::__private::StrategyLVar<
                        u64,
                    >>::HOLDS
                },
            >,
        >>::Lattice,
    >,
}
const _: () = {
    use ::lvars::__private as __p;
    const __S0: bool = <Status as __p::LVarField>::HOLDS;
    const __S1: bool = <__p::strategies::ByMax as __p::StrategyLVar<u64>>::HOLDS;
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
                status: <__p::Sure<
                    Status,
                    __S0,
                > as __p::LVarField>::with_origin(__origin.field("status")),
                priority: __p::LVarType::with_origin(__origin.field("priority")),
            }
        }
        fn freeze(
            &self,
            __permit: impl __p::MayFreeze,
        ) -> __p::Result<Self::Lattice, __p::Conflict> {
            let _ = __permit;
            let __field0 = <__p::Sure<
                Status,
                __S0,
            > as __p::LVarField>::freeze(&self.status, __permit);
            let __field1 = __p::LVarType::freeze(&self.priority, __permit);
            __p::Ok(Order {
                status: __field0?,
                priority: <__p::strategies::ByMax as __p::StrategyLVar<
                    __p::Sure<u64, __S1>,
                >>::unwrap(__field1?),
            })
        }
        fn into_value(self) -> __p::Result<Self::Lattice, __p::Conflict> {
            let __field0 = <__p::Sure<
                Status,
                __S0,
            > as __p::LVarField>::into_value(self.status);
            let __field1 = __p::LVarType::into_value(self.priority);
            __p::Ok(Order {
                status: __field0?,
                priority: <__p::strategies::ByMax as __p::StrategyLVar<
                    __p::Sure<u64, __S1>,
                >>::unwrap(__field1?),
            })
        }
        fn at_element(
            &self,
            __element: Self::Lattice,
            __watch: &mut __p::Watch,
        ) -> bool {
            let _ = (&__element, &__watch);
            true
                && <__p::Sure<
                    Status,
                    __S0,
                > as __p::LVarField>::at_element(&self.status, __element.status, __watch)
                && __p::LVarType::at_element(
                    &self.priority,
                    <__p::strategies::ByMax as __p::StrategyLVar<
                        __p::Sure<u64, __S1>,
                    >>::wrap(__element.priority),
                    __watch,
                )
        }
    }
    #[automatically_derived]
    impl __p::Put for OrderLVar
    where
        for<'__a> __p::Sure<Status, __S0>: __p::PutField,
    {
        fn put(
            &self,
            __value: impl __p::Into<Self::Lattice>,
        ) -> __p::Result<(), __p::PutError> {
            let __value: Order = __p::Into::into(__value);
            let _ = &__value;
            let __done = __p::Ok(());
            let __done = __p::gravest(
                __done,
                <__p::Sure<
                    Status,
                    __S0,
                > as __p::PutField>::put(&self.status, __value.status),
            );
            let __done = __p::gravest(
                __done,
                __p::Put::put(
                    &self.priority,
                    <__p::strategies::ByMax as __p::StrategyLVar<
                        __p::Sure<u64, __S1>,
                    >>::wrap(__value.priority),
                ),
            );
            __done
        }
    }
    #[automatically_derived]
    impl __p::Project<__p::Field<0>> for OrderLVar {
        type Target = __p::FieldLVar<__p::Sure<Status, __S0>>;
        fn project(&self) -> &__p::FieldLVar<__p::Sure<Status, __S0>> {
            &self.status
        }
    }
    #[automatically_derived]
    impl __p::Project<__p::Field<1>> for OrderLVar {
        type Target = __p::LVar<
            <__p::strategies::ByMax as __p::StrategyLVar<__p::Sure<u64, __S1>>>::Lattice,
        >;
        fn project(
            &self,
        ) -> &__p::LVar<
            <__p::strategies::ByMax as __p::StrategyLVar<__p::Sure<u64, __S1>>>::Lattice,
        > {
            &self.priority
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
