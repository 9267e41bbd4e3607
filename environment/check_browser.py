"""Looks at notebooks as a reader does: real JupyterLab, a real kernel, a real browser.

    check_browser.py REPORT [--all] [--pictures FOLDER]

Figures must be drawn, a live figure must grow in place while its cell runs, and the page exported from the
notebook must draw the same from disk. A request to any host but this machine fails a test. One test shows that
the others can fail. Skipped where no Chrome or Chromium is found, by the variable BROWSER_PATH or among the
system's commands.
"""

import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

import nbformat
from playwright.sync_api import sync_playwright

from browser import (
    ROOT,
    SECONDS,
    Reader,
    Wrong,
    check_drawn,
    check_noticed,
    check_reopened,
    command,
    export,
    lab,
    open_notebook,
    run_all,
    save,
)
from check_explorer import latency
from outcome import outcome

SMOKE = ROOT / "src/test/notebooks/smoke.ipynb"
NOTEBOOKS = ROOT / "notebooks"
EXPLORER = NOTEBOOKS / "ratio-bound.ipynb"
SLIDERS = NOTEBOOKS / "scale-invariance.ipynb"
PLOTLY = "application/vnd.plotly.v1+json"
SECONDS_A_NOTEBOOK = 600
LIVE = 5  # the index of its cell with a live figure


# Notes, within the page and so without the driver's delays, how many points the live figure has, and in how
# many elements it was drawn: in one, or it would blink.
WATCH = """() => {
  const places = new Set(), points = [];
  window.watched = () => ({places: places.size, points});
  setInterval(() => {
    const place = document.querySelector("div[id][role=img].js-plotly-plot");
    const now = place?.data?.[0]?.y?.length;
    if (now === undefined || now === points.at(-1)) return;
    places.add(place);
    points.push(now);
  }, 50);
}"""


def live_and_drawn(reader: Reader, url: str, folder: pathlib.Path):
    page = reader.page
    open_notebook(page, url, SMOKE.name)
    page.evaluate(WATCH)
    run_all(page)
    check_grew(page.evaluate("window.watched()"))
    check_drawn(page, figures=3)
    reader.picture("lab")
    save(page)
    size = (folder / SMOKE.name).stat().st_size
    if size > 3_000_000:
        raise Wrong(f"the notebook grew to {size:,} bytes; plotly.js takes 2.7 million of them")


def check_grew(seen: dict):
    if len(seen["points"]) < 4 or seen["points"] != sorted(seen["points"]) or seen["places"] != 1:
        raise Wrong(f"the live figure did not grow in place while its cell ran: {seen}")


def changed_by_a_stranger(notebook: pathlib.Path) -> str:
    """The name of a copy with its outputs that JupyterLab does not trust."""
    copy = nbformat.read(notebook, as_version=4)
    copy.cells[0].source += "\n\nChanged by a stranger."
    nbformat.write(copy, notebook.with_stem(f"stranger-{notebook.stem}"))
    return f"stranger-{notebook.name}"


def reopened_untrusted(reader: Reader, url: str, folder: pathlib.Path):
    open_notebook(reader.page, url, changed_by_a_stranger(folder / SMOKE.name))
    check_reopened(reader.page, figures=3)
    reader.picture("untrusted")


def exported(reader: Reader, url: str, folder: pathlib.Path):
    reader.page.goto(export(folder / SMOKE.name))
    check_drawn(reader.page, figures=3)
    reader.picture("exported")


def faults_are_noticed(reader: Reader, url: str, folder: pathlib.Path):
    faulty = folder / "faulty.ipynb"
    notebook = nbformat.read(folder / SMOKE.name, as_version=4)
    notebook.cells[LIVE].outputs = []
    nbformat.write(notebook, faulty)
    open_notebook(reader.page, url, faulty.name)
    check_reopened(reader.page, figures=2)
    check_noticed("a figure missing from a reopened notebook", lambda: check_reopened(reader.page, 3, seconds=2))
    reader.page.goto(export(faulty))
    check_drawn(reader.page, figures=2)
    check_noticed("a figure missing from a page", lambda: check_drawn(reader.page, 3, seconds=2))
    check_noticed("a live figure drawn only at the end", lambda: check_grew({"points": [1, 80], "places": 1}))
    check_noticed("a live figure that blinks", lambda: check_grew({"points": [1, 20, 40, 80], "places": 4}))
    reader.page.evaluate("fetch('https://plotly.invalid/').catch(() => null)")
    check_noticed("a request to another host", reader.check_alone)
    reader.foreign.clear()


