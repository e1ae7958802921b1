const _: () = {
    use ::lvars::__private as __p;
    const __S: bool = true & <MvRegister<String> as __p::StoreField>::HOLDS
        & <OrMap<String, Item> as __p::StoreField>::HOLDS;
    #[automatically_derived]
    impl<T> __p::Default for Page<T>
    where
        AddWinsSet<T>: __p::DotStore,
        Page<T>: __p::Clone + __p::PartialEq + __p::fmt::Debug,
    {
        fn default() -> Self {
            let (__0, (__1, (__2, ()))) = <__p::Sure<
                (MvRegister<String>, (AddWinsSet<T>, (OrMap<String, Item>, ()))),
                __S,
            > as __p::StoreFields>::empty();
            Self {
                title: __0,
                tags: __1,
                items: __2,
            }
        }
    }
    #[automatically_derived]
    impl<T> __p::StoreStruct for Page<T>
    where
        AddWinsSet<T>: __p::DotStore,
        Page<T>: __p::Clone + __p::PartialEq + __p::fmt::Debug,
    {
        type Fields = __p::Sure<
            (MvRegister<String>, (AddWinsSet<T>, (OrMap<String, Item>, ()))),
            __S,
        >;
        const NAMES: &'static [&'static str] = &["Page", "title", "tags", "items"];
        fn from_fields((__0, (__1, (__2, ()))): Self::Fields) -> Self {
            Self {
                title: __0,
                tags: __1,
                items: __2,
            }
        }
        fn into_fields(self) -> Self::Fields {
            (self.title, (self.tags, (self.items, ())))
        }
        fn fields(&self) -> <Self::Fields as __p::StoreFields>::Refs<'_> {
            (&self.title, (&self.tags, (&self.items, ())))
        }
        fn fields_mut(&mut self) -> <Self::Fields as __p::StoreFields>::Muts<'_> {
            (&mut self.title, (&mut self.tags, (&mut self.items, ())))
        }
    }
};
