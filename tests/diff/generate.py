#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Docker command lines, by seed: line(seed, k, place) is always the same.

Four kinds of lines: plain ones, which docker accepts; odd ones, plain but for
one odd value; mixed ones, with odd values, spellings and flags of every sort;
and nasty ones, where the grammar itself is tried (missing values, words that
look like flags, swallowed tokens).

Words are str; bytes that are not UTF-8 are surrogate escapes. `place` is the
directory that furnish() filled and in which the lines are meant to be run.

By hand: `generate.py SEED COUNT` prints shell words.
"""

import os
import random
import sys

PLAIN, ODD, MIXED, NASTY = "plain", "odd", "mixed", "nasty"

TRUE = ["1", "t", "T", "TRUE", "true", "True"]
FALSE = ["0", "f", "F", "FALSE", "false", "False"]
BAD_BOOLS = ["", "yes", "no", "TrUe", "2", "on", "tRUE", " true", "true "]

HEX64 = "0123456789abcdef" * 4

# What a value may look like, by kind: good ones, then odd ones. Odd does not
# mean that docker refuses it. {d} is the place.
VALUES = {
    "text": (["x", "a b", "x=y", "über"],
             ["", "-", "--", "-x", "--rm", "--privileged", "\udcff\udcfe",
              "a\tb", "$HOME", "'", "\"", "a\nb", "\x01", "*", "\\"]),
    "attach": (["stdin", "stdout", "stderr", "STDOUT"],
               ["", "stdxx", "--rm", "stdout "]),
    "host": (["db:10.0.0.2", "h:::1", "gw:host-gateway"],
             ["", "db", "db:x", ":10.0.0.1", "--name", "a=b"]),
    "count": (["0", "1", "512", "1024"],
              ["0x10", "010", "1_000", "-1", "-5", "+3", "", "1.5", "abc",
               "99999999999999999999", " 1", "1 ", "--rm", "0b11", "0o17"]),
    "uint": (["0", "10", "500"], ["-1", "0x20", "70000", "", "x", "1_0"]),
    "size": (["16m", "1g", "64M", "1.5GiB", "134217728", "512mb", "0"],
             ["-1", "", "1x", "g", "1 g", "1.5.5g", "0x10", "1e3",
              "99999999g", " 1g", "--rm", "1gB", "1KiB"]),
    "swap": (["1g", "-1", "2G"], ["", "x", "-2", "1gg"]),
    "duration": (["1s", "1m30s", "2h", "500ms", "0s"],
                 ["", "5", "1h2m3", "-1s", "1d", "s", "1.5h", "--init"]),
    "decimal": (["1", "0.5", "2.25", ".5"],
                ["1/2", "1e3", "", "x", "-1", "1/0", "1e-3", "0x1",
                 "1_0", "0.0000000001"]),
    "signal": (["SIGTERM", "TERM", "9", "KILL"], ["", "NOPE", "-9"]),
    "env": (["A=1", "B=two words", "EMPTYV=", "C=x=y", "TOKEN", "EMPTY",
             "BLANK", "NOTSET", "D=", "A=2", "PATH=/bin", "é=ü"],
            ["", "=", "=x", "--rm", "-it", "X=\udcff", "A B=1", "NEW=a\nb",
             "TAB=a\tb", "Q='\"", "LONG=" + "y" * 3000, "-", "--", "E=\x1b[1m",
             "X= lead", " X=1", "HOME", "TERM", "TZ", "MULTI", "LATIN"]),
    "envfile": (["{d}/one.env", "two.env", "./one.env", "empty.env"],
                ["", "missing.env", "bad.env", "{d}", "/dev/null", "bom.env",
                 "crlf.env", "latin.env", "--rm", "spaces.env"]),
    "labelfile": (["{d}/one.label", "one.label", "empty.env"],
                  ["", "missing.label", "{d}", "/dev/null", "bad.env",
                   "crlf.env"]),
    "label": (["a=1", "com.example.k=v", "flag", "a=2", "k=x y", "e="],
              ["", "=x", "a b=c", "--rm", "\udce9=1", "=", " lead=1",
               "tab\tkey=1", "undockerx=1", "undocker.uid=0",
               "undocker.x=1", "undocker.uid", "UNDOCKER.uid=0"]),
    "volume": (["{d}/data:/data", "{d}/data:/data:ro", "{d}/data:/srv/x:rw",
                "vol1:/vol", "vol-2:/vol2:ro", "/anon", "{d}/two words:/tw",
                "{d}/readonly:/ro", "{d}/one.env:/file", "{d}/link:/link",
                "vol.3:/v3:rw"],
               ["", ":", "/", "a:b:c:d", "{d}/missing:/x", "x", "data:/x",
                "./data:/x", "{d}/data", "{d}/data:rel", "{d}/data:/x:bad",
                "{d}/data:/x:ro,rw", "{d}/data:/x:z", "{d}/data:/x:rshared",
                "{d}/data:/x:ro,z", "{d}/data:/x:nocopy", "vol1:/x:nocopy",
                "{d}/data:/", "{d}/data:/etc", "{d}/data:/proc/1",
                "{d}/data:/a/../b", "{d}/../{b}/data:/x", "//{d}/data:/x",
                "{d}/data/:/x/", "{d}/data:/x:", ":/x", "{d}/data::ro",
                "--rm", "-", "../vol:/x", "v:/x", "vol/1:/x", "C:\\a:/x",
                "{d}/data:/x:delegated", "{d}/data:/x:consistent,ro",
                "{d}/data:/caf\udce9", "{d}/da\nta:/x", "{d}/co,mma:/x",
                "{d}/quo\"te:/x", "{d}/data:/dev/x", "{d}/data:/sys",
                "\\\\.\\pipe\\x:/x", "{d}/data:/x:RO"]),
    "mount": (["type=bind,src={d}/data,dst=/mnt",
               "type=bind,source={d}/data,target=/mnt2,readonly",
               "type=volume,src=vol1,dst=/mv", "type=tmpfs,dst=/mt",
               "type=tmpfs,destination=/mt2,tmpfs-size=64m",
               "source=vol2,target=/mv2,ro", "type=volume,dst=/manon",
               "type=bind,src={d}/two words,dst=/mtw,ro=true"],
              ["", "type=bind", "dst=/x", "type=bind,src={d}/missing,dst=/x",
               "type=bind,src=./data,dst=/x", "type=bind,src=data,dst=/x",
               "TYPE=BIND,SRC={d}/data,DST=/x",
               "type=bind,src={d}/data,dst=/x,ro=maybe",
               "type=bind,src={d}/data,dst=/x,readonly=false",
               "type=bind,src={d}/data,dst=/x,bind-propagation=rslave",
               "type=volume,src=v,dst=/x,volume-opt=type=none",
               "type=volume,src=v,dst=/x,volume-nocopy",
               "type=volume,src=v,dst=/x,volume-label=a=b",
               "\"type=bind\",src={d}/data,dst=/x",
               "type=bind,\"src={d}/co,mma\",dst=/x",
               "type=tmpfs,dst=/x\ntype=bind,src=/,dst=/y",
               "type=bind,src={d}/data,src=/,dst=/x",
               "type=volume,src=v,type=bind,src={d}/data,dst=/x",
               "type=npipe,src=a,dst=b", "type=bind,src={d}/data,dst=/x,bad",
               " type=bind,src={d}/data,dst=/x",
               "type=bind, src={d}/data,dst=/x", "type=bind,src=,dst=/x",
               "type=tmpfs,src=x,dst=/x", "type=tmpfs,dst=/x,tmpfs-mode=1777",
               "type=bind,src={d}/data,dst=/x,bind-nonrecursive",
               "type=bind,src={d}/data,dst=/x,consistency=cached",
               "type=image,src=alpine,dst=/x", "type=volume,src=a/b,dst=/x",
               "a\"b", "type=bind,src={d}/quo\"te,dst=/x", ",", "--rm",
               "type=bind,src={d}/data,dst=/x,bind-recursive=disabled",
               "type=volume,src=v,dst=/x,volume-driver=local"]),
    "tmpfs": (["/run", "/tmp:size=64m", "/t:rw,noexec,size=1m,mode=1777"],
              ["", "rel", "/", "/x:suid", "/x:bad", ":size=1", "/proc",
               "/a/../b", "--rm"]),
    "device": (["/dev/null", "/dev/zero:/dev/z", "/dev/null:/dev/n:r"],
               ["", "x", "/dev/null:/dev/n:x", "/dev/null:rwm",
                "vendor.com/class=name", "a:b:c:d"]),
    "devicerule": (["c 1:3 rwm", "a *:* rwm"], ["", "x", "c 1:3"]),
    "bps": (["/dev/sda:1mb", "/dev/sda:1024"], ["", "x", "/dev/sda:x", "a:1"]),
    "iops": (["/dev/sda:100"], ["", "x", "/dev/sda:-1", "/dev/sda:x"]),
    "weight": (["/dev/sda:200"], ["", "/dev/sda:5", "x:200"]),
    "publish": (["8080:80", "127.0.0.1:8081:81/tcp", "82", "8083:83/udp",
                 "8090-8092:90-92", "::84"],
                ["", "x", "1:2:3:4", "0080:80", "[::1]:85:85", "70000:80",
                 "80:70000", "published=86,target=86", "80:", ":80",
                 "127.0.0.1::87", "8000-8001:80-85", "--rm", "80/xxx",
                 "published=88,target=88,protocol=udp", "-1:80", "+80:80"]),
    "expose": (["80", "81/udp", "90-95"], ["", "x", "80:80", "95-90"]),
    "network": (["none", "bridge", "mynet", "host"],
                ["", "HOST", "name=mynet", "name=mynet,alias=a",
                 "container:web1", "default", "name=host", "my/net", "a b",
                 "name=", "alias=x", "NAME=MyNet,ip=10.0.0.9", "--rm",
                 "container:", "\"name=x\"", "../x"]),
    "alias": (["al1", "al2"], ["", "--rm", "a b"]),
    "ip": (["10.1.2.3"], ["", "x", "::1"]),
    "ip6": (["2001:db8::3"], ["", "x", "10.0.0.1"]),
    "dns": (["8.8.8.8", "1.1.1.1"], ["", "x", "::1", " 8.8.8.8"]),
    "dnssearch": (["example.com", "."], ["", "a b", "--rm"]),
    "dnsopt": (["ndots:2", "debug"], ["", "--rm"]),
    "mac": (["92:d0:c6:0a:29:33"], ["", "x"]),
    "link": (["web1:db", "web1"], ["", "a:b:c", "--rm"]),
    "volumesfrom": (["web1", "web1:ro"], ["", "a:b:c", "a/b"]),
    "namespace": (["host", ""], ["container:web1", "bad", "private",
                                 "HOST", "container:"]),
    "ipc": (["none", "private", "shareable", "host"],
            ["", "bad", "container:web1", "HOST"]),
    "cgroupns": (["private", "host", ""], ["bad", "PRIVATE"]),
    "cap": (["NET_ADMIN", "ALL", "CAP_CHOWN"], ["", "bad", "all"]),
    "security": (["no-new-privileges", "label=disable",
                  "no-new-privileges=true", "apparmor=unconfined"],
                 ["", "x", "seccomp=profile.json", "seccomp=missing.json",
                  "seccomp=unconfined", "no-new-privileges=false",
                  "no-new-privileges:false", "label:disable", "SECCOMP=x",
                  "systempaths=unconfined"]),
    "storageopt": (["size=10G"], ["", "x"]),
    "sysctl": (["net.core.somaxconn=1024", "kernel.sem=1 2 3 4"],
               ["", "x", "=1", "a=b=c"]),
    "annotation": (["a=b", "k=x"], ["", "x", "=v"]),
    "ulimit": (["nofile=1024", "nproc=10:20", "core=-1", "nofile=2048:4096"],
               ["", "x", "nofile", "nofile=20:10", "bad=1", "nofile=a"]),
    "gpus": (["all", "2", "device=0", "count=1"],
             ["", "x", "\"device=0,1\"", "all,count=1", "driver=nvidia"]),
    "logdriver": (["none", "json-file", "local", "syslog"], ["", "NONE"]),
    "logopt": (["max-size=10m", "max-file=3"], ["", "x", "=1"]),
    "user": (["1000", "1000:1000", "nobody", "0", "root", "0:0"],
             ["", ":", "+0", "--rm", "1000:", ":1000", "a b"]),
    "group": (["100", "staff", "0"], ["", "-1", "a b"]),
    "name": (["web1", "my-app_2", "a.b", "x1"],
             ["", "x", "--rm", "-it", "a b", "../x", "/web1", "a/b",
              "deadbeefcafe", HEX64, "é", ".x", "_x", "abcdef0", "cafe",
              "web\n1", "DEADBEEFCAFE", "0123456789ab", "--name"]),
    "hostname": (["box", "a.example.com", "h-1"],
                 ["", "--rm", "a_b", "x" * 70, "-"]),
    "workdir": (["/work", "/srv/a b", "/data/x"],
                ["", "rel", "/", "..", "/a/../b", "/proc/self/fd/7", "--",
                 "--rm", "/etc", "/sys/x", "/dev/shm", "-", "/x/", "//x",
                 "/.", "/w\udcff", "/w\n"]),
    "entrypoint": (["/bin/sh", "sh", ""], ["--rm", "-c", "a b", "é"]),
    "restart": (["no", "always", "on-failure:3", "unless-stopped"],
                ["", "bad", "always:3", "on-failure:x", "on-failure:-1"]),
    "pull": (["missing", "never", "always"], ["", "bad", "Always"]),
    "platform": (["linux/amd64", "linux/arm64"],
                 ["", "linux", "bad/bad/bad/bad", "LINUX/AMD64"]),
    "keys": (["ctrl-p,ctrl-q", "ctrl-a", "x"], ["", "ctrl-", "bad,keys"]),
    "cidfile": (["cid/one", "{d}/cid/two"], ["", "missing/x", "one.env"]),
    "runtime": (["runc"], ["", "x"]),
    "isolation": (["default"], ["", "hyperv"]),
    "filter": (["name=web", "status=running", "label=a=b", "id=abc",
                "label=a"],
               ["", "x", "=", "name=", "NAME=x", " name = web ", "bad=1",
                "name==x", "--rm"]),
    "format": (["{{.Names}}", "json", "table {{.ID}}\t{{.Image}}",
                "{{json .}}", "{{.Label \"a\"}}", "{{.Size}}"],
               ["", "{{", "{{.Nope}}", "x", "--rm", "table", "{{.ID}} é"]),
    "time": (["2024-01-01", "10m", "2024-01-01T00:00:00", "1700000000"],
             ["", "x", "-10m", "1700000000.5", "1h30m", "2024-13-01"]),
    "tail": (["10", "all", "0"], ["", "x", "-1", "--follow", "0x10"]),
}

# letter,long[,hidden long names] and the kind of value; bool takes none.
# '.' stands for a letter that there is not.
CREATE = """
.,add-host host
.,annotation annotation
a,attach attach
.,blkio-weight uint
.,blkio-weight-device weight
.,cap-add cap
.,cap-drop cap
.,cgroup-parent text
.,cgroupns cgroupns
.,cidfile cidfile
.,cpu-count count
.,cpu-percent count
.,cpu-period count
.,cpu-quota count
.,cpu-rt-period count
.,cpu-rt-runtime count
c,cpu-shares count
.,cpus decimal
.,cpuset-cpus text
.,cpuset-mems text
.,device device
.,device-cgroup-rule devicerule
.,device-read-bps bps
.,device-read-iops iops
.,device-write-bps bps
.,device-write-iops iops
.,disable-content-trust bool
.,dns dns
.,dns-option,dns-opt dnsopt
.,dns-search dnssearch
.,domainname hostname
.,entrypoint entrypoint
e,env env
.,env-file envfile
.,expose expose
.,gpus gpus
.,group-add group
.,health-cmd text
.,health-interval duration
.,health-retries count
.,health-start-interval duration
.,health-start-period duration
.,health-timeout duration
.,help bool
h,hostname hostname
.,init bool
i,interactive bool
.,io-maxbandwidth size
.,io-maxiops uint
.,ip ip
.,ip6 ip6
.,ipc ipc
.,isolation isolation
.,kernel-memory size
l,label label
.,label-file labelfile
.,link link
.,link-local-ip ip
.,log-driver logdriver
.,log-opt logopt
.,mac-address mac
m,memory size
.,memory-reservation size
.,memory-swap swap
.,memory-swappiness count
.,mount mount
.,name name
.,network,net network
.,network-alias,net-alias alias
.,no-healthcheck bool
.,oom-kill-disable bool
.,oom-score-adj count
.,pid namespace
.,pids-limit count
.,platform platform
.,privileged bool
p,publish publish
P,publish-all bool
.,pull pull
q,quiet bool
.,read-only bool
.,restart restart
.,rm bool
.,runtime runtime
.,security-opt security
.,shm-size size
.,stop-signal signal
.,stop-timeout count
.,storage-opt storageopt
.,sysctl sysctl
.,tmpfs tmpfs
t,tty bool
.,ulimit ulimit
.,use-api-socket bool
u,user user
.,userns namespace
.,uts namespace
v,volume volume
.,volume-driver logdriver
.,volumes-from volumesfrom
w,workdir workdir
"""

FLAGS = {
    "create": CREATE,
    "run": CREATE + """
