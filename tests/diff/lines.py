# SPDX-License-Identifier: Apache-2.0
"""One docker command line in the making."""

import os

import flagtable
import ps_words
import values

PLAIN, ODD, MIXED, NASTY = "plain", "odd", "mixed", "nasty"

LONG_FORMS = {
    "run": [["run"], ["container", "run"]],
    "create": [["create"], ["container", "create"]],
    "exec": [["exec"], ["container", "exec"]],
    "ps": [["ps"], ["container", "ls"], ["container", "list"],
           ["container", "ps"]],
    "rm": [["rm"], ["container", "rm"]],
    "logs": [["logs"], ["container", "logs"]],
    "stop": [["stop"], ["container", "stop"]],
    "top": [["top"], ["container", "top"]],
}
ODD_COMMANDS = [["RUN"], ["ru"], ["container"], ["container", "remove"],
                ["remove"], ["container", "RUN"], [""], ["-"],
                ["container", "--", "run"], ["container", "--help", "create"],
                ["container", ""], ["runs"], ["image", "ps"]]
ODD_GLOBALS = [["-D"], ["--debug"], ["-l", "error"], ["--log-level=info"],
               ["-lerror"], ["--debug=false"], ["--"], ["-Dl", "error"],
               ["--tls=false"], ["--help"], ["-v"], ["--version"], ["-h"],
               ["--bad"], ["-D=true"], ["--log-level"], ["---D"],
               ["--help=false"], ["-l=error"], ["-Dlerror"]]

INTERSPERSED = {"ps", "rm", "logs", "stop"}


