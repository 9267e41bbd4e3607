"""The commands set up what they need and no more, and a set-up that was killed is completed by the next one."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECIPE = {
    "learning_rate": {"schedule": "step_decay", "from": 0.1, "divided_by": 10, "after": [80, 120], "per_epoch": 391},
    "weight_decay": 5e-4,
    "momentum": 0.9,
    "epochs": 160,
    "iterations_per_epoch": 391,
}
# What environment/convert may use: the JDK, and programs that every Linux and macOS has.
PROGRAMS = "bash cat chmod cp cut dirname find grep ls mkdir mv rm sed sort tr xargs locale java javac jar".split()
OPTIONAL_PROGRAMS = ["sha256sum", "shasum"]
NO_PROCESS = 2**22 + 1  # above the largest id of Linux and macOS


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with the programs that environment/convert may use, and so without Python, Maven, Git and curl."""
    folder = tmp_path_factory.mktemp("programs")
    for name in PROGRAMS + [name for name in OPTIONAL_PROGRAMS if shutil.which(name)]:
        place = shutil.which(name)
        assert place, f"this machine has no {name}"
        # The JDK finds its own files from where its programs are.
        (folder / name).symlink_to(pathlib.Path(place).resolve() if name in ("java", "javac", "jar") else place)
    return folder


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A mirror of Maven Central with the libraries that the converter needs."""
    folder = tmp_path_factory.mktemp("central")
    for line in (ROOT / "environment/convert-jars.sha256").read_text().splitlines():
        path = folder / line.split()[1]
        path.parent.mkdir(parents=True)
        shutil.copy(ROOT / "target/lib" / path.name, path)
    return folder


@pytest.fixture
def checkout(tmp_path: pathlib.Path) -> pathlib.Path:
    """The sources alone, as in a clean clone."""
    folder = tmp_path / "a checkout"
    for name in ("environment", "src/main/java", "src/main/resources/explr/format", "src/main/resources/explr/figure"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pom.xml", folder)
    (folder / "recipe.json").write_text(json.dumps(RECIPE))
    return folder


@pytest.fixture
def start(programs: pathlib.Path, tmp_path: pathlib.Path) -> Callable[..., subprocess.Popen]:
    """Starts a command in an environment with nothing in it but the programs and an empty home folder."""
    home = tmp_path / "home"
    home.mkdir()

    def popen(*command: str | pathlib.Path, path: str = "", **variables: object) -> subprocess.Popen:
        environment = {
            "PATH": path + str(programs),
            "HOME": str(home),
            # Java takes the home folder from the system's list of users.
            "JDK_JAVA_OPTIONS": f"-Duser.home={home}",
        } | {name: str(value) for name, value in variables.items()}
        return subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    return popen


@pytest.fixture
def run(start) -> Callable[..., tuple[int, str, str]]:
    def finished(*command: str | pathlib.Path, **variables: object) -> tuple[int, str, str]:
        process = start(*command, **variables)
        output, errors = process.communicate()
        return process.returncode, output, without_notes_of_java(errors)

    return finished


def without_notes_of_java(errors: str) -> str:
    return "".join(line for line in errors.splitlines(True) if not line.startswith("NOTE: Picked up"))


def in_setup(checkout: pathlib.Path, script: str) -> list[str]:
    """A shell that has read setup.sh, as the commands do. Its files go to the checkout, whoever runs the tests."""
    start = f"set -euo pipefail; export EXPLR_HOME='{checkout}/.explr'; . '{checkout}/environment/setup.sh'; setup_only=''"
    return ["bash", "-c", f"{start}; {script}"]


def test_convert_needs_the_jdk_alone(checkout, run, central):
    convert = [checkout / "environment/convert", checkout / "recipe.json", "--every", "10000"]
    code, output, errors = run(*convert, EXPLR_MAVEN_CENTRAL=central.as_uri())
    assert (code, errors) == (0, "explr: building the converter (2.8 MB to download)\n")
    rows = [line.split(",") for line in output.splitlines() if line[0].isdigit()]
    assert rows[0][0] == "0" and rows[-1][0] == str(160 * 391 - 1)
    assert float(rows[-1][1]) > 1e10
    assert not (checkout / ".explr").exists()
    assert run(*convert) == (0, output, ""), "the second call fetches and builds nothing"

    source = checkout / "src/main/java/explr/cli/Convert.java"
    source.write_text(source.read_text().replace("A recipe:", "A recipe, changed:"))
    code, output, errors = run(checkout / "environment/convert", "--help", EXPLR_MAVEN_CENTRAL="file:///nowhere")
    assert (code, errors) == (0, "explr: building the converter\n"), "what was fetched before serves the next build"
    assert "A recipe, changed:" in output


def test_convert_draws_a_page_with_the_jdk_alone(checkout, run, central):
    page = checkout / "twin.html"
    code, output, _ = run(
        checkout / "environment/convert", checkout / "recipe.json", "--plot", page, EXPLR_MAVEN_CENTRAL=central.as_uri()
    )
    assert (code, output) == (0, f"Figure: {page}\n")
    assert "converted, without" in page.read_text()
    assert not (checkout / ".explr").exists()


@pytest.mark.parametrize("arguments", [["--plot", "twin.svg"], ["--plot=twin.PNG"]])
def test_convert_asks_for_python_only_where_it_draws_a_picture(checkout, run, central, arguments):
    code, _, errors = run(
        checkout / "environment/convert", checkout / "recipe.json", *arguments, EXPLR_MAVEN_CENTRAL=central.as_uri()
    )
    assert code == 1
    assert "explr: Python from 3.10 is needed: " in errors


def test_this_checkouts_converter_runs_without_python(run):
    code, output, _ = run(ROOT / "environment/convert", "--version")
    version = re.search(r"^  <version>(.*)</version>", (ROOT / "pom.xml").read_text(), re.MULTILINE).group(1)
    assert (code, output) == (0, f"explr {version}\n")


def test_converters_that_are_built_at_the_same_time_do_not_disturb_each_other(checkout, start, central):
    convert = [checkout / "environment/convert", "--version"]
    processes = [start(*convert, EXPLR_MAVEN_CENTRAL=central.as_uri()) for _ in range(2)]
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert outputs[0] == outputs[1] != ""
    assert not list((checkout / "target/convert").glob("new-*"))


def test_what_a_killed_build_left_is_removed_by_the_next_one(checkout, run, central):
    place = checkout / "target/convert"
    dead, alive = place / f"new-{NO_PROCESS}", place / f"new-{os.getpid()}"
    for folder in (dead, alive):
        (folder / "lib").mkdir(parents=True)
    (place / "lib").mkdir()
    for line in (checkout / "environment/convert-jars.sha256").read_text().splitlines():
        (place / "lib" / pathlib.Path(line.split()[1]).name).write_text("cut off")
    code, _, _ = run(checkout / "environment/convert", "--version", EXPLR_MAVEN_CENTRAL=central.as_uri())
    assert code == 0, "damaged libraries are fetched again"
    assert not dead.exists()
    assert alive.exists()


def test_a_library_with_another_hash_is_refused(checkout, run, central, tmp_path):
    forged = tmp_path / "forged"
    shutil.copytree(central, forged)
    gson = next(forged.rglob("gson-*.jar"))
    gson.write_bytes(gson.read_bytes()[:-1])
    code, output, errors = run(checkout / "environment/convert", "--version", EXPLR_MAVEN_CENTRAL=forged.as_uri())
    assert (code, output) == (1, "")
    assert f"{gson.name} is not the file that was expected" in errors
    assert not list((checkout / "target/convert").rglob("gson-*.jar"))


def test_a_source_that_cannot_be_reached_is_named_with_what_to_do(checkout, run):
    code, _, errors = run(
        checkout / "environment/convert", "--version", EXPLR_MAVEN_CENTRAL="https://name:secret@127.0.0.1:9/maven"
    )
    assert code == 1
    assert "from https://127.0.0.1:9/maven/com/google" in errors
    assert "EXPLR_MAVEN_CENTRAL" in errors
    assert "secret" not in errors


@pytest.mark.parametrize("mirror_of, used", [("central", True), ("*,!central", False), ("other", False)])
def test_the_mirror_in_mavens_settings_is_used(checkout, run, central, tmp_path, mirror_of, used):
    settings = tmp_path / "home/.m2/settings.xml"
    settings.parent.mkdir()
    settings.write_text(
        f"""<settings>
          <mirrors><mirror><mirrorOf>{mirror_of}</mirrorOf><url>{central.as_uri()}</url></mirror></mirrors>
          <proxies><proxy><host>127.0.0.1</host><port>9</port></proxy></proxies>
        </settings>"""
    )
    hash, path = (checkout / "environment/convert-jars.sha256").read_text().split()[:2]
    code, _, errors = run("java", checkout / "environment/Fetch.java", path, hash, tmp_path / "fetched.jar")
    assert (code == 0) == used, errors
    assert (tmp_path / "fetched.jar").exists() == used


def test_a_missing_or_old_maven_is_fetched_and_checked(checkout, run, tmp_path):
    home = "apache-maven-9.8.7"
    zipped = tmp_path / f"central/org/apache/maven/apache-maven/9.8.7/{home}-bin.zip"
    zipped.parent.mkdir(parents=True)
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr(f"{home}/bin/mvn", "#!/usr/bin/env bash\necho Apache Maven 9.8.7")
    old = tmp_path / "old"
    old.mkdir()
    (old / "mvn").write_text("#!/usr/bin/env bash\necho Apache Maven 3.6.3")
    (old / "mvn").chmod(0o755)
    digest = hashlib.sha512(zipped.read_bytes()).hexdigest()

    def maven(sha512: str, path: str = "") -> tuple[int, str, str]:
        script = f"maven_version=9.8.7 maven_sha512={sha512}; mkdir -p \"$EXPLR_HOME\"; need_maven; exec mvn"
        return run(*in_setup(checkout, script), path=path, EXPLR_MAVEN_CENTRAL=(tmp_path / "central").as_uri())

    code, _, errors = maven("0" * 128)
    assert code == 1 and "is not the file that was expected" in errors
    code, output, errors = maven(digest, path=f"{old}:")
    assert (code, output) == (0, "Apache Maven 9.8.7\n")
    assert "9 MB to download): Maven here is 3.6" in errors
    assert maven(digest) == (0, output, ""), "it is fetched once"


def test_what_draws_pictures_is_a_part_of_what_the_notebooks_install():
    def packages(name: str) -> set[str]:
        text = (ROOT / f"environment/{name}.txt").read_text()
        return {re.sub(r"\s*\\\n\s*", " ", each) for each in re.findall(r"^\S.*(?:\n[ \t].*)*", text, re.MULTILINE)}

    pictures = packages("requirements-pictures")
    assert pictures <= packages("requirements")
    assert any(each.startswith("kaleido==") for each in pictures)
    assert not any(each.startswith("jupyter") for each in pictures)


def test_a_command_that_waits_names_the_process_it_waits_for(checkout, tmp_path):
    first = subprocess.Popen(
        in_setup(checkout, "need_python; lock; echo $$; read -r end"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    holder = first.stdout.readline().strip()
    waiting = in_setup(checkout, "need_python; lock; echo locked")
    second = subprocess.Popen(waiting, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert second.stderr.readline() == f"explr: waiting for the set-up by process {holder}\n"
    first.kill()
    assert second.communicate()[0] == "locked\n", "the lock of a killed process is free"
    first.wait()
    assert subprocess.run(waiting, capture_output=True, text=True).stderr == ""


def test_what_a_killed_start_of_the_engines_left_is_removed(checkout):
    djl = checkout / ".explr/djl"
    left = [djl / "mxnet/tmp123", djl / "pytorch/tmp45", djl / "pytorch/2.7.1-cpu/jni67tmp"]
    kept = [djl / "mxnet/1.9.1-mkl", djl / "pytorch/2.7.1-cpu/libtorch.so"]
    for each in left + kept:
        each.mkdir(parents=True)
    subprocess.run(in_setup(checkout, "java() { :; }; warm_up"), check=True)
    assert [each.exists() for each in left] == [False] * len(left)
    assert [each.exists() for each in kept] == [True] * len(kept)
