::core::compile_error! {
    "`Status` has no variant `Piad`\nnote: its variants are `New` and `Paid`\nhelp: did you mean `Paid`?"
}
const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Lattice for Status {
        fn join(&mut self, _: Self) -> bool {
            __p::stub()
        }
        fn lattice_cmp(&self, _: &Self) -> __p::Option<__p::Ordering> {
            __p::stub()
        }
    }
    #[automatically_derived]
    impl __p::Bottom for Status {
        fn bottom() -> Self {
            __p::stub()
        }
        fn is_bottom(&self) -> bool {
            __p::stub()
        }
    }
    #[automatically_derived]
    impl __p::Finite for Status
    where
        for<'__a> Status: __p::Copy + __p::Eq,
    {
        const STATES: &'static [Self] = &[];
        const NAMES: &'static [&'static str] = &[];
        const BOTTOM: __p::Option<u8> = __p::None;
        const JOIN: &'static [u8] = &[];
        const CONFLICT: &'static [bool] = &[];
        fn index(self) -> u8 {
            __p::stub()
        }
    }
    #[automatically_derived]
    impl __p::Points for Status
    where
        for<'__a> Status: __p::Clone,
    {
        type Point = Self;
        fn is_at_least(&self, _: &Self) -> bool {
            __p::stub()
        }
    }
    #[automatically_derived]
    impl<__A: __p::Literal<Status>, __B: __p::Literal<Status>> __p::Pair<__A, __B>
    for Status
    where
        for<'__a> Status: __p::Points,
    {
        const VERDICT: __p::Verdict = __p::Verdict::Incompatible;
    }
    #[automatically_derived]
    impl<
        __A: __p::Literal<__p::Flat<Status>>,
        __B: __p::Literal<__p::Flat<Status>>,
    > __p::Distinct<__A, __B> for Status
    where
        for<'__a> __p::Flat<Status>: __p::Points,
    {
        const DISTINCT: bool = true;
    }
};
::core::compile_error! {
    "`Status` has no variant `Piad`\nnote: its variants are `New` and `Paid`\nhelp: did you mean `Paid`?"
}
#[doc(hidden)]
struct StatusLVar(::lvars::__private::Marker<fn() -> Status>);
const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::AtLeast<Status, __p::Watch> for StatusLVar
    where
        for<'__a> Status: __p::Points,
    {
        fn at_least(
            &self,
            _: &<Status as __p::Points>::Point,
            _: &mut __p::Watch,
        ) -> bool {
            __p::stub()
        }
    }
    #[automatically_derived]
    impl __p::HasLVar for Status {
        type LVar = StatusLVar;
    }
    impl __p::LVarType for StatusLVar {
        type Lattice = Status;
        fn with_origin(_: __p::Origin) -> Self {
            __p::stub()
        }
        fn freeze(
            &self,
            _: impl __p::MayFreeze,
        ) -> __p::Result<Self::Lattice, __p::Conflict> {
            __p::stub()
        }
        fn into_value(self) -> __p::Result<Self::Lattice, __p::Conflict> {
            __p::stub()
        }
        fn at_element(&self, _: Self::Lattice, _: &mut __p::Watch) -> bool {
            __p::stub()
        }
    }
    impl __p::Put for StatusLVar {
        fn put(
            &self,
            _: impl __p::Into<Self::Lattice>,
        ) -> __p::Result<(), __p::PutError> {
            __p::stub()
        }
    }
};
::core::compile_error! {
    "`Status` has no variant `Piad`\nnote: its variants are `New` and `Paid`\nhelp: did you mean `Paid`?"
}
const _: () = {
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl __p::Delta for Status
    where
        for<'__a> Status: __p::Bottom + __p::Clone,
    {
        fn absorb(&mut self, _: Self) -> __p::Option<Self> {
            __p::stub()
        }
        fn diff(&self, _: &Self) -> __p::Option<Self> {
            __p::stub()
        }
        fn parts(&self) -> impl __p::Iterator<Item = Self> {
            __p::iter::empty::<Self>()
        }
    }
    #[automatically_derived]
    impl __p::Codec for Status {
        fn encode(&self, _: &mut __p::Vec<u8>) {}
        fn decode(_: &mut __p::Decoder<'_>) -> __p::Result<Self, __p::DecodeError> {
            __p::stub()
        }
        fn describe(_: &mut __p::Description) {}
    }
};
