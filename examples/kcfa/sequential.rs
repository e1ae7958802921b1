//! The same analysis on one thread: a work list of states that have to step and of values that have come to an address.
//!
//! Each address knows who reads it; a value that is new there goes to all of them, and a new reader gets all that is there. So nothing is
//! done twice here either, as it is where a state steps anew over whole sets whenever one of them has grown: for `worst 12` that takes
//! eighty times as long.

use std::rc::Rc;

use super::{
    cps::{Call, CallId, Program},
    machine::{Address, Flows, Map, Operand, Set, State, Value},
    syntax::Primitive,
};

/// The states and the store of a program.
pub(crate) fn analyse(program: &Program, k: u32) -> Flows {
    let mut solver = Solver {
        program,
        k,
        places: Map::default(),
        there: Vec::new(),
        flows: Set::default(),
        states: Set::default(),
        work: Vec::new(),
    };
    solver.meet(State::start(program));
    while let Some(work) = solver.work.pop() {
        match work {
            Work::Step(state) => solver.step(&state),
            Work::Tell(place, value) => {
                let mut next = 0;
                while let Some(reader) = solver.there[place].readers.get(next).cloned() {
                    solver.tell(&reader, value.clone());
                    next += 1;
                }
            }
        }
    }
    let Solver { places, there, states, .. } = solver;
    let mut values: Vec<_> = there.into_iter().map(|there| there.values).collect();
    let store = places.into_iter().map(|(address, place)| (address, std::mem::take(&mut values[place])));
    Flows { store: store.collect(), states: states.into_iter().map(Rc::unwrap_or_clone).collect() }
}

/// An address, by its position.
type At = usize;

enum Work {
    Step(Rc<State>),
    Tell(At, Value),
}

/// Who reads an address.
#[derive(Clone)]
enum Reader {
    /// What is there flows on.
    Flow(At),
    /// The opposite truth flows on.
    Not(At),
    /// This call of a state hangs on it.
    Call(Rc<State>, CallId),
}

#[derive(Default)]
struct There {
    values: Set<Value>,
    readers: Vec<Reader>,
}

struct Solver<'p> {
    program: &'p Program,
    k: u32,
    places: Map<Address, At>,
    there: Vec<There>,
    flows: Set<(At, At)>,
    states: Set<Rc<State>>,
    work: Vec<Work>,
}

impl Solver<'_> {
    fn place(&mut self, address: Address) -> At {
        *self.places.entry(address).or_insert_with(|| {
            self.there.push(There::default());
            self.there.len() - 1
        })
    }

    fn meet(&mut self, state: State) {
        let state = Rc::new(state);
        if self.states.insert(Rc::clone(&state)) {
            self.work.push(Work::Step(state));
        }
    }

    fn write(&mut self, at: At, value: Value) {
        if self.there[at].values.insert(value.clone()) {
            self.work.push(Work::Tell(at, value));
        }
    }

    /// Has the reader told of each value of the operand.
    fn read(&mut self, operand: Operand, reader: Reader) {
        match operand {
            Operand::Known(value) => self.tell(&reader, value),
            Operand::At(address) => {
                let at = self.place(address);
                let values: Vec<Value> = self.there[at].values.iter().cloned().collect();
                self.there[at].readers.push(reader.clone());
                values.into_iter().for_each(|value| self.tell(&reader, value));
            }
        }
    }

    fn flow(&mut self, operand: Operand, to: Address) {
        let to = self.place(to);
        if let Operand::At(from) = operand {
            let from = self.place(from);
            if !self.flows.insert((from, to)) {
                return;
            }
        }
        self.read(operand, Reader::Flow(to));
    }

    fn tell(&mut self, reader: &Reader, value: Value) {
        let is_false = value == Value::Truth(false);
        match reader {
            Reader::Flow(to) => self.write(*to, value),
            Reader::Not(to) => self.write(*to, Value::Truth(is_false)),
            Reader::Call(state, call) => match &self.program.calls[*call as usize] {
                Call::If { then, otherwise, .. } => {
                    self.meet(state.at(if is_false { *otherwise } else { *then }));
                }
                Call::Apply { arguments, .. } => {
                    let Value::Closure(lambda, captured) = value else { return };
                    let lambda = &self.program.lambdas[lambda as usize];
                    if lambda.parameters.len() != arguments.len() {
                        return;
                    }
                    let contour = state.contour.after(*call, self.k);
                    for (parameter, argument) in lambda.parameters.iter().zip(arguments) {
                        let argument = state.operand(self.program, *argument);
                        self.flow(argument, Address { variable: *parameter, contour });
                    }
                    self.meet(State { call: lambda.body, captured, contour });
                }
                Call::Bind { .. } | Call::Primitive { .. } | Call::End => {}
            },
        }
    }

    fn step(&mut self, state: &Rc<State>) {
        let program = self.program;
        let mut at = state.call;
        loop {
            match &program.calls[at as usize] {
                Call::End => return,
                Call::Bind { bindings, body } => {
                    for (variable, atom) in bindings {
                        self.flow(state.operand(program, *atom), state.local(*variable));
                    }
                    at = *body;
                }
                Call::Primitive { variable, primitive, arguments, body } => {
                    let to = self.place(state.local(*variable));
                    match primitive {
                        Primitive::Arithmetic => self.write(to, Value::Number),
                        Primitive::Comparison => {
                            [true, false].into_iter().for_each(|truth| self.write(to, Value::Truth(truth)));
                        }
                        Primitive::Not => {
                            for argument in arguments {
                                self.read(state.operand(program, *argument), Reader::Not(to));
                            }
                        }
                    }
                    at = *body;
                }
                Call::If { test: atom, .. } | Call::Apply { function: atom, .. } => {
                    return self.read(state.operand(program, *atom), Reader::Call(Rc::clone(state), at));
                }
            }
        }
    }
}
