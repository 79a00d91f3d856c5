# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The running client: it has the engine's group, and its user gets none of it.

# A container in the background as alice; CLIENT_PID is its client.
hold()
{
	(as alice undocker run --rm alpine sleep 60) >"$W/held" 2>&1 &
	CLIENT_PID=$(client_of) || fail "$CLIENT_PID $(cat "$W/held")"
	sleep 0.3
}

t_client_runs_with_the_callers_ids_and_the_engines_real_gid()
{
	local gid status

	gid=$(getent group docker | cut -d: -f3)
	hold
	status=/proc/$CLIENT_PID/status
	same uids "$ALICE $ALICE $ALICE $ALICE" \
		"$(awk '/^Uid:/ { print $2, $3, $4, $5 }' "$status")"
	# Never the effective gid: the kernel lets a process fill the gid_map
	# of its user's namespaces with that, and docker cp writes anywhere.
	same gids "$gid $ALICE $ALICE $ALICE" \
		"$(awk '/^Gid:/ { print $2, $3, $4, $5 }' "$status")"
	same groups "$gid $ALICE $LAB $GPU $CORP" \
		"$(awk '/^Groups:/ { $1 = ""; print }' "$status" | tr ' ' '\n' |
			grep -v '^$' | sort -n | tr '\n' ' ' | sed 's/ $//')"
	same capabilities 0000000000000000 \
		"$(awk '/^CapEff:/ { print $2 }' "$status")"
	same permitted 0000000000000000 \
		"$(awk '/^CapPrm:/ { print $2 }' "$status")"
	same no_new_privs 1 "$(awk '/^NoNewPrivs:/ { print $2 }' "$status")"
	same seccomp 2 "$(awk '/^Seccomp:/ { print $2 }' "$status")"
}

t_client_cannot_be_traced_or_read_by_its_user()
{
	local way

	hold
	try alice $TOOLS/pry.py "$CLIENT_PID"
	same 'ways in' 0 "$RC"
	for way in ptrace-attach ptrace-seize environ mem maps fd pidfd_getfd; do
		has "$OUT" "$way shut"
	done
	# The control: what alice starts herself is open in every way.
	(as alice sleep 60) &
	sleep 0.2
	try alice $TOOLS/pry.py $!
	lacks "$OUT" shut
}

t_client_with_docker_as_a_supplementary_group_would_be_open()
{
	setpriv --reuid alice --regid $ALICE --groups docker env -i PATH=/usr/bin \
		DOCKER_HOST=unix://$SOCKET "$CLIENT" run --rm alpine sleep 60 &
	CLIENT_PID=$(client_of) || fail "$CLIENT_PID"
	sleep 0.3
	try alice $TOOLS/pry.py "$CLIENT_PID"
	has "$OUT" 'ptrace-attach open'
}

t_client_leaves_no_core_dump_and_no_children()
{
	hold
	same children '' "$(cat "/proc/$CLIENT_PID/task/$CLIENT_PID/children")"
	(as alice kill -QUIT "$CLIENT_PID") 2>/dev/null
	sleep 0.5
	same cores '' "$(find /home/alice -name 'core*')"
}

# The shim way: the user may end his client, as he may end docker.
t_client_can_be_ended_by_its_user()
{
	hold
	(as alice kill -KILL "$CLIENT_PID") || fail 'kill was refused'
	sleep 0.3
	[ ! -e "/proc/$CLIENT_PID" ] || fail 'it lives'
}

cp_policy()
{
	policy <<-'EOS'
	[command:cp]
	WHITELIST=-a|--archive,-L|--follow-link,-q|--quiet
	UIDMUSTMATCH=false
	[command:run]
	EOS
}

t_cp_sets_no_setgid_and_no_setuid_bit()
{
	local setid

	cp_policy
	dk create --name giver gift true >/dev/null
	mkdir /home/alice/got
	chown alice: /home/alice/got
	IN=/home/alice/got
	got alice cp giver:/gift/tool .
	got alice cp giver:/gift .
	got alice cp -a giver:/gift all
	got alice cp giver:/gift/open .
	setid=$(find /home/alice/got -perm /7000 -printf '%m %u:%g %P\n')
	same 'files with such a bit' '' "$setid"
	got alice cp giver:/etc/passwd plain
	same 'the control, a plain file' 0 "$RC"
	same owner alice "$(stat -c %U /home/alice/got/plain)"
	(as alice chmod 2755 /home/alice/got/plain)
	same 'what its owner can make of it' 2755:alice \
		"$(stat -c %a:%G /home/alice/got/plain)"

	# The danger is real: the same client without the filter.
	(cd /home/alice/got && exec setpriv --reuid alice --regid docker \
		--clear-groups env -i PATH=/usr/bin DOCKER_HOST=unix://$SOCKET \
		"$CLIENT" cp giver:/gift/tool bare)
	same 'without the filter' '2755 docker' "$(stat -c '%a %G' /home/alice/got/bare)"
	rm -f /home/alice/got/bare
}

