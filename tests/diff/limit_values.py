# SPDX-License-Identifier: Apache-2.0
"""Values for flags that the policy of limit_policy.py limits."""

# kind: flag, kind in values.py, list?, values plainly inside, odd values. {d}
# is the place, {b} its last part; {n} the flag's number, so that no two
# targets are the same.
KINDS = {
    "network": ("network", "network", True, [
        "bridge", "none", "team-a", "team-blue", "name=team-a",
        "name=team-b,alias=db", "name=team-c,ip=10.1.2.3"], [
        "host", "team-secret", "NAME=team-secret", "name=team-a,name=host",
        "alias=db,name=host", "alias=name=host", "name=team-a,alias=UP",
        "name=team-a,\"alias=a,b\"", "\"name=host\"", "name=Host",
        "name=team-a,driver-opt=a=b", "name=team-a,ip=10.2.1.1",
        "name=team-a\nname=host", "\nname=host", "name=host,=x", "a=b",
        "name=ho\u017ft", "name=team-a,mac-address=92:d0:c6:0a:29:33",
        "name=team-a,gw-priority=5", "name=team-a,link-local-ip=169.254.1.1",
        "name=team-a,ip6=2001:db8::1", "name=\u212aost", "Team-secret",
        "name = host", "name=host ", "x=y,name=host", "=name=host",
        "container:web1", "name=container:web1", "a-b=name=host"]),
    "security": ("security-opt", "security", True, [
        "label=disable", "label:disable", "label=level:s0",
        "no-new-privileges", "no-new-privileges=true", "seccomp=profile.json",
        "no-new-privileges:true", "apparmor=docker-default"], [
        "label=level:s3", "label:level:s3", "label:level=s3",
        "apparmor=unconfined", "apparmor:unconfined", "seccomp=unconfined",
        "seccomp=./profile.json", "no-new-privileges=0",
        "no-new-privileges:f", "no-new-privileges=T", "label",
        "systempaths=unconfined", "writable-cgroups=true", "seccomp:x=y",
        "no-new-privileges=true=false", "=label=disable",
        "seccomp=open/../profile.json", "label=disable=x"]),
    "gpus": ("gpus", "gpus", True, [
        "1", "2", "count=1", "device=0", "\"device=0,1\"",
        "count=2,driver=nvidia", "\"device=0,2\",capabilities=utility",
        "1,\"capabilities=utility,compute\""], [
        "all", "-1", "3", "count=all", "device=3", "\"device=0,3\"",
        "device=0,count=all", "device=0,all", "device=00", "count=02",
        "count=+2", "device=0,device=3", "\"device=0,1\"\"\"", "count=0",
        "device=", "driver=x", "capabilities=display", "options=a=b",
        "1,\"options=\"\"a=b\"\"\"", "device=0\n", "\ndevice=3",
        "device=0\ndevice=3", "DEVICE=3", "device =3", " device=3",
        "driver=nvidia", "capabilities=utility", "device=GPU-1"]),
    "device": ("device", "device", True, [
        "/dev/null", "/dev/null:/dev/n", "/dev/null:rwm", "/dev/zero:r",
        "/dev/zero:/dev/zero:r", "/dev/full:/dev/x1:r",
        "/dev/random:/dev/x2:rw", "/dev/bus/usb:r"], [
        "/dev/zero", "/dev/zero:rw", "/dev/zero:/dev/z:r",
        "/dev/null:/dev/mem", "/dev/null:/dev//mem", "/dev/full:/dev/x1:rwm",
        "/dev/full:/dev/x1:wr", "/dev/full:/dev/x1:rrw", "//dev/null",
        "/dev/../dev/zero", "/dev/./null", "/dev", "/dev/", "/dev/fd/0",
        "acme.com/thing=a", "acme.com/thing=z", "acme.com/thing=a=z",
        "/dev/null/../zero", "/dev/x=y", "dev/x=y", "/dev/null:r:r",
        "/dev/zero:r:w", "/dev/null:/dev/shm/x", "/dev/null:rel",
        "/dev/full:/dev/x1:", "/dev/zero:", ":/dev/zero:r",
        "/dev/null:/dev/n:/dev/zero"]),
    "restart": ("restart", "restart", False, [
        "no", "on-failure", "unless-stopped", "on-failure:3"], [
        "always", "on-failure:10", "on-failure:+5", "on-failure:+50",
        "on-failure:0x10", "on-failure:050", "on-failure:-5", "on-failure:",
        "always:", "no:5", "ON-FAILURE", "on-failure: 5", "on-failure:5:6",
        ":50", "on-failure:5_0", "unless-stopped:1"]),
    "user": ("user", "user", False, [
        "1000:1000", "5:7", "1000", "1000:", "0010:5"], [
        "0:5", "5:0", "00:5", "+0:5", "5:00", "5:+0", ":5", "", "++0:5",
        "5:", "0x0:5", "-0:5", "5:-0", "4294967296:1", "1:4294967296",
        "root:5", "5:root", "0:", "5:5:0", "+:5", "5:+", "+", "+00", "0_0",
        "9223372036854775808:5", " 0:5", "\uff10:5"]),
    "env": ("env", "env", True, [
        "ONE=1", "TWO=two words", "TOKEN", "NOTSET", "LEVEL=1", "mode=fast",
        "ONE=x=y"], [
        "SECRET", "SECRET=1", "SECRET=a\nb", "LEVEL=0", "LEVEL=0\n",
        "LEVEL=00", "mode=other", "mode=fast\nx", "mode", "lower=1",
        " SECRET=1", "SECRET =1", "ONE\n=1", "ONE\nSECRET=1", "secret=1",
        "=SECRET=1", "SECRET\t=1", "MULTI", "LATIN", "BLANK"]),
    "env-file": ("env-file", "envfile", True, [
        "good.env", "one.env", "empty.env", "./good.env"], [
        "secret.env", "level.env", "level2.env", "bare.env", "small.env",
        "cr.env", "lead.env", "bom2.env", "blank.env", "old.env", "sep.env"]),
    "memory": ("memory", "size", False, [
        "1g", "512m", "1024MiB", "0.5g", "1073741824", "6M", "1000kb"], [
        "2g", "0", "-1", "1073741825", "1.1g", "1gi", "1 g", "1025m", "0x1g",
        "1e9", "00001g", "1.0000000001g", "0.9999999999999999g", "1t", "1p",
        "8388608t", "18014398509481984k", "1 gb", "0.0g", "0b", ".5g",
        "1.g", "16777216t", "8796093022208m", "-1g", "1,5g"]),
    "memory-swap": ("memory-swap", "swap", False, [
        "2g", "1g", "2048m", "1.5G"], [
        "-1", "0", "3g", "-1b", "+1", "2.1g", "-01", "-1.0", " -1", "-2"]),
    "shm-size": ("shm-size", "size", False, [
        "64m", "1m", "65536k", "0.05g"], [
        "65m", "0", "-1", "67108865", "1g", "64.0001m", "0.0625g", "00"]),
    "cpus": ("cpus", "decimal", False, [
        "2", "1.5", "0.5", "1/2", ".25", "1e0", "2.000"], [
        "3", "0", "2.1", "5/2", "1e1", "0x2", "-1", "+2", "2.000000001",
        "1e-1", "0e5", "0/1", "20/10", "1e10", "18446744075", "1e20",
        "18446744074.7", "9223372037", "1_0", "0x1p4", "Inf", "inf", "010"]),
    "pids-limit": ("pids-limit", "count", False, [
        "100", "1", "0x10", "+64", "0b11", "64"], [
        "101", "0", "-1", "-100", "1_00", "0x100", "0144", "0145", "0o144",
        "0o145", "1e1", "18446744073709551615", "+0", "-0", "0_1", "0x_1"]),
    "ulimit": ("ulimit", "ulimit", True, [
        "nofile=1024", "nofile=512:2048", "nproc=50", "nproc=1:50",
        "core=-1", "cpu=100"], [
        "nofile=1024:2049", "nofile=1025", "nofile=-1", "nofile=10:-1",
        "nproc=51", "nproc=-1", "NOFILE=99999", "nofile=+1025",
        "nofile= 99999", "nofile=1:2:3", "nofile=0x1000", "nofile =9999",
        "nofile=5:4", "nofile=", "nofile=:5000", "nproc=1:51", "nofile=-2",
        "nofile=0010", "nofile=1_0", "nproc=+50", "nofile:9999"]),
    "health-interval": ("health-interval", "duration", False, [
        "1m", "30s", "0.5m", "1000ms", "0", "0s"], [
        "61s", "1h", "1m1ns", "1.1m", "0.0166666667h", "1m0.5s", "+1m",
        "-1m", "1M", "60000001us", "0.5h", "9223372036.9s", "2562048h",
        "1e1s", "1m1m", "5124095h34m33.709551616s"]),
    "stop-timeout": ("stop-timeout", "count", False, [
        "10", "0", "5", "0x5", "+3"], [
        "11", "-1", "0x10", "1_0", "010", "012", "0o13", "-0", "1e1"]),
    "volume": ("volume", "volume", True, [
        "{d}/open/below:/v{n}", "{d}/open/below/deep:/v{n}:ro",
        "{d}/look/below:/v{n}:ro", "{d}/look/below:/v{n}", "team1:/v{n}",
        "data-x:/v{n}:ro", "{d}/in/below:/v{n}", "{d}/open/quiet/loud:/v{n}",
        "./open/below:/v{n}", "{d}/open/one:/v{n}", "/v{n}",
        "{d}/open/tobelow:/v{n}", "{d}/open/privately:/v{n}",
        "{d}/open/quiet/file:/v{n}"], [
        "{d}/open:/v{n}", "{d}:/v{n}", "/:/v{n}", "{d}/secret:/v{n}",
        "{d}/openly:/v{n}", "{d}/open/private:/v{n}", "{d}/look:/v{n}",
        "{d}/open/private/file:/v{n}:ro", "{d}/look/closed:/v{n}:ro",
        "{d}/open/away:/v{n}", "{d}/open/away/file:/v{n}", "{d}/in:/v{n}",
        "{d}/open/toprivate:/v{n}", "{d}/open/tolook/below:/v{n}",
        "{d}/open/todot:/v{n}", "{d}/open/todot/secret:/v{n}",
        "{d}/open/below/../private:/v{n}", "{d}/open/../secret:/v{n}",
        "{d}/out:/v{n}", "./secret:/v{n}", "open/below:/v{n}",
        "../{b}/open/below:/v{n}", "{d}/open/quiet:/v{n}",
        "{d}/open/up/private:/v{n}", "{d}/look/toopen:/v{n}",
        "/proc/self/cwd/secret:/v{n}", "/proc/self/root:/v{n}",
        "{d}/open/tofile:/v{n}", "team:/v{n}", "Team1:/v{n}", "other:/v{n}",
        "team1/../x:/v{n}", "{d}/open/below:/v{n}:rw,z", "/etc:/v{n}:ro",
        "{d}//open/./below:/v{n}", "{d}/open/below/.:/v{n}"]),
    "mount": ("mount", "mount", True, [
        "type=bind,src={d}/open/below,dst=/m{n}",
        "type=bind,source={d}/look/below,target=/m{n},ro",
        "type=bind,src={d}/look/below,dst=/m{n}",
        "type=bind,\"src={d}/open/co,mma\",dst=/m{n}",
        "type=bind,src={d}/open/a b,dst=/m{n}",
        "type=bind,src={d}/open/quiet/loud,dst=/m{n}",
        "type=volume,src=team22,dst=/m{n}", "src=data-y,dst=/m{n}",
        "type=tmpfs,dst=/m{n},tmpfs-size=1m", "type=volume,dst=/m{n}"], [
        "type=bind,src={d}/secret,dst=/m{n}",
        "type=bind,src={d}/open,dst=/m{n}",
        "type=bind,src={d}/look,dst=/m{n},ro",
        "type=bind,src={d}/look/below,dst=/m{n},ro=false",
        "type=bind,src={d}/look/below,dst=/m{n},ro,readonly=0",
        "type=bind,src={d}/open/below,dst=/m{n},src={d}/secret",
        "type=volume,src=team1,dst=/m{n},type=bind,src={d}/secret",
        "TYPE=BIND,SRC={d}/secret,DST=/m{n}", "type=volume,src=x1,dst=/m{n}",
        "type=bind,source={d}/open/below,src={d}/secret,dst=/m{n}",
        "type=bind,src={d}/open/below,dst=/m{n}\n,src={d}/secret",
        "\ntype=bind,src={d}/secret,dst=/m{n}",
        "type=bind,src={d}/open/quo\"te,dst=/m{n}",
        "type=bind,\"src={d}/open/quo\"\"te\",dst=/m{n}",
        "type=bind,src= {d}/secret,dst=/m{n}",
        "type=bind,src=./secret,dst=/m{n}",
        "type=volume,src=team1,dst=/m{n},volume-opt=device={d}/secret",
        "type=volume,src=team1,dst=/m{n},volume-driver=x",
        "type=volume,dst=/m{n},volume-opt=type=none,volume-opt=o=bind",
        "type=volume,src=team1,dst=/m{n},volume-subpath=../x",
        "type=bind,src={d}/open/below,dst=/m{n},bind-propagation=rshared",
        "type=image,src=alpine,dst=/m{n}", "type=npipe,src=x,dst=/m{n}",
        "type=bind,src={d}/open/toprivate,dst=/m{n}",
        "type=volume,src={d}/secret,dst=/m{n}", "type=\u212aind,dst=/m{n}",
        "type=tmpfs,src={d}/secret,dst=/m{n}", "type=cluster,src=x,dst=/m{n}",
        "type=volume,source=team1,src=other,dst=/m{n}"]),
    "publish": ("publish", "publish", True, [
        "8080:80", "127.0.0.1:8081:81/tcp", "82", "443:443", "443:443/tcp",
        "8010-8012:90-92", "8020-8029:80", "[::1]:8030:80", "5001:53/udp",
        "published=8040,target=80", "127.0.0.1::84", "8050:80/udp"], [
        "22:22", "443:443/udp", "5001:53", "8099-8100:80", "8000-9000:80",
        "7999-8000:80-81", "0.0.0.0:22:22", "::1:22:22", "[::]:22:22",
        "published=22,target=22", "published=443,target=443,protocol=udp",
        "target=80", "published=8000,target=80,published=22", "08080:80",
        "0:80", "00:80", "0-5:80", "65536:80", "8080 :80", "+8080:80",
        "-1:80", "8080:80/TCP", "443:443/Udp", "443:443/sctp", "8005-8001:80",
        "8000-8010:80-85", "8000-8001-22:80", "8080:80/tcp/udp", ":22:22",
        "::22", "[::1]8080:80", "[fe80::1%eth0]:22:22", "localhost:22:22",
        "127.1:22:22", "8080:", "8080:80,22:22", "published=80-90,target=80",
        "8_0:80", "0x1F90:80", "8080:80-90", "8000-8001:80"]),
}

