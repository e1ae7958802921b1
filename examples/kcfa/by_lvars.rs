//! k-CFA as a fixpoint of LVars: a set of states, a map from addresses to sets of values, and a set of flows between addresses.
//!
//! ```text
//!   state ∈ states, its call applies f to a..             ⟹   for each closure of f:  a ⊆ parameter.., (body of f) ∈ states
//!   state ∈ states, its call is an `if`                   ⟹   for each truth of the test:  (its branch) ∈ states
//!   (from, to) ∈ flows, value ∈ store(from)               ⟹   value ∈ store(to)
//! ```
//!
//! "For each" is a handler, wherever it stands: on the states, on the flows, and on the set of values at an address. A handler that
//! meets a state attaches another one to the values that the state's call hangs on, for those that are there and those that will be. So no
//! state is ever looked at twice, and nobody keeps a list of what has to be done again.

use std::error::Error;

use lvars::{PutError, par::Pool, prelude::*};

use super::{
    cps::{Call, CallId, Program},
    machine::{Address, Flows, Map, Operand, Set, State, Value},
    syntax::Primitive,
};

/// The states and the store of a program.
///
/// # Errors
///
/// On no schedule: no two facts are in conflict.
pub(crate) fn analyse(program: &Program, k: u32, n_workers: usize) -> Result<Flows, Box<dyn Error>> {
    let machine = Machine {
        program,
        k,
        states: LVar::<Set<State>>::new(),
        store: LVar::<Map<Address, Set<Value>>>::new(),
        flows: LVar::<Set<(Address, Address)>>::new(),
    };
    par::run_on(n_workers, async |p| {
        let pool = p.pool();
        let (machine, in_pool) = (&machine, pool.clone());
        machine.flows.for_each(&pool, move |_, (from, to)| {
            let to = machine.values(to)?;
            machine.values(from)?.for_each(&in_pool, move |_, value| to.insert(value.clone()));
            Ok(())
        });
        let in_pool = pool.clone();
        machine.states.for_each(&pool, move |_, state| machine.step(&in_pool, state));
        machine.states.insert(State::start(program))
    })??;
    Ok(Flows { states: machine.states.into_value()?, store: machine.store.into_value()? })
}

struct Machine<'p> {
    program: &'p Program,
    k: u32,
    states: LVar<Set<State>>,
    store: LVar<Map<Address, Set<Value>>>,
    /// What flows from the first address flows to the second.
    flows: LVar<Set<(Address, Address)>>,
}

impl Machine<'_> {
    /// The values at an address.
    fn values(&self, at: &Address) -> Result<&LVar<Set<Value>>, PutError> {
        self.store.key(at).or_bottom()
    }

    /// Has the values of an operand flow to an address.
    fn flow(&self, operand: Operand, to: Address) -> Result<(), PutError> {
        match operand {
            Operand::Known(value) => self.values(&to)?.insert(value),
            Operand::At(from) => self.flows.insert((from, to)),
        }
    }

    /// Calls `each` for each value of an operand.
    fn for_each_value<'scope>(
        &'scope self,
        pool: &Pool<'scope, '_>,
        operand: Operand,
        each: impl Fn(&Value) -> Result<(), PutError> + Send + Sync + 'scope,
    ) -> Result<(), PutError> {
        match operand {
            Operand::Known(value) => each(&value)?,
            Operand::At(address) => self.values(&address)?.for_each(pool, move |_, value| each(value)),
        }
        Ok(())
    }

    /// Makes the call of a state, after what its body binds before.
    fn step<'scope>(&'scope self, pool: &Pool<'scope, '_>, state: &'scope State) -> Result<(), PutError> {
        let operand = |atom| state.operand(self.program, atom);
        let mut at = state.call;
        loop {
            match &self.program.calls[at as usize] {
                Call::End => return Ok(()),
                Call::Bind { bindings, body } => {
                    for (variable, atom) in bindings {
                        self.flow(operand(*atom), state.local(*variable))?;
                    }
                    at = *body;
                }
                Call::Primitive { variable, primitive, arguments, body } => {
                    let to = self.values(&state.local(*variable))?;
                    match primitive {
                        Primitive::Arithmetic => to.insert(Value::Number)?,
                        Primitive::Comparison => {
                            [true, false].into_iter().try_for_each(|truth| to.insert(Value::Truth(truth)))?
                        }
                        Primitive::Not => {
                            for argument in arguments {
                                self.for_each_value(pool, operand(*argument), move |value| {
                                    to.insert(Value::Truth(*value == Value::Truth(false)))
                                })?;
                            }
                        }
                    }
                    at = *body;
                }
                Call::If { test, then, otherwise } => {
                    return self.for_each_value(pool, operand(*test), move |value| {
                        let is_false = *value == Value::Truth(false);
                        self.states.insert(state.at(if is_false { *otherwise } else { *then }))
                    });
                }
                Call::Apply { function, .. } => {
                    let call = at;
                    return self.for_each_value(pool, operand(*function), move |function| {
                        self.enter(state, call, function)
                    });
                }
            }
        }
    }

    /// Enters a function that is applied: its parameters get the arguments, and its body is a state.
    fn enter(&self, state: &State, call: CallId, function: &Value) -> Result<(), PutError> {
        let (Call::Apply { arguments, .. }, Value::Closure(lambda, captured)) =
            (&self.program.calls[call as usize], function)
        else {
            return Ok(());
        };
        let lambda = &self.program.lambdas[*lambda as usize];
        if lambda.parameters.len() != arguments.len() {
            return Ok(());
        }
        let contour = state.contour.after(call, self.k);
        for (parameter, argument) in lambda.parameters.iter().zip(arguments) {
            let to = Address { variable: *parameter, contour };
            self.flow(state.operand(self.program, *argument), to)?;
        }
        self.states.insert(State { call: lambda.body, captured: captured.clone(), contour })
    }
}
