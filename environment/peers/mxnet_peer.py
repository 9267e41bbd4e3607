"""The paper's network in Python's MXNet: hybridized as its users do, or tuned.

    mxnet_peer.py REFERENCE usual|tuned float32 THREADS

Threads and engine type are read by MXNet from the environment when it loads.
"""

import itertools
import pathlib
import sys

import peer

try:
    import mxnet as mx
    import numpy
    from mxnet import autograd, gluon
    from mxnet.gluon import nn
except ImportError as missing:
    peer.say(f"@missing {missing}")
    sys.exit(1)


class Builder:
    """Makes layers, and remembers which weights of the reference each starts from."""

    def __init__(self, reference: peer.Reference, tuned: bool):
        self.reference, self.tuned, self.named = reference, tuned, {}

    def conv(self, name: str, inputs: int, outputs: int, kernel: int, stride: int):
        layer = nn.Conv2D(outputs, kernel, stride, kernel // 2, in_channels=inputs, use_bias=False)
        self.named[name] = layer
        return layer

    def norm(self, channels: int):
        return nn.BatchNorm(
            epsilon=self.reference.epsilon, scale=False, center=False, in_channels=channels)

    def relu(self, F, x):
        # Only Activation stays in oneDNN's blocked layout.
        return F.Activation(x, act_type="relu") if self.tuned else F.relu(x)


class Block(gluon.HybridBlock):
    def __init__(self, build: Builder, name: str, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.relu = build.relu
        self.norm1, self.norm2 = build.norm(inputs), build.norm(outputs)
        self.conv1 = build.conv(name + ".conv1", inputs, outputs, 3, stride)
        self.conv2 = build.conv(name + ".conv2", outputs, outputs, 3, 1)
        self.shortcut = build.conv(name + ".shortcut", inputs, outputs, 1, stride) if stride > 1 else None

    def hybrid_forward(self, F, x):
        active = self.relu(F, self.norm1(x))
        y = self.conv2(self.relu(F, self.norm2(self.conv1(active))))
        return y + (x if self.shortcut is None else self.shortcut(active))


class PreResNet(gluon.HybridBlock):
    def __init__(self, build: Builder):
        super().__init__()
        width = build.reference.width
        self.relu = build.relu
        self.body = nn.HybridSequential()
        self.body.add(build.conv("conv", 3, 16 * width, 3, 1))
        for name, inputs, outputs, stride in build.reference.blocks():
            self.body.add(Block(build, name, inputs, outputs, stride))
        self.norm = build.norm(64 * width)
        self.classifier = nn.Dense(10, in_units=64 * width, use_bias=False)
        build.named["classifier"] = self.classifier

    def hybrid_forward(self, F, x):
        x = self.relu(F, self.norm(self.body(x)))
        return self.classifier(F.Pooling(x, global_pool=True, pool_type="avg", kernel=(1, 1)))


def training(reference: peer.Reference, tuned: bool):
    """A function that takes a training step."""
    build = Builder(reference, tuned)
    net = PreResNet(build)
    net.initialize()
    for name, (values, shape) in reference.weights.items():
        weight = numpy.frombuffer(values, dtype=numpy.float64).reshape(shape).astype(numpy.float32)
        build.named[name].weight.set_data(mx.nd.array(weight))
    net.classifier.weight.grad_req = "null"
    net.hybridize(static_alloc=tuned, static_shape=tuned)
    criterion = gluon.loss.SoftmaxCrossEntropyLoss()
    criterion.hybridize()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {
        "learning_rate": reference.learning_rate,
        "momentum": reference.momentum,
        "wd": reference.weight_decay,
    })
    batches = []
    for number in range(reference.batches):
        pixels, labels = reference.batch(number)
        images = numpy.frombuffer(pixels, dtype=numpy.float32).reshape(-1, 3, 32, 32)
        batches.append((mx.nd.array(images), mx.nd.array(numpy.frombuffer(labels, dtype=numpy.int32))))
    endless = itertools.cycle(batches)

    def step() -> float:
        images, labels = next(endless)
        with autograd.record():
            loss = criterion(net(images), labels)
        loss.backward()
        trainer.step(reference.batch_size)
        value = float(loss.mean().asscalar())
        mx.nd.waitall()
        return value

    return step


def main(folder: str, variant: str, _precision: str, _threads: str) -> None:
    reference = peer.Reference(pathlib.Path(folder))
    peer.serve(training(reference, variant == "tuned"), f"Python's MXNet {mx.__version__}")


if __name__ == "__main__":
    main(*sys.argv[1:])
