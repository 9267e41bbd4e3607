"""The rates that the frameworks' own schedulers give, for the schedules that a recipe can name.

Run by a Python with environment/requirements-frameworks.txt, it writes the golden file, or with --check compares with it:

    python src/test/python/frameworks.py [--check] src/test/resources/explr/format/frameworks.json

Arguments of a schedule are handed to the library as they stand. Everything is computed in float64.
"""

import argparse
import contextlib
import copy
import io
import json
import math
import os
import pathlib
import sys
import warnings

os.environ["KERAS_BACKEND"] = "torch"
os.environ["JAX_PLATFORMS"] = "cpu"
warnings.simplefilter("ignore")

import jax
import keras
import mmengine.optim
import optax
import timm.scheduler
import torch
import transformers
from mmengine.registry import PARAM_SCHEDULERS

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")

VERSIONS = {"torch": torch, "timm": timm, "mmengine": mmengine, "keras": keras, "transformers": transformers, "optax": optax}

# What the libraries' own rounding needs, measured against the exact formulas: torch's and mmengine's rates are products
# over the steps, and a cosine near its end is a difference of ones. Relative to the value, and to the highest value.
RELATIVE = 1e-12
OF_HIGHEST = 1e-15

WARM = {"schedule": "torch.LinearLR", "start_factor": 0.01, "total_iters": 5}
COSINE = {"schedule": "torch.CosineAnnealingLR", "T_max": 35, "eta_min": 1e-4}

