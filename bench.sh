#!/usr/bin/env bash
# Set up what is missing, then measure the render against stock manim. See ./bench.sh --help.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
"$root/setup.sh"
cd -- "$root"
exec .venv/bin/python -m studio.benchmark "$@"
