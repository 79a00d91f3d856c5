# SPDX-License-Identifier: Apache-2.0
"""Reasons to refuse what docker accepts: the EXPLAINED list."""

import re

import policies
from refusals import OWN_HELP, Refusal

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
    ("two mounts at one place", "5 Built in",
     r"--(volume|mount|tmpfs): '(?P<value>.*)' is mounted at twice",
     Refusal.twice),
    ("place below a mount that is not there", "5 Built in",
     r"'.*' cannot be used below what is mounted at '.*': .*", None),
    ("place below a volume", "5 Built in",
     r"--(workdir|volume|mount|tmpfs): '(?P<value>.*)' lies in the volume at"
     r" '(?P<at>.*)', and docker would create it there as root",
     Refusal.below),
    ("image's working directory below a volume", "5 Built in",
     r"the image's working directory '.*' lies in .* at '.*', and docker would"
     r" create it there as root: say another with --workdir", None),
    ("place below what --volumes-from brings", "5 Built in",
     r".*'.*' lies in what container '.*' has at '.*', and docker would create"
     r" it there as root", None),
    ("image's place in what --volumes-from brings", "5 Built in",
     r"the image may have places in '.*' of container '.*': .*", None),
    ("docker's own place below a mount", "5 Built in",
     r"docker's own '.*' lies in (the volume|what is mounted) at"
     r" '.*', and docker would create it there as root", None),
    ("number of a group where users bring images", "5 Built in",
     r"--group-add=.*: an image may give that number another group's gid,.*",
     None),
    ("mount source that is not there", "8 Mounts",
     r"--(volume|mount): '(?P<value>.*)': No such file or directory",
     Refusal.no_source),
    ("volume grammar", "5 Built in, 8 Mounts",
     r"--volume: '.*' has (too many colons|an empty part)", None),
    ("volume option", "5 Built in, 8 Mounts",
     r"--volume: '(?P<value>.*)' is an option that is not allowed .*",
     Refusal.no_option),
    ("option of a mount", "5 ALLOWEDVALUES, 8 Mounts",
     r"--(volume|mount)=(?P<value>.*) is not allowed \(no ALLOWEDVALUES"
     r" names it\)", Refusal.needs_a_rule),
    ("driver's name", "5 Built in",
     r"--(log-driver|runtime|volume-driver)=(?P<value>.*) is not a driver's"
     r" name", Refusal.no_driver),
    ("driver's name", "5 Built in",
     r"--mount: '(?P<value>.*)' is not a driver's name", Refusal.no_driver),
    ("device of a limit", "5 Built in",
     r"--(blkio-weight-device|device-(read|write)-(bps|iops))=(?P<value>.*) is"
     r" not a device below /dev", Refusal.no_device),
    ("order to the runtime", "5 ALLOWEDVALUES",
     r"--annotation=(?P<value>.*) is not allowed \(no ALLOWEDVALUES"
     r" names it\)", None),
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
    ("network that is none", "5 Built in, object names",
     r"--network=(?P<value>.*) is not a network's name", Refusal.no_network),
    ("network that is not named", "5 Built in, object names",
     r"--network=(?P<value>.*) names no network", Refusal.names_no_network),
    ("network that is not plain", "docker-cli 4.4",
     r"--(network|pid|ipc|uts|userns|cgroupns)=(?P<value>.*?)"
     r"( is|:) not plain ASCII", Refusal.not_plain),
    ("network that is not fields", "docker-cli 4.4",
     r"--network=(?P<value>.*) (is not one line of comma-separated fields"
     r"|has a field that is not KEY=VALUE)", Refusal.names_no_network),
    ("port in another form", "docker-cli 4.3",
     r"--publish=(?P<value>.*) (begins with|holds|has) .*",
     Refusal.no_strict_port),
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
     r"--(volumes-from|link|network|pid|ipc)=(?P<value>.*): (not a container"
     r" by docker's grammar|only :ro and :rw may follow)",
     Refusal.no_container),
    ("container that nobody can look up", "7",
     r"(--(volumes-from|link|network|pid|ipc)=.*: )?container '(?P<value>.*)':"
     r" the engine.*", Refusal.names),
    ("link, checkpoint", "7",
     r"--(link|checkpoint|checkpoint-dir) is not allowed: .*", None),
    ("sizes", "7",
     r"(--size is not|--format=.*: only fields other than Size, and json of "
     r"these, are) allowed: the engine measures .*", None),
    ("groups of the container", "5 Built in",
     r"--(volume|mount|tmpfs): the engine opens '/etc/(group|passwd)' .*", None),
    ("volume driver", "5 Built in",
     r"--volume-driver=(?P<value>.*) is not allowed .*", Refusal.not_local),
    ("word that ps does not get", "7",
     r"'(?P<value>.*)': the engine runs ps as root .*", Refusal.no_ps_word),
    ("column before the PID", "7",
     r"'(?P<value>.*)' must stand behind pid, .*", Refusal.before_pid),
    ("column twice", "7",
     r"'(?P<value>.*)' is a column already", Refusal.column_twice),
    ("columns without the PID", "7",
     r"-o needs the column pid, .*", Refusal.no_pid),
    ("no columns", "7", r"-o needs columns", Refusal.no_columns),
    ("words of ps that do not go together", "7",
     r"of aux, -ef and -o only one can be given .*", Refusal.two_kinds),
    ("a variable that only the client has", "6, 8 Environment",
     r"--env=(?P<value>.*): you have no such variable",
     Refusal.has_variable),
    ("a variable that no file can hold", "6",
     r"(?P<value>\w+): its value has a line end, .*", Refusal.no_line),
]

EXPLAINED = [
    (name, section,
     re.compile("(?:(?:%s): )?(?:%s)" % (
         "|".join(policies.COMMANDS), pattern), re.S),
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
