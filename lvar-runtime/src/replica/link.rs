//! Sees to it that every write of this replica reaches every peer, over a transport that may lose, double, delay and reorder.
//!
//! Sans-I/O: ticks and received frames go in, frames to send come out, and nothing here knows a socket, a thread or a clock.
//!
//! 1. What the replica's own updates bring ([`Link::wrote`]) is joined until the next tick, then encoded once as an entry of the
//!    log. Entries are numbered from 0.
//! 2. A tick sends each peer the entries that it has not got, at most [`WINDOW`] of them under way. All peers are sent the same
//!    bytes, shared and not copied.
//! 3. A peer merges entries in whatever order they arrive, which joins allow, and acknowledges: all before the first gap, and
//!    which ones beyond it.
//! 4. An entry that is not acknowledged within [`RESEND_AFTER`] ticks is sent again, until it is.
//! 5. An entry that every peer has acknowledged leaves the log.
//! 6. A frame from a member whose state is of another schema is refused unread, and answered with ours in words, so that both sides
//!    can say what differs.
//!
//! An acknowledgement is sent only after the merge, so what is acknowledged is in the peer's state. What others wrote is not
//! passed on: each writer sends to all, as suits up to some thirty replicas.
//!
//! Limits: the log grows by one entry for each tick with a write while some peer is out of reach, and a link lives as long as its
//! replica: one that was opened anew starts with new links on all sides.

mod frame;
mod incoming;
mod outgoing;
mod schema;

use std::{collections::VecDeque, error::Error, fmt, mem, sync::Arc};

use lattice_core::{
    Delta, Forged, TooFarAhead,
    codec::{Codec, DecodeError},
    schema::{Fingerprint, Schema},
};

use super::Replica;
pub use frame::Frame;
use incoming::{Arrival, Incoming};
use outgoing::{Acked, Outgoing};
pub use schema::ForeignSchema;
use schema::Telling;

/// How many entries may be on their way to a peer; an acknowledgement has one bit for each.
pub const WINDOW: u64 = 64;

/// After how many ticks without an acknowledgement an entry is sent again. Let a tick last so long that a
/// round trip takes no more than some eight of them.
pub const RESEND_AFTER: u64 = 12;

/// A frame to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The number of the member that it is for.
    pub to: usize,
    /// The canonical form of a [`Frame`], shared between all peers that are sent the same.
    pub frame: Arc<[u8]>,
    /// Whether the same was sent to this member before.
    pub is_resent: bool,
}

/// The replication protocol of one member of a group, without any I/O.
///
/// ```
/// use lvars::{GCounter, Outside, replica::{Replica, link::Link}};
///
/// let replicas = [Replica::<GCounter>::open(), Replica::open()];
/// let mut links = [Link::new(2, 0), Link::new(2, 1)];
///
/// let delta = replicas[0].update(Outside::here(), |views, writer| views.increment(writer, 2))?;
/// links[0].wrote(delta);
/// for now in 0..2 {
///     for from in 0..2 {
///         for message in links[from].tick(now) {
///             // A real transport sends `message.frame` to `message.to` here.
///             links[message.to].receive(&replicas[message.to], from, &message.frame)?;
///         }
///     }
/// }
/// assert_eq!(replicas[1].query(Outside::here()).value(), 2);
/// assert!(links[0].is_settled());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Link<T> {
    me: usize,
    schema: Schema,
    /// That of `schema`.
    fingerprint: Fingerprint,
    peers: Vec<Peer>,
    /// What was written since the last tick: one delta, or several if joining them would bury a conflict.
    written: Vec<T>,
    /// The encoded batches that some peer has not acknowledged.
    log: VecDeque<Arc<[u8]>>,
    /// The index of the log's first entry.
    start: u64,
}

#[derive(Clone, Debug, Default)]
struct Peer {
    outgoing: Outgoing,
    incoming: Incoming,
    telling: Telling,
}

