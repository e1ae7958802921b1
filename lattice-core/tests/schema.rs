//! The fingerprints of the ready types, as they were first released: a change here cuts a peer that was not updated off.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use lattice_core::{
    AddWinsSet, All, Antichain, Any, Bounded, BoundedCounter, Causal, CausalContext, CausalCounter,
    CausalLengthSet, Common, Dag, DenseMap, DenseSet, DisableWinsFlag, Dot, Dual, EnableWinsFlag, Flat,
    GCounter, Grow, Handled, HyperLogLog, Lex, LexPartial, LwwRegister, LwwSet, Max, Min, MvRegister, OrMap,
    PartialOrder, PnCounter, Prefix, RemoveWinsSet, Sequence, Stamp, Total, TwoPhaseGraph, TwoPhaseSet,
    Version, WithTop, WriterId,
    codec::Codec,
    schema::{Fingerprint, Schema},
};

fn fingerprint<T: Codec>() -> Fingerprint {
    Schema::of::<T>().fingerprint()
}

macro_rules! released {
    ($($type:ty = $fingerprint:literal),+ $(,)?) => {
        #[test]
        fn ready_types_keep_their_fingerprints() {
            let mut seen = HashMap::new();
            let mut changed = Vec::new();
            $(
                let found = fingerprint::<$type>();
                if found != Fingerprint($fingerprint) {
                    changed.push(format!("{} = 0x{found},", stringify!($type)));
                }
                if let Some(twin) = seen.insert(found, stringify!($type)) {
                    panic!("{twin} and {} have one fingerprint", stringify!($type));
                }
            )+
            assert!(changed.is_empty(), "{}", changed.join("\n"));
        }
    };
}

