#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares undocker's tables with docker clients: tables.py DUMP CLIENT...

DUMP prints the tables as text (table_dump.c). What a client's help says and
what it answers to a wrong command line must agree with them. No engine is
needed: every question ends in an error before docker does anything, and the
socket that the clients are given does not exist.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import threading

LIST_WORDS = set('list strings stringArray filter map ulimit network mount '
                 'gpu-request port pref secret config ipSlice '
                 'ipNetSlice'.split())

# What not every client from 20.10 to 29 has: (first, last) version with it.
# A whole command or alias stands without a flag.
OLDEST, NEWEST = (0, 0), (99, 0)
ONLY = {
    'container remove': ((23, 0), NEWEST),
    'remove': ((23, 0), (28, 2)),
    'volume update': ((23, 0), NEWEST),
    'build --output': (OLDEST, (20, 10)),
    'build --progress': (OLDEST, (20, 10)),
    'build --secret': (OLDEST, (20, 10)),
    'build --ssh': (OLDEST, (20, 10)),
    'build --stream': (OLDEST, (20, 10)),
    'cp --quiet': ((23, 0), NEWEST),
    'create --annotation': ((24, 0), NEWEST),
    'create --health-start-interval': ((25, 0), NEWEST),
    'create --quiet': ((23, 0), NEWEST),
    'create --use-api-socket': ((28, 1), NEWEST),
    'history --platform': ((28, 0), NEWEST),
    'image inspect --platform': ((28, 1), NEWEST),
    'images --tree': ((27, 2), NEWEST),
    'load --platform': ((28, 0), NEWEST),
    'network connect --gw-priority': ((28, 0), NEWEST),
    'network create --ipv4': ((28, 0), NEWEST),
    'network rm --force': ((23, 0), NEWEST),
    'push --platform': ((27, 0), NEWEST),
    'restart --signal': ((23, 0), NEWEST),
    'restart --timeout': ((28, 0), NEWEST),
    'rmi --platform': ((28, 2), NEWEST),
    'run --annotation': ((24, 0), NEWEST),
    'run --health-start-interval': ((25, 0), NEWEST),
    'run --quiet': ((23, 0), NEWEST),
    'run --use-api-socket': ((28, 1), NEWEST),
    'save --platform': ((28, 0), NEWEST),
    'stop --signal': ((23, 0), NEWEST),
    'stop --timeout': ((28, 0), NEWEST),
    'version --kubeconfig': (OLDEST, (20, 10)),
    'volume create --availability': ((23, 0), NEWEST),
    'volume create --group': ((23, 0), NEWEST),
    'volume create --limit-bytes': ((23, 0), NEWEST),
    'volume create --required-bytes': ((23, 0), NEWEST),
    'volume create --scope': ((23, 0), NEWEST),
    'volume create --secret': ((23, 0), NEWEST),
    'volume create --sharing': ((23, 0), NEWEST),
    'volume create --topology-preferred': ((23, 0), NEWEST),
    'volume create --topology-required': ((23, 0), NEWEST),
    'volume create --type': ((23, 0), NEWEST),
    'volume ls --cluster': ((23, 0), NEWEST),
    'volume prune --all': ((23, 0), NEWEST),
}

# Lists that were single before this version; the table says list.
LIST_SINCE = {
    'load --platform': (29, 0),
    'save --platform': (29, 0),
}

# A list by its type word until this version; a second one is an error in all.
LIST_UNTIL = {
    'docker --host': (28, 4),
}


class Flag:
    """A flag as the table has it: a letter or '', long names, a shape."""

    def __init__(self, letter, names, shape):
        self.letter, self.names, self.shape = letter, names, shape


class Command:
    def __init__(self, name, aliases, interspersed, never):
        self.name, self.aliases = name, aliases
        self.interspersed, self.never = interspersed, never
        self.flags = []

    def flag(self, name):
        return next((f for f in self.flags if name in f.names), None)


