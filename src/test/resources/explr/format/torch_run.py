"""Trains a small net with weight decay and by an exported module: MODULE CASE…. Prints a line of differences for each case.

They are of the direction of a converted weight, its scale, a weight that is not converted, and the output in
evaluation. The recipe's run is PyTorch's own SGD with rate, momentum and decay set at each step. The cases control-…
do one thing wrongly.
"""

import math
import sys

import torch
from exported import RESUMES, load, raises, reloaded

rates = load(sys.argv[1])
CASE = None
STEPS = rates.ITERATIONS
DECOUPLED = hasattr(rates, "smaller_momentum")
RATE_INSIDE = hasattr(rates, "effective_momentum")
LIMIT = 2.2  # of the gradient norm, between the least and the largest of the run


def net(last_trained=True):
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(2, 4, 3, padding=1, bias=False),
        torch.nn.BatchNorm2d(4),
        torch.nn.ReLU(),
        torch.nn.Conv2d(4, 4, 3, padding=1, bias=False),
        torch.nn.GroupNorm(2, 4),
        torch.nn.ReLU(),
        torch.nn.Flatten(),
        torch.nn.Linear(64, 3),
    ).double()
    for p in model[7].parameters():
        p.requires_grad_(last_trained)
    return model


def batch(t):
    generator = torch.Generator().manual_seed(100 + t)
    images = torch.randn(8, 2, 4, 4, generator=generator, dtype=torch.float64)
    return images, torch.randint(3, (8,), generator=generator)


def groups(model, decay=None):
    weights = [p for p in model.parameters() if p.dim() == 4]
    rest = [p for p in model.parameters() if p.dim() != 4 and p.requires_grad]
    parts = [{"name": "weights", "params": weights}, {"name": "rest", "params": rest, "weight_decay": 0}]
    return torch.optim.SGD(
        parts,
        lr=rates.learning_rate(0),
        momentum=rates.momentum(0),
        weight_decay=decay if decay is not None else 0.0 if DECOUPLED else rates.weight_decay(0),
    )


def backward(model, optimizer, t):
    images, labels = batch(t)
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(images), labels)
    loss.backward()
    return loss.item()


def rate_inside_step(optimizer):
    """The step of Keras, DJL and MXNet."""
    for group in optimizer.param_groups:
        for p in group["params"]:
            pull = group["lr"] * (p.grad + group["weight_decay"] * p.detach())
            before = optimizer.state[p].get("inside", torch.zeros_like(p))
            optimizer.state[p]["inside"] = group["momentum"] * before - pull
            with torch.no_grad():
                p += optimizer.state[p]["inside"]


def with_decay(clip):
    model = net()
    optimizer = groups(model)
    norms = []
    for t in range(STEPS):
        for group in optimizer.param_groups:
            # A momentum of 0 would make PyTorch forget the buffer.
            group.update(lr=rates.learning_rate(t), momentum=rates.momentum(t) or 1e-300)
            group["weight_decay"] = rates.weight_decay(t) if group["name"] == "weights" and not DECOUPLED else 0
        backward(model, optimizer, t)
        if clip:
            norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), LIMIT).item())
        if RATE_INSIDE:
            rate_inside_step(optimizer)
            continue
        if DECOUPLED:
            with torch.no_grad():
                for p in optimizer.param_groups[0]["params"]:
                    p *= 1 - rates.learning_rate(t) * rates.weight_decay(t)
        optimizer.step()
    assert not clip or min(norms) < LIMIT < max(norms), norms
    return model


def twin_of(model):
    if CASE == "control-groups":
        optimizer = torch.optim.SGD(
            [p for p in model.parameters() if p.requires_grad],
            lr=rates.learning_rate(0),
            momentum=rates.momentum(0),
            weight_decay=0.0 if DECOUPLED else rates.weight_decay(0),
        )
        return rates.TwinSchedule(optimizer)
    scaled = {} if CASE == "control-epsilon" else rates.normalizations(model, names(model), batch(0)[0])
    return rates.TwinSchedule(groups(model), convert=["weights"], normalizations=scaled)


def names(model):
    found, rest = rates.scale_invariant(model, batch(0)[0])
    assert found == ["0.weight", "3.weight"], (found, rest)
    assert set(rest) == {"1.weight", "1.bias", "4.weight", "4.bias", "7.weight", "7.bias"}, rest
    return found


def train(model, twin, begin, end, clip, confirm=True):
    for t in range(begin, end):
        backward(model, twin.optimizer, t)
        if CASE == "control-clip":
            torch.nn.utils.clip_grad_norm_(model.parameters(), LIMIT)
        elif clip:
            twin.clip_grad_norm_(LIMIT)
        twin.optimizer.step()
        if confirm:
            twin.step()


def without_decay(clip, resume):
    model = net()
    twin = twin_of(model)
    middle = STEPS // 2
    train(model, twin, 0, middle, clip)
    if resume:
        model, twin = reloaded(resume, middle, model, twin, net, twin_of)
    train(model, twin, middle, STEPS, clip, confirm=not clip)
    return model


def differences(expected, found):
    a, b = expected[3].weight.detach(), found[3].weight.detach()
    images, _ = batch(STEPS)
    return (
        (a / a.norm() - b / b.norm()).norm().item(),
        abs(math.log(b.norm() / a.norm()) - rates.ln_scale(STEPS)),
        (expected[7].weight - found[7].weight).norm().item(),
        (expected.eval()(images) - found.eval()(images)).norm().item(),
    )