/// What a received frame was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// A delta, which was merged.
    Merged,
    /// A delta that was merged before.
    Duplicate,
    /// An acknowledgement.
    Acknowledged,
    /// The schema of the peer, which is ours.
    SameSchema,
}

/// Why a received frame was refused. Nothing was changed; what was damaged on the way is sent again by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is no frame, or the delta in it is none. If the check sum matches, the sender runs other code.
    Refused(DecodeError),
    /// The delta claims writes of this replica's own writer that it has not made: see [`MergeError::Forged`](super::MergeError::Forged). It is not
    /// acknowledged, so an honest sender sends it again until it is merged, under a writer that was renewed.
    Forged(Forged),
    /// The sender's state is of another type than ours. Nothing will be exchanged with it until one of the two is mended.
    ForeignSchema(ForeignSchema),
    /// The delta in it was written by a clock that is too far ahead.
    TooFarAhead(TooFarAhead),
    /// An entry so far ahead that no honest peer sends it.
    BeyondWindow(u64),
    /// An acknowledgement of entries that were never sent.
    NeverSent,
    /// It comes from no other member of the group.
    UnknownPeer(usize),
}

impl<T: Delta + Codec> Link<T> {
    /// The links of member `me` to the other members of a group, who are numbered from 0 alike on all machines.
    pub fn new(n_members: usize, me: usize) -> Self {
        let peers = vec![Peer::default(); n_members];
        let schema = Schema::of::<T>();
        let fingerprint = schema.fingerprint();
        Self { me, schema, fingerprint, peers, written: Vec::new(), log: VecDeque::new(), start: 0 }
    }

    /// Takes what an update of the replica answered, to be sent with the next tick.
    pub fn wrote(&mut self, news: Option<T>) {
        let Some(news) = news else { return };
        // Kept first: if code of the user's panics, it goes by itself.
        self.written.push(news);
        if let [.., batch, news] = self.written.as_mut_slice()
            // A batch in which two values have met no longer has them, and the peers' reports could not name them.
            && batch.incompatible(news).is_none()
        {
            batch.join_ref(news);
            self.written.pop();
        }
    }

    /// Takes a frame from member `from`; merges what is in it into `replica`.
    ///
    /// A conflict is no error here: it is a state, and is taken in and acknowledged as any other. Ask
    /// [`conflict`](Replica::conflict) for it.
    ///
    /// # Errors
    ///
    /// If the frame is refused; then neither replica nor link was changed.
    pub fn receive(
        &mut self,
        replica: &Replica<T>,
        from: usize,
        frame: &[u8],
    ) -> Result<Received, LinkError> {
        self.receive_if(replica, from, frame, |_| Ok(()))
    }

    /// [`receive`](Self::receive) of what `admit` lets in, as with [`merge_bytes_if`](Replica::merge_bytes_if). What it does not is not
    /// acknowledged, so it comes again until it is: a stamp that is ahead of time is in time later.
    ///
    /// # Errors
    ///
    /// [`LinkError::TooFarAhead`] if `admit` does not let a delta in; those of [`receive`](Self::receive).
    pub fn receive_if(
        &mut self,
        replica: &Replica<T>,
        from: usize,
        frame: &[u8],
        admit: impl FnOnce(&T) -> Result<(), TooFarAhead>,
    ) -> Result<Received, LinkError> {
        let is_member = from != self.me;
        let peer = self.peers.get_mut(from).filter(|_| is_member).ok_or(LinkError::UnknownPeer(from))?;
        let (theirs, frame) = Frame::from_bytes(frame).map_err(LinkError::Refused)?;
        if theirs != self.fingerprint {
            peer.telling.refused(&frame);
            return Err(LinkError::ForeignSchema(ForeignSchema::new(&self.schema, theirs, &frame)));
        }
        match frame {
            Frame::Schema { .. } => Ok(Received::SameSchema),
            Frame::Batch { index, delta } => match peer.incoming.arrival(index) {
                Arrival::New => {
                    let delta = T::from_bytes(delta).map_err(LinkError::Refused)?;
                    admit(&delta).map_err(LinkError::TooFarAhead)?;
                    replica.join(&delta).map_err(LinkError::Forged)?;
                    peer.incoming.merged(index);
                    Ok(Received::Merged)
                }
                Arrival::Known => {
                    peer.incoming.owes_ack = true;
                    Ok(Received::Duplicate)
                }
                Arrival::BeyondWindow => Err(LinkError::BeyondWindow(index)),
            },
            Frame::Ack { upto, beyond } => match peer.outgoing.acknowledged(upto, beyond) {
                Acked::Noted => {
                    self.drop_acknowledged();
                    Ok(Received::Acknowledged)
                }
                Acked::NeverSent => Err(LinkError::NeverSent),
            },
        }
    }

