# SPDX-License-Identifier: Apache-2.0
"""Does what a client asks for lie inside the policy of limit_policy.py?

Written from the design and from what engines do with a request, not from
undocker's sources. Every member of a request that no rule speaks of must be
that of a line without flags.
"""

import json
import os
import posixpath
import re

import normalise

PATHS = {"open": "rw", "look": "ro", "open/quiet": "ro",
         "open/quiet/loud": "rw", "open/private": "", "look/closed": ""}
VOLUMES = r"team[0-9]+|data-[a-z]+"
NETWORKS = r"bridge|none|team-(?!secret$)[a-z]+"
SECURITY = (r"label[=:](disable|level:s[0-2])|apparmor[=:]docker-default"
            r"|no-new-privileges([=:](1|t|T|true|TRUE|True))?")
PORTS = {"tcp": [(8000, 8099), (443, 443)],
         "udp": [(8000, 8099), (5000, 5009)], "sctp": [(8000, 8099)]}
DEVICES = (r"/dev/null:(?!/dev/mem:)/dev/[a-z0-9/]+:[rwm]+"
           r"|/dev/bus/[a-z]+:/dev/bus/[a-z]+:r|/dev/zero:/dev/zero:r"
           r"|/dev/(full|random):/dev/x[0-9]:rw?")
RESTARTS = ("", "no", "unless-stopped", "on-failure")
RESERVED = ("/", "//", "/etc", "/etc/hosts", "/etc/hostname",
            "/etc/resolv.conf")
GIB, MIB, SECOND = 1 << 30, 1 << 20, 10 ** 9
# Flag, member of HostConfig, the most.
MOST = (("memory", "Memory", GIB), ("memory-swap", "MemorySwap", 2 * GIB),
        ("shm-size", "ShmSize", 64 * MIB), ("cpus", "NanoCpus", 2 * SECOND),
        ("pids-limit", "PidsLimit", 100))
JUDGED = {"Binds", "Mounts", "Ulimits", "PortBindings", "Devices",
          "DeviceRequests", "RestartPolicy", "SecurityOpt", "NetworkMode",
          "CapDrop"}.union(m for _, m, _ in MOST)
JUDGED_TOP = {"HostConfig", "Env", "User", "StopTimeout", "Healthcheck",
              "ExposedPorts", "Volumes", "NetworkingConfig", "Labels"}