t_cp_reads_and_writes_files_as_the_caller()
{
	cp_policy
	dk create --name giver gift true >/dev/null
	got alice cp /etc/shadow giver:/tmp/x
	[ "$RC" != 0 ] || fail 'alice copied /etc/shadow'
	got alice cp giver:/etc/passwd /etc/undocker.conf
	[ "$RC" != 0 ] || fail 'alice wrote /etc/undocker.conf'
	got alice cp giver:/etc/passwd /home/bob/passwd
	[ "$RC" != 0 ] || fail "alice wrote bob's home"
	head -n 1 /etc/undocker.conf | grep -qx '\[main\]' || fail 'it was written'
}

t_runas_root_is_said_and_works()
{
	policy <<-'EOS'
	RUNAS=root
	[command:run]
	WHITELIST=--rm,--env-file list
	EOS
	ran alice run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	refused alice 'ermission denied' run --rm --env-file /etc/shadow alpine env
}

# bounds USER WANTED: no_new_privs and the filter of USER's client.
bounds()
{
	(as "$1" undocker run --rm alpine sleep 60) >"$W/held" 2>&1 &
	CLIENT_PID=$(client_of) || fail "$CLIENT_PID $(cat "$W/held")"
	sleep 0.3
	same "bounds of $1" "$2" "$(awk '/^(NoNewPrivs|Seccomp):/ {
		printf "%s ", $2 }' "/proc/$CLIENT_PID/status")"
	kill -KILL "$CLIENT_PID"
	wait $! 2>/dev/null || true
}

# With RUNAS=root too the kernel would take the filter without no_new_privs.
t_client_is_bound_unless_its_caller_is_root()
{
	bounds root '0 0 '
	bounds alice '1 2 '
	sed -i 's/^\[main\]/&\nRUNAS=root/' /etc/undocker.conf
	bounds alice '1 2 '
}

# What needs another program is refused by name, or finds that it cannot.
t_client_can_start_no_other_program()
{
	policy <<-'EOS'
	[command:build]
	WHITELIST=-t|--tag list,-f|--file string,-q|--quiet
	[command:run]
	EOS
	mkdir -p /home/alice/bin
	printf '#!/bin/sh\nid >>/tmp/ran\nexit 1\n' >/home/alice/bin/git
	chmod -R 755 /home/alice/bin
	: >/tmp/ran
	chmod 666 /tmp/ran
	printf '[core]\n\tfsmonitor = /home/alice/bin/git\n[url "ext::/home/alice/bin/git "]\n\tinsteadOf = https://\n' \
		>/home/alice/.gitconfig
	chmod 644 /home/alice/.gitconfig
	ENV=(PATH=/home/alice/bin:/usr/bin:/bin)
	got alice build https://git.example/x.git
	[ "$RC" != 0 ] || fail 'a build from git ran'
	got alice build git://git.example/x.git
	[ "$RC" != 0 ] || fail 'a build from git ran'
	got alice build ssh://git@git.example/x.git
	[ "$RC" != 0 ] || fail 'a build from git ran'
	same 'programs that ran' '' "$(cat /tmp/ran)"
}

t_engine_of_a_users_own_gives_no_group()
{
	mkdir -p /run/user/$ALICE
	chown alice: /run/user/$ALICE
	policy <<-'EOS'
	DOCKERHOST=unix:///run/user/$U_UID/docker.sock
	[command:ps]
	EOS
	setpriv --reuid alice --regid alice --clear-groups python3 -c '
import os, socket, sys
path = "/run/user/%d/docker.sock" % os.getuid()
if os.path.exists(path): os.unlink(path)
s = socket.socket(socket.AF_UNIX); s.bind(path); s.listen(5)
c, _ = s.accept()
import struct
pid, uid, gid = struct.unpack("3i", c.getsockopt(socket.SOL_SOCKET, 17, 12))
print(uid, gid, flush=True)
' >"$W/peer" &
	sleep 0.5
	(as alice timeout 10 undocker ps) >"$W/out" 2>&1
	same 'peer of the engine' "$ALICE $ALICE" "$(cat "$W/peer")"
}