# Notes what the first figure with sliders drew last: where the sliders stood, and what stood under it.
LISTEN = """() => {
  const place = document.querySelector(".explr-controls").parentElement;
  window.drawn = null;
  place.addEventListener("explr-drawn", event => {
    const note = place.querySelector(".explr-note").textContent;
    window.drawn = {stops: event.detail.stops, note, title: place.querySelector(".gtitle-subtitle")?.textContent};
  });
}"""


def move(page, presses: int, key: str = "ArrowRight") -> dict:
    """Moves the first slider by the keyboard; what was drawn when it came to rest."""
    page.wait_for_selector(".explr-drawing .main-svg")
    page.evaluate(LISTEN)
    slider = page.locator(".explr-controls input").first
    slider.focus()
    before = int(slider.input_value())
    for _ in range(presses):
        page.keyboard.press(key)
    after = int(slider.input_value())
    if abs(after - before) != presses:
        raise Wrong(f"{presses} presses of {key} moved the slider from {before} to {after}")
    page.wait_for_function("() => window.drawn")
    page.wait_for_timeout(500)
    return page.evaluate("window.drawn")


def check_java_follows(page):
    first, second = move(page, 3), move(page, 1)
    if second["note"]:
        raise Wrong(f"the figure was not drawn by Java: {second['note']}")
    if second["stops"][0] != first["stops"][0] + 1 or second["title"] == first["title"]:
        raise Wrong(f"the figure did not follow the slider: {first}, then {second}")


def sliders_ask_java(reader: Reader, url: str, folder: pathlib.Path):
    page = reader.page
    open_notebook(page, url, SLIDERS.name)
    run_all(page, SECONDS_A_NOTEBOOK)
    check_java_follows(page)
    reader.picture("sliders")
    save(page)
    page.reload()
    page.wait_for_selector(".explr-controls input", state="attached")
    page.wait_for_function("() => window.explrBridges?.size > 0")
    check_java_follows(page)
    reader.picture("sliders-reloaded")


# Its figures take longer than a page waits before the grid stands in, and than move() looks.
SLOW = """Explorable.of(
    values -> {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Figure(List.of(Map.of("y", List.of(0, values[0]))), Map.of("title", "to " + values[0]));
    },
    Slider.of("x", 1, 2, 4, 8, 16))"""

# Counts from here on what the page asks Java.
COUNT = """() => {
  window.asked = 0;
  for (const bridge of window.explrBridges.values()) {
    const ask = bridge.ask;
    bridge.ask = (...question) => (window.asked++, ask(...question));
  }
}"""


def slow_answers_are_shown(reader: Reader, url: str, folder: pathlib.Path):
    page = reader.page
    open_notebook(page, url, written(folder / "slow.ipynb", SLOW))
    run_all(page)
    page.wait_for_function("() => window.explrBridges?.size > 0")
    note = "document.querySelector('.explr-note')?.textContent"
    page.wait_for_function(f"() => {note} === ''")
    page.evaluate(COUNT)
    before = move(page, 1)
    if "busy" not in before["note"] or before["stops"] != [1]:
        raise Wrong(f"the grid did not stand in for a figure that takes long: {before}")
    page.wait_for_function(f"() => {note} === ''")
    # As long as Java takes for several more.
    page.wait_for_timeout(4000)
    drawn, asked = page.evaluate("[window.drawn, window.asked]")
    if drawn["note"] or drawn["stops"] != [1] or asked != 1:
        raise Wrong(f"Java was asked {asked} times for one figure; at last the page showed {drawn}")
    # Three points in the time that Java takes for one: it is asked for the first and the last.
    page.evaluate("window.asked = 0")
    page.focus(".explr-controls input")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
    page.wait_for_function(f"() => {note} === '' && String(window.drawn.stops) === '4'")
    asked = page.evaluate("window.asked")
    if asked != 2:
        raise Wrong(f"Java was asked {asked} times while a slider passed three points")


