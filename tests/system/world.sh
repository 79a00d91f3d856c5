# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The private world of the system tests: mounts, accounts, programs, images,
# engine. Runs as process 1 of namespaces of its own, so that everything ends
# with it and the machine keeps no trace.

readonly TOOLS=/usr/local/lib/undocker-tests # in the overlay of /usr
readonly SOCKET=/run/docker.sock

# world_inside SELF ARGS...: becomes SELF again, in namespaces of its own.
world_inside()
{
	exec env UNDOCKER_WORLD="$STATE" UNDOCKER_SHARED="$SHARED" \
		unshare --mount --propagation private --net --pid --fork \
		--kill-child --mount-proc "$@"
}

world_mounts()
{
	local over=$STATE/over dir lower

	mkdir -p "$over" "$STATE/docker" "$STATE/source"
	# Where an empty /home and /tmp do not hide it.
	mount --bind "$SOURCE" "$STATE/source"
	SOURCE=$STATE/source
	mount -t tmpfs -o mode=755 undocker-test "$over"
	mkdir "$over/nobody"
	for dir in etc usr home var/lib; do
		lower=/$dir
		[ $dir != home ] || lower=$over/nobody
		mkdir -p "$over/$dir/upper" "$over/$dir/work"
		mount -t overlay -o "lowerdir=$lower,upperdir=$over/$dir/upper,workdir=$over/$dir/work" \
			overlay "/$dir"
	done
	mount -t tmpfs -o mode=755 undocker-test /run
	mkdir -p /run/lock /run/user
	world_dev "$over/dev"
	chmod 755 "$STATE"
}

