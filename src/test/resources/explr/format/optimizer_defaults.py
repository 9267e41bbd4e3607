"""Prints the defaults of the frameworks' optimizers, and weights after three steps of each: NAME VALUE….

The values of a name are: first beta or momentum, second beta, epsilon (each nan where it has none); then three weights
after three steps with the rates, decay and gradients below. Optimizers of matrices have a 2 by 2 matrix of weights.
"""

import inspect
import math
import sys

import numpy as np
import torch

RATES, DECAY = (0.1, 0.3, 0.2), 0.4
WEIGHTS = np.array([[0.7, -0.4], [0.3, 0.9]])
GRADIENTS = [np.array([[0.5, -0.2], [0.1, 0.4]]), np.array([[-0.3, 0.6], [0.2, -0.1]]), np.array([[0.2, 0.1], [-0.4, 0.3]])]


def default(function, name):
    parameters = inspect.signature(function).parameters
    return parameters[name].default if name in parameters else math.nan


def line(name, first, second, epsilon, weights):
    values = [first, second, epsilon, *np.asarray(weights, dtype=float).flatten()]
    print(name, *("NaN" if math.isnan(each) else float(each) for each in values))


def of_torch(name, kind, **options):
    p = torch.nn.Parameter(torch.tensor(WEIGHTS))
    optimizer = kind([p], lr=RATES[0], weight_decay=DECAY, **options)
    for rate, gradient in zip(RATES, GRADIENTS):
        optimizer.param_groups[0]["lr"] = rate
        p.grad = torch.tensor(gradient)
        optimizer.step()
    betas = default(kind, "betas")
    first, second = betas if isinstance(betas, tuple) else (default(kind, "momentum"), math.nan)
    first = options.get("momentum", first)
    line(name, first, second, default(kind, "eps"), p.detach().numpy())


def of_optax(name, kind, first, second, decayed=False, **options):
    import jax.numpy as jnp
    import optax

    p = jnp.asarray(WEIGHTS)
    schedule = lambda count: jnp.asarray(RATES)[count]  # noqa: E731
    if decayed:
        # The decay after the sign, as decoupled decay is.
        parts = [optax.trace(0.9), optax.scale_by_sign(), optax.add_decayed_weights(DECAY)]
        optimizer = optax.chain(*parts, optax.scale_by_learning_rate(schedule))
    else:
        optimizer = kind(schedule, weight_decay=DECAY, **options)
    state = optimizer.init(p)
    for gradient in GRADIENTS:
        updates, state = optimizer.update(jnp.asarray(gradient), state, p)
        p = optax.apply_updates(p, updates)
    line(name, default(kind, first), default(kind, second), default(kind, "eps"), p)


def of_keras(name, kind, first, second, **options):
    import keras

    p = keras.Variable(WEIGHTS, dtype="float64")
    optimizer = kind(learning_rate=RATES[0], weight_decay=DECAY, **options)
    optimizer.build([p])
    for rate, gradient in zip(RATES, GRADIENTS):
        optimizer.learning_rate = rate
        optimizer.apply([keras.ops.convert_to_tensor(gradient, dtype="float64")], [p])
    values = [default(kind, first), default(kind, second), options.get("epsilon", math.nan)]
    line(name, *values, keras.ops.convert_to_numpy(p))


def main():
    import keras
    import optax
    import timm.optim
    import timm.optim.muon

    of_torch("torch.optim.AdamW", torch.optim.AdamW)
    of_torch("timm.lion", timm.optim.Lion)
    of_torch("timm.sgdw", timm.optim.SGDW, momentum=0.9)
    of_optax("optax.adamw", optax.adamw, "b1", "b2")
    of_optax("optax.lion", optax.lion, "b1", "b2")
    of_optax("optax.signum", optax.signum, "beta", "", decayed=True)
    of_keras("keras.optimizers.Lion", keras.optimizers.Lion, "beta_1", "beta_2")
    of_keras("keras.optimizers.AdamW", keras.optimizers.AdamW, "beta_1", "beta_2", epsilon=0.0)


if __name__ == "__main__":
    sys.exit(main())
