"""Writes random generators as their state, and makes new ones that go on where those stand."""

import numpy as np
from numpy.random import MT19937, PCG64, PCG64DXSM, SFC64, Generator, Philox, SeedSequence

KINDS = {kind.__name__: kind for kind in (PCG64, PCG64DXSM, SFC64, Philox, MT19937)}
LARGEST_POSITION = {"pos": 624, "buffer_pos": 4}  # NumPy takes any, and reads beyond its memory


def write(generator):
    """Write a generator, or return None where it is no kind of NumPy's own."""
    bits = generator.bit_generator
    if KINDS.get(type(bits).__name__) is not type(bits):
        return None
    return ["rng", type(bits).__name__, write_state(generator), _write_seeds(bits.seed_seq)]


def write_state(generator):
    """Write where a generator stands."""
    return _write(generator.bit_generator.state)


def read(name, state, seeds):
    """Make a generator that goes on where another one stood."""
    bits = KINDS[name](_read_seeds(seeds) if seeds else 0)
    return set_state(Generator(bits), state)


def set_state(generator, state):
    """Let a generator go on where another one stands."""
    generator.bit_generator.state = _read(state)
    return generator


def _write(value):
    if isinstance(value, dict):
        return {name: _write(part) for name, part in value.items()}
    if isinstance(value, np.ndarray):
        return [int(part) for part in value]
    return value if isinstance(value, str) else int(value)


def _read(value, name=""):
    if type(value) is dict:
        return {name: _read(part, name) for name, part in value.items()}
    if type(value) is list:
        return np.array(value, dtype=np.uint64)
    if type(value) is int and not 0 <= value <= LARGEST_POSITION.get(name, 2**130):
        raise ValueError("no state")
    if type(value) not in (int, str):
        raise ValueError("no state")
    return value


def _write_seeds(seeds):
    if type(seeds) is not SeedSequence:
        return None
    entropy = [int(part) for part in np.ravel(np.array(seeds.entropy, dtype=object))]
    return [entropy, [int(part) for part in seeds.spawn_key], seeds.pool_size, seeds.n_children_spawned]


def _read_seeds(seeds):
    entropy, spawn_key, pool_size, children = seeds
    if not 4 <= pool_size <= 64:
        raise ValueError("no seeds")
    return SeedSequence(entropy, spawn_key=spawn_key, pool_size=pool_size, n_children_spawned=children)
