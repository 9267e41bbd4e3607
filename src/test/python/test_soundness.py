"""Every notebook is sound before it runs; and each check notices the fault that it is for."""

import pathlib
import subprocess

import nbformat
import pytest

import soundness
from planted import SOUND, changed, planted, written
from running import ROOT
from sessions import missing


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    """Where a planted notebook goes: next to one that it links to."""
    written(tmp_path / "00-index.ipynb", planted({"question": "# Where?\n\n## Its answer"}))
    return tmp_path / "planted.ipynb"


@pytest.mark.parametrize("notebook", soundness.notebooks(), ids=lambda notebook: notebook.relative_to(ROOT).as_posix())
def test_notebook_is_sound(notebook: pathlib.Path):
    assert soundness.faults(notebook) == []


def test_a_sound_notebook_has_no_fault(path: pathlib.Path):
    assert soundness.faults(written(path, planted(SOUND))) == []


def test_the_code_of_an_answer_in_a_list_is_found():
    assert [cell.source for cell in soundness.answers(planted(SOUND))] == ["int two = 1 + 1;\n"]


@pytest.mark.parametrize(
    ("check", "cell", "old", "new"),
    [
        pytest.param(soundness.unclaimed, "try", "```java", "```text", id="a folded answer without code"),
        pytest.param(soundness.unclaimed, "try", "</details>", "</details><details></details>", id="a second answer without code"),
        pytest.param(soundness.astray, "next", "00-index", "planted", id="no link to the overview"),
        pytest.param(soundness.broken_links, "question", "00-index.ipynb#", "nowhere.ipynb#", id="a link to no notebook"),
        pytest.param(soundness.broken_links, "question", "#Its", "#Her", id="a link to no part of one"),
        pytest.param(soundness.broken_links, "question", "#Does", "#Did", id="a link to no part of itself"),
    ],
)
def test_a_fault_is_noticed(path: pathlib.Path, check, cell: str, old: str, new: str):
    notebook = written(path, changed(cell, old, new))
    assert check(notebook)
    assert soundness.faults(notebook)


def test_a_missing_last_cell_is_noticed(path: pathlib.Path):
    assert soundness.astray(written(path, planted({"try": "[back](00-index.ipynb)"})))


@pytest.mark.parametrize(("length", "faults"), [(soundness.LINE, 0), (soundness.LINE + 1, 1)])
def test_only_a_line_that_runs_out_of_view_is_too_long(path: pathlib.Path, length: int, faults: int):
    assert len(soundness.long_lines(written(path, planted(SOUND, "x" * length)))) == faults


@pytest.mark.parametrize(("in_git", "in_file", "faults"), [(True, False, 1), (False, True, 0)])
def test_only_outputs_in_git_are_a_fault(path: pathlib.Path, in_git: bool, in_file: bool, faults: int):
    subprocess.run(["git", "init", "--quiet", path.parent], check=True)
    subprocess.run(["git", "-C", path.parent, "add", written(path, with_output(in_git))], check=True)
    assert len(soundness.outputs_in_git(written(path, with_output(in_file)))) == faults


@pytest.mark.parametrize(("promised", "faults"), [("text/html", 1), ("text/plain", 0)])
def test_a_promised_output_that_is_missing_is_noticed(promised: str, faults: int):
    notebook = with_output(True)
    notebook.cells[-1].metadata["explr"] = {"shows": [promised]}
    assert len(missing(notebook)) == faults


def with_output(shown: bool) -> nbformat.NotebookNode:
    notebook = planted(SOUND, "1 + 1")
    if shown:
        notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/plain": "2"})]
    return notebook
