# What the commands share: set-up by need, done once and again when its sources change, and the variables they run
# under. Sourced by them. Needs the JDK and bash 3.2, as on macOS; Python where a command says so.
# shellcheck shell=bash disable=SC2034 # some variables are for the commands

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# absolute PATH: the same file for a command that runs in another folder.
absolute() { case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s\n' "$PWD/$1" ;; esac; }

# Java takes names of files in the locale's encoding; a bare container has one without umlauts.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ] && locale -a 2>/dev/null | grep -qi '^C\.utf-\{0,1\}8$'; then
  export LC_ALL=C.UTF-8
fi

# Everything that is made goes here, except what lies in target/ and in Maven's repository in the home folder.
# A blank variable counts as unset, here and in the program.
case ${EXPLR_HOME:-} in *[![:space:]]*) ;; *) EXPLR_HOME=$root/.explr ;; esac
EXPLR_HOME=$(absolute "$EXPLR_HOME")
export EXPLR_HOME
# The folder that a command is called from is not that of the notebooks. A profile may also be a name.
case ${EXPLR_CIFAR10:-} in *[![:space:]]*) EXPLR_CIFAR10=$(absolute "$EXPLR_CIFAR10") ;; esac
case ${EXPLR_STORE:-} in *[![:space:]]*) EXPLR_STORE=$(absolute "$EXPLR_STORE") ;; esac
case ${EXPLR_PROFILE:-} in
  sample | laptop | paper) ;;
  *) if [ -f "${EXPLR_PROFILE:-}" ]; then EXPLR_PROFILE=$(absolute "$EXPLR_PROFILE"); fi ;;
esac
export DJL_CACHE_DIR="$EXPLR_HOME/djl" ENGINE_CACHE_DIR="$EXPLR_HOME/djl"
# DJL must neither ask a cloud's metadata address nor report that it is used.
export DJL_OFFLINE=true OPT_OUT_TRACKING=true
# The project's kernelspec goes before a kernelspec of the same name in the home folder.
export JUPYTER_PREFER_ENV_PATH=1
venv=$EXPLR_HOME/venv

# The Maven for a machine that has none, or one that is too old.
maven_version=3.9.16
maven_sha512=ed41650d42485cfc243fad22158caf9cbb5dc408ce7a09ddb94dd42a019de929ca43065bfa450612cf12bf78b5cafa3884b96c090de326ff590448c933454af3

. "$root/environment/gpu.sh"

say() { printf 'explr: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }

# take_options OPTIONS ARGUMENT...: takes a command's own options out of its arguments, wherever they stand before
# a `--`. Sets $setup_only, $all, $ijava, $with_python and $with_jmh; the other arguments are left in the array
# $arguments.
take_options() {
  local own=" $1 "
  shift
  setup_only='' all='' ijava='' with_python='' with_jmh='' arguments=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    if [ "${1#--}" = "$1" ] || [ "${own#*" ${1%%=*} "}" = "$own" ]; then
      arguments+=("$1")
      shift
      continue
    fi
    case $1 in
      --setup-only) setup_only=--setup-only ;;
      --all) all=--all ;;
      --with-python) with_python=--with-python ;;
      --with-jmh) with_jmh=--with-jmh ;;
      --device*)
        case $1 in *=*) EXPLR_DEVICE=${1#*=} ;; *) EXPLR_DEVICE=${2:-}; [ $# -eq 1 ] || shift ;; esac
        [ -n "$EXPLR_DEVICE" ] || fail "--device needs a device: auto, cpu or gpu:N"
        export EXPLR_DEVICE
        ;;
      --ijava*)
        case $1 in *=*) ijava=${1#*=} ;; *) ijava=${2:-}; [ $# -eq 1 ] || shift ;; esac
        [ -n "$ijava" ] || fail "--ijava needs the path of IJava's jar, or of the folder of its kernelspec"
        ;;
      *) fail "${1%%=*} takes no value" ;;
    esac
    shift
  done
  if [ $# -gt 0 ]; then arguments+=("$@"); fi
}

