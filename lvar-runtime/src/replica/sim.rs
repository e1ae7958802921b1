//! A whole group of replicas on a network that misbehaves by a seed, in one process: to test and to show convergence.
//!
//! One tick, for each member: take in what has arrived, run the caller's writes, let the link answer what to send. Members do not see
//! each other within a tick, so they run on as many threads as there are cores; only then does one thread draw the fate of each
//! message, member by member. So a run depends on the seed and the writes alone, and a printed seed repeats it to the byte.

mod network;
mod random;

use std::{error::Error, fmt, mem, num::NonZero};

use lattice_core::{Conflict, Delta, WriterId, codec::Codec};

use super::{
    Conflicted, Replica,
    link::{Link, Message},
};
pub use network::{Counters, Faults};
use network::{Delivered, Network};
use random::Random;

use crate::sync::{Mutex, lock, os_thread};

/// A group of replicas, a link between any two, and a network with faults.
///
/// ```
/// use lvars::{GCounter, Outside, codec::Codec, replica::sim::{Cluster, Faults}};
///
/// let faults = Faults { drop: 0.2, duplicate: 0.1, delay: 1..=4, ..Faults::default() };
/// let mut cluster = Cluster::<GCounter>::new(3, 42, faults);
/// cluster.partition(&[&[0], &[1, 2]]);
/// for _ in 0..20 {
///     cluster.step(|_, member| member.update(|views, writer| views.increment(writer, 1)))?;
/// }
/// cluster.heal();
/// cluster.run_until_settled(1_000)?;
///
/// for replica in cluster.replicas() {
///     assert_eq!(replica.query(Outside::here()).value(), 60, "seed 42");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Cluster<T> {
    members: Vec<Member<T>>,
    network: Network,
    now: u64,
    n_threads: usize,
}

/// One member of a simulated group: a replica and its links, between which its writes go by themselves.
pub struct Member<T> {
    replica: Replica<T>,
    link: Link<T>,
    outbox: Vec<Message>,
    n_refused: u64,
}

impl<T: Delta + Codec> Member<T> {
    /// Writes, as [`Replica::update`] does; what was new goes to the others with the end of the tick.
    ///
    /// # Errors
    ///
    /// If the state is then in conflict; what was new is shipped all the same.
    pub fn update(&mut self, write: impl FnOnce(&T, WriterId) -> T) -> Result<(), Conflict> {
        match self.replica.write(write) {
            Ok(news) => {
                self.link.wrote(news);
                Ok(())
            }
            Err(Conflicted { news, conflict }) => {
                self.link.wrote(news);
                Err(conflict)
            }
        }
    }

    /// The replica, to read it.
    pub fn replica(&self) -> &Replica<T> {
        &self.replica
    }

    /// The links to the others.
    pub fn link(&self) -> &Link<T> {
        &self.link
    }

    /// How many frames were refused, for damage on the way.
    pub fn n_refused(&self) -> u64 {
        self.n_refused
    }

    fn receive(&mut self, inbox: Vec<Delivered>) {
        for Delivered { from, frame } in inbox {
            if self.link.receive(&self.replica, from, &frame).is_err() {
                self.n_refused += 1;
            }
        }
    }
}

impl<T: Delta + Codec + Send + Sync> Cluster<T> {
    /// A group of `n_members` replicas at bottom. Faults and writers are drawn from `seed`.
    pub fn new(n_members: usize, seed: u64, faults: Faults) -> Self {
        let mut random = Random::new(seed);
        let members = (0..n_members)
            .map(|me| Member {
                replica: Replica::open_simulated(WriterId(random.next())),
                link: Link::new(n_members, me),
                outbox: Vec::new(),
                n_refused: 0,
            })
            .collect();
        let n_threads = os_thread::available_parallelism().map_or(1, NonZero::get);
        Self { members, network: Network::new(random, faults, n_members), now: 0, n_threads }
    }

    /// The same group, run by `n_threads` threads instead of one for each core; the results do not depend on it.
    #[must_use]
    pub fn with_threads(mut self, n_threads: usize) -> Self {
        self.n_threads = n_threads.max(1);
        self
    }

