#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What docker is asked for when a policy limits the values of flags.

Lines of run and create with one to three flags whose values are inside the
policy (then they must be allowed), or with an odd one among them: if that is
allowed, what each client then asks of a recording engine must lie inside the
policy. See README.md.
"""

import argparse
import collections
import os
import random
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources

import differential  # noqa: E402
import findings  # noqa: E402
import flagtable  # noqa: E402
import limit_judge  # noqa: E402
import limit_mutate  # noqa: E402
import limit_policy  # noqa: E402
import limit_values  # noqa: E402
import shellwords  # noqa: E402
import workers  # noqa: E402
from findings import Finding  # noqa: E402

# What a client may ask for, beside ps and the like.
PATHS = ("/containers/", "/images/", "/info", "/version", "/events")

REFUSED, ALLOWED = "refused", "allowed"
UNWANTED = "allowed, docker refuses"


class Line:
    """The k-th line of a seed: words, and which flag is odd."""

    def __init__(self, seed, k, place):
        self.rng = random.Random("limits/%s/%s" % (seed, k))
        self.place = place
        self.command = self.rng.choice(["run", "create"])
        self.focus = None
        self.kinds = self.pick()
        self.words = [self.command]
        for number, kind in enumerate(self.kinds):
            self.words += self.flag(kind, number)
        self.words.append("alpine")

    def pick(self):
        rng, kinds = self.rng, list(limit_values.KINDS)
        focus = rng.choice(kinds)
        chosen = rng.sample(kinds, rng.choice([0, 0, 1, 2]))
        chosen = [kind for kind in chosen if kind != focus]
        if rng.random() < 0.75:
            self.focus = focus
        # Two networks go together only where both are of users.
        twice = limit_values.KINDS[focus][2] and (
            self.focus or focus != "network")
        if twice and len(chosen) < 2 and rng.random() < 0.3:
            chosen.append(focus)
        chosen.insert(rng.randrange(len(chosen) + 1), focus)
        return chosen

    def flags(self):
        return {limit_values.KINDS[kind][0] for kind in self.kinds}

    def flag(self, kind, number):
        rng, name = self.rng, limit_values.KINDS[kind][0]
        is_odd = kind == self.focus and rng.random() < 0.85
        make = limit_mutate.odd if is_odd else limit_mutate.good
        value = limit_mutate.fill(make(rng, kind), self.place, number)
        known = flagtable.BY_NAME["run"][name]
        if known.letter and rng.random() < 0.4:
            joined = value and rng.random() < 0.5
            return (["-%s%s" % (known.letter, value)]
                    if joined and not value.startswith("=")
                    else ["-" + known.letter, value])
        long = "--" + rng.choice(known.longs)
        return ([long + "=" + value] if rng.random() < 0.5
                else [long, value])


class Trial:
    """A policy, and lines under it."""

    def __init__(self):
        self.policy = None
        self.plain = {}  # by client: what it asks for without any flag

    def prepare(self, bench):
        limit_policy.furnish(bench.place)
        self.policy = limit_policy.Policy(bench)
        for client in bench.options.client:
            asked = bench.ask(client, ["run", "alpine"]).requests
            self.plain[client] = created(asked)[0]

    def try_line(self, bench, k, report):
        line = Line(bench.options.seed, k, bench.place)
        try:
            outcome = self.outcome(bench, line)
        except Finding as finding:
            report.failed(k, "all", self.policy, line.words, finding)
            return
        for kind in {line.focus} if line.focus else set(line.kinds):
            report.outcomes[kind, bool(line.focus), outcome] += 1

    def outcome(self, bench, line):
        final, message = bench.check(self.policy, line.words)
        if message is not None:
            if line.focus is None:
                raise Finding("a good line is refused",
                              "undocker: " + message)
            return REFUSED
        try:
            done = [self.run(bench, client, line, final)
                    for client in bench.options.client]
        except Finding as finding:
            finding.details.insert(0, "final:    " + shellwords.shown(final))
            raise
        return ALLOWED if any(done) else UNWANTED

    def run(self, bench, client, line, final):
        """The final command with a client; was a container created?"""
        outcome = bench.ask(client, final[1:])
        for request in outcome.requests:
            if not request["path"].startswith(PATHS):
                raise Finding("another request", repr(request))
        bodies = created(outcome.requests)
        if len(bodies) != (outcome.status == 0):
            raise Finding("not one container", repr(outcome))
        if not bodies and line.focus is None:
            raise Finding("the client refuses a good line",
                          outcome.error.decode("utf-8", "replace"))
        for body in bodies:
            judge = limit_judge.Judge(
                bench.caller, bench.place, line, self.plain[client])
            judge.create(body)
            if judge.problems:
                raise Finding("outside the policy", *judge.problems)
        return bool(bodies)


def created(requests):
    return [r["body"] for r in requests if r["path"] == "/containers/create"]


def conclude(reports, whole):
    """Prints counts by kind; a kind with nothing to count is a failure."""
    failed = findings.show(reports)
    total = sum((r.outcomes for r in reports), collections.Counter())
    print("%-16s %8s %8s %8s %8s" % (
        "", "good", "odd:", "docker", ""))
    print("%-16s %8s %8s %8s %8s" % (
        "kind", "allowed", "allowed", "refuses", "refused"))
    for kind in limit_values.KINDS:
        row = [total[kind, False, ALLOWED]] + [
            total[kind, True, outcome]
            for outcome in (ALLOWED, UNWANTED, REFUSED)]
        print("%-16s %8d %8d %8d %8d" % (kind, *row))
        if whole and not (row[0] and row[1] and row[3]):
            print("nothing is tried there: %s" % kind)
            failed += 1
    print("%d passed, %d failed" % (sum(total.values()), failed))
    return 1 if failed or not total else 0


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    differential.add_options(parser, 1500)
    return differential.checked_options(parser)


def main():
    options = parse_options()
    return conclude(workers.run_all(options, Trial()),
                    options.only is None)


if __name__ == "__main__":
    sys.exit(main())
