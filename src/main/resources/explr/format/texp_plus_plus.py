def _steps():
    """For each step 1 - alpha, by which the recipe's decay shrinks the weights; no correction."""
    offset = 0.0
    for t in range(ITERATIONS):
        pull = weight_decay(t) + {twin_momentum} * offset
        minus = learning_rate(t) * pull
        offset = pull / (1 - minus)
        yield minus, 0.0