# Values put together, by kind: <a|b> is one of the two.
MADE = {
    "network": [
        "<name|NAME|alias|ip|\"name>=<host|team-a|team-secret|x|10.1.0.9>"
        "<,|,\"|, |\",><name|Name|alias|driver-opt|ip|ip6>"
        "=<host|team-b|team-secret|UP|10.1.0.9|10.2.0.9><|\">",
        "name=team-a,<alias|ip|ip6|driver-opt|mac-address>=<ab|UP|a=b|::1"
        "|10.2.0.9|10.1.0.9|92:d0:c6:0a:29:33>",
        "<host|default|bridge|none|TEAM-A|team-secret|team-b>"],
    "security": [
        "<label|LABEL|apparmor|no-new-privileges|seccomp><=|:|==|=:|:=>"
        "<disable|level:s0|level:s3|level=s0|unconfined|docker-default|false"
        "|true|profile.json|F>"],
    "gpus": [
        "<|\"><count=|device=|><0|1|2|3|all|-1|02><,|\",\"|,\"|\",>"
        "<count=|device=|driver=|capabilities=|options=|>"
        "<0|1|3|nvidia|utility|all|a=b><|\"|,3\">",
        "<\"|>device=<0|1|3>,<0|3|all><\"|><|,driver=x|,count=2|,x>"],
    "device": [
        "/dev/<null|zero|full|random|mem><|:/dev/<x1|mem|zero|null>>"
        "<|:r|:rw|:rwm|:wr|:m|:>",
        "/dev/bus/<../|./|/|x/../../|><mem|usb><|:/dev/bus/<../|><mem|usb>>:r"
        ],
    "restart": [
        "<on-failure|no|unless-stopped|always>:<|+|-|0|00|0x|+0><3|9|10|50>"],
    "user": ["<|+|-|0|++|_><0|5|00|root>:<|+|-|0|++|_><0|5|00|root>"],
    "env": [
        "<ONE|SECRET|LEVEL|mode|lower|X_Y>=<|0|1|0x|fast|slow|fast ><|\n>"],
    "memory": [
        "<0|1|1.0|00|1073741824|1048576|1024|1025><.5|.0|.|_0|e1|>"
        "<| |  ><|b|k|K|kb|KiB|m|g|G|gib|t|p|e>"],
    "memory-swap": [
        "<|-><0|1|2|3|2048|2147483648|2147483649><|.0|.1><|b|m|g>"],
    "shm-size": ["<63|64|65|0.0625|0.0626|67108864|67108865><|.0|.1><|m|g>"],
    "cpus": [
        "<|+|-><0|1|2|3|1.5|.5|20><|/1|/2|/10|e0|e1|E-1|e-9|e99|.0|_0>"],
    "pids-limit": [
        "<|+|-><|0|0x|0o|0b|0_><1|10|64|100|101|144|145|_1|1_0>"],
    "ulimit": [
        "<nofile|nproc|NOFILE|core>=<|+|-|0><1|50|51|1024|1025>"
        "<|:><|+|-|0><1|50|51|1024|2048|2049>",
        "<nofile|nproc>=<1|50>:<51|50|2048|2049|-1>"],
    "health-interval": [
        "<|+|-><0|1|60|61|1000|.5|0.1><ns|us|ms|s|m|h|d|><|1s|1ns|0s|1h>"],
    "stop-timeout": ["<|+|-><|0|0x|0o|0b1><0|1|9|10|11|12|a|b|_1>"],
    "volume": [
        "<{d}|{d}/in|./open|{d}/open|{d}/open/up|{d}/open/todot/open>/"
        "<below|private|quiet|quiet/loud|quiet/../private|../secret|away|.|>"
        ":/v{n}<|:ro|:rw|:ro,rw>",
        "<team|team1|data-|data-q|other>:/v{n}<|:ro|:rw|:nocopy>",
        "{d}/<open|look|secret|openly>/<file|below|closed|quiet>:/v{n}"],
    "mount": [
        "type=<bind|volume|BIND>,<src|source|SRC>=<{d}/|{d}/open/|./open/|>"
        "<below|private|quiet|secret|look|team1|other|away>,dst=/m{n}"
        "<|,ro|,ro=0|,<src|source>={d}/secret|,type=volume|,volume-nocopy>"],
    "publish": [
        "<|127.0.0.1:|[::]:|:|0.0.0.0:><22|443|5000|5009|7999|8000|8099|0|>"
        "<|-8000|-8099|-8100|-443|-5010>:80<|/tcp|/udp|/sctp|/UDP>",
        "<8099-8100|8000-9000|443-444|8090-8099|7999-8000>:80<|/tcp|/udp>",
        "<443|5000|8099>:80<|/tcp|/udp|/sctp>",
        "<published|target|protocol>=<22|443|udp|8000>,target=80"
        "<|,published=<22|443|8001>><|,protocol=<udp|tcp>>"],
}
