//! The abstract machine: what a state is, where values are kept, and how the time of a call is told from another's.
//!
//! In k-CFA (Shivers, 1991) the *contour* of a variable is the last `k` calls before it was bound. There are finitely many, so there are
//! finitely many addresses, closures and states; and all values that a variable may have in one contour are kept in one set.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use hashbrown::DefaultHashBuilder;

use super::{
    cps::{Atom, CallId, LambdaId, Place, Program},
    syntax::Variable,
};

/// The hasher of both solvers is that of an LVar's tables: what is compared are the solvers.
pub(crate) type Set<T> = HashSet<T, DefaultHashBuilder>;
pub(crate) type Map<K, V> = HashMap<K, V, DefaultHashBuilder>;

/// The last calls, at most two, the latest in the lower half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Contour(u64);

impl Contour {
    /// The contour after `call`, of which `k` calls are kept.
    pub(crate) fn after(self, call: CallId, k: u32) -> Self {
        let all = self.0 << 32 | (u64::from(call) + 1);
        Self(all & 1_u64.checked_shl(32 * k).map_or(u64::MAX, |beyond| beyond - 1))
    }
}

/// Where the values of a variable are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Address {
    pub(crate) variable: Variable,
    pub(crate) contour: Contour,
}

/// For each variable that a function captured, its contour.
pub(crate) type Captured = Arc<[Contour]>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    Number,
    Truth(bool),
    Closure(LambdaId, Captured),
}

/// A call that is made, with what is needed to find its variables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) call: CallId,
    pub(crate) captured: Captured,
    /// The contour of what the body binds.
    pub(crate) contour: Contour,
}

/// A value, or where values are.
pub(crate) enum Operand {
    Known(Value),
    At(Address),
}

impl State {
    /// The state in which a program starts.
    pub(crate) fn start(program: &Program) -> Self {
        Self { call: program.start, captured: Arc::new([]), contour: Contour(0) }
    }

    /// The state at another call of the same body.
    pub(crate) fn at(&self, call: CallId) -> Self {
        Self { call, ..self.clone() }
    }

    /// Where a variable is kept that the body binds.
    pub(crate) fn local(&self, variable: Variable) -> Address {
        Address { variable, contour: self.contour }
    }

    pub(crate) fn operand(&self, program: &Program, atom: Atom) -> Operand {
        match atom {
            Atom::Number => Operand::Known(Value::Number),
            Atom::Truth(truth) => Operand::Known(Value::Truth(truth)),
            Atom::Variable(variable, place) => {
                Operand::At(Address { variable, contour: self.contour_at(place) })
            }
            Atom::Lambda(lambda) => {
                let captured = &program.lambdas[lambda as usize].captured;
                let captured = captured.iter().map(|(_, place)| self.contour_at(*place)).collect();
                Operand::Known(Value::Closure(lambda, captured))
            }
        }
    }

    fn contour_at(&self, place: Place) -> Contour {
        match place {
            Place::Local => self.contour,
            Place::Captured(at) => self.captured[at as usize],
        }
    }
}

/// What the analysis finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Flows {
    pub(crate) states: Set<State>,
    /// The values that flow to each address.
    pub(crate) store: Map<Address, Set<Value>>,
}
