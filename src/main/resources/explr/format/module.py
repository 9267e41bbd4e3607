"""Trains without weight decay what this recipe trains with it. Written by explr.

{recipe}
{summary}

{usage}
"""

import math
import operator
import threading
from array import array
from collections import namedtuple

{imports}

CONVERSION = "{conversion} {digest}"  # a saved state of another recipe or conversion is refused
ITERATIONS = {iterations}


{definitions}def learning_rate(t):
    return {learning_rate}


def weight_decay(t):
    return {weight_decay}


def momentum(t):
{momentum_words}    return {momentum}


{more}class Step(
    namedtuple("Step", "iteration eta ln_growth momentum kappa ln_scale ln_scale_after{step_fields}")
):
    """What step t needs: rate, momentum, correction. Weight decay is 0.

    ln_scale: ln P, by which the weights before the step are larger than the recipe's; ln_scale_after: after it.
{step_words}    """

    @property
    def ln_rate(self):
        """The logarithm of the rate, which never overflows; -inf for a rate of 0."""
        return math.log(self.eta) + self.ln_growth if self.eta > 0 else -math.inf

    @property
    def rate(self):
        rate = _times_exp(self.eta, self.ln_growth)
        if rate == math.inf:
            raise OverflowError(_beyond(self, "float64"))
        return rate

    @property
    def correction(self):
        """This multiple of the weights is added to their momentum buffer before the step."""
        return self.kappa * math.exp(-self.ln_rate) if self.kappa else 0.0

    @property
    def growth(self):
        """By this factor the step multiplies the weights more than the recipe's step does."""
        return math.exp(self.ln_scale_after - self.ln_scale)

    @property
    def epsilon_factor(self):
        """The recipe's epsilon of a normalization is multiplied by this: P^2; see normalizations."""
        factor = _times_exp(1.0, 2 * self.ln_scale)
        if factor == math.inf:
            raise OverflowError(f"step {self.iteration}: P^2 = e^{2 * self.ln_scale:.2f} leaves the range of float64")
        return factor

    @property
    def clipping_factor(self):
        """The recipe's limit of the gradient norm of the converted weights is multiplied by this: 1 / P."""
        return math.exp(-self.ln_scale)


def schedule(t):
    """Step t = 0, 1, …, ITERATIONS - 1. It depends on t alone: asked twice, or in any order, it is the same."""
    t = operator.index(t)
    if not 0 <= t < ITERATIONS:
        raise ValueError(f"step {t} is outside 0 … {ITERATIONS - 1}: the recipe has {ITERATIONS} steps")
    before, after = ln_scale(t), ln_scale(t + 1)
    return Step(
        t, {eta}, {ln_growth}, {twin_momentum}, {kappa}, before, after{step_values}
    )


def ln_scale(t):
    """ln P after t steps, t = 0, 1, …, ITERATIONS: the weights are P times the recipe's."""
    t = operator.index(t)
    if not 0 <= t <= ITERATIONS:
        raise ValueError(f"there are 0 to {ITERATIONS} steps, not {t}")
    return _scales.at(t)


def _times_exp(factor, x):
    """factor * e^x, where e^x alone may overflow; inf beyond float64."""
    half = math.exp(x / 2) if x < 1419.5 else math.inf
    return factor * half * half if factor > 0 else 0.0


def _beyond(step, numbers):
    return (
        f"step {step.iteration}: the rate e^{step.ln_rate:.2f} leaves the range of {numbers}; stop before"
        + (", or train in float64" if numbers != "float64" else "")
        + ", or change the scale: divide weights and running means by c, {rescaled}"
    )


class _Scales:
    """ln P at every step, computed once, in order, as far as it was asked for."""

    def __init__(self):
        self.lock = threading.Lock()
        self.forget()

    def forget(self):
        self.values, self.extras, self.steps, self.lost = array("d", [0.0]), {}, _steps(), 0.0

    def at(self, t):
        if t >= len(self.values):
            with self.lock:
                try:
                    while t >= len(self.values):
                        self.append(*next(self.steps))
                except BaseException:  # an interrupted generator has ended
                    self.forget()
                    raise
        return self.values[t]

    def append(self, minus, extra):
        if extra:
            self.extras[len(self.values) - 1] = extra
        # A compensated sum: a million steps lose no digit.
        term, last = -math.log1p(-minus) + self.lost, self.values[-1]
        self.values.append(last + term)
        self.lost = term - (self.values[-1] - last)


