# What the commands share: set-up, done once and redone when its sources change, and the variables they run
# under. Sourced by them; needs no more than the bash 3.2 of macOS.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# absolute PATH: the same file for a command that runs in another folder.
absolute() { case $1 in /*) printf '%s\n' "$1" ;; *) printf '%s\n' "$PWD/$1" ;; esac; }

# Java takes names of files in the locale's encoding; a bare container has one without umlauts.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ] && locale -a 2>/dev/null | grep -qi '^C\.utf-\{0,1\}8$'; then
  export LC_ALL=C.UTF-8
fi

# Everything that is made lies here, but for Maven's own target/ and its repository in the home folder.
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

# The commit that the library is built from, for the manifests of runs; where there is no git, none is named.
if [ -e "$root/.git" ] && EXPLR_COMMIT=$(git -C "$root" rev-parse HEAD 2>/dev/null); then
  if [ -n "$(git -C "$root" status --porcelain -- src pom.xml)" ]; then EXPLR_COMMIT=$EXPLR_COMMIT-dirty; fi
  export EXPLR_COMMIT
fi

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

# The `java` of every command and of the kernel is JAVA_HOME's, which is also Maven's, else the PATH's. Sets
# $java_version.
need_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/javac" ] || fail "JAVA_HOME names no JDK, there is no bin/javac in $JAVA_HOME:" \
      "unset JAVA_HOME, or let it name a JDK from 17"
    export PATH="$JAVA_HOME/bin:$PATH"
  fi
  local tool
  for tool in javac java; do
    java_version=$("$tool" --version 2>/dev/null </dev/null | sed -n '1s/^[a-z]* \([0-9]*\).*/\1/p' || true)
    [ "${java_version:-0}" -ge 17 ] || fail "a JDK from 17 is needed${java_version:+ ($tool here is $java_version)}:" \
      "$(install_hint default-jdk java-21-openjdk-devel '--cask temurin@21')"
  done
}

# Newer releases of google-java-format run on newer Java, and no more on 17.
formatter_runs() { [ "$java_version" -lt 25 ]; }

need_maven() {
  local version
  version=$(mvn -B -v 2>/dev/null </dev/null | sed -n 's/^[^A]*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' || true)
  at_least "${version:-0.0}" 3 8 || fail "Maven from 3.8 is needed${version:+ (mvn here is $version)}:" \
    "$(install_hint maven maven maven)"
}

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
  local sha='shasum -a 256'
  if command -v sha256sum >/dev/null; then sha=sha256sum; fi
  (cd "$root" && find "$@" -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 $sha | $sha | cut -c1-64)
}

# done_already STAMP CONTENT: whether a step left this stamp, the last thing that it does.
done_already() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

# Makes commands that run at the same time wait for each other's set-up. The lock is the kernel's, on a file
# that this shell holds open: it goes when the shell goes, however it goes.
lock() {
  mkdir -p "$EXPLR_HOME"
  exec 9>"$EXPLR_HOME/lock"
  "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null && return
  say "waiting for the set-up that another command is doing"
  "$python" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
}
unlock() { exec 9>&-; }

# A terminal sees Maven's downloads as they come; a log sees only what goes wrong.
maven() {
  local quiet=(-q -B -ntp)
  if [ -t 2 ] && [ "${CI:-}" != true ]; then quiet=(-Dorg.slf4j.simpleLogger.defaultLogLevel=warn); fi
  (cd "$root" && mvn "${quiet[@]}" "$@" </dev/null >&2)
}

build() {
  local stamp=$root/target/explr.stamp want
  want=$(content_hash pom.xml .mvn src/main)
  if done_already "$stamp" "$want" && [ -f "$(library)" ]; then return; fi
  need_maven
  if done_already "$root/target/lib.stamp" "$(content_hash pom.xml)"; then
    say "building the library"
  else
    say "building the library; the first time this downloads about 290 MB, the training engines included"
    rm -rf "$root/target/lib"
  fi
  rm -f "$stamp" "$root"/target/explr-*.jar
  maven package -Dmaven.test.skip=true || fail "the build failed; what Maven says above tells why"
  content_hash pom.xml >"$root/target/lib.stamp"
  echo "$want" >"$stamp"
}

# The library's jar, which names the jars of target/lib in its manifest.
library() { ls "$root"/target/explr-*.jar 2>/dev/null | head -n 1; }

