#!/usr/bin/env bash
# Make ready what render.sh, bench.sh and test.sh need: system packages, a virtual environment in
# .venv and the pinned requirements. Returns at once when nothing has changed since the last time.
#
#   ./setup.sh           what a render needs
#   ./setup.sh --tests   also what only ./test.sh needs: a cluster's libraries, a browser and OpenCC
#
#   TORCH_INDEX=address  takes torch from this index; empty: from where pip takes all packages
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
venv=$root/.venv
python=$venv/bin/python
# PyTorch's own index of builds without CUDA: on Linux the public index has those with it.
pytorch_index=https://download.pytorch.org/whl/cpu
# pycairo and manimpango are built here where they have no wheel; these packages are for that.
apt_packages=(python3-venv python3-dev gcc pkg-config libpango1.0-dev)
dnf_packages=(python3-devel gcc pkgconf-pkg-config cairo-devel pango-devel)
pacman_packages=(python gcc pkgconf cairo pango)
brew_packages=(python pkgconf cairo pango)
libraries=(cairo pangocairo)  # as pkg-config calls them

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null; }

# One line that changes whenever the set-up must be done again.
wanted() {
    cat -- "$root"/requirements*.txt "$root"/{,fastcairo/}pyproject.toml "$root/setup.sh" |
        { cksum && printf '%s\n' "$root" && "$python" --version; } 2>/dev/null |
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

# Name what is missing for the builds, a line each; nothing when all is there.
missing() {
    local base said
    if ! base=$(find_python); then
        echo "Python 3.11 or later"
    elif ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        echo "the modules venv and ensurepip of $base"
    elif ! "$base" -c 'import sysconfig, pathlib
assert pathlib.Path(sysconfig.get_path("include"), "Python.h").exists()' 2>/dev/null; then
        echo "the header Python.h of $base"
    fi
    has cc || echo "a C compiler named cc"
    if ! has pkg-config; then
        echo "the program pkg-config"
    elif ! said=$(pkg-config --print-errors --exists "${libraries[@]}" 2>&1); then
        said=${said//$'\n'/ }
        echo "a library: $(command -v pkg-config) --exists ${libraries[*]} answers: ${said:-no}"
    fi
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# Install Debian packages where that needs no password.
apt_install() {
    has apt-get && as_root true 2>/dev/null || return 1
    say "installing $* with apt"
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

# The one command that installs what is missing on this system.
install_command() {
    if has apt-get; then
        echo "sudo apt-get install ${apt_packages[*]}"
    elif has dnf; then
        echo "sudo dnf install ${dnf_packages[*]}"
    elif has pacman; then
        echo "sudo pacman -S --needed ${pacman_packages[*]}"
    elif has brew || [[ $(uname) == Darwin ]]; then
        echo "brew install ${brew_packages[*]} (https://brew.sh)"
    else
        echo "your system's packages for what Debian calls ${apt_packages[*]}"
    fi
}

# A virtual environment that is whole and was made for this folder by a Python that still exists.
venv_works() {
    grep -qsF -- "$venv" "$venv/pyvenv.cfg" && "$python" -m pip --version >/dev/null 2>&1
}

# Let pip's settings say where packages come from, but not where they go: into .venv.
keep_pip_in_venv() {
    local section
    unset PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON
    # An empty value in the environment's own file takes back one of the user or of the system.
    for section in global install; do
        printf '[%s]\nuser =\ntarget =\nprefix =\nroot =\n' "$section"
    done >"$venv/pip.conf"
    # A file that PIP_CONFIG_FILE names is read last, so it is read without those lines.
    if [[ -f ${PIP_CONFIG_FILE:-} ]]; then
        sed -E '/^(user|target|prefix|root)[[:space:]]*[=:]/d' "$PIP_CONFIG_FILE" \
            >"$venv/pip-user.conf"
        export PIP_CONFIG_FILE=$venv/pip-user.conf
    fi
}

# Run pip install. Its errors and warnings are shown and kept in .venv/pip-said, but for the one
# that it gives for every package and every folder of its settings that lacks this package.
pip_install() {
    {
        "$python" -m pip --disable-pip-version-check --no-input install "$@" 2>&1 >&3 3>&- |
            awk -v said="$venv/pip-said" '
                BEGIN { printf "" >said }
                /WARNING: Location .* is ignored: it is neither a file nor a directory/ {
                    ignored++
                    next
                }
                { print; print >said; fflush() }
                END {
                    if (ignored)
                        print "setup: left out", ignored, "warnings of pip: Location ... is ignored"
                }' >&2
    } 3>&2
}

# Whether the user told pip where packages come from.
pip_has_places() {
    "$python" -m pip --disable-pip-version-check config list 2>/dev/null |
        grep -E '^(global|install|:env:)\.(index-url|extra-index-url|find-links|no-index)=' \
            >/dev/null
}

# Torch alone first: the largest download is not repeated when another one fails. Pip is not told
# to be quiet here, so that it names every file with its size before it is fetched.
install_torch() {
    local torch index=${TORCH_INDEX-}
    torch=$(sed -n 's/^\(torch==[^ #]*\).*/\1/p' requirements.txt)
    if [[ -z ${TORCH_INDEX+set} ]] && ! pip_has_places; then
        index=$pytorch_index
    fi
    if [[ -n $index ]]; then
        say "fetching $torch from $index (the build without CUDA is about 190 MB)"
        # Torch only: what it needs comes with the other requirements, from pip's own places.
        pip_install --retries 2 --no-deps --index-url "$index" "$torch" && return
        # Another index is no help against a full disk.
        ! grep -qE 'No space left|Permission denied|Disk quota' "$venv/pip-said" || return 1
        say "could not take $torch from $index; trying where pip takes packages"
    fi
    say "fetching $torch from where pip takes packages (190 MB; with CUDA, several GB)"
    pip_install "$torch"
}

install_requirements() {
    install_torch || return 1
    say "installing requirements.txt"
    pip_install --quiet --requirement requirements.txt || return 1
    if $for_tests; then
        say "installing requirements-cluster.txt, -browser.txt and -languages.txt"
        pip_install --quiet --requirement requirements-cluster.txt \
            --requirement requirements-browser.txt --requirement requirements-languages.txt
    fi
}

set_up() {
    # One set-up at a time; a second one waits, and then finds it done. The folder is the lock.
    # macOS has no flock: two at once are left to the user there.
    cd -- "$root"
    if has flock; then
        exec 9<"$root"
        if ! flock --nonblock 9; then
            say "another set-up is running here; waiting for it"
            flock 9
        fi
    fi
    ! complete || return 0

    rm -f -- "$venv"/.complete*
    local lacking
    lacking=$(missing)
    if [[ -n $lacking ]]; then
        say "missing: ${lacking//$'\n'/; }"
        apt_install "${apt_packages[@]}" || true
        lacking=$(missing)
        [[ -z $lacking ]] || fail "still missing: ${lacking//$'\n'/; }. Install: $(install_command)"
    fi
    if ! venv_works; then
        say "making the virtual environment .venv"
        "$(find_python)" -m venv --clear -- "$venv" || fail "cannot make $venv"
    fi
    keep_pip_in_venv
    install_requirements || fail "pip failed (see above); run the command again to take the set-up up"
    wanted >"$venv/.complete"
    wanted >"$stamp"
    say "done"
}

[[ $root != *$'\n'* ]] || fail "the folder's path has a line break, which no film can be written under"
case ${1-} in
    "") for_tests=false stamp=$venv/.complete ;;
    --tests) for_tests=true stamp=$venv/.complete-for-tests ;;
    *) fail "$1: the only argument is --tests" ;;
esac
if ! complete; then set_up; fi
if $for_tests && ! has chromium; then
    apt_install chromium || say "no chromium, so the pages are not tested"
fi