# install_hint APT DNF BREW: the command that installs something on this platform.
install_hint() {
  if command -v apt-get >/dev/null; then echo "sudo apt-get install $1"
  elif command -v dnf >/dev/null; then echo "sudo dnf install $2"
  elif [ "$(uname)" = Darwin ]; then echo "brew install $3"
  else echo "install it with this system's package manager"; fi
}

# Checks the JDK. The `java` of every command and of the kernel is JAVA_HOME's, which is also Maven's, else the
# PATH's. Sets $java_version. Asking both programs takes most of a second, so the answer is kept for these two files.
need_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/javac" ] || fail "JAVA_HOME names no JDK, there is no bin/javac in $JAVA_HOME:" \
      "unset JAVA_HOME, or set it to a JDK from 17"
    export PATH="$JAVA_HOME/bin:$PATH"
  fi
  local tool tools known
  tools=$(ls -Li "$(command -v javac)" "$(command -v java)" 2>/dev/null || true)
  known=$(cat "$root/target/java.stamp" 2>/dev/null || true)
  java_version=${known##*$'\n'}
  if [ -n "$tools" ] && [ "$known" = "$tools"$'\n'"$java_version" ]; then return; fi
  for tool in javac java; do
    java_version=$("$tool" --version 2>/dev/null </dev/null | sed -n '1s/^[a-z]* \([0-9]*\).*/\1/p' || true)
    [ "${java_version:-0}" -ge 17 ] || fail "a JDK from 17 is needed${java_version:+ ($tool here is $java_version)}:" \
      "$(install_hint default-jdk java-21-openjdk-devel '--cask temurin@21')"
  done
  mkdir -p "$root/target"
  printf '%s\n%s\n' "$tools" "$java_version" >"$root/target/java.stamp"
}

# Newer releases of google-java-format run on newer Java, and no more on 17.
formatter_runs() { [ "$java_version" -lt 25 ]; }

# Puts a Maven that is new enough on the PATH: this machine's, else one from Maven Central. Called under the lock.
need_maven() {
  local version place=$EXPLR_HOME/maven
  local home=$place/apache-maven-$maven_version
  version=$(mvn -B -v 2>/dev/null </dev/null | sed -n 's/^[^A]*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' || true)
  if at_least "${version:-0.0}" 3 8; then return; fi
  if [ ! -x "$home/bin/mvn" ]; then
    say "fetching Maven $maven_version into $place (9 MB to download): Maven here is ${version:-missing}"
    rm -rf "$place"
    mkdir -p "$place/new"
    fetch "org/apache/maven/apache-maven/$maven_version/apache-maven-$maven_version-bin.zip" "$maven_sha512" \
      "$place/new/maven.zip" || exit 1
    (cd "$place/new" && jar xf maven.zip)
    chmod +x "$place/new/apache-maven-$maven_version/bin/mvn"
    mv "$place/new/apache-maven-$maven_version" "$home"
    rm -rf "$place/new"
  fi
  export PATH="$home/bin:$PATH"
}

