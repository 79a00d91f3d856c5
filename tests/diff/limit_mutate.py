# SPDX-License-Identifier: Apache-2.0
"""Good and odd values of the kinds of limit_values.py.

The odd ones are put together, on a list, or a value of any sort, changed.
"""

import re

import limit_values
import values

CHARS = ("\"", ",", "=", ":", " ", "\t", "\n", "\r", "/", "..", "../", ".",
         "//", "-", "+", "0", "1", "9", "00", "'", "\\", "\u212a", "\u017f",
         "\u0130", "\uff11", "\u00a0", "\u2028", "\udcff", "\x0b", "\x7f", "_",
         "e9", "x", "[", "]", "@", "%", "*", "\ufeff", "\u00e9")
NUMBERS = ("0", "-1", "1", "+1", "00", "01", "0x10", "0b1", "0o17", "1_0",
           "1e3", "1e-3", "65535", "65536", "2147483648", "4294967296",
           "9223372036854775807", "9223372036854775808",
           "18446744073709551616", "1.5", "1.", ".5", "1/2", "1-9", "")
CHOICE = re.compile("<([^<>]*)>")


def fill(text, place, number):
    return text.replace("{d}", place).replace(
        "{b}", place.rsplit("/", 1)[1]).replace("{n}", str(number))


def chosen(rng, text):
    """Each <a|b> settled, from the innermost on."""
    while CHOICE.search(text):
        text = CHOICE.sub(lambda m: rng.choice(m[1].split("|")), text, 1)
    return text


def good(rng, kind):
    return rng.choice(limit_values.KINDS[kind][3])


def odd(rng, kind):
    """A value that may lie inside or outside, or be none at all."""
    _, of_values, _, mine, strange = limit_values.KINDS[kind]
    draw = rng.random()
    if draw < 0.45:
        return chosen(rng, rng.choice(limit_values.MADE.get(kind, strange)))
    if draw < 0.65:
        return rng.choice(strange)
    seen = values.VALUES[of_values]
    value = rng.choice(rng.choice(
        [mine, mine, strange, strange, seen[0], seen[1]]))
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        value = mutate(rng, value, rng.choice(rng.choice([mine, strange])))
    return value


def mutate(rng, value, other):
    at = rng.randrange(len(value) + 1)
    end = rng.randrange(at, len(value) + 1)
    return rng.choice([
        lambda: value[:at] + rng.choice(CHARS) + value[at:],
        lambda: value[:at] + rng.choice(CHARS) + value[at + 1:],
        lambda: value[:at] + value[end:],
        lambda: value[:at] + value[at:end] * 2 + value[end:],
        lambda: value[:at] + value[at:end].swapcase() + value[end:],
        lambda: value.upper() if rng.random() < 0.5 else value.title(),
        lambda: value + rng.choice(",:=/\n ") + other,
        lambda: other + rng.choice(",:=/\n ") + value,
        lambda: fields(rng, value, other),
        lambda: numbers(rng, value),
        lambda: "\"" + value.replace("\"", "\"\"") + "\"",
        lambda: rng.choice(CHARS) + value + rng.choice(["", "", "\n", " "]),
    ])()


def fields(rng, value, other):
    """Fields between commas: turned, doubled, quoted, from another value."""
    parts = value.split(",") + rng.choice([[], other.split(",")])
    rng.shuffle(parts)
    at = rng.randrange(len(parts))
    parts[at] = rng.choice([
        "\"%s\"" % parts[at], parts[at].upper(), " " + parts[at],
        parts[at] + " ", parts[at].replace("=", " = "),
        parts[at].replace("=", "==")])
    return ",".join(parts)


def numbers(rng, value):
    """One of its numbers, another one."""
    spans, at = [], 0
    while at < len(value):
        end = at
        while end < len(value) and value[end] in "0123456789":
            end += 1
        if end > at:
            spans.append((at, end))
        at = end + 1
    if not spans:
        return value + rng.choice(NUMBERS)
    at, end = rng.choice(spans)
    return value[:at] + rng.choice(NUMBERS) + value[end:]
