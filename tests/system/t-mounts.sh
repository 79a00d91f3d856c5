# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Mounts of the caller's: what he may open, as he opened it, for as long as the
# container lives.

# A policy with mounts; stdin is added to [command:run].
mounting()
{
	policy <<-EOS
	[command:run]
	WHITELIST=--rm,-d|--detach,-v|--volume list,--mount mount,--tmpfs list,\
	--name string,-w|--workdir string,-i|--interactive,--volumes-from list
	$(cat)
	[command:start]
	[command:stop]
	WHITELIST=-t|--time int
	[command:rm]
	WHITELIST=-f|--force
	EOS
}

staged_names()
{
	find /var/lib/undocker/mounts -mindepth 1 -maxdepth 1 -printf '%f\n' \
		2>/dev/null
}

# What is mounted in undocker's place.
staged_mounts()
{
	awk '$5 ~ "^/run/undocker/mounts/" { print $5 }' /proc/self/mountinfo
}

# Within some seconds nothing is left of any container's mounts.
nothing_staged()
{
	local i

	for ((i = 0; i < 80; i++)); do
		[ -n "$(staged_names)$(staged_mounts)" ] || return 0
		sleep 0.1
	done
	fail "left: $(staged_names) $(staged_mounts)"
}

# as_user USER SCRIPT: runs it as the user's shell would.
as_user()
{
	(as "$1" sh -c "$2")
}

t_bind_a_directory_of_ones_own()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/sub && echo mine >d/file'
	ran alice run --rm -v /home/alice/d:/m alpine cat /m/file
	same content mine "$OUT"
	IN=/home/alice/d ran alice run --rm -v .:/m alpine sh -c 'echo new >/m/made'
	same 'whose it is' "$ALICE" "$(stat -c %u /home/alice/d/made)"
	ran alice run --rm --mount type=bind,src=/home/alice/d/file,dst=/f alpine cat /f
	same 'a file' mine "$OUT"
	nothing_staged
}

t_mounts_show_the_users_own_path()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x; ln -s d/x link'
	final alice run -v /home/alice/link:/m alpine
	has_word --mount=type=bind,source=/home/alice/d/x,target=/m
	refused alice "'/home/alice/none': No such file" run -v /home/alice/none:/m alpine
	lacks "$ERR" /run/undocker
	[ ! -e /home/alice/none ] || fail 'the source was made'
	nothing_staged
}

t_mounts_where_only_root_can_change_the_path_are_that_path()
{
	local source

	mounting </dev/null
	ran alice run -d --name web -v /home/alice:/m alpine sleep 1000
	source=$(dk inspect -f '{{(index .Mounts 0).Source}}' web)
	same source /home/alice "$source"
	[ -z "$(staged_names)" ] || fail 'there is a record'
}

t_mounts_are_staged_where_others_could_change_the_path()
{
	local source

	mounting </dev/null
	as_user alice 'mkdir -p d/x && echo first >d/x/f'
	ran alice run -d --name web -v /home/alice/d/x:/m alpine sleep 1000
	source=$(dk inspect -f '{{(index .Mounts 0).Source}}' web)
	has "$source" "/run/undocker/mounts/$ALICE."
	# The object that was opened, whatever has its name now.
	as_user alice 'mv d/x d/y && mkdir d/x && echo second >d/x/f'
	same content first "$(dk exec web cat /m/f)"
	# Nobody but root gets there.
	as_user alice "ls /run/undocker" && fail 'alice looks into it'
	as_user alice "ls $source" && fail 'alice looks into hers'
	same propagation unbindable "$(findmnt -no PROPAGATION /run/undocker/mounts |
		tr , '\n' | grep unbindable)"
	same 'of the slot' private "$(findmnt -no PROPAGATION "$source")"
	ran alice rm -f web
	nothing_staged
}

t_mounts_go_with_their_container()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x'
	ran alice run --rm -v /home/alice/d/x:/m alpine true
	nothing_staged
	ran alice run -d --name web -v /home/alice/d/x:/m alpine sleep 1000
	ran alice run --rm -v /home/alice/d/x:/m alpine true
	sleep 1
	same 'those of the other stay' 1 "$(staged_mounts | wc -l)"
	ran alice rm -f web
	nothing_staged
	got alice run --rm -v /home/alice/d/x:/m alpine /no/such/program
	nothing_staged
}

