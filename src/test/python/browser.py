"""A reader's JupyterLab and browser, driven by the tests: a server on a folder, a page cut off from other machines,
and what can be asked of what it shows."""

import contextlib
import json
import os
import pathlib
import subprocess
import time
import urllib.request

from nbconvert import HTMLExporter
from playwright.sync_api import TimeoutError as TimedOut

from running import ROOT

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


# Cells out of view are not in the page, so the notebook itself is asked; the kernel's status is idle between cells.
PROGRESS = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets.map(cell => cell.model)
    .filter(model => model.type === "code" && model.sharedModel.getSource().trim());
  const failed = cells.flatMap(model => model.outputs.toJSON()).filter(output => output.output_type === "error");
  return {left: cells.filter(model => model.executionCount === null).length, errors: failed.map(error => error.evalue)};
}"""


def run_all(page, seconds: float = SECONDS):
    """Runs all cells and waits for the last."""
    command(page, "notebook:run-all-cells")
    try:
        page.wait_for_function(f"() => {{ const now = ({PROGRESS})(); return !now.left || now.errors.length; }}", timeout=seconds * 1000)
        page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", state="attached", timeout=seconds * 1000)
    except TimedOut as error:
        raise Wrong(f"after {seconds} s there are cells that have not run: {page.evaluate(PROGRESS)}") from error
    errors = page.evaluate(PROGRESS)["errors"]
    if errors:
        raise Wrong(f"{len(errors)} cells failed; the first: {errors[0][:400]}")


def save(page):
    command(page, "docmanager:save")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")


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


def export(notebook: pathlib.Path) -> str:
    """The address of the page that nbconvert makes of a notebook, with no scripts but the notebook's own."""
    page = notebook.with_suffix(".html")
    exporter = HTMLExporter(mathjax_url="", require_js_url="", jquery_url="")
    page.write_text(exporter.from_filename(str(notebook))[0])
    return page.as_uri()
