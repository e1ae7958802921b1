//! Handlers of values under every schedule that the checker can tell apart: of one leaf, and of several parts together.

use std::sync::Arc;

use lattice_core::Max;
use loom::thread;

use super::{FollowedAsOne, Growth, LVarType, Put, changes::Mark, loom_models::bounded, marks::MarkOf};
use crate::kinds::WordLVar;

type Word = WordLVar<Max<u64>>;

/// A handler: a cursor over the marks of an LVar, and what it was told.
struct Handler<'a, V: FollowedAsOne> {
    lvar: &'a V,
    mark: &'a Arc<Mark>,
    cursor: usize,
    told: Vec<V::Lattice>,
}

impl<'a, V: FollowedAsOne> Handler<'a, V> {
    fn new(lvar: &'a V) -> Self {
        let mark = lvar.attach(MarkOf::ITSELF, &|| Mark::new(0, Arc::default())).expect("it has a leaf");
        mark.note_what_is_there(lvar);
        Self { lvar, mark, cursor: 0, told: Vec::new() }
    }

    /// Handles what is in the log.
    fn pump(&mut self) {
        while let Some(noted) = self.mark.changes().entry(self.cursor) {
            self.cursor += 1;
            noted.clear();
            self.told.push(self.lvar.seen());
        }
    }
}

/// A handler of a value that is attached during puts, and clears the mark before it reads, has read the last value in the end.
#[test]
fn a_handler_of_a_value_reads_the_last_growth() {
    bounded(|| {
        let lvar = Arc::new(Word::new());
        let writer = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || [1, 2].into_iter().try_for_each(|n| lvar.put(n)).unwrap()
        });
        let mut handler = Handler::new(&*lvar);
        handler.pump();
        writer.join().unwrap();
        handler.pump();
        assert_eq!(handler.told.last(), Some(&Max(2)));
    });
}

/// So has a handler of two parts, to both of which its mark is attached.
#[test]
fn a_handler_of_two_parts_reads_the_last_growth_of_each() {
    bounded(|| {
        let pair = Arc::new(<(Word, Word)>::new());
        let writer = thread::spawn({
            let pair = Arc::clone(&pair);
            move || {
                pair.0.put(1).unwrap();
                pair.1.put(1).unwrap();
            }
        });
        let mut handler = Handler::new(&*pair);
        handler.pump();
        writer.join().unwrap();
        handler.pump();
        assert_eq!(handler.told.last(), Some(&(Max(1), Max(1))));
    });
}

/// Of a mark that two attach at once there is one.
#[test]
fn a_mark_that_two_attach_at_once_is_one() {
    bounded(|| {
        let pair = Arc::new(<(Word, Word)>::new());
        let other = thread::spawn({
            let pair = Arc::clone(&pair);
            move || Arc::as_ptr(Handler::new(&*pair).mark).addr()
        });
        let mut handler = Handler::new(&*pair);
        pair.1.put(1).unwrap();
        assert_eq!(other.join().unwrap(), Arc::as_ptr(handler.mark).addr());
        handler.pump();
        assert_eq!(handler.told.last(), Some(&(Max(0), Max(1))));
    });
}

/// A put that finds the mark of another one knows that its value is handled by what is in the log once that has settled.
#[test]
fn what_a_put_leaves_to_another_is_in_the_log_when_it_has_settled() {
    bounded(|| {
        let lvar = Arc::new(Word::new());
        let mut handler = Handler::new(&*lvar);
        let other = thread::spawn({
            let lvar = Arc::clone(&lvar);
            move || lvar.put(1).unwrap()
        });
        lvar.put(2).unwrap();
        handler.mark.changes().settle();
        handler.pump();
        assert_eq!(handler.told.last(), Some(&Max(2)));
        other.join().unwrap();
    });
}
