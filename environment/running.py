"""Runs notebooks in the real Java kernel, in a copy of their folder, for who checks them and who shows them."""

import contextlib
import pathlib
import shutil
import tempfile
from collections.abc import Callable, Iterator

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Stopped(Exception):
    """A notebook did not run to its end; the text tells all, {line} the same in one line."""

    def __init__(self, whole: str, line: str):
        super().__init__(whole)
        self.line = line


@contextlib.contextmanager
def copied() -> Iterator[pathlib.Path]:
    """A copy of the folder of the notebooks, with what is recorded beside them, which is deleted after use."""
    with tempfile.TemporaryDirectory(prefix="explr-notebooks-") as scratch:
        folder = pathlib.Path(scratch) / "notebooks"
        shutil.copytree(ROOT / "notebooks", folder)
        yield folder


def client(
    notebook: nbformat.NotebookNode, folder: pathlib.Path, seconds_a_cell: int | None, kernel: str, **options
) -> NotebookClient:
    """What runs a notebook's cells, in {folder}. The state of widgets would be megabytes that no page has use for."""
    place = {"metadata": {"path": str(folder)}}
    return NotebookClient(
        notebook, timeout=seconds_a_cell, kernel_name=kernel, store_widget_state=False, resources=place, **options
    )


def executed(
    path: pathlib.Path,
    folder: pathlib.Path,
    seconds_a_cell: int | None,
    kernel: str = "java",
    more: Callable[[nbformat.NotebookNode], list] = lambda notebook: [],
) -> nbformat.NotebookNode:
    """Runs a notebook in {folder}, where it is also left with its outputs, whether it came to its end or not.

    The cells that {more} makes of it run after its own.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += more(notebook)
    log = folder / "kernel.log"
    try:
        # What the kernel's process says of itself is of interest only where it ends.
        with open(log, "w") as output:
            client(notebook, folder, seconds_a_cell, kernel).execute(stdout=output, stderr=output)
    except CellExecutionError as error:
        raise Stopped(str(error), f"{place(notebook)} failed: {error.ename}: {first_line(error.evalue)}") from error
    except CellTimeoutError as error:
        raise Stopped(str(error), f"a cell took longer than {seconds_a_cell} s") from error
    except DeadKernelError as error:
        said = log.read_text().strip()
        raise Stopped(f"{error}\n{said}", f"the kernel ended: {(said.splitlines() or ['without a word'])[-1]}") from error
    finally:
        nbformat.write(notebook, folder / path.name)
    return notebook


def place(notebook: nbformat.NotebookNode) -> str:
    """Which cell failed, by its number among all cells, counted from 1."""
    for number, cell in enumerate(notebook.cells, 1):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return f"cell {number}"
    return "a cell"


def first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0]
