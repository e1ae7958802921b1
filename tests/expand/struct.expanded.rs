const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <Status as __p::LatticeField>::HOLDS
        & <__p::strategies::ByMax as __p::StrategyField<u64>>::HOLDS;
    #[automatically_derived]
    impl<T> __p::Derived for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type By = __p::ByFields;
        const NAMES: &'static [&'static str] = &[
            "Order",
            "status",
            "lines",
            "priority",
            "tags",
        ];
    }
    #[automatically_derived]
    impl<T> __p::Product for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Factors = __p::Sure<
            (
                __p::AsIs<Status>,
                __p::AsIs<BTreeMap<Sku, Flat<T>>>,
                __p::Under<__p::strategies::ByMax, u64>,
                __p::AsIs<BTreeSet<T>>,
            ),
            __S,
        >;
        fn into_values(self) -> <Self::Factors as __p::Factors>::Values {
            (self.status, self.lines, self.priority, self.tags)
        }
        fn from_values(
            (__0, __1, __2, __3): <Self::Factors as __p::Factors>::Values,
        ) -> Self {
            Self {
                status: __0,
                lines: __1,
                priority: __2,
                tags: __3,
            }
        }
        fn values(&self) -> <Self::Factors as __p::Factors>::Refs<'_> {
            (&self.status, &self.lines, &self.priority, &self.tags)
        }
        fn values_mut(&mut self) -> <Self::Factors as __p::Factors>::Muts<'_> {
            (&mut self.status, &mut self.lines, &mut self.priority, &mut self.tags)
        }
    }
};
