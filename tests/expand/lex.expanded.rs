const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <__p::strategies::ByMax as __p::StrategyField<u64>>::HOLDS
        & <u64 as __p::SkippedField>::HOLDS & <BTreeSet<u8> as __p::LatticeField>::HOLDS;
    #[automatically_derived]
    impl<K> __p::Derived for Round<K>
    where
        K: __p::Lattice + __p::Clone + __p::Chain,
        Round<K>: __p::Clone,
    {
        type By = __p::ByFields;
        const NAMES: &'static [&'static str] = &[
            "Round",
            "number",
            "key",
            "votes",
            "cached (skipped)",
        ];
    }
    #[automatically_derived]
    impl<K> __p::Product for Round<K>
    where
        K: __p::Lattice + __p::Clone + __p::Chain,
        Round<K>: __p::Clone,
    {
        type Factors = __p::Sure<
            __p::Keyed<
                __p::Under<__p::strategies::ByMax, u64>,
                __p::Keyed<__p::AsIs<K>, (__p::AsIs<BTreeSet<u8>>, __p::Skipped<u64>)>,
            >,
            __S,
        >;
        fn into_values(self) -> <Self::Factors as __p::Factors>::Values {
            (self.number, (self.key, (self.votes, self.cached)))
        }
        fn from_values(
            (__0, (__1, (__2, __3))): <Self::Factors as __p::Factors>::Values,
        ) -> Self {
            Self {
                number: __0,
                key: __1,
                votes: __2,
                cached: __3,
            }
        }
        fn values(&self) -> <Self::Factors as __p::Factors>::Refs<'_> {
            (&self.number, (&self.key, (&self.votes, &self.cached)))
        }
        fn values_mut(&mut self) -> <Self::Factors as __p::Factors>::Muts<'_> {
            (&mut self.number, (&mut self.key, (&mut self.votes, &mut self.cached)))
        }
    }
};
const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl<K> __p::HasLVar for Round<K>
    where
        K: __p::Lattice + __p::Clone + __p::Chain,
        Round<K>: __p::Clone,
        Round<K>: __p::Lockable,
    {
        type LVar = __p::BehindLock<Round<K>>;
    }
};
