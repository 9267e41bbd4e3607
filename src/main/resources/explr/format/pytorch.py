"""In PyTorch: build {optimizer} as the recipe has it, with its rate and decay, but without a scheduler.
TwinSchedule drives it from there. Nothing else changes in the loop:

    weights, rest = scale_invariant(model, images)       # names of parameters; images: any batch
    parameters = dict(model.named_parameters())
    optimizer = {optimizer}(
        [
            {"name": "weights", "params": [parameters[each] for each in weights]},
{rest_group}        ],
        lr=learning_rate(0), weight_decay={group_decay}, {arguments},
    )
    twin = TwinSchedule(optimizer, convert=["weights"], normalizations=normalizations(model, weights, images))
    for images, labels in batches:
        optimizer.zero_grad()
        loss_function(model(images), labels).backward()
        twin.clip_grad_norm_(1.0)                        # if the recipe clips gradients, with its own limit
        optimizer.step()
        twin.step()                                      # may be omitted

To resume, load the state_dict of model, optimizer and twin, in any order; or, instead of the last, call
twin.resume(t), where t is the number of steps made.

Elsewhere: schedule(t) has everything that step t = 0, 1, … needs, from t alone.

What the loss must be: the same when the converted weights are multiplied by c > 0, whatever the others are. A layer
before a normalization is such a weight; scale_invariant finds them. The last layer, and the scale and shift of
normalizations, are not: they keep the recipe's rate and decay.

Clipping: with weights P times as large, P = e^ln_scale, gradients are 1/P times as large: L(Pw) = L(w), so
P ∇L(Pw) = ∇L(w). To clip at the same moments, and by the same factor, the recipe's limit c becomes c / P,
Step.clipping_factor times the recipe's. This limit is for the norm of the converted weights alone. If the norm is
over other parameters too, their gradients are not scaled, and one limit does not do: TwinSchedule.clip_grad_norm_
computes the norm that the recipe's run has.

{notes}Range: the rate and the weights grow without end.{range}
schedule(t).rate and TwinSchedule raise OverflowError where the rate leaves the range of numbers; squares of float32
weights leave theirs earlier. ln_rate never does.{range_of_squares}
"""

import copy

try:
    import torch
    from torch.optim.lr_scheduler import LRScheduler
except ImportError:  # schedule(t) needs no PyTorch
    torch, LRScheduler = None, object


_scales = _Scales()

OPTIMIZER = "{optimizer_class}"
# In the converted groups, where the optimizer knows the key.
REQUIRED = {required}
BUFFERS = {buffers}  # multiplied by buffer_factor(t) to this power before step t
STATE = {state}