released!(
    u8 = 0xe57d_98d9_c7ee_9476,
    u16 = 0xa6ae_590e_9853_88af,
    u32 = 0xb727_e30e_a16a_ddc1,
    u64 = 0xd204_9c0e_b0e1_6388,
    u128 = 0x6b97_accc_c2b3_8321,
    usize = 0x27f0_56c4_74d8_5011,
    i8 = 0xc344_7cd9_b4ab_1a1a,
    i16 = 0x3c44_98ed_dcc1_b7a3,
    i32 = 0x4c6c_92ed_e593_c0dd,
    i64 = 0x2108_c3ed_ccfa_6dc4,
    i128 = 0x4cf4_312e_30d0_c0c5,
    isize = 0x75a1_e536_5305_19f5,
    bool = 0xce7d_b20b_f804_b795,
    char = 0x1d55_2ccf_a6dd_1595,
    String = 0xe1cf_5ca1_d36e_09bc,
    Duration = 0x9b6b_5b6a_5fce_7705,
    Total<f32> = 0x5bad_d8a0_fcd5_15aa,
    Total<f64> = 0x86f6_5fa1_1557_26b3,
    () = 0xc19a_d4a7_f5a3_d397,
    [u8; 2] = 0xdd7a_16e4_7484_b84b,
    (Max<u8>, Any) = 0x8f42_7129_9058_c4ec,
    Option<Max<u8>> = 0x872b_6965_b285_925e,
    BTreeSet<u8> = 0x8f6d_4030_b9f9_4731,
    BTreeMap<u8, Max<u8>> = 0x84d6_c837_fbb7_a30a,
    Max<u8> = 0x6df6_2a11_0f1f_4c18,
    Min<u8> = 0x7920_ca0e_de26_fea2,
    Any = 0x4128_ec35_f68c_da6f,
    All = 0x388d_d40f_dc90_36aa,
    Flat<u8> = 0x0262_a6f3_5b79_24d3,
    Dual<Max<u8>> = 0xaa22_5461_9ae3_9b87,
    Grow<Max<u8>> = 0x6bec_307c_1eb6_cd62,
    Prefix<u8> = 0x0b22_8cfa_b0ea_8c23,
    Lex<Max<u8>, Any> = 0x6ab2_f8a8_8e1d_6d47,
    LexPartial<Max<u8>, Any> = 0xe46c_c8a8_6996_5c24,
    WithTop<Max<u8>> = 0xaa2e_61ef_a4e4_2ae2,
    Bounded<BTreeSet<u8>, 3> = 0x9b63_2560_2b4d_ae05,
    Antichain<Max<u8>> = 0x036a_95d5_b266_62e6,
    Common<BTreeSet<u8>> = 0x535a_d3e4_bbd2_545f,
    DenseSet<u8> = 0x5b71_d094_71bc_487e,
    DenseMap<u8, Max<u8>> = 0x055f_9afc_e81e_a450,
    WriterId = 0xfb5b_1776_b56c_6060,
    Stamp = 0x91bc_9942_e29e_1daa,
    Dot = 0xeabb_bc90_c56a_ebfe,
    Version = 0x6ef8_eea2_6be6_3aa7,
    CausalContext = 0xcdf0_9a99_2bf0_b9bb,
    GCounter = 0x6f18_9332_5be7_57c4,
    PnCounter = 0x03be_7a07_b771_effd,
    BoundedCounter = 0x65e2_2956_d782_34ea,
    HyperLogLog<10> = 0x7efb_671f_8c19_0f75,
    HyperLogLog<11> = 0xc914_8244_74c8_b77e,
    LwwRegister<u8> = 0xa1a0_d3fb_591a_f334,
    LwwSet<u8> = 0x3aa0_2c25_2cd1_972a,
    TwoPhaseSet<u8> = 0x95e0_6089_4b16_3c62,
    CausalLengthSet<u8> = 0x51e5_1bfc_b1ca_74ee,
    Handled<u8> = 0x599c_bf64_a79f_0705,
    TwoPhaseGraph<u8> = 0x0153_a1a9_96e7_f01e,
    Dag<u8> = 0x5d6d_05cf_5133_0044,
    PartialOrder<u8> = 0x179b_bdc9_3041_6536,
    Sequence<u8> = 0x020a_fb76_cc2d_dc9c,
    Causal<AddWinsSet<u8>> = 0x75cb_b612_c764_b517,
    Causal<RemoveWinsSet<u8>> = 0x56fe_1e1b_90aa_dcba,
    Causal<MvRegister<u8>> = 0xac4e_de15_b8bc_b3ee,
    Causal<EnableWinsFlag> = 0xd54e_bef6_68ae_8145,
    Causal<DisableWinsFlag> = 0xee3b_c948_7698_b5af,
    Causal<CausalCounter> = 0xb25c_e936_b3d5_8fa7,
    Causal<OrMap<u8, CausalCounter>> = 0x4319_7ed5_3aa3_579a,
    Causal<(EnableWinsFlag, CausalCounter)> = 0x83d9_6bfd_c2cb_5f85,
);

#[test]
fn who_finds_elements_by_their_hashes_has_the_schema_of_who_sorts_them() {
    assert_eq!(fingerprint::<HashSet<u8>>(), fingerprint::<BTreeSet<u8>>());
    assert_eq!(fingerprint::<HashMap<u8, Max<u8>>>(), fingerprint::<BTreeMap<u8, Max<u8>>>());
    type Seeded = std::hash::BuildHasherDefault<std::hash::DefaultHasher>;
    assert_eq!(fingerprint::<HashSet<u8, Seeded>>(), fingerprint::<HashSet<u8>>());
}

#[test]
fn pointers_are_what_they_point_to() {
    for pointed in
        [fingerprint::<Box<Max<u8>>>(), fingerprint::<Rc<Max<u8>>>(), fingerprint::<Arc<Max<u8>>>()]
    {
        assert_eq!(pointed, fingerprint::<Max<u8>>());
    }
}

#[test]
fn a_document_says_what_nests_in_it() {
    assert_eq!(
        Schema::of::<Causal<OrMap<String, CausalCounter>>>().text(),
        "state: Causal\n\
         state.store: OrMap\n\
         state.store.of: stores under keys\n\
         state.store.of.key: text\n\
         state.store.of.value: CausalCounter\n\
         state.store.of.value.of: values under dots\n\
         state.store.of.value.of.value: Flat\n\
         state.store.of.value.of.value.of: i64\n"
    );
}