# A /dev of our own: terminals and the log socket of this world only.
world_dev()
{
	local dev=$1 node

	mkdir -p "$dev"
	mount -t tmpfs -o mode=755 undocker-test "$dev"
	while read -r node; do
		# shellcheck disable=SC2086
		mknod -m 666 "$dev/${node%% *}" c ${node#* }
	done <<-'NODES'
	null 1 3
	zero 1 5
	full 1 7
	random 1 8
	urandom 1 9
	tty 5 0
	NODES
	mkdir "$dev/pts" "$dev/shm"
	mount -t devpts -o newinstance,gid=5,mode=620,ptmxmode=666 devpts "$dev/pts"
	mount -t tmpfs -o mode=1777 undocker-test "$dev/shm"
	ln -s pts/ptmx "$dev/ptmx"
	ln -s /proc/self/fd "$dev/fd"
	ln -s /proc/self/fd/0 "$dev/stdin"
	ln -s /proc/self/fd/1 "$dev/stdout"
	ln -s /proc/self/fd/2 "$dev/stderr"
	mount --move "$dev" /dev
}

readonly ALICE=54201 BOB=54202 CAROL=54203 # uids, and gids of their own
readonly LAB=54301 GPU=54302 CORP=54303

# The accounts of the system, and nobody whom the tests could take for theirs:
# the machine's own people are not of this world.
world_nobody()
{
	local file

	for file in passwd group; do
		awk -F: '$3 < 1000 || $3 == 65534' /etc/$file >"$STATE/$file"
		cat "$STATE/$file" >/etc/$file
		sed -i "/^$file:/s/:.*/: files/" /etc/nsswitch.conf 2>/dev/null
	done
	for file in shadow:passwd gshadow:group; do
		[ -e "/etc/${file%:*}" ] || continue
		awk -F: 'NR == FNR { known[$1]; next } $1 in known' \
			"/etc/${file#*:}" "/etc/${file%:*}" >"$STATE/shadow"
		cat "$STATE/shadow" >"/etc/${file%:*}"
	done
	rm -f "$STATE"/{passwd,group,shadow} /etc/subuid /etc/subgid
}

# alice and bob are in `lab`, alice in `gpu` too; carol has no group but hers.
world_users()
{
	local who

	world_nobody
	getent group docker >/dev/null || groupadd -r docker
	groupadd -g $LAB lab
	groupadd -g $GPU gpu
	echo "domain users@corp.example:x:$CORP:alice" >>/etc/group
	for who in alice:$ALICE bob:$BOB carol:$CAROL; do
		groupadd -g "${who#*:}" "${who%:*}"
		useradd -m -s /bin/sh -u "${who#*:}" -g "${who#*:}" "${who%:*}"
		chmod 755 "/home/${who%:*}"
	done
	usermod -aG lab,gpu alice
	usermod -aG lab bob
}

# The sudo of a fresh machine, plus the rule under test.
world_sudo()
{
	rm -rf /etc/sudoers.d /etc/sudoers
	mkdir -m 750 /etc/sudoers.d
	cat >/etc/sudoers <<-'EOS'
	Defaults env_reset
	Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
	root ALL=(ALL:ALL) ALL
	@includedir /etc/sudoers.d
	EOS
	chmod 440 /etc/sudoers
	install -m 440 "$SOURCE/sudoers.d/undocker" /etc/sudoers.d/undocker
	echo "127.0.0.1 localhost $(hostname)" >/etc/hosts # sudo looks it up
}

# shared_programs DIR: the programs under test, as a package would hold them.
shared_programs()
{
	DESTDIR=$1 cmake --install "$BUILD" --prefix /usr >"$1.log" 2>&1 ||
		die "cmake --install failed: $(tail -n 5 "$1.log")"
	[ -e "$1/usr/bin/undocker-rts" ] ||
		cp "$BUILD/undocker-rts" "$1/usr/bin/undocker-rts"
	chown -R root:root "$1"
}

world_programs()
{
	rm -f /usr/bin/undocker* /etc/undocker.conf
	cp -RpT "$SHARED/programs/usr" /usr
	cp -p "$SHARED/programs/etc/undocker.conf" /etc/
	chmod 4755 /usr/bin/undocker-rts
	mkdir -p "$STATE/away"
	cp -p /usr/bin/undocker-rts "$STATE/away/undocker-rts"
}

# shared_tools DIR: the tests' own programs, built once for all worlds.
shared_tools()
{
	local from=$SOURCE/tests/system/tools

	mkdir -p "$1"
	install -m 755 "$from"/*.py "$1/"
	gcc -O1 -static -o "$1/raise" "$from/raise.c"
	gcc -O1 -static -D_GNU_SOURCE -o "$1/swap" "$from/swap.c"
	gcc -O1 -o "$1/ask" "$from/ask.c"
	gcc -O1 -shared -fPIC -o "$1/failing.so" "$from/failing.c"
	gcc -O1 -shared -fPIC -o "$1/preload.so" "$from/preload.c"
}

world_tools()
{
	mkdir -p $TOOLS
	cp -p "$SHARED"/tools/* $TOOLS/
}

# world_way sudo|shim: which way up the next calls take.
world_way()
{
	rm -f /usr/bin/undocker-rts
	[ "$1" = sudo ] || cp -p "$STATE/away/undocker-rts" /usr/bin/undocker-rts
	WAY=$1
}

# dk ARGS...: docker as an administrator of this world.
dk()
{
	HOME=/root DOCKER_HOST=unix://$SOCKET "${CLIENT:-/usr/bin/docker}" "$@"
}

world_engine()
{
	# The engine writes little and waits for the disk each time, which others
	# may keep busy for longer than undocker waits for the engine.
	mount -t tmpfs -o mode=711 undocker-test "$STATE/docker"
	rm -rf /etc/docker
	# Without it the client would warn, on stderr, at each run.
	echo 1 >/proc/sys/net/ipv4/ip_forward
	dockerd --host "unix://$SOCKET" --group docker \
		--data-root "$STATE/docker" --exec-root /run/docker \
		--pidfile /run/docker.pid --cgroup-parent "/$(world_cgroup)" \
		--exec-opt native.cgroupdriver=cgroupfs --bridge=none \
		--iptables=false --ip-forward=false --ip-masq=false \
		--storage-driver=overlay2 >"$STATE/dockerd.log" 2>&1 &
	ENGINE=$!
	world_wait $TOOLS/ask $SOCKET GET /_ping
}

# Waits for a command to succeed while the engine lives.
world_wait()
{
	local i

	for ((i = 0; i < 300; i++)); do
		"$@" >/dev/null 2>&1 && return
		kill -0 "$ENGINE" 2>/dev/null || break
		sleep 0.1
	done
	die "the private engine does not answer: $(tail -n 5 "$STATE/dockerd.log")"
}

# image NAME ROOT [DOCKERFILE LINE...]: the files below ROOT as an image.
image()
{
	local name=$1 root=$2 line change=()

	shift 2
	for line; do
		change+=(--change "$line")
	done
	tar -C "$root" -c . | dk import "${change[@]}" - "$name" >/dev/null ||
		die "cannot import $name"
}

# busybox_root DIR [APPLET...]: a small root, with all applets or these.
busybox_root()
{
	local root=$1 applets

	shift
	mkdir -p "$root"/{bin,etc,mnt,proc,sys,dev,tmp,root,usr/bin}
	chmod 1777 "$root/tmp" "$root/mnt"
	cp "$(command -v busybox)" "$root/bin/busybox"
	mapfile -t applets < <("$root/bin/busybox" --list)
	[ $# = 0 ] || applets=("$@")
	python3 -c 'import os, sys
for applet in sys.argv[2:]:
    if applet != "busybox":
        os.symlink("busybox", os.path.join(sys.argv[1], "bin", applet))' \
		"$root" "${applets[@]}"
	echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
	echo 'root:x:0:' >"$root/etc/group"
}

# shared_roots DIR: the roots of the tests' images, made once for all worlds.
shared_roots()
{
	busybox_root "$1/alpine"
	# An image whose accounts make more of a bare uid than the host's do.
	cp -a "$1/alpine" "$1/accounts"
	echo "alice:x:$ALICE:0::/:/bin/sh" >>"$1/accounts/etc/passwd"
	echo 'disk:x:6:alice' >>"$1/accounts/etc/group"

	cp -a "$1/accounts" "$1/raise"
	cp "$1/../tools/raise" "$1/raise/bin/raise"
	chmod 4755 "$1/raise/bin/raise"

	cp -a "$1/raise" "$1/gift"
	mkdir "$1/gift/gift"
	cp "$1/gift/bin/busybox" "$1/gift/gift/tool"
	chown root:root "$1/gift/gift/tool"
	chmod 2755 "$1/gift/gift/tool"
	mkdir -m 2777 "$1/gift/gift/open"
}

world_images()
{
	local roots=$SHARED/roots

	image alpine:latest "$roots/alpine" 'CMD ["/bin/sh"]'
	image ubuntu:14.04 "$roots/alpine" 'CMD ["/bin/sh"]'
	image claims:bob "$roots/alpine" "USER $BOB" \
		"LABEL undocker.uid=$BOB" 'LABEL other=kept'
	image accounts:latest "$roots/accounts"
	image raise:latest "$roots/raise" 'CMD ["/bin/raise"]'
	image gift:latest "$roots/gift"
}

world_cgroup()
{
	basename "$STATE" | tr . -
}

# What the dead world leaves outside its namespaces; called by who made it.
world_forget()
{
	local dir

	# A dying container may hold the layers for a moment longer.
	for _ in 1 2 3 4 5; do
		rm -rf --one-file-system "$STATE" 2>/dev/null && break
		sleep 0.3
	done
	while read -r dir; do
		rmdir "$dir" 2>/dev/null
	done < <(find /sys/fs/cgroup -depth -type d \
		-path "*/$(world_cgroup)*" 2>/dev/null)
	[ ! -e "$STATE" ] || echo "tests/system: could not remove $STATE" >&2
}
