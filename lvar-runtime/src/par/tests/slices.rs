//! Disjoint mutable slices by borrow: tasks write side by side into one slice without an LVar, and the compiler sees that they do not meet.
//!
//! A merge sort, which has to get its halves back: a task answers the pieces that it was given, sorted.

use std::{future::Future, pin::Pin};

use crate::par::{self, Par};

/// A slice in pieces. The pieces are lent for the whole run, so that they can be handed from task to task.
type Pieces<'a> = Vec<&'a mut [u64]>;

/// How long a piece is, and how many there are: 2⁶, so that each is merged six times, from one slice into the other and back.
const PIECE: usize = 100;
const N_PIECES: u64 = 64;

/// A recursive future has to be boxed where it meets itself.
type Sorting<'a> = Pin<Box<dyn Future<Output = (Pieces<'a>, Pieces<'a>)> + Send + 'a>>;

/// Sorts `data`, with `spare` of the same shape to merge into; answers the two, of which the first is sorted.
fn sort<'a>(p: Par<'a, '_>, mut data: Pieces<'a>, mut spare: Pieces<'a>) -> Sorting<'a> {
    Box::pin(async move {
        if data.len() <= 1 {
            data.iter_mut().for_each(|piece| piece.sort_unstable());
            return (data, spare);
        }
        let half = data.len() / 2;
        let (right_data, right_spare) = (data.split_off(half), spare.split_off(half));
        let right = p.spawn(sort(p.clone(), right_data, right_spare));
        let (mut sorted, mut merged) = sort(p.clone(), data, spare).await;
        let (right, right_spare) = right.await;
        merged.extend(right_spare);
        merge(&sorted, &right, &mut merged);
        sorted.extend(right);
        (merged, sorted)
    })
}

fn merge(left: &Pieces<'_>, right: &Pieces<'_>, into: &mut Pieces<'_>) {
    let mut left = left.iter().flat_map(|piece| piece.iter()).peekable();
    let mut right = right.iter().flat_map(|piece| piece.iter()).peekable();
    for place in into.iter_mut().flat_map(|piece| piece.iter_mut()) {
        let is_left = right.peek().is_none_or(|right| left.peek().is_some_and(|left| left <= right));
        let next = if is_left { left.next() } else { right.next() };
        *place = *next.unwrap();
    }
}

#[test]
fn a_merge_sort_in_place_sorts_on_any_number_of_workers() {
    let unsorted: Vec<u64> =
        (0..N_PIECES * PIECE as u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).collect();
    let mut expected = unsorted.clone();
    expected.sort_unstable();
    for n_workers in 1..=8 {
        let (mut data, mut spare) = (unsorted.clone(), vec![0; unsorted.len()]);
        let pieces = (data.chunks_mut(PIECE).collect(), spare.chunks_mut(PIECE).collect());
        par::run_on(n_workers, async move |p| _ = sort(p.clone(), pieces.0, pieces.1).await).unwrap();
        assert!(data == expected, "{n_workers} workers");
    }
}

/// Quicksort needs nothing back: it cuts first, and then sorts the parts where they lie.
fn quicksort<'a>(p: &Par<'a, '_>, slice: &'a mut [u64]) {
    let Some((&mut pivot, rest)) = slice.split_first_mut() else { return };
    let mut n_less = 0;
    for index in 0..rest.len() {
        if rest[index] < pivot {
            rest.swap(index, n_less);
            n_less += 1;
        }
    }
    slice.swap(0, n_less);
    let (less, others) = slice.split_at_mut(n_less);
    p.fork(|p| quicksort(p, less));
    p.fork(|p| quicksort(p, &mut others[1..]));
}

#[test]
fn a_quicksort_in_place_cuts_its_slice_and_lends_the_parts() {
    let mut data: Vec<u64> = (0..3000_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).collect();
    let slice = &mut data[..];
    par::run(async |p| quicksort(p, slice)).unwrap();
    assert!(data.is_sorted());
}

#[test]
fn a_loop_over_a_mutable_slice_lends_each_item_once() {
    for n_workers in 1..=4 {
        let mut squares: Vec<u64> = (0..1000).collect();
        par::run_on(n_workers, async |p| p.par_for(&mut squares[..], |n| *n *= *n).await).unwrap();
        assert!(squares.iter().zip(0..).all(|(square, n)| *square == n * n));
    }
}