def misuse():
    """Each misuse that would train something else raises, and the same without it does not."""
    model = net()
    twin = twin_of(model)
    train(model, twin, 0, 3, False)
    assert twin.last_epoch == 3 and isinstance(twin, torch.optim.lr_scheduler.LRScheduler)
    train(model, twin, 3, 5, False, confirm=False)
    raises(RuntimeError, "once for 2 steps", twin.step)
    raises(ValueError, "takes no epoch", lambda: twin.step(3))
    # Another scheduler, or an optimizer loaded alone.
    for group in twin.optimizer.param_groups:
        group["lr"] = 0.1
    backward(model, twin.optimizer, 5)
    raises(RuntimeError, "another scheduler", twin.optimizer.step)
    twin.resume(5)
    twin.optimizer.step()
    twin.step()
    # A resume without the buffers of the momentum.
    fresh = net()
    resumed = twin_of(fresh)
    resumed.resume(6)
    backward(fresh, resumed.optimizer, 6)
    raises(RuntimeError, "no momentum_buffer", resumed.optimizer.step)
    # A weight without gradient, which the recipe's step would not decay.
    resumed = twin_of(fresh)
    backward(fresh, resumed.optimizer, 0)
    fresh[0].weight.grad = None
    raises(RuntimeError, "has no gradient", resumed.optimizer.step)
    raises(ValueError, "another recipe", lambda: twin.load_state_dict({**twin.state_dict(), "conversion": "x"}))
    raises(ValueError, "began with epsilons", lambda: twin.load_state_dict({**twin.state_dict(), "epsilons": [1.0]}))
    # At the end.
    train(model, twin, 6, STEPS, False)
    backward(model, twin.optimizer, 0)
    raises(RuntimeError, f"ends after {STEPS}", twin.optimizer.step)


def group_checks():
    schedule, model = rates.TwinSchedule, net()
    single = groups(model.float())
    twin = schedule(single, convert=[0])
    assert twin._largest == torch.finfo(torch.float32).max
    twin._largest = rates.schedule(1).rate * 0.999
    twin.resume(1)
    raises(OverflowError, "leaves the range of numbers of the weights' type", single.step)
    model = net()
    raises(ValueError, "say which to convert", lambda: schedule(groups(model)))
    raises(ValueError, "0 groups of the optimizer are named 'w'", lambda: schedule(groups(model), convert=["w"]))
    raises(ValueError, "groups 0 to 1, not 2", lambda: schedule(groups(model), convert=[2]))
    if not DECOUPLED:
        raises(ValueError, "group 'rest': weight_decay is 0", lambda: schedule(groups(model), convert=[0, 1]))
    raises(ValueError, "weight_decay is 0.25", lambda: schedule(groups(model, 0.25), convert=[0]))
    for key, value in {"lr": 7.0, "momentum": 0.77, "nesterov": True, "dampening": 0.5}.items():
        optimizer = groups(model)
        optimizer.param_groups[0][key] = value
        raises(ValueError, "group 'weights'", lambda: schedule(optimizer, convert=[0]))
    optimizer = groups(model)
    optimizer.param_groups[1]["lr"] = 7.0
    raises(ValueError, "leave=", lambda: schedule(optimizer, convert=[0]))
    schedule(optimizer, convert=[0], leave=["rest"])
    assert optimizer.param_groups[1]["lr"] == 7.0
    raises(ValueError, "another TwinSchedule", lambda: schedule(optimizer, convert=[0], leave=["rest"]))
    raises(ValueError, "not Adam", lambda: schedule(torch.optim.Adam(model.parameters()), convert=[0]))


def invariance():
    """A sum before a normalization is invariant only together; a bias before one has no effect."""

    class Sum(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = torch.nn.Linear(3, 6, bias=False), torch.nn.Linear(3, 6, bias=True)
            self.norm, self.last = torch.nn.BatchNorm1d(6, affine=False), torch.nn.Linear(6, 2)
            torch.nn.init.zeros_(self.last.bias)

        def forward(self, x):
            return {"logits": self.last(self.norm(self.a(x) + self.b(x)))}

    model, x = Sum(), torch.randn(16, 3)
    state = {key: value.clone() for key, value in model.state_dict().items()}
    assert rates.scale_invariant(model, x)[0] == ["b.bias"]
    assert rates.output_change(model, ["a.weight", "b.weight"], x) < 1e-9 < rates.output_change(model, ["a.weight"], x)
    assert list(rates.normalizations(model, ["a.weight", "b.weight", "b.bias"], x).values()) == [1]
    raises(ValueError, "parts that grow", lambda: rates.normalizations(model, ["a.weight"], x))
    assert all(torch.equal(value, state[key]) for key, value in model.state_dict().items()) and model.norm.eps == 1e-5


torch.set_num_threads(1)
for CASE in sys.argv[2:]:
    if CASE == "misuse":
        misuse()
        group_checks()
        invariance()
        print(CASE, 0)
    else:
        clip = "clip" in CASE
        print(CASE, *differences(with_decay(clip), without_decay(clip, RESUMES.get(CASE))))