class Judge:
    """One request; problems says what lies outside."""

    def __init__(self, caller, place, line, plain):
        self.caller, self.place = caller, place
        self.command, self.flags = line.command, line.flags()
        self.plain = plain  # the body of a line without flags
        self.problems = []

    def must(self, good, text, *values):
        if not good:
            self.problems.append(text + "".join(
                " " + json.dumps(v) for v in values))

    def create(self, body):
        host = body["HostConfig"]
        for part, of_plain, judged in (
                (body, self.plain, JUDGED_TOP),
                (host, self.plain["HostConfig"], JUDGED)):
            for key, value in part.items():
                self.must(key in judged or not value
                          or value == of_plain.get(key),
                          "more than was asked: " + key, value)
        self.must(body["Labels"] == {"undocker.uid": str(self.caller.uid)},
                  "labels", body["Labels"])
        self.user(body["User"], host.get("CapDrop") or [])
        self.variables(body.get("Env"))
        self.numbers(body, host)
        self.ulimits(host.get("Ulimits") or [])
        self.networks(host, body.get("NetworkingConfig") or {})
        self.security(host.get("SecurityOpt") or [])
        self.devices(host)
        self.restart(host.get("RestartPolicy") or {})
        self.ports(host.get("PortBindings") or {})
        for bind in host.get("Binds") or []:
            self.bind(bind)
        for mount in host.get("Mounts") or []:
            self.mount(dict(mount))
        for target in body.get("Volumes") or {}:
            self.must(self.is_place(target), "a volume at", target)

    def user(self, user, dropped):
        if self.command == "run":
            self.must(user == self.caller.user and "ALL" in dropped,
                      "user", user, dropped)
        elif "user" in self.flags:
            found = re.fullmatch(r"\+?(\d+)(?::(\+?\d+)?)?", user, re.A)
            self.must(found and int(found[1]) > 0
                      and int(found[2] or 1) > 0, "user", user)
        else:
            self.must(user == "", "user", user)

    def variables(self, env):
        for name, text in normalise.last_values(env).items():
            good = (re.fullmatch(r"[A-Z][A-Z0-9]*", name)
                    or (name, text) in (("mode", "=fast"), ("mode", "=slow")))
            self.must(good and name != "SECRET" and not (
                name == "LEVEL" and text.startswith("=0")),
                      "variable", name, text)

    def numbers(self, body, host):
        for flag, member, most in MOST:
            value = host.get(member) or 0
            self.must(0 < value <= most if flag in self.flags
                      else value == (self.plain["HostConfig"].get(member)
                                     or 0), member, value)
        timeout = body.get("StopTimeout")
        self.must(timeout is None or 0 <= timeout <= 10, "StopTimeout",
                  timeout)
        health = dict(body.get("Healthcheck") or {})
        interval = health.pop("Interval", 0)
        self.must(0 <= interval <= 60 * SECOND and not any(health.values()),
                  "Healthcheck", interval, health)

    def ulimits(self, ulimits):
        for u in ulimits:
            most = {"nofile": (1024, 2048), "nproc": (50, 50)}.get(
                u["Name"].lower())
            self.must(u["Name"].islower() and (most is None or (
                0 <= u["Soft"] <= most[0] and 0 <= u["Hard"] <= most[1])),
                      "ulimit", u)

    def networks(self, host, config):
        mode = host.get("NetworkMode") or "default"
        self.must(re.fullmatch(NETWORKS, mode) if "network" in self.flags
                  else mode in ("default", "bridge"), "NetworkMode", mode)
        for name, end in (config.get("EndpointsConfig") or {}).items():
            self.must(re.fullmatch(NETWORKS, name) or (
                name == mode and "network" not in self.flags),
                      "endpoint", name)
            end = dict(end or {})
            aliases = end.pop("Aliases", None) or []
            address = end.pop("IPAMConfig", None) or {}
            self.must(not any(end.values()), "endpoint", end)
            self.must(all(re.fullmatch("[a-z]+", a) for a in aliases),
                      "aliases", aliases)
            self.must(not address or re.fullmatch(
                r'{"IPv4Address": "10\.1(\.\d+){2}"}', json.dumps(
                    {k: v for k, v in address.items() if v})),
                      "address", address)

    def security(self, options):
        self.must(options and re.fullmatch(
            r"no-new-privileges([:=]true)?", options[-1]),
                  "no no-new-privileges at the end", options)
        for option in options[:-1]:
            seccomp = option.startswith("seccomp=") and self.profile(option)
            self.must(seccomp or re.fullmatch(SECURITY, option),
                      "security option", option)

    def profile(self, option):
        with open(os.path.join(self.place, "profile.json"),
                  encoding="utf-8") as f:
            wanted = json.load(f)
        try:
            return json.loads(option.partition("=")[2]) == wanted
        except ValueError:
            return False

    def devices(self, host):
        for device in host.get("Devices") or []:
            text = "%s:%s:%s" % (
                posixpath.normpath(device["PathOnHost"]),
                posixpath.normpath(device["PathInContainer"]),
                device["CgroupPermissions"])
            self.must(re.fullmatch(DEVICES, text), "device", text)
        for request in host.get("DeviceRequests") or []:
            ids = request.get("DeviceIDs") or []
            if request.get("Driver") == "cdi":
                good = all(re.fullmatch(r"acme\.com/thing=[a-y]", i)
                           for i in ids) and not request.get("Count")
            else:
                count = request.get("Count") or 0
                named = {c for part in request.get("Capabilities") or []
                         for c in part}
                good = (request.get("Driver") in ("", None, "nvidia")
                        and (count in (1, 2) if not ids else count == 0)
                        and set(ids) <= {"0", "1", "2"}
                        and named <= {"gpu", "utility", "compute"}
                        and not request.get("Options"))
            self.must(good, "device request", request)

    def restart(self, policy):
        name = policy.get("Name") or ""
        count = policy.get("MaximumRetryCount") or 0
        # Engines refuse a count below 0, and one for another policy.
        self.must(name in RESTARTS and (name != "on-failure" or count < 10),
                  "restart", name, count)

    def ports(self, bindings):
        for port, ends in bindings.items():
            _, _, protocol = port.partition("/")
            for end in ends:
                if end["HostPort"] in ("", "0"):
                    continue
                found = re.fullmatch(r"(\d+)(?:-(\d+))?", end["HostPort"])
                first, last = (int(n) for n in (
                    found[1], found[2] or found[1])) if found else (0, 0)
                self.must(found and first <= last and all(
                    any(a <= n <= b for a, b in PORTS.get(protocol, ()))
                    for n in range(first, last + 1)),
                          "port", port, end)

    # Mounts

    def bind(self, text):
        parts = text.split(":")
        options = parts[2].split(",") if len(parts) == 3 else []
        self.must(len(parts) in (2, 3)
                  and set(options) <= {"ro", "rw", "nocopy"}, "bind", text)
        if parts[0].startswith("/"):
            self.source(parts[0], "ro" in options)
        else:
            self.volume(parts[0], "nocopy" in options)

    @staticmethod
    def is_place(target):
        path = posixpath.normpath(target)
        return (target.startswith("/") and path not in RESERVED
                and path.split("/")[1] not in ("proc", "sys", "dev")
                and ".." not in target.split("/"))

    def mount(self, mount):
        kind, source = mount.pop("Type"), mount.pop("Source", "")
        target, read_only = mount.pop("Target"), mount.pop("ReadOnly", False)
        volume = mount.pop("VolumeOptions", None) or {}
        bind = mount.pop("BindOptions", None) or {}
        no_copy = volume.pop("NoCopy", False)
        if kind == "tmpfs":
            mount.pop("TmpfsOptions", None)
        self.must(not any([*mount.values(), *volume.values()])
                  and set(bind) <= {"Propagation"} and bind.get(
                      "Propagation") in (None, "", "rprivate"),
                  "options", mount, volume, bind)
        self.must(self.is_place(target), "target", target)
        if kind == "bind":
            self.source(source, read_only)
        elif kind == "volume" and source:
            self.volume(source, no_copy)
        else:
            self.must(kind in ("volume", "tmpfs") and not source,
                      "mount", kind, source)

    def volume(self, name, no_copy):
        self.must(re.fullmatch(VOLUMES, name) and no_copy, "volume", name)

    def source(self, source, read_only):
        """What lies there, and all that lies below it."""
        path = os.path.realpath(os.path.join(self.place, source))
        below = os.path.relpath(path, self.place).split("/")
        grades = [self.grade(below)] + [
            g for p, g in PATHS.items()
            if p.split("/")[:len(below)] == below or below == ["."]]
        self.must("" not in grades and (read_only or "ro" not in grades),
                  "source", source, path, read_only)

    @staticmethod
    def grade(below):
        for n in range(len(below), 0, -1):
            if "/".join(below[:n]) in PATHS:
                return PATHS["/".join(below[:n])]
        return ""
