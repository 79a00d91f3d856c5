# SPDX-License-Identifier: Apache-2.0
"""Docker's flags by command, and how often a line wants them."""

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
    "top": """
h,help bool
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
    "top": "",
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
