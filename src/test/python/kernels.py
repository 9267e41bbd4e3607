"""The kernels that notebooks are tested on.

    java     the project's own: JJava, on the Java that runs the commands
    java25   the same on Java 25, where the machine has one
    ijava    IJava's interface: a kernel of the tests' own, src/test/java/io/github/spencerpark/ijava, on IJava's
             published base; IJava itself is on no registry. It starts as a user's own IJava does.
"""

import os
import pathlib
import sys
import zipfile
from collections.abc import Iterator

import pytest

import kernelspec

ROOT = kernelspec.ROOT
OWN = "java"

# Where systems, package managers and version managers put JDKs.
HOMES = [
    "/usr/lib/jvm/*",
    "/opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.local/share/mise/installs/java/*",
    "~/.asdf/installs/java/*",
    "~/.jdks/*",
]


class Missing(Exception):
    """What a kernel needs is not on this machine; the text says what."""


def java25() -> dict:
    """The project's kernel on the JDK 25 that JAVA_HOME_25 names, else on the first that is found."""
    named = os.environ.get("JAVA_HOME_25")
    homes = [pathlib.Path(named)] if named else list(installed())
    found = [home for home in homes if is_jdk(home, 25)]
    if found:
        return kernelspec.jjava(pathlib.Path(sys.prefix, "share/jupyter/kernels/java"), str(found[0] / "bin/java"))
    if named:
        raise FileNotFoundError(f"JAVA_HOME_25 names no JDK 25: {named}")
    raise Missing("no JDK 25 was found; JAVA_HOME_25 can name one")


def installed() -> Iterator[pathlib.Path]:
    for pattern in HOMES:
        whole = pathlib.Path(pattern).expanduser()
        yield from sorted(pathlib.Path(whole.anchor).glob(str(whole.relative_to(whole.anchor))))


def is_jdk(home: pathlib.Path, version: int) -> bool:
    release = home / "release"
    return (home / "bin/javac").exists() and release.exists() and f'JAVA_VERSION="{version}' in release.read_text()


def ijava() -> dict:
    """The stand-in for IJava, in one jar with its libraries as IJava is, the old Gson among them."""
    classes = ROOT / "target/test-classes"
    kernel = [path for path in classes.glob("io/github/spencerpark/ijava/**/*.class") if "Test" not in path.name]
    libraries = sorted((ROOT / "target/ijava/lib").glob("*.jar"))
    if not kernel or not libraries:
        raise FileNotFoundError("the tests' kernel is not built; mvn test-compile builds it")
    jar = ROOT / "target/ijava/ijava-stand-in.jar"
    with zipfile.ZipFile(jar, "w") as packed:
        for path in kernel:
            packed.write(path, path.relative_to(classes))
        for library in libraries:
            with zipfile.ZipFile(library) as unpacked:
                for name in unpacked.namelist():
                    if not name.startswith("META-INF/") and not name.endswith("/"):
                        packed.writestr(name, unpacked.read(name))
    return kernelspec.ijava(jar)


OTHERS = {"java25": java25, "ijava": ijava}
# The Java that a kernel is named for.
VERSIONS = {"java25": "25"}


def offer(name: str, folder: pathlib.Path, environment: pytest.MonkeyPatch) -> None:
    """Makes a kernel known to this process and those it starts, by a kernelspec in {folder}; see Missing."""
    kernelspec.write(folder / "kernels" / name, OTHERS[name]())
    known = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    environment.setenv("JUPYTER_PATH", os.pathsep.join([str(folder), *filter(None, known)]))