t_mounts_of_an_engine_that_is_silent_stay()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x'
	ran alice run -d --name web -v /home/alice/d/x:/m alpine sleep 1000
	kill -STOP "$(cat /run/docker.pid)"
	got alice rm -f web
	kill -CONT "$(cat /run/docker.pid)"
	[ "$RC" != 0 ] || fail 'a silent engine removed something'
	sleep 1
	same mounts 1 "$(staged_mounts | wc -l)"
}

t_bind_comes_back_with_start()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x d/y && echo mine >d/x/f && echo other >d/y/g'
	ran alice run -d --name web -v /home/alice/d/x:/m -v /home/alice/d/y:/n:ro \
		alpine sleep 1000
	ran alice stop -t 0 web
	ran alice start web
	same 'after stop' mine "$(dk exec web cat /m/f)"
	# What a reboot leaves: no mounts, the records, the containers.
	ran alice stop -t 0 web
	umount -l /run/undocker/mounts
	rm -rf /run/undocker
	dk start web 2>/dev/null && fail 'it starts without its mounts'
	ran alice start web
	same 'after a reboot' mine "$(dk exec web cat /m/f)"
	same 'the other' other "$(dk exec web cat /n/g)"
	dk exec -u $ALICE web touch /n/new 2>/dev/null && fail 'it is writable'
	same mounts 2 "$(staged_mounts | wc -l)"
	ran alice rm -f web
	nothing_staged
}

t_mounts_come_back_under_todays_policy()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x'
	ran alice run -d --name web -v /home/alice/d/x:/m alpine sleep 1000
	ran alice stop -t 0 web
	umount -l /run/undocker/mounts
	rm -rf /run/undocker
	echo 'ALLOWEDPATHS=/srv' | mounting
	refused alice "'/home/alice/d/x' is not in ALLOWEDPATHS" start web
	echo 'ALLOWEDPATHS=/home/alice:ro' | mounting
	ran alice start web
	dk exec -u $ALICE web touch /m/new 2>/dev/null && fail 'it is writable'
	ran alice stop -t 0 web
	umount -l /run/undocker/mounts
	rm -rf /run/undocker
	mounting </dev/null
	chmod 700 /home/alice
	chown bob /home/alice/d
	chmod 700 /home/alice/d
	refused alice 'Permission denied' start web
	chown alice /home/alice/d
	chmod 755 /home/alice
}

t_mounts_of_0700_parents_stay_closed()
{
	mounting </dev/null
	as_user bob 'mkdir -p p/pub && echo secret >p/pub/f && chmod 755 p/pub && chmod 700 p'
	refused alice 'Permission denied' run --rm -v /home/bob/p/pub:/m alpine cat /m/f
	ln -s /home/bob/p/pub /home/alice/link
	refused alice 'Permission denied' run --rm -v /home/alice/link:/m alpine cat /m/f
	refused alice '' run --rm --mount type=bind,src=/home/bob/p/pub,dst=/m alpine true
	has "$(dk run --rm -v /home/bob/p/pub:/m --user $ALICE alpine cat /m/f)" secret
}

# race USER RUNNER: bob's directory is exchanged for a link to carol's while
# USER mounts it, and her secret must not be seen.
race_ground()
{
	mounting </dev/null
	as_user carol 'mkdir -p p/pub && echo secret >p/pub/f && chmod 755 p/pub && chmod 700 p'
	as_user "$1" 'mkdir -p d/a && echo mine >d/a/f && ln -s /home/carol/p/pub d/b && chmod 755 d d/a'
	(as "$1" $TOOLS/swap "/home/$1/d/a" "/home/$1/d/b") &
	SWAP=$!
}

