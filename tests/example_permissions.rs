//! Does the example `permissions`, a crate without std, decide what it promises?

use lvars::{codec::Codec, prelude::*};
use permissions::{Access, Account, Grant, Role, decide};

fn grants() -> Vec<Vec<u8>> {
    let reader = Grant { role: Role::Reader, account: Account::Open, ..Grant::bottom() };
    let writer = Grant { role: Role::Writer, identified: true, ..Grant::bottom() };
    let colleague = Grant { guest: false, ..Grant::bottom() };
    [reader, writer, colleague].iter().map(Codec::to_bytes).collect()
}

#[test]
fn access_needs_every_part_and_comes_in_any_order() {
    let grants = grants();
    assert_eq!(decide(&grants), Ok(Some(Access::Granted)));
    for left_out in 0..grants.len() {
        let mut others = grants.clone();
        others.remove(left_out);
        assert_eq!(decide(&others), Ok(None), "without grant {left_out}");
    }
    let twice: Vec<_> = grants.iter().rev().chain(&grants).cloned().collect();
    assert_eq!(decide(&twice), Ok(Some(Access::Granted)));
}

#[test]
fn a_locked_account_is_refused_and_a_disputed_one_is_an_error() {
    let locked = Grant { account: Account::Locked, ..Grant::bottom() }.to_bytes();
    assert_eq!(decide(std::slice::from_ref(&locked)), Ok(Some(Access::Refused)));
    let mut grants = grants();
    grants.push(locked);
    assert_eq!(decide(&grants), Err("conflict at account: Locked and Open cannot both be true".to_owned()));
}

#[test]
fn what_is_no_grant_is_refused() {
    assert!(decide(&[vec![9]]).is_err());
}

lvars::laws!(roles: Role);
lvars::laws!(accounts: Account);
