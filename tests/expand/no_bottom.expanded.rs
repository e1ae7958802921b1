const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Derived for Vote {
        type By = __p::WithoutBottom<__p::ByTables>;
        const NAMES: &'static [&'static str] = &["Vote", "Yes", "No", "Both"];
    }
    #[automatically_derived]
    impl __p::Tabled for Vote {
        const STATES: &'static [Self] = &[Self::Yes, Self::No, Self::Both];
        const TABLES: &'static [u8] = b"\0\x02\x02\x02\x01\x02\x02\x02\x02\x02";
        fn position(self) -> u8 {
            self as u8
        }
    }
    #[automatically_derived]
    impl<__A: __p::LiteralOf<Self>> __p::Indexed<__A> for Vote {
        const INDEX: u8 = <__A as __p::LiteralOf<Self>>::VALUE as u8;
    }
};
