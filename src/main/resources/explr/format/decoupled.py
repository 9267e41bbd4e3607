def _steps():
    """For each step 1 - rho, by which the decoupled decay shrinks the weights; no correction."""
    for t in range(ITERATIONS):
        yield learning_rate(t) * weight_decay(t), 0.0


def smaller_momentum(t):
    """What decoupled decay becomes without decay needs the momentum times rho of the step before."""
    return momentum(t) * (1 - learning_rate(t - 1) * weight_decay(t - 1)) if t > 0 else momentum(t)
