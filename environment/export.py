"""Makes a folder of static pages of the notebooks, which opens from disk, without a kernel and without a network.

Every notebook runs here, in a copy; what it draws from runs that are neither in the store nor recorded is trained.
"""

import argparse
import base64
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pages
from formulas import Untypeset
from pages import Page, Picture, Site
from running import ROOT, Stopped, copied, executed

# Names the files that an export wrote: of a folder that holds it, these and no others are replaced.
MARK = ".explr-pages"
WIDTH = 1000  # pixels, of a picture of a figure that has no width of its own


class Refused(Exception):
    """Why there are no pages, in one line."""


def say(text: str) -> None:
    print(f"explr: {text}", file=sys.stderr, flush=True)


def chosen(names: list[str] | None) -> list[pathlib.Path]:
    """The notebooks of these names, all where none is named."""
    known = {path.stem: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
    for name in names or []:
        if name not in known:
            raise Refused(f"there is no notebook '{name}'; there are {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names or known)]


def check_replaceable(target: pathlib.Path) -> None:
    """Refuses a folder that holds anything, unless an export wrote it."""
    if target.is_dir():
        if any(target.iterdir()) and not (target / MARK).is_file():
            raise Refused(f"{target} holds files that no export wrote: name another folder, or empty it")
    elif target.exists():
        raise Refused(f"{target} is a file: name a folder")


def run(paths: list[pathlib.Path], folder: pathlib.Path) -> list[Page]:
    """The notebooks as pages to be, with the outputs that they have in {folder}."""
    ran = []
    for path in paths:
        start = time.monotonic()
        try:
            ran.append(Page(path.stem, executed(path, folder, seconds_a_cell=None)))
        except Stopped as error:
            raise Refused(
                f"notebook {path.stem}: {error.line}; environment/lab shows it, --notebooks leaves it out"
            ) from error
        say(f"{path.stem} ran ({time.monotonic() - start:.1f} s)")
    return ran


def draw(site: list[Page], plotly: str, folder: pathlib.Path) -> list[Picture]:
    """Writes the paper's figures as pictures; none where no browser can draw them, which is said."""
    figures = [page for page in site if page.name.startswith("figure-") and page.figures]
    job = {"plotlyjs": str(folder / "source.js"), "pictures": []}
    pictures = []
    for page in figures:
        figure = page.figures[-1]
        files = [f"figures/{page.name}.{ending}" for ending in ("svg", "png")]
        width = figure["layout"].get("width", WIDTH)
        size = {"width": width, "height": figure["layout"].get("height", width / 2), "scale": 2}
        job["pictures"] += [
            {"figure": figure, "format": file[-3:], "file": str(folder / file), **size} for file in files
        ]
        alternative = (figure["layout"].get("meta") or {}).get("alt") or page.title
        pictures.append(Picture(page.file, page.title, alternative, files))
    if not pictures:
        return []
    (folder / "figures").mkdir()
    (folder / "source.js").write_bytes(unpacked(plotly))
    script = ROOT / "src/main/resources/explr/figure/images.py"
    drawn = subprocess.run([sys.executable, "-I", script], input=json.dumps(job), capture_output=True, text=True)
    (folder / "source.js").unlink()
    if drawn.returncode != 0:
        shutil.rmtree(folder / "figures")
        reason = (drawn.stderr.strip().splitlines() or ["no reason given"])[-1]
        say(f"no pictures of the figures: {reason}; BROWSER_PATH can name a Chrome or Chromium")
        return []
    return pictures


def unpacked(plotly: str) -> bytes:
    """The source of plotly.js out of the script that carries it packed."""
    return gzip.decompress(base64.b64decode(plotly.split('const packed = "', 1)[1].split('"', 1)[0]))


def write(ran: list[Page], source: pathlib.Path, folder: pathlib.Path, code: str) -> None:
    """Writes the pages of notebooks that ran, and what they need, into an empty folder."""
    scripts = [script for page in ran if (script := pages.without_plotly(page.notebook))]
    site = pages.in_order(ran)
    pictures = draw(site, scripts[0], folder) if scripts else []
    if scripts:
        (folder / "plotly.js").write_text(scripts[0], encoding="utf-8")
    for page in site:
        pages.without_kernel(page.notebook)
    whole = Site(site, source, code, pictures, os.environ.get("EXPLR_COMMIT", ""))
    for page in site:
        try:
            (folder / page.file).write_text(whole.html(page), encoding="utf-8")
        except Untypeset as error:
            raise Refused(f"notebook {page.name}: {error}") from error
    (folder / "pages.css").write_text(pages.style(), encoding="utf-8")
    shutil.copy(pages.LOOKS / "pages.js", folder)


def replace(target: pathlib.Path, draft: pathlib.Path) -> None:
    """Puts the files of a draft into the place of those that an earlier export wrote; others stay."""
    mark = target / MARK
    for name in mark.read_text(encoding="utf-8").splitlines() if mark.exists() else []:
        (target / name).unlink(missing_ok=True)
    files = sorted(path.relative_to(draft) for path in draft.rglob("*") if path.is_file())
    target.mkdir(parents=True, exist_ok=True)
    mark.write_text("".join(f"{file.as_posix()}\n" for file in files), encoding="utf-8")
    for file in files:
        (target / file).parent.mkdir(exist_ok=True)
        shutil.move(draft / file, target / file)


def export(paths: list[pathlib.Path], target: pathlib.Path, code: str) -> None:
    """Runs notebooks and writes their pages; a folder that is there stays as it is until all are made."""
    check_replaceable(target)
    with copied() as folder, tempfile.TemporaryDirectory(prefix="explr-pages-") as scratch:
        draft = pathlib.Path(scratch)
        write(run(paths, folder), folder, draft, code)
        check_replaceable(target)
        replace(target, draft)


def main() -> int:
    home = pathlib.Path(os.environ.get("EXPLR_HOME", ROOT / ".explr"))
    parser = argparse.ArgumentParser(
        prog="environment/export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=pathlib.Path, nargs="?", default=home / "pages",
        help="for the pages; only one that an export wrote is written over (without it: %(default)s)",
    )
    parser.add_argument(
        "--notebooks", metavar="NAME,NAME", type=lambda text: text.split(","),
        help="which, by their names without .ipynb (without it: all)",
    )
    parser.add_argument(
        "--code", choices=["folded", "open", "none"], default="folded",
        help="the cells' code: folded until a reader wants it, open until one folds it, or none (without it: %(default)s)",
    )
    arguments = parser.parse_args()
    try:
        export(chosen(arguments.notebooks), arguments.folder.absolute(), arguments.code)
    except (Refused, OSError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; no page was written")
        return 130
    print(arguments.folder.absolute() / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main())