FIRST = 'new Figure(List.of(Map.of("y", List.of(0, 1))), Map.of())'
SECOND = """Explorable.of(
    values -> new Figure(List.of(Map.of("y", List.of(0, values[0]))), Map.of("title", "to " + values[0])),
    Slider.of("x", 1, 2, 4))"""


def first_figure_run_again(reader: Reader, url: str, folder: pathlib.Path):
    """The cell of the first figure carries plotly.js, which must still be there when it ran twice."""
    page = reader.page
    open_notebook(page, url, written(folder / "again.ipynb", FIRST, SECOND))
    run_all(page)
    page.wait_for_selector(".explr-drawing .main-svg")
    page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0")
    command(page, "notebook:run-cell")
    cell = "window.jupyterapp.shell.currentWidget.content.widgets[0].model"
    page.wait_for_function(f"() => {cell}.executionCount === 3 && {cell}.outputs.length > 0")
    page.wait_for_timeout(1000)
    save(page)
    size = (folder / "again.ipynb").stat().st_size
    if not 2_500_000 < size < 3_000_000:
        raise Wrong(f"the notebook has {size:,} bytes; plotly.js takes 2.7 million of them, once")
    page.reload()
    page.wait_for_selector(".explr-drawing .main-svg", state="attached")
    page.goto(export(folder / "again.ipynb"))
    check_drawn(page, figures=2)
    notebook = nbformat.read(folder / "again.ipynb", as_version=4)
    notebook.cells[0].outputs = []
    nbformat.write(notebook, folder / "bare.ipynb")
    page.goto(export(folder / "bare.ipynb"))
    said = page.locator(".explr-note").first.inner_text()
    if "restart the kernel" not in said:
        raise Wrong(f"without plotly.js the sliders say {said!r}")


def written(path: pathlib.Path, *cells: str) -> str:
    """The name of a notebook of these cells, for the project's kernel."""
    notebook = nbformat.v4.new_notebook(metadata=nbformat.read(SMOKE, as_version=4).metadata)
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, path)
    return path.name


def sliders_untrusted(reader: Reader, url: str, folder: pathlib.Path):
    open_notebook(reader.page, url, changed_by_a_stranger(folder / SLIDERS.name))
    check_reopened(reader.page, figures=1)
    if reader.page.query_selector(".explr-controls"):
        raise Wrong("a script ran in a notebook that is not trusted")
    reader.picture("sliders-untrusted")


def sliders_exported(reader: Reader, url: str, folder: pathlib.Path):
    reader.page.goto(export(folder / SLIDERS.name))
    first, second = move(reader.page, 1), move(reader.page, 1)
    if "beforehand" not in second["note"] or first["title"] == second["title"]:
        raise Wrong(f"the page's figure did not follow its slider: {first}, then {second}")
    check_noticed("a page without a kernel that claims to ask Java", lambda: check_java_follows(reader.page))
    reader.picture("sliders-exported")


def explorer_follows_keys(reader: Reader, url: str, folder: pathlib.Path):
    open_notebook(reader.page, url, EXPLORER.name)
    run_all(reader.page)
    moved(reader.page, "in JupyterLab")
    reader.picture("explorer")
    save(reader.page)


def explorer_exported(reader: Reader, url: str, folder: pathlib.Path):
    reader.page.goto(export(folder / EXPLORER.name))
    moved(reader.page, "in a page from disk")
    reader.picture("explorer-exported")


def moved(page, where: str):
    """Moves every slider of the explorer by the keyboard; its page computes, so nothing is said of a kernel."""
    page.wait_for_selector(".explr-drawing .main-svg")
    times = latency(page, page.query_selector("[role=group]:has(.explr-controls)"))
    slow = times[int(0.95 * len(times)) - 1]
    print(f"        {len(times)} moves of the explorer {where}: 95 % drawn within {slow:.0f} ms, half within {times[len(times) // 2]:.0f} ms")
    note = page.locator(".explr-note").first.inner_text()
    if note:
        raise Wrong(f"the explorer says: {note}")


