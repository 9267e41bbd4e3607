def effective_momentum(t):
    """The recipe's rate is inside its momentum buffer; with the rate outside, as here, this momentum does the same."""
    before = learning_rate(t - 1) if t > 0 else learning_rate(0)
    if momentum(t) == 0 or (t > 0 and before == 0):
        return 0.0
    return momentum(t) * (before / learning_rate(t)) if t > 0 else momentum(0)