class TwinSchedule(LRScheduler):
    """Drives {optimizer} through the steps of schedule(t), in the form of PyTorch's LRScheduler.

    It counts the optimizer's own steps: before each it sets rate, {words} and a decay
    of 0{corrects}; after each it scales {scales}running statistics and
    the epsilon of normalizations. All but buffers and statistics follow from the number of steps, `last_epoch`.

    optimizer: {optimizer}, built with the recipe's rate, weight decay, {words}
    convert: the groups to convert, by "name" or index; may be omitted if there is one group
    leave: groups that other schedulers drive, by name or index. All others get the recipe's rate, {words}
        at every step, and keep their own weight decay
    normalizations: the modules whose input grows with the converted weights; either a list, or what
        normalizations(…) returns. Their epsilon and running statistics follow the weights
    start: how many steps were made; the optimizer must then hold the buffers of that step

    Raises ValueError where the optimizer is not what was converted.
    """

    def __init__(self, optimizer, convert=None, *, leave=(), normalizations=(), start=0):
        if torch is None or not hasattr(torch.optim.Optimizer, "register_step_pre_hook"):
            raise ImportError("TwinSchedule needs PyTorch 2.0 or newer")
        if all(each.__name__ != OPTIMIZER for each in type(optimizer).__mro__):
            raise ValueError(f"the recipe is one of {OPTIMIZER}, not {type(optimizer).__name__}")
        self.optimizer = optimizer
        groups = optimizer.param_groups
        if convert is None:
            if len(groups) != 1:
                raise ValueError(
                    f"the optimizer has {len(groups)} groups; say which to convert: convert=[name or index]"
                )
            convert = [0]
        self._converted = [self._index(each) for each in convert]
        left = [self._index(each) for each in leave]
        if not self._converted:
            raise ValueError("no group is to be converted; name one, as convert=[0]")
        if set(self._converted) & set(left):
            raise ValueError("a group cannot be both converted and left to other schedulers")
        self._following = [i for i in range(len(groups)) if i not in self._converted and i not in left]
        self._count = len(groups)
        if hasattr(optimizer, "_explr_twin"):
            raise ValueError("another TwinSchedule drives this optimizer; make a new optimizer, or use that schedule")
        self._check_groups(operator.index(start))
        self._epsilons = _epsilons(normalizations)
        weights = [p for i in self._converted for p in groups[i]["params"]]
        self._largest = min(torch.finfo(p.dtype).max for p in weights)
{smallest}        self.base_lrs = [group["lr"] for group in groups]
        self._go_to(operator.index(start))
        optimizer.register_step_pre_hook(self._before)
        optimizer.register_step_post_hook(self._after)
        optimizer._explr_twin = self

    def step(self, epoch=None):
        """May follow each optimizer.step(), as with other schedulers; it checks that, and changes nothing."""
        if epoch is not None:
            raise ValueError("step() takes no epoch; resume(t) continues after t steps of the optimizer")
        made, self._confirmed = self.last_epoch - self._confirmed, self.last_epoch
        if made > 1:
            raise RuntimeError(
                f"step() was called once for {made} steps of the optimizer. The schedule counts steps, not epochs:"
                " call step() after every optimizer.step(), or not at all"
            )

    def resume(self, t):
        """Continues after t steps: sets rate, momentum, decay and epsilon. Model and optimizer are loaded as usual."""
        self._go_to(operator.index(t))

    def state_dict(self):
        return {
            "conversion": CONVERSION,
            "iteration": self.last_epoch,
            "epsilons": [e for _, _, e in self._epsilons],
        }

    def load_state_dict(self, state_dict):
        if state_dict["conversion"] != CONVERSION:
            raise ValueError(
                f"the saved state is of another recipe or conversion, '{state_dict['conversion']}', and this is"
                f" '{CONVERSION}'"
            )
        epsilons = [epsilon for _, _, epsilon in self._epsilons]
        if state_dict["epsilons"] != epsilons:
            raise ValueError(
                f"the saved run began with epsilons {state_dict['epsilons']} of its normalizations; these have"
                f" {epsilons}. Give TwinSchedule the same normalizations, as they are when the model is made"
            )
        self._go_to(state_dict["iteration"])

    def get_last_lr(self):
        return list(self._last_lr)

    def get_lr(self):
        return list(self._last_lr)

    def clip_grad_norm_(self, max_norm, norm_type=2.0):
        """Clips all gradients of the optimizer as the recipe's run does; returns the norm that this run has.

        As torch.nn.utils.clip_grad_norm_: call it after backward(), and after GradScaler.unscale_. The gradients of
        the converted weights are 1 / P of the recipe's; in the norm they are multiplied by P.
        """
        norms, gradients = [], []
        for i, group in enumerate(self.optimizer.param_groups):
            scale = math.exp(ln_scale(self.last_epoch)) if i in self._converted else 1.0
            for p in group["params"]:
                if p.grad is not None:
                    norms.append(torch.linalg.vector_norm(p.grad, norm_type, dtype=torch.float64).cpu() * scale)
                    gradients.append(p.grad)
        if not norms:
            return torch.tensor(0.0)
        norm = torch.linalg.vector_norm(torch.stack(norms), norm_type)
        coefficient = min(1.0, max_norm / (norm.item() + 1e-6))
        for gradient in gradients:
            gradient.mul_(coefficient)
        return norm

    def _index(self, group):
        groups = self.optimizer.param_groups
        if isinstance(group, str):
            found = [i for i, each in enumerate(groups) if each.get("name") == group]
            if len(found) != 1:
                names = [each.get("name") for each in groups]
                raise ValueError(f"{len(found)} groups of the optimizer are named '{group}'; the names are {names}")
            return found[0]
        if not 0 <= operator.index(group) < len(groups):
            raise ValueError(f"the optimizer has groups 0 to {len(groups) - 1}, not {group}")
        return operator.index(group)

    def _name(self, i):
        name = self.optimizer.param_groups[i].get("name")
        return f"group {i}" if name is None else f"group '{name}'"

    def _check_groups(self, start):
        for i in self._converted:
            group = self.optimizer.param_groups[i]
            for key, value in REQUIRED.items():
                if group.get(key, value) != value:
                    raise ValueError(f"{self._name(i)}: {key}={group[key]} was not converted; set {key}={value}")
            if start > 0 and group["weight_decay"] == 0 and _same(group["lr"], schedule(start).rate):
                continue  # loaded from a checkpoint of this run
            decay = {group_decay}
            if not _same(group["weight_decay"], decay):
                raise ValueError(
                    f"{self._name(i)}: weight_decay is {group['weight_decay']}, and {decay} was converted{decay_hint}"
                )
            self._check_recipe(i, "convert a recipe with it")
        for i in self._following:
            if not (start > 0 and _same(self.optimizer.param_groups[i]["lr"], learning_rate(start))):
                self._check_recipe(i, "name the group in leave=, and give it a scheduler of its own")

    def _check_recipe(self, i, otherwise):
        group = self.optimizer.param_groups[i]
        for key, value in _recipe_values(0).items():
            if key not in group:
                raise ValueError(f"{self._name(i)}: the optimizer has no '{key}', which the schedule sets")
            if key != "lr" and not _same(group[key], value):
                raise ValueError(f"{self._name(i)}: {key} is {group[key]}; the recipe's is {value}; {otherwise}")
        if not _same(group["lr"], learning_rate(0)):
            highest = max(map(learning_rate, range(ITERATIONS)))  # a warm-up begins below the optimizer's rate
            if not _same(group["lr"], highest):
                raise ValueError(
                    f"{self._name(i)}: lr is {group['lr']}; the recipe begins at {learning_rate(0)} and reaches"
                    f" {highest}; {otherwise}"
                )

    def _go_to(self, t):
        if not 0 <= t <= ITERATIONS:
            raise ValueError(f"0 to {ITERATIONS} steps can have been made, not {t}")
        self.last_epoch = self._confirmed = t
        self._step_count = t + 1
        self._resumed = t > 0
        self._set()

    def _set(self):
        """Sets all that follows from the number of steps."""
        t = self.last_epoch
        self._overflow = None  # what the next step raises
        if t < ITERATIONS:
            step = schedule(t)
            rate = _times_exp(step.eta, step.ln_growth)
            if rate > self._largest:
                self._overflow = _beyond(step, "numbers of the weights' type")
{squares}            for i in self._converted:
                self.optimizer.param_groups[i].update(_twin_values(step, rate))
            for i in self._following:
                self.optimizer.param_groups[i].update(_recipe_values(t))
        for module, degree, epsilon in self._epsilons:
            module.eps = _times_exp(epsilon, 2 * degree * ln_scale(t))
            if module.eps > self._largest:
                self._overflow = f"step {t}: the epsilon of {module} leaves the range of numbers; stop before"
        self._written = [_values(group) for group in self.optimizer.param_groups]
        self._last_lr = [group["lr"] for group in self.optimizer.param_groups]

    def _before(self, optimizer, args, kwargs):
        if self.last_epoch >= ITERATIONS:
            raise RuntimeError(f"the recipe ends after {ITERATIONS} steps")
        groups = optimizer.param_groups
        if len(groups) != self._count:
            raise RuntimeError(
                f"the optimizer has {len(groups)} groups now, not {self._count}; add them before TwinSchedule"
            )
        if self._overflow:
            raise OverflowError(self._overflow)
        for i in self._converted + self._following:
            now = _values(groups[i])
            if now != self._written[i]:
                raise RuntimeError(
                    f"{self._name(i)}: its values are {now} and not those of step"
                    f" {self.last_epoch}, {self._written[i]}. If another scheduler writes them, remove it; after"
                    " optimizer.load_state_dict, load the schedule's state too, or call resume(t)"
                )
        step = schedule(self.last_epoch)
        closure = any(argument is not None for argument in (*args[1:], *kwargs.values()))  # args[0] is the optimizer
        for i in self._converted:
            for p in groups[i]["params"]:
                if p.requires_grad:
                    self._check_parameter(i, p, step, closure)
        for i in self._converted:
            for p in groups[i]["params"]:
                if p.requires_grad and step.correction and step.momentum:
                    pull = step.correction * p.detach()
                    buffer = optimizer.state[p].get("momentum_buffer")
                    optimizer.state[p]["momentum_buffer"] = pull if buffer is None else buffer + pull
        self._resumed = False

    def _check_parameter(self, i, p, step, closure):
        if p.grad is None and not closure:
            raise RuntimeError(
                f"{self._name(i)}: a parameter of shape {tuple(p.shape)} has no gradient. The recipe's step would"
                " leave it alone while the others decay: give it a gradient, or set requires_grad=False"
            )
        missing = [name for name in STATE if self.optimizer.state[p].get(name) is None]
        if self._resumed and step.momentum and missing:
            raise RuntimeError(
                f"{self._name(i)}: there is no {missing[0]} at step {step.iteration}; load the optimizer's state_dict"
                " too"
            )

    def _after(self, optimizer, args, kwargs):
        growth = schedule(self.last_epoch).growth
        for module, degree, _ in self._epsilons:
            if getattr(module, "running_mean", None) is not None:
                module.running_mean *= growth**degree
                module.running_var *= growth ** (2 * degree)
        self.last_epoch += 1
        self._step_count += 1
        self._set()
{scale_buffers}

