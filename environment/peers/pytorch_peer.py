"""The paper's network in Python's PyTorch, as its users train it.

    pytorch_peer.py REFERENCE eager|channels_last|compile float32|float64 THREADS
    pytorch_peer.py REFERENCE gemm float32 THREADS          oneDNN's matrix product, the roof
"""

import inspect
import itertools
import pathlib
import sys
import textwrap

import peer

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as missing:
    peer.say(f"@missing {missing}")
    sys.exit(1)

# Three products of this side are as many operations as a training step of the paper's network and batch.
GEMM_SIDE = 2048
GEMMS = 3


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int, epsilon: float):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs, eps=epsilon, affine=False)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs, eps=epsilon, affine=False)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False) if stride > 1 else None

    def forward(self, x):
        active = functional.relu(self.norm1(x))
        y = self.conv2(functional.relu(self.norm2(self.conv1(active))))
        return y + (x if self.shortcut is None else self.shortcut(active))


class PreResNet(nn.Module):
    """Its weights bear the names that they have in the reference."""

    def __init__(self, reference: peer.Reference):
        super().__init__()
        self.conv = nn.Conv2d(3, 16 * reference.width, 3, padding=1, bias=False)
        for name, inputs, outputs, stride in reference.blocks():
            stage, block = name.split(".")
            if not hasattr(self, stage):
                self.add_module(stage, nn.Sequential())
            getattr(self, stage).add_module(block, Block(inputs, outputs, stride, reference.epsilon))
        self.norm = nn.BatchNorm2d(64 * reference.width, eps=reference.epsilon, affine=False)
        self.classifier = nn.Linear(64 * reference.width, 10, bias=False)
        self.classifier.weight.requires_grad = False

    def forward(self, x):
        x = self.stage3(self.stage2(self.stage1(self.conv(x))))
        return self.classifier(functional.relu(self.norm(x)).mean((2, 3)))


def name_arrays_apart() -> None:
    """Lets torch.compile of PyTorch 2.7 compile this network.

    Where few channels are reduced over many pixels its generated C++ declares two arrays of one name, one element a
    thread and one element a channel, and no compiler takes it. Here the first gets its own name.
    """
    from torch._inductor.codegen import cpp

    method = "_gen_parallel_reduction_buffers"
    source = textwrap.dedent(inspect.getsource(getattr(cpp.CppKernel, method)))
    source = source.replace('f"{acc}_arr[tid]"', 'f"{acc}_thread_arr[tid]"')
    source = source.replace("reduction_prefix_array(\n            acc,", "reduction_prefix_array(\n            f'{acc}_thread',")
    exec(source, vars(cpp))
    setattr(cpp.CppKernel, method, getattr(cpp, method))


def network(reference: peer.Reference, dtype: torch.dtype) -> nn.Module:
    """The network with the weights of the reference, on the CPU."""
    net = PreResNet(reference).to(dtype)
    with torch.no_grad():
        for name, (values, shape) in reference.weights.items():
            weight = net.get_parameter(name + ".weight")
            weight.copy_(torch.frombuffer(values, dtype=torch.float64).reshape(shape))
    return net


def compiled(net: nn.Module) -> nn.Module:
    if torch.__version__.startswith("2.7."):
        name_arrays_apart()
    return torch.compile(net)


def batches(reference: peer.Reference, dtype: torch.dtype, layout: torch.memory_format) -> list:
    """(images, labels) of each batch, on the CPU."""
    pairs = []
    for number in range(reference.batches):
        pixels, labels = reference.batch(number)
        images = torch.frombuffer(pixels, dtype=torch.float32).reshape(-1, 3, 32, 32).to(dtype)
        pairs.append((
            images.contiguous(memory_format=layout),
            torch.frombuffer(labels, dtype=torch.int32).long(),
        ))
    return pairs


def momentum_sgd(reference: peer.Reference, net: nn.Module) -> torch.optim.SGD:
    return torch.optim.SGD(
        [weight for weight in net.parameters() if weight.requires_grad],
        lr=reference.learning_rate, momentum=reference.momentum, weight_decay=reference.weight_decay)


def training(reference: peer.Reference, variant: str, dtype: torch.dtype):
    """A function that takes a training step."""
    layout = torch.channels_last if variant == "channels_last" else torch.contiguous_format
    net = network(reference, dtype).to(memory_format=layout)
    optimizer = momentum_sgd(reference, net)
    if variant == "compile":
        net = compiled(net)
    endless = itertools.cycle(batches(reference, dtype, layout))

    def step() -> float:
        images, labels = next(endless)
        optimizer.zero_grad()
        loss = functional.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def gemm():
    """A function that multiplies large matrices with oneDNN, in its own layout, and returns no loss."""
    from torch.utils import mkldnn

    torch.manual_seed(0)
    linear = mkldnn.to_mkldnn(nn.Linear(GEMM_SIDE, GEMM_SIDE).eval())
    matrix = torch.randn(GEMM_SIDE, GEMM_SIDE).to_mkldnn()

    def step() -> None:
        with torch.no_grad():
            for _ in range(GEMMS):
                linear(matrix)

    return step


def main(folder: str, variant: str, precision: str, threads: str) -> None:
    torch.set_num_threads(int(threads))
    version = f"Python's PyTorch {torch.__version__}"
    if variant == "gemm":
        peer.serve(gemm(), version)
    else:
        reference = peer.Reference(pathlib.Path(folder))
        peer.serve(training(reference, variant, getattr(torch, precision)), version)


if __name__ == "__main__":
    main(*sys.argv[1:])
