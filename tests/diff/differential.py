#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docker is asked for, with and without undocker in between.

Each generated command line is run by a docker client against a recording
engine; undocker-check says what enforcement would run instead; that is run
against the same engine. The two must ask for the same, but for what undocker
adds, and must end alike. What undocker refuses and docker accepts must have a
reason on the EXPLAINED list. See README.md.
"""

import argparse
import os
import pwd
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left beside the sources

import findings  # noqa: E402
import workers  # noqa: E402


def installed_clients():
    """Every docker on a usual PATH, each file once."""
    found = {}
    for directory in ("/usr/bin", "/usr/local/bin"):
        path = os.path.join(directory, "docker")
        if os.access(path, os.X_OK):
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", required=True, metavar="PROGRAM",
                        help="undocker-check")
    parser.add_argument("--client", nargs="+", metavar="DOCKER",
                        default=installed_clients())
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", type=int, metavar="K",
                        help="the one line K of the seed")
    parser.add_argument("--user", help="the caller, an account",
                        default="nobody" if os.geteuid() == 0 else
                        pwd.getpwuid(os.geteuid()).pw_name)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if not options.client:
        parser.error("no docker client is installed")
    options.check = os.path.abspath(options.check)
    return options


def main():
    options = parse_options()
    base = tempfile.mkdtemp(prefix="undocker-diff-")
    os.chmod(base, 0o755)
    try:
        return findings.conclude(workers.run_all(options, base))
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
