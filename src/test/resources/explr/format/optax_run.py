"""Trains a small net with weight decay and by a module exported for optax: MODULE CASE…. Prints a line of differences for each case.

They are of the direction of the converted weights, their scale, the weights that are not converted, and the logits.
The recipe's run is written out with jax.numpy. The cases control-… do one thing wrongly.
"""

import math
import sys

import jax
import jax.numpy as jnp
import numpy as np
import optax
from exported import load

jax.config.update("jax_enable_x64", True)
EPSILON = 1e-3

rates = load(sys.argv[1])
STEPS = rates.ITERATIONS


def start():
    generator = np.random.default_rng(1)
    return {name: jnp.asarray(0.5 * generator.normal(size=size)) for name, size in
            {"first": (5, 6), "second": (6, 6), "last": (6, 3)}.items()}


def batch(t):
    generator = np.random.default_rng(100 + t)
    return jnp.asarray(generator.normal(size=(16, 5))), jnp.asarray(generator.integers(3, size=16))


def normalized(x, epsilon):
    return (x - x.mean(0)) / jnp.sqrt(x.var(0) + epsilon)


def logits(params, epsilon, images):
    hidden = jnp.tanh(normalized(images @ params["first"], epsilon))
    return jnp.tanh(normalized(hidden @ params["second"], epsilon)) @ params["last"]


def loss(params, epsilon, images, labels):
    return optax.softmax_cross_entropy_with_integer_labels(logits(params, epsilon, images), labels).mean()


gradients = jax.jit(jax.grad(loss))
LABELS = {"first": "weights", "second": "weights", "last": "rest"}
MOMENTUM = getattr(rates, "effective_momentum", rates.momentum)


def with_decay():
    params = start()
    buffers = {name: jnp.zeros_like(p) for name, p in params.items()}
    for t in range(STEPS):
        g = gradients(params, EPSILON, *batch(t))
        for name in params:
            decay = rates.weight_decay(t) if LABELS[name] == "weights" else 0.0
            decoupled = hasattr(rates, "smaller_momentum")
            buffers[name] = MOMENTUM(t) * buffers[name] + g[name] + (0.0 if decoupled else decay * params[name])
            shrink = 1 - rates.learning_rate(t) * decay if decoupled else 1.0
            params[name] = shrink * params[name] - rates.learning_rate(t) * buffers[name]
    return params


def without_decay(case):
    optimizer = optax.multi_transform({"weights": rates.twin(), "rest": rates.recipe_sgd()}, LABELS)
    if case == "control-groups":
        optimizer = rates.twin()
    if case == "control-correction":
        rates._tables.clear()
        plain = rates._momentum(rates._table(rates._rate), rates._table(lambda s: s.momentum), None)
        optimizer = optax.multi_transform({"weights": plain, "rest": rates.recipe_sgd()}, LABELS)
    params = start()
    state = optimizer.init(params)
    update = jax.jit(optimizer.update)
    for t in range(STEPS):
        if case == "resume" and t == STEPS // 2:  # a state of plain arrays, as a checkpoint has it
            leaves, tree = jax.tree.flatten((params, state))
            params, state = jax.tree.unflatten(tree, [jnp.asarray(np.asarray(leaf)) for leaf in leaves])
        if case == "begin-at" and t == STEPS // 2:
            trace = {name: s.inner_state.trace for name, s in state.inner_states.items()}
            fresh = {"weights": rates.twin(), "rest": rates.recipe_sgd()}
            inner = {
                name: type(state.inner_states[name])(fresh[name].init(trace[name], count=t)._replace(trace=trace[name]))
                for name in fresh
            }
            state = state._replace(inner_states=inner)
        factor = 1.0 if case == "control-epsilon" else rates.epsilon_factor(t)
        g = gradients(params, EPSILON * factor, *batch(t))
        updates, state = update(g, state, params)
        params = optax.apply_updates(params, updates)
    if case == "run":
        updates, _ = update(g, state, params)
        assert all(bool(jnp.isnan(u).all()) for u in jax.tree.leaves(updates)), "the recipe has ended"
        for t in (0, 3, STEPS - 1):
            assert math.isclose(float(jax.jit(rates.learning_rate_schedule)(t)), rates.schedule(t).rate, rel_tol=1e-15)
    return params


def differences(expected, found, case):
    directions, scales = 0.0, 0.0
    for name in ("first", "second"):
        a, b = expected[name], found[name]
        directions += float(jnp.linalg.norm(a / jnp.linalg.norm(a) - b / jnp.linalg.norm(b)))
        scales += abs(math.log(jnp.linalg.norm(b) / jnp.linalg.norm(a)) - rates.ln_scale(STEPS))
    images, _ = batch(STEPS)
    output = logits(expected, EPSILON, images) - logits(found, EPSILON * rates.epsilon_factor(STEPS - 1)
                                                        * math.exp(2 * rates.ln_scale(STEPS) - 2 * rates.ln_scale(STEPS - 1)), images)
    return directions, scales, float(jnp.linalg.norm(expected["last"] - found["last"])), float(jnp.linalg.norm(output))


def misuse():
    optimizer, params = rates.twin(), start()
    for call, text in (
        (lambda: optimizer.init(params, count=STEPS + 1), "steps can have been made"),
        (lambda: optimizer.update(params, optimizer.init(params)), "needs the weights"),
    ):
        try:
            call()
        except ValueError as error:
            assert text in str(error), error
        else:
            raise AssertionError(text)


for case in sys.argv[2:]:
    if case == "misuse":
        misuse()
        print(case, 0)
    else:
        print(case, *differences(with_decay(), without_decay(case), case))
