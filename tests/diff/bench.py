# SPDX-License-Identifier: Apache-2.0
"""Where lines are tried: a place, an engine, clients and undocker-check."""

import collections
import os
import subprocess

import scene
import shellwords
from caller import Caller
from engine import Engine
from findings import Finding
from refusals import OWN_HELP

TIMEOUT = 30

Outcome = collections.namedtuple(
    "Outcome", "status requests output error written")


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
        scene.furnish(self.place)
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
        scene.clean(self.place)
        self.engine.reset()
        done = self.execute([client] + words)
        requests = self.engine.take()
        if done is None:
            raise Finding("the client does not end")
        return Outcome(done.returncode, requests, done.stdout, done.stderr,
                       scene.written(self.place))

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
            return shellwords.shell_words(done.stdout[:-1]), None
        except (ValueError, KeyError) as e:
            raise Finding("stdout is no shell words: %s" % e,
                          repr(done.stdout)) from e
