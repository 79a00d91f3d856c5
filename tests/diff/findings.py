# SPDX-License-Identifier: Apache-2.0
"""What was found: counted by the workers, printed at the end."""

import collections

import shellwords

SHOWN_FINDINGS = 40


class Finding(Exception):
    """Something that nobody has explained yet."""

    def __init__(self, kind, *details):
        super().__init__(kind)
        self.kind = kind
        self.details = [d for d in details if d]


class Report:
    """What one worker found; goes to the parent as a whole."""

    def __init__(self, seed):
        self.seed = seed
        self.outcomes = collections.Counter()
        self.kinds = collections.Counter()
        self.findings = []
        self.accepted = self.lines = 0

    def passed(self, policy, outcome):
        self.outcomes[policy.name + ": " + outcome] += 1

    def docker(self, theirs):
        self.lines += 1
        self.accepted += theirs.status == 0 or bool(theirs.requests)

    def failed(self, k, client, policy, words, finding):
        self.kinds[policy.name + ": " + finding.kind] += 1
        text = ["FINDING --seed %s --only %d --client %s, policy %s: %s" % (
            self.seed, k, client, policy.name, finding.kind),
                "argv:     docker " + shellwords.shown(words)]
        self.findings.append((k, "\n    ".join(text + finding.details)))


def show(reports):
    """Prints the findings; how many there are."""
    findings = sorted(f for r in reports for f in r.findings)
    for _, text in findings[:SHOWN_FINDINGS]:
        print(text.encode("utf-8", "backslashreplace").decode())
    if len(findings) > SHOWN_FINDINGS:
        print("... and %d more" % (len(findings) - SHOWN_FINDINGS))
    return len(findings)


def conclude(reports):
    """Prints everything; the exit status."""
    failed = show(reports)
    for name in ("outcomes", "kinds"):
        total = sum((getattr(r, name) for r in reports),
                    collections.Counter())
        for outcome, count in sorted(total.items()):
            print("%7d  %s%s" % (
                count, "FINDING " if name == "kinds" else "", outcome))
    print("docker accepts %d of %d lines" % (
        sum(r.accepted for r in reports), sum(r.lines for r in reports)))
    passed = sum(sum(r.outcomes.values()) for r in reports)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0