d,detach bool
.,detach-keys keys
.,sig-proxy bool
""",
    "exec": """
d,detach bool
.,detach-keys keys
e,env env
.,env-file envfile
h,help bool
i,interactive bool
.,privileged bool
t,tty bool
u,user user
w,workdir workdir
""",
    "ps": """
a,all bool
f,filter filter
.,format format
h,help bool
n,last count
l,latest bool
.,no-trunc bool
q,quiet bool
s,size bool
""",
    "rm": """
f,force bool
h,help bool
l,link bool
v,volumes bool
""",
    "logs": """
.,details bool
f,follow bool
h,help bool
.,since time
n,tail tail
t,timestamps bool
.,until time
""",
    "stop": """
h,help bool
s,signal signal
t,time,timeout count
""",
}

# Flags that docker accepts nearly anywhere, and how often they are wanted.
PLAIN_FLAGS = {
    "create": "env*4 volume*4 label*3 name*2 rm*2 interactive*2 tty*2 "
              "workdir*2 mount*3 network*2 publish*2 memory*2 cpus env-file*2 "
              "label-file hostname init read-only entrypoint tmpfs ulimit "
              "add-host dns dns-option dns-search expose shm-size pids-limit "
              "stop-signal stop-timeout health-cmd health-interval restart "
              "log-opt cap-drop attach sysctl cpu-shares memory-reservation "
              "network-alias domainname publish-all cpuset-cpus pull ipc "
              "platform cidfile oom-score-adj user",
    "exec": "env*4 interactive*2 detach workdir*2 user tty env-file "
            "detach-keys",
    "ps": "all*2 filter*2 format no-trunc quiet*2 size last latest",
    "rm": "force*3 volumes link",
    "logs": "follow tail*2 since until timestamps details",
    "stop": "time*2 signal",
}
PLAIN_FLAGS["run"] = PLAIN_FLAGS["create"] + " detach*3 detach-keys sig-proxy"

# Kinds of values that undocker has rules of its own for.
ODD_WEIGHTS = {"volume": 16, "mount": 20, "env": 10, "envfile": 6, "label": 8,
               "labelfile": 6, "tmpfs": 5, "name": 8, "workdir": 8,
               "network": 8, "publish": 3, "security": 4, "namespace": 2,
               "ipc": 2, "hostname": 4, "tail": 3, "signal": 3,
               "entrypoint": 3}

# Everything that does not go with a plain flag.
CONFLICTS = [{"rm", "restart"}, {"interactive", "tty"}, {"detach", "attach"},
             {"network", "network-alias"}, {"network", "publish"},
             {"latest", "last"}, {"detach", "detach-keys"}]

IMAGES = (["alpine", "alpine:latest", "busybox:1.36", "ubuntu:22.04",
           "docker.io/library/alpine", "library/alpine",
           "localhost:5000/team/app:v1", "ghcr.io/acme/tool:2.0",
           "index.docker.io/library/alpine:3.19"],
          ["", "-", "ALPINE", "./x", " alpine", "alpine ", "alpine:",
           "deadbeefcafe", HEX64, "sha256:" + HEX64, "sha256:5960", "59",
           "alpine@sha256:" + HEX64, "alpine:x@sha256:" + HEX64,
           "a//b", "GHCR.IO/acme/x", "ALPINE/x", "é", "al\npine", "true",
           "alpine:" + "t" * 130, "http://x/y", "x/../y", "alpine@sha256:12"])
CONTAINERS = (["web1", "db_2", "a.b", "my-app", HEX64, "0123456789ab"],
              ["", "-", "../volumes/v", "/web1", "web/1", "we b", "é", ".x",
               "web1\n", "x/../y", "?all=1", "%2e", "\udcff", "..", "a:b", "-f",
               "--force", "--"])
COMMANDS = [[], ["sh"], ["ls", "-l"], ["sh", "-c", "echo hi; exit 3"],
            ["echo", "--rm", "-it", "--privileged"], ["--help"], ["--"],
            ["x", "--", "-v", "/:/x"], [""], ["-"], ["a b", "$HOME"],
            ["env", "A=1"], ["\udcff"], ["a\nb"]]

LONG_FORMS = {
    "run": [["run"], ["container", "run"]],
    "create": [["create"], ["container", "create"]],
    "exec": [["exec"], ["container", "exec"]],
    "ps": [["ps"], ["container", "ls"], ["container", "list"],
           ["container", "ps"]],
    "rm": [["rm"], ["container", "rm"]],
    "logs": [["logs"], ["container", "logs"]],
    "stop": [["stop"], ["container", "stop"]],
}
ODD_COMMANDS = [["RUN"], ["ru"], ["container"], ["container", "remove"],
                ["remove"], ["container", "RUN"], [""], ["-"],
                ["container", "--", "run"], ["container", "--help", "create"],
                ["container", ""], ["runs"], ["image", "ps"]]
ODD_GLOBALS = [["-D"], ["--debug"], ["-l", "error"], ["--log-level=info"],
               ["-lerror"], ["--debug=false"], ["--"], ["-Dl", "error"],
               ["--tls=false"], ["--help"], ["-v"], ["--version"], ["-h"],
               ["--bad"], ["-D=true"], ["--log-level"], ["---D"],
               ["--help=false"], ["-l=error"], ["-Dlerror"]]

INTERSPERSED = {"ps", "rm", "logs", "stop"}


class Flag:
    """A flag of docker's: letter or None, long names, kind of value."""

    def __init__(self, names, kind):
        letter, *self.longs = names.split(",")
        self.letter = None if letter == "." else letter
        self.kind = kind
        self.takes_value = kind != "bool"

    @property
    def name(self):
        return self.longs[0]


