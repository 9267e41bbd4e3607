"""Runs every notebook in the real Java kernel, in a copy; an error in a cell is a failure.

    check_notebooks.py REPORT [--all] [NOTEBOOK...]

The code of folded answers, fenced as java in Markdown cells, runs after the cells: it claims what the answers say.

A cell can say what it must show, by its metadata {"explr": {"shows": [MIME type, ...]}}. Notebooks tagged slow
in their metadata, {"explr": {"slow": true}}, run with --all alone. Without NOTEBOOK: those of the project.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

import nbformat

from running import ROOT, Stopped, copied, executed

SECONDS_A_CELL = 600
LINE = 90  # longer ones run out of view in JupyterLab


def notebooks() -> list[pathlib.Path]:
    return sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "src/test/notebooks").glob("*.ipynb")])


def committed(path: pathlib.Path) -> str:
    """The notebook as git has it; the file itself where this is no checkout or git does not know it."""
    name = path.relative_to(ROOT).as_posix()
    shown = subprocess.run(["git", "-C", ROOT, "show", f":{name}"], capture_output=True, text=True)
    return shown.stdout if shown.returncode == 0 else path.read_text()


def outputs_in_git(path: pathlib.Path) -> list[str]:
    cells = nbformat.reads(committed(path), as_version=4).cells
    dirty = [i for i, cell in enumerate(cells) if cell.get("outputs") or cell.get("execution_count")]
    return [f"cells {dirty} are committed with outputs; nbstripout removes them"] if dirty else []


def answers(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The code of the folded answers, as cells."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return [nbformat.v4.new_code_cell(code) for code in re.findall(r"^```java\n(.*?)^```$", text, re.M | re.S)]


def long_lines(path: pathlib.Path) -> list[str]:
    notebook = nbformat.read(path, as_version=4)
    return [
        f"cell {i} has a line of {len(line)} characters; {LINE} are in view: {line.strip()}"
        for i, cell in enumerate([*notebook.cells, *answers(notebook)])
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
        if len(line) > LINE
    ]


def broken_links(path: pathlib.Path) -> list[str]:
    return [
        f"cell {i} links to {target}, which does not exist"
        for i, cell in enumerate(nbformat.read(path, as_version=4).cells)
        if cell.cell_type == "markdown"
        for target in re.findall(r"\]\(([^()\s:#]+)\)", cell.source)
        if not (path.parent / target).exists()
    ]


def missing(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells promised to show and did not."""
    complaints = []
    for i, cell in enumerate(notebook.cells):
        shown = {mime for output in cell.get("outputs", []) for mime in output.get("data", {})}
        for mime in cell.metadata.get("explr", {}).get("shows", []):
            if mime not in shown:
                complaints.append(f"cell {i} shows no {mime}, only {sorted(shown)}")
    return complaints


def run(path: pathlib.Path, folder: pathlib.Path) -> list[str]:
    """Executes the copy of a notebook in {folder}; returns what is wrong with it."""
    try:
        return missing(executed(path, folder, SECONDS_A_CELL, more=answers))
    except Stopped as error:
        return [str(error)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("notebooks", type=pathlib.Path, nargs="*")
    arguments = parser.parse_args()
    outcomes = {}
    with copied() as folder:
        for path in [path.resolve() for path in arguments.notebooks] or notebooks():
            name = path.relative_to(ROOT).as_posix()
            if nbformat.read(path, as_version=4).metadata.get("explr", {}).get("slow") and not arguments.all:
                outcomes[name] = "skipped"
                print(f"skipped {name}: slow, runs with --all", flush=True)
                continue
            start = time.monotonic()
            complaints = outputs_in_git(path) + long_lines(path) + broken_links(path) + run(path, folder)
            outcomes[name] = "failed" if complaints else "passed"
            print(f"{outcomes[name]}  {name} ({time.monotonic() - start:.1f} s)", *complaints, sep="\n  ", flush=True)
    arguments.report.write_text(json.dumps(outcomes, indent=2) + "\n")
    return "failed" in outcomes.values()


if __name__ == "__main__":
    sys.exit(main())
