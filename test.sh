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
check tests "$bin/pytest" --numprocesses auto "$@"

if ((${#failed[@]})); then
    printf '\nfailed: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\nall checks passed\n'
