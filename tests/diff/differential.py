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
import collections
import json
import multiprocessing
import os
import posixpath
import pwd
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # nothing is left beside the sources

import generate  # noqa: E402
from engine import Engine  # noqa: E402

COMMANDS = ("run", "create", "exec", "ps", "rm", "logs", "stop")
TIMEOUT = 30
SHOWN_FINDINGS = 40

# ---------------------------------------------------------------------------
# Shell words, as undocker prints them

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b",
           "E": "\x1b", "f": "\f", "v": "\v", "\\": "\\", "'": "'", '"': '"',
           "?": "?"}
WORD_PART = re.compile(
    rb"\$'(?P<ansi>(?:[^'\\]|\\.)*)'|'(?P<quoted>[^']*)'|\\(?P<one>.)"
    rb"|(?P<bare>[A-Za-z0-9@%+=:,./_^~{}\[\]-]+)|(?P<blank> +)", re.S)
ANSI_PART = re.compile(
    rb"\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|\\(.)|([^\\]+)", re.S)


def ansi_bytes(text):
    out = b""
    for hexa, octal, letter, plain in ANSI_PART.findall(text):
        if hexa:
            out += bytes([int(hexa, 16)])
        elif octal:
            out += bytes([int(octal, 8) & 255])
        elif letter:
            out += ESCAPES[letter.decode("latin-1")].encode()
        else:
            out += plain
    return out


def shell_words(line):
    """The words of a line of '…', $'…' and bare parts; ValueError if odd."""
    words, word, at = [], None, 0
    while at < len(line):
        part = WORD_PART.match(line, at)
        if part is None:
            raise ValueError("no shell word at %r" % line[at:at + 40])
        at = part.end()
        if part["blank"] is not None:
            if word is not None:
                words.append(word)
            word = None
        elif part["ansi"] is not None:
            word = (word or b"") + ansi_bytes(part["ansi"])
        else:
            word = (word or b"") + (
                part["quoted"] or part["one"] or part["bare"] or b"")
    if word is not None:
        words.append(word)
    return [w.decode("utf-8", "surrogateescape") for w in words]