t_race_swapped_sources_show_nothing()
{
	local until=$((SECONDS + 60)) tries good=0

	race_ground alice
	# The control: what is looked at first and given to docker then.
	while [ "$until" != won ] && [ $SECONDS -lt $until ]; do
		[ "$(stat -c %F /home/alice/d/a)" = directory ] || continue
		case $(dk run --rm -v /home/alice/d/a:/m --user $ALICE alpine \
			cat /m/f 2>/dev/null) in
		secret) until=won ;;
		esac
	done
	same 'the control' won "$until"
	# It is won at every other try.
	for ((tries = 0; tries < 40; tries++)); do
		got alice run --rm -v /home/alice/d/a:/m alpine cat /m/f
		lacks "$OUT$ERR" secret
		[ "$OUT" != mine ] || good=$((good + 1))
	done
	kill -KILL $SWAP
	[ "$good" -gt 0 ] || fail "never mounted at all in $tries tries"
	echo "tries: $tries, mounted: $good"
}

t_race_two_users_together_get_nothing()
{
	local tries

	race_ground bob
	for ((tries = 0; tries < 20; tries++)); do
		got alice run --rm -v /home/bob/d/a:/m alpine cat /m/f
		lacks "$OUT$ERR" secret
	done
	kill -KILL $SWAP
}

t_mounts_below_a_source_are_the_hosts_and_stay()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x/mnt'
	mount -t tmpfs undocker-test /home/alice/d/x/mnt
	echo below >/home/alice/d/x/mnt/f
	ran alice run --rm -v /home/alice/d/x:/m alpine cat /m/mnt/f
	same 'what is below' below "$OUT"
	got alice run --rm -v /home/alice/d/x:/m:ro alpine sh -c 'echo x >/m/mnt/new'
	[ "$RC" != 0 ] || fail 'what is below is writable'
	chmod 777 /home/alice/d/x/mnt
	got alice run --rm -v /home/alice/d/x:/m:ro alpine sh -c 'echo x >/m/mnt/new'
	[ ! -e /home/alice/d/x/mnt/new ] || fail 'it was written below a read-only mount'
	nothing_staged
	mountpoint -q /home/alice/d/x/mnt || fail "the host's mount is gone"
	umount /home/alice/d/x/mnt
}

t_mounts_read_only_roots_stay_read_only()
{
	printf 'ALLOWEDPATHS=/home/alice/d:ro /home/alice/w\nRESTRICTEDPATHS=/home/alice/d/no' |
		mounting
	as_user alice 'mkdir -p d/x d/no w && echo data >d/x/f'
	ran alice run --rm -v /home/alice/d/x:/m alpine cat /m/f
	got alice run --rm -v /home/alice/d/x:/m:rw alpine touch /m/new
	[ ! -e /home/alice/d/x/new ] || fail 'it is writable'
	got alice run --rm --mount type=bind,src=/home/alice/d,dst=/m,readonly=false alpine true
	is_refusal "holds '/home/alice/d/no', which is restricted (/etc/undocker.conf:"
	refused alice "'/home/alice' is not in ALLOWEDPATHS" run -v /home/alice:/m alpine
	refused alice "'/etc' is not in ALLOWEDPATHS" run -v /etc:/m alpine
	ran alice run --rm -v /home/alice/w:/m alpine touch /m/new
	[ -e /home/alice/w/new ] || fail 'it is not writable'
}

t_bind_nested_as_the_user_means_them()
{
	mounting </dev/null
	as_user alice 'mkdir -p a/in/deep b c && echo a >a/f && echo b >b/f && echo c >c/f && mkdir b/more'
	ran alice run --rm -v /home/alice/a:/m -v /home/alice/b:/m/in \
		-v /home/alice/c:/m/in/more alpine cat /m/f /m/in/f /m/in/more/f
	same contents $'a\nb\nc' "$OUT"
	ran alice run --rm -v /home/alice/a:/m:ro -v /home/alice/b:/m/in alpine \
		sh -c 'echo new >/m/in/new; ! echo no >/m/no 2>/dev/null'
	[ -e /home/alice/b/new ] || fail 'the inner one is not writable'
	[ ! -e /home/alice/a/no ] || fail 'the outer one is writable'
	[ ! -e /home/alice/a/in/new ] || fail 'it went into the outer one'
	refused alice 'No such file' run --rm -v /home/alice/a:/m -v /home/alice/b:/m/none alpine true
	[ ! -e /home/alice/a/none ] || fail 'the place was made'
	nothing_staged
}

