# SPDX-License-Identifier: Apache-2.0
"""What is to be said of one line under one policy."""

import json
import re

import normalise
import policies
import reasons
import shellwords
from engine import IMAGE
from findings import Finding
from refusals import Refusal


def judge(bench, policy, words, theirs, ran):
    """One line under one policy: the name of its outcome, or raises."""
    accepted = theirs.status == 0 or bool(theirs.requests)
    final, message = bench.check(policy, words)
    if message is not None:
        rule = reasons.explain(Refusal(
            message, policy, words, theirs, bench.place))
        if rule:
            return ("refused, " if accepted else "both refuse, ") + rule
        if not accepted:
            return "both refuse, other reasons"
        raise Finding("refused without a reason that is known",
                      "undocker: " + message)
    shown = "final:    " + shellwords.shown(final)
    try:
        command = examine(policy, final)
        key = tuple(final)
        if key not in ran:
            ran[key] = bench.ask(policy.client, final[1:])
        ours = ran[key]
        if policy.name == "narrow":
            examine_image(ours)
        if not accepted and reasons.only_a_name(theirs, words):
            return "allowed, this client lacks the name"
        alike(bench, command, theirs, ours)
    except Finding as finding:
        finding.details.insert(0, shown)
        raise
    return "allowed, the same" if accepted else "allowed, docker refuses"


def examine(policy, final):
    """The form of the final command line; returns its command."""
    if final[0] != policy.client:
        raise Finding("another program", repr(final[0]))
    at = 1
    while at < len(final) and final[at].startswith("-"):
        if not re.match(r"--(debug|log-level|version)=", final[at]):
            raise Finding("a word before the command", repr(final[at]))
        at += 1
    command = final[at] if at < len(final) else ""
    if command not in policy.specs:
        raise Finding("a command is not in the policy", repr(command))
    names = []
    for word in final[at + 1:]:
        if word == "--":
            break
        # stop -t goes by its letter: its long name is another since 28.
        word = re.sub(r"^-t=", "--time=", word)
        flag = re.match(r"--([a-z0-9-]+)=", word)
        if flag is None:
            raise Finding("a word is not --name=value", repr(word))
        names.append(flag[1])
    added = policies.BUILT_IN.get(command, [])
    if sorted(names[len(names) - len(added):]) != sorted(added):
        raise Finding("built-in flags are not last")
    for name in names[:len(names) - len(added)]:
        # A bind mount comes out as --mount, whatever its spelling was.
        if not policy.grants(
                command, "volume" if name == "mount" else name):
            raise Finding("a flag is not in the policy", "--" + name)
    return command


def examine_image(ours):
    for request in ours.requests:
        if request["path"] == "/containers/create":
            image = request["body"]["Image"]
            if image == IMAGE["Id"]:
                image = IMAGE["RepoTags"][0]
            if not policies.narrow_image(image):
                raise Finding("an image is not in the list", repr(image))


def alike(bench, command, theirs, ours):
    """Raises unless both outcomes are the same but for what is added."""
    normaliser = normalise.Normaliser(bench.caller, bench.place)
    asked = [[normaliser.both(r, ours=False) for r in theirs.requests],
             [normaliser.both(r, ours=True) for r in ours.requests]]
    if command in ("rm", "stop"):  # the client asks in parallel
        asked = [sorted(side, key=json.dumps) for side in asked]
    report = ["docker:   %s" % shown_requests(asked[0]),
              "undocker: %s" % shown_requests(asked[1])]
    if normaliser.problems:
        raise Finding("; ".join(normaliser.problems), *report)
    if asked[0] != asked[1]:
        raise Finding("other requests", *report, tell(theirs, ours))
    if theirs.status != ours.status:
        raise Finding("other exit status", tell(theirs, ours))
    if theirs.written != ours.written:
        raise Finding("other files written",
                      repr(theirs.written), repr(ours.written))
    if not same_output(theirs.output, ours.output):
        raise Finding("other output", repr(theirs.output[:500]),
                      repr(ours.output[:500]))


def shown_requests(asked):
    return json.dumps([normalise.sparse(r) for r in asked])


def tell(theirs, ours):
    return "docker ends with %d: %s\n    undocker's with %d: %s" % (
        theirs.status, first_line(theirs.error),
        ours.status, first_line(ours.error))


def first_line(text):
    return text.decode("utf-8", "replace").strip().split("\n")[0][:300]


# A note about the name of a flag, not about what it does.
DEPRECATED = re.compile(
    rb"^Flag (--[\w-]+|shorthand -\w) has been deprecated.*\n", re.M)


def same_output(theirs, ours):
    """Help names the command as it was typed; else it is the same bytes."""
    if b"Usage:" in theirs and b"Usage:" in ours:
        return True
    # {{json .}} of ps is written out for all clients: 28 has this field, too.
    theirs, ours = (side.replace(b'"Platform":null,', b"")
                    for side in (theirs, ours))
    # rm and stop print in the order in which the engine answered.
    theirs, ours = (sorted(DEPRECATED.sub(b"", side).split(b"\n"))
                    for side in (theirs, ours))
    return theirs == ours