# fetch (PATH HASH FILE)...: files of Maven Central.
fetch() { java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$root/environment/Fetch.java" "$@"; }

# Sets $python to one that is new enough and can make a virtual environment.
need_python() {
  local candidate found=
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 python3.10; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then
      found=$candidate
      if "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then python=$candidate; return; fi
    fi
  done
  [ -z "$found" ] || fail "Python's module venv is needed: $(install_hint python3-venv python3 python)"
  fail "Python from 3.10 is needed: $(install_hint 'python3 python3-venv' python3 python)"
}

# at_least VERSION MAJOR MINOR, of a version like 3.8
at_least() {
  local major=${1%%.*} minor=${1#*.}
  [ "$major" -gt "$2" ] || { [ "$major" -eq "$2" ] && [ "$minor" -ge "$3" ]; }
}

# content_hash FILE-OR-FOLDER...: one hash of the contents and names, relative to the project's root.
content_hash() {
  local sha=(shasum -a 256)
  if command -v sha256sum >/dev/null; then sha=(sha256sum); fi
  (cd "$root" && find "$@" -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 "${sha[@]}" | "${sha[@]}" | cut -c1-64)
}

# done_already STAMP CONTENT: whether a step left this stamp, the last thing that it does.
done_already() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

# Makes commands that run at the same time wait for each other's set-up. The lock is the kernel's, on a file that
# this shell holds open: it ends with the shell, even if that is killed. The file contains the shell's id.
lock() {
  mkdir -p "$EXPLR_HOME"
  exec 9>>"$EXPLR_HOME/lock"
  if ! "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null; then
    say "waiting for the set-up by process $(cat "$EXPLR_HOME/lock")"
    "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
  fi
  echo $$ >"$EXPLR_HOME/lock"
}
unlock() { exec 9>&-; }

# A terminal sees Maven's downloads as they come; a log sees only what goes wrong.
maven() {
  local quiet=(-q -B -ntp)
  if [ -t 2 ] && [ "${CI:-}" != true ]; then quiet=(-Dorg.slf4j.simpleLogger.defaultLogLevel=warn); fi
  (cd "$root" && mvn "${quiet[@]}" "$@" </dev/null >&2)
}

# Whether target/ has the library of these sources.
library_is_built() {
  done_already "$root/target/explr.stamp" "$(content_hash pom.xml .mvn src/main)" && [ -f "$(library)" ]
}

# Builds the library with Maven, with the tools of the tests where these are wanted.
build() {
  local stamp=$root/target/explr.stamp want only=-DlibraryOnly size=250
  want=$(content_hash pom.xml .mvn src/main)
  if wants tests; then
    only='' size=285
    # What was compiled without Error Prone looks up to date to Maven.
    if [ -e "$root/target/library-only" ]; then rm -rf "$root/target/classes" "$root/target/library-only"; fi
  fi
  if library_is_built; then return; fi
  need_maven
  if done_already "$root/target/lib.stamp" "$(content_hash pom.xml)"; then
    say "building the library"
  else
    say "building the library (about $size MB to download, mostly training engines; less where Maven's repository has" \
      "some of it)"
    rm -rf "$root/target/lib"
  fi
  rm -f "$stamp" "$root"/target/explr-*.jar
  if [ -n "$only" ]; then mkdir -p "$root/target" && touch "$root/target/library-only"; fi
  maven $only package -Dmaven.test.skip=true || fail "the build failed; Maven's message above says why"
  content_hash pom.xml >"$root/target/lib.stamp"
  echo "$want" >"$stamp"
}

# Sets $program to the converter: the classes that a conversion uses, with Gson, FastCSV, picocli and plotly.js. Its jar is
# named by its sources and appears whole, so processes that build it at the same time need no lock, and hence no Python.
build_converter() {
  local place=$root/target/convert key
  key=$(content_hash pom.xml environment/convert-jars.sha256 src/main/java src/main/resources/explr/format \
    src/main/resources/explr/figure)
  program=$place/explr-convert-${key:0:16}.jar
  if [ -f "$program" ]; then return; fi
  if [ -d "$place/lib" ]; then say "building the converter"; else say "building the converter (2.8 MB to download)"; fi
  local new=$place/new-$$ hash path version libraries='' wanted=()
  remove_converters "$place"
  mkdir -p "$new/classes" "$new/lib"
  while read -r hash path; do
    cp "$place/lib/${path##*/}" "$new/lib/" 2>/dev/null || true
    wanted+=("$path" "$hash" "$new/lib/${path##*/}")
    libraries="$libraries lib/${path##*/}"
  done <"$root/environment/convert-jars.sha256"
  fetch "${wanted[@]}" || exit 1
  javac --release 17 -proc:none -nowarn -d "$new/classes" -cp "$new/lib/*" -sourcepath "$root/src/main/java" \
    "$root/src/main/java/explr/cli/Convert.java" || fail "the converter could not be compiled; javac's message is above"
  version=$(sed -n 's/^  <version>\(.*\)<.*/\1/p' "$root/pom.xml")
  printf '%s\n' "Main-Class: explr.cli.Convert" "Class-Path:$libraries" "Implementation-Version: $version" >"$new/manifest"
  jar --create --file "$new/convert.jar" --manifest "$new/manifest" -C "$new/classes" . -C "$root/src/main/resources" explr/format \
    -C "$root/src/main/resources" explr/figure
  mkdir -p "$place/lib"
  mv -f "$new"/lib/*.jar "$place/lib/"
  mv -f "$new/convert.jar" "$program"
  rm -rf "$new"
}

# remove_converters PLACE: removes what killed builds left, and the converters of earlier sources. One that is a day
# old is not about to be started by another process.
remove_converters() {
  local left
  for left in "$1"/new-*; do
    kill -0 "${left##*-}" 2>/dev/null || rm -rf "$left"
  done
  find "$1" -name 'explr-convert-*.jar' -mtime +0 -exec rm -f {} + 2>/dev/null || true
}

# The library's jar, which names the jars of target/lib in its manifest.
library() { first_file "$root"/target/explr-*.jar; }

# first_file FILE...: the first that exists; nothing where a pattern matched none.
first_file() { if [ -f "$1" ]; then echo "$1"; fi; }

# Sets $program to a copy of the library, named by the sources that it was built from, for a command to run from. A
# command that trains starts a process for each stretch of training, hours after it began: a build meanwhile must
# neither remove its library nor replace it. The command holds a lock on its copy, through a descriptor that it
# inherits; copies that no process holds are removed. Called under the lock of the set-up.
keep_library() {
  local copies=$root/target/run kept folder jar
  kept=$copies/$(cut -c 1-16 "$root/target/explr.stamp")
  for folder in "$copies"/*; do
    jar=$(first_file "$folder"/explr-*.jar)
    # Without its jar it is what a killed process left.
    if [ "$folder" != "$kept" ] && { [ -z "$jar" ] || flocked EX "$jar" 2>/dev/null; }; then rm -rf "$folder"; fi
  done
  if [ -z "$(first_file "$kept"/explr-*.jar)" ]; then
    rm -rf "$kept"
    mkdir -p "$copies/new/lib"
    # Links take no space. A file system without them gets copies.
    ln "$root"/target/lib/*.jar "$copies/new/lib/" 2>/dev/null ||
      { rm -f "$copies"/new/lib/*; cp "$root"/target/lib/*.jar "$copies/new/lib/"; }
    cp "$(library)" "$copies/new/"
    mv "$copies/new" "$kept"
  fi
  program=$(first_file "$kept"/explr-*.jar)
  flocked SH "$program"
}

# flocked KIND FILE: opens a file as descriptor 8 and locks it, shared (SH) or exclusive (EX). Fails if it must wait.
flocked() {
  exec 8<"$2"
  "$python" -c "import fcntl; fcntl.flock(8, fcntl.LOCK_$1 | fcntl.LOCK_NB)"
}

# run COMMAND ARGUMENT...: becomes a command of the library. Training happens outside Java's heap: a collector
# without threads of its own and a small nursery use 140 MB less, at the same speed.
run() { exec java -XX:+UseSerialGC -Xmn16m -jar "$program" "$@"; }

# requirements FOLDER NAME MEGABYTES: installs environment/NAME.txt into the Python environment in FOLDER, each package
# checked against its hash.
requirements() {
  if requirements_met "$1" "$2"; then return; fi
  say "installing Python packages into $1 ($3 MB to download)"
  if [ "$2" != requirements-test ]; then
    rm -rf "$1"
    "$python" -m venv "$1"
  fi
  # A package may look installed although the set-up was killed in the middle of it: nothing there is relied on.
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps \
    --ignore-installed --only-binary :all: -r "$root/environment/$2.txt" ||
    fail "the Python packages could not be installed; pip's message above says why"
  requirements_stamp "$1" "$2" >"$1/$2.stamp"
}
requirements_met() { done_already "$1/$2.stamp" "$(requirements_stamp "$1" "$2")"; }
requirements_stamp() { echo "$(content_hash "environment/$2.txt") $1"; }

# Sets $EXPLR_PYTHON to a Python that draws PNG and SVG. JupyterLab's has what that needs; without JupyterLab there is
# a small one. It stays when JupyterLab comes: a training under way may want to draw.
pictures() {
  local place=$venv
  if ! requirements_met "$venv" requirements; then
    place=$EXPLR_HOME/pictures-venv
    requirements "$place" requirements-pictures 0.6
  fi
  export EXPLR_PYTHON=$place/bin/python
}

# JupyterLab with the Java kernel. The kernelspec is rewritten at each call, which takes no time, since variables may
# name other folders than before.
jupyter() {
  requirements "$venv" requirements 65
  rm -f "$venv"/share/jupyter/kernels/java/kernel.json.*
  mkdir -p "$venv/share/jupyter/lab/settings"
  cp "$root/environment/overrides.json" "$venv/share/jupyter/lab/settings/overrides.json"
  "$venv/bin/python" "$root/environment/kernelspec.py" jjava "$venv/share/jupyter/kernels/java"
}

# Unpacks the engines now, rather than at their first start.
warm_up() {
  local stamp=$EXPLR_HOME/warm-up.stamp want
  want="$(content_hash pom.xml) $root"
  if done_already "$stamp" "$want"; then return; fi
  say "unpacking the training engines into $DJL_CACHE_DIR (600 MB)"
  # What DJL was unpacking when it was killed. It unpacks into a folder of this name, which it then renames.
  rm -rf "$DJL_CACHE_DIR"/*/tmp* "$DJL_CACHE_DIR"/*/*/jni*tmp
  java -jar "$(library)" warm-up >&2 || fail "the engines could not be started; the message above says why"
  echo "$want" >"$stamp"
}

# The tools that only the tests need. Maven fetches some of them when they first run, so they run once here.
test_tools() {
  requirements "$venv" requirements-test 53
  local stamp=$EXPLR_HOME/test-tools.stamp want
  want="$(content_hash pom.xml) ${HOME:-}"
  if done_already "$stamp" "$want"; then return; fi
  say "fetching the tools of the tests (at most 50 MB to download)"
  local format=spotless:check
  formatter_runs || format=
  # shellcheck disable=SC2086 # nothing where there is nothing to run
  if maven $format test -Dtest=ConstantTest,RecipeTest -Dsurefire.failIfNoSpecifiedTests=false; then
    echo "$want" >"$stamp"
  else
    # Formatting or a test may be what failed, which is no reason to stop; without the stamp it is done again.
    say "the run that fetches the tools of the tests failed, so some may be missing; Maven's message above says why"
  fi
}

# set_up NEED...: makes the library and the engines, and what else a command needs: converter, gpu, pictures, jupyter or
# tests. It takes seconds when all is there. --setup-only makes everything for all commands.
set_up() {
  needs=$*
  if [ -n "$setup_only" ]; then needs='converter gpu jupyter pictures tests'; fi
  umask 022
  need_java
  need_python
  name_commit
  lock
  if wants tests; then need_maven; fi
  if wants converter; then build_converter; fi
  build
  warm_up
  if wants gpu; then gpu; fi
  if wants jupyter; then jupyter; fi
  if wants pictures; then pictures; fi
  if wants tests; then
    test_tools
    install_browser
  fi
  keep_library
  unlock
  find_browser
}
wants() { case " $needs " in *" $1 "*) ;; *) return 1 ;; esac; }