{values_of_groups}

def _values(group):
    return {key: group.get(key) for key in (*_recipe_values(0), "weight_decay")}


def _same(a, b):
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(map(_same, a, b))
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-290)


def _epsilons(normalizations):
    """Module, degree and the recipe's epsilon, which a module keeps next to the one in use."""
    degrees = normalizations if isinstance(normalizations, dict) else dict.fromkeys(normalizations, 1)
    epsilons = []
    for module, degree in degrees.items():
        if not isinstance(getattr(module, "eps", None), float):
            raise ValueError(f"{module} has no epsilon as a number in its attribute eps; give it one, or leave it out")
        if not hasattr(module, "recipe_eps"):
            module.recipe_eps = module.eps
        epsilons.append((module, degree, module.recipe_eps))
    return epsilons


def scale_invariant(model, *inputs):
    """Finds which parameters can each be multiplied by 3 without changing the model's output on the inputs.

    Returns their names, and a dict of the other names with the relative change of the output. It runs a copy of the
    model in float64, in training mode, with epsilons of 1e-30 and with slightly changed parameters, so that a bias of
    zero is not taken for an invariant one. Frozen parameters are not looked at.
    """
    trial = _trial(model)
    changes = {name: _change(trial, [name], inputs) for name, p in model.named_parameters() if p.requires_grad}
    rest = {name: change for name, change in changes.items() if not change < 1e-9}
    return [name for name in changes if name not in rest], rest


