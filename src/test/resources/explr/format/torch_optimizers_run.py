"""Trains nets by an optimizer of PyTorch or timm with decay, and by an exported module: MODULE CASE….

Prints a line of differences for each case: of the direction of a converted weight, its scale, a weight that is not
converted, and the output in evaluation. The recipe's run is the optimizer itself with rate, decay and betas set at each
step. The cases control-… do one thing wrongly. PyTorch and timm orthogonalize in bfloat16, whose rounding depends on
the scale; here they do it in float64.
"""

import functools
import math
import sys

import torch
from exported import RESUMES, load, raises, reloaded

rates = load(sys.argv[1])
schedule = rates.schedule
CASE = None
STEPS = rates.ITERATIONS
KIND = rates.OPTIMIZER
LIMIT = 2.2  # of the gradient norm, between the least and the largest of the run of the small net


class SignSGD(torch.optim.Optimizer):
    """m = γ m + g, p = (1 - ηλ) p - η sign(m)."""

    def __init__(self, params, lr, momentum, weight_decay):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                buffer = state.setdefault("momentum_buffer", torch.zeros_like(p))
                buffer.mul_(group["momentum"]).add_(p.grad)
                p.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * buffer.sign())


def in_doubles():
    """Muon's iteration in float64."""
    if hasattr(torch.optim, "Muon"):
        torch.Tensor.bfloat16 = lambda self: self.clone()
    else:
        import timm.optim.muon as muon

        muon.zeropower_via_newtonschulz = functools.partial(muon.zeropower_via_newtonschulz, dtype=torch.float64)


def optimizer_of(parts):
    decay = rates.weight_decay(0)
    common = {"lr": rates.learning_rate(0), "weight_decay": decay}
    if KIND == "AdamW":
        betas = (rates.momentum(0), rates.beta2(0))
        return torch.optim.AdamW(parts, betas=betas, eps=rates.EPSILON, **common)
    if KIND == "Lion":
        import timm.optim

        return timm.optim.Lion(parts, betas=(rates.momentum(0), rates.beta2(0)), **common)
    common["momentum"] = rates.momentum(0)
    if KIND == "SGD":
        return torch.optim.SGD(parts, nesterov=True, **common)
    if KIND == "SGDW":
        import timm.optim

        return timm.optim.SGDW(parts, **common)
    if KIND == "Muon":
        nesterov = rates.REQUIRED["nesterov"]
        if hasattr(torch.optim, "Muon"):
            return torch.optim.Muon(parts, nesterov=nesterov, eps=rates.EPSILON, **common)
        import timm.optim

        options = {"nesterov": nesterov, "ns_coefficients": "original", "eps": rates.EPSILON}
        for part in parts:
            part["use_muon"] = True
        return timm.optim.Muon(parts, **options, **common)
    return SignSGD(parts, **common)


