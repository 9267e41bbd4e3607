"""Writes the project's Jupyter kernelspec: a Java kernel that has the library on its class path.

    kernelspec.py jjava FOLDER         makes the JJava kernelspec that pip put into FOLDER the project's own
    kernelspec.py ijava FOLDER SOURCE  writes one for a user's own IJava 1.3.0 into FOLDER

SOURCE is IJava's jar, or the folder of its kernelspec. Either kernelspec is named java, as the notebooks ask.
"""

import json
import os
import pathlib
import shutil
import sys

# The one that setup.sh found new enough, also for a kernel started where another comes first.
JAVA = shutil.which("java")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def environment(prefix: str) -> dict[str, str]:
    """The variables of the kernel's process, which a kernel started outside environment/lab needs too."""
    names = ["EXPLR_HOME", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR", "DJL_OFFLINE", "OPT_OUT_TRACKING", "EXPLR_COMMIT"]
    if "PYTORCH_LIBRARY_PATH" in os.environ:
        names += [name for name in os.environ if name.startswith("PYTORCH_") or name == "LD_LIBRARY_PATH"]
    classpath = f"{ROOT}/target/explr-*.jar:{ROOT}/target/lib/*.jar"
    return {f"{prefix}_CLASSPATH": classpath} | {name: os.environ[name] for name in names if name in os.environ}


def jjava(folder: pathlib.Path, java: str = JAVA) -> dict:
    # The launcher runs the kernel on the first java of the PATH, whichever runs the launcher. Links are followed, so
    # that nothing but the JDK's own commands is put before the others.
    path = f"{pathlib.Path(java).resolve().parent}{os.pathsep}${{PATH}}"
    return {
        "argv": [java, "-jar", str(folder / "jjava-launcher.jar"), str(folder / "jjava.jar"), "{connection_file}"],
        "display_name": "Java (explr)",
        "language": "java",
        "interrupt_mode": "message",
        "env": environment("JJAVA") | {"PATH": path},
    }


def ijava(source: pathlib.Path) -> dict:
    jars = [source] if source.is_file() else sorted(source.glob("**/ijava*.jar"))
    if len(jars) != 1:
        sys.exit(f"explr: {source} is neither IJava's jar nor a folder with one ijava-*.jar in it")
    # IJava brings a Gson of 2018 that would hide the library's, so the library's goes before it.
    gson = sorted((ROOT / "target/lib").glob("gson-*.jar"))
    classpath = ":".join(str(jar) for jar in [*gson, *jars])
    startup = [ROOT / "src/main/resources/explr/notebook/imports.jshell", ROOT / "environment/ijava.jshell"]
    return {
        "argv": [JAVA, "-cp", classpath, "io.github.spencerpark.ijava.IJava", "{connection_file}"],
        "display_name": "Java (explr, IJava)",
        "language": "java",
        "interrupt_mode": "message",
        "env": environment("IJAVA") | {"IJAVA_STARTUP_SCRIPTS_PATH": ":".join(map(str, startup))},
    }


def write(folder: pathlib.Path, spec: dict) -> None:
    """Written aside and renamed: a kernel may be starting at this moment."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(spec, indent=2) + "\n"
    target = folder / "kernel.json"
    if not target.exists() or target.read_text() != text:
        aside = folder / f"kernel.json.{os.getpid()}"
        aside.write_text(text)
        aside.replace(target)


def main(kind: str, folder: str, *source: str) -> None:
    place = pathlib.Path(folder)
    write(place, jjava(place) if kind == "jjava" else ijava(pathlib.Path(source[0]).expanduser().resolve()))


if __name__ == "__main__":
    main(*sys.argv[1:])
