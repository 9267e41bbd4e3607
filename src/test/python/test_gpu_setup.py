"""What a GPU needs is installed where a driver is found, here a stand-in for one, and nowhere else."""

import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys

import kernelspec
import pytest

from test_setup import ROOT, checkout, in_setup  # noqa: F401, a fixture

# All that PyPI's PyTorch takes from the driver when it is loaded, and what explr asks it: no card, and no error.
DRIVER_FUNCTIONS = """cuInit cuDriverGetVersion cuDeviceGetCount cuCtxGetCurrent cuCtxSetCurrent
    cuDevicePrimaryCtxGetState cuDevicePrimaryCtxRetain cuFuncGetAttribute cuFuncSetAttribute cuGetErrorString
    cuLaunchCooperativeKernel cuLaunchKernel cuLinkAddData_v2 cuLinkComplete cuLinkCreate_v2 cuModuleGetFunction
    cuModuleLoadData cuModuleLoadDataEx cuModuleUnload cuOccupancyMaxActiveBlocksPerMultiprocessor
    cuTensorMapEncodeTiled""".split()
NO_DRIVER = "driver_folders=(); ldconfig() { :; }"
# What would take minutes only reports that it was called.
STUBS = "install_gpu() { echo installs; }; start_gpu_engine() { :; }; java() { :; }; library() { :; }; python=python3"
LEAST_FREE_GB = 15
VARIABLES = ("EXPLR_DEVICE", "LD_LIBRARY_PATH", "PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR")


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with a libcuda.so.1 that lists no card."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        pytest.skip("the GPU library is for Linux on x86-64")
    if not shutil.which("cc"):
        pytest.skip("the stand-in for the driver needs a C compiler, cc")
    folder = tmp_path_factory.mktemp("driver")
    source = folder / "driver.c"
    source.write_text("".join(f"int {name}(void) {{ return 0; }}\n" for name in DRIVER_FUNCTIONS))
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "libcuda.so.1", source], check=True)
    return folder


def environment(**variables: object) -> dict[str, str]:
    """This process's, in which the test alone chooses the device and the libraries."""
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return kept | {name: str(value) for name, value in variables.items()}


def prepare(checkout: pathlib.Path, *arguments: str, before: str = ":", **variables: object) -> tuple[str, str, str]:
    """Prepares the GPU with the installation left out: what it says, and what Java sees."""
    script = (
        f"{STUBS}; {NO_DRIVER}; {before}; arguments=({' '.join(arguments)}); gpu;"
        ' echo "torch=${PYTORCH_LIBRARY_PATH:-}"; echo "folders=${LD_LIBRARY_PATH:-}"'
    )
    done = subprocess.run(in_setup(checkout, script), capture_output=True, text=True, env=environment(**variables))
    assert done.returncode == 0, done.stderr
    said, torch, folders = re.fullmatch(r"(.*)torch=(.*)\nfolders=(.*)\n", done.stdout, re.DOTALL).groups()
    return said + done.stderr, torch, folders


def test_where_a_driver_is_found_the_gpu_library_is_installed_and_seen_by_java(checkout, driver):
    said, torch, folders = prepare(checkout, LD_LIBRARY_PATH=driver)
    gpu = checkout / ".explr/gpu"
    assert said == "installs\n"
    assert torch == f"{gpu}/packages/torch/lib"
    assert folders.split(":")[0] == f"{gpu}/links"
    assert folders.split(":")[-1] == str(driver)


def test_without_a_driver_nothing_is_installed(checkout):
    assert prepare(checkout) == ("", "", "")
    assert not (checkout / ".explr/gpu").exists()


@pytest.mark.parametrize("found", ["by the linker", "in a usual folder"])
def test_a_driver_outside_of_ld_library_path_is_found(checkout, driver, found):
    linker = f"ldconfig() {{ printf '\\tlibcuda.so.1 (libc6,x86-64) => {driver}/libcuda.so.1\\n'; }}"
    before = linker if found == "by the linker" else f"driver_folders=('{driver}')"
    said, _, folders = prepare(checkout, before=before)
    assert said == "installs\n"
    assert (str(driver) in folders.split(":")) == (found == "in a usual folder"), "Java's linker must find it too"


