#!/usr/bin/env bash
# Set up, then check everything: lint, layout, types, tests. Arguments go to pytest.
set -uo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
"$root/setup.sh" --tests || exit
cd -- "$root" || exit
bin=$root/.venv/bin
cores=$("$bin/python" -c 'from studio.workers.processes import core_count; print(core_count())') ||
    exit
failed=()

# Every check runs, so that one round shows all that is wrong.
check() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

# A browser on a busy machine may be late: what fails is tried once more, alone, and said to be.
tests() {
    "$bin/pytest" --numprocesses "$cores" --dist worksteal "$@" && return
    printf '\n== the tests that failed, once more\n'
    "$bin/pytest" --last-failed --last-failed-no-failures none "$@"
}

check lint "$bin/ruff" check .
check layout "$bin/ruff" format --check .
check types "$bin/mypy"
check tests tests "$@"

if ((${#failed[@]})); then
    printf '\nfailed: %s\n' "${failed[*]}" >&2
    exit 1
fi
printf '\nall checks passed\n'