def output_change(model, names, *inputs):
    """The relative change of the output when the named parameters are multiplied by 3 together; see scale_invariant.

    Weights that are added before they are normalized, as in a residual network, may be invariant only together.
    """
    return _change(_trial(model), names, inputs)


def normalizations(model, names, *inputs):
    """The modules with an epsilon whose input grows with the named parameters, each with its degree d.

    Where the parameters are multiplied by c, the input is by c^d; then running means grow by c^d, running variances
    and epsilon by c^(2d). Give the result to TwinSchedule. Normalizations without an attribute eps are not seen.
    """
    trial = _trial(model)
    seen = {name: [] for name, module in trial.named_modules() if hasattr(module, "eps")}
    for name, calls in seen.items():
        trial.get_submodule(name).register_forward_pre_hook(
            lambda _, args, calls=calls: calls.append(args[0].detach().clone())
        )
    _outputs(trial, inputs)
    before = {name: list(calls) for name, calls in seen.items()}
    for calls in seen.values():
        calls.clear()
    with _scaled(trial, names):
        _outputs(trial, inputs)
    degrees = {}
    for name, calls in seen.items():
        found = {_degree(name, a, b) for a, b in zip(before[name], calls, strict=True)}
        if len(found) > 1:
            raise ValueError(f"'{name}' is used for inputs that grow by different powers of the scale, {sorted(found)}")
        if found and found != {0}:
            degrees[model.get_submodule(name)] = found.pop()
    return degrees


def _degree(name, before, after):
    degree = round(math.log(after.norm() / before.norm(), 3)) if before.norm() > 0 else 0
    if not (after - 3.0**degree * before).norm() <= 1e-9 * after.norm():
        raise ValueError(
            f"the input of '{name}' has parts that grow with the converted parameters and parts that do not:"
            " its epsilon cannot follow. Convert all parameters before it, or none"
        )
    return degree


def _trial(model):
    trial = copy.deepcopy(model).double().train()
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for p in trial.parameters():
            size = 0.1 * (p.square().mean().sqrt() + 0.1)
            p += size * torch.randn(p.shape, generator=generator, dtype=p.dtype).to(p.device)
    for module in trial.modules():
        if getattr(module, "eps", None) is not None:
            module.eps = 1e-30
    return trial


class _scaled:
    """Multiplies parameters by 3 for a while."""

    def __init__(self, trial, names):
        parameters = dict(trial.named_parameters())
        self.chosen = [parameters[name] for name in names]

    def __enter__(self):
        self.saved = [p.detach().clone() for p in self.chosen]
        with torch.no_grad():
            for p in self.chosen:
                p *= 3

    def __exit__(self, *_):
        with torch.no_grad():
            for p, value in zip(self.chosen, self.saved, strict=True):
                p.copy_(value)


def _outputs(trial, inputs):
    doubles = [x.double() if torch.is_tensor(x) and x.is_floating_point() else x for x in inputs]
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(0)  # the same dropout each time
        return torch.cat([x.double().flatten() for x in _tensors(trial(*doubles))])


def _tensors(output):
    if torch.is_tensor(output):
        return [output]
    values = output.values() if hasattr(output, "values") else output if isinstance(output, (list, tuple)) else []
    return [tensor for value in values for tensor in _tensors(value)]


def _change(trial, names, inputs):
    before = _outputs(trial, inputs)
    with _scaled(trial, names):
        after = _outputs(trial, inputs)
    return ((after - before).norm() / before.norm()).item()
