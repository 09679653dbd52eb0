#!/usr/bin/env bash
# Make ready what render.sh and test.sh need: system packages, a virtual environment in .venv and
# the pinned requirements. Returns at once when nothing has changed since the last time.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
venv=$root/.venv
python=$venv/bin/python
stamp=$venv/.complete
# What the wheels that are built here need: pycairo and manimpango have none for Linux.
packages=(python3-venv python3-dev gcc pkg-config libpango1.0-dev)

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# One line that changes whenever the set-up must be done again.
wanted() {
    cat -- "$root/requirements.txt" "$root/pyproject.toml" "$root/setup.sh" |
        { sha256sum && printf '%s\n' "$root" && "$python" --version; } 2>/dev/null |
        tr '\n' ' '
}

complete() { [[ -f $stamp && $(<"$stamp") == "$(wanted)" ]]; }

# The first Python that is new enough.
find_python() {
    local candidate
    for candidate in python3 python3.11 python3.12 python3.13; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

can_build() {
    local base
    base=$(find_python) &&
        "$base" -c 'import ensurepip, sysconfig, pathlib, venv
assert pathlib.Path(sysconfig.get_path("include"), "Python.h").exists()' 2>/dev/null &&
        command -v cc >/dev/null &&
        pkg-config --exists cairo pangocairo 2>/dev/null
}

install_packages() {
    local as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    command -v apt-get >/dev/null || return 1
    say "installing ${packages[*]} with apt"
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
}

# A virtual environment that is whole and was made for this folder by a Python that still exists.
venv_works() {
    grep -qsF -- "$venv" "$venv/bin/activate" && "$python" -m pip --version >/dev/null 2>&1
}

install_requirements() {
    local pip=("$python" -m pip --disable-pip-version-check --no-input install --quiet) torch
    torch=$(sed -n 's/^\(torch==[^ #]*\).*/\1/p' requirements.txt)
    # Torch alone first: the largest download is then not repeated when another one fails.
    say "installing $torch"
    "${pip[@]}" "$torch" || return 1
    say "installing requirements.txt"
    "${pip[@]}" --requirement requirements.txt
}

complete && exit 0

# One set-up at a time; a second one waits, and then finds it done. The folder itself is the lock.
cd -- "$root"
exec 9<"$root"
if ! flock --nonblock 9; then
    say "another set-up is running here; waiting for it"
    flock 9
fi
complete && exit 0

rm -f -- "$stamp"
can_build || install_packages || true
can_build || fail "please install Python 3.11 or later and these packages: ${packages[*]}"
if ! venv_works; then
    say "making the virtual environment .venv"
    "$(find_python)" -m venv --clear -- "$venv" || fail "cannot make $venv"
fi
install_requirements || fail "pip failed (see above); run the command again to take the set-up up"
wanted >"$stamp"
say "done"
