"""Sessions of pytest that run at the same time leave each other's folders alone."""

import os
import pathlib
import subprocess
import sys

INI = pathlib.Path(__file__).with_name("pytest.ini")

# A session within which another one runs from start to end, as in a second checkout on this machine.
OUTER = """
import subprocess, sys

def test_outer(tmp_path):
    (tmp_path / "file").touch()
    subprocess.run([sys.executable, "-m", "pytest", *{options}, "test_inner.py"], check=True)
    assert (tmp_path / "file").exists()
"""
INNER = "def test_inner(tmp_path): pass\n"


def outer_session(folder: pathlib.Path, *options: str) -> int:
    """The exit code of the outer session."""
    options = ["-q", f"--config-file={INI}", f"--rootdir={folder}", *options]
    (folder / "test_outer.py").write_text(OUTER.format(options=options))
    (folder / "test_inner.py").write_text(INNER)
    (folder / "temporary").mkdir()
    command = [sys.executable, "-m", "pytest", *options, "test_outer.py"]
    environment = os.environ | {"PYTEST_DEBUG_TEMPROOT": str(folder / "temporary")}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=60).returncode


def test_a_session_that_ends_leaves_the_folders_of_others(tmp_path: pathlib.Path):
    assert outer_session(tmp_path) == 0
    assert not list(tmp_path.glob("temporary/pytest-of-*/*/*")), "what passed leaves nothing"


def test_without_a_lock_it_deletes_them(tmp_path: pathlib.Path):
    assert outer_session(tmp_path, "--override-ini=tmp_path_retention_policy=none") == 1