    /// Cuts the network: from now on nothing that is sent crosses from one of `groups` to another. Members that no group names
    /// form one more. What is on its way still arrives.
    ///
    /// # Panics
    ///
    /// If a group names a member that there is not.
    pub fn partition(&mut self, groups: &[&[usize]]) {
        self.network.partition(groups);
    }

    /// Ends the partition.
    pub fn heal(&mut self) {
        self.network.heal();
    }

    /// Runs one tick. `writes` is called once for each member, with its number, on some thread.
    ///
    /// # Errors
    ///
    /// The conflict that the writes of the lowest-numbered member with one answered. All members' writes ran all the same.
    ///
    /// # Panics
    ///
    /// If `writes` panics.
    pub fn step(
        &mut self,
        writes: impl Fn(usize, &mut Member<T>) -> Result<(), Conflict> + Sync,
    ) -> Result<(), Conflict> {
        let now = self.now;
        let inboxes = self.network.deliver(now);
        let mut outcomes: Vec<_> = self.members.iter().map(|_| Ok(())).collect();
        let jobs = self.members.iter_mut().zip(inboxes).zip(&mut outcomes).enumerate();
        for_each_in_parallel(jobs, self.n_threads, |(number, ((member, inbox), outcome))| {
            member.receive(inbox);
            *outcome = writes(number, member);
            member.outbox = member.link.tick(now);
        });
        for (from, member) in self.members.iter_mut().enumerate() {
            for message in mem::take(&mut member.outbox) {
                self.network.send(now, from, message);
            }
        }
        self.now += 1;
        outcomes.into_iter().collect()
    }

    /// Runs ticks without writes until all is settled, and answers how many it took.
    ///
    /// # Errors
    ///
    /// [`Unsettled`] if `max_ticks` were not enough: a partition lasts, or the faults leave too little through.
    pub fn run_until_settled(&mut self, max_ticks: u64) -> Result<u64, Unsettled> {
        for ticks in 0..max_ticks {
            if self.is_settled() {
                return Ok(ticks);
            }
            // Without writes nothing can answer a conflict.
            let _ = self.step(|_, _| Ok(()));
        }
        if self.is_settled() { Ok(max_ticks) } else { Err(Unsettled { max_ticks }) }
    }

    /// Whether every write is acknowledged by every member and nothing is on its way.
    pub fn is_settled(&self) -> bool {
        self.network.is_idle() && self.members.iter().all(|member| member.link.is_settled())
    }

    /// How many ticks have run.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// What happened on the network so far.
    pub fn counters(&self) -> Counters {
        self.network.counters()
    }

    /// The members, in the order of their numbers.
    pub fn members(&self) -> &[Member<T>] {
        &self.members
    }

    /// The replicas, in the order of their members' numbers.
    pub fn replicas(&self) -> impl ExactSizeIterator<Item = &Replica<T>> {
        self.members.iter().map(Member::replica)
    }
}

/// Runs `job` for each item, on up to `n_threads` threads, each taking the next item as it gets free.
fn for_each_in_parallel<I: Send>(
    items: impl Iterator<Item = I> + Send,
    n_threads: usize,
    job: impl Fn(I) + Sync,
) {
    let items = Mutex::new(items);
    let work = || {
        // The lock is held to take an item, not to work on it.
        let next = || lock(&items).next();
        while let Some(item) = next() {
            job(item);
        }
    };
    os_thread::scope(|scope| {
        for _ in 1..n_threads {
            scope.spawn(work);
        }
        work();
    });
}

/// A group did not settle in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// How many ticks it was given.
    pub max_ticks: u64,
}

impl fmt::Display for Unsettled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the group has not settled after {} ticks: heal the partition, or lower the faults",
            self.max_ticks
        )
    }
}

impl Error for Unsettled {}

impl<T> fmt::Debug for Member<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").field("link", &self.link).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Cluster<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cluster")
            .field("n_members", &self.members.len())
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
