"""Writes random runs of optimizers with what they convert to, in decimal arithmetic of 60 digits.

    python optimizer_vectors.py > optimizer-vectors.jsonl        needs mpmath 1.3.0

From the formulas in the documentation of FollowingBuffers, SmallerBetas and NesterovTwin; nothing of the Java code is
used. Each line has the run (rates, decays and momenta of every iteration, as doubles) and, for a sample of iterations t,
lists of numbers:

    following: [t, ρ_{t−1}, ln P_{t+1}, ln η̃_t of degree 0, ln η̃_t of degree −1]
    nesterov:  [t, ln P_{t+1}, ln c_t, a_t, b_t, l_t, u_{t+1}, γ̃_t, f_t], or none where α is not positive
    betas:     [t, β̃₁, β̃₂, ln η̃_t, ln ε̃_t, and the same two for an Adam with bias corrections], of constant runs
"""

import json
import random

from mpmath import inf, log, log1p, mp, mpf, sqrt

mp.dps = 60


def text(x):
    return "-inf" if x == -inf else mp.nstr(x, 20)


def logarithm(x):
    return log(x) if x > 0 else -inf


def following(run, samples):
    scale, before, rows = mpf(0), mpf(1), []
    for t, (eta, decay, _) in enumerate(run):
        rho = 1 - eta * decay
        after = scale - log(rho)
        if t in samples:
            rows.append([t, *map(text, (before, after, logarithm(eta) + after, logarithm(eta) + after + scale))])
        scale, before = after, rho
    return rows


def nesterov(run, samples):
    u, scale, before, rows = mpf(0), mpf(0), None, []
    for t, (eta, decay, momentum) in enumerate(run):
        alpha = 1 - eta * decay * (1 + momentum) - eta * momentum**2 * u
        if alpha <= 0:
            return None
        after, u = scale - log(alpha), (decay + momentum * u) / alpha
        shared = 1 + u * eta * momentum
        row = (after, logarithm(eta) + scale + after - log(shared), momentum * alpha * shared)
        taken = alpha * (1 + u * eta * (1 + momentum))
        row += (taken, momentum / alpha, u, taken * momentum / alpha)
        # a_t b_{t-1} / (b_t l_t b_t), where a_t / l_t has no 0 / 0
        row += (alpha**2 * shared * before / taken**2 if t > 0 else mpf(1),)
        before = taken
        if t in samples:
            rows.append([t, *map(text, row)])
        scale = after
    return rows


def betas(eta, decay, beta1, beta2, epsilon, samples):
    rho, rows = 1 - eta * decay, []
    small1, small2 = beta1 * rho, beta2 * rho**2
    for t in sorted(samples):
        root = sqrt((1 - beta2) / ((1 - small2) * (1 - beta2 ** (t + 1))))
        k = (1 - beta1) / ((1 - small1) * (1 - beta1 ** (t + 1)) * root)
        rate, eps = log(eta) - (t + 1) * log(rho) + log(k), log(epsilon) + t * log(rho) - log(root)
        bias1, bias2 = log1p(-(small1 ** (t + 1))), log1p(-(small2 ** (t + 1)))
        rows.append([t, *map(text, (small1, small2, rate, eps, rate + bias1 - bias2 / 2, eps - bias2 / 2))])
    return rows


def between(low, high):
    return float(f"{low * (high / low) ** random.random():.3g}")


def main():
    random.seed(20191016)
    for number in range(400):
        length = random.choice((1, 2, random.randint(3, 60)))
        product, rate = between(1e-7, 0.5), between(1e-4, 10)
        decay, momentum = product / rate, random.choice((0.0, 0.9, 0.99, round(random.random(), 3)))
        constant = number % 4 == 0
        run = []
        for t in range(length):
            eta = rate if constant else random.choice((0.0, rate, between(rate / 100, rate)))
            gamma = momentum if constant or random.random() < 0.7 else round(random.random() * 0.99, 3)
            run.append((eta, decay if constant else random.choice((0.0, decay, between(decay / 10, decay))), gamma))
        samples = {0, length - 1, random.randrange(length)}
        exact = [tuple(map(mpf, step)) for step in run]
        line = {"run": run, "following": following(exact, samples), "nesterov": nesterov(exact, samples)}
        if constant:
            beta2, epsilon = random.choice((0.999, 0.95, 0.99)), random.choice((1e-8, 1e-3))
            line |= {"beta2": beta2, "epsilon": epsilon}
            line["betas"] = betas(*exact[0], mpf(beta2), mpf(epsilon), samples)
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