class Attention(torch.nn.Module):
    """Two heads whose queries and keys are normalized."""

    def __init__(self, width):
        super().__init__()
        self.query, self.key, self.value, self.out = (torch.nn.Linear(width, width, bias=False) for _ in range(4))
        # A bias of the keys would shift all logits of a query alike: it has no effect, and no gradient.
        self.query_norm, self.key_norm = (torch.nn.LayerNorm(width // 2, bias=False) for _ in range(2))

    def forward(self, x):
        q, k, v = (each(x).unflatten(-1, (2, -1)).transpose(1, 2) for each in (self.query, self.key, self.value))
        weights = torch.softmax(self.query_norm(q) @ self.key_norm(k).transpose(-1, -2), -1)
        return self.out((weights @ v).transpose(1, 2).flatten(2))


class Block(torch.nn.Module):
    """Normalizes its residual branches."""

    def __init__(self, width):
        super().__init__()
        self.attention, self.attention_norm = Attention(width), torch.nn.LayerNorm(width)
        self.first = torch.nn.Linear(width, 2 * width, bias=False)
        self.second = torch.nn.Linear(2 * width, width, bias=False)
        self.mlp_norm = torch.nn.LayerNorm(width)

    def forward(self, x):
        x = x + self.attention_norm(self.attention(x))
        return x + self.mlp_norm(self.second(torch.relu(self.first(x))))


class Transformer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(11, 8)
        self.blocks = torch.nn.Sequential(Block(8), Block(8))
        self.head = torch.nn.Linear(8, 3)

    def forward(self, tokens):
        return self.head(self.blocks(self.embedding(tokens)).mean(1))


def net():
    torch.manual_seed(1)
    if "transformer" in CASE:
        return Transformer().double()
    return torch.nn.Sequential(
        torch.nn.Flatten(),
        torch.nn.Linear(32, 12, bias=False),
        torch.nn.BatchNorm1d(12),
        torch.nn.ReLU(),
        torch.nn.Linear(12, 10, bias=False),
        torch.nn.GroupNorm(2, 10),
        torch.nn.ReLU(),
        torch.nn.Linear(10, 3),
    ).double()


def batch(t):
    generator = torch.Generator().manual_seed(100 + t)
    inputs = torch.randn(8, 2, 4, 4, generator=generator, dtype=torch.float64)
    tokens = torch.randint(11, (8, 6), generator=generator)
    return tokens if "transformer" in CASE else inputs, torch.randint(3, (8,), generator=generator)


def names(model):
    found, rest = rates.scale_invariant(model, batch(0)[0])
    if "transformer" in CASE:
        layers = ("attention.query", "attention.key", "attention.value", "attention.out", "first", "second")
        assert found == [f"blocks.{b}.{layer}.weight" for b in (0, 1) for layer in layers], (found, rest)
    else:
        assert found == ["1.weight", "4.weight"], (found, rest)
    return found


def groups(model):
    """Weights to convert, and all others, which Muon cannot have unless they are matrices."""
    parameters = dict(model.named_parameters())
    weights = [parameters.pop(each) for each in names(model)]
    rest = [p for p in parameters.values() if KIND != "Muon" or p.dim() == 2]
    parts = [{"name": "weights", "params": weights}, {"name": "rest", "params": rest, "weight_decay": 0.0}]
    return optimizer_of(parts)


def backward(model, optimizer, t):
    inputs, labels = batch(t)
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(inputs), labels).backward()


def with_decay():
    model = net()
    optimizer = groups(model)
    norms = []
    for t in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = rates.learning_rate(t)
            if "betas" in group and KIND != "Muon":
                group["betas"] = (rates.momentum(t), rates.beta2(t))
            else:
                # A momentum of 0 would make PyTorch forget the buffer.
                group["momentum"] = rates.momentum(t) or 1e-300
        optimizer.param_groups[0]["weight_decay"] = rates.weight_decay(t)
        backward(model, optimizer, t)
        if "clip" in CASE:
            parameters = [p for group in optimizer.param_groups for p in group["params"]]
            norms.append(torch.nn.utils.clip_grad_norm_(parameters, LIMIT).item())
        optimizer.step()
    assert not norms or min(norms) < LIMIT < max(norms), norms
    return model


def twin_of(model):
    rates.schedule = schedule
    rates.buffer_factor = BUFFER_FACTOR
    if CASE == "control-power":
        rates.schedule = lambda t: schedule(t)._replace(ln_growth=schedule(t).ln_growth + schedule(t).ln_scale)
    elif CASE == "control-epsilon":
        rates.schedule = lambda t: schedule(t)._replace(epsilon=rates.EPSILON)
    elif CASE == "control-buffers":
        rates.buffer_factor = lambda t: 1.0
    elif CASE == "control-betas":
        rates.BETAS = (rates.momentum(0), rates.beta2(0))
    followed = rates.normalizations(model, names(model), batch(0)[0])
    if "transformer" in CASE:
        degrees = {name: followed.get(module) for name, module in model.named_modules() if "norm" in name}
        assert set(degrees.values()) == {1, 2}, degrees
    return rates.TwinSchedule(groups(model), convert=["weights"], normalizations=followed)


def train(model, twin, begin, end):
    for t in range(begin, end):
        backward(model, twin.optimizer, t)
        if "clip" in CASE:
            twin.clip_grad_norm_(LIMIT)
        twin.optimizer.step()
        twin.step()


def without_decay(resume):
    model = net()
    twin = twin_of(model)
    middle = STEPS // 2
    train(model, twin, 0, middle)
    if resume:
        model, twin = reloaded(resume, middle, model, twin, net, twin_of)
    train(model, twin, middle, STEPS)
    return model


def differences(expected, found):
    weight, rest = ("blocks.1.first", "head") if "transformer" in CASE else ("4", "7")
    a, b = (dict(each.named_modules())[weight].weight.detach() for each in (expected, found))
    c, d = (dict(each.named_modules())[rest].weight.detach() for each in (expected, found))
    inputs, _ = batch(STEPS)
    return (
        (a / a.norm() - b / b.norm()).norm().item(),
        abs(math.log(b.norm() / a.norm()) - rates.ln_scale(STEPS)),
        (c - d).norm().item(),
        (expected.eval()(inputs) - found.eval()(inputs)).norm().item(),
    )


def misuse():
    """Each misuse that would train something else raises, and the same without it does not."""
    model = net()
    twin = twin_of(model)
    train(model, twin, 0, 3)
    assert twin.last_epoch == 3 and isinstance(twin, torch.optim.lr_scheduler.LRScheduler)
    for group in twin.optimizer.param_groups:
        group["lr"] = 0.1
    backward(model, twin.optimizer, 3)
    raises(RuntimeError, "another scheduler", twin.optimizer.step)
    twin.resume(3)
    twin.optimizer.step()
    twin.step()
    fresh = net()
    resumed = twin_of(fresh)
    resumed.resume(6)
    backward(fresh, resumed.optimizer, 6)
    raises(RuntimeError, "load the optimizer's state_dict", resumed.optimizer.step)
    for key, value in {"lr": 7.0, "weight_decay": 0.25, "momentum": 0.7, "betas": (0.8, 0.9), "eps": 0.25}.items():
        optimizer = groups(net())
        optimizer.param_groups[0][key] = value
        if key in ("lr", "weight_decay") or key in rates._recipe_values(0):
            raises(ValueError, "group 'weights'", lambda: rates.TwinSchedule(optimizer, convert=[0]))
    for key, value in rates.REQUIRED.items():
        optimizer = groups(net())
        if key in optimizer.param_groups[0]:
            optimizer.param_groups[0][key] = "adamuon" if value == "muon" else not value
            raises(ValueError, "was not converted", lambda: rates.TwinSchedule(optimizer, convert=[0]))
    wrong = torch.optim.Adam(net().parameters(), lr=rates.learning_rate(0))
    raises(ValueError, "not Adam", lambda: rates.TwinSchedule(wrong, convert=[0]))
    if rates.BUFFERS:
        foreign_buffers(twin)
    if "epsilon" in schedule(0)._fields:
        del optimizer.param_groups[0]["eps"]
        optimizer.param_groups[0].update({key: value for key, value in rates.REQUIRED.items()})
        raises(ValueError, "has no 'eps'", lambda: rates.TwinSchedule(optimizer, convert=[0]))


def foreign_buffers(twin):
    """A buffer that the module does not know, or does not find, is not left behind silently."""
    model = net()
    twin = twin_of(model)
    train(model, twin, 0, 1)
    p = twin.optimizer.param_groups[0]["params"][0]
    twin.optimizer.state[p]["max_exp_avg_sq"] = torch.ones_like(p)
    backward(model, twin.optimizer, 1)
    raises(RuntimeError, "keeps a buffer 'max_exp_avg_sq'", twin.optimizer.step)
    twin.optimizer.state[p].clear()
    twin.optimizer.state[p].update({"step": 0})
    raises(RuntimeError, "which must follow", lambda: twin._scale_buffers(1.0))


BUFFER_FACTOR = getattr(rates, "buffer_factor", None)
torch.set_num_threads(1)
if KIND == "Muon":
    in_doubles()
for CASE in sys.argv[2:]:
    if CASE == "misuse":
        misuse()
        print(CASE, 0)
    else:
        print(CASE, *differences(with_decay(), without_decay(RESUMES.get(CASE))))
