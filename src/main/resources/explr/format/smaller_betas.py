def _steps():
    """For each step 1 - rho, by which the decoupled decay shrinks the weights; no correction."""
    for t in range(ITERATIONS):
        yield RECIPE_RATE * DECAY, 0.0


RECIPE_RATE, DECAY, RECIPE_BETAS = learning_rate(0), weight_decay(0), (momentum(0), beta2(0))
BETAS = (momentum(0) * (1 - RECIPE_RATE * DECAY), beta2(0) * (1 - RECIPE_RATE * DECAY) ** 2)


def _ln_bias(beta, t):
    return math.log1p(-(beta ** (t + 1)))


def _ln_root(t):
    """The logarithm of the root of AdamW's corrected second moment over that of Adam's, apart from P."""
    ratio = math.log((1 - RECIPE_BETAS[1]) / (1 - BETAS[1]))
    return (ratio - _ln_bias(RECIPE_BETAS[1], t) + _ln_bias(BETAS[1], t)) / 2


def adam_rate(t):
    """The rate over P_(t+1), for an Adam that corrects its bias by the smaller betas."""
    ratio = math.log((1 - RECIPE_BETAS[0]) / (1 - BETAS[0]))
    return RECIPE_RATE * math.exp(ratio - _ln_bias(RECIPE_BETAS[0], t) + _ln_bias(BETAS[0], t) - _ln_root(t))


def adam_epsilon(t):
    """The epsilon of step t times P_t."""
    return EPSILON * math.exp(-_ln_root(t))


