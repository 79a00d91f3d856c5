# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# First contact: on a machine where something is missing yet, the first call
# says what, and who can do what about it.

t_first_no_policy()
{
	rm -f /etc/undocker.conf
	refused alice '/etc/undocker.conf: does not exist (an administrator must' \
		run --rm alpine true
}

t_first_policy_that_others_may_write()
{
	chmod 666 /etc/undocker.conf
	refused alice 'is writable by group or others (chmod go-w)' \
		run --rm alpine true
}

t_first_policy_with_a_fault()
{
	policy <<<'NOSUCHKEY=1'
	refused alice '/etc/undocker.conf:3: ' run --rm alpine true
	has "$ERR" NOSUCHKEY
}

# Without a terminal it is sudo's word alone: to know better before sudo does
# would cost every call.
t_first_no_sudo_rule()
{
	world_way sudo
	mv /etc/sudoers.d/undocker /etc/undocker.rule
	try alice undocker run --rm alpine true
	[ "$RC" = 1 ] || fail "expected sudo's exit 1, got $RC"
	has "$ERR" 'sudo: '
	has "$ERR" password
	engine_untouched
	try alice "$TOOLS/terminal.py" 'expect:password for alice: ' 'send:\x03' \
		-- undocker run --rm alpine true
	has "$OUT" 'undocker: sudo does not let you run /usr/bin/undocker-rt'
	has "$OUT" "must install undocker's sudoers file"
	engine_untouched
}

t_first_no_way_up()
{
	world_way sudo
	mv /usr/bin/sudo /usr/bin/sudo.away
	got alice run --rm alpine true
	mv /usr/bin/sudo.away /usr/bin/sudo
	is_refusal 'there is no way up: an administrator must install'
	has "$ERR" '/usr/bin/sudo or /usr/bin/undocker-rts'
}

t_first_shim_or_sudo_that_is_not_for_all()
{
	world_way shim
	chmod 4750 /usr/bin/undocker-rts
	refused alice 'lets only some users run undocker (ask an administrator)' \
		run --rm alpine true
	world_way sudo
	chmod 4750 /usr/bin/sudo
	got alice run --rm alpine true
	chmod 4755 /usr/bin/sudo
	is_refusal 'lets only some users run undocker (ask an administrator)'
}

t_first_no_runtime()
{
	local way

	for way in sudo shim; do
		world_way $way
		mv /usr/bin/undocker-rt /usr/bin/undocker-rt.away
		got alice run --rm alpine true
		mv /usr/bin/undocker-rt.away /usr/bin/undocker-rt
		is_refusal 'not installed whole, an administrator must install'
		has "$ERR" /usr/bin/undocker-rt
	done
}

t_first_no_docker_client()
{
	policy <<-'EOS'
	[command:ps]
	EOS
	sed -i 's|^DOCKERPATH=.*|DOCKERPATH=/usr/bin/nosuch|' /etc/undocker.conf
	refused alice '/usr/bin/nosuch does not exist: is docker installed?' ps
	has "$ERR" DOCKERPATH
}

t_first_no_engine()
{
	mv $SOCKET $SOCKET.away
	got alice run --rm alpine true
	mv $SOCKET.away $SOCKET
	is_refusal "$SOCKET does not exist: is the engine running?"
}

# Its socket is still there, and nobody listens.
t_first_engine_that_has_ended()
{
	python3 -c 'import os, socket, grp
s = socket.socket(socket.AF_UNIX)
s.bind("/run/ended.sock")
os.chown("/run/ended.sock", 0, grp.getgrnam("docker").gr_gid)'
	policy <<-'EOS'
	DOCKERHOST=unix:///run/ended.sock
	[command:stop]
	EOS
	got alice stop web1
	rm /run/ended.sock
	is_refusal 'Connection refused (is the engine running?)'
}

t_first_no_docker_group()
{
	chgrp root $SOCKET
	refused alice 'belongs to the group root: give it a group of its own' \
		run --rm alpine true
	has "$ERR" 'RUNAS=root'
}

t_first_user_whom_no_section_speaks_of()
{
	policy <<-'EOS'
	CONTACT=ask it-help@lab.example
	[command:run group:lab]
	WHITELIST=--rm
	EOS
	refused carol "does not offer 'run'" run --rm alpine true
	has "$ERR" 'ask it-help@lab.example'
	ran alice run --rm alpine true
}

t_first_no_words()
{
	rm -f /etc/undocker.conf
	ran alice
	has "$OUT" usage
	same stderr '' "$ERR"
	mkdir /home/lab/bin
	ln -s /usr/bin/undocker /home/lab/bin/docker
	try alice /home/lab/bin/docker
	same status 0 "$RC"
	has "$OUT" usage
	try alice /home/lab/bin/docker run --rm alpine true
	is_refusal '/etc/undocker.conf: does not exist (an administrator must'
}
