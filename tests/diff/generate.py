#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Docker command lines, by seed: line(seed, k, place) is always the same.

Four kinds of lines: plain ones, which docker accepts; odd ones, plain but for
one odd value; mixed ones, with odd values, spellings and flags of every sort;
and nasty ones, where the grammar itself is tried (missing values, words that
look like flags, swallowed tokens).

Words are str; bytes that are not UTF-8 are surrogate escapes. `place` is the
directory that scene.furnish() filled and in which the lines are meant to be
run.

By hand: `generate.py SEED COUNT` prints shell words.
"""

import random
import sys

sys.dont_write_bytecode = True  # nothing is left beside the sources

import shellwords  # noqa: E402
from lines import Line  # noqa: E402


def line(seed, k, place):
    """The k-th command line of a seed, without the word docker."""
    return Line(random.Random("%s/%s" % (seed, k)), place).words()


def main(argv):
    if len(argv) != 3:
        print("usage: generate.py SEED COUNT", file=sys.stderr)
        return 2
    for k in range(int(argv[2])):
        print(shellwords.shown(["docker"] + line(argv[1], k, "/place")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