class Tables:
    """What DUMP printed."""

    def __init__(self, dump):
        text = subprocess.run([dump], stdout=subprocess.PIPE, check=True,
                              universal_newlines=True).stdout
        self.top = Command('', [], False, '')
        self.commands = {}
        for line in text.splitlines():
            kind, name, *rest = line.split('\t')
            if kind == 'command':
                aliases, interspersed, _, never = rest
                self.commands[name] = Command(
                    name, [a for a in aliases.split('|') if a],
                    interspersed == 'yes', never)
            elif kind == 'flag':
                letter, names, shape = rest
                command = self.commands[name] if name else self.top
                command.flags.append(Flag(letter, names.split('|'), shape))
            else:
                raise ValueError('not a line of the dump: ' + line)

    def find(self, words):
        """The command that words mean, as docker_command_find() says."""
        for n in (2, 1):
            name = ' '.join(words[:n])
            for command in self.commands.values():
                if name == command.name or name in command.aliases:
                    return command
        return None


class Client:
    """A docker client, without configuration and without an engine."""

    def __init__(self, path, directory):
        self.path, self.directory = path, directory
        self.env = {
            'PATH': '/usr/bin:/bin',
            'HOME': '',
            'DOCKER_CONFIG': directory,
            'DOCKER_HOST': 'unix://' + os.path.join(directory, 'no.sock'),
            # docker's own build, with the flags that go with it
            'DOCKER_BUILDKIT': '0',
        }
        said = self.say(['--version'])
        found = re.search(r'Docker version (\d+)\.(\d+)', said)
        if not found:
            raise ValueError(path + ' is no docker client: ' + said)
        self.version = (int(found.group(1)), int(found.group(2)))
        self.label = 'docker %d.%d' % self.version

    def say(self, args):
        done = subprocess.run(
            [self.path] + args, env=self.env, cwd=self.directory, timeout=60,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, universal_newlines=True,
            errors='replace')
        return done.stdout

    def has(self, what):
        """Whether a client of this version should have it."""
        first, last = ONLY.get(what, (OLDEST, NEWEST))
        return first <= self.version <= last


class Help:
    """What a client's help for some words says."""

    def __init__(self, text):
        self.commands = []  # (word, is a plugin)
        self.flags = {}  # long name: (letter, type word)
        self.aliases = []
        self.path = None  # the words after "Usage: docker"
        section = ''
        for line in text.splitlines():
            if line.startswith('Usage:') and self.path is None:
                self.path = self._usage(line)
            elif line and not line.startswith(' '):
                section = line
            elif section.endswith('Commands:'):
                self._command(line)
            elif section.endswith('Options:'):
                self._flag(line)
            elif section == 'Aliases:':
                self.aliases += [a.strip() for a in line.split(',')
                                 if a.strip()]

    @staticmethod
    def _usage(line):
        path = []
        for word in line.split()[2:]:
            if not re.fullmatch(r'[a-z_][\w-]*', word):
                break
            path.append(word)
        return path

    def _command(self, line):
        found = re.match(r'  ([\w-]+)(\*?)(\s|$)', line)
        if found:
            self.commands.append((found.group(1), found.group(2) == '*'))

    def _flag(self, line):
        found = re.match(r'  (?:-(\S), |    )--([\w-]+)(?: (\S+))?(?:\s\s|$)',
                         line)
        if found:
            letter, name, word = found.groups()
            self.flags[name] = (letter or '', word or '')


