"""What must hold of a notebook before it runs. Each check returns its complaints; a sound notebook has none."""

import pathlib
import re
import subprocess
import textwrap
import urllib.parse

import nbformat

from running import ROOT

LINE = 90  # longer ones run out of view in JupyterLab


def notebooks() -> list[pathlib.Path]:
    """Those of the project, and the smoke test."""
    return sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "src/test/notebooks").glob("*.ipynb")])


def is_slow(path: pathlib.Path) -> bool:
    """Whether its metadata are tagged {"explr": {"slow": true}}."""
    return nbformat.read(path, as_version=4).metadata.get("explr", {}).get("slow", False)


def faults(path: pathlib.Path) -> list[str]:
    """All that is wrong with a notebook before it runs."""
    return outputs_in_git(path) + long_lines(path) + broken_links(path) + unclaimed(path) + astray(path)


def committed(path: pathlib.Path) -> str:
    """The notebook as git has it; the file itself where this is no checkout or git does not know it."""
    shown = subprocess.run(["git", "-C", path.parent, "show", f":./{path.name}"], capture_output=True, text=True)
    return shown.stdout if shown.returncode == 0 else path.read_text()


def outputs_in_git(path: pathlib.Path) -> list[str]:
    cells = nbformat.reads(committed(path), as_version=4).cells
    dirty = [i for i, cell in enumerate(cells) if cell.get("outputs") or cell.get("execution_count")]
    return [f"cells {dirty} are committed with outputs; nbstripout removes them"] if dirty else []


def long_lines(path: pathlib.Path) -> list[str]:
    return [
        f"cell {i} has a line of {len(line)} characters; {LINE} are in view: {line.strip()}"
        for i, cell in enumerate(nbformat.read(path, as_version=4).cells)
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
        if len(line) > LINE
    ]


def fenced(text: str) -> list[str]:
    """The blocks of Markdown that are fenced as java, also within a list."""
    return [textwrap.dedent(code) for code in re.findall(r"^[ \t]*```java[ \t]*\n(.*?)^[ \t]*```[ \t]*$", text, re.M | re.S)]


def answers(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The code of the folded answers, as cells."""
    return [
        nbformat.v4.new_code_cell(code)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for code in fenced(cell.source)
    ]


def unclaimed(path: pathlib.Path) -> list[str]:
    """Each folded answer must claim its numbers in code, which runs with the cells."""
    return [
        f"cell {cell.id}: folded answer {number} has no block of java that claims what it says"
        for cell in nbformat.read(path, as_version=4).cells
        if cell.get("id") == "try"
        for number, answer in enumerate(re.findall(r"<details>.*?</details>", cell.source, re.S), 1)
        if not fenced(answer)
    ]


def astray(path: pathlib.Path) -> list[str]:
    """A notebook with something to try ends in a cell that links to the overview."""
    cells = nbformat.read(path, as_version=4).cells
    if not any(cell.get("id") == "try" for cell in cells):
        return []
    last = cells[-1]
    linked = last.get("id") == "next" and "](00-index.ipynb)" in last.source
    return [] if linked else ["the last cell does not link to the overview"]


def broken_links(path: pathlib.Path) -> list[str]:
    return [
        f"cell {i} links to {target}, which does not exist"
        for i, cell in enumerate(nbformat.read(path, as_version=4).cells)
        if cell.cell_type == "markdown"
        for target in re.findall(r"\]\(([^()\s:]+)\)", cell.source)
        if not exists(path, target)
    ]


def exists(path: pathlib.Path, target: str) -> bool:
    """Whether a link's file exists and, if it is a notebook, has the heading that the link names."""
    name, _, part = target.partition("#")
    file = path.parent / name if name else path
    if not file.exists():
        return False
    if not part or file.suffix != ".ipynb":
        return True
    text = "\n".join(cell.source for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "markdown")
    return urllib.parse.unquote(part) in {title.replace(" ", "-") for title in re.findall(r"^#+ +(.+?) *$", text, re.M)}
