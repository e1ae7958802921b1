const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Derived for Vote {
        type By = __p::WithoutBottom<__p::ByTables>;
    }
    #[automatically_derived]
    impl __p::Finite for Vote {
        const STATES: &'static [Self] = &[Self::Yes, Self::No, Self::Both];
        const NAMES: &'static [&'static str] = &["Yes", "No", "Both"];
        const BOTTOM: __p::Option<u8> = __p::None;
        const JOIN: &'static [u8] = b"\0\x02\x02\x02\x01\x02\x02\x02\x02";
        const CONFLICT: &'static [bool] = &[false, false, true];
        fn index(self) -> u8 {
            self.__lattice_index()
        }
    }
    #[automatically_derived]
    impl Vote {
        const fn __lattice_index(&self) -> u8 {
            match self {
                Self::Yes => 0,
                Self::No => 1,
                Self::Both => 2,
            }
        }
    }
    #[automatically_derived]
    impl<
        __L: __p::Points<Point = Self>,
        __A: __p::Literal<__L>,
    > __p::Indexed<__p::Of<__L, __A>> for Vote {
        const INDEX: u8 = <__A as __p::Literal<__L>>::VALUE.__lattice_index();
    }
};