class Comparison:
    """Asks, compares, counts."""

    def __init__(self, tables):
        self.tables = tables
        self.passed = self.failed = 0
        self.lock = threading.Lock()

    def check(self, good, client, text):
        with self.lock:
            if good:
                self.passed += 1
            else:
                self.failed += 1
                print('%s: %s' % (client.label, text))

    # what help says

    def walk(self, client, words):
        """Each command below words, as the client lists them."""
        said = Help(client.say(words + ['--help']))
        self.check(said.path is not None, client,
                   "'%s --help' is no help" % ' '.join(words))
        for word, plugin in said.commands:
            if word == 'help':
                continue
            path = words + [word]
            command = self.tables.find(path)
            if plugin:
                self.check(command is None or command.never, client,
                           "the plugin '%s' is not never" % word)
            elif command is None and len(path) == 1:
                self.walk(client, path)
            else:
                self.check(command, client,
                           "the table misses '%s'" % ' '.join(path))
        if words and not said.commands:
            self.check(False, client,
                       "the table misses '%s'" % ' '.join(words))

    def help_of(self, client, command):
        """The help of a command and its aliases, and whether they agree."""
        said = None
        for name in [command.name] + command.aliases:
            words = name.split()
            one = Help(client.say(words + ['--help']))
            known = one.path is not None and len(one.path) == len(words)
            self.check(known == client.has(name), client,
                       "'%s' is %s" % (name, 'known' if known else 'unknown'))
            if not known:
                continue
            said = said or one
            self.check(one.flags == said.flags, client,
                       "'%s' has other flags than '%s'" % (name, command.name))
            for alias in one.aliases:
                path = alias.split()
                path = (path[1:] if path[0] == 'docker'
                        else words[:-1] + path)
                # A plugin's name for it, as 'buildx build', is never offered.
                means = self.tables.find(path)
                self.check(means is command or means and means.never, client,
                           "'%s' is not '%s'" % (' '.join(path), command.name))
        return said

    def compare_help(self, client, command, said):
        of = command.name or 'docker'
        for name, (letter, word) in sorted(said.flags.items()):
            flag = command.flag(name)
            what = '%s --%s' % (of, name)
            self.check(flag, client, "the table misses '%s'" % what)
            if not flag:
                continue
            self.check(letter == flag.letter, client,
                       "'%s' has the letter '%s', the table '%s'" %
                       (what, letter, flag.letter))
            self.check((word == '') == (flag.shape == 'bool'), client,
                       "'%s' takes '%s', the table says %s" %
                       (what, word, flag.shape))
            if not (LIST_SINCE.get(what, OLDEST) <= client.version <
                    LIST_UNTIL.get(what, NEWEST)):
                continue
            self.check((word in LIST_WORDS) == (flag.shape == 'list'), client,
                       "'%s' is of type '%s', the table says %s" %
                       (what, word, flag.shape))

    # how it behaves

    def probe_order(self, client, command):
        words = command.name.split()
        said = client.say(words + ['x', '--nosuchflag'])
        knows = 'unknown flag: --nosuchflag' in said
        self.check(knows == command.interspersed, client,
                   "'%s x --nosuchflag' %s the flag" %
                   (command.name, 'reads' if knows else 'does not read'))

    def probe_flag(self, client, command, flag):
        for name in flag.names:
            what = '%s --%s' % (command.name, name)
            self.probe(client, command, flag, '--' + name,
                       client.has(what.strip()))
        if flag.letter:
            there = any(client.has('%s --%s' % (command.name, name))
                        for name in flag.names)
            self.probe(client, command, flag, '-' + flag.letter, there)

    def probe(self, client, command, flag, word, there):
        """Is the word a flag there, and does it take a value?"""
        words = command.name.split()
        if flag.shape == 'bool':
            said = client.say(words + [word + '=notabool'])
            answer = r'invalid argument "notabool" for "(-\S, )?--(%s)" flag'
            known = re.search(answer % '|'.join(flag.names), said) and (
                'strconv.ParseBool' in said)
        else:
            said = client.say(words + [word])
            known = re.search(r"flag needs an argument: (%s|'%s' in %s)\s" % (
                word, word[1:], word), said)
        unknown = re.search(r'unknown (shorthand )?flag', said)
        if bool(known) == bool(unknown):
            text = 'is no %s' % flag.shape
        else:
            text = 'is known' if known else 'is unknown'
        self.check(bool(known) == there and bool(unknown) != there, client,
                   "'%s %s' %s" % (command.name or 'docker', word, text))

    def compare(self, client):
        commands = [c for c in self.tables.commands.values() if not c.never]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            jobs = [pool.submit(self.walk, client, [])]
            for command in commands:
                jobs.append(pool.submit(self.command, client, command))
            jobs.append(pool.submit(
                lambda: self.compare_help(client, self.tables.top,
                                          Help(client.say(['--help'])))))
            for command in [self.tables.top] + commands:
                if not client.has(command.name):
                    continue
                for flag in command.flags:
                    jobs.append(pool.submit(
                        self.probe_flag, client, command, flag))
            for job in jobs:
                job.result()

    def command(self, client, command):
        said = self.help_of(client, command)
        if said is None:
            return
        self.compare_help(client, command, said)
        self.probe_order(client, command)


def main(argv):
    if len(argv) < 3:
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    comparison = Comparison(Tables(argv[1]))
    for path in argv[2:]:
        with tempfile.TemporaryDirectory() as directory:
            comparison.compare(Client(path, directory))
    print('%d passed, %d failed' % (comparison.passed, comparison.failed))
    return 1 if comparison.failed or not comparison.passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
