"""Small notebooks with faults planted in them, which the checks must notice."""

import pathlib

import nbformat

SOUND = {
    "question": "# Does it hold?\n\nSee [the other](00-index.ipynb#Its-answer) and [this one](#Does-it-hold?).",
    "try": "<details><summary>Answer</summary>\n\n1. Yes.\n\n   ```java\n   int two = 1 + 1;\n   ```\n\n</details>",
    "next": "**Next:** the [overview](00-index.ipynb)",
}


def planted(texts: dict[str, str], code: str = "") -> nbformat.NotebookNode:
    """A notebook of Markdown cells by their ids, and a last one of code if there is any."""
    cells = [nbformat.v4.new_markdown_cell(text, id=name) for name, text in texts.items()]
    if code:
        cells.append(nbformat.v4.new_code_cell(code))
    return nbformat.v4.new_notebook(cells=cells)


def changed(cell: str, old: str, new: str) -> nbformat.NotebookNode:
    """The sound notebook with a fault in one cell."""
    assert old in SOUND[cell], f"the cell {cell} of the sound notebook has no '{old}'"
    return planted(SOUND | {cell: SOUND[cell].replace(old, new)})


def written(path: pathlib.Path, notebook: nbformat.NotebookNode) -> pathlib.Path:
    nbformat.write(notebook, path)
    return path