SETTINGS = [
    ({"schedule": "torch.StepLR", "lr": 0.1, "step_size": 30}, 100),
    ({"schedule": "torch.StepLR", "lr": 0.1, "step_size": 7, "gamma": 0.97, "per_epoch": 3}, 100),
    ({"schedule": "torch.MultiStepLR", "lr": 0.1, "milestones": [80, 30], "gamma": 0.2}, 100),
    ({"schedule": "torch.MultiStepLR", "lr": 0.1, "milestones": [3, 3, 9], "gamma": 0.2, "per_epoch": 4}, 60),
    ({"schedule": "torch.ConstantLR", "lr": 0.1}, 12),
    ({"schedule": "torch.ConstantLR", "lr": 0.1, "factor": 0.25, "total_iters": 1}, 12),
    ({"schedule": "torch.LinearLR", "lr": 0.1}, 12),
    ({"schedule": "torch.LinearLR", "lr": 0.1, "start_factor": 0.7, "end_factor": 0.1, "total_iters": 40, "per_epoch": 2}, 100),
    ({"schedule": "torch.ExponentialLR", "lr": 0.1, "gamma": 0.95}, 100),
    ({"schedule": "torch.PolynomialLR", "lr": 0.1}, 12),
    ({"schedule": "torch.PolynomialLR", "lr": 0.1, "total_iters": 50, "power": 0.9}, 60),
    ({"schedule": "torch.CosineAnnealingLR", "lr": 0.1, "T_max": 20}, 95),
    ({"schedule": "torch.CosineAnnealingLR", "lr": 0.1, "T_max": 25, "eta_min": 0.001, "per_epoch": 2}, 200),
    ({"schedule": "torch.CosineAnnealingWarmRestarts", "lr": 0.1, "T_0": 10, "T_mult": 2, "eta_min": 1e-3}, 80),
    ({"schedule": "torch.CosineAnnealingWarmRestarts", "lr": 0.1, "T_0": 9, "per_epoch": 2}, 60),
    ({"schedule": "torch.OneCycleLR", "max_lr": 0.1, "total_steps": 100, "cycle_momentum": False}, 100),
    ({"schedule": "torch.OneCycleLR", "max_lr": 0.4, "epochs": 7, "steps_per_epoch": 11, "pct_start": 0.21, "div_factor": 10, "final_div_factor": 100}, 77),
    ({"schedule": "torch.OneCycleLR", "max_lr": 0.1, "total_steps": 100, "three_phase": True}, 100),
    ({"schedule": "torch.OneCycleLR", "max_lr": 0.4, "total_steps": 80, "pct_start": 0.23125, "three_phase": True, "cycle_momentum": False}, 80),
    ({"schedule": "torch.CyclicLR", "base_lr": 0.001, "max_lr": 0.1, "step_size_up": 7, "cycle_momentum": False}, 60),
    ({"schedule": "torch.CyclicLR", "base_lr": 0.0, "max_lr": 0.1, "step_size_up": 4, "step_size_down": 9}, 60),
    ({"schedule": "torch.SequentialLR", "lr": 0.1, "schedulers": [WARM, COSINE], "milestones": [5]}, 60),
    ({"schedule": "torch.SequentialLR", "lr": 0.1, "schedulers": [WARM, {"schedule": "torch.MultiStepLR", "milestones": [10, 20]}, {"schedule": "torch.CosineAnnealingWarmRestarts", "T_0": 8}], "milestones": [7, 30], "per_epoch": 2}, 120),
    ({"schedule": "torch.ChainedScheduler", "lr": 0.1, "schedulers": [WARM, {"schedule": "torch.MultiStepLR", "milestones": [3, 20]}]}, 40),
    ({"schedule": "torch.ChainedScheduler", "lr": 0.1, "schedulers": [{"schedule": "torch.CosineAnnealingLR", "T_max": 30}, {"schedule": "torch.ConstantLR", "factor": 0.1, "total_iters": 4}]}, 31),
    ({"schedule": "timm.CosineLRScheduler", "lr": 0.1, "t_initial": 30, "warmup_t": 5, "warmup_lr_init": 0.001, "lr_min": 1e-4, "per_epoch": 3}, 120),
    ({"schedule": "timm.CosineLRScheduler", "lr": 0.1, "t_initial": 30, "warmup_t": 5, "warmup_prefix": True, "t_in_epochs": False}, 50),
    ({"schedule": "timm.CosineLRScheduler", "lr": 0.1, "t_initial": 10, "lr_min": 1e-3, "cycle_mul": 2, "cycle_decay": 0.5, "cycle_limit": 3, "t_in_epochs": False}, 90),
    ({"schedule": "timm.CosineLRScheduler", "lr": 0.1, "t_initial": 1, "cycle_mul": 3, "cycle_limit": 7, "lr_min": 1e-3, "t_in_epochs": False}, 400),
    ({"schedule": "timm.CosineLRScheduler", "lr": 0.1, "t_initial": 9, "cycle_limit": 4, "warmup_t": 3, "per_epoch": 2}, 90),
    ({"schedule": "timm.PolyLRScheduler", "lr": 0.1, "t_initial": 30, "warmup_t": 4, "warmup_lr_init": 0.01, "per_epoch": 2}, 90),
    ({"schedule": "timm.PolyLRScheduler", "lr": 0.1, "t_initial": 7, "power": 2, "lr_min": 0.001, "cycle_limit": 3, "cycle_decay": 0.5, "t_in_epochs": False}, 40),
    ({"schedule": "timm.StepLRScheduler", "lr": 0.1, "decay_t": 7, "decay_rate": 0.3, "warmup_t": 3, "per_epoch": 2}, 90),
    ({"schedule": "timm.StepLRScheduler", "lr": 0.1, "decay_t": 7, "decay_rate": 0.3, "warmup_t": 3, "warmup_prefix": False, "t_in_epochs": False}, 40),
    ({"schedule": "timm.MultiStepLRScheduler", "lr": 0.1, "decay_t": [10, 20], "decay_rate": 0.1, "per_epoch": 2}, 60),
    ({"schedule": "timm.MultiStepLRScheduler", "lr": 0.1, "decay_t": [1, 2, 9], "decay_rate": 0.5, "t_in_epochs": False}, 20),
    ({"schedule": "timm.MultiStepLRScheduler", "lr": 0.1, "decay_t": [1, 6], "decay_rate": 0.5, "warmup_t": 4, "t_in_epochs": False}, 20),
    ({"schedule": "timm.MultiStepLRScheduler", "lr": 0.1, "decay_t": [2, 9], "decay_rate": 0.5, "warmup_t": 4, "warmup_prefix": False, "t_in_epochs": False}, 20),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.02, "epoch_length": 6, "param_scheduler": [{"type": "LinearLR", "start_factor": 0.001, "by_epoch": False, "begin": 0, "end": 20}, {"type": "MultiStepLR", "begin": 0, "end": 12, "by_epoch": True, "milestones": [8, 11], "gamma": 0.1}]}, 90),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "epoch_length": 5, "param_scheduler": [{"type": "LinearLR", "start_factor": 0.25, "by_epoch": True, "begin": 0, "end": 5, "convert_to_iter_based": True}, {"type": "CosineAnnealingLR", "T_max": 15, "eta_min": 1e-4, "by_epoch": True, "begin": 5, "end": 20}]}, 110),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "epoch_length": 4, "param_scheduler": [{"type": "CosineAnnealingLR", "by_epoch": True, "begin": 0, "end": 20, "convert_to_iter_based": True}]}, 90),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "param_scheduler": [{"type": "CosineAnnealingLR", "T_max": 10, "by_epoch": False, "eta_min_ratio": 0.01, "end": 33}]}, 40),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "param_scheduler": [{"type": "ConstantLR", "factor": 0.1, "by_epoch": False, "end": 6}, {"type": "PolyLR", "eta_min": 1e-4, "power": 0.9, "by_epoch": False, "begin": 8, "end": 50}]}, 60),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "epoch_length": 3, "param_scheduler": [{"type": "StepLR", "step_size": 4, "gamma": 0.3, "end": 11}, {"type": "ExponentialLR", "gamma": 0.9, "begin": 12, "end": 20}]}, 75),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "epoch_length": 3, "param_scheduler": [{"type": "MultiStepLR", "milestones": [2, 2, 5], "gamma": 0.3, "convert_to_iter_based": True}]}, 30),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "epoch_length": 3, "param_scheduler": [{"type": "StepLR", "step_size": 2, "gamma": 0.3, "convert_to_iter_based": True}]}, 30),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "epoch_length": 5, "param_scheduler": [{"type": "LinearLR", "start_factor": 0.01, "by_epoch": False, "begin": 0, "end": 12}, {"type": "CosineAnnealingLR", "T_max": 12, "by_epoch": True, "begin": 0, "end": 12}]}, 70),
    ({"schedule": "mmengine.param_scheduler", "lr": 0.1, "param_scheduler": [{"type": "PolyLR", "power": 0.9, "by_epoch": False, "begin": 0, "end": 50}, {"type": "LinearLR", "start_factor": 0.1, "by_epoch": False, "begin": 0, "end": 6}]}, 60),
    ({"schedule": "keras.ExponentialDecay", "initial_learning_rate": 0.1, "decay_steps": 30, "decay_rate": 0.5}, 100),
    ({"schedule": "keras.ExponentialDecay", "initial_learning_rate": 0.1, "decay_steps": 30, "decay_rate": 0.5, "staircase": True}, 100),
    ({"schedule": "keras.PiecewiseConstantDecay", "boundaries": [10, 20], "values": [0.1, 0.01, 0.05]}, 30),
    ({"schedule": "keras.PolynomialDecay", "initial_learning_rate": 0.1, "decay_steps": 30}, 40),
    ({"schedule": "keras.PolynomialDecay", "initial_learning_rate": 0.1, "decay_steps": 30, "end_learning_rate": 0.01, "power": 0.5}, 40),
    ({"schedule": "keras.InverseTimeDecay", "initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5}, 40),
    ({"schedule": "keras.InverseTimeDecay", "initial_learning_rate": 0.1, "decay_steps": 7, "decay_rate": 0.5, "staircase": True}, 40),
    ({"schedule": "keras.CosineDecay", "initial_learning_rate": 0.1, "decay_steps": 50, "alpha": 0.01}, 60),
    ({"schedule": "keras.CosineDecay", "initial_learning_rate": 0.01, "decay_steps": 50, "warmup_target": 0.1, "warmup_steps": 7, "alpha": 0.1}, 70),
    ({"schedule": "keras.CosineDecayRestarts", "initial_learning_rate": 0.1, "first_decay_steps": 5}, 330),
    ({"schedule": "keras.CosineDecayRestarts", "initial_learning_rate": 0.1, "first_decay_steps": 9, "t_mul": 1.0, "m_mul": 0.8}, 60),
    ({"schedule": "keras.CosineDecayRestarts", "initial_learning_rate": 0.1, "first_decay_steps": 9, "alpha": 0.1}, 80),
    ({"schedule": "transformers.constant", "lr": 0.1}, 5),
    ({"schedule": "transformers.constant_with_warmup", "lr": 0.1, "num_warmup_steps": 7}, 20),
    ({"schedule": "transformers.inverse_sqrt", "lr": 0.1, "num_warmup_steps": 7}, 60),
    ({"schedule": "transformers.inverse_sqrt", "lr": 0.1, "num_warmup_steps": 0}, 60),
    ({"schedule": "transformers.inverse_sqrt", "lr": 0.1, "num_warmup_steps": 5, "timescale": 20}, 60),
    ({"schedule": "transformers.linear", "lr": 0.1, "num_warmup_steps": 7, "num_training_steps": 50}, 60),
    ({"schedule": "transformers.linear", "lr": 0.1, "num_warmup_steps": 0, "num_training_steps": 50}, 60),
    ({"schedule": "transformers.cosine", "lr": 0.1, "num_warmup_steps": 7, "num_training_steps": 50}, 80),
    ({"schedule": "transformers.cosine", "lr": 0.1, "num_warmup_steps": 10, "num_training_steps": 100, "num_cycles": 2.0}, 100),
    ({"schedule": "transformers.cosine_with_restarts", "lr": 0.1, "num_warmup_steps": 8, "num_training_steps": 100, "num_cycles": 4}, 110),
    ({"schedule": "transformers.cosine_with_restarts", "lr": 0.1, "num_warmup_steps": 0, "num_training_steps": 245, "num_cycles": 49}, 250),
    ({"schedule": "transformers.polynomial", "lr": 0.1, "num_warmup_steps": 5, "num_training_steps": 40, "power": 2.0}, 50),
    ({"schedule": "optax.constant_schedule", "value": 0.1}, 5),
    ({"schedule": "optax.linear_schedule", "init_value": 0.1, "end_value": 0.01, "transition_steps": 30, "transition_begin": 5}, 50),
    ({"schedule": "optax.polynomial_schedule", "init_value": 0.1, "end_value": 0.01, "power": 2, "transition_steps": 30}, 50),
    ({"schedule": "optax.exponential_decay", "init_value": 0.1, "transition_steps": 9, "decay_rate": 0.5, "transition_begin": 4}, 60),
    ({"schedule": "optax.exponential_decay", "init_value": 0.1, "transition_steps": 9, "decay_rate": 0.5, "staircase": True, "end_value": 0.006}, 60),
    ({"schedule": "optax.cosine_decay_schedule", "init_value": 0.1, "decay_steps": 50, "alpha": 0.01}, 60),
    ({"schedule": "optax.piecewise_constant_schedule", "init_value": 0.1, "boundaries_and_scales": {"10": 0.1, "20": 0.1}}, 30),
    ({"schedule": "optax.piecewise_constant_schedule", "init_value": 0.1, "boundaries_and_scales": {"20": 0.1, "9": 0.5}}, 30),
    ({"schedule": "optax.warmup_cosine_decay_schedule", "init_value": 0.0, "peak_value": 0.1, "warmup_steps": 7, "decay_steps": 50, "end_value": 1e-3}, 60),
    ({"schedule": "optax.sgdr_schedule", "cosine_kwargs": [{"init_value": 0.0, "peak_value": 0.1, "warmup_steps": 5, "decay_steps": 20}, {"init_value": 0.01, "peak_value": 0.05, "warmup_steps": 3, "decay_steps": 30, "end_value": 1e-3}]}, 60),
    ({"schedule": "optax.join_schedules", "schedules": [{"schedule": "optax.linear_schedule", "init_value": 0.0, "end_value": 0.1, "transition_steps": 7}, {"schedule": "optax.cosine_decay_schedule", "init_value": 0.1, "decay_steps": 30}], "boundaries": [7]}, 50),
]


def optimizer(rate: float) -> torch.optim.SGD:
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate, momentum=0.9)


