"""Every notebook runs on the other kernels too: on Java 25, and through IJava's interface.

Three run as they do for a reader. The others run one after another in one session, which is enough to see that their
cells run there; with --all each of them runs to its end in a session of its own.
"""

import pathlib
from collections.abc import Iterator

import pytest

import kernels
from running import ROOT, copied
from sessions import run, run_together
from soundness import is_slow, notebooks

# One that trains, one of theory and figures, one with a live figure.
WHOLE = ["quickstart", "schedules", "figure-1"]


@pytest.fixture(scope="module")
def folder() -> Iterator[pathlib.Path]:
    with copied() as folder:
        yield folder


@pytest.fixture(scope="module", params=list(kernels.OTHERS))
def kernel(request: pytest.FixtureRequest, folder: pathlib.Path) -> Iterator[str]:
    """The name of a kernel that this process and its children know meanwhile."""
    with pytest.MonkeyPatch.context() as environment:
        try:
            kernels.offer(request.param, folder.parent, environment)
        except kernels.Missing as lack:
            pytest.skip(f"{request.param}: {lack}")
        yield request.param


@pytest.fixture(scope="module")
def together(kernel: str, folder: pathlib.Path, request: pytest.FixtureRequest) -> dict[pathlib.Path, list[str]]:
    """The complaints about each notebook that shares a session, of those that were chosen to be tested."""
    chosen = [item.callspec.params for item in request.session.items if item.module is request.module]
    paths = [params["notebook"] for params in chosen if params["kernel"] == kernel]
    return run_together([path for path in paths if path.stem not in WHOLE and not is_slow(path)], folder, kernel)


@pytest.mark.parametrize("notebook", notebooks(), ids=lambda notebook: notebook.relative_to(ROOT).as_posix())
def test_runs(kernel: str, notebook: pathlib.Path, folder: pathlib.Path, request: pytest.FixtureRequest):
    every = request.config.getoption("--all")
    if is_slow(notebook) and not every:
        pytest.skip("slow; runs with --all")
    if every or notebook.stem in WHOLE:
        assert run(notebook, folder, kernel) == []
    else:
        assert request.getfixturevalue("together")[notebook] == []
