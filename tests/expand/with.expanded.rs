const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true
        & <__p::strategies::With<Account, 0> as __p::StrategyField<String>>::HOLDS;
    #[automatically_derived]
    impl __p::Derived for Account {
        type By = __p::ByFields;
        const NAMES: &'static [&'static str] = &["Account", "name"];
    }
    #[automatically_derived]
    impl __p::Product for Account {
        type Factors = __p::Sure<
            (__p::Under<__p::strategies::With<Account, 0>, String>,),
            __S,
        >;
        fn into_values(self) -> <Self::Factors as __p::Factors>::Values {
            (self.name,)
        }
        fn from_values((__0,): <Self::Factors as __p::Factors>::Values) -> Self {
            Self { name: __0 }
        }
        fn values(&self) -> <Self::Factors as __p::Factors>::Refs<'_> {
            (&self.name,)
        }
        fn values_mut(&mut self) -> <Self::Factors as __p::Factors>::Muts<'_> {
            (&mut self.name,)
        }
    }
    #[automatically_derived]
    impl __p::strategies::ByHand<0> for Account {
        type Value = String;
        fn join(__value: &mut String, __other: String) -> bool {
            longest::join(__value, __other)
        }
        fn cmp(__left: &String, __right: &String) -> __p::Option<__p::Ordering> {
            longest::cmp(__left, __right)
        }
    }
    #[automatically_derived]
    impl __p::strategies::ByHandBottom<0> for Account {
        fn bottom() -> String {
            longest::bottom()
        }
    }
};
#[cfg(test)]
#[::core::prelude::v1::test]
fn account_name_by_hand_lattice() {
    ::lvars::__private::strategies::assert_by_hand::<
        Account,
        0,
    >(longest::samples(), ::lvars::__private::laws::lattice);
}
#[cfg(test)]
#[::core::prelude::v1::test]
fn account_name_by_hand_bottom() {
    ::lvars::__private::strategies::assert_by_hand::<
        Account,
        0,
    >(longest::samples(), ::lvars::__private::laws::bottom);
}
const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <String as __p::CodecField>::HOLDS;
    type __By = __p::Sure<__p::ByFields, __S>;
    #[automatically_derived]
    impl __p::DerivedDelta for Account {
        type By = __By;
    }
    #[automatically_derived]
    impl __p::DerivedCodec for Account {
        type By = __By;
    }
    #[automatically_derived]
    impl __p::strategies::ByHandDelta<0> for Account {
        fn diff(__value: &String, __seen: &String) -> __p::Option<String> {
            longest::diff(__value, __seen)
        }
        fn parts(__value: &String) -> __p::Box<dyn __p::Iterator<Item = String> + '_> {
            __p::Box::new(__p::IntoIterator::into_iter(longest::parts(__value)))
        }
    }
};
#[cfg(test)]
#[::core::prelude::v1::test]
fn account_name_by_hand_delta() {
    ::lvars::__private::strategies::assert_by_hand::<
        Account,
        0,
    >(longest::samples(), ::lvars::__private::laws::delta);
}
