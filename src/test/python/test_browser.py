"""Notebooks as a reader sees them: real JupyterLab, a real kernel, a real browser.

Figures must be drawn, a live figure must grow in place while its cell runs, and the page exported from a notebook must
draw the same from disk. A request to any host but this machine fails a test. With --all, every notebook is looked at.
"""

import pathlib
import shutil
import tempfile
from collections.abc import Callable, Iterator

import nbformat
import pytest
from playwright.sync_api import Browser

from browser import (
    Reader,
    Wrong,
    check_drawn,
    check_reopened,
    command,
    export,
    lab,
    open_notebook,
    run_all,
    save,
)
from conftest import FAILED
from latency import latency
from running import ROOT

SMOKE = ROOT / "src/test/notebooks/smoke.ipynb"
NOTEBOOKS = ROOT / "notebooks"
EXPLORER = NOTEBOOKS / "ratio-bound.ipynb"
SLIDERS = NOTEBOOKS / "scale-invariance.ipynb"
PLOTLY = "application/vnd.plotly.v1+json"
SECONDS_A_NOTEBOOK = 600
LIVE = 5  # the index of its cell with a live figure


@pytest.fixture(scope="module")
def folder(browser_path: str) -> Iterator[pathlib.Path]:
    """A copy of the notebooks, in which JupyterLab saves them with their outputs."""
    with tempfile.TemporaryDirectory(prefix="explr-browser-") as scratch:
        folder = pathlib.Path(scratch)
        shutil.copytree(NOTEBOOKS, folder, dirs_exist_ok=True)
        shutil.copy(SMOKE, folder)
        yield folder


@pytest.fixture(scope="module")
def url(folder: pathlib.Path) -> Iterator[str]:
    with lab(folder) as url:
        yield url


