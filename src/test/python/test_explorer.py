"""What the page of notebooks/ratio-bound.ipynb computes agrees with what Java computes.

Java's numbers lie in target/ratio-bound.json, which RatioBoundVectorsTest writes. The scripts run in a headless
browser and must give them to 1e-12; a fault in a script must be noticed.
"""

import json
import math
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from running import ROOT

SCRIPTS = ROOT / "src/main/resources/explr/lesson"
VECTORS = ROOT / "target/ratio-bound.json"
TOLERANCE = 1e-12
# A cosine's rates differ between Java and the page by a rounding of the sine. The deviation at the start of an epoch,
# a small difference of two rates, shows it ten thousand times as large.
COSINE_TOLERANCE = 1e-10
NO_FAULT = ("", "")


@pytest.fixture(scope="module")
def page(launch: Callable[[], Browser]) -> Iterator[Page]:
    browser = launch()
    yield browser.new_page()
    browser.close()


@pytest.fixture(scope="module")
def vectors() -> dict:
    assert VECTORS.exists(), f"{VECTORS} is missing; mvn test -Dtest=RatioBoundVectorsTest writes it"
    return json.loads(VECTORS.read_text())


def scripts(fault: tuple[str, str]) -> str:
    """Both scripts as one expression, an object of three functions; a fault is a text and what replaces it."""
    source = "\n".join((SCRIPTS / name).read_text() for name in ["ratio-bound.js", "ratio-bound-figure.js"])
    assert fault[0] in source, f"the scripts have no '{fault[0]}' to break"
    return f"(() => {{\n{source.replace(*fault)}\nreturn {{ratioBound, firstBelow, ratioBoundFigure}};\n}})()"


# The page's numbers in the form of ratio-bound.json.
NUMBERS = """([scripts, given]) => {
  const {ratioBound, firstBelow} = eval(scripts);
  return given.map(({recipe, samples, after}) => {
    const {phases, exists, logRate, comparison} = ratioBound(recipe);
    const at = (values) => samples.map((t) => values[t]);
    return {
      exists,
      logRate: at(logRate),
      phases: phases.map(({partOfCritical, root, relaxation, anglePerStep}, i) => ({
        partOfCritical, relaxation, anglePerStep, below: root.below,
        ...(root.exists && {value: root.value, oneMinus: root.oneMinus}),
        firstBelow: comparison ? firstBelow(recipe, comparison.logDistance, i, 1e-6) : -1,
      })),
      comparison: comparison && {
        logTexpRate: at(comparison.logTexpRate),
        logDistance: at(comparison.logDistance),
        logRateRatio: at(comparison.logRateRatio),
        logPrinted: after.map(comparison.bound.logPrinted),
        logCorrected: after.map(comparison.bound.logCorrected),
        printed: comparison.printed,
        corrected: comparison.corrected,
      },
    };
  });
}"""

FIGURES = """([scripts, start, settings]) => {
  const {ratioBoundFigure} = eval(scripts);
  return settings.map((values) => ratioBoundFigure(values, start));
}"""


def far(java, page, tolerance: float, path: str = "") -> str | None:
    """Where the page's value is further from Java's than the tolerance allows, and what the two are."""
    if isinstance(java, dict) and isinstance(page, dict):
        keys = java.keys() | page.keys()
        return next(filter(None, (far(java.get(key), page.get(key), tolerance, f"{path}.{key}") for key in sorted(keys))), None)
    if isinstance(java, list) and isinstance(page, list):
        if len(java) != len(page):
            return f"{path}: Java has {len(java)}, the page {len(page)}"
        return next(filter(None, (far(j, p, tolerance, f"{path}[{i}]") for i, (j, p) in enumerate(zip(java, page)))), None)
    if isinstance(java, (int, float)) and isinstance(page, (int, float)):
        name = path.rpartition(".")[2]
        near = near_enough(java, page, tolerance, logarithm=name.startswith("log") and not name.startswith("logRateRatio"))
    else:
        near = java == page
    return None if near else f"{path}: Java has {java}, the page {page}"


def near_enough(java: float, page: float, tolerance: float, logarithm: bool) -> bool:
    if java == page or math.isnan(java) and math.isnan(page):
        return True
    # An error of a logarithm is a relative one of the number; a number beyond doubles has its logarithm's digits.
    return abs(java - page) <= tolerance * max(abs(java), 1 if logarithm else 0)


def numbers_disagree(page: Page, vectors: dict, fault: tuple[str, str]) -> str | None:
    """The first number of the page that is not Java's."""
    recipes = vectors["recipes"]
    given = [
        {"recipe": r["recipe"], "samples": r["samples"], "after": (r["comparison"] or {}).get("after", [])} for r in recipes
    ]
    for java, computed in zip(recipes, page.evaluate(NUMBERS, [scripts(fault), given]), strict=True):
        expected = {key: java[key] for key in computed}
        if java["comparison"]:
            expected["comparison"] = {key: java["comparison"][key] for key in computed["comparison"]}
            if java["samples"][0] == 0:  # there is no growth to the first iteration
                computed["comparison"]["logDistance"][0] = expected["comparison"]["logDistance"][0]
        complaint = far(expected, computed, TOLERANCE)
        if complaint:
            return f"{java['name']}, {java['recipe']}: {complaint}"
    return None


def figures_disagree(page: Page, vectors: dict, fault: tuple[str, str]) -> str | None:
    """The first number in a figure of the page that is not in Java's."""
    figures = vectors["figures"]
    start, settings = figures[0]["figure"], [figure["values"] for figure in figures]
    for java, drawn in zip(figures, page.evaluate(FIGURES, [scripts(fault), start, settings]), strict=True):
        cosine = java["values"][4] == 1
        complaint = far(parts(java["figure"]), parts(drawn), COSINE_TOLERANCE if cosine else TOLERANCE)
        if complaint:
            return f"sliders at {java['values']}: {complaint}"
    return None


def parts(figure: dict) -> dict:
    """What a move changes; curves on logarithmic axes have logarithms."""
    data, layout = figure["data"], figure["layout"]
    return {
        "x": {trace["name"]: trace["x"] for trace in data},
        "y": {trace["name"]: {"log": trace["y"]} for trace in data},
        "ranges": [layout[axis]["range"] for axis in ["yaxis", "yaxis2", "xaxis3"]],
        "readout": layout["meta"]["readout"],
    }


def test_numbers_agree(page: Page, vectors: dict):
    assert vectors["recipes"]
    assert numbers_disagree(page, vectors, NO_FAULT) is None


def test_figures_agree(page: Page, vectors: dict):
    assert vectors["figures"]
    assert figures_disagree(page, vectors, NO_FAULT) is None


@pytest.mark.parametrize(
    ("disagree", "fault"),
    [
        pytest.param(numbers_disagree, ("3 * weightDecay", "3.000000003 * weightDecay"), id="a constant that is a billionth off"),
        pytest.param(numbers_disagree, ("+ (low - productError(rate, decay, product))", ""), id="a distance from the critical λη without its low part"),
        pytest.param(figures_disagree, ("divisor * secondDivisor", "divisor"), id="a missing divisor"),
    ],
)  # fmt: skip
def test_a_fault_is_noticed(page: Page, vectors: dict, disagree: Callable, fault: tuple[str, str]):
    assert disagree(page, vectors, fault)
