"""Writes random recipe files with what they are and what they convert to, in decimal arithmetic of 60 digits.

    python random_recipes.py | gzip -9n > random-recipes.jsonl.gz        needs mpmath 1.3.0

The meaning of every schedule and modifier is written here a second time, from the reference of recipe files
(src/main/java/explr/format/README.md) and the recursions of Li & Arora 2020 (TEXP++: Theorem 2.13, TEXP: Theorem B.2);
nothing of the Java code is used, so that this checks it. Numbers of a recipe are the doubles that its text stands for.

A line is an object: `recipe`; `conversion`; and either `refused`, the reason, or `samples`, a list of
[t, η_t, λ_t, γ_t, ln P_{t+1}, ln η̃_t], and `least_alpha`. The last OPTIMIZER_COUNT lines name an optimizer; their
samples continue with the momentum, β₂, the buffer factor and ln ε of the converted run, null where there is none (the
formulas are those of the documentation of FollowingBuffers, SmallerBetas and NesterovTwin). `sensitivity` is how much ln P changes at the end of the run if
all rates, all decays or all momenta change by 2^-52 of themselves, whichever matters most.
"""

import json
import random

from mpmath import cos, exp, inf, isinf, isnan, log, mp, mpf, pi, power, sqrt

mp.dps = 60
COUNT = 5000
OPTIMIZER_COUNT = 2000
LARGEST = mpf(2) ** 1024 - mpf(2) ** 970
ULP = mpf(2) ** -52


# --- what a recipe means ---------------------------------------------------------------------------------------------


def number(value):
    """The double that a number in JSON stands for, exactly."""
    return mpf(float(value))


def line(start, end, t, over):
    return end if t >= over else start + (end - start) * t / over


def half_cosine(start, end, t, over):
    return end if t >= over else end + (start - end) * (1 + cos(pi * t / over)) / 2


def restarts(s, t):
    start, length, cycle = 0, s["period"], 0
    while t - start >= length:
        start, length, cycle = start + length, length * s.get("lengthening", 1), cycle + 1
    top = number(s["from"]) * power(number(s.get("decay", 1)), cycle)
    return half_cosine(top, number(s.get("to", 0)), t - start, length)


def phases(s, t):
    for phase in s["phases"]:
        if "during" not in phase or phase is s["phases"][-1] or t < phase["during"]:
            return value({k: v for k, v in phase.items() if k != "during"}, t)
        t -= phase["during"]
    raise AssertionError


def drops(s, t):
    factor = 1 / number(s["divided_by"]) if "divided_by" in s else number(s["multiplied_by"])
    return number(s["from"]) * power(factor, sum(after <= t for after in s["after"]))


def table(s, t):
    if "values" in s:
        return number(s["values"][t])
    entry = s["logarithms"][t]
    return mpf(0) if entry == "-inf" else exp(number(entry))


def cycle(s, t):
    rise = number(s["rise"])
    start, peak, end = number(s.get("from", 0)), number(s["peak"]), number(s.get("to", 0))
    return half_cosine(start, peak, t, rise) if t < rise else half_cosine(peak, end, t - rise, s["over"] - rise)


def triangular(s, t):
    low, high = number(s.get("low", 0)), number(s["high"])
    return line(low, high, t, s["rise"]) if t <= s["rise"] else line(high, low, t - s["rise"], s["fall"])


KINDS = {
    "constant": lambda s, t: number(s["value"]),
    "step_decay": drops,
    "exponential": lambda s, t: number(s["from"]) * power(number(s["multiplied_by"]), mpf(t) / s.get("every", 1)),
    "inverse_time": lambda s, t: number(s["from"]) / (1 + number(s["decay_rate"]) * t / s.get("every", 1)),
    "linear": lambda s, t: line(number(s["from"]), number(s.get("to", 0)), t, s["over"]),
    "polynomial": lambda s, t: number(s.get("to", 0))
    + (number(s["from"]) - number(s.get("to", 0))) * power(1 - mpf(min(t, s["over"])) / s["over"], number(s["power"])),
    "cosine": lambda s, t: half_cosine(number(s["from"]), number(s.get("to", 0)), t, s["over"]),
    "cosine_cycle": cycle,
    "cosine_restarts": restarts,
    "triangular": triangular,
    "phases": phases,
    "table": table,
}