def figure_drawn(reader: Reader, url: str, folder: pathlib.Path):
    whole_notebook(reader, url, NOTEBOOKS / "figure-1.ipynb")


def whole_notebook(reader: Reader, url: str, notebook: pathlib.Path) -> int:
    """Runs all of a notebook; every figure that its cells promise, so many, must be drawn."""
    promised = sum(
        PLOTLY in cell.metadata.get("explr", {}).get("shows", [])
        for cell in nbformat.read(notebook, as_version=4).cells
    )
    open_notebook(reader.page, url, notebook.name)
    run_all(reader.page, SECONDS_A_NOTEBOOK)
    check_drawn(reader.page, promised)
    reader.picture(notebook.stem)
    return promised


def in_every_way(reader: Reader, url: str, folder: pathlib.Path, notebook: pathlib.Path):
    """Runs all, moves a slider, reloads the page, opens it untrusted, and opens the exported page from disk."""
    page = reader.page
    figures = whole_notebook(reader, url, notebook)
    sliders = page.locator(".explr-controls").count()
    if sliders:
        first, second = move(page, 1), move(page, 1, "ArrowLeft")
        if first["note"] or second["note"] or abs(first["stops"][0] - second["stops"][0]) != 1:
            raise Wrong(f"the figure did not follow its slider: {first}, then {second}")
    save(page)
    page.reload()
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    if sliders:
        page.wait_for_function(f"document.querySelectorAll('.explr-drawing .main-svg').length >= {sliders}")
    else:
        check_reopened(page, figures)
    open_notebook(page, url, changed_by_a_stranger(folder / notebook.name))
    check_reopened(page, figures)
    page.goto(export(folder / notebook.name))
    check_drawn(page, figures)
    reader.picture(f"{notebook.stem}-exported")


TESTS = [
    explorer_follows_keys, explorer_exported, sliders_ask_java, slow_answers_are_shown, first_figure_run_again, sliders_untrusted,
    sliders_exported, figure_drawn,
    live_and_drawn, reopened_untrusted, exported, faults_are_noticed,
]  # fmt: skip


def every_notebook() -> list:
    """A test for each notebook."""
    return [
        named(notebook.stem, lambda reader, url, folder, notebook=notebook: in_every_way(reader, url, folder, notebook))
        for notebook in sorted(NOTEBOOKS.glob("*.ipynb"))
    ]


def alone(test):
    """A test that also fails where the page asked another machine."""

    def whole(reader: Reader, url: str, folder: pathlib.Path):
        test(reader, url, folder)
        reader.check_alone()

    return named(test.__name__, whole)


def named(name: str, test):
    test.__name__ = name
    return test


def outcomes(tests: list, pictures: pathlib.Path | None) -> dict[str, str]:
    if not os.environ.get("BROWSER_PATH"):
        print("skipped notebooks in a browser: no Chrome or Chromium was found (BROWSER_PATH can name one)")
        return {test.__name__: "skipped" for test in tests}
    result = {}
    with tempfile.TemporaryDirectory(prefix="explr-browser-") as scratch, sync_playwright() as driver:
        folder = pathlib.Path(scratch)
        shutil.copytree(NOTEBOOKS, folder, dirs_exist_ok=True)
        shutil.copy(SMOKE, folder)
        # A browser's own sandbox refuses to start for root.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        with lab(folder) as url:
            for test in tests:
                # Each in a browser of its own: headless, the second page of one is not always drawn.
                browser = driver.chromium.launch(executable_path=os.environ["BROWSER_PATH"], args=options)
                reader = Reader(browser, pictures)
                result[test.__name__] = outcome(
                    "browser", alone(test), reader, url, folder, failed=lambda: reader.picture(f"failed-{test.__name__}")
                )
                browser.close()
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    result = outcomes(TESTS + (every_notebook() if arguments.all else []), arguments.pictures)
    arguments.report.write_text(json.dumps(result, indent=2) + "\n")
    return "failed" in result.values()


if __name__ == "__main__":
    sys.exit(main())