def stepped(sgd: torch.optim.SGD, step, count: int) -> list[float]:
    rates = []
    for t in range(count):
        rates.append(sgd.param_groups[0]["lr"])
        sgd.step()
        if t + 1 < count:
            step(t)
    return rates


def torch_scheduler(sgd: torch.optim.SGD, arguments: dict):
    arguments = dict(arguments)
    kind = getattr(torch.optim.lr_scheduler, arguments.pop("schedule").removeprefix("torch."))
    if "schedulers" not in arguments:
        return kind(sgd, **arguments)
    children = [torch_scheduler(sgd, child) for child in arguments.pop("schedulers")]
    if kind is torch.optim.lr_scheduler.ChainedScheduler:
        return kind(children)
    return kind(sgd, children, **arguments)


def of_torch(arguments: dict, count: int) -> list[float]:
    sgd = optimizer(arguments.pop("lr", 0.1))
    scheduler = torch_scheduler(sgd, arguments)
    return stepped(sgd, lambda t: scheduler.step(), count)


def of_timm(arguments: dict, count: int) -> list[float]:
    """As timm's train.py: step(epoch + 1) after an epoch, step_update(number of updates) after an update."""
    sgd = optimizer(arguments.pop("lr"))
    kind = getattr(timm.scheduler, arguments.pop("schedule").removeprefix("timm."), None)
    scheduler = kind(sgd, **arguments)
    by_epoch = arguments.get("t_in_epochs", True)
    return stepped(sgd, lambda t: scheduler.step(t + 1) if by_epoch else scheduler.step_update(num_updates=t + 1), count)