t_mounts_make_nothing_as_root()
{
	mounting </dev/null
	as_user alice 'mkdir -p a b'
	refused alice 'docker would create it' run --rm -v /home/alice/a:/m -w /m/x alpine true
	refused alice 'docker would create it' run --rm -v /home/alice/a:/m -v vol:/m/y alpine true
	refused alice 'docker would create it' run --rm -v /home/alice/a:/m --tmpfs /m/z alpine true
	refused alice 'No such file' run --rm -v /home/alice/missing:/m alpine true
	refused alice 'No such file' run --rm --mount type=bind,src=/home/alice/missing,dst=/m alpine true
	refused alice 'cannot be a place' run --rm -v /home/alice/a:/etc alpine true
	same 'what is there' $'/home/alice/a\n/home/alice/b' \
		"$(find /home/alice -mindepth 1 | sort)"
}

t_mounts_of_files_and_sockets()
{
	mounting </dev/null
	as_user alice 'mkdir d && echo mine >d/f'
	(as alice python3 -c '
import os, socket
s = socket.socket(socket.AF_UNIX)
s.bind("/home/alice/d/s")
os.chmod("/home/alice/d/s", 0o600)') || fail 'no socket'
	ran alice run --rm -v /home/alice/d/f:/f:ro alpine cat /f
	same file mine "$OUT"
	ran alice run --rm -v /home/alice/d/s:/s alpine stat -c %F /s
	same socket socket "$OUT"
	as_user alice 'mkfifo d/p'
	refused alice 'no directory, regular file or socket' run --rm -v /home/alice/d/p:/p alpine true
	refused alice "kernel's" run --rm -v /proc:/p alpine true
	refused alice '' run --rm -v /run/docker.sock:/s alpine true
	nothing_staged
}

t_mounts_of_named_volumes_get_no_files_of_the_image()
{
	local dir=/home/lab/disguised

	mounting </dev/null
	mkdir -m 777 $dir
	dk volume create -o type=none -o o=bind -o device=$dir disguised >/dev/null
	dk volume create plain >/dev/null
	ran alice run --rm -v disguised:/gift gift true
	same 'what is in it' '' "$(ls -A $dir)"
	ran alice run --rm -v plain:/gift gift ls /gift
	same 'what is in the plain one' '' "$OUT"
	ran alice run --rm -v /gift gift ls /gift
	has "$OUT" tool
	# The control: docker copies.
	dk run --rm -v disguised:/gift gift true
	has "$(ls -A $dir)" tool
	has "$(dk run --rm -v plain:/gift gift ls /gift)" tool
	dk volume rm -f disguised plain >/dev/null
}

t_mounts_of_another_namespace_are_none()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x'
	RC=0
	(unshare --mount setpriv --reuid alice --regid alice --init-groups \
		env -i PATH=/usr/bin:/bin HOME=/home/alice \
		undocker run --rm -v /home/alice/d/x:/m alpine true) \
		>"$W/out" 2>"$W/err" || RC=$?
	OUT=$(cat "$W/out") ERR=$(cat "$W/err") SINCE=$(date +%s.%N)
	is_refusal "your mount namespace is not the engine's"
	ran alice run --rm -v /home/alice/d/x:/m alpine true
}

t_mounts_that_do_not_answer_are_given_up()
{
	local began=$SECONDS deaf

	mounting </dev/null
	mkdir -p /home/alice/deaf
	$TOOLS/deaf.py /home/alice/deaf $ALICE >"$W/deaf" 2>&1 &
	deaf=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		! grep -q mounted "$W/deaf" || break
		sleep 0.2
	done
	got alice run --rm -v /home/alice/deaf/x:/m alpine true
	kill -KILL $deaf
	umount -l /home/alice/deaf
	[ "$RC" != 0 ] || fail 'it was mounted'
	[ $((SECONDS - began)) -lt 15 ] || fail 'it waited for long'
	[ -z "$(staged_names)" ] || fail 'there is a record'
	# Nobody else waits: there is no lock.
	as_user alice 'mkdir -p d/x'
	ran alice run --rm -v /home/alice/d/x:/m alpine true
}