# ---------------------------------------------------------------------------
# Policies

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

    def write(self, directory, number):
        lines = ["[main]", "DOCKERPATH=" + self.client, "AUDIT=off",
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
        known = generate.BY_NAME.get(command, {}).get(flag)
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
    if not specs:
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


# ---------------------------------------------------------------------------
# Reasons to refuse what docker accepts

class Refusal:
    """undocker's message, the line that it is about, and docker's answer."""

    def __init__(self, message, policy, words, theirs, place):
        self.message = message
        self.policy = policy
        self.words = words
        self.theirs = theirs
        self.place = place
        self.command = command_of(words)

    # Is what the message says true? match holds the named parts of it.

    def ungranted(self, match):
        """The policy lists the flag by none of its names."""
        name = match["flag"].lstrip("-")
        for flag in generate.TABLE.get(self.command, ()):
            if name == flag.letter:
                name = flag.name
        return not self.policy.grants(self.command, name)

    def ungranted_global(self, match):
        return (self.words[0].startswith("-")
                and match["flag"] not in MAIN_WHITELIST)

    def narrow(self, _match):
        return self.policy.name == "narrow"

    def image_refused(self, match):
        return self.narrow(match) and not narrow_image(match["value"])

    def image_by_id(self, match):
        return self.narrow(match) and re.search(
            r"^[0-9a-f]+$|sha256:", match["value"]) is not None

    def image_capitals(self, match):
        return match["value"].partition("/")[0].lower() not in match["value"]

    def swallowed(self, _match):
        return any(w.startswith("-") and "test." in w for w in self.words)

    def has_empty(self, _match):
        return "" in self.words

    def begins_with_flag(self, _match):
        return self.words[0].startswith("-")

    def begins_with_dashes(self, _match):
        """-- or a flag where the command, or its second word, should be."""
        flat = [w for w in self.words[:2] if w != "container"]
        return flat[0].startswith("-")

    def only_help(self, _match):
        return b"Usage:" in self.theirs.output and not self.theirs.requests

    def no_command(self, _match):
        return self.command == "" and not self.theirs.requests

    def no_object_name(self, match):
        return not OBJECT_NAME.fullmatch(match["value"])

    def no_new_name(self, match):
        return not re.fullmatch(NEW_NAME, match["value"])

    def like_an_id(self, match):
        return re.fullmatch(r"[0-9a-f]{12,64}", match["value"]) is not None

    def not_absolute(self, match):
        return not match["value"].startswith("/")

    def dot_dot(self, match):
        return ".." in match["value"].split("/")

    def no_place(self, match):
        """A target that the design refuses: exact ones and trees."""
        path = "/" + posixpath.normpath(match["value"]).lstrip("/")
        return (path in ("/", "/etc", "/etc/hosts", "/etc/hostname",
                         "/etc/resolv.conf")
                or path.split("/")[1] in ("proc", "sys", "dev"))

    def no_source(self, match):
        return not os.path.exists(os.path.join(self.place, match["value"]))

    def own_label(self, match):
        return match["value"].strip().lower().startswith("undocker.")

    def not_local(self, match):
        return match["value"] not in ("", "local")

    def has_variable(self, match):
        return match["value"] in CLIENT_VARIABLES

    def no_line(self, match):
        """A value that an --env-file cannot hold, given by name alone."""
        return match["value"] in ("MULTI", "LATIN")


OWN_HELP = "(its own help)"
OBJECT_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
NEW_NAME = r"[a-zA-Z0-9][a-zA-Z0-9_.-]+"
MAIN_WHITELIST = ("-D", "--debug", "-l", "--log-level", "-v", "--version")
CLIENT_VARIABLES = ("TERM", "TZ", "LC_ALL")


def command_of(words):
    """The docker command that the words begin with, or ''."""
    for at, word in enumerate(words[:4]):
        if word == "container" and at + 1 < len(words):
            word = words[at + 1]
        word = {"ls": "ps", "list": "ps", "remove": "rm"}.get(word, word)
        if word in COMMANDS:
            return word
    return ""


# Name of the rule, section of the design, pattern of the message behind
# "undocker: " and "COMMAND: ", and what must be true for it to be a reason.
EXPLAINED = [
    ("flag not whitelisted", "5 WHITELIST",
     r"(?P<flag>--?[\w-]+) is not allowed", Refusal.ungranted),
    ("global flag not whitelisted", "5 WHITELIST",
     r"(?P<flag>--?[\w-]+) is not allowed", Refusal.ungranted_global),
    ("flag that is never given", "5 Built in",
     r"--(use-api-socket|config|host|context|tls\w*) is not allowed: .*",
     None),
    ("undocker's own help", "2",
     re.escape(OWN_HELP), Refusal.begins_with_flag),
    ("word before the command", "6",
     r"'.*' cannot stand before the command", Refusal.begins_with_flag),
    ("word before the command", "6",
     r"'(--|container)' is not a docker command that undocker knows.*",
     Refusal.begins_with_dashes),
    ("help, with an operand that is none", "5",
     r"(image '.*': it is not an image reference|'.*' is an operand too many)",
     Refusal.only_help),
    ("help, with a file that is none", "6",
     r"--(env|label)-file=.*", Refusal.only_help),
    ("no command", "5",
     r"('.*' is not a docker command that undocker knows.*"
     r"|there is no command)", Refusal.no_command),
    ("command not offered", "5",
     r"this host does not offer '.*'.*", Refusal.narrow),
    ("image not in the list", "5 ALLOWEDIMAGES",
     r"image '(?P<value>.*)' is (not allowed|restricted) .*",
     Refusal.image_refused),
    ("image by id or digest", "5 Patterns see an image",
     r"image '(?P<value>.*)': images by id or digest are not supported yet.*",
     Refusal.image_by_id),
    ("registry in capitals", "5 Patterns see an image",
     r"image '(?P<value>.*)': a registry in capitals",
     Refusal.image_capitals),
    ("swallowed word", "6", r".* is not a flag", Refusal.swallowed),
    ("empty operand", "6", r"an empty operand", Refusal.has_empty),
    ("no object's name", "5 Built in",
     r"'(?P<value>.*)' is not a container's name", Refusal.no_object_name),
    ("no name for a container", "5 Built in",
     r"--name=(?P<value>.*): not a name .*", Refusal.no_new_name),
    ("name like an id", "5 Built in",
     r"--name=(?P<value>.*): the name looks like .*", Refusal.like_an_id),
    ("place in the container: not absolute", "5 Built in",
     r"--(workdir|volume|mount|tmpfs): '(?P<value>.*)' is not an absolute"
     r" path", Refusal.not_absolute),
    ("place in the container: ..", "5 Built in",
     r"--(workdir|volume|mount|tmpfs): '(?P<value>.*)' holds \.\.",
     Refusal.dot_dot),
    ("place in the container: a bad one", "5 Built in",
     r"--(workdir|volume|mount|tmpfs): '(?P<value>.*)' (cannot be a place in"
     r"|lies under /proc).*", Refusal.no_place),
    ("place in the container: line end", "5 Built in",
     r"--(workdir|volume|mount|tmpfs): '(?P<value>.*\\x0a.*)' holds a line"
     r" end.*", None),
    ("place below a mount that is not there", "5 Built in",
     r"'.*' does not exist in what is mounted at '.*' .*", None),
    ("place below a volume", "5 Built in",
     r"--(workdir|volume|mount|tmpfs): '.*' lies in the volume at '.*'"
     r".*not supported yet", None),
    ("mount source that is not there", "8 Mounts",
     r"--(volume|mount): '(?P<value>.*)': No such file or directory",
     Refusal.no_source),
    ("volume grammar", "5 Built in, 8 Mounts",
     r"--volume: '.*' has (too many colons|an empty part)", None),
    ("volume option", "5 Built in, 8 Mounts",
     r"--volume: '(?!r[ow]').*' is an option that is not allowed .*", None),
    ("volume's name", "5 Built in",
     r"--(volume|mount): '(?P<value>.*)' is neither a path .*",
     Refusal.no_new_name),
    ("mount type", "8 Mounts",
     r"--mount: '(?!(bind|volume|tmpfs)').*' is a mount type that is .*",
     None),
    ("mount option", "8 Mounts",
     r"--mount: '(?!(type|source|src|target|dst|destination|ro|readonly)')"
     r".*' is not allowed in --mount .*", None),
    ("mount that is not one line", "8 Mounts",
     r"--mount: '.*\\x0a.*' is not one line of .*", None),
    ("mount without a source", "8 Mounts",
     r"--mount: '.*(src|source)=(,.*)?' has no source", None),
    ("tmpfs with a source", "8 Mounts",
     r"--mount: '.*type=tmpfs.*' is a tmpfs with a source", None),
    ("mount source that is no path", "8 Mounts",
     r"--mount: '(?P<value>.*)' is not a path .*", Refusal.not_absolute),
    ("tmpfs option", "5 Built in",
     r"--tmpfs: '.*' is a tmpfs option that is not allowed", None),
    ("label of undocker's", "5 Built in",
     r"--label=(?P<value>.*): labels that begin with undocker\..*",
     Refusal.own_label),
    ("names another container", "5 Built in, 7",
     r"--(volumes-from|link|network|pid|ipc)=.*: naming another container in"
     r" a flag is not supported yet", None),
    ("volume driver", "5 Built in",
     r"--volume-driver=(?P<value>.*) is not allowed .*", Refusal.not_local),
    ("a variable that only the client has", "6, 8 Environment",
     r"--env=(?P<value>.*): you have no such variable",
     Refusal.has_variable),
    ("a variable that no file can hold", "6",
     r"(?P<value>\w+): its value has a line end, .*", Refusal.no_line),
]
EXPLAINED = [
    (name, section,
     re.compile("(?:(?:%s): )?(?:%s)" % ("|".join(COMMANDS), pattern), re.S),
     also) for name, section, pattern, also in EXPLAINED]


def explain(refusal):
    """The rule that the refusal rests on, or None."""
    for name, section, pattern, also in EXPLAINED:
        match = pattern.fullmatch(refusal.message)
        if match and (also is None or also(refusal, match)):
            return "%s (design %s)" % (name, section)
    return None


# What one client refuses only because of a name: undocker knows the names of
# all clients. Pattern of docker's own message, and of the line.
SKEW = [
    (r"unknown flag: --timeout\b", r"(^| )stop .*--timeout"),
    (r"cannot specify both --timeout and --time\b", r"(^| )stop "),
    (r"'remove' is not a docker command", r"remove"),
    (r"(unknown command|unknown flag|is not a docker command)",
     r"(^| )container remove"),
]


def only_a_name(outcome, words):
    """Did docker refuse a line for nothing but a name that it lacks?"""
    said = outcome.error.decode("utf-8", "replace")
    return not outcome.requests and any(
        re.search(message, said) and re.search(line, " ".join(words), re.S)
        for message, line in SKEW)


# ---------------------------------------------------------------------------
# What the engine was asked for, in one form for both sides

class Caller:
    def __init__(self, name):
        entry = pwd.getpwnam(name)
        self.name, self.uid, self.gid = name, entry.pw_uid, entry.pw_gid
        self.user = "%d:%d" % (self.uid, self.gid)
        self.groups = os.getgrouplist(name, self.gid)

    def may_write(self, path):
        try:
            status = os.stat(path)
        except OSError:
            return True
        if self.uid in (0, status.st_uid):
            bit = 0o200
        elif status.st_gid in self.groups:
            bit = 0o020
        else:
            bit = 0o002
        return bool(self.uid == 0 or status.st_mode & bit)


class Normaliser:
    def __init__(self, caller, place):
        self.caller = caller
        self.place = place
        self.problems = []

    def both(self, record, ours):
        """The record in a form of its own; ours: undocker's side."""
        record = json.loads(json.dumps(record))
        body = record["body"]
        if record["path"] == "/containers/create" and isinstance(body, dict):
            if ours:
                self.take_added(body)
            body.pop("User", None)
            self.plain_create(body, ours)
        elif record["path"].endswith("/exec") and isinstance(body, dict):
            if ours and body.get("User") != self.caller.user:
                self.problems.append("exec as user %r" % body.get("User"))
            body.pop("User", None)
            body["Env"] = last_values(body.get("Env"))
        return record

    def take_added(self, body):
        """Takes away what undocker adds to run and create."""
        host = body["HostConfig"]
        label = body["Labels"].pop("undocker.uid", None)
        if label != str(self.caller.uid):
            self.problems.append("label undocker.uid is %r" % label)
        if body["User"] != self.caller.user:
            self.problems.append("user is %r" % body["User"])
        if "ALL" not in (host.get("CapDrop") or []):
            self.problems.append("no cap-drop=ALL")
        if (host.get("SecurityOpt") or [None])[-1] not in (
                "no-new-privileges", "no-new-privileges:true",
                "no-new-privileges=true"):
            self.problems.append("no no-new-privileges at the end")
        else:
            host["SecurityOpt"].pop()

    def plain_create(self, body, ours):
        host = body["HostConfig"]
        host["SecurityOpt"] = host.get("SecurityOpt") or []
        # Newer clients sort these, and say ALL once.
        host["CapDrop"] = [c for c in host.get("CapDrop") or [] if c != "ALL"]
        body["Env"] = last_values(body.get("Env"))
        mounts = [self.of_bind(b, ours) for b in host.pop("Binds") or []]
        mounts += [self.of_mount(m, ours)
                   for m in host.pop("Mounts", None) or []]
        mounts += [["volume", "", posixpath.normpath(target), False, {}]
                   for target in body.pop("Volumes", None) or {}]
        body["Mounts"] = sorted(mounts, key=json.dumps)

    def of_bind(self, text, ours):
        """SOURCE:TARGET[:OPTIONS] as type, source, target, read-only, rest."""
        parts = text.split(":")
        if len(parts) not in (2, 3):
            return ["raw", text]
        options = parts[2].split(",") if len(parts) == 3 else []
        kind = "bind" if parts[0][:1] in ("/", ".") else "volume"
        rest = [o for o in options if o not in ("ro", "rw", "nocopy", "")]
        nocopy = "nocopy" in options
        return self.mount(kind, parts[0], parts[1], "ro" in options,
                          {"options": rest} if rest else {}, ours, nocopy)

    def of_mount(self, mount, ours):
        mount = dict(mount)
        kind = mount.pop("Type", "volume")
        source, target = mount.pop("Source", ""), mount.pop("Target", "")
        read_only = mount.pop("ReadOnly", False)
        volume = mount.get("VolumeOptions") or {}
        nocopy = volume.pop("NoCopy", False)
        if not volume.get("DriverConfig"):
            volume.pop("DriverConfig", None)
        bind = mount.get("BindOptions") or {}
        if bind.get("Propagation") in ("", "rprivate"):
            bind.pop("Propagation")
        rest = {k: v for k, v in mount.items() if v}
        return self.mount(kind, source, target, read_only, rest, ours, nocopy)

    def mount(self, kind, source, target, read_only, rest, ours, nocopy):
        if kind == "bind":
            source = os.path.realpath(os.path.join(self.place, source))
            # What the caller may not write is mounted read-only.
            if not ours and not self.caller.may_write(source):
                read_only = True
        if kind == "volume" and source and ours and not nocopy:
            self.problems.append("volume %r without nocopy" % source)
        return [kind, source, posixpath.normpath(target), read_only, rest]


def last_values(env):
    """Env as a dictionary: where a key comes twice, the last counts."""
    return {key: mark + value for key, mark, value in
            (entry.partition("=") for entry in env or [])}


def sparse(value):
    """Without null, empty and zero members: for people to read."""
    if isinstance(value, dict):
        members = {k: sparse(v) for k, v in value.items()}
        return {k: v for k, v in members.items()
                if v not in (None, [], {}, "", 0, False)}
    return value


# ---------------------------------------------------------------------------
# One line, all ways

Outcome = collections.namedtuple(
    "Outcome", "status requests output error written")


class Finding(Exception):
    """Something that nobody has explained yet."""

    def __init__(self, kind, *details):
        super().__init__(kind)
        self.kind = kind
        self.details = [d for d in details if d]


class Bench:
    """A place, an engine and everything needed to try lines there."""

    def __init__(self, options, directory):
        self.options = options
        self.place = os.path.join(directory, "place")
        self.home = os.path.join(directory, "home")
        self.socket = os.path.join(directory, "engine.sock")
        os.makedirs(self.place)
        os.makedirs(self.home)
        os.chmod(directory, 0o755)
        generate.furnish(self.place)
        self.caller = Caller(options.user)
        self.engine = Engine(self.socket).start()
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": "",
            "LANG": "C.UTF-8",
            "DOCKER_HOST": "unix://" + self.socket,
            "DOCKER_CONFIG": self.home,
            "GOMAXPROCS": "1",  # a client that starts cheaply
            "GOGC": "off",
            "TOKEN": "secret value",
            "EMPTY": "",
            "BLANK": " a  b ",
            "MULTI": "one\ntwo",
            "LATIN": b"\xe9",
        }

    def execute(self, words):
        argv = [w.encode("utf-8", "surrogateescape") for w in words]
        try:
            done = subprocess.run(
                argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, cwd=self.place, check=False,
                env=self.environment, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return None
        return done

    def ask(self, client, words):
        """Runs a client; what came of it."""
        generate.clean(self.place)
        self.engine.reset()
        done = self.execute([client] + words)
        requests = self.engine.take()
        if done is None:
            raise Finding("the client does not end")
        return Outcome(done.returncode, requests, done.stdout, done.stderr,
                       generate.written(self.place))

    def check(self, policy, words):
        """undocker's answer: (final words, None) or (None, message)."""
        done = self.execute(
            [self.options.check, "--policy", policy.path,
             "--user", self.caller.name, "--final", "--"] + words)
        if done is None:
            raise Finding("undocker-check does not end")
        said = done.stderr.decode("utf-8", "replace")
        if done.returncode == 125:
            if done.stdout:
                raise Finding("refused, but wrote on stdout", said)
            lines = [s for s in said.splitlines()
                     if s.startswith("undocker: ")]
            if not lines:
                raise Finding("refused without a message", said)
            return None, lines[-1][len("undocker: "):]
        if done.returncode != 0:
            raise Finding("undocker-check ended with %d" % done.returncode,
                          said)
        if done.stdout.startswith(b"usage: undocker"):
            if not {"--help", "-h"}.intersection(words[:3]):
                raise Finding("undocker's own help")
            return None, OWN_HELP
        if done.stdout.count(b"\n") != 1 or not done.stdout.endswith(b"\n"):
            raise Finding("not one line on stdout", repr(done.stdout))
        try:
            return shell_words(done.stdout[:-1]), None
        except (ValueError, KeyError) as e:
            raise Finding("stdout is no shell words: %s" % e,
                          repr(done.stdout)) from e

    def alike(self, command, theirs, ours):
        """Raises unless both outcomes are the same but for what is added."""
        normaliser = Normaliser(self.caller, self.place)
        asked = [[normaliser.both(r, ours=False) for r in theirs.requests],
                 [normaliser.both(r, ours=True) for r in ours.requests]]
        if command in ("rm", "stop"):  # the client asks in parallel
            asked = [sorted(side, key=json.dumps) for side in asked]
        report = ["docker:   %s" % json.dumps([sparse(r) for r in asked[0]]),
                  "undocker: %s" % json.dumps([sparse(r) for r in asked[1]])]
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

    def judge(self, policy, words, theirs, ran):
        """One line under one policy: the name of its outcome, or raises."""
        accepted = theirs.status == 0 or bool(theirs.requests)
        final, message = self.check(policy, words)
        if message is not None:
            rule = explain(Refusal(
                message, policy, words, theirs, self.place))
            if rule:
                return ("refused, " if accepted else "both refuse, ") + rule
            if not accepted:
                return "both refuse, other reasons"
            raise Finding("refused without a reason that is known",
                          "undocker: " + message)
        shown = "final:    " + generate.shown(final)
        try:
            command = self.examine(policy, final)
            key = tuple(final)
            if key not in ran:
                ran[key] = self.ask(policy.client, final[1:])
            ours = ran[key]
            if policy.name == "narrow":
                self.examine_image(ours)
            if not accepted and only_a_name(theirs, words):
                return "allowed, this client lacks the name"
            self.alike(command, theirs, ours)
        except Finding as finding:
            finding.details.insert(0, shown)
            raise
        return "allowed, the same" if accepted else "allowed, docker refuses"

    @staticmethod
    def examine_image(ours):
        for request in ours.requests:
            if request["path"] == "/containers/create":
                image = request["body"]["Image"]
                if not narrow_image(image):
                    raise Finding("an image is not in the list", repr(image))

    def examine(self, policy, final):
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
            flag = re.match(r"--([a-z0-9-]+)=", word)
            if flag is None:
                raise Finding("a word is not --name=value", repr(word))
            names.append(flag[1])
        added = BUILT_IN.get(command, [])
        if sorted(names[len(names) - len(added):]) != sorted(added):
            raise Finding("built-in flags are not last")
        for name in names[:len(names) - len(added)]:
            # A bind mount comes out as --mount, whatever its spelling was.
            if not policy.grants(
                    command, "volume" if name == "mount" else name):
                raise Finding("a flag is not in the policy", "--" + name)
        return command




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
    # rm and stop print in the order in which the engine answered.
    theirs, ours = (sorted(DEPRECATED.sub(b"", side).split(b"\n"))
                    for side in (theirs, ours))
    return theirs == ours


def try_line(bench, policies, k, report):
    """Line k with every client and policy."""
    words = generate.line(bench.options.seed, k, bench.place)
    for client, of_client in policies.items():
        theirs, ran = None, {}
        for policy in of_client:
            for attempt in (1, 2):  # once more, should a machine have hung
                try:
                    if theirs is None or attempt == 2:
                        theirs, ran = bench.ask(client, words), {}
                    report.passed(policy, bench.judge(
                        policy, words, theirs, ran))
                except Finding as finding:
                    if attempt == 1:
                        continue
                    report.failed(k, client, policy, words, finding)
                break
        if theirs is not None:
            report.docker(theirs)


# ---------------------------------------------------------------------------
# All lines

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
                "argv:     docker " + generate.shown(words)]
        self.findings.append((k, "\n    ".join(text + finding.details)))


