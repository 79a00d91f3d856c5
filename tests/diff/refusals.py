# SPDX-License-Identifier: Apache-2.0
"""A refusal of undocker's, and whether what its message says is true."""

import csv
import ipaddress
import os
import posixpath
import re

import flagtable
import policies
import ps_words

OWN_HELP = "(its own help)"
OBJECT_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
NEW_NAME = r"[a-zA-Z0-9][a-zA-Z0-9_.-]+"
# -p as docker's manual has it.
PORT = re.compile(
    r"(?:(?:(?P<ip>[0-9.]+|\[[0-9a-fA-F:.]+\]):)?"
    r"(?:(?P<host>\d+)(?:-(?P<host_last>\d+))?)?:)?"
    r"(?P<port>\d+)(?:-(?P<port_last>\d+))?(?:/(?:tcp|udp|sctp))?",
    re.A | re.I)
OPTION = re.compile(
    r"[zZ]|bind-(propagation|nonrecursive|recursive)(=.*)?"
    r"|volume-(driver|opt|label|subpath)(=.*)?", re.S)
MAIN_WHITELIST = ("-D", "--debug", "-l", "--log-level", "-v", "--version")
CLIENT_VARIABLES = ("TERM", "TZ", "LC_ALL")


def command_of(words):
    """The docker command that the words begin with, or ''."""
    for at, word in enumerate(words[:4]):
        if word == "container" and at + 1 < len(words):
            word = words[at + 1]
        word = {"ls": "ps", "list": "ps", "remove": "rm"}.get(word, word)
        if word in policies.COMMANDS:
            return word
    return ""


def network_of(value):
    """The network that docker's long syntax names, or ''."""
    try:
        fields = next(csv.reader([value], strict=True), [])
    except csv.Error:
        return ""
    pairs = [field.lower().partition("=") for field in fields]
    if not all(key and equals for key, equals, _ in pairs):
        return ""
    names = [name for key, _, name in pairs if key.strip() == "name"]
    return names[-1].strip() if names else ""


def is_network(name):
    return OBJECT_NAME.fullmatch(re.sub("^container:", "", name)) is not None


def is_strict_port(value):
    found = PORT.fullmatch(value)
    if not found:
        return False
    port, last = (int(found[n] or found["port"]) for n in (
        "port", "port_last"))
    host = int(found["host"] or 0)
    host_last = int(found["host_last"] or host)
    try:
        ipaddress.ip_address((found["ip"] or "::").strip("[]"))
    except ValueError:
        return False
    if found["host"] and (host == 0 and (host_last or port != last) or (
            port != last and host_last - host != last - port)):
        return False
    return 1 <= port <= last <= 65535 and host <= host_last <= 65535


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
        for flag in flagtable.TABLE.get(self.command, ()):
            if name == flag.letter:
                name = flag.name
        return not self.policy.grants(self.command, name)

    def ungranted_global(self, match):
        return (self.words[0].startswith("-")
                and match["flag"] not in MAIN_WHITELIST)

    def narrow(self, _match):
        return self.policy.name == "narrow"

    def image_refused(self, match):
        return self.narrow(match) and not policies.narrow_image(match["value"])

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

    def below(self, match):
        return match["value"].startswith(match["at"] + "/")

    def twice(self, match):
        """Two words at least name the place, with or without a / more."""
        place = re.escape(match["value"]).replace("/", "/+")
        return len(re.findall("(?:^|[ =:,\"])%s/*(?=$|[ :,\"])" % place,
                              " ".join(self.words))) > 1

    def no_option(self, match):
        return match["value"] not in ("ro", "rw") and (
            not OPTION.fullmatch(match["value"]))

    def needs_a_rule(self, match):
        return OPTION.fullmatch(match["value"]) is not None

    def no_network(self, match):
        return "=" not in match["value"] and not is_network(match["value"])

    def names_no_network(self, match):
        return "=" in match["value"] and not is_network(
            network_of(match["value"]))

    def not_plain(self, match):
        return not (match["value"].isascii() and match["value"].isprintable())

    def no_strict_port(self, match):
        return not is_strict_port(match["value"])

    def names(self, match):
        return any(match["value"] in word for word in self.words)

    def no_container(self, match):
        """A flag that names a container, and names none."""
        kind, value = match[0].split("--")[1].split("=")[0], match["value"]
        if kind in ("volumes-from", "link"):
            name, colon, rest = value.partition(":")
            return not OBJECT_NAME.fullmatch(name) or (
                rest not in ("ro", "rw") and colon == ":")
        found = re.search("container:(.*)", value, re.S | re.I)
        return found and (value != found[0] or not OBJECT_NAME.fullmatch(
            found[1]))

    def own_label(self, match):
        return match["value"].strip().lower().startswith("undocker.")

    def not_local(self, match):
        return match["value"] not in ("", "local")

    def has_variable(self, match):
        return match["value"] in CLIENT_VARIABLES

    def no_driver(self, match):
        return not re.fullmatch(r"\w[\w.:-]*(/\w[\w.:-]*)*", match["value"],
                                re.A)

    def no_device(self, match):
        return not re.match(r"/dev/(?!shm/|fd/|mqueue/)\w[^/]*(/\w[^/]*)*:",
                            match["value"])

    def no_ps_word(self, match):
        return not ps_words.WORD.fullmatch(match["value"]) and (
            match["value"] not in ps_words.COLUMNS)

    def ps_columns(self):
        return ps_words.columns(" ".join(self.words))

    def before_pid(self, match):
        names = self.ps_columns()
        return match["value"] in ps_words.TEXTS and "pid" not in (
            names[:names.index(match["value"])])

    def column_twice(self, match):
        return self.ps_columns().count(match["value"]) > 1

    def no_pid(self, _match):
        names = self.ps_columns()
        return names and "pid" not in names

    def no_columns(self, _match):
        return re.fullmatch("-[ef]*o", self.words[-1]) is not None

    def two_kinds(self, _match):
        """Letters of a, u, x, or -e and -f, or -o with neither u nor f."""
        bsd, letters, names = ps_words.meaning(" ".join(
            self.words[self.words.index("top") + 2:]))
        return bool(bsd and letters) or bool(names and (
            "u" in bsd or "f" in letters))

    def no_line(self, match):
        """A value that an --env-file cannot hold, given by name alone."""
        return match["value"] in ("MULTI", "LATIN")
