"""What the peers of the benchmark share: the training to do, and the protocol of the program that starts them.

A peer trains on request and waits in between. It prints `@first` after its first step; then it warms up and
prints `@ready` with the losses of its first steps, the library's version and the time of a step, as JSON. On
each line `run N` it takes N steps and prints `@ran SECONDS`. The end of its input, or `quit`, ends it.
"""

import array
import json
import pathlib
import sys
import time

LOSSES = 2
LEAST_WARM_UP_STEPS = 3
WARM_UP_SECONDS = 2
PIXELS = 3 * 32 * 32


class Reference:
    """The network's weights at their start and some batches, as this project exports them."""

    def __init__(self, folder: pathlib.Path):
        description = json.loads((folder / "reference.json").read_text())
        self.depth, self.width = description["depth"], description["width"]
        self.batch_size, self.batches = description["batch_size"], description["batches"]
        self.learning_rate = description["learning_rate"]
        self.momentum = description["momentum"]
        self.weight_decay = description["weight_decay"]
        self.epsilon = description["epsilon"]
        values = _read(folder / "weights.f64", "d")
        self.weights = {
            tensor["name"]: (values[tensor["offset"] : tensor["offset"] + tensor["size"]], tensor["shape"])
            for tensor in description["tensors"]
        }
        self.images = _read(folder / "images.f32", "f")
        self.labels = _read(folder / "labels.i32", "i")

    def batch(self, number: int):
        """The images, flat, and the labels of a batch, 0 ≤ number < batches."""
        first, last = number * self.batch_size, (number + 1) * self.batch_size
        return self.images[first * PIXELS : last * PIXELS], self.labels[first:last]

    def blocks(self):
        """(name, input channels, output channels, stride) of each residual block, in order."""
        channels = 16 * self.width
        for stage, factor in ((1, 16), (2, 32), (3, 64)):
            for block in range(1, (self.depth - 2) // 6 + 1):
                outputs = factor * self.width
                yield f"stage{stage}.block{block}", channels, outputs, 2 if stage > 1 and block == 1 else 1
                channels = outputs


def _read(file: pathlib.Path, kind: str) -> array.array:
    values = array.array(kind)
    values.frombytes(file.read_bytes())
    if sys.byteorder == "big":
        values.byteswap()
    return values


def say(line: str) -> None:
    print(line, flush=True)


def serve(step, version: str, run=None) -> None:
    """Takes steps as ordered on standard input.

    `step()` takes one, waits for it, and returns the loss before it or None. `run(steps)` takes several and waits for
    the last; by default it calls `step`.
    """
    run = run or (lambda steps: _repeat(step, steps))
    losses = [step()]
    say("@first")
    losses += [step() for _ in range(LOSSES - 1)]
    say("@ready " + json.dumps({
        "losses": [loss for loss in losses if loss is not None],
        "version": version,
        "seconds_per_step": _warm_up(step),
    }))
    for order in sys.stdin:
        if order.strip() == "quit":
            break
        say(f"@ran {_seconds(run, int(order.removeprefix('run ')))}")


def _repeat(step, steps: int) -> None:
    for _ in range(steps):
        step()


def _warm_up(step) -> float:
    """Returns the mean seconds of a step."""
    began, steps, seconds = time.perf_counter(), 0, 0.0
    while steps < LEAST_WARM_UP_STEPS or seconds < WARM_UP_SECONDS:
        step()
        steps += 1
        seconds = time.perf_counter() - began
    return seconds / steps


def _seconds(run, steps: int) -> float:
    began = time.perf_counter()
    run(steps)
    return time.perf_counter() - began