# The commit that the library is built from, for the manifests of runs; without git there is none.
name_commit() {
  if [ -e "$root/.git" ] && EXPLR_COMMIT=$(git -C "$root" rev-parse HEAD 2>/dev/null); then
    if [ -n "$(git -C "$root" status --porcelain -- src pom.xml)" ]; then EXPLR_COMMIT=$EXPLR_COMMIT-dirty; fi
    export EXPLR_COMMIT
  fi
}

# Ends a command that was only to set up.
end_of_setup() {
  [ -n "$setup_only" ] || return 0
  say "ready: from now on nothing needs a network"
  exit
}

# Kaleido writes PNG and SVG, and the tests look at notebooks, through a Chrome or Chromium of the system.
find_browser() {
  if [ -n "${BROWSER_PATH:-}" ]; then return; fi
  local candidate
  for candidate in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    /Applications/Chromium.app/Contents/MacOS/Chromium; do
    if command -v "$candidate" >/dev/null; then
      BROWSER_PATH=$(command -v "$candidate")
      export BROWSER_PATH
      return
    fi
  done
}

# On Debian, root installs the browser; elsewhere the tests that need one are reported as skipped.
install_browser() {
  find_browser
  if [ -n "${BROWSER_PATH:-}" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 0; fi
  say "installing Chromium for the tests (about 100 MB to download)"
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium \
    fonts-dejavu-core; } </dev/null >/dev/null 2>&1 || say "Chromium could not be installed"
}
