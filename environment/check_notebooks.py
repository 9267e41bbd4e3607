"""Runs every notebook in the real Java kernel, in a copy; an error in a cell is a failure.

    check_notebooks.py REPORT [--all] [--kernel NAME]... [NOTEBOOK...]

The code of folded answers, fenced as java in Markdown cells, runs after the cells: it claims what the answers say.
One test shows that the checks of notebooks can fail.

A cell can say what it must show, by its metadata {"explr": {"shows": [MIME type, ...]}}. Notebooks tagged slow
in their metadata, {"explr": {"slow": true}}, run with --all alone. Without NOTEBOOK: those of the project.

NAME is one of kernels.py; without it the project's own. On another kernel three notebooks run as they do for a
reader and the others one after another in one session, which is enough to see that their cells run there, each up
to the first cell that is tagged long, {"explr": {"long": true}}, if it has one; with --all every notebook runs to
its end in a session of its own.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.parse

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError

import kernels
from outcome import outcome
from running import ROOT, Stopped, client, copied, executed

SECONDS_A_CELL = 600
LINE = 90  # longer ones run out of view in JupyterLab
# On every kernel in a session of their own: the one that trains, one of theory and figures, one with a live figure.
WHOLE = ["quickstart", "schedules", "figure-1"]


def notebooks() -> list[pathlib.Path]:
    return sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "src/test/notebooks").glob("*.ipynb")])


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
    """A notebook with something to try ends in a cell that leads on, and back to the overview."""
    cells = nbformat.read(path, as_version=4).cells
    if not any(cell.get("id") == "try" for cell in cells):
        return []
    last = cells[-1]
    return [] if last.get("id") == "next" and "](00-index.ipynb)" in last.source else ["the last cell leads to no overview"]


def broken_links(path: pathlib.Path) -> list[str]:
    return [
        f"cell {i} links to {target}, which does not exist"
        for i, cell in enumerate(nbformat.read(path, as_version=4).cells)
        if cell.cell_type == "markdown"
        for target in re.findall(r"\]\(([^()\s:]+)\)", cell.source)
        if not leads_somewhere(path, target)
    ]


def leads_somewhere(path: pathlib.Path, target: str) -> bool:
    """Whether a link's file is there and, if that is a notebook, has the heading that the link names."""
    name, _, part = target.partition("#")
    file = path.parent / name if name else path
    if not file.exists():
        return False
    if not part or file.suffix != ".ipynb":
        return True
    text = "\n".join(cell.source for cell in nbformat.read(file, as_version=4).cells if cell.cell_type == "markdown")
    return urllib.parse.unquote(part) in {title.replace(" ", "-") for title in re.findall(r"^#+ +(.+?) *$", text, re.M)}


def faults(path: pathlib.Path) -> list[str]:
    """What is wrong with a notebook as it is, before it runs."""
    return outputs_in_git(path) + long_lines(path) + broken_links(path) + unclaimed(path) + astray(path)