# Sets $program to a copy of the library, named by the sources that it was built from, for a command to run from. One
# that trains starts a process for each stretch of training, hours after it began: a build meanwhile must neither take
# the library from under it nor give it another. The command holds a lock on its copy, through a descriptor that it
# inherits; copies that nobody holds are removed. Called under the lock of the set-up.
keep_library() {
  local copies=$root/target/run kept jar
  kept=$copies/$(cut -c 1-16 "$root/target/explr.stamp")
  for jar in "$copies"/*/explr-*.jar; do
    if [ -f "$jar" ] && [ "${jar%/*}" != "$kept" ] && flocked EX "$jar" 2>/dev/null; then rm -rf "${jar%/*}"; fi
  done
  if [ ! -d "$kept" ]; then
    rm -rf "$copies/new"
    mkdir -p "$copies/new/lib"
    # Links take no space. A file system without them gets copies.
    ln "$root"/target/lib/*.jar "$copies/new/lib/" 2>/dev/null ||
      { rm -f "$copies"/new/lib/*; cp "$root"/target/lib/*.jar "$copies/new/lib/"; }
    cp "$(library)" "$copies/new/"
    mv "$copies/new" "$kept"
  fi
  program=$(ls "$kept"/explr-*.jar)
  flocked SH "$program"
}

# flocked KIND FILE: opens a file as descriptor 8 and locks it, shared (SH) or alone (EX), if nobody stands against.
flocked() {
  exec 8<"$2"
  "$python" -c "import fcntl; fcntl.flock(8, fcntl.LOCK_$1 | fcntl.LOCK_NB)"
}

# run COMMAND ARGUMENT...: becomes a command of the library. What trains lies outside of Java's heap: a collector
# without threads of its own and a small nursery take 140 MB less beside it, and nothing of its speed.
run() { exec java -XX:+UseSerialGC -Xmn16m -jar "$program" "$@"; }

# requirements NAME MEGABYTES: installs environment/NAME.txt, each package checked against its hash.
requirements() {
  local stamp=$venv/$1.stamp want
  want="$(content_hash "environment/$1.txt") $venv"
  if done_already "$stamp" "$want"; then return; fi
  say "installing Python packages into $venv (about $2 MB to download)"
  if [ "$1" = requirements ]; then
    rm -rf "$venv"
    "$python" -m venv "$venv"
  fi
  # What an earlier set-up was killed over may look installed and not be: nothing there is relied on.
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps \
    --ignore-installed --only-binary :all: -r "$root/environment/$1.txt" ||
    fail "the Python packages could not be installed; what pip says above tells why"
  echo "$want" >"$stamp"
}

# Rewritten at each call, which takes no time, since folders may have been named anew by variables.
jupyter() {
  mkdir -p "$venv/share/jupyter/lab/settings"
  cp "$root/environment/overrides.json" "$venv/share/jupyter/lab/settings/overrides.json"
  "$venv/bin/python" "$root/environment/kernelspec.py" jjava "$venv/share/jupyter/kernels/java"
}

# What the engines unpack at their first start is unpacked now.
warm_up() {
  local stamp=$EXPLR_HOME/warm-up.stamp want
  want="$(content_hash pom.xml) $root"
  if done_already "$stamp" "$want"; then return; fi
  say "unpacking the training engines into $DJL_CACHE_DIR (600 MB)"
  java -jar "$(library)" warm-up >&2 || fail "the engines could not be started; what is said above tells why"
  echo "$want" >"$stamp"
}

# The tools that only the tests need. Maven fetches some of them when they first run, so they run once here.
test_tools() {
  requirements requirements-test 50
  local stamp=$EXPLR_HOME/test-tools.stamp want
  want="$(content_hash pom.xml) ${HOME:-}"
  if done_already "$stamp" "$want"; then return; fi
  need_maven
  say "fetching the tools of the tests (about 20 MB to download)"
  local format=spotless:check
  formatter_runs || format=
  # shellcheck disable=SC2086 # nothing where there is nothing to run
  if maven $format test -Dtest=ConstantTest,RecipeTest -Dsurefire.failIfNoSpecifiedTests=false; then
    echo "$want" >"$stamp"
  else
    # Formatting or a test may be what failed, and no reason not to go on; without the stamp it is done again.
    say "what runs to fetch the tools of the tests failed, so some may be missing; Maven says above why"
  fi
}

# set_up [with-tests]: everything, once; seconds when it is there. --setup-only means everything for all commands.
set_up() {
  umask 022
  need_java
  need_python
  lock
  build
  requirements requirements 60
  jupyter
  warm_up
  keep_library
  if [ -n "${1:-}$setup_only" ]; then
    test_tools
    install_browser
  fi
  unlock
  export EXPLR_PYTHON="$venv/bin/python"
  find_browser
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

# On Debian, root installs the browser; elsewhere the tests that need one say that they are skipped.
install_browser() {
  find_browser
  if [ -n "${BROWSER_PATH:-}" ] || [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then return 0; fi
  say "installing Chromium for the tests (about 100 MB to download)"
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium \
    fonts-dejavu-core; } </dev/null >/dev/null 2>&1 || say "Chromium could not be installed"
}
