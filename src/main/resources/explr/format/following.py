def _steps():
    """For each step 1 - rho, by which the decoupled decay shrinks the weights; no correction."""
    for t in range(ITERATIONS):
        yield learning_rate(t) * weight_decay(t), 0.0


def buffer_factor(t):
    """Before step t each buffer is multiplied by this, a second moment by its square: rho of the step before."""
    return 1 - learning_rate(t - 1) * weight_decay(t - 1) if t > 0 else 1.0


