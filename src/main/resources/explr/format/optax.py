"""In optax: twin() is a gradient transformation in place of the recipe's decay, momentum and rate,
optax.chain(optax.add_decayed_weights(decay), optax.sgd(rate, momentum)). It needs the weights, and its state counts:

    optimizer = optax.multi_transform({"weights": twin(), "rest": recipe_sgd()}, labels)
    state = optimizer.init(params)
    for images, labels in batches:
        gradients = jax.grad(loss_function)(params, epsilon_factor(count), images, labels)
        updates, state = optimizer.update(gradients, state, params)
        params = optax.apply_updates(params, updates)

Where all weights are converted, twin() alone is the optimizer. recipe_sgd() keeps the recipe's rate and momentum for
the others; decay goes before it, as optax.chain(optax.add_decayed_weights(decay), recipe_sgd()).

To resume, restore params and state: all follows from the count in the state. twin().init(params, count=t) begins at
step t with empty buffers; restore the buffers too. learning_rate_schedule is the rate alone, an optax.Schedule.

What the loss must be: the same when the converted weights are multiplied by c > 0, whatever the others are. A layer
before a normalization is such a weight. The last layer, and the scale and shift of normalizations, are not.

Normalizations whose input grows with the converted weights: multiply the recipe's epsilon by epsilon_factor(count),
P^2, in the loss, where count is the number of steps made. After each step, multiply their running means by
schedule(t).growth and running variances by its square.

Clipping the gradients of the converted weights by norm: the recipe's limit times schedule(t).clipping_factor, 1 / P.

Range: the rate and the weights grow without end.{range}
twin and learning_rate_schedule raise OverflowError where a rate leaves the range of jax's default float; enable
jax_enable_x64, or stop before. Updates after the last step are NaN.
"""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax


_scales = _Scales()


class TwinState(NamedTuple):
    """The number of steps made, and the momentum buffers, like the weights."""

    count: jax.Array
    trace: Any


def twin():
    """The converted step as an optax.GradientTransformation; its update needs params."""
    rates, momenta, corrections = _table(_rate), _table(lambda s: s.momentum), _table(lambda s: s.correction)
    return _momentum(rates, momenta, corrections)


def recipe_sgd():
    """The recipe's rate and momentum, without its decay, for weights that are not converted."""
    rates = _table(lambda s: learning_rate(s.iteration))
    return _momentum(rates, _table(lambda s: {recipe_momentum}), None)


def learning_rate_schedule(count):
    """The converted rate of the step with this number, an optax.Schedule."""
    return _at(_table(_rate), count)


def epsilon_factor(count):
    """The recipe's epsilon of a normalization is multiplied by this at the step with this number."""
    return _at(_table(lambda s: s.epsilon_factor), count)


def _momentum(rates, momenta, corrections):
    def init(params, count=0):
        if not 0 <= count <= ITERATIONS:
            raise ValueError(f"0 to {ITERATIONS} steps can have been made, not {count}")
        return TwinState(jnp.asarray(count, jnp.int32), jax.tree.map(jnp.zeros_like, params))

    def update(updates, state, params=None):
        if params is None:
            raise ValueError("update needs the weights: update(gradients, state, params)")
        rate, momentum = _at(rates, state.count), _at(momenta, state.count)

        def next_trace(gradient, trace, weights):
            if corrections is not None:
                trace = trace + (_at(corrections, state.count) * weights).astype(trace.dtype)
            return (momentum * trace + gradient).astype(gradient.dtype)

        trace = jax.tree.map(next_trace, updates, state.trace, params)
        steps = jax.tree.map(lambda buffer: (-rate * buffer).astype(buffer.dtype), trace)
        return steps, TwinState(state.count + 1, trace)

    return optax.GradientTransformation(init, update)


def _rate(step):
    return step.rate


_tables = {}


def _table(value):
    """The values of all steps in jax's default float, kept for the next call."""
    dtype = jnp.zeros(()).dtype
    key = (value.__code__, dtype)
    if key not in _tables:
        values = np.array([value(schedule(t)) for t in range(ITERATIONS)])
        beyond = np.flatnonzero(np.abs(values) > float(jnp.finfo(dtype).max))
        if beyond.size:
            raise OverflowError(_beyond(schedule(int(beyond[0])), str(dtype)))
        _tables[key] = values.astype(dtype)
    return _tables[key]


def _at(table, count):
    return jnp.take(jnp.asarray(table), count, mode="fill", fill_value=jnp.nan)