def missing(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells promised to show and did not."""
    complaints = []
    for i, cell in enumerate(notebook.cells):
        shown = {mime for output in cell.get("outputs", []) for mime in output.get("data", {})}
        for mime in cell.metadata.get("explr", {}).get("shows", []):
            if mime not in shown:
                complaints.append(f"cell {i} shows no {mime}, only {sorted(shown)}")
    return complaints


def run(path: pathlib.Path, folder: pathlib.Path, kernel: str) -> list[str]:
    """Executes the copy of a notebook in {folder}; returns what is wrong with it."""
    try:
        notebook = executed(path, folder, SECONDS_A_CELL, kernel, more=answers)
    except Stopped as error:
        # The error's own text lacks the message where a kernel sends a bare stack trace, as IJava does.
        return [*first_error(nbformat.read(folder / path.name, as_version=4), "the session had ended"), str(error)]
    return other_java(notebook, kernel) + missing(notebook)


def run_together(paths: list[pathlib.Path], folder: pathlib.Path, kernel: str) -> list[list[str]]:
    """Executes notebooks one after another in one session; returns what is wrong with each."""
    notebooks = [until_long(nbformat.read(path, as_version=4)) for path in paths]
    faulty = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    session = nbformat.v4.new_notebook()
    session.cells = [cell for notebook in [*notebooks, faulty] for cell in notebook.cells]
    end = "the session had ended"
    try:
        client(session, folder, SECONDS_A_CELL, kernel, allow_errors=True).execute()
    except (CellTimeoutError, DeadKernelError) as error:
        end = str(error)
    if not first_error(faulty, end):
        sys.exit("explr: errors in cells are not noticed, a division by zero was not")
    wrong = other_java(session, kernel)
    return [wrong + (first_error(notebook, end) or missing(notebook)) for notebook in notebooks]


def other_java(notebook: nbformat.NotebookNode, kernel: str) -> list[str]:
    """A complaint if the session that ran {notebook} was not on the Java that its kernel is named for."""
    version = notebook.metadata.get("language_info", {}).get("version", "unknown")
    wanted = kernels.VERSIONS.get(kernel)
    return [f"the kernel ran on Java {version}, not {wanted}"] if wanted and version.split(".")[0] != wanted else []


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


SOUND = {
    "question": "# Does it hold?\n\nSee [the other](00-index.ipynb#Its-answer) and [this one](#Does-it-hold?).",
    "try": "<details><summary>Answer</summary>\n\n1. Yes.\n\n   ```java\n   int two = 1 + 1;\n   ```\n\n</details>",
    "next": "**Next:** the [overview](00-index.ipynb)",
}


def faults_are_noticed():
    """Looks at notebooks with one fault each, and at a sound one."""
    with tempfile.TemporaryDirectory(prefix="explr-notebooks-") as scratch:
        folder = pathlib.Path(scratch) / "notebooks"
        folder.mkdir()
        path = folder / "planted.ipynb"
        nbformat.write(planted({"question": "# Where?\n\n## Its answer"}), folder / "00-index.ipynb")
        expect("a sound notebook", faults(written(path, planted(SOUND))), [])
        code = [cell.source for cell in answers(planted(SOUND))]
        expect("the code of an answer in a list", code, ["int two = 1 + 1;\n"])
        expect("a folded answer without code", unclaimed(written(path, changed("try", "```java", "```text"))))
        expect("a second answer without code", unclaimed(written(path, changed("try", "</details>", "</details><details></details>"))))
        expect("no way to the overview", astray(written(path, changed("next", "00-index", "planted"))))
        expect("no last cell that leads on", astray(written(path, planted({"try": "[back](00-index.ipynb)"}))))
        expect("a link to no notebook", broken_links(written(path, changed("question", "00-index.ipynb#", "nowhere.ipynb#"))))
        expect("a link to no part of one", broken_links(written(path, changed("question", "#Its", "#Her"))))
        expect("a link to no part of itself", broken_links(written(path, changed("question", "#Does", "#Did"))))
        expect("a long line", long_lines(written(path, planted(SOUND, "x" * (LINE + 1)))))
        expect("a line that is just in view", long_lines(written(path, planted(SOUND, "x" * LINE))), [])
        subprocess.run(["git", "init", "--quiet", folder], check=True)
        ran = planted(SOUND, "1 + 1")
        ran.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/plain": "2"})]
        for staged, file, wrong in [(ran, planted(SOUND), True), (planted(SOUND), ran, False)]:
            subprocess.run(["git", "-C", folder, "add", written(path, staged)], check=True)
            found = outputs_in_git(written(path, file))
            expect("outputs in git" if wrong else "outputs in the file alone", found, None if wrong else [])
        for mime, wrong in [("text/html", True), ("text/plain", False)]:
            ran.cells[-1].metadata["explr"] = {"shows": [mime]}
            expect(f"{mime} promised and text shown", missing(ran), None if wrong else [])


def planted(texts: dict[str, str], code: str = "") -> nbformat.NotebookNode:
    """A notebook of Markdown cells by their ids, and a last one of code if there is any."""
    cells = [nbformat.v4.new_markdown_cell(text, id=name) for name, text in texts.items()]
    if code:
        cells.append(nbformat.v4.new_code_cell(code))
    return nbformat.v4.new_notebook(cells=cells)


def changed(cell: str, old: str, new: str) -> nbformat.NotebookNode:
    return planted(SOUND | {cell: SOUND[cell].replace(old, new)})


def written(path: pathlib.Path, notebook: nbformat.NotebookNode) -> pathlib.Path:
    nbformat.write(notebook, path)
    return path


def expect(what: str, found: list, wanted: list | None = None):
    """Fails unless something was found or, where it is said, just this."""
    if (not found) if wanted is None else found != wanted:
        raise AssertionError(f"{what}: found {found}" + ("" if wanted is None else f", not {wanted}"))


class Report:
    """What became of each notebook on each kernel; those on other kernels than the project's own begin with its name."""

    def __init__(self):
        self.outcomes: dict[str, str] = {}

    def add(self, kernel: str, path: pathlib.Path, seconds: str, complaints: list[str]) -> None:
        name = self._name(kernel, path)
        self.outcomes[name] = "failed" if complaints else "passed"
        print(f"{self.outcomes[name]}  {name} ({seconds})", *complaints, sep="\n  ", flush=True)

    def skip(self, kernel: str, path: pathlib.Path | None, why: str) -> None:
        name = self._name(kernel, path) if path else kernel
        self.outcomes[name] = "skipped"
        print(f"skipped {name}: {why}", flush=True)

    def _name(self, kernel: str, path: pathlib.Path) -> str:
        name = path.relative_to(ROOT).as_posix()
        return name if kernel == kernels.OWN else f"{kernel}:{name}"


def check(kernel: str, paths: list[pathlib.Path], whole: list[pathlib.Path], folder: pathlib.Path, report: Report) -> None:
    """Checks notebooks on a kernel, each in a session of its own if it is one of {whole}."""
    for path in [path for path in paths if path in whole]:
        start = time.monotonic()
        complaints = faults(path) if kernel == kernels.OWN else []
        complaints += run(path, folder, kernel)
        report.add(kernel, path, f"{time.monotonic() - start:.1f} s", complaints)
    rest = [path for path in paths if path not in whole]
    if rest:
        start = time.monotonic()
        found = run_together(rest, folder, kernel)
        seconds = f"in {time.monotonic() - start:.1f} s for all {len(rest)}"
        for path, complaints in zip(rest, found):
            report.add(kernel, path, seconds, complaints)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--kernel", action="append", choices=[kernels.OWN, *kernels.OTHERS])
    parser.add_argument("notebooks", type=pathlib.Path, nargs="*")
    arguments = parser.parse_intermixed_args()
    named = [path.resolve() for path in arguments.notebooks]
    report = Report()
    if kernels.OWN in (arguments.kernel or [kernels.OWN]):
        report.outcomes["faults_are_noticed"] = outcome("notebooks", faults_are_noticed)
    with copied() as folder:
        for kernel in arguments.kernel or [kernels.OWN]:
            try:
                kernels.offer(kernel, folder.parent)
            except kernels.Missing as lack:
                report.skip(kernel, None, str(lack))
                continue
            paths = []
            for path in named or notebooks():
                if nbformat.read(path, as_version=4).metadata.get("explr", {}).get("slow") and not arguments.all:
                    report.skip(kernel, path, "slow, runs with --all")
                else:
                    paths.append(path)
            short = kernel != kernels.OWN and not named and not arguments.all
            check(kernel, paths, [path for path in paths if path.stem in WHOLE] if short else paths, folder, report)
    arguments.report.write_text(json.dumps(report.outcomes, indent=2) + "\n")
    return "failed" in report.outcomes.values()


if __name__ == "__main__":
    sys.exit(main())
