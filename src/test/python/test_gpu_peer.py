"""The benchmark's peer for a GPU: its arguments, what it says without a GPU, and all of its steps but the capture.

Steps run on the CPU, in the environment that environment/benchmark --with-python installs.
"""

import array
import json
import math
import os
import pathlib
import random
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEERS = ROOT / "environment/peers"
HOME = pathlib.Path(os.environ.get("EXPLR_HOME", ROOT / ".explr"))
PYTORCH = HOME / "benchmark-venv/bin/python"

# As much of PyTorch as the peer touches on a machine without a GPU.
STAND_IN = {
    "torch/__init__.py": """
__version__ = "0"
dtype = memory_format = Tensor = float32 = float64 = object
class optim: SGD = object
class cuda:
    @staticmethod
    def is_available(): return False
""",
    "torch/nn/__init__.py": "class Module: pass\n",
    "torch/nn/functional.py": "",
}

STEPS = """
import json, pathlib, sys
import peer, pytorch_gpu_peer, pytorch_peer, torch

reference = peer.Reference(pathlib.Path(sys.argv[1]))
torch.manual_seed(0)
losses = {"cpu": [step() for step in [pytorch_peer.training(reference, "eager", torch.float32)] * 4]}
for name, kind in pytorch_gpu_peer.KINDS.items():
    if kind.compiled:
        continue
    training = pytorch_gpu_peer.Training(reference, kind, torch.float32, "cpu")
    if kind.graph:
        training.warm_up()
        training.capture(lambda compute: compute)
    losses[name] = [training.step(), training.step()]
    training.run(1, lambda: None)
    losses[name].insert(2, None)
    losses[name].append(training.step())
unrestored = pytorch_gpu_peer.Training(reference, pytorch_gpu_peer.KINDS["graph"], torch.float32, "cpu")
unrestored.restart = lambda: None
unrestored.warm_up()
unrestored.capture(lambda compute: compute)
losses["unrestored"] = [unrestored.step()]
print(json.dumps(losses))
"""


def tensors():
    """(name, shape) of PreResNet-8's weights."""
    yield "conv", [16, 3, 3, 3]
    channels = 16
    for stage, outputs in ((1, 16), (2, 32), (3, 64)):
        yield f"stage{stage}.block1.conv1", [outputs, channels, 3, 3]
        yield f"stage{stage}.block1.conv2", [outputs, outputs, 3, 3]
        if stage > 1:
            yield f"stage{stage}.block1.shortcut", [outputs, channels, 1, 1]
        channels = outputs
    yield "classifier", [10, 64]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder as explr.benchmark.Reference writes it, of noise."""
    folder = tmp_path_factory.mktemp("reference")
    generator = random.Random(0)
    described, weights = [], array.array("d")
    for name, shape in tensors():
        size, deviation = math.prod(shape), math.sqrt(2 / math.prod(shape[1:]))
        described.append({"name": name, "shape": shape, "offset": len(weights), "size": size})
        weights.extend(generator.gauss(0, deviation) for _ in range(size))
    images = array.array("f", (generator.gauss(0, 1) for _ in range(3 * 8 * 3072)))
    labels = array.array("i", (generator.randrange(10) for _ in range(3 * 8)))
    for name, values in (("weights.f64", weights), ("images.f32", images), ("labels.i32", labels)):
        (folder / name).write_bytes(values.tobytes())
    (folder / "reference.json").write_text(json.dumps({
        "depth": 8, "width": 1, "batch_size": 8, "batches": 3, "learning_rate": 0.1, "momentum": 0.9,
        "weight_decay": 5e-4, "epsilon": 1e-5, "tensors": described,
    }))
    return folder


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("stand-in")
    for name, text in STAND_IN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def peer_says(packages: pathlib.Path | None, *arguments: str) -> subprocess.CompletedProcess:
    environment = os.environ | ({"PYTHONPATH": str(packages)} if packages else {})
    command = [sys.executable, PEERS / "pytorch_gpu_peer.py", "nowhere", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_without_a_gpu_it_says_that_one_is_missing(stand_in: pathlib.Path):
    ended = peer_says(stand_in, "graph", "tf32", "1", "gpu:0")
    assert (ended.returncode, ended.stdout) == (1, "@missing no GPU that PyTorch sees\n")


@pytest.mark.parametrize(("arguments", "sentence"), [
    (("graphs", "tf32", "1", "gpu:0"), "unknown 'graphs'; choose one of eager, channels_last, graph"),
    (("graph", "bfloat16", "1", "gpu:0"), "unknown 'bfloat16'; choose one of float32, tf32, float64"),
    (("graph", "tf32", "1", "cuda:0"), "unknown device 'cuda:0'; choose gpu:N"),
])
def test_unknown_arguments_are_refused(stand_in: pathlib.Path, arguments: tuple[str, ...], sentence: str):
    ended = peer_says(stand_in, *arguments)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(sentence)


@pytest.fixture(scope="module")
def losses(reference: pathlib.Path) -> dict[str, list[float]]:
    if not PYTORCH.exists():
        pytest.skip(f"there is no {PYTORCH}; environment/benchmark --with-python installs it")
    ended = subprocess.run(
        [PYTORCH, "-c", STEPS, reference], env=os.environ | {"PYTHONPATH": str(PEERS)},
        capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("kind", ["eager", "channels_last", "graph", "deterministic", "deterministic_nchw"])
def test_each_kind_takes_the_steps_of_the_peer_for_a_cpu(losses: dict[str, list[float]], kind: str):
    for step in (0, 1, 3):
        assert losses[kind][step] == pytest.approx(losses["cpu"][step], rel=10.0 ** (step - 5))


def test_the_comparison_would_see_steps_that_do_not_begin_at_the_start(losses: dict[str, list[float]]):
    assert abs(losses["unrestored"][0] / losses["cpu"][0] - 1) > 1e-2
