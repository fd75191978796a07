#!/bin/sh
# Makes sure that Chromium is there, or fails and says what to do: the browser tests are never left out.
set -eu

if command -v chromium > /dev/null; then
    exit 0
fi

packages="chromium fonts-dejavu fonts-liberation"
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi

echo "Chromium is missing; installing it with apt-get (half a minute)."
if ! command -v apt-get > /dev/null ||
    ! $as_root apt-get update --quiet=2 ||
    ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends $packages ||
    ! command -v chromium > /dev/null; then
    echo "Chromium could not be installed here, and the browser tests need it." >&2
    echo "Install it so that \`chromium\` is a command (Debian, Ubuntu: sudo apt-get install $packages)," >&2
    echo "then run \`make test\` again. Until then, \`make test-fast\` runs everything else on SQLite." >&2
    exit 1
fi