def value(s, t):
    """A schedule's value at iteration t; the last modifier is the outermost."""
    if not isinstance(s, dict):
        return number(s)
    if "times" in s:
        return number(s["times"]) * value(without(s, "times"), t)
    if "repeated_every" in s:
        return value(without(s, "repeated_every"), t % s["repeated_every"])
    if "warmed_up" in s:
        up, rest = s["warmed_up"], without(s, "warmed_up")
        factor = line(number(up.get("start_factor", 0)), mpf(1), t, up["over"])
        return value(rest, t) * factor
    if "per_epoch" in s:
        return value(without(s, "per_epoch"), t // s["per_epoch"])
    if "delayed_by" in s:
        return value(without(s, "delayed_by"), max(0, t - s["delayed_by"]))
    if "skipping" in s:
        return value(without(s, "skipping"), t + s["skipping"])
    return value(s["schedule"], t) if isinstance(s["schedule"], dict) else KINDS[s["schedule"]](s, t)


def without(s, key):
    return {k: v for k, v in s.items() if k != key}


def one_cycle(c):
    over, peak = c["over"], number(c["peak"])
    rise = number(c["rise"])
    start, end = number(c.get("start", float(c["peak"]) / 25)), number(c.get("end", float(c["peak"]) / 25e4))
    high, low = number(c.get("high_momentum", 0.95)), number(c.get("low_momentum", 0.85))

    def rate(t):
        return half_cosine(start, peak, t, rise) if t < rise else half_cosine(peak, end, t - rise, over - rise)

    def momentum(t):
        return half_cosine(high, low, t, rise) if t < rise else half_cosine(low, high, t - rise, over - rise)

    return rate, momentum


def run(recipe):
    """[(η_t, λ_t, γ_t)] of a recipe."""
    iterations = recipe.get("iterations", recipe.get("epochs", 0) * recipe.get("iterations_per_epoch", 0))
    if "one_cycle" in recipe:
        rate, momentum = one_cycle(recipe["one_cycle"])
        iterations = iterations or recipe["one_cycle"]["over"]
    else:
        rate, momentum = (lambda t: value(recipe["learning_rate"], t)), (lambda t: value(recipe["momentum"], t))
    return [(rate(t), value(recipe["weight_decay"], t), momentum(t)) for t in range(iterations)]


# --- what it converts to ---------------------------------------------------------------------------------------------


class Refused(Exception):
    pass


def texp_plus_plus(steps):
    u, alphas = mpf(0), []
    for eta, decay, momentum in steps:
        w = decay + momentum * u
        alpha = 1 - eta * w
        if alpha <= 0:
            raise Refused("alpha is not positive")
        u = w / alpha
        alphas.append(alpha)
    return alphas


def decoupled(steps):
    alphas = [1 - eta * decay for eta, decay, _ in steps]
    if min(alphas) <= 0:
        raise Refused("decoupled decay leaves nothing")
    return alphas


def rate_inside(steps):
    moved = []
    for t, (eta, decay, momentum) in enumerate(steps):
        if t > 0 and momentum > 0:
            before = steps[t - 1][0]
            if before > 0 and eta == 0:
                raise Refused("the rate falls to 0")
            momentum = momentum * before / eta if before > 0 else mpf(0)
        moved.append((eta, decay, momentum))
    return texp_plus_plus(moved)


def texp(steps):
    alphas = []
    for eta, decay, momentum in steps:
        if eta == 0:
            raise Refused("TEXP needs rates above 0")
        b = 1 + momentum - decay * eta
        discriminant = b * b - 4 * momentum
        if discriminant < 0 or b < 0 or decay * eta > (1 - sqrt(momentum)) ** 2:
            raise Refused("above the critical decay")
        root = (b + sqrt(discriminant)) / 2
        if root <= 0:
            raise Refused("no root above 0")
        alphas.append(root)
    return alphas


def nesterov(steps):
    u, alphas = mpf(0), []
    for eta, decay, momentum in steps:
        alpha = 1 - eta * decay * (1 + momentum) - eta * momentum**2 * u
        if alpha <= 0:
            raise Refused("alpha is not positive")
        u = (decay + momentum * u) / alpha
        alphas.append(alpha)
    return alphas


CONVERSIONS = {"texp++": texp_plus_plus, "decoupled": decoupled, "rate-inside-buffer": rate_inside, "texp": texp}
OF_OPTIMIZERS = {"following-buffers": decoupled, "smaller-betas": decoupled, "nesterov": nesterov}


def log_scales(alphas):
    scales = [mpf(0)]
    for alpha in alphas:
        scales.append(scales[-1] - log(alpha))
    return scales


def sensitivity(convert, steps, scale):
    worst = mpf(0)
    for which in range(3):
        changed = [tuple(v * (1 + ULP) if i == which else v for i, v in enumerate(step)) for step in steps]
        try:
            worst = max(worst, abs(log_scales(convert(changed))[-1] - scale))
        except Refused:
            return mpf(1)
    return worst


def text(x):
    return "-inf" if isinf(x) and x < 0 else mp.nstr(x, 20)


def ln(x):
    return log(x) if x > 0 else -inf


def nesterov_twin(steps, alphas, scales, t):
    """Of Nesterov's run without decay: ln of the rate, momentum, no β₂, buffer factor, no ε."""
    u, taken, before = mpf(0), None, None
    for (eta, decay, momentum), alpha in list(zip(steps, alphas))[: t + 1]:
        u, before = (decay + momentum * u) / alpha, taken
        taken = alpha * (1 + eta * u * (1 + momentum))
    shared = 1 + eta * u * momentum
    factor = alpha**2 * shared * before / taken**2 if t > 0 else mpf(1)
    return ln(eta) + scales[t] + scales[t + 1] - log(shared), taken * momentum / alpha, None, factor, None


def following_twin(recipe, steps, alphas, scales, t):
    """The same where the buffers follow."""
    eta, _, momentum = steps[t]
    beta2, eps = second_beta(recipe, t), recipe.get("eps")
    degree = -1 if recipe["optimizer"] == "SGDW" else 0
    factor = alphas[t - 1] if t > 0 else mpf(1)
    epsilon = None if eps is None else ln(number(eps)) - scales[t]
    return ln(eta) + scales[t + 1] - degree * scales[t], momentum, beta2, factor, epsilon


def smaller_twin(recipe, steps, alphas, scales, t):
    """The same of Adam with bias correction and smaller β."""
    eta, _, beta1 = steps[t]
    beta2, rho, eps = second_beta(recipe, t), alphas[t], number(recipe["eps"])
    small1, small2 = beta1 * rho, beta2 * rho**2
    root = sqrt((1 - beta2) / ((1 - small2) * (1 - beta2 ** (t + 1))))
    k = (1 - beta1) / ((1 - small1) * (1 - beta1 ** (t + 1)) * root)
    bias1, bias2 = 1 - small1 ** (t + 1), sqrt(1 - small2 ** (t + 1))
    rate = log(eta) + scales[t + 1] + log(k * bias1 / bias2)
    return rate, small1, small2, mpf(1), ln(eps) - scales[t] - log(root * bias2)


def second_beta(recipe, t):
    return value(recipe["betas"][1], t) if "betas" in recipe else None


def described_optimizer(recipe, conversion, draw):
    """A line of a recipe that names its optimizer."""
    recipe_of_momentum = recipe if "momentum" in recipe else recipe | {"momentum": recipe["betas"][0]}
    steps = run(recipe_of_momentum)
    convert = OF_OPTIMIZERS[conversion]
    answer = {"recipe": recipe, "conversion": conversion}
    try:
        for t, (eta, decay, momentum) in enumerate(steps):
            beta2 = second_beta(recipe, t)
            if not (0 <= eta <= LARGEST and 0 <= decay <= LARGEST and 0 <= momentum < 1):
                raise Refused("out of range")
            if beta2 is not None and not 0 <= beta2 < 1:
                raise Refused("out of range")
        if conversion == "smaller-betas" and steps[0][0] == 0:
            raise Refused("no rate")
        alphas = convert(steps)
    except Refused as e:
        return answer | {"refused": str(e)}
    scales = log_scales(alphas)
    samples = []
    for t in sorted({0, len(steps) - 1, *(draw.randrange(len(steps)) for _ in range(2))}):
        if conversion == "nesterov":
            twin = nesterov_twin(steps, alphas, scales, t)
        else:
            twin = (smaller_twin if conversion == "smaller-betas" else following_twin)(recipe, steps, alphas, scales, t)
        rest = [None if each is None else text(each) for each in twin[1:]]
        samples.append([t, *map(text, (*steps[t], scales[t + 1], twin[0])), *rest])
    return answer | {
        "samples": samples,
        "least_alpha": float(min(alphas)),
        "sensitivity": float(sensitivity(convert, steps, scales[-1])),
    }


def described(recipe, conversion, draw):
    steps = run(recipe)
    answer = {"recipe": recipe, "conversion": conversion}
    try:
        for eta, decay, momentum in steps:
            if not (0 <= eta <= LARGEST and 0 <= decay <= LARGEST and 0 <= momentum < 1):
                raise Refused("out of range")
        alphas = CONVERSIONS[conversion](steps)
    except Refused as e:
        return answer | {"refused": str(e)}
    scales = log_scales(alphas)
    assert not any(isnan(scale) for scale in scales)
    chosen = sorted({0, len(steps) - 1, *(draw.randrange(len(steps)) for _ in range(2))})
    samples = []
    for t in chosen:
        eta, decay, momentum = steps[t]
        rate = log(eta) + scales[t] + scales[t + 1] if eta > 0 else -inf
        samples.append([t, *map(text, (eta, decay, momentum, scales[t + 1], rate))])
    return answer | {
        "samples": samples,
        "least_alpha": float(min(alphas)),
        "sensitivity": float(sensitivity(CONVERSIONS[conversion], steps, scales[-1])),
    }


# --- random recipes --------------------------------------------------------------------------------------------------


def rounded(x):
    return float(f"{x:.{random.choice((1, 2, 3, 17))}g}")


def between(low, high):
    """Uniform in the logarithm."""
    return rounded(low * (high / low) ** random.random())


def schedule(top, length, depth=0):
    """A random schedule whose values are at most about `top`."""
    kinds = [kind for kind in KINDS if depth < 2 or kind != "phases"]
    kind = random.choice(kinds)
    start, end = between(top / 20, top), random.choice((0, between(top / 1000, top)))
    over = random.randint(1, 2 * length)
    s = {"schedule": kind}
    if kind == "constant":
        s |= {"value": start}
    elif kind == "step_decay":
        factor = random.choice(({"divided_by": between(1.1, 10)}, {"multiplied_by": between(0.1, 0.9)}))
        s |= {"from": start} | factor
        s["after"] = sorted(random.sample(range(1, length + 5), random.randint(1, min(4, length))))
    elif kind == "exponential":
        s |= {"from": start, "multiplied_by": between(0.9, 1), "every": random.randint(1, 9)}
    elif kind == "inverse_time":
        s |= {"from": start, "decay_rate": between(0.001, 3), "every": random.randint(1, 9)}
    elif kind in ("linear", "cosine"):
        s |= {"from": start, "to": end, "over": over}
    elif kind == "polynomial":
        s |= {"from": start, "to": end, "over": over, "power": between(0.3, 4)}
    elif kind == "cosine_cycle":
        s |= {"from": end, "peak": start, "to": end, "rise": rounded(over * random.uniform(0.05, 0.9)), "over": over}
        s["rise"] = min(s["rise"], 0.9 * over)
    elif kind == "cosine_restarts":
        s |= {"from": start, "to": min(end, start), "period": random.randint(1, length)}
        s |= {"lengthening": random.randint(1, 3), "decay": between(0.5, 1)}
    elif kind == "triangular":
        s |= {"low": end, "high": start, "rise": random.randint(1, length), "fall": random.randint(1, length)}
    elif kind == "phases":
        parts = [schedule(top, length, depth + 1) for _ in range(random.randint(1, 3))]
        s["phases"] = [part | {"during": random.randint(1, length)} for part in parts]
        if random.random() < 0.5:
            del s["phases"][-1]["during"]
    elif kind == "table":
        # Long enough for what a modifier may ask for.
        values = [float(f"{between(top / 1e4, top):.2g}") for _ in range(3 * length + 20)]
        if random.random() < 0.3:
            s["logarithms"] = [random.choice((round(float(log(v)), 2),) * 2 + ("-inf",)) for v in values]
        else:
            s["values"] = values
    return modified(s, length, depth)


def modified(s, length, depth):
    if random.random() < 0.15 and depth < 2:
        s = {"schedule": s}
    n = random.randint(1, length)
    for modifier in (
        {"skipping": random.randint(0, length)},
        {"delayed_by": random.randint(0, length)},
        {"per_epoch": random.randint(1, 9)},
        {"warmed_up": {"start_factor": random.choice((0, between(0.01, 1))), "over": n}},
        {"repeated_every": n},
        {"times": random.choice((0.5, between(0.1, 1), 1))},
    ):
        if random.random() < 0.12:
            s |= modifier
    return s


def momentum(length):
    choice = random.random()
    if choice < 0.15:
        return 0
    if choice < 0.7:
        return random.choice((0.9, 0.95, 0.5, 0.99, rounded(random.uniform(0, 0.99))))
    return schedule(between(0.3, 0.98), length, depth=1)


def recipe():
    length = random.choice((1, 2, random.randint(3, 40), random.randint(40, 300)))
    # The product of rate and decay: mostly as people have it, sometimes near or beyond what has a twin.
    product = random.choices((between(1e-8, 1e-3), between(1e-3, 0.1), between(0.1, 1.3)), (6, 3, 1))[0]
    rate = between(1e-4, 10)
    decay = product / rate
    r = {}
    if random.random() < 0.06:
        over = max(2, length)
        r["one_cycle"] = {"peak": rate, "over": over, "rise": random.choice((over / 2, rounded(over * 0.3)))}
        r["one_cycle"]["rise"] = min(r["one_cycle"]["rise"], 0.9 * over)
        if random.random() < 0.5:
            r["one_cycle"] |= {"start": rate / 10, "end": 0, "high_momentum": 0.9, "low_momentum": 0.8}
    else:
        r["learning_rate"] = rate if random.random() < 0.2 else schedule(rate, length)
        r["momentum"] = momentum(length)
        if length % 2 == 0 and random.random() < 0.5:
            r |= {"epochs": length // 2, "iterations_per_epoch": 2}
        else:
            r["iterations"] = length
    r["weight_decay"] = rounded(decay) if random.random() < 0.7 else schedule(decay, length)
    conversion = random.choices(list(CONVERSIONS), (5, 2, 2, 2))[0]
    if conversion == "decoupled":
        r["decoupled"] = True
    elif conversion == "rate-inside-buffer":
        r["rate_inside_buffer"] = True
    return r, conversion


def betas(length):
    second = random.choice((0.999, 0.95, 0.99, rounded(random.uniform(0, 0.999))))
    return [momentum(length), second if random.random() < 0.7 else schedule(between(0.3, 0.98), length, depth=1)]


def optimizer_recipe():
    """A random recipe of Nesterov's momentum or of an optimizer with decoupled decay."""
    conversion = random.choices(list(OF_OPTIMIZERS), (6, 2, 3))[0]
    r, _ = recipe()
    while "one_cycle" in r:
        r, _ = recipe()
    for key in ("decoupled", "rate_inside_buffer"):
        r.pop(key, None)
    length = r.get("iterations", r.get("epochs", 0) * r.get("iterations_per_epoch", 0))
    if conversion == "nesterov":
        return r | {"nesterov": True}, conversion
    name = random.choice(("AdamW", "AdamW", "Lion", "SignSGD", "Muon", "SGDW"))
    if conversion == "smaller-betas":
        name, rate = "AdamW", between(1e-4, 10)
        r |= {"learning_rate": rate, "weight_decay": between(1e-8, 1.1) / rate}
    r["optimizer"] = name
    if name in ("AdamW", "Lion"):
        del r["momentum"]
        r["betas"] = betas(length)
        if conversion == "smaller-betas":
            r["betas"] = [random.choice((0, 0.9, 0.95)), random.choice((0.999, 0.95, 0.99))]
    if name in ("AdamW", "Muon"):
        r["eps"] = random.choice((0, 1e-8, between(1e-10, 1)))
    if name == "Muon":
        r["nesterov"] = random.random() < 0.5
    return r, conversion


def main():
    random.seed(20191016)
    draw = random.Random(7)
    for _ in range(COUNT):
        print(json.dumps(described(*recipe(), draw), ensure_ascii=False))
    for _ in range(OPTIMIZER_COUNT):
        print(json.dumps(described_optimizer(*optimizer_recipe(), draw), ensure_ascii=False))


if __name__ == "__main__":
    main()
