def _steps():
    """For each step 1 - z and kappa: exponential growth by the root z in each phase."""
    offset = 0.0
    for t in range(ITERATIONS):
        eta, decay, gamma = {values}
        product = eta * decay
        gap = max(0.0, (1 - math.sqrt(gamma)) ** 2 - product)
        separation = math.sqrt(gap * (gap + 4 * math.sqrt(gamma)))
        minus = 2 * product / (1 - gamma + product + separation)
        before, offset = offset, minus / ((1 - minus) * eta)
        yield minus, (before - offset) * eta / (1 - minus)
