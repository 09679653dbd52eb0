#!/usr/bin/env bash
# Set up what is missing, then render the lecture into exports/. See ./render.sh --help.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
"$root/setup.sh"
exec "$root/.venv/bin/python" -m studio "$@"