class Line:
    """One command line in the making."""

    def __init__(self, rng, place):
        self.rng = rng
        self.place = place
        self.style = rng.choices(
            [PLAIN, ODD, MIXED, NASTY], [38, 18, 24, 20])[0]
        self.command = rng.choices(
            ["run", "create", "exec", "ps", "rm", "logs", "stop", "top"],
            [40, 18, 14, 10, 7, 6, 5, 4])[0]
        self.focus = None  # the flag of an odd line

    def chance(self, plain, mixed, nasty):
        """True as often as this line's style wants it."""
        odds = {PLAIN: plain, ODD: plain, MIXED: mixed, NASTY: nasty}
        return self.rng.random() < odds[self.style]

    def fill(self, text):
        return text.replace("{d}", self.place).replace(
            "{b}", os.path.basename(self.place))

    def value(self, flag):
        good, odd = values.VALUES[flag.kind]
        if flag is self.focus:
            return self.fill(self.rng.choice(odd))
        if self.chance(0, 0.2, 0.35) or not good:
            pool = odd
            if self.chance(0, 0.1, 0.3) or not odd:
                pool = values.VALUES["text"][1]
            return self.fill(self.rng.choice(pool))
        return self.fill(self.rng.choice(good))

    def bool_value(self):
        if self.chance(0, 0.1, 0.25):
            return self.rng.choice(values.BAD_BOOLS)
        return self.rng.choice(self.rng.choice(
            [values.TRUE, values.TRUE, values.FALSE]))

    # Which flags

    def pick_plain(self, count):
        weighted = [entry.partition("*")
                    for entry in flagtable.PLAIN_FLAGS[self.command].split()]
        names = [w[0] for w in weighted]
        weights = [int(w[2] or 1) for w in weighted]
        chosen = []
        if not names:
            return []
        for name in self.rng.choices(names, weights, k=count):
            clash = any(name in pair and pair & set(chosen) - {name}
                        for pair in flagtable.CONFLICTS)
            if not clash and not (name in chosen and self.once(name)):
                chosen.append(name)
        return [flagtable.BY_NAME[self.command][name] for name in chosen]

    def once(self, name):
        """Repeating it would clash (two mounts at one place)."""
        return name in ("cidfile", "restart", "network", "volume", "mount")

    def pick(self):
        rng = self.rng
        count = rng.choice([0, 1, 1, 2, 2, 3, 4, 6])
        if self.style == ODD:
            return self.pick_odd(count // 2)
        if self.style == PLAIN or rng.random() < 0.5:
            flags = self.pick_plain(count)
        else:
            flags = [rng.choice(flagtable.TABLE[self.command])
                     for _ in range(count)]
        if self.chance(0, 0.25, 0.5):
            flags.append(rng.choice(flagtable.TABLE[self.command]))
        if flags and self.chance(0.05, 0.2, 0.3):
            flags.append(rng.choice(flags))  # a repeat
        if self.chance(0.01, 0.02, 0.05):
            flags.append(flagtable.BY_NAME[self.command]["help"])
        return flags

    def pick_odd(self, count):
        """Some plain flags, and one with an odd value among them."""
        valued = [f for f in flagtable.TABLE[self.command] if f.takes_value]
        if not valued:
            return self.pick_plain(count)
        weights = [flagtable.ODD_WEIGHTS.get(f.kind, 1) for f in valued]
        self.focus = self.rng.choices(valued, weights)[0]
        flags = [f for f in self.pick_plain(count) if f is not self.focus]
        flags.insert(self.rng.randrange(len(flags) + 1), self.focus)
        return flags

    # How they are written

    def spell_bool(self, flag):
        rng = self.rng
        long = "--" + rng.choice(flag.longs)
        if self.chance(0.2, 0.4, 0.5):
            value = self.bool_value()
            if flag.letter and rng.random() < 0.4:
                return ["-" + flag.letter + "=" + value]
            return [long + "=" + value]
        if self.chance(0, 0.02, 0.1):  # a bool takes no word
            return [long, rng.choice(values.TRUE + values.FALSE)]
        if flag.letter and rng.random() < 0.7:
            return ["-" + flag.letter]
        return [long]

    def spell_value(self, flag, value):
        rng = self.rng
        if flag.letter and rng.random() < 0.6:
            short = "-" + flag.letter
            if self.chance(0, 0.04, 0.08) or (
                    flag is self.focus and rng.random() < 0.25):
                return [short + "="]  # the value is "="
            form = rng.randrange(3)
            if form == 0 and value and not value.startswith("="):
                return [short + value]
            if form == 1 and value:
                return [short + "=" + value]
            return [short, value]
        long = "--" + rng.choice(flag.longs)
        if rng.random() < 0.5:
            return [long + "=" + value]
        return [long, value]

    def spell(self, flags):
        """Groups of words, one a flag; letters may share one word."""
        groups = []
        for flag in flags:
            if flag.takes_value:
                groups.append(self.spell_value(flag, self.value(flag)))
            else:
                groups.append(self.spell_bool(flag))
        return self.cluster(groups)

    def cluster(self, groups):
        merged = []
        for group in groups:
            before = merged[-1] if merged else None
            joins = (before and len(before) == 1 and self.is_letters(before[0])
                     and group[0].startswith("-")
                     and not group[0].startswith("--") and len(group[0]) > 1
                     and self.rng.random() < 0.6)
            if joins:
                merged[-1] = [before[0] + group[0][1:]] + group[1:]
            else:
                merged.append(list(group))
        return merged

    def is_letters(self, word):
        """Only bools so far, so that another letter can follow."""
        bools = {f.letter for f in flagtable.TABLE[self.command]
                 if not f.takes_value}
        return (len(word) > 1 and word[0] == "-"
                and all(letter in bools for letter in word[1:]))

    # What follows the flags

    def image(self):
        good, odd = values.IMAGES
        return self.rng.choice(odd if self.chance(0, 0.12, 0.25) else good)

    def container(self):
        good, odd = values.CONTAINERS
        return self.rng.choice(odd if self.chance(0, 0.15, 0.25) else good)

    def operands(self):
        rng = self.rng
        if self.chance(0, 0.02, 0.08):
            return []
        if self.command in ("run", "create"):
            return [self.image()] + rng.choice(values.COMMANDS)
        if self.command == "exec":
            words = rng.choice(values.COMMANDS[1:])
            if self.chance(0, 0.03, 0.1):
                words = []
            return [self.container()] + words
        if self.command == "ps":
            return ["x"] if self.chance(0, 0.03, 0.1) else []
        if self.command == "logs":
            count = 2 if self.chance(0, 0.05, 0.1) else 1
            return [self.container() for _ in range(count)]
        if self.command == "top":
            good, odd = ps_words.WORDS
            return [self.container()] + rng.choice(
                odd if self.chance(0, 0.4, 0.6) else good)
        return [self.container() for _ in range(rng.choice([1, 1, 2, 3]))]

    # The whole

    def words(self):
        rng = self.rng
        groups = self.spell(self.pick())
        operands = self.operands()
        if self.command in INTERSPERSED and rng.random() < 0.4:
            groups += [[word] for word in operands]
            rng.shuffle(groups)
            body = [word for group in groups for word in group]
        else:
            body = [word for group in groups for word in group]
            if self.chance(0.15, 0.15, 0.2):
                body.append("--")
            body += operands
        if self.style == NASTY:
            body = self.spoil(body)
        return self.head() + body

    def head(self):
        rng = self.rng
        words = list(rng.choice(LONG_FORMS[self.command])
                     if rng.random() < 0.3 else [self.command])
        if self.chance(0, 0.01, 0.05):
            words = list(rng.choice(ODD_COMMANDS))
        if self.chance(0.01, 0.02, 0.06):
            words = list(rng.choice(ODD_GLOBALS)) + words
        return words

    def spoil(self, body):
        """One or two things that the grammar has to get right."""
        for _ in range(self.rng.choice([1, 1, 2])):
            body = self.spoil_once(list(body))
        return body

    def spoil_once(self, body):
        rng = self.rng
        at = rng.randrange(len(body) + 1)
        flag = rng.choice(flagtable.TABLE[self.command])
        valued = [f for f in flagtable.TABLE[self.command]
                  if f.takes_value] or [flag]
        long = "--" + rng.choice(flag.longs)
        trick = rng.randrange(14)
        if trick == 0:  # a value that is missing
            taker = rng.choice(valued)
            return body + [rng.choice(
                ["--" + taker.name, "-" + (taker.letter or "x")])]
        if trick == 1:  # a value that looks like a flag
            taker = rng.choice(valued)
            return body[:at] + ["--" + taker.name, long] + body[at:]
        if trick == 2:  # swallowed by the flag package
            swallowed = rng.choice(["-test.foo", "-test.v=x", "-test.",
                                    "-itest.--privileged", "--test.x",
                                    "-test", "-dtest.x"])
            return body[:at] + [swallowed] + body[at:]
        if trick == 3:
            word = rng.choice(["---x", "--=x", "-=", "---", "--=", "-=x",
                               "-\udcff", "--\udcff", "-é", "--é=1", "- ",
                               "-\n"])
            return body[:at] + [word] + body[at:]
        if trick == 4:
            return body[:at] + [rng.choice(["", "-", "--"])] + body[at:]
        if trick == 5:
            unknown = rng.choice(["--priv", "--RM", "--cap_add=x", "-Z",
                                  "--nope", "--nope=1", "-X1", "--env_file",
                                  "--Name=x", "-H", "--host=x", "--config=x",
                                  "--rm-", "--no-rm", "--context=x"])
            return body[:at] + [unknown] + body[at:]
        if trick == 6:
            spelled = rng.choice(["--help", "--help=false", "--help=0", "-h",
                                  "--help=true", "--help=x", "-h=x",
                                  "--h", "-help"])
            return body[:at] + [spelled] + body[at:]
        if trick == 7 and flag.letter:
            return body[:at] + ["-" + flag.letter + "="] + body[at:]
        if trick == 8:
            return body[:at] + [long + "="] + body[at:]
        if trick == 9:
            return body[:at] + [long] + body[at:]
        if trick == 10 and body:  # cut the line short
            return body[:rng.randrange(len(body))]
        if trick == 11:
            letters = rng.choices("abcdefhilmnpqstuvwP=", k=rng.randint(1, 5))
            return body[:at] + ["-" + "".join(letters)] + body[at:]
        if trick == 12 and body:  # a word twice
            word = rng.choice(body)
            return body[:at] + [word] + body[at:]
        return body[:at] + [rng.choice(values.VALUES["text"][1])] + body[at:]
