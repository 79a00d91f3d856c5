# SPDX-License-Identifier: Apache-2.0
"""The policy with limits, and the place that it speaks of."""

import os

FLAGS = ("--network|--net list,--security-opt list,--gpus gpu-request,"
         "--device list,--restart string,-u|--user string,-e|--env list,"
         "--env-file list,-m|--memory bytes,--memory-swap bytes,"
         "--shm-size bytes,--cpus decimal,--pids-limit int,--ulimit ulimit,"
         "--health-interval duration,--stop-timeout int,-v|--volume list,"
         "--mount mount,-p|--publish list")

LIMITS = r"""
ALLOWEDVALUES=--network=bridge --network=none --net=team-[a-z]+
ALLOWEDVALUES=--network=alias=[a-z]+ --network=ip=10\.1(\.[0-9]+){2}
RESTRICTEDVALUES=--net=team-secret
ALLOWEDVALUES=--security-opt=label=disable --security-opt=label=level:s[0-3]
ALLOWEDVALUES=--security-opt=apparmor=docker-default
ALLOWEDVALUES=--security-opt=no-new-privileges=(true|false)
ALLOWEDVALUES=--security-opt=seccomp=profile\.json
RESTRICTEDVALUES=--security-opt=no-new-privileges=false
RESTRICTEDVALUES=--security-opt=label=level:s3
ALLOWEDVALUES=--gpus=device=[0-2] --gpus=count=[12] --gpus=driver=nvidia
ALLOWEDVALUES=--gpus=capabilities=(utility|compute)(,(utility|compute))*
ALLOWEDVALUES=--device=/dev/null --device=/dev/zero:r
ALLOWEDVALUES=--device=/dev/(full|random):/dev/x[0-9]:rw?
ALLOWEDVALUES=--device=/dev/bus/.*:/dev/bus/.*:r
ALLOWEDVALUES=--device=acme\.com/thing=[a-z]
RESTRICTEDVALUES=--device=acme\.com/thing=z --device=.*:/dev/mem:.*
ALLOWEDVALUES=--restart=no --restart=on-failure --restart=unless-stopped
RESTRICTEDVALUES=--restart=on-failure:[0-9]{2,}
ALLOWEDVALUES=--user=[0-9]+(:[0-9]+)?
RESTRICTEDVALUES=--user=0 --user=.*:0 --user=.*:[^0-9].*
ALLOWEDVALUES=--env=[A-Z][A-Z0-9]* --env=mode=(fast|slow)
RESTRICTEDVALUES=--env=SECRET --env=LEVEL=0.*
MAXVALUES=--memory=1g --memory-swap=2g --shm-size=64m --cpus=2
MAXVALUES=--pids-limit=100 --ulimit=nofile=1024:2048 --ulimit=nproc=50
MAXVALUES=--health-interval=1m --stop-timeout=10
ALLOWEDPATHS={d}/open {d}/look:ro {d}/open/quiet:ro {d}/open/quiet/loud
RESTRICTEDPATHS={d}/open/private {d}/look/closed
ALLOWEDVOLUMES=team[0-9]+ data-[a-z]+
ALLOWEDPORTS=8000-8099 443/tcp 5000-5009/udp ephemeral
"""

FILES = {
    "open/below/deep/file": "x\n", "open/private/file": "x\n",
    "open/quiet/file": "x\n", "open/quiet/loud/file": "x\n",
    "open/a b/file": "x\n", "open/co,mma/file": "x\n",
    "open/quo\"te/file": "x\n", "open/one": "x\n",
    "look/below/file": "x\n", "look/closed/file": "x\n",
    "secret/file": "x\n", "openly/file": "x\n", "open/privately/file": "x\n",
    "good.env": "ONE=1\nTWO=two words\nLEVEL=1\nTOKEN\n# x\n\nNOTSET\n",
    "secret.env": "ONE=1\nSECRET=1\n",
    "level.env": "LEVEL=1\nLEVEL=0\n",
    "level2.env": "LEVEL=0\nLEVEL=1\n",
    "bare.env": "SECRET\n", "small.env": "ONE=1\nmode=other\n",
    "cr.env": "ONE=1\r\nSECRET=1\r\n", "lead.env": "  SECRET=1\n",
    "bom2.env": "\ufeffSECRET=1\n", "blank.env": "SECRET =1\n",
    "old.env": "ONE=1\rSECRET=1\n", "sep.env": "ONE=1\u2028SECRET=1\n",
}
LINKS = {"in": "open", "out": "secret", "open/away": "../secret",
         "open/toprivate": "private", "open/tolook": "../look",
         "open/tobelow": "below", "open/todot": "..", "open/up": "../open",
         "look/toopen": "../open/below", "open/tofile": "../secret/file"}


def furnish(place):
    """Files, and links that lead in and out, beside those of scene.py."""
    for name, text in FILES.items():
        path = os.path.join(place, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
    for name, target in LINKS.items():
        os.symlink(target, os.path.join(place, name))
    for top in ("open", "look", "secret", "openly"):
        for folder, _, names in os.walk(os.path.join(place, top)):
            os.chmod(folder, 0o777)
            for name in names:
                if not os.path.islink(os.path.join(folder, name)):
                    os.chmod(os.path.join(folder, name), 0o666)


class Policy:
    """The file; create may choose its user, run may not."""

    name = "limits"

    def __init__(self, bench):
        self.client = bench.options.client[0]
        lines = ["[main]", "DOCKERPATH=" + self.client,
                 "DOCKERHOST=unix://" + bench.socket, "AUDIT=off"]
        for command in ("run", "create"):
            lines += ["[command:%s]" % command, "WHITELIST=" + FLAGS,
                      LIMITS.replace("{d}", bench.place)]
        lines.append("ROOTINSIDE=true")  # of create
        self.path = os.path.join(os.path.dirname(bench.place), "limits.conf")
        with open(self.path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
        os.chmod(self.path, 0o644)