@pytest.fixture
def reader(launch: Callable[[], Browser], url: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A page in a browser of its own: headless, the second page of one is not always drawn."""
    browser = launch()
    reader = Reader(browser, request.config.getoption("--pictures"))
    yield reader
    if request.node.stash.get(FAILED, False):
        reader.picture(f"failed-{request.node.name}")
    browser.close()
    reader.check_alone()


def saved(reader: Reader, url: str, notebook: pathlib.Path) -> pathlib.Path:
    """A notebook with its outputs, as JupyterLab saved it; it runs here unless an earlier test ran it."""
    if not any(cell.get("outputs") for cell in nbformat.read(notebook, as_version=4).cells):
        open_notebook(reader.page, url, notebook.name)
        run_all(reader.page, SECONDS_A_NOTEBOOK)
        save(reader.page)
    return notebook


def test_the_explorer_follows_keys(reader: Reader, url: str, folder: pathlib.Path, capsys: pytest.CaptureFixture):
    open_notebook(reader.page, url, EXPLORER.name)
    run_all(reader.page)
    moved(reader.page, "in JupyterLab", capsys)
    reader.picture("explorer")
    save(reader.page)


def test_the_exported_explorer_follows_keys(reader: Reader, url: str, folder: pathlib.Path, capsys: pytest.CaptureFixture):
    reader.page.goto(export(saved(reader, url, folder / EXPLORER.name)))
    moved(reader.page, "in a page from disk", capsys)
    reader.picture("explorer-exported")


def moved(page, where: str, capsys: pytest.CaptureFixture):
    """Moves every slider of the explorer by the keyboard; its page computes, so it says nothing of a kernel."""
    page.wait_for_selector(".explr-drawing .main-svg")
    times = latency(page, page.query_selector("[role=group]:has(.explr-controls)"))
    slow = times[int(0.95 * len(times)) - 1]
    with capsys.disabled():
        print(f"\n{len(times)} moves of the explorer {where}: 95 % drawn within {slow:.0f} ms, half within {times[len(times) // 2]:.0f} ms")
    note = page.locator(".explr-note").first.inner_text()
    assert not note, f"the explorer says: {note}"


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


def test_sliders_ask_java(reader: Reader, url: str, folder: pathlib.Path):
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


def test_slow_answers_are_shown(reader: Reader, url: str, folder: pathlib.Path):
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


def test_the_first_figure_run_again_keeps_plotly(reader: Reader, url: str, folder: pathlib.Path):
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


def test_an_untrusted_notebook_has_figures_without_sliders(reader: Reader, url: str, folder: pathlib.Path):
    open_notebook(reader.page, url, changed_by_a_stranger(saved(reader, url, folder / SLIDERS.name)))
    check_reopened(reader.page, figures=1)
    assert not reader.page.query_selector(".explr-controls"), "a script ran in a notebook that is not trusted"
    reader.picture("sliders-untrusted")


def test_exported_sliders_show_figures_drawn_beforehand(reader: Reader, url: str, folder: pathlib.Path):
    reader.page.goto(export(saved(reader, url, folder / SLIDERS.name)))
    first, second = move(reader.page, 1), move(reader.page, 1)
    assert "beforehand" in second["note"]
    assert first["title"] != second["title"]
    move(reader.page, 4, "ArrowLeft")
    with pytest.raises(Wrong, match="not drawn by Java"):
        check_java_follows(reader.page)
    reader.picture("sliders-exported")


def test_a_figure_of_the_paper_is_drawn(reader: Reader, url: str):
    whole_notebook(reader, url, NOTEBOOKS / "figure-1.ipynb")


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


def test_a_live_figure_grows_in_place(reader: Reader, url: str, folder: pathlib.Path):
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


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param({"points": [1, 80], "places": 1}, id="drawn only at the end"),
        pytest.param({"points": [1, 20, 40, 80], "places": 4}, id="blinks"),
        pytest.param({"points": [1, 40, 20, 80], "places": 1}, id="shrinks"),
    ],
)
def test_a_faulty_live_figure_is_noticed(seen: dict):
    with pytest.raises(Wrong, match="did not grow in place"):
        check_grew(seen)


def changed_by_a_stranger(notebook: pathlib.Path) -> str:
    """The name of a copy with its outputs that JupyterLab does not trust."""
    copy = nbformat.read(notebook, as_version=4)
    copy.cells[0].source += "\n\nChanged by a stranger."
    nbformat.write(copy, notebook.with_stem(f"stranger-{notebook.stem}"))
    return f"stranger-{notebook.name}"


def test_an_untrusted_notebook_shows_its_figures(reader: Reader, url: str, folder: pathlib.Path):
    open_notebook(reader.page, url, changed_by_a_stranger(saved(reader, url, folder / SMOKE.name)))
    check_reopened(reader.page, figures=3)
    reader.picture("untrusted")


def test_an_exported_page_draws_the_figures(reader: Reader, url: str, folder: pathlib.Path):
    reader.page.goto(export(saved(reader, url, folder / SMOKE.name)))
    check_drawn(reader.page, figures=3)
    reader.picture("exported")


def test_a_missing_figure_is_noticed(reader: Reader, url: str, folder: pathlib.Path):
    faulty = folder / "faulty.ipynb"
    notebook = nbformat.read(saved(reader, url, folder / SMOKE.name), as_version=4)
    notebook.cells[LIVE].outputs = []
    nbformat.write(notebook, faulty)
    open_notebook(reader.page, url, faulty.name)
    check_reopened(reader.page, figures=2)
    with pytest.raises(Wrong, match="2 of 3 figures were shown"):
        check_reopened(reader.page, 3, seconds=2)
    reader.page.goto(export(faulty))
    check_drawn(reader.page, figures=2)
    with pytest.raises(Wrong, match="2 of 3 figures were drawn"):
        check_drawn(reader.page, 3, seconds=2)


def test_a_request_to_another_host_is_noticed(reader: Reader, folder: pathlib.Path):
    page = folder / "empty.html"
    page.write_text("<p>")
    reader.page.goto(page.as_uri())
    reader.page.evaluate("fetch('https://plotly.invalid/').catch(() => null)")
    with pytest.raises(Wrong, match="plotly.invalid"):
        reader.check_alone()
    reader.foreign.clear()


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


@pytest.mark.slow
@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda notebook: notebook.stem)
def test_a_notebook_in_every_way(reader: Reader, url: str, folder: pathlib.Path, notebook: pathlib.Path):
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
