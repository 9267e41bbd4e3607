"""The golden rates of the frameworks' schedulers are those of the libraries that are installed.

FrameworkFormatTest compares what recipes read with the same file, at every iteration.
"""

import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "src/test/resources/explr/format/frameworks.json"


@pytest.fixture(scope="module")
def python() -> str:
    """A Python with the frameworks; without one, the tests are skipped."""
    home = pathlib.Path(os.environ.get("EXPLR_HOME", ROOT / ".explr"))
    installed = home / "frameworks-venv/bin/python"
    named = os.environ.get("EXPLR_FRAMEWORKS_PYTHON") or (str(installed) if installed.exists() else None)
    if named is None:
        pytest.skip(
            "no Python with the frameworks was found: EXPLR_FRAMEWORKS_PYTHON can name one that has"
            " environment/requirements-frameworks.txt installed. Rates are compared with recorded ones only"
        )
    return named


def check(python: str, golden: pathlib.Path) -> subprocess.CompletedProcess:
    command = [python, str(ROOT / "src/test/python/frameworks.py"), "--check", str(golden)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_recorded_rates_are_those_of_the_libraries(python: str):
    done = check(python, GOLDEN)
    assert done.returncode == 0, done.stderr
    assert "settings" in done.stdout


def test_one_rate_off_by_1e_11_is_found(python: str, tmp_path: pathlib.Path):
    values = json.loads(GOLDEN.read_text())
    values["settings"][3]["rates"][7] *= 1 + 1e-11
    changed = tmp_path / "frameworks.json"
    changed.write_text(json.dumps(values))
    done = check(python, changed)
    assert done.returncode == 1
    assert "at 7: recorded" in done.stderr