def of_mmengine(arguments: dict, count: int) -> list[float]:
    """As mmengine's ParamSchedulerHook: those by iteration after an iteration, those by epoch after an epoch."""
    sgd = optimizer(arguments["lr"])
    epoch_length = arguments.get("epoch_length")
    schedulers = [
        PARAM_SCHEDULERS.build(dict(each), default_args={"optimizer": sgd, "epoch_length": epoch_length})
        for each in arguments["param_scheduler"]
    ]

    def step(t: int):
        for scheduler in schedulers:
            if not scheduler.by_epoch:
                scheduler.step()
        if epoch_length and (t + 1) % epoch_length == 0:
            for scheduler in schedulers:
                if scheduler.by_epoch:
                    scheduler.step()

    return stepped(sgd, step, count)


def of_keras(arguments: dict, count: int) -> list[float]:
    schedule = getattr(keras.optimizers.schedules, arguments.pop("schedule").removeprefix("keras."))(**arguments)
    return [float(schedule(t)) for t in range(count)]


def of_transformers(arguments: dict, count: int) -> list[float]:
    sgd = optimizer(arguments.pop("lr"))
    name = arguments.pop("schedule").removeprefix("transformers.")
    steps = {key: arguments.pop(key, None) for key in ("num_warmup_steps", "num_training_steps")}
    scheduler = transformers.get_scheduler(name, sgd, **steps, scheduler_specific_kwargs=arguments)
    return stepped(sgd, lambda t: scheduler.step(), count)


