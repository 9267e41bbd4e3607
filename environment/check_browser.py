"""Looks at notebooks as a reader does: real JupyterLab, a real kernel, a real browser.

    check_browser.py REPORT [--all] [--pictures FOLDER]

Figures must be drawn, a live figure must grow in place while its cell runs, and the page exported from the
notebook must draw the same from disk. A request to any host but this machine fails a test. One test shows that
the others can fail. Skipped where no Chrome or Chromium is found, by the variable BROWSER_PATH or among the
system's commands.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

import nbformat
from nbconvert import HTMLExporter
from playwright.sync_api import TimeoutError as TimedOut
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
SMOKE = ROOT / "src/test/notebooks/smoke.ipynb"
LIVE = 5  # the index of its cell with a live figure
DRAWN = ".js-plotly-plot .main-svg .scatterlayer .trace"
PICTURE = ".jp-RenderedPlotly img"
SECONDS = 40


class Wrong(Exception):
    """What a reader would see is not as it should be."""


@contextlib.contextmanager
def lab(folder: pathlib.Path):
    """JupyterLab on a folder; its address, with the token."""
    log = folder / "lab.log"
    with open(log, "w") as output:
        server = subprocess.Popen(
            [ROOT / "environment/lab", f"--ServerApp.root_dir={folder}", "--no-browser", "--LabApp.expose_app_in_browser=True",
             "--IdentityProvider.token=test", "--ServerApp.port=0", f"--ServerApp.info_file={folder}/server.json"],
            stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env=os.environ | {"JUPYTER_RUNTIME_DIR": str(folder / "runtime")},
        )
        try:
            yield address(server, folder, log)
        finally:
            server.terminate()
            server.wait(30)


def address(server: subprocess.Popen, folder: pathlib.Path, log: pathlib.Path) -> str:
    for _ in range(SECONDS):
        for info in (folder / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(OSError, ValueError):
                url = json.loads(info.read_text())["url"]
                urllib.request.urlopen(f"{url}api?token=test").close()
                return url
        if server.poll() is not None:
            break
        time.sleep(1)
    raise Wrong(f"JupyterLab did not start:\n{log.read_text()}")


class Reader:
    """A browser's page, on a machine that is cut off from every other."""

    def __init__(self, browser, pictures: pathlib.Path | None):
        self.page = browser.new_page(viewport={"width": 1200, "height": 1600})
        self.foreign: list[str] = []
        self.pictures = pictures
        self.page.set_default_timeout(SECONDS * 1000)
        self.page.route("**/*", self._guard)

    def _guard(self, route):
        url = route.request.url
        if url.startswith(("http://127.0.0.1", "http://localhost", "file:", "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(url)
            route.abort()

    def picture(self, name: str):
        if self.pictures:
            self.page.screenshot(path=self.pictures / f"{name}.png")

    def check_alone(self):
        """Fails if the page asked any other machine for anything."""
        if self.foreign:
            raise Wrong(f"the page asked other hosts: {self.foreign}")


def command(page, name: str):
    # Without returning the promise: running all cells would otherwise be waited for here.
    page.evaluate("name => void window.jupyterapp.commands.execute(name)", name)


def open_notebook(page, url: str, name: str):
    # In a workspace of its own, or Lab would open again what an earlier test had open.
    page.goto(f"{url}lab/workspaces/{pathlib.Path(name).stem}/tree/{name}?token=test")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    # A Java kernel's status is unknown to Lab until its first cell; that it is connected is enough.
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'",
    )


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
    command(page, "notebook:run-all-cells")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]", state="attached")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached")
    check_grew(page.evaluate("window.watched()"))
    check_drawn(page, figures=3)
    reader.picture("lab")
    command(page, "docmanager:save")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    size = (folder / SMOKE.name).stat().st_size
    if size > 3_000_000:
        raise Wrong(f"the notebook grew to {size:,} bytes; plotly.js takes 2.7 million of them")


def check_grew(seen: dict):
    if len(seen["points"]) < 4 or seen["points"] != sorted(seen["points"]) or seen["places"] != 1:
        raise Wrong(f"the live figure did not grow in place while its cell ran: {seen}")


def check_drawn(page, figures: int, seconds: float = SECONDS):
    """Fails unless so many figures are drawn, each with a line."""
    drawn = f"document.querySelectorAll('{DRAWN}').length"
    try:
        page.wait_for_function(f"{drawn} >= {figures}", timeout=seconds * 1000)
    except TimedOut as error:
        raise Wrong(f"{page.evaluate(drawn)} of {figures} figures were drawn") from error


def check_reopened(page, figures: int, seconds: float = SECONDS):
    """Lab saves a picture beside each figure; reopened it shows that, and draws when the mouse comes over it."""
    shown = f"[...document.querySelectorAll('{PICTURE}')].filter(picture => picture.naturalWidth > 300).length"
    try:
        page.wait_for_function(f"{shown} >= {figures}", timeout=seconds * 1000)
    except TimedOut as error:
        raise Wrong(f"{page.evaluate(shown)} of {figures} figures were shown") from error
    for figure in page.query_selector_all(".jp-RenderedPlotly"):
        figure.hover()
    check_drawn(page, figures, seconds)


def reopened_untrusted(reader: Reader, url: str, folder: pathlib.Path):
    notebook = nbformat.read(folder / SMOKE.name, as_version=4)
    notebook.cells[0].source += "\n\nChanged by a stranger."
    nbformat.write(notebook, folder / "stranger.ipynb")
    open_notebook(reader.page, url, "stranger.ipynb")
    check_reopened(reader.page, figures=3)
    reader.picture("untrusted")


def export(notebook: pathlib.Path) -> str:
    """The address of the page that nbconvert makes of a notebook, with no scripts but the notebook's own."""
    page = notebook.with_suffix(".html")
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    page.write_text(exporter.from_filename(str(notebook))[0])
    return page.as_uri()


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


def check_noticed(fault: str, check):
    try:
        check()
    except Wrong:
        return
    raise Wrong(f"{fault} was not noticed")


TESTS = [live_and_drawn, reopened_untrusted, exported, faults_are_noticed]


def outcomes(pictures: pathlib.Path | None) -> dict[str, str]:
    if not os.environ.get("BROWSER_PATH"):
        print("skipped notebooks in a browser: no Chrome or Chromium was found (BROWSER_PATH can name one)")
        return {test.__name__: "skipped" for test in TESTS}
    result = {}
    with tempfile.TemporaryDirectory(prefix="explr-browser-") as scratch, sync_playwright() as driver:
        folder = pathlib.Path(scratch)
        shutil.copy(SMOKE, folder)
        # A browser's own sandbox refuses to start for root.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        with lab(folder) as url:
            for test in TESTS:
                # Each in a browser of its own: headless, the second page of one is not always drawn.
                browser = driver.chromium.launch(executable_path=os.environ["BROWSER_PATH"], args=options)
                start, reader, complaint = time.monotonic(), Reader(browser, pictures), ""
                try:
                    test(reader, url, folder)
                    reader.check_alone()
                except Exception as error:  # a time-out of the driver is a failure like any other
                    complaint = f"\n  {error}"
                    reader.picture(f"failed-{test.__name__}")
                result[test.__name__] = "failed" if complaint else "passed"
                print(f"{result[test.__name__]}  browser: {test.__name__} ({time.monotonic() - start:.1f} s){complaint}", flush=True)
                browser.close()
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    result = outcomes(arguments.pictures)
    arguments.report.write_text(json.dumps(result, indent=2) + "\n")
    return "failed" in result.values()


if __name__ == "__main__":
    sys.exit(main())
