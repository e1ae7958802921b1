//! More fields than a lattice can have.

use lattice_core::Any;
use lattice_derive::{LVar, Lattice, Replicate};

#[derive(Lattice, LVar, Replicate, Clone, Debug)]
#[rustfmt::skip]
struct Wide {
    f0: Any, f1: Any, f2: Any, f3: Any, f4: Any, f5: Any, f6: Any, f7: Any, f8: Any, f9: Any,
    f10: Any, f11: Any, f12: Any, f13: Any, f14: Any, f15: Any, f16: Any, f17: Any, f18: Any, f19: Any,
    f20: Any, f21: Any, f22: Any, f23: Any, f24: Any, f25: Any, f26: Any, f27: Any, f28: Any, f29: Any,
    f30: Any, f31: Any, f32: Any, f33: Any, f34: Any, f35: Any, f36: Any, f37: Any, f38: Any, f39: Any,
    f40: Any, f41: Any, f42: Any, f43: Any, f44: Any, f45: Any, f46: Any, f47: Any, f48: Any, f49: Any,
    f50: Any, f51: Any, f52: Any, f53: Any, f54: Any, f55: Any, f56: Any, f57: Any, f58: Any, f59: Any,
    f60: Any, f61: Any, f62: Any, f63: Any, f64: Any, f65: Any, f66: Any, f67: Any, f68: Any, f69: Any,
    f70: Any, f71: Any, f72: Any, f73: Any, f74: Any, f75: Any, f76: Any, f77: Any, f78: Any, f79: Any,
    f80: Any, f81: Any, f82: Any, f83: Any, f84: Any, f85: Any, f86: Any, f87: Any, f88: Any, f89: Any,
    f90: Any, f91: Any, f92: Any, f93: Any, f94: Any, f95: Any, f96: Any, f97: Any, f98: Any, f99: Any,
    f100: Any, f101: Any, f102: Any, f103: Any, f104: Any, f105: Any, f106: Any, f107: Any, f108: Any, f109: Any,
    f110: Any, f111: Any, f112: Any, f113: Any, f114: Any, f115: Any, f116: Any, f117: Any, f118: Any, f119: Any,
    f120: Any,
}

fn main() {}