def flags_of(command):
    return [Flag(*row.split()) for row in FLAGS[command].split("\n") if row]


TABLE = {command: flags_of(command) for command in FLAGS}
BY_NAME = {command: {name: f for f in flags for name in f.longs}
           for command, flags in TABLE.items()}


def furnish(place):
    """Fills the directory that the lines name: small, real, for everybody."""
    files = {
        "one.env": "F1=one\nF2=two words\n# comment\nTOKEN\nNOTSET\n",
        "two.env": "F1=other\n\nA=file\n",
        "empty.env": "",
        "bad.env": "a b=c\n",
        "spaces.env": "  LEAD=1\nTRAIL=1  \n  # no comment\n",
        "crlf.env": "CR=1\r\nLF=2\r\n",
        "bom.env": "\ufeffBOM=1\n",
        "latin.env": "L=\udce9\n",
        "one.label": "fl=one\nfl2=two words\nbare\n",
        "profile.json": '{"defaultAction": "SCMP_ACT_ALLOW"}\n',
        "data/below/file": "x\n",
        "co,mma/file": "x\n",
        "quo\"te/file": "x\n",
        "da\nta/file": "x\n",
        "two words/file": "x\n",
        "readonly/file": "x\n",
        "cid/.keep": "",
    }
    os.chmod(place, 0o755)
    for name, text in files.items():
        path = os.path.join(place, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text.encode("utf-8", "surrogateescape"))
    os.symlink("data", os.path.join(place, "link"))
    for name in ("data", "co,mma", "quo\"te", "da\nta", "two words", "cid"):
        os.chmod(os.path.join(place, name), 0o777)