def optax_schedule(arguments: dict):
    arguments = dict(arguments)
    make = getattr(optax, arguments.pop("schedule").removeprefix("optax."))
    if "schedules" in arguments:
        arguments["schedules"] = [optax_schedule(each) for each in arguments["schedules"]]
    if "boundaries_and_scales" in arguments:
        arguments["boundaries_and_scales"] = {int(k): v for k, v in arguments["boundaries_and_scales"].items()}
    return make(**arguments)


def of_optax(arguments: dict, count: int) -> list[float]:
    schedule = optax_schedule(arguments)
    return [float(schedule(t)) for t in range(count)]


def rates(schedule: dict, iterations: int) -> list[float]:
    """The rate of the library at iterations 0 … iterations − 1."""
    arguments = copy.deepcopy(schedule)
    each = arguments.pop("per_epoch", 1)
    library = arguments["schedule"].split(".")[0]
    values = globals()[f"of_{library}"](arguments, math.ceil(iterations / each))
    return [values[t // each] for t in range(iterations)]


def golden() -> dict:
    with contextlib.redirect_stdout(io.StringIO()):
        settings = [{"schedule": schedule, "rates": rates(schedule, iterations)} for schedule, iterations in SETTINGS]
    versions = {name: module.__version__.split("+")[0] for name, module in VERSIONS.items()}
    return {"versions": versions, "relative": RELATIVE, "of_highest": OF_HIGHEST, "settings": settings}


def written(values: dict) -> str:
    settings = ",\n".join(json.dumps(each) for each in values["settings"])
    head = json.dumps({**values, "settings": []})
    return head.replace('"settings": []}', f'"settings": [\n{settings}\n]}}\n')


def differences(recorded: dict, computed: dict) -> list[str]:
    """Settings whose recorded rates are not those of the libraries, to the accuracy of a processor's own functions."""
    found = [] if recorded["versions"] == computed["versions"] else [f"versions: {computed['versions']}"]
    if [each["schedule"] for each in recorded["settings"]] != [each["schedule"] for each in computed["settings"]]:
        return [*found, "the settings are others: write the file again"]
    for old, new in zip(recorded["settings"], computed["settings"], strict=True):
        highest = max(new["rates"])
        for t, (a, b) in enumerate(zip(old["rates"], new["rates"], strict=True)):
            if abs(a - b) > RELATIVE * abs(b) + OF_HIGHEST * highest:
                found.append(f"{json.dumps(new['schedule'])} at {t}: recorded {a}, computed {b}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("file", type=pathlib.Path)
    options = parser.parse_args()
    if not options.check:
        options.file.write_text(written(golden()))
        return
    computed = golden()
    found = differences(json.loads(options.file.read_text()), computed)
    print(f"{len(computed['settings'])} settings, {sum(len(each['rates']) for each in computed['settings'])} rates")
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
