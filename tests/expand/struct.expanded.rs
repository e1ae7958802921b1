const _: () = {
    #[allow(unused_imports, reason = "a type without fields names nothing")]
    use ::lvars::__private as __p;
    #[automatically_derived]
    impl<T> __p::Lattice for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        fn join(&mut self, __other: Self) -> bool {
            let mut __grew = false;
            __grew
                |= <<Status as __p::LatticeField>::This as __p::Lattice>::join(
                    &mut self.status,
                    __other.status,
                );
            __grew
                |= <<BTreeMap<
                    Sku,
                    Flat<T>,
                > as __p::LatticeField>::This as __p::Lattice>::join(
                    &mut self.lines,
                    __other.lines,
                );
            __grew
                |= __p::strategies::join::<
                    __p::strategies::ByMax,
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >(&mut self.priority, __other.priority);
            __grew
                |= <<BTreeSet<
                    T,
                > as __p::UnionField>::This as __p::Lattice>::join(
                    &mut self.tags,
                    __other.tags,
                );
            __grew
        }
        fn join_ref(&mut self, __other: &Self) -> bool {
            let mut __grew = false;
            __grew
                |= <<Status as __p::LatticeField>::This as __p::Lattice>::join_ref(
                    &mut self.status,
                    &__other.status,
                );
            __grew
                |= <<BTreeMap<
                    Sku,
                    Flat<T>,
                > as __p::LatticeField>::This as __p::Lattice>::join_ref(
                    &mut self.lines,
                    &__other.lines,
                );
            __grew
                |= __p::strategies::join_ref::<
                    __p::strategies::ByMax,
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >(&mut self.priority, &__other.priority);
            __grew
                |= <<BTreeSet<
                    T,
                > as __p::UnionField>::This as __p::Lattice>::join_ref(
                    &mut self.tags,
                    &__other.tags,
                );
            __grew
        }
        fn lattice_cmp(&self, __other: &Self) -> __p::Option<__p::Ordering> {
            let __order = __p::Some(__p::Ordering::Equal);
            let __order = __p::product_cmp(
                __order,
                || <<Status as __p::LatticeField>::This as __p::Lattice>::lattice_cmp(
                    &self.status,
                    &__other.status,
                ),
            );
            let __order = __p::product_cmp(
                __order,
                || <<BTreeMap<
                    Sku,
                    Flat<T>,
                > as __p::LatticeField>::This as __p::Lattice>::lattice_cmp(
                    &self.lines,
                    &__other.lines,
                ),
            );
            let __order = __p::product_cmp(
                __order,
                || __p::Some(
                    <__p::strategies::ByMax as __p::strategies::Strategy<
                        <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                    >>::cmp(&self.priority, &__other.priority),
                ),
            );
            let __order = __p::product_cmp(
                __order,
                || <<BTreeSet<
                    T,
                > as __p::UnionField>::This as __p::Lattice>::lattice_cmp(
                    &self.tags,
                    &__other.tags,
                ),
            );
            __order
        }
        fn leq(&self, __other: &Self) -> bool {
            true
                && <<Status as __p::LatticeField>::This as __p::Lattice>::leq(
                    &self.status,
                    &__other.status,
                )
                && <<BTreeMap<
                    Sku,
                    Flat<T>,
                > as __p::LatticeField>::This as __p::Lattice>::leq(
                    &self.lines,
                    &__other.lines,
                )
                && <__p::strategies::ByMax as __p::strategies::Strategy<
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >>::cmp(&self.priority, &__other.priority)
                    .is_le()
                && <<BTreeSet<
                    T,
                > as __p::UnionField>::This as __p::Lattice>::leq(
                    &self.tags,
                    &__other.tags,
                )
        }
        fn conflict(&self) -> __p::Option<__p::Conflict> {
            __p::None::<__p::Conflict>
                .or_else(|| __p::Some(
                    <<Status as __p::LatticeField>::This as __p::Lattice>::conflict(
                            &self.status,
                        )?
                        .in_field("status"),
                ))
                .or_else(|| __p::Some(
                    <<BTreeMap<
                        Sku,
                        Flat<T>,
                    > as __p::LatticeField>::This as __p::Lattice>::conflict(
                            &self.lines,
                        )?
                        .in_field("lines"),
                ))
                .or_else(|| __p::Some(
                    <<BTreeSet<
                        T,
                    > as __p::UnionField>::This as __p::Lattice>::conflict(&self.tags)?
                        .in_field("tags"),
                ))
        }
        fn incompatible(&self, __other: &Self) -> __p::Option<__p::Conflict> {
            __p::None::<__p::Conflict>
                .or_else(|| __p::Some(
                    <<Status as __p::LatticeField>::This as __p::Lattice>::incompatible(
                            &self.status,
                            &__other.status,
                        )?
                        .in_field("status"),
                ))
                .or_else(|| __p::Some(
                    <<BTreeMap<
                        Sku,
                        Flat<T>,
                    > as __p::LatticeField>::This as __p::Lattice>::incompatible(
                            &self.lines,
                            &__other.lines,
                        )?
                        .in_field("lines"),
                ))
                .or_else(|| __p::Some(
                    <<BTreeSet<
                        T,
                    > as __p::UnionField>::This as __p::Lattice>::incompatible(
                            &self.tags,
                            &__other.tags,
                        )?
                        .in_field("tags"),
                ))
        }
    }
    #[automatically_derived]
    impl<T> __p::Bottom for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
        for<'__a> Status: __p::BottomField,
        for<'__a> BTreeMap<Sku, Flat<T>>: __p::BottomField,
        for<'__a> __p::strategies::ByMax: __p::strategies::StrategyBottom<u64>,
        for<'__a> BTreeSet<T>: __p::BottomField,
    {
        fn bottom() -> Self {
            Self {
                status: <__p::Same<Status> as __p::BottomField>::bottom(),
                lines: <__p::Same<BTreeMap<Sku, Flat<T>>> as __p::BottomField>::bottom(),
                priority: <__p::strategies::ByMax as __p::strategies::StrategyBottom<
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >>::bottom(),
                tags: <__p::Same<BTreeSet<T>> as __p::BottomField>::bottom(),
            }
        }
        fn is_bottom(&self) -> bool {
            true && <__p::Same<Status> as __p::BottomField>::is_bottom(&self.status)
                && <__p::Same<
                    BTreeMap<Sku, Flat<T>>,
                > as __p::BottomField>::is_bottom(&self.lines)
                && __p::strategies::is_bottom::<
                    __p::strategies::ByMax,
                    <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain,
                >(&self.priority)
                && <__p::Same<BTreeSet<T>> as __p::BottomField>::is_bottom(&self.tags)
        }
    }
    #[automatically_derived]
    impl<T> __p::HasField<__p::Field<{ __p::field_name("status") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Lattice = <Status as __p::LatticeField>::This;
        const NAME: &'static str = "status";
    }
    #[automatically_derived]
    impl<T> __p::Project<__p::Field<{ __p::field_name("status") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Target = <Status as __p::LatticeField>::This;
        fn project(&self) -> &<Status as __p::LatticeField>::This {
            &self.status
        }
    }
    #[automatically_derived]
    impl<T> __p::HasField<__p::Field<{ __p::field_name("lines") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Lattice = <BTreeMap<Sku, Flat<T>> as __p::LatticeField>::This;
        const NAME: &'static str = "lines";
    }
    #[automatically_derived]
    impl<T> __p::Project<__p::Field<{ __p::field_name("lines") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Target = <BTreeMap<Sku, Flat<T>> as __p::LatticeField>::This;
        fn project(&self) -> &<BTreeMap<Sku, Flat<T>> as __p::LatticeField>::This {
            &self.lines
        }
    }
    #[automatically_derived]
    impl<T> __p::HasField<__p::Field<{ __p::field_name("priority") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Lattice = <__p::strategies::ByMax as __p::StrategyField<u64>>::Lattice;
        const NAME: &'static str = "priority";
    }
    #[automatically_derived]
    impl<T> __p::Project<__p::Field<{ __p::field_name("priority") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Target = <__p::strategies::ByMax as __p::StrategyField<u64>>::Plain;
        fn project(
            &self,
        ) -> &<__p::strategies::ByMax as __p::StrategyField<u64>>::Plain {
            &self.priority
        }
    }
    #[automatically_derived]
    impl<T> __p::HasField<__p::Field<{ __p::field_name("tags") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Lattice = <BTreeSet<T> as __p::UnionField>::This;
        const NAME: &'static str = "tags";
    }
    #[automatically_derived]
    impl<T> __p::Project<__p::Field<{ __p::field_name("tags") }>> for Order<T>
    where
        BTreeMap<Sku, Flat<T>>: __p::Lattice + __p::Clone,
        BTreeSet<T>: __p::Lattice + __p::Clone + __p::strategies::Union,
        Order<T>: __p::Clone,
    {
        type Target = <BTreeSet<T> as __p::UnionField>::This;
        fn project(&self) -> &<BTreeSet<T> as __p::UnionField>::This {
            &self.tags
        }
    }
};