t_mounts_are_bounded()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x'
	ran alice run --rm -v /home/alice/d/x:/m alpine true
	nothing_staged
	# Records that somebody works with, as many as there may be.
	python3 - $ALICE >"$W/held" <<-'EOS' &
	import fcntl, os, sys, time
	held = []
	for n in range(64):
	    path = "/var/lib/undocker/mounts/%s.%032x" % (sys.argv[1], n)
	    fd = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
	    fcntl.flock(fd, fcntl.LOCK_EX)
	    held.append(fd)
	print("held", flush=True)
	time.sleep(50)
	EOS
	local holder=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		! grep -q held "$W/held" || break
		sleep 0.2
	done
	refused alice '64' run --rm -v /home/alice/d/x:/m alpine true
	as_user bob 'mkdir -p d/x'
	ran bob run --rm -v /home/bob/d/x:/m alpine true
	kill -KILL $holder
	wait $holder 2>/dev/null
	# What nobody works with makes room.
	ran alice run --rm -v /home/alice/d/x:/m alpine true
	nothing_staged
}

t_mounts_forced_with_a_variable_are_opened_as_the_caller()
{
	printf 'FORCED=-v %s -w %s\nALLOWEDPATHS=/srv' "'\$PWD:\$PWD'" "'\$PWD'" | mounting
	as_user alice 'mkdir -p d/x && echo mine >d/x/f'
	IN=/home/alice/d/x ran alice run --rm alpine cat f
	same content mine "$OUT"
	as_user bob 'mkdir -p p/pub && chmod 700 p'
	IN=/home/bob/p/pub got alice run --rm alpine true
	[ "$RC" != 0 ] || fail 'it was mounted'
	refused alice "'/home/alice/d/x' is not in ALLOWEDPATHS" run -v /home/alice/d/x:/m alpine
	nothing_staged
}

t_mounts_through_volumes_from_live_as_long_as_both()
{
	mounting </dev/null
	as_user alice 'mkdir -p d/x && echo mine >d/x/f'
	ran alice run -d --name web -v /home/alice/d/x:/m alpine sleep 1000
	ran alice run -d --name two --volumes-from web alpine sleep 1000
	ran alice rm -f web
	sleep 1
	same mounts 1 "$(staged_mounts | wc -l)"
	same content mine "$(dk exec two cat /m/f)"
	ran alice rm -f two
	nothing_staged
}

t_limits_cannot_be_forgotten()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-d|--detach,--name string,-m|--memory bytes,--pids-limit int,\
	-e|--env list,--env-file list
	DEFAULTS=--memory=64m --pids-limit=100
	MAXVALUES=--memory=128m
	RESTRICTEDVALUES=--env=LD_.* --env=NVIDIA_.*
	EOS
	ran alice run -d --name web alpine sleep 1000
	same memory $((64 << 20)) "$(dk inspect -f '{{.HostConfig.Memory}}' web)"
	same pids 100 "$(dk inspect -f '{{.HostConfig.PidsLimit}}' web)"
	refused alice '--memory=1g is more than this host allows' run -m 1g alpine true
	refused alice '--memory=0 is more' run -m0 alpine true
	ran alice run --rm -m 0.125g alpine true
	refused alice '--env=LD_PRELOAD is restricted' run -e LD_PRELOAD=/x alpine true
	echo 'NVIDIA_VISIBLE_DEVICES=all' >/home/alice/env
	refused alice '--env=NVIDIA_VISIBLE_DEVICES is restricted' run --env-file /home/alice/env alpine true
	ENV=(LD_LIBRARY_PATH=/x) refused alice '--env=LD_LIBRARY_PATH is restricted' run -e LD_LIBRARY_PATH alpine true
}

t_groups_that_mean_root_are_left_out()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	FORCED=--group-add $U_GROUPS --pull=never
	EOS
	usermod -aG docker,disk alice
	ran alice run --rm alpine id -G
	gpasswd -d alice docker >/dev/null
	gpasswd -d alice disk >/dev/null
	has " $OUT " " $LAB "
	has " $OUT " " $GPU "
	lacks " $OUT " " $(getent group docker | cut -d: -f3) "
	lacks " $OUT " ' 6 '
}

