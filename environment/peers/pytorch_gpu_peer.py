"""The paper's network in Python's PyTorch on an NVIDIA GPU.

    pytorch_gpu_peer.py REFERENCE KIND float32|tf32|float64 THREADS gpu:N

KIND is a key of KINDS. With float32 no convolution and no product uses TF32.
"""

import dataclasses
import importlib.util
import os
import pathlib
import re
import shutil
import sys
import sysconfig

import peer
import pytorch_peer
import torch
from torch.nn import functional

# Steps before the capture: cuDNN chooses its algorithms and libraries allocate their workspaces in the first ones.
WARM_UP = 4
FIRST_WITH_TF32 = (8, 0)


@dataclasses.dataclass(frozen=True)
class Kind:
    """How a step is computed."""

    channels_last: bool = False
    benchmark: bool = False  # cuDNN times its algorithms and takes the fastest
    deterministic: bool = False  # cuDNN takes only algorithms that repeat their bits
    compiled: bool = False  # the network is compiled by torch.compile
    graph: bool = False  # forward, backward and update are captured as one CUDA graph


KINDS = {
    "eager": Kind(),
    "channels_last": Kind(channels_last=True, benchmark=True),
    "graph": Kind(channels_last=True, benchmark=True, graph=True),
    "compile": Kind(channels_last=True, benchmark=True, compiled=True, graph=True),
    "deterministic": Kind(channels_last=True, deterministic=True, graph=True),
    "deterministic_nchw": Kind(deterministic=True, graph=True),
}
PRECISIONS = {"float32": torch.float32, "tf32": torch.float32, "float64": torch.float64}


class Training:
    """Steps of momentum SGD on a ring of batches that lie on the device."""

    def __init__(self, reference: peer.Reference, kind: Kind, dtype: torch.dtype, device: str):
        layout = torch.channels_last if kind.channels_last else torch.contiguous_format
        net = pytorch_peer.network(reference, dtype).to(device).to(memory_format=layout)
        self.optimizer = pytorch_peer.momentum_sgd(reference, net)
        self.state = [*net.parameters(), *net.buffers()]
        self.start = [tensor.detach().clone() for tensor in self.state]
        self.net = torch.compile(net) if kind.compiled else net
        self.batches = [
            (images.to(device), labels.to(device))
            for images, labels in pytorch_peer.batches(reference, dtype, layout)
        ]
        self.images, self.labels = self.batches[0]
        self.steps = 0
        self.replay = None

    def compute(self) -> torch.Tensor:
        """Takes a step on the current batch; returns its loss, still on the device."""
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(self.net(self.images), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def warm_up(self) -> None:
        """Takes some steps on a batch at a fixed address, which a captured graph reads from then on."""
        self.images, self.labels = self.images.clone(), self.labels.clone()
        for _ in range(WARM_UP):
            self.compute()
        # Gradients of captured steps must come from the graph's own memory.
        self.optimizer.zero_grad(set_to_none=True)

    def capture(self, capture) -> None:
        """After a warm-up: captures the step, returns to the start, and takes all further steps by replay."""
        self.replay = capture(self.compute)
        self.restart()

    def restart(self) -> None:
        """Restores the start in place: a captured graph reads and writes these arrays."""
        with torch.no_grad():
            for tensor, value in zip(self.state, self.start):
                tensor.copy_(value)
            for values in self.optimizer.state.values():
                values["momentum_buffer"].zero_()
        self.steps = 0

    def launch(self) -> torch.Tensor:
        """Starts the next step without waiting for it; returns its loss, still on the device."""
        images, labels = self.batches[self.steps % len(self.batches)]
        self.steps += 1
        if self.replay is None:
            self.images, self.labels = images, labels
            return self.compute()
        self.images.copy_(images)
        self.labels.copy_(labels)
        return self.replay()

    def step(self) -> float:
        """Takes the next step, waits for it and returns its loss."""
        return self.launch().item()

    def run(self, steps: int, synchronize) -> None:
        """Takes steps and waits for the last."""
        for _ in range(steps):
            self.launch()
        synchronize()


def cuda_graph(compute):
    """Captures a computation as a CUDA graph; returns a function that replays it."""
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        loss = compute()

    def replay() -> torch.Tensor:
        graph.replay()
        return loss

    return replay


def capture_on_gpu(training: Training) -> None:
    """Warms up on a side stream, as PyTorch requires, and captures."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        training.warm_up()
    torch.cuda.current_stream().wait_stream(side)
    training.capture(cuda_graph)


def set_switches(kind: Kind, precision: str) -> None:
    torch.backends.cudnn.benchmark = kind.benchmark
    torch.backends.cudnn.deterministic = kind.deterministic
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"


def missing(kind: Kind, precision: str, index: int) -> str:
    """What this machine lacks for a kind; empty if nothing."""
    if not torch.cuda.is_available():
        return "no GPU that PyTorch sees"
    if index >= torch.cuda.device_count():
        return f"no gpu:{index} that PyTorch sees, {torch.cuda.device_count()} in all"
    if precision == "tf32" and torch.cuda.get_device_capability(index) < FIRST_WITH_TF32:
        return "no TF32 on this GPU, whose compute capability is below 8.0"
    return missing_for_compiling() if kind.compiled else ""


def missing_for_compiling() -> str:
    """What torch.compile lacks; empty if nothing. It uses Triton, which compiles its launcher in C."""
    if importlib.util.find_spec("triton") is None:
        return "no Triton, which torch.compile needs"
    if not (os.environ.get("CC") or shutil.which("gcc") or shutil.which("clang")):
        return "no C compiler, which torch.compile needs: install gcc"
    if not (pathlib.Path(sysconfig.get_path("include")) / "Python.h").exists():
        return "no Python.h, which torch.compile needs: install Python's header files"
    return ""


def version() -> str:
    cudnn = torch.backends.cudnn.version()
    return f"Python's PyTorch {torch.__version__}, CUDA {torch.version.cuda}, cuDNN {cudnn_version(cudnn)}"


def cudnn_version(encoded: int) -> str:
    """Decodes 10000 major + 100 minor + patch; before version 9, 1000 major."""
    unit = 1000 if encoded < 10_000 else 10_000
    return f"{encoded // unit}.{encoded % unit // 100}.{encoded % 100}"


def check(kind: str, precision: str, device: str) -> None:
    """Ends with a sentence if an argument is unknown."""
    for value, known in ((kind, KINDS), (precision, PRECISIONS)):
        if value not in known:
            sys.exit(f"unknown '{value}'; choose one of {', '.join(known)}")
    if not re.fullmatch(r"gpu:\d{1,3}", device):
        sys.exit(f"unknown device '{device}'; choose gpu:N, for example gpu:0")


def main(folder: str, kind: str, precision: str, threads: str, device: str) -> None:
    check(kind, precision, device)
    index = int(device.removeprefix("gpu:"))
    lack = missing(KINDS[kind], precision, index)
    if lack:
        peer.say(f"@missing {lack}")
        sys.exit(1)
    torch.set_num_threads(int(threads))
    torch.cuda.set_device(index)
    set_switches(KINDS[kind], precision)
    reference = peer.Reference(pathlib.Path(folder))
    training = Training(reference, KINDS[kind], PRECISIONS[precision], f"cuda:{index}")
    if KINDS[kind].graph:
        capture_on_gpu(training)
    peer.serve(training.step, version(), lambda steps: training.run(steps, torch.cuda.synchronize))


if __name__ == "__main__":
    main(*sys.argv[1:])
