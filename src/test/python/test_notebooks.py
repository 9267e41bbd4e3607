"""Every notebook runs in the project's own kernel, in a copy of their folder, without an error in a cell.

The code of folded answers, fenced as java in Markdown cells, runs after the cells: it claims what the answers say.
Notebooks tagged slow in their metadata, {"explr": {"slow": true}}, run with --all only.
"""

import pathlib
from collections.abc import Iterator

import pytest

import kernels
from planted import planted, written
from running import ROOT, copied
from sessions import run
from soundness import is_slow, notebooks


@pytest.fixture(scope="module")
def folder() -> Iterator[pathlib.Path]:
    with copied() as folder:
        yield folder


@pytest.mark.parametrize("notebook", notebooks(), ids=lambda notebook: notebook.relative_to(ROOT).as_posix())
def test_runs(notebook: pathlib.Path, folder: pathlib.Path, request: pytest.FixtureRequest):
    if is_slow(notebook) and not request.config.getoption("--all"):
        pytest.skip("slow; runs with --all")
    assert run(notebook, folder, kernels.OWN) == []


def test_an_error_in_the_code_of_a_folded_answer_is_noticed(folder: pathlib.Path, tmp_path: pathlib.Path):
    notebook = planted({"try": "<details>\n\n```java\n1 / 0\n```\n\n</details>"}, "1 + 1")
    complaints = run(written(tmp_path / "faulty.ipynb", notebook), folder, kernels.OWN)
    assert "ArithmeticException" in "\n".join(complaints)
