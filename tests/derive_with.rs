//! `with = module`: a join by functions of the user's, which come with a test of their laws.

use lvars::{laws, prelude::*};

/// The longer text, and of two as long the greater.
mod longest {
    use std::cmp::Ordering;

    pub(crate) fn join(value: &mut String, other: String) -> bool {
        let grows = cmp(value, &other) == Some(Ordering::Less);
        if grows {
            *value = other;
        }
        grows
    }

    pub(crate) fn cmp(left: &str, right: &str) -> Option<Ordering> {
        Some((left.len(), left).cmp(&(right.len(), right)))
    }

    pub(crate) fn bottom() -> String {
        String::new()
    }

    pub(crate) fn diff(value: &str, seen: &str) -> Option<String> {
        (cmp(seen, value) == Some(Ordering::Less)).then(|| value.to_owned())
    }

    pub(crate) fn parts(value: &str) -> Option<String> {
        (!value.is_empty()).then(|| value.to_owned())
    }

    pub(crate) fn samples() -> [String; 4] {
        ["", "a", "b", "ab"].map(str::to_owned)
    }
}

/// Bits, each set once and for all.
mod bits {
    use std::cmp::Ordering;

    pub(crate) fn join(value: &mut u8, other: u8) -> bool {
        let before = *value;
        *value |= other;
        *value != before
    }

    pub(crate) fn cmp(left: &u8, right: &u8) -> Option<Ordering> {
        match (left | right == *right, left | right == *left) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    pub(crate) fn bottom() -> u8 {
        0
    }

    pub(crate) fn diff(value: &u8, seen: &u8) -> Option<u8> {
        Some(value & !seen).filter(|&missing| missing != 0)
    }

    pub(crate) fn parts(value: &u8) -> impl Iterator<Item = u8> + use<> {
        let value = *value;
        (0..8).map(|bit| 1 << bit).filter(move |bit| value & bit != 0)
    }

    pub(crate) fn samples() -> impl Iterator<Item = u8> {
        0..8
    }
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Account {
    #[lattice(with = longest)]
    name: String,
    #[lattice(with = self::bits)]
    rights: u8,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Access {
    None,
    Some(#[lattice(with = bits)] u8),
    Named {
        #[lattice(with = bits)]
        rights: u8,
        #[lattice(with = crate::longest)]
        name: String,
    },
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Account)]
enum MayWrite {
    #[when(rights >= 0b10_u8)]
    Yes,
}

fn accounts() -> Vec<Account> {
    let names = ["", "a", "ab"].map(str::to_owned);
    names
        .into_iter()
        .flat_map(|name| [0, 1, 2].map(|rights| Account { name: name.clone(), rights }))
        .collect()
}

laws!(account: Account, accounts());
laws!(access: Access, [
    Access::None,
    Access::Some(0),
    Access::Some(1),
    Access::Some(2),
    Access::Named { rights: 0, name: String::new() },
    Access::Named { rights: 3, name: "a".to_owned() },
]);

#[test]
fn the_field_joins_as_the_functions_say() {
    let mut account = Account { name: "ann".to_owned(), rights: 1 };
    assert!(account.join(Account { name: "anna".to_owned(), rights: 2 }));
    assert_eq!(account, Account { name: "anna".to_owned(), rights: 3 });
    assert_eq!(Account::bottom(), Account { name: String::new(), rights: 0 });
}

#[test]
fn an_lvar_and_a_threshold_reach_it() {
    let account = LVar::<Account>::new();
    account.rights.put(0b10).expect("news");
    assert_eq!(account.get::<MayWrite>().wait(), Ok(MayWrite::Yes));
}

#[test]
fn news_is_what_the_functions_call_missing() {
    let mut account = Account { name: "ann".to_owned(), rights: 1 };
    let news = account.absorb(Account { name: "ann".to_owned(), rights: 3 });
    assert_eq!(news, Some(Account { name: String::new(), rights: 2 }));
}

/// The mean: it commutes, but is not above what it is the mean of.
mod mean {
    use std::cmp::Ordering;

    pub(crate) fn join(value: &mut i64, other: i64) -> bool {
        let before = *value;
        *value = i64::midpoint(before, other);
        *value != before
    }

    pub(crate) fn cmp(left: &i64, right: &i64) -> Option<Ordering> {
        Some(left.cmp(right))
    }

    pub(crate) fn bottom() -> i64 {
        0
    }

    pub(crate) fn samples() -> [i64; 3] {
        [0, 4, 8]
    }
}

#[test]
#[should_panic(expected = "not order: a ⊑ b iff a ⊔ b = b")]
#[expect(unnameable_test_items, reason = "called below, since it is to fail")]
fn unlawful_functions_fail_the_test_that_comes_with_them() {
    #[derive(Lattice, Clone, Debug, PartialEq)]
    struct Sensor {
        #[lattice(with = mean)]
        value: i64,
    }
    sensor_value_by_hand_lattice();
}

/// Adding: it is not idempotent.
mod sum {
    pub(crate) use super::mean::{bottom, cmp};

    pub(crate) fn join(value: &mut i64, other: i64) -> bool {
        *value += other;
        other != 0
    }

    pub(crate) fn samples() -> Vec<i64> {
        vec![1]
    }
}

#[test]
#[should_panic(expected = "fewer than two values")]
#[expect(unnameable_test_items, reason = "called below, since it is to fail")]
fn one_sample_is_no_test() {
    #[derive(Lattice, Clone, Debug, PartialEq)]
    struct Total(#[lattice(with = sum)] i64);
    total_0_by_hand_lattice();
}
