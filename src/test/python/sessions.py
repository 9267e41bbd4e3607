"""Runs notebooks in Java kernels. Each function returns its complaints; a notebook that ran to its end has none.

A cell can say what it must show by its metadata {"explr": {"shows": [MIME type, ...]}}. Where several notebooks share a
session, each runs up to its first cell that is tagged long, {"explr": {"long": true}}.
"""

import pathlib

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError

import kernels
from running import Stopped, client, executed
from soundness import answers

SECONDS_A_CELL = 600


def run(path: pathlib.Path, folder: pathlib.Path, kernel: str) -> list[str]:
    """Runs a copy of a notebook in {folder}, its cells first and then the code of its folded answers."""
    try:
        notebook = executed(path, folder, SECONDS_A_CELL, kernel, more=answers)
    except Stopped as error:
        # The error's own text lacks the message where a kernel sends a bare stack trace, as IJava does.
        return [*first_error(nbformat.read(folder / path.name, as_version=4), "the session had ended"), str(error)]
    return other_java(notebook, kernel) + missing(notebook)


def run_together(paths: list[pathlib.Path], folder: pathlib.Path, kernel: str) -> dict[pathlib.Path, list[str]]:
    """Runs notebooks one after another in one session, which is enough to see that their cells run on a kernel.

    A division by zero at the end must be noticed, or nothing else would be.
    """
    notebooks = [until_long(nbformat.read(path, as_version=4)) for path in paths]
    faulty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    session = nbformat.v4.new_notebook()
    session.cells = [cell for notebook in [*notebooks, faulty] for cell in notebook.cells]
    end = "the session had ended"
    try:
        client(session, folder, SECONDS_A_CELL, kernel, allow_errors=True).execute()
    except (CellTimeoutError, DeadKernelError) as error:
        end = str(error)
    assert first_error(faulty, end), "errors in cells are not noticed: a division by zero was not"
    wrong = other_java(session, kernel)
    return {path: wrong + (first_error(notebook, end) or missing(notebook)) for path, notebook in zip(paths, notebooks)}


def other_java(notebook: nbformat.NotebookNode, kernel: str) -> list[str]:
    """A complaint if the session of {notebook} was not on the Java that its kernel is named for."""
    version = notebook.metadata.get("language_info", {}).get("version", "unknown")
    wanted = kernels.VERSIONS.get(kernel)
    return [f"the kernel ran on Java {version}, not {wanted}"] if wanted and version.split(".")[0] != wanted else []


def missing(notebook: nbformat.NotebookNode) -> list[str]:
    """What cells must show and did not."""
    complaints = []
    for i, cell in enumerate(notebook.cells):
        shown = {mime for output in cell.get("outputs", []) for mime in output.get("data", {})}
        for mime in cell.metadata.get("explr", {}).get("shows", []):
            if mime not in shown:
                complaints.append(f"cell {i} shows no {mime}, only {sorted(shown)}")
    return complaints


def until_long(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    long = [i for i, cell in enumerate(notebook.cells) if cell.metadata.get("explr", {}).get("long")]
    if long:
        notebook.cells = notebook.cells[: long[0]]
    return notebook


def first_error(notebook: nbformat.NotebookNode, end: str) -> list[str]:
    for i, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            for output in cell.outputs:
                if output.output_type == "error":
                    return [f"cell {i}: {output.ename}: {output.evalue}"]
            if cell.source.strip() and cell.execution_count is None:
                return [f"cell {i} was not run: {end}"]
    return []