    /// Ends a tick: answers the frames to send. `now` counts ticks and never goes back.
    pub fn tick(&mut self, now: u64) -> Vec<Message> {
        self.log_written();
        let end = self.start + self.log.len() as u64;
        let mut messages = Vec::new();
        for (to, peer) in self.peers.iter_mut().enumerate() {
            if to == self.me {
                continue;
            }
            for due in peer.outgoing.due(now, end) {
                let frame = Arc::clone(&self.log[(due.index - self.start) as usize]);
                messages.push(Message { to, frame, is_resent: due.is_resent });
            }
            if mem::take(&mut peer.incoming.owes_ack) {
                let frame = peer.incoming.ack().to_bytes(self.fingerprint).into();
                messages.push(Message { to, frame, is_resent: false });
            }
            if peer.telling.is_due() {
                let frame = Frame::Schema { text: self.schema.text() }.to_bytes(self.fingerprint).into();
                messages.push(Message { to, frame, is_resent: false });
            }
        }
        messages
    }

    /// Whether every peer has acknowledged all that was written here.
    pub fn is_settled(&self) -> bool {
        self.written.is_empty() && self.log.is_empty()
    }

    /// How many entries some peer has not acknowledged.
    pub fn n_unacknowledged(&self) -> usize {
        self.log.len()
    }

    fn log_written(&mut self) {
        let end = self.start + self.log.len() as u64;
        let entries = self.written.iter().zip(end..).map(|(delta, index)| {
            let batch = Frame::Batch { index, delta: &delta.to_bytes() };
            batch.to_bytes(self.fingerprint).into()
        });
        // All of them, or none if code of the user's panics.
        let entries: Vec<Arc<[u8]>> = entries.collect();
        self.log.extend(entries);
        self.written.clear();
        // With nobody to wait for, nothing is kept.
        self.drop_acknowledged();
    }

    fn drop_acknowledged(&mut self) {
        let end = self.start + self.log.len() as u64;
        let others = self.peers.iter().enumerate().filter(|(member, _)| *member != self.me);
        let acked = others.map(|(_, peer)| peer.outgoing.acked()).min().unwrap_or(end);
        self.log.drain(..(acked - self.start) as usize);
        self.start = acked;
    }
}

impl<T> fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("me", &self.me)
            .field("start", &self.start)
            .field("n_unacknowledged", &self.log.len())
            .field("peers", &self.peers)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => write!(f, "a frame was refused: {refused}"),
            Self::Forged(forged) => forged.fmt(f),
            Self::ForeignSchema(foreign) => foreign.fmt(f),
            Self::TooFarAhead(stamp) => write!(f, "a frame was refused: {stamp}"),
            Self::BeyondWindow(index) => write!(f, "entry {index} is beyond the window of {WINDOW}"),
            Self::NeverSent => f.write_str("entries were acknowledged that were never sent"),
            Self::UnknownPeer(from) => write!(f, "member {from} is no peer of this one"),
        }
    }
}

impl Error for LinkError {}
