"""Trains a small net with weight decay and by a module exported for Keras: MODULE CASE…. Prints a line of differences for each case.

They are of the direction of the converted weights, their scale, the weights that are not converted, and the output in
evaluation. The recipe's run is Keras' own SGD with L2 regularizers. The cases control-… do one thing wrongly.
"""

import math
import sys

import keras
import numpy as np
from exported import load

keras.config.set_floatx("float64")
# Keras 3.15 computes normalizations in float32 even where everything is float64; 3.10 does not.
keras.src.backend.result_type = lambda *dtypes: "float64"
EPSILON = 1e-3

rates = load(sys.argv[1])
STEPS = rates.ITERATIONS
CASE = None


class Decay(keras.regularizers.Regularizer):
    """λ/2 |w|², with a decay that may change."""

    factor = 1.0

    def __call__(self, x):
        return 0.5 * self.factor * keras.ops.sum(keras.ops.square(x))


def net(decay=None, epsilon=EPSILON):
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.layers.Input((4, 4, 2)),
            keras.layers.Conv2D(4, 3, padding="same", use_bias=False, kernel_regularizer=decay, name="a"),
            keras.layers.BatchNormalization(epsilon=epsilon, momentum=0.9, name="na"),
            keras.layers.ReLU(),
            keras.layers.Conv2D(4, 3, padding="same", use_bias=False, kernel_regularizer=decay, name="b"),
            keras.layers.GroupNormalization(2, epsilon=epsilon, name="nb"),
            keras.layers.ReLU(),
            keras.layers.Flatten(),
            keras.layers.Dense(3, name="last"),
        ]
    )
    return model


def compiled(model, **more):
    eager = CASE != "compiled"
    sgd = keras.optimizers.SGD(rates.learning_rate(0), momentum=rates.momentum(0), **more)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(sgd, loss, run_eagerly=eager, jit_compile=not eager and keras.backend.backend() == "jax")
    return model


def data(begin=0, end=STEPS):
    generator = np.random.default_rng(5)
    images, labels = generator.normal(size=(8 * STEPS, 4, 4, 2)), generator.integers(3, size=8 * STEPS)
    return images[8 * begin : 8 * end], labels[8 * begin : 8 * end]


def fit(model, begin, end, callback):
    model.fit(*data(begin, end), batch_size=8, epochs=1, shuffle=False, verbose=0, callbacks=[callback])


class Recipe(keras.callbacks.Callback):
    """Rate, momentum and decay of the recipe at each batch, in Keras' own SGD."""

    def on_train_batch_begin(self, batch, logs=None):
        if keras.backend.backend() == "jax":
            self.model.jax_state_sync()
        self.model.optimizer.learning_rate.assign(rates.learning_rate(batch))
        self.model.optimizer.momentum = rates.momentum(batch)
        Decay.factor = rates.weight_decay(batch)


def epsilon():
    return 1e-30 if CASE == "compiled" else EPSILON


def with_decay():
    global CASE
    before, CASE = CASE, "eager" if CASE != "compiled" else CASE
    model = net(Decay(), epsilon())
    CASE = "eager"  # the recipe's own run changes Python attributes
    compiled(model)
    CASE = before
    fit(model, 0, STEPS, Recipe())
    return model


def twin_of(model):
    names = ("na",) if CASE == "control-epsilon" else ("na", "nb")
    norms = {model.get_layer(name): epsilon() for name in names}
    convert = [model.get_layer(name).kernel for name in ("a", "b")]
    if CASE == "control-groups":
        convert.append(model.get_layer("last").kernel)
    twin = rates.TwinSchedule(convert, norms)
    if CASE == "control-buffer":
        begin = twin.on_train_batch_begin

        def without_buffers(batch, logs=None):
            kept = [np.array(array(v)) for v in twin._buffers(twin._converted)]
            begin(batch, logs)
            for v, value in zip(twin._buffers(twin._converted), kept):
                v.assign(value)

        twin.on_train_batch_begin = without_buffers
    return twin


def without_decay():
    model = compiled(net(epsilon=epsilon()))
    middle = STEPS // 2
    if CASE != "resume":
        fit(model, 0, STEPS, twin_of(model))
        return model
    fit(model, 0, middle, twin_of(model))
    model.save("checkpoint.keras")
    model = keras.models.load_model("checkpoint.keras")
    model.run_eagerly = True
    fit(model, middle, STEPS, twin_of(model))
    return model


def array(x):
    return keras.ops.convert_to_numpy(x)


def differences(expected, found):
    directions = scales = 0.0
    for name in ("a", "b"):
        a, b = array(expected.get_layer(name).kernel), array(found.get_layer(name).kernel)
        directions += np.linalg.norm(a / np.linalg.norm(a) - b / np.linalg.norm(b))
        scales += abs(math.log(np.linalg.norm(b) / np.linalg.norm(a)) - rates.ln_scale(STEPS))
    last = np.linalg.norm(array(expected.get_layer("last").kernel) - array(found.get_layer("last").kernel))
    images = data()[0][:8]
    output = np.linalg.norm(array(expected(images, training=False)) - array(found(images, training=False)))
    return directions, scales, last, output


def raises(text, call):
    try:
        call()
    except (ValueError, RuntimeError) as error:
        assert text in str(error), str(error)
    else:
        raise AssertionError(f"nothing was raised where '{text}' was expected")


def misuse():
    def attempt(text, optimizer=None, decay=None, eager=True, **more):
        model = compiled(net(decay), **more)
        if optimizer is not None:
            model.compile(optimizer, model.loss, run_eagerly=True)
        if not eager:
            model.compile(model.optimizer, model.loss, run_eagerly=False, jit_compile=True)
        raises(text, lambda: fit(model, 0, 2, twin_of(model)))

    attempt("Nesterov", nesterov=True)
    attempt("decouples it", weight_decay=1e-3)
    attempt("clipnorm is 1.0", clipnorm=1.0)
    attempt("global_clipnorm is 1.0", global_clipnorm=1.0)
    attempt("use_ema", use_ema=True)
    attempt("gradient_accumulation_steps is 2", gradient_accumulation_steps=2)
    attempt("not Adam", keras.optimizers.Adam())
    attempt("momentum is 0.5", keras.optimizers.SGD(0.1, momentum=0.5))
    decaying = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    attempt("schedule of its own", keras.optimizers.SGD(decaying, momentum=rates.momentum(0)))
    attempt("have regularizers", decay=keras.regularizers.L2(1e-3))
    attempt("a compiled model keeps it", eager=False)
    model, other = compiled(net()), net()
    raises("are not", lambda: fit(model, 0, 2, rates.TwinSchedule([other.get_layer("a").kernel])))
    model = compiled(net())
    model.optimizer.iterations.assign(STEPS)
    raises("the recipe ends", lambda: fit(model, 0, 2, twin_of(model)))


for CASE in sys.argv[2:]:
    if CASE == "misuse":
        misuse()
        print(CASE, 0)
    else:
        print(CASE, *differences(with_decay(), without_decay()))
