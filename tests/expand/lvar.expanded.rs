///The LVar of [`Order`]: one LVar for each field.
pub struct OrderLVar {
    /// How far the order is.
    pub status: ::lvars::__private::LVar<
        <Status as ::lvars::__private::LatticeField>::This,
    >,
    ///The LVar of `priority`.
    priority: ::lvars::__private::LVar<
        <::lvars::__private::strategies::ByMax as ::lvars::__private::StrategyField<
            u64,
        >>::Lattice,
    >,
}
const _: () = {
    #[allow(unused_imports, reason = "a type without fields names nothing")]
    use ::lvars::__private as __p;
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
                status: <__p::LVar<
                    <Status as __p::LatticeField>::This,
                > as __p::LVarType>::with_origin(__origin.field("status")),
                priority: <__p::LVar<
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice,
                > as __p::LVarType>::with_origin(__origin.field("priority")),
            }
        }
        fn freeze(&self) -> __p::Result<Self::Lattice, __p::Conflict> {
            let __field0 = <__p::LVar<
                <Status as __p::LatticeField>::This,
            > as __p::LVarType>::freeze(&self.status);
            let __field1 = <__p::LVar<
                <__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice,
            > as __p::LVarType>::freeze(&self.priority);
            __p::Ok(Order {
                status: __field0?,
                priority: <__p::strategies::ByMax as __p::strategies::Strategy<
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >>::unwrap(__field1?),
            })
        }
        fn into_value(self) -> __p::Result<Self::Lattice, __p::Conflict> {
            let __field0 = <__p::LVar<
                <Status as __p::LatticeField>::This,
            > as __p::LVarType>::into_value(self.status);
            let __field1 = <__p::LVar<
                <__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice,
            > as __p::LVarType>::into_value(self.priority);
            __p::Ok(Order {
                status: __field0?,
                priority: <__p::strategies::ByMax as __p::strategies::Strategy<
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >>::unwrap(__field1?),
            })
        }
    }
    #[automatically_derived]
    impl __p::Put for OrderLVar
    where
        for<'__a> Status: __p::PutField,
    {
        fn put(
            &self,
            __value: impl __p::Into<Self::Lattice>,
        ) -> __p::Result<(), __p::PutError> {
            let __value: Order = __p::Into::into(__value);
            let _ = &__value;
            let __done = __p::Ok(());
            let __done = __p::Result::and(
                __done,
                <__p::LVar<
                    <Status as __p::LatticeField>::This,
                > as __p::Put>::put(&self.status, __value.status),
            );
            let __done = __p::Result::and(
                __done,
                <__p::LVar<
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice,
                > as __p::Put>::put(&self.priority, __value.priority),
            );
            __done
        }
    }
    #[automatically_derived]
    impl __p::Project<__p::Field<{ __p::field_name("status") }>> for OrderLVar {
        type Target = __p::LVar<<Status as __p::LatticeField>::This>;
        fn project(&self) -> &__p::LVar<<Status as __p::LatticeField>::This> {
            &self.status
        }
    }
    #[automatically_derived]
    impl __p::Project<__p::Field<{ __p::field_name("priority") }>> for OrderLVar {
        type Target = __p::LVar<
            <__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice,
        >;
        fn project(
            &self,
        ) -> &__p::LVar<<__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice> {
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