def work(options, directory, policies, numbers, queue):
    report = Report(options.seed)
    try:
        bench = Bench(options, directory)
        for k in numbers:
            try_line(bench, policies, k, report)
        bench.engine.stop()
    finally:
        queue.put(report)


def run_all(options, base):
    policies = {}
    for number, client in enumerate(options.client):
        policies[client] = [wide_policy(client), narrow_policy(client)]
        for policy in policies[client]:
            policy.write(base, number)
    numbers = [options.only] if options.only is not None else range(
        options.count)
    queue = multiprocessing.Queue()
    workers = []
    for n in range(1 if options.only is not None else options.jobs):
        directory = os.path.join(base, "w%d" % n)
        os.mkdir(directory)
        workers.append(multiprocessing.Process(
            target=work, args=(options, directory, policies,
                               numbers[n::options.jobs], queue)))
    for worker in workers:
        worker.start()
    reports = [queue.get() for _ in workers]
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed")
    return reports


def conclude(reports):
    """Prints everything; the exit status."""
    findings = sorted(f for r in reports for f in r.findings)
    for _, text in findings[:SHOWN_FINDINGS]:
        print(text.encode("utf-8", "backslashreplace").decode())
    if len(findings) > SHOWN_FINDINGS:
        print("... and %d more" % (len(findings) - SHOWN_FINDINGS))
    for name in ("outcomes", "kinds"):
        total = sum((getattr(r, name) for r in reports),
                    collections.Counter())
        for outcome, count in sorted(total.items()):
            print("%7d  %s%s" % (
                count, "FINDING " if name == "kinds" else "", outcome))
    print("docker accepts %d of %d lines" % (
        sum(r.accepted for r in reports), sum(r.lines for r in reports)))
    passed = sum(sum(r.outcomes.values()) for r in reports)
    print("%d passed, %d failed" % (passed, len(findings)))
    return 1 if findings or not passed else 0


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
        return conclude(run_all(options, base))
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
