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
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources

import findings  # noqa: E402
import generate  # noqa: E402
import policies  # noqa: E402
import verdict  # noqa: E402
import workers  # noqa: E402
from findings import Finding  # noqa: E402


def installed_clients():
    """Every docker on a usual PATH, each file once."""
    found = {}
    for directory in ("/usr/bin", "/usr/local/bin"):
        path = os.path.join(directory, "docker")
        if os.access(path, os.X_OK):
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def add_options(parser, count):
    parser.add_argument("--check", required=True, metavar="PROGRAM",
                        help="undocker-check")
    parser.add_argument("--client", nargs="+", metavar="DOCKER",
                        default=installed_clients())
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", type=int, metavar="K",
                        help="the one line K of the seed")
    parser.add_argument("--user", help="the caller, an account",
                        default="nobody")
    parser.add_argument("--jobs", type=int, default=2)


def checked_options(parser):
    options = parser.parse_args()
    if not options.client:
        parser.error("no docker client is installed")
    if os.geteuid() != 0:
        parser.error("run it as root: undocker asks only an engine of root's")
    options.check = os.path.abspath(options.check)
    return options


class Trial:
    """Two policies for each client, and lines under them."""

    def __init__(self):
        self.by_client = {}

    def prepare(self, bench):
        for number, client in enumerate(bench.options.client):
            self.by_client[client] = [policies.wide_policy(client),
                                      policies.narrow_policy(client)]
            for policy in self.by_client[client]:
                policy.write(os.path.dirname(bench.place), number,
                             bench.socket)

    def try_line(self, bench, k, report):
        """Line k with every client and policy."""
        words = generate.line(bench.options.seed, k, bench.place)
        for client, of_client in self.by_client.items():
            theirs, ran = None, {}
            for policy in of_client:
                for attempt in (1, 2):  # once more, should a machine have hung
                    try:
                        if theirs is None or attempt == 2:
                            theirs, ran = bench.ask(client, words), {}
                        report.passed(policy, verdict.judge(
                            bench, policy, words, theirs, ran))
                    except Finding as finding:
                        if attempt == 1:
                            continue
                        report.failed(k, client, policy, words, finding)
                    break
            if theirs is not None:
                report.docker(theirs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add_options(parser, 2000)
    options = checked_options(parser)
    return findings.conclude(workers.run_all(options, Trial()))


if __name__ == "__main__":
    sys.exit(main())