# The image's maker says which gid the number is.
t_groups_by_number_are_looked_up_in_the_image()
{
	local root=$STATE/numbers

	mkdir -p "$root/bin" "$root/etc"
	cp "$(command -v busybox)" "$root/bin/busybox"
	ln -s busybox "$root/bin/id"
	printf 'root:x:0:\n%s:x:6:\n' "$LAB" >"$root/etc/group"
	tar -C "$root" -c . | dk import - numbers:latest >/dev/null
	rm -r "$root"
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	FORCED=--group-add $U_GROUPS --pull=never
	[command:load]
	EOS
	refused alice 'lets users bring images' run --rm numbers id -G
	# The control.
	has " $(dk run --rm --user $ALICE --group-add "$LAB" numbers id -G) " ' 6 '
	dk rmi numbers >/dev/null
}

# A group whose name is the caller's gid is the engine's group for the runtime.
t_groups_are_not_what_a_user_mounts_says()
{
	local gid line words

	gid=$(stat -c %g $SOCKET)
	cp "$SOURCE/etc/undocker.conf" /etc/undocker.conf
	line=$ALICE:x:$gid:
	as_user alice "echo $line >group"
	for words in '-v /home/alice/group:/etc/group' '--tmpfs /etc/group' \
		'--mount type=bind,src=/home/alice/group,dst=/etc//group,ro'; do
		# shellcheck disable=SC2086
		refused alice 'of a container as root' run --rm $words alpine id
	done
	# The control: docker's own way, and a container from before the rule.
	echo "$line" >/etc/undocker-group
	has " $(dk run --rm --user $ALICE:$ALICE -v /etc/undocker-group:/etc/group \
		alpine id -G) " " $gid "
	chown alice /etc/undocker-group
	dk run -d --name old --user $ALICE:$ALICE --label undocker.uid=$ALICE \
		--cap-drop=ALL --security-opt=no-new-privileges \
		-v /etc/undocker-group:/etc/group alpine sleep 60 >/dev/null
	refused alice "container 'old': its /etc/passwd or /etc/group" exec old id
	refused alice "container 'old': its /etc/passwd or /etc/group" restart -t 0 old
	rm /etc/undocker-group
}

t_mounts_of_an_image_make_nothing_as_root()
{
	mounting </dev/null
	as_user alice 'mkdir -p a/there'
	dk create --name base alpine >/dev/null
	dk commit -c 'VOLUME /m/new' base self:volume >/dev/null
	dk commit -c 'WORKDIR /m/deep/er' base self:workdir >/dev/null
	dk commit -c 'VOLUME /m/there' base self:there >/dev/null
	dk rm base >/dev/null
	refused alice "'/m/new' cannot be used below" run --rm -v /home/alice/a:/m self:volume true
	refused alice "'/m/deep/er' cannot be used below" run --rm -v /home/alice/a:/m self:workdir true
	refused alice 'the image has a volume there' run --rm -v /home/alice/a:/m \
		-v /home/alice/a/there:/m/there self:there true
	same 'what is there' /home/alice/a/there "$(find /home/alice/a -mindepth 1)"
	ran alice run --rm -v /home/alice/a:/m/new self:volume touch /m/new/f
	[ -e /home/alice/a/f ] || fail 'the mount is not at the place of the volume'
	dk rmi self:volume self:workdir self:there >/dev/null
}

t_limits_a_container_is_in_its_callers_cgroup()
{
	local tree=/sys/fs/cgroup job

	policy <<-'EOS'
	[command:run]
	WHITELIST=-d|--detach,--name string
	FORCED=--cgroup-parent=$U_CGROUP
	EOS
	[ "$(stat -f -c %T $tree)" = cgroup2fs ] || tree=$tree/memory
	job=$(world_cgroup)/job
	mkdir -p "$tree/$job"
	(
		echo 0 >"$tree/$job/cgroup.procs"
		as alice undocker run -d --name web alpine sleep 1000
	) >"$W/out" 2>"$W/err" || fail "$(cat "$W/err")"
	same parent "/$job" "$(dk inspect -f '{{.HostConfig.CgroupParent}}' web)"
	refused alice 'cgroup-parent is not allowed' run --cgroup-parent=/ alpine true
	dk rm -f web >/dev/null
	rmdir "$tree/$job"
}