@pytest.mark.parametrize(
    "arguments, variable, installs",
    [
        (["--device", "cpu"], "", False),
        (["--device=cpu", "--figures", "1"], "auto", False),
        ([], "cpu", False),
        (["--device", "auto"], "cpu", True),
        (["--device", "gpu:0"], "", True),
    ],
)
def test_nothing_is_installed_for_the_cpu(checkout, driver, arguments, variable, installs):
    said, torch, _ = prepare(checkout, *arguments, LD_LIBRARY_PATH=driver, EXPLR_DEVICE=variable)
    assert (said != "", torch != "") == (installs, installs)


def test_a_libtorch_of_the_users_own_is_used_and_nothing_is_installed(checkout, driver):
    assert prepare(checkout, LD_LIBRARY_PATH=driver, PYTORCH_LIBRARY_PATH="/my/libtorch/lib") == (
        "",
        "/my/libtorch/lib",
        str(driver),
    )
    assert prepare(checkout, LD_LIBRARY_PATH=driver, PYTORCH_LIBRARY_PATH=" ")[0] == "installs\n", "blank is unset"


def test_nothing_is_installed_on_other_processors(checkout, driver):
    assert prepare(checkout, before='uname() { echo "Linux aarch64"; }', LD_LIBRARY_PATH=driver)[0] == ""


def test_nothing_is_downloaded_for_a_card_that_it_has_no_kernels_for(checkout, driver):
    said, torch, folders = prepare(checkout, before="java() { echo the card is too new; }", LD_LIBRARY_PATH=driver)
    assert said == "explr: nothing is installed for a GPU: the card is too new\n"
    assert (torch, folders) == ("", str(driver))


def test_an_installation_that_fails_says_what_to_do_and_is_repeated(checkout, driver):
    script = f"{NO_DRIVER}; java() {{ :; }}; library() {{ :; }}; need_python; arguments=(); gpu"
    for _ in range(2):
        done = subprocess.run(
            in_setup(checkout, script),
            capture_output=True,
            text=True,
            env=environment(LD_LIBRARY_PATH=driver, PIP_NO_INDEX=1, PIP_FIND_LINKS=checkout),
        )
        assert done.returncode == 1
        assert "(2.8 GB to download, 4.8 GB on disk" in done.stderr
        assert "With --device cpu it is not needed" in done.stderr


def test_the_kernelspec_names_the_gpu_library_for_kernels_that_another_jupyter_starts(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/cuda")
    assert "LD_LIBRARY_PATH" not in kernelspec.environment("JJAVA"), "without a GPU library it is not this project's"
    monkeypatch.setenv("PYTORCH_LIBRARY_PATH", "/torch")
    seen = kernelspec.environment("JJAVA")
    assert (seen["PYTORCH_LIBRARY_PATH"], seen["LD_LIBRARY_PATH"]) == ("/torch", "/cuda")


def locked(name: str) -> dict[str, str]:
    """Packages by their names, with version, marker and hashes."""
    text = (ROOT / f"environment/{name}.txt").read_text()
    blocks = re.findall(r"^\S.*(?:\n[ \t].*)*", text, re.MULTILINE)
    return {block.split("==")[0]: block for block in blocks}


def test_the_lock_is_that_of_the_benchmark_and_of_djls_bridge():
    gpu = locked("requirements-gpu")
    assert gpu.items() <= locked("requirements-benchmark").items()
    assert all("--hash=sha256:" in block for block in gpu.values())
    assert {name for name in gpu if not name.startswith("nvidia-")} == {"torch"}
    version = re.search(r"<pytorch.version>(.*)</pytorch.version>", (ROOT / "pom.xml").read_text()).group(1)
    assert gpu["torch"].startswith(f"torch=={version} ")
    assert f"torch_version={version}\n" in (ROOT / "environment/gpu.sh").read_text()


def with_gpu_library(home: pathlib.Path, driver: pathlib.Path, script: str, **variables: object):
    """Runs a script of this checkout after the set-up of the GPU in a home folder."""
    prepared = f"{NO_DRIVER}; export EXPLR_HOME='{home}'; . '{ROOT}/environment/setup.sh'; need_java; need_python"
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; {prepared}; arguments=(); gpu; {script}"],
        capture_output=True,
        text=True,
        env=environment(LD_LIBRARY_PATH=driver, **variables),
    )


