#!/usr/bin/env bash
# Set up, then check everything: lint, layout, types, tests. Arguments go to pytest.
set -uo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
"$root/setup.sh" || exit
cd -- "$root" || exit
bin=$root/.venv/bin
# The render on a cluster is checked as well, with a cluster on this machine.
"$bin/pip" --disable-pip-version-check --no-input install --quiet \
    --requirement requirements-cluster.txt || exit
"$bin/pip" --disable-pip-version-check --no-input install --quiet \
    --requirement requirements-browser.txt || exit
# The pages are read in a real browser; its tests are left out where none can be had.
install_browser() {
    local as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    command -v apt-get >/dev/null || return 1
    printf 'test: installing chromium with apt\n' >&2
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends chromium >/dev/null
}
command -v chromium >/dev/null || install_browser ||
    printf 'test: no chromium, so the pages are not tested\n' >&2
failed=()

# Every check runs, so that one round shows all that is wrong.
check() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

check lint "$bin/ruff" check .
check layout "$bin/ruff" format --check .
check types "$bin/mypy"
check tests "$bin/pytest" --numprocesses auto --dist worksteal "$@"

if ((${#failed[@]})); then
    printf '\nfailed: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\nall checks passed\n'
