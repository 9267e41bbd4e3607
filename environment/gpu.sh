# What an NVIDIA GPU needs: libtorch and CUDA's libraries from PyPI's PyTorch, installed where a driver is found, and the
# variables by which Java finds them. Sourced by setup.sh.
# shellcheck shell=bash disable=SC2154 # root, EXPLR_HOME, python and others are setup.sh's

gpu=$EXPLR_HOME/gpu
# The version and the flavour of DJL's bridge to libtorch, which pytorch-jni in pom.xml contains. The bridge is compiled
# for a newer CUDA than PyPI's PyTorch of this version and works with it, because it calls only libtorch.
torch_version=2.7.1
torch_flavor=cu128
# Searched after the linker's folders and those of LD_LIBRARY_PATH: WSL2, container runtimes and NixOS mount a driver
# here.
driver_folders=(/usr/lib/x86_64-linux-gnu /usr/lib64 /usr/lib /usr/lib/wsl/lib /usr/local/nvidia/lib64
  /usr/local/nvidia/lib /run/opengl-driver/lib)

# device_of ARGUMENT...: the device that the command line names, else the variable EXPLR_DEVICE, else auto.
device_of() {
  local device=auto
  case ${EXPLR_DEVICE:-} in *[![:space:]]*) device=$EXPLR_DEVICE ;; esac
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
      --device=*) device=${1#*=} ;;
      --device) device=${2:-} ;;
    esac
    shift
  done
  echo "$device"
}

# Sets $driver to the folder of NVIDIA's driver, or to nothing if there is none. The libraries to install are only for
# Linux on x86-64.
find_driver() {
  driver=
  [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || return 0
  local folder folders=()
  IFS=: read -ra folders <<<"${LD_LIBRARY_PATH:-}"
  folders+=("$(linker_folder libcuda.so.1)" "${driver_folders[@]}")
  for folder in "${folders[@]}"; do
    if [ -n "$folder" ] && [ -e "$folder/libcuda.so.1" ]; then driver=$folder; return; fi
  done
}

# linker_folder NAME: the folder where the linker finds a 64-bit library without LD_LIBRARY_PATH.
linker_folder() {
  local path
  path=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null |
    sed -n "s/^[[:space:]]*$1 (.*x86-64.*) => //p" | head -n 1 || true)
  if [ -n "$path" ]; then dirname "$path"; fi
}

# Prepares the GPU unless the command line excludes it, and exports the variables for Java. If DJL's variables name a
# libtorch of the user's own, it is used as it is.
gpu() {
  local driver
  if [ "$(device_of ${arguments[@]+"${arguments[@]}"})" = cpu ]; then return; fi
  case ${PYTORCH_LIBRARY_PATH:-} in *[![:space:]]*) return ;; esac
  find_driver
  if [ -z "$driver" ]; then return; fi
  if ! requirements_met "$gpu" requirements-gpu; then
    local unserved
    unserved=$(gpu_variables; java -jar "$(library)" unserved-cards 2>/dev/null || true)
    if [ -n "$unserved" ]; then
      say "nothing is installed for a GPU: $unserved"
      return
    fi
    install_gpu
  fi
  gpu_variables
  start_gpu_engine
}

# Installs the wheels for Python 3.12, whichever Python runs pip: no Python loads them, and all users get the same
# libtorch.
install_gpu() {
  say "installing PyTorch's GPU library with CUDA into $gpu (2.8 GB to download, 4.8 GB on disk, 7.6 GB while it is" \
    "installed); --device cpu omits it"
  rm -rf "$gpu"
  mkdir -p "$gpu/tmp"
  "$python" -m venv "$gpu/pip"
  TMPDIR=$gpu/tmp "$gpu/pip/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-cache-dir \
    --no-compile --require-hashes --no-deps --only-binary :all: --implementation cp --python-version 3.12 \
    --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 --platform manylinux2014_x86_64 \
    --platform manylinux_2_17_x86_64 --target "$gpu/packages" -r "$root/environment/requirements-gpu.txt" ||
    fail "the GPU library could not be installed; pip's message above says why. With --device cpu it is not needed"
  rm -rf "$gpu/pip" "$gpu/tmp"
  mkdir "$gpu/links"
  # Java looks for CUDA's runtime by its name without a version, and PyPI's package has no such file.
  ln -s ../packages/nvidia/cuda_runtime/lib/libcudart.so.12 "$gpu/links/libcudart.so"
  requirements_stamp "$gpu" requirements-gpu >"$gpu/requirements-gpu.stamp"
}

gpu_variables() {
  export PYTORCH_LIBRARY_PATH=$gpu/packages/torch/lib PYTORCH_VERSION=$torch_version PYTORCH_FLAVOR=$torch_flavor
  # Shared memory between Python's processes.
  export PYTORCH_LIBRARY_EXCLUSION=libshm.so
  local known folder path=$gpu/links
  known=$(linker_folder libcuda.so.1):${LD_LIBRARY_PATH:-}
  for folder in "$gpu"/packages/nvidia/*/lib "$gpu"/packages/cusparselt/lib; do path=$path:$folder; done
  path=$path${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  # Last, and only if the linker does not find the driver otherwise: the folder may hold other libraries too.
  case ":$known:" in *":$driver:"*) ;; *) path=$path:$driver ;; esac
  export LD_LIBRARY_PATH=$path
}

# Loads the GPU library once, which unpacks DJL's bridge to it, so that the set-up reports a library that does not load.
start_gpu_engine() {
  local stamp=$gpu/engine.stamp want
  want="$(content_hash pom.xml) $DJL_CACHE_DIR"
  if done_already "$stamp" "$want"; then return; fi
  java -jar "$(library)" warm-up pytorch >&2 ||
    fail "the GPU library could not be loaded; the message above says why. With --device cpu it is not needed"
  echo "$want" >"$stamp"
}
