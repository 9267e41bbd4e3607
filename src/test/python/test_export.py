"""The exported pages of two notebooks: all that they name lies next to them, and nothing asks a network.

What a reader sees of such pages is tested by test_browser.py.
"""

import pathlib
import shutil

import pytest

import export
from exported import PACKED, complaints, parsed
from formulas import Untypeset, mathml
from pages import Page
from running import ROOT, copied

SMOKE = ROOT / "src/test/notebooks/smoke.ipynb"
QUICK = ROOT / "notebooks/schedules.ipynb"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Pages of a notebook and, as if it were one of the paper's figures, of the smoke test."""
    folder = tmp_path_factory.mktemp("made")
    with copied() as source:
        smoke, quick = export.run([SMOKE, QUICK], source)
        export.write([Page("figure-0", smoke.notebook), quick], source, folder, "folded")
    return folder


@pytest.fixture
def copy(made: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    return shutil.copytree(made, tmp_path / "copy")


def test_pages_stand_alone(made: pathlib.Path):
    assert complaints(made) == []


@pytest.mark.parametrize("what", ["math", ".figure", "table", "details.code"])
def test_a_page_has_formulas_figures_tables_and_code(made: pathlib.Path, what: str):
    assert parsed(made / "schedules.html").select(what)


@pytest.mark.usefixtures("browser_path")
def test_figures_have_pictures(made: pathlib.Path):
    assert [picture["src"] for picture in parsed(made / "index.html").select("img")] == ["figures/figure-0.svg"]
    assert (made / "figures/figure-0.svg").is_file()
    assert (made / "figures/figure-0.png").is_file()


FAULTS = {
    "a script of another host": (
        "</head>",
        '<script src="https://plotly.invalid/plotly.js"></script></head>',
        "<script src=https://plotly.invalid/plotly.js> leads nowhere",
    ),
    "a host in a script": (
        "</head>",
        "<script>fetch('https://plotly.invalid/')</script></head>",
        "a script names https://plotly.invalid",
    ),
    "a picture of another host": (
        "</main>",
        '<img src="//plotly.invalid/a.png"></main>',
        "<img src=//plotly.invalid/a.png> leads nowhere",
    ),
    "a link to no page": (
        "</main>",
        '<a href="nowhere.html">nowhere</a></main>',
        "<a href=nowhere.html> leads nowhere",
    ),
    "a link to no heading": (
        "</main>",
        '<a href="index.html#nowhere">nowhere</a></main>',
        "<a href=index.html#nowhere> leads nowhere",
    ),
    "a formula left as it was": (
        "</main>",
        '<div class="prose">$x$</div></main>',
        "a formula is not typeset: '$x$'",
    ),
    "an answer that is not folded": (
        "</main>",
        '<div class="prose"><details><summary>A</summary></details></div></main>',
        "nothing is folded under 'A'",
    ),
    "a second plotly.js": (
        "</main>",
        f"<script>{PACKED} = 1</script></main>",
        "plotly.js is in [",
    ),
    "figures without plotly.js": (
        'src="plotly.js"',
        'src="pages.js"',
        "plotly.js is not loaded",
    ),
}


@pytest.mark.parametrize(("old", "new", "complaint"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_page_is_noticed(copy: pathlib.Path, old: str, new: str, complaint: str):
    text = (copy / "schedules.html").read_text()
    assert old in text
    (copy / "schedules.html").write_text(text.replace(old, new, 1))
    assert complaint in "\n".join(complaints(copy))


def test_a_page_that_the_index_does_not_list_is_noticed(copy: pathlib.Path):
    shutil.copy(copy / "schedules.html", copy / "lost.html")
    assert complaints(copy) == ["index.html does not list lost.html"]


def test_formulas_are_typeset_or_refused():
    assert "<mfrac" in mathml(r"\frac1n \sum_i x_i")
    with pytest.raises(Untypeset, match="nosuch"):
        mathml(r"\nosuch x")


def test_a_folder_that_no_export_wrote_is_refused(tmp_path: pathlib.Path):
    (tmp_path / "essay.html").write_text("mine")
    with pytest.raises(export.Refused, match="no export wrote"):
        export.check_replaceable(tmp_path)
    with pytest.raises(export.Refused, match="is a file"):
        export.check_replaceable(tmp_path / "essay.html")


def test_an_export_replaces_its_own_files_only(made: pathlib.Path, tmp_path: pathlib.Path):
    target = tmp_path / "pages"
    export.replace(target, shutil.copytree(made, tmp_path / "first"))
    (target / "essay.html").write_text("mine")
    (target / "old.html").write_text("an earlier export's")
    with open(target / export.MARK, "a") as mark:
        mark.write("old.html\n")
    export.check_replaceable(target)
    export.replace(target, shutil.copytree(made, tmp_path / "second"))
    assert {path.name for path in target.iterdir()} - {path.name for path in made.iterdir()} == {"essay.html", export.MARK}


def test_unknown_names_are_refused():
    with pytest.raises(export.Refused, match="figure-9"):
        export.chosen(["figure-9"])