@pytest.fixture(scope="session")
def gpu_home(driver, tmp_path_factory) -> pathlib.Path:
    """A home folder with the GPU library in gpu/packages, downloaded once: EXPLR_TEST_GPU_HOME, or one of the tests' own."""
    chosen = os.environ.get("EXPLR_TEST_GPU_HOME")
    home = pathlib.Path(chosen or pathlib.Path(os.environ.get("EXPLR_HOME") or ROOT / ".explr") / "gpu-tests")
    installed = (home / "gpu/requirements-gpu.stamp").exists()
    if not installed:
        home.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(home).free / 1e9
        if free < LEAST_FREE_GB:
            pytest.skip(f"needs {LEAST_FREE_GB} GB of disk for the GPU library; {home} has {free:.0f}")
        small = locked("requirements-gpu")["nvidia-nvtx-cu12"].split(" ")[0]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir", "--dest"]
        answer = subprocess.run([*pip, tmp_path_factory.mktemp("answer"), small], capture_output=True, timeout=300)
        if answer.returncode:
            pytest.skip("PyPI does not answer, so the GPU library cannot be installed")
    done = with_gpu_library(home, driver, ":")
    assert done.returncode == 0, done.stderr
    assert installed or "2.8 GB to download" in done.stderr
    return home


def test_the_gpu_library_trains_on_the_cpu_where_the_driver_lists_no_card(driver, gpu_home, tmp_path):
    profile = ROOT / "src/test/resources/explr/experiment/tiny.json"

    def reproduce(*options: str) -> subprocess.CompletedProcess:
        options = ("--profile", f"'{profile}'", "--output", f"'{tmp_path}/out'", *options)
        command = f'java -jar "$(library)" reproduce {" ".join(options)}'
        return with_gpu_library(gpu_home, driver, command, EXPLR_STORE=tmp_path / "store")

    trained = reproduce("--engine", "pytorch")
    assert trained.returncode == 0, trained.stderr
    first = trained.stdout.splitlines()[0]
    assert first.startswith("PyTorch 2.7.1 on cpu, ")
    assert first.endswith("(no GPU is used: the NVIDIA driver lists no card)")
    manifests = list((tmp_path / "out/runs").glob("*/manifest.json"))
    assert manifests
    for manifest in manifests:
        assert "2.7.1+cu126" in manifest.read_text(), "the libtorch of PyPI, not DJL's"

    refused = reproduce("--device", "gpu:0")
    assert refused.returncode == 2
    assert "explr: device gpu:0 cannot be used: the NVIDIA driver lists no card" in refused.stderr
    assert "to download" not in refused.stderr, "it is installed once"


def exported_by(library: pathlib.Path) -> set[str]:
    """The functions that a shared library defines."""
    listed = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in listed.splitlines() if line.strip()}


def test_every_function_that_java_calls_by_name_is_in_the_library(gpu_home):
    if not shutil.which("nm"):
        pytest.skip("nm, of binutils, lists what a library exports")
    packages = gpu_home / "gpu/packages"
    cuda = {name for lib in ("libc10_cuda.so", "libtorch_cuda.so") for name in exported_by(packages / "torch/lib" / lib)}
    runtime = exported_by(next(packages.glob("nvidia/cuda_runtime/lib/libcudart.so.*")))
    context = exported_by(packages / "torch/lib/libtorch_cpu.so")
    sources = ROOT / "src/main/java/explr/engine"
    graphs = (sources / "TorchCuda.java").read_text() + (sources / "CudaStreams.java").read_text()
    switches = (sources / "TorchSwitches.java").read_text()

    called = set(re.findall(r'"(_Z\w+)"', graphs))
    assert len(called) == 9
    assert called - cuda == {"_ZN2at4cuda9CUDAGraphC1Eb"}, "the constructor of later versions; 2.7 has the other one"
    called = set(re.findall(r'"(cuda[A-Z]\w+)"', graphs))
    assert len(called) == 10 and called <= runtime
    pairs = re.findall(r'\("(\d+set\w+Eb)", "(\d+\w+Ev)"\)', switches)
    assert len(pairs) == 4
    for setter, getter in pairs:
        assert {"_ZN2at7Context" + setter, "_ZNK2at7Context" + getter} <= context
    assert "_ZN2at13globalContextEv" in context
    assert "_ZN2at4cuda9CUDAGraph6replayXv" not in cuda, "a name that nobody exports is missed"
