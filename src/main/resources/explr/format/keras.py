"""In Keras: compile the model with keras.optimizers.SGD as the recipe has it, with its momentum, but without a schedule
and without the regularizers that decay the converted weights. TwinSchedule is a callback:

    model.compile(keras.optimizers.SGD(learning_rate(0), momentum=momentum(0)), loss, run_eagerly=True)
    twin = TwinSchedule(convert=[layer.kernel for layer in convolutions], normalizations={layer: 1e-3 for layer in norms})
    model.fit(images, labels, callbacks=[twin])

The recipe's weight decay is the factor of the weights in the gradient: keras.regularizers.L2(l2) is a decay of 2 l2.
SGD's own argument weight_decay is another, decoupled one.

To resume, load model and optimizer, and make the callback with the same arguments: it continues after
optimizer.iterations steps. Elsewhere: schedule(t) has everything that step t = 0, 1, … needs, from t alone.

What the loss must be: the same when the converted weights are multiplied by c > 0, whatever the others are. A layer
before a normalization is such a weight. The last layer, and the scale and shift of normalizations, are not: they keep
the recipe's rate, and decay by regularizers of their own.

Accuracy: Keras 3.15 normalizes in float32 also where a layer has float64; the runs then agree as float32 runs do.

Range: the rate and the weights grow without end.{range}
TwinSchedule raises OverflowError where the rate leaves the range of the weights' type.
"""

import keras
import numpy as np


_scales = _Scales()


class TwinSchedule(keras.callbacks.Callback):
    """Drives keras.optimizers.SGD, one batch a step, through the steps of schedule(t).

    Keras keeps the rate inside its buffers, m = γ m − η g. Before each batch this sets the rate and multiplies the
    buffers of the converted weights by P_(t+1) / P_(t−1), so that the optimizer's constant momentum does what the
    recipe's does. After each batch it gives all other weights the step that they make at the recipe's rate.

    convert: the variables of the weights to convert
    normalizations: the layers whose input grows in proportion to the converted weights, each with the recipe's
        epsilon. Their epsilon and moving statistics follow the weights. A compiled model keeps the epsilon that it was
        compiled with: compile(run_eagerly=True), unless every epsilon is at most 1e-20, which is negligible

    Raises ValueError where model or optimizer are not what was converted.
    """

    def __init__(self, convert, normalizations=None):
        super().__init__()
        self._convert = list(convert)
        self._normalizations = dict(normalizations or {})
        self._saved = None

    def on_train_begin(self, logs=None):
        optimizer, weights = self.model.optimizer, self.model.trainable_variables
        self._check_optimizer(optimizer)
        strange = [v.path for v in self._convert if not any(v is w for w in weights)]
        if strange or not self._convert:
            raise ValueError(f"convert must list trainable variables of the model, at least one; {strange} are not")
        if not optimizer.built:
            optimizer.build(weights)
        followed = [layer.name for layer, epsilon in self._normalizations.items() if epsilon > 1e-20]
        eager = self.model.run_eagerly or (keras.backend.backend() == "torch" and not self.model.jit_compile)
        if followed and not eager:
            raise ValueError(
                f"the epsilon of {followed} must grow, and a compiled model keeps it; compile(run_eagerly=True)"
            )
        self._converted = [i for i, w in enumerate(weights) if any(w is v for v in self._convert)]
        self._rest = [i for i in range(len(weights)) if i not in self._converted]
        self._largest = min(float(np.finfo(v.dtype).max) for v in self._convert)
        self._set_epsilons(int(optimizer.iterations))

    def on_train_batch_begin(self, batch, logs=None):
        self._synchronize()
        optimizer, weights = self.model.optimizer, self.model.trainable_variables
        t = int(optimizer.iterations)
        if t >= ITERATIONS:
            raise RuntimeError(f"the recipe ends after {ITERATIONS} steps")
        step = schedule(t)
        rate = _times_exp(step.eta, step.ln_growth)
        if rate > self._largest:
            raise OverflowError(_beyond(step, "numbers of the weights' type"))
        optimizer.learning_rate.assign(rate)
        self._set_epsilons(t)
        share = momentum(t) / momentum(0) if momentum(0) else 1.0
        for buffer in self._buffers(self._converted):
            buffer.assign(buffer * (share * math.exp(step.ln_scale_after - ln_scale(max(0, t - 1)))))
        self._factor = rate / step.eta if step.eta > 0 else 1.0
        for buffer in self._buffers(self._rest):
            buffer.assign(buffer * (share * self._factor))
        self._saved = [keras.ops.copy(weights[i].value) for i in self._rest]
        self._step = step

    def on_train_batch_end(self, batch, logs=None):
        self._synchronize()
        optimizer, weights = self.model.optimizer, self.model.trainable_variables
        if int(optimizer.iterations) != self._step.iteration + 1:
            raise RuntimeError("a batch must make one step; set steps_per_execution=1 and no gradient accumulation")
        buffers = self._buffers(self._rest)
        for k, i in enumerate(self._rest):
            if buffers:
                buffers[k].assign(buffers[k] / self._factor)
                weights[i].assign(self._saved[k] + buffers[k])
            else:
                weights[i].assign(self._saved[k] + (weights[i] - self._saved[k]) / self._factor)
        for layer in self._normalizations:
            if getattr(layer, "moving_mean", None) is not None:
                layer.moving_mean.assign(layer.moving_mean * self._step.growth)
                layer.moving_variance.assign(layer.moving_variance * self._step.growth**2)
        self._set_epsilons(self._step.iteration + 1)

    def _buffers(self, indices):
        return [self.model.optimizer.momentums[i] for i in indices] if self.model.optimizer.momentum else []

    def _set_epsilons(self, t):
        for layer, epsilon in self._normalizations.items():
            if epsilon > 1e-20:
                layer.epsilon = _times_exp(epsilon, 2 * ln_scale(t))

    def _synchronize(self):
        if keras.backend.backend() == "jax":
            self.model.jax_state_sync()

    def _check_optimizer(self, optimizer):
        if not isinstance(optimizer, keras.optimizers.SGD) or type(optimizer).__name__ != "SGD":
            raise ValueError(f"the recipe is one of keras.optimizers.SGD, not {type(optimizer).__name__}")
        if optimizer.nesterov:
            raise ValueError("Nesterov momentum has no equivalent of this form; set nesterov=False")
        if not math.isclose(optimizer.momentum, momentum(0), rel_tol=1e-9):
            raise ValueError(f"momentum is {optimizer.momentum}; the recipe's is {momentum(0)}")
        if optimizer.weight_decay:
            raise ValueError(
                f"weight_decay is {optimizer.weight_decay}: Keras decouples it from the gradient, and that was not"
                " converted; leave it out. Regularizers of the other weights keep theirs"
            )
        for name in ("clipnorm", "global_clipnorm", "clipvalue", "use_ema", "gradient_accumulation_steps"):
            if getattr(optimizer, name):
                raise ValueError(f"{name} is {getattr(optimizer, name)} and was not converted; leave it out")
        if not isinstance(optimizer._learning_rate, keras.Variable):
            raise ValueError("the optimizer has a schedule of its own; give it the number learning_rate(0)")
        regularized = [v.path for v in self._convert if v.regularizer is not None]
        if regularized:
            raise ValueError(f"{regularized} have regularizers, which the converted run does without; remove them")
        steps = getattr(self.model, "steps_per_execution", 1)
        if steps != 1:
            raise ValueError(f"steps_per_execution is {steps}; the rate changes at every step: set it to 1")
