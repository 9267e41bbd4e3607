def _steps():
    """For each step 1 - alpha, and the rate times the decay that the buffer holds."""
    offset = 0.0
    for t in range(ITERATIONS):
        eta, decay, gamma = learning_rate(t), weight_decay(t), momentum(t)
        minus = eta * (decay * (1 + gamma) + gamma * gamma * offset)
        offset = (decay + gamma * offset) / (1 - minus)
        yield minus, eta * offset


def _held(t):
    return _scales.extras.get(t, 0.0)


def nesterov_momentum(t):
    """The momentum of the run without decay."""
    return momentum(t) * (1 + _held(t) * (1 + momentum(t)))


def nesterov_rate(t):
    """The rate over P_t P_(t+1)."""
    return learning_rate(t) / (1 + _held(t) * momentum(t))


def buffer_factor(t):
    """Before step t the momentum buffer is multiplied by this."""
    if t == 0:
        return 1.0
    taken = math.exp(ln_scale(t - 1) - ln_scale(t)) * (1 + _held(t - 1) * (1 + momentum(t - 1)))
    ln_scale(t + 1)
    return taken * (1 + _held(t) * momentum(t)) / (1 + _held(t) * (1 + momentum(t))) ** 2


