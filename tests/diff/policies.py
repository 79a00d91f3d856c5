# SPDX-License-Identifier: Apache-2.0
"""The policies: wide, with all flags of a client, and narrow."""

import os
import re
import subprocess

import flagtable

COMMANDS = ("run", "create", "exec", "ps", "rm", "logs", "stop", "top")

HELP_FLAG = re.compile(
    r"^ +(?:-(\w), )?--([a-z0-9-]+)(?: ([a-z0-9-]+))?(?: |$)")

# Names that --help does not show: of flags that it does, and of flags alone.
HIDDEN_NAMES = {"network": "net", "network-alias": "net-alias",
                "dns-option": "dns-opt", "timeout": "time"}
HIDDEN_BOOLS = ["help"]

NARROW = {
    "run": "-i|--interactive,-t|--tty,-d|--detach,--rm,-e|--env list,"
           "-v|--volume list,-w|--workdir string,--name string,"
           "-m|--memory bytes",
    "create": "--name string,-e|--env list,-i|--interactive",
    "exec": "-i|--interactive,-t|--tty,-e|--env list",
    "ps": "-a|--all,-q|--quiet",
    "rm": "-f|--force",
}
NARROW_ALLOWED = ["alpine:.*", "busybox:1\\..*"]
NARROW_RESTRICTED = ["alpine:3\\.19"]

# undocker's own flags in the final command line, always last.
BUILT_IN = {"run": ["user", "cap-drop", "security-opt", "label"],
            "create": ["user", "cap-drop", "security-opt", "label"],
            "exec": ["user"]}


class Policy:
    """A policy file and what it grants: flag names by command."""

    def __init__(self, name, client, specs, extra=None):
        self.name = name
        self.client = client
        self.extra = extra or {}
        self.specs = specs
        self.path = None
        self.granted = {
            command: set(re.findall(r"--([a-z0-9-]+)", text))
            for command, text in specs.items()}

    def write(self, directory, number, socket):
        lines = ["[main]", "DOCKERPATH=" + self.client, "AUDIT=off",
                 "DOCKERHOST=unix://" + socket,
                 "WHITELIST=-D|--debug,-l|--log-level string,-v|--version"]
        for command, specs in self.specs.items():
            lines += ["", "[command:%s]" % command]
            if specs:
                lines.append("WHITELIST=" + specs)
            if command not in ("run", "create"):
                lines.append("UIDMUSTMATCH=false")
            lines += self.extra.get(command, [])
        self.path = os.path.join(
            directory, "%s-%d.conf" % (self.name, number))
        with open(self.path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        os.chmod(self.path, 0o644)

    def grants(self, command, flag):
        """Does the policy list the flag by any of its names?"""
        known = flagtable.BY_NAME.get(command, {}).get(flag)
        names = known.longs if known else [flag]
        return bool(self.granted.get(command, set()).intersection(names))


def help_specs(client, command):
    """A WHITELIST of every flag of the command that this client has."""
    text = subprocess.run(
        [client, command, "--help"], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, check=True).stdout.decode()
    specs, seen = [], set()
    for row in text.splitlines():
        found = HELP_FLAG.match(row)
        if not found:
            continue
        letter, name, kind = found.groups()
        spec = ("-%s|" % letter if letter else "") + "--" + name
        if name in HIDDEN_NAMES:
            spec += "|--" + HIDDEN_NAMES[name]
        specs.append(spec + (" " + kind if kind else ""))
        seen.add(name)
    if not specs and flagtable.PLAIN_FLAGS[command]:
        raise SystemExit("%s %s --help shows no flags" % (client, command))
    specs += ["--" + name for name in HIDDEN_BOOLS if name not in seen]
    return ",".join(specs)


def wide_policy(client):
    return Policy("wide", client,
                  {c: help_specs(client, c) for c in COMMANDS})


def narrow_policy(client):
    images = ["ALLOWEDIMAGES=" + " ".join(NARROW_ALLOWED),
              "RESTRICTEDIMAGES=" + " ".join(NARROW_RESTRICTED)]
    return Policy("narrow", client, NARROW,
                  {"run": images, "create": images})


def familiar(image):
    """alpine:latest for docker.io/library/alpine."""
    image = re.sub(r"^(index\.)?docker\.io/", "", image)
    image = re.sub(r"^library/", "", image)
    return image if re.search(r":[^/]*$", image) else image + ":latest"


def narrow_image(image):
    """Does the narrow policy give this image?"""
    def listed(patterns):
        return any(re.fullmatch(p, familiar(image)) for p in patterns)
    return listed(NARROW_ALLOWED) and not listed(NARROW_RESTRICTED)