def written(place):
    """The files that a client wrote (--cidfile)."""
    return sorted(set(os.listdir(os.path.join(place, "cid"))) - {".keep"})


def clean(place):
    """Takes away what a client wrote: a --cidfile stops the next run."""
    for name in written(place):
        os.unlink(os.path.join(place, "cid", name))


class Line:
    """One command line in the making."""

    def __init__(self, rng, place):
        self.rng = rng
        self.place = place
        self.style = rng.choices(
            [PLAIN, ODD, MIXED, NASTY], [38, 18, 24, 20])[0]
        self.command = rng.choices(
            ["run", "create", "exec", "ps", "rm", "logs", "stop"],
            [40, 18, 14, 10, 7, 6, 5])[0]
        self.focus = None  # the flag of an odd line

    def chance(self, plain, mixed, nasty):
        """True as often as this line's style wants it."""
        odds = {PLAIN: plain, ODD: plain, MIXED: mixed, NASTY: nasty}
        return self.rng.random() < odds[self.style]

    def fill(self, text):
        return text.replace("{d}", self.place).replace(
            "{b}", os.path.basename(self.place))

    def value(self, flag):
        good, odd = VALUES[flag.kind]
        if flag is self.focus:
            return self.fill(self.rng.choice(odd))
        if self.chance(0, 0.2, 0.35) or not good:
            pool = odd
            if self.chance(0, 0.1, 0.3) or not odd:
                pool = VALUES["text"][1]
            return self.fill(self.rng.choice(pool))
        return self.fill(self.rng.choice(good))

    def bool_value(self):
        if self.chance(0, 0.1, 0.25):
            return self.rng.choice(BAD_BOOLS)
        return self.rng.choice(self.rng.choice([TRUE, TRUE, FALSE]))

    # Which flags

    def pick_plain(self, count):
        weighted = [entry.partition("*")
                    for entry in PLAIN_FLAGS[self.command].split()]
        names = [w[0] for w in weighted]
        weights = [int(w[2] or 1) for w in weighted]
        chosen = []
        for name in self.rng.choices(names, weights, k=count):
            clash = any(name in pair and pair & set(chosen) - {name}
                        for pair in CONFLICTS)
            if not clash and not (name in chosen and self.once(name)):
                chosen.append(name)
        return [BY_NAME[self.command][name] for name in chosen]

    def once(self, name):
        """Repeating it would clash (two mounts at one place)."""
        return name in ("cidfile", "restart", "network", "volume", "mount")

    def pick(self):
        rng = self.rng
        count = rng.choice([0, 1, 1, 2, 2, 3, 4, 6])
        if self.style == ODD:
            return self.pick_odd(count // 2)
        if self.style == PLAIN or rng.random() < 0.5:
            flags = self.pick_plain(count)
        else:
            flags = [rng.choice(TABLE[self.command]) for _ in range(count)]
        if self.chance(0, 0.25, 0.5):
            flags.append(rng.choice(TABLE[self.command]))
        if flags and self.chance(0.05, 0.2, 0.3):
            flags.append(rng.choice(flags))  # a repeat
        if self.chance(0.01, 0.02, 0.05):
            flags.append(BY_NAME[self.command]["help"])
        return flags

    def pick_odd(self, count):
        """Some plain flags, and one with an odd value among them."""
        valued = [f for f in TABLE[self.command] if f.takes_value]
        if not valued:
            return self.pick_plain(count)
        weights = [ODD_WEIGHTS.get(f.kind, 1) for f in valued]
        self.focus = self.rng.choices(valued, weights)[0]
        flags = [f for f in self.pick_plain(count) if f is not self.focus]
        flags.insert(self.rng.randrange(len(flags) + 1), self.focus)
        return flags

    # How they are written

    def spell_bool(self, flag):
        rng = self.rng
        long = "--" + rng.choice(flag.longs)
        if self.chance(0.2, 0.4, 0.5):
            value = self.bool_value()
            if flag.letter and rng.random() < 0.4:
                return ["-" + flag.letter + "=" + value]
            return [long + "=" + value]
        if self.chance(0, 0.02, 0.1):  # a bool takes no word
            return [long, rng.choice(TRUE + FALSE)]
        if flag.letter and rng.random() < 0.7:
            return ["-" + flag.letter]
        return [long]

    def spell_value(self, flag, value):
        rng = self.rng
        if flag.letter and rng.random() < 0.6:
            short = "-" + flag.letter
            if self.chance(0, 0.04, 0.08) or (
                    flag is self.focus and rng.random() < 0.25):
                return [short + "="]  # the value is "="
            form = rng.randrange(3)
            if form == 0 and value and not value.startswith("="):
                return [short + value]
            if form == 1 and value:
                return [short + "=" + value]
            return [short, value]
        long = "--" + rng.choice(flag.longs)
        if rng.random() < 0.5:
            return [long + "=" + value]
        return [long, value]

    def spell(self, flags):
        """Groups of words, one a flag; letters may share one word."""
        groups = []
        for flag in flags:
            if flag.takes_value:
                groups.append(self.spell_value(flag, self.value(flag)))
            else:
                groups.append(self.spell_bool(flag))
        return self.cluster(groups)

    def cluster(self, groups):
        merged = []
        for group in groups:
            before = merged[-1] if merged else None
            joins = (before and len(before) == 1 and self.is_letters(before[0])
                     and group[0].startswith("-")
                     and not group[0].startswith("--") and len(group[0]) > 1
                     and self.rng.random() < 0.6)
            if joins:
                merged[-1] = [before[0] + group[0][1:]] + group[1:]
            else:
                merged.append(list(group))
        return merged

    def is_letters(self, word):
        """Only bools so far, so that another letter can follow."""
        bools = {f.letter for f in TABLE[self.command] if not f.takes_value}
        return (len(word) > 1 and word[0] == "-"
                and all(letter in bools for letter in word[1:]))

    # What follows the flags

    def image(self):
        good, odd = IMAGES
        return self.rng.choice(odd if self.chance(0, 0.12, 0.25) else good)

    def container(self):
        good, odd = CONTAINERS
        return self.rng.choice(odd if self.chance(0, 0.15, 0.25) else good)

    def operands(self):
        rng = self.rng
        if self.chance(0, 0.02, 0.08):
            return []
        if self.command in ("run", "create"):
            return [self.image()] + rng.choice(COMMANDS)
        if self.command == "exec":
            words = rng.choice(COMMANDS[1:])
            if self.chance(0, 0.03, 0.1):
                words = []
            return [self.container()] + words
        if self.command == "ps":
            return ["x"] if self.chance(0, 0.03, 0.1) else []
        if self.command == "logs":
            count = 2 if self.chance(0, 0.05, 0.1) else 1
            return [self.container() for _ in range(count)]
        return [self.container() for _ in range(rng.choice([1, 1, 2, 3]))]

    # The whole

    def words(self):
        rng = self.rng
        groups = self.spell(self.pick())
        operands = self.operands()
        if self.command in INTERSPERSED and rng.random() < 0.4:
            groups += [[word] for word in operands]
            rng.shuffle(groups)
            body = [word for group in groups for word in group]
        else:
            body = [word for group in groups for word in group]
            if self.chance(0.15, 0.15, 0.2):
                body.append("--")
            body += operands
        if self.style == NASTY:
            body = self.spoil(body)
        return self.head() + body

    def head(self):
        rng = self.rng
        words = list(rng.choice(LONG_FORMS[self.command])
                     if rng.random() < 0.3 else [self.command])
        if self.chance(0, 0.01, 0.05):
            words = list(rng.choice(ODD_COMMANDS))
        if self.chance(0.01, 0.02, 0.06):
            words = list(rng.choice(ODD_GLOBALS)) + words
        return words

    def spoil(self, body):
        """One or two things that the grammar has to get right."""
        for _ in range(self.rng.choice([1, 1, 2])):
            body = self.spoil_once(list(body))
        return body

    def spoil_once(self, body):
        rng = self.rng
        at = rng.randrange(len(body) + 1)
        flag = rng.choice(TABLE[self.command])
        valued = [f for f in TABLE[self.command] if f.takes_value] or [flag]
        long = "--" + rng.choice(flag.longs)
        trick = rng.randrange(14)
        if trick == 0:  # a value that is missing
            taker = rng.choice(valued)
            return body + [rng.choice(
                ["--" + taker.name, "-" + (taker.letter or "x")])]
        if trick == 1:  # a value that looks like a flag
            taker = rng.choice(valued)
            return body[:at] + ["--" + taker.name, long] + body[at:]
        if trick == 2:  # swallowed by the flag package
            swallowed = rng.choice(["-test.foo", "-test.v=x", "-test.",
                                    "-itest.--privileged", "--test.x",
                                    "-test", "-dtest.x"])
            return body[:at] + [swallowed] + body[at:]
        if trick == 3:
            word = rng.choice(["---x", "--=x", "-=", "---", "--=", "-=x",
                               "-\udcff", "--\udcff", "-é", "--é=1", "- ",
                               "-\n"])
            return body[:at] + [word] + body[at:]
        if trick == 4:
            return body[:at] + [rng.choice(["", "-", "--"])] + body[at:]
        if trick == 5:
            unknown = rng.choice(["--priv", "--RM", "--cap_add=x", "-Z",
                                  "--nope", "--nope=1", "-X1", "--env_file",
                                  "--Name=x", "-H", "--host=x", "--config=x",
                                  "--rm-", "--no-rm", "--context=x"])
            return body[:at] + [unknown] + body[at:]
        if trick == 6:
            spelled = rng.choice(["--help", "--help=false", "--help=0", "-h",
                                  "--help=true", "--help=x", "-h=x",
                                  "--h", "-help"])
            return body[:at] + [spelled] + body[at:]
        if trick == 7 and flag.letter:
            return body[:at] + ["-" + flag.letter + "="] + body[at:]
        if trick == 8:
            return body[:at] + [long + "="] + body[at:]
        if trick == 9:
            return body[:at] + [long] + body[at:]
        if trick == 10 and body:  # cut the line short
            return body[:rng.randrange(len(body))]
        if trick == 11:
            letters = rng.choices("abcdefhilmnpqstuvwP=", k=rng.randint(1, 5))
            return body[:at] + ["-" + "".join(letters)] + body[at:]
        if trick == 12 and body:  # a word twice
            word = rng.choice(body)
            return body[:at] + [word] + body[at:]
        return body[:at] + [self.rng.choice(VALUES["text"][1])] + body[at:]


def line(seed, k, place):
    """The k-th command line of a seed, without the word docker."""
    return Line(random.Random("%s/%s" % (seed, k)), place).words()


def shown(words):
    """As words that bash reads back."""
    return " ".join(shown_word(word) for word in words)


def shown_word(word):
    plain = ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
             "0123456789@%+=:,./_-")
    if word and all(c in plain for c in word):
        return word
    if all(c.isprintable() and not "\udc80" <= c <= "\udcff" for c in word):
        return "'" + word.replace("'", "'\\''") + "'"
    raw = word.encode("utf-8", "surrogateescape")
    return "$'" + "".join(
        chr(b) if 32 <= b < 127 and b not in b"'\\" else "\\x%02x" % b
        for b in raw) + "'"


def main(argv):
    if len(argv) != 3:
        print("usage: generate.py SEED COUNT", file=sys.stderr)
        return 2
    for k in range(int(argv[2])):
        print(shown(["docker"] + line(argv[1], k, "/place")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
