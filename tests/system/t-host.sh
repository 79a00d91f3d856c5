# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# undocker-check --host: each fault of a machine is named, a sound one is not.

# What runc tells the engine, or "own": the machine's may be an old one, which is
# no sound machine.
SAYS='runc version 1.1.14'

with_runc()
{
	local runc status

	[ "$SAYS" != own ] || { "$@"; return; }
	runc=$(command -v runc)
	mv "$runc" "$runc.own"
	printf '#!/bin/sh\n[ "$*" != --version ] || { echo "%s"; exit; }\nexec %s "$@"\n' \
		"$SAYS" "$runc.own" >"$runc"
	chmod 755 "$runc"
	"$@"
	status=$?
	mv "$runc.own" "$runc"
	return $status
}

# looked [ROOT|USER]: FOUND becomes what was found, without the policy's own.
looked()
{
	# Without commands, docker is not asked for the help of each.
	sed -i '/^\[command/,$d' /etc/undocker.conf
	with_runc try "${1:-root}" undocker-check --host
	FOUND=$(grep -v '^/etc/undocker.conf:' "$W/out")
	[ -n "$FOUND" ] || fail 'nothing at all was said'
}

# faults: of them, errors and warnings, but for the age of the machine's own
# engine, which is not pretended (t_host_go).
faults()
{
	grep -E '(^|: )(error|warning): ' <<<"$FOUND" |
		grep -v 'the engine was built with go'
}

# finds SEVERITY TEXT: a finding of this severity has the text.
finds()
{
	grep -E "(^|: )$1: " <<<"$FOUND" | grep -qF -- "$2" ||
		fail "no $1 has '$2' in: $FOUND"
	[ "$1" != error ] || same status 1 "$RC"
}

# silent_on TEXT: no error or warning has the text.
silent_on()
{
	! faults | grep -F -- "$1" || fail "an error or warning has '$1'"
}

# sudoers LINE...: more rules, after undocker's own.
sudoers()
{
	printf '%s\n' "$@" >/etc/sudoers.d/zz-host
	chmod 440 /etc/sudoers.d/zz-host
	visudo -qc || fail 'these are no rules'
}

# without_defaults: undocker's rule, but not the Defaults that protect it.
without_defaults()
{
	cp -p /etc/sudoers.d/undocker /etc/undocker.rule
	sed -i '/^Defaults/d' /etc/sudoers.d/undocker
}

t_host_that_is_sound_is_silent()
{
	local way

	for way in sudo shim; do
		world_way $way
		looked
		[ -z "$(faults)" ] || fail "$way: $(faults)"
		finds note 'engine '
		finds note 'API '
		finds note 'client '
		finds note 'userns-remap is off'
		finds note 'undocker '
	done
}

t_host_looked_at_by_a_user_says_what_he_cannot_see()
{
	looked alice
	finds warning 'run undocker-check --host as root'
	finds warning "the engine's socket"
	same 'warnings and errors' 2 "$(faults | wc -l)"
}

t_host_sudo_rule_gone()
{
	mv /etc/sudoers.d/undocker /etc/undocker.rule
	world_way sudo
	looked
	finds error 'sudo has no rule that lets users run /usr/bin/undocker-rt'
	world_way shim
	looked
	silent_on sudo
	sed 's/NOPASSWD://' /etc/undocker.rule >/etc/sudoers.d/zz-host
	chmod 440 /etc/sudoers.d/zz-host
	world_way sudo
	looked
	finds warning 'sudo asks everybody for a password'
}

t_host_sudo_rule_as_another_user()
{
	sudoers 'alice ALL=(bob) NOPASSWD: /usr/bin/undocker-rt'
	looked
	finds error 'the rule of alice lets /usr/bin/undocker-rt run as another user'
	sudoers 'Defaults runas_default=bob'
	looked
	finds error 'the rule of everybody lets /usr/bin/undocker-rt run as another'
}

# What the check says of a rule is what sudo makes of it: the library runs.
t_host_sudo_setenv()
{
	local open='LD_PRELOAD=/usr/local/lib/undocker-tests/preload.so'

	looked
	silent_on SETENV
	try alice sudo -n $open /usr/bin/undocker-rt --unversion
	[ "$RC" = 1 ] || fail 'sudo takes LD_PRELOAD with the shipped rule'
	sudoers 'alice ALL=(root) NOPASSWD:SETENV: /usr/bin/undocker-rt'
	looked
	finds error 'the rule of alice for /usr/bin/undocker-rt has SETENV'
	try alice sudo -n $open /usr/bin/undocker-rt --unversion
	[ "$RC" != 1 ] || fail 'sudo does not take LD_PRELOAD with SETENV'

	# The shipped Defaults for the command win over those for a user.
	sudoers 'Defaults:alice setenv'
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
	try alice sudo -n $open /usr/bin/undocker-rt --unversion
	[ "$RC" = 1 ] || fail 'sudo takes LD_PRELOAD of setenv for a user'
	without_defaults
	looked
	finds error "sudo's Defaults have setenv for /usr/bin/undocker-rt"
	try alice sudo -n $open /usr/bin/undocker-rt --unversion
	[ "$RC" != 1 ] || fail 'sudo does not take LD_PRELOAD with setenv'
}

t_host_sudo_env_keep()
{
	local kept

	# Replaced for this command by the shipped file.
	sudoers 'Defaults env_keep+="*"'
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
	without_defaults
	sudoers 'Defaults env_keep+="* LD_* SUDO_* *_PRELOAD GLIBC_TUNABLES"'
	looked
	for kept in '*' 'LD_*' '*_PRELOAD' 'GLIBC_TUNABLES'; do
		finds error "sudo's env_keep has '$kept' for /usr/bin/undocker-rt"
	done
	silent_on "'SUDO_*'" # sudo sets them, whatever it keeps
	sudoers 'Defaults!/usr/bin/undocker-rt env_keep+="LD_PRELOAD LD_AUDIT"' \
		'Defaults!/usr/bin/undocker-rt env_keep-="LD_PRELOAD"'
	looked
	finds error "env_keep has 'LD_AUDIT'"
	silent_on "has 'LD_PRELOAD'"
	sudoers 'Defaults env_keep+="EDITOR LC_*"'
	looked
	silent_on "env_keep has"
	finds warning "env_keep lacks UNDOCKER_ENV_*"
	sudoers 'Defaults env_check+="LD_*"'
	looked
	finds error "sudo's env_check has 'LD_*'"
}

# The same name elsewhere is another program; by another way it is the same.
t_host_sudo_same_name_elsewhere()
{
	local open='LD_PRELOAD=/usr/local/lib/undocker-tests/preload.so' at

	without_defaults
	mkdir -p /usr/local/x
	cp /usr/bin/undocker-rt /usr/local/x/
	ln -s /usr/bin /usr/local/y
	for at in x y; do
		sudoers 'Defaults setenv, env_keep+=UNDOCKER_ENV_*' \
			"Defaults!/usr/local/$at/undocker-rt !setenv"
		looked
		try alice sudo -n $open /usr/bin/undocker-rt --unversion
		if [ $at = x ]; then
			[ "$RC" != 1 ] || fail 'sudo takes it for the runtime'
			looked
			finds error 'Defaults have setenv'
		else
			[ "$RC" = 1 ] || fail 'sudo does not take it for the runtime'
			silent_on setenv
		fi
	done
	rm -r /usr/local/x /usr/local/y
	sudoers 'Defaults env_file=/tmp/env-of-all'
	touch /tmp/env-of-all
	looked
	finds error "sudo's env_file /tmp/env-of-all"
}

t_host_sudo_env_reset_and_noexec()
{
	sudoers 'Defaults !env_reset, noexec, requiretty'
	looked
	silent_on env_reset # the shipped Defaults have it
	finds error "have noexec"
	finds warning "have requiretty"
	without_defaults
	looked
	finds error "have !env_reset"
	sudoers 'bob ALL=(root) NOPASSWD:NOEXEC: /usr/bin/undocker-rt'
	looked
	finds error 'the rule of bob for /usr/bin/undocker-rt has NOEXEC'
}

t_host_sudo_lets_users_run_docker()
{
	sudoers '%lab ALL=(root) NOPASSWD: /usr/bin/docker'
	looked
	finds warning 'sudo lets %lab run /usr/bin/docker'
	sudoers '%lab ALL=(:docker) NOPASSWD: /usr/bin/docker'
	looked
	finds warning "run /usr/bin/docker with the engine's group"
	sudoers '%lab ALL=(root) NOPASSWD: /usr/bin/undocker-check, /usr/bin/id'
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
}

t_host_sudo_admins_are_nobodys_fault()
{
	sed -i '/^@includedir/i %lab ALL=(ALL:ALL) ALL' /etc/sudoers
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
	world_way sudo
	sudoers '%lab ALL=(ALL:ALL) ALL'
	looked
	finds warning 'sudo asks %lab for a password'
	sed -i '/^%lab/d' /etc/sudoers
}

t_host_sudo_rules_that_are_broken()
{
	echo 'alice ALL=(' >/etc/sudoers.d/zz-host
	chmod 440 /etc/sudoers.d/zz-host
	looked
	finds error "sudo's rules are not sound: "
	has "$FOUND" zz-host
	sudoers 'Defaults !lecture'
	chmod 666 /etc/sudoers.d/zz-host
	looked
	finds error 'is writable by group or others'
	sudoers 'alice ALL=(root) CWD=/ /usr/bin/id' # 1.9.13 prints bad JSON
	looked
	[ -z "$(faults)" ] || finds warning 'prints no sound JSON'
}

t_host_no_way_up()
{
	world_way sudo
	mv /usr/bin/sudo /usr/bin/sudo.away
	looked
	finds error 'there is no way up'
	mv /usr/bin/cvtsudoers /usr/bin/cvtsudoers.away
	cp /usr/bin/sudo.away /usr/bin/sudo # without the bit
	looked
	finds error 'is not setuid root'
	chmod 4755 /usr/bin/sudo
	looked
	mv /usr/bin/sudo.away /usr/bin/sudo
	mv /usr/bin/cvtsudoers.away /usr/bin/cvtsudoers
	finds warning 'cannot be looked at without cvtsudoers'
}

t_host_shim_without_sudo()
{
	world_way shim
	mv /usr/bin/sudo /usr/bin/sudo.away
	looked
	mv /usr/bin/sudo.away /usr/bin/sudo
	[ -z "$(faults)" ] || fail "$(faults)"
}

t_host_shim()
{
	local shim=/usr/bin/undocker-rts

	world_way shim
	chmod 755 $shim
	looked
	finds warning 'passes over it and needs sudo'
	chmod 4775 $shim
	looked
	finds error "$shim: error: is writable by group or others"
	chmod 4750 $shim
	looked
	finds warning 'is not executable by all'
	chmod 6755 $shim
	looked
	finds warning 'is setgid'
	chown alice $shim
	looked
	finds error "$shim: error: is not owned by root"
}

t_host_shim_that_cannot_go_up()
{
	local shim=/usr/bin/undocker-rts

	world_way shim
	mount --bind $shim $shim
	mount -o remount,bind,nosuid $shim
	looked
	umount $shim
	finds error 'mounted nosuid'
}

t_host_programs()
{
	chmod u+s /usr/bin/undocker-rt
	looked
	finds error 'is setuid or setgid'
	chmod 757 /usr/bin/undocker-rt
	looked
	chmod 755 /usr/bin/undocker-rt
	finds error '/usr/bin/undocker-rt: error: is writable by group or others'
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
}

t_host_front_end()
{
	chown alice /usr/bin/undocker
	looked
	finds error '/usr/bin/undocker: error: is not owned by root'
	chown root /usr/bin/undocker
	mv /usr/bin/undocker /usr/bin/undocker.away
	looked
	finds error '/usr/bin/undocker: error: does not exist'
	mv /usr/bin/undocker.away /usr/bin/undocker
}

t_host_places()
{
	chmod 777 /usr/share/undocker/home
	looked
	finds error '/usr/share/undocker/home: error: is writable'
	chmod 755 /usr/share/undocker/home
	mkdir -p /run/undocker
	chmod 777 /run/undocker
	looked
	finds error '/run/undocker: error: is writable'
	chmod 755 /run/undocker
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
}

t_host_engine_socket()
{
	chgrp root $SOCKET
	looked
	finds error 'belongs to the group root'
	chgrp docker $SOCKET
	chmod 666 $SOCKET
	looked
	chmod 660 $SOCKET
	finds error 'is writable by all'
	policy <<<'DOCKERHOST=unix:///run/nosuch.sock'
	looked
	finds error '/run/nosuch.sock does not exist'
	policy <<<'DOCKERHOST=tcp://127.0.0.1:1'
	looked
	finds warning 'the engine is tcp://127.0.0.1:1'
	# shellcheck disable=SC2016
	policy <<<'DOCKERHOST=unix:///run/user/$U_UID/docker.sock'
	looked
	[ -z "$(faults)" ] || fail "$(faults)"
	finds note 'every user has an engine of his own'
}

# A socket that takes connections and never says a word.
t_host_engine_that_is_mute()
{
	python3 -c 'import os, socket, time
s = socket.socket(socket.AF_UNIX)
s.bind("/run/mute.sock")
os.chown("/run/mute.sock", 0, int(os.popen("getent group docker").read().split(":")[2]))
s.listen(9)
time.sleep(30)' &
	world_wait test -S /run/mute.sock
	policy <<<'DOCKERHOST=unix:///run/mute.sock'
	looked
	kill $!
	rm /run/mute.sock
	finds error 'the engine does not answer'
}

t_host_runc()
{
	local version

	for version in 1.1.5+ds1 1.2.0-rc.2; do
		SAYS="runc version $version" looked
		finds error "the engine's runc is $version: before 1.1.14"
	done
	for version in 'runc version none' ''; do
		SAYS=$version looked
		finds warning "which runc the engine's runtime runc uses cannot be told"
	done
	SAYS='runc version 1.2.0-rc.3' looked
	[ -z "$(faults)" ] || fail "$(faults)"
	# The machine's own.
	SAYS=own looked
	version=$(runc --version | sed -n 's/^runc version //p')
	! runc_is_old || finds error "the engine's runc is $version: "
	runc_is_old || silent_on CVE-2024-45310
}

# Whether the engine is to be found fault with, by its own Go.
t_host_go()
{
	local go

	[[ $(ask GET /version) =~ \"GoVersion\":\"go([0-9.]+) ]] || fail 'no Go'
	go=${BASH_REMATCH[1]}
	looked
	if [ "$(printf '%s\n' "$go" 1.21.11 | sort -V | head -n 1)" != 1.21.11 ]
	then
		finds error "the engine was built with go$go: before 1.21.11"
	else
		silent_on 'golang/go issue 52745'
	fi
}

t_host_client_that_is_missing()
{
	policy <<<'DOCKERPATH=/usr/bin/nosuch'
	sed -i '0,/^DOCKERPATH=/{/^DOCKERPATH=/d}' /etc/undocker.conf
	looked
	finds error '/usr/bin/nosuch does not exist'
}

# Anybody may have written the file that root looks at.
t_host_does_not_believe_a_users_policy()
{
	rm -f /tmp/asked
	python3 -c 'import os, socket
s = socket.socket(socket.AF_UNIX)
s.bind("/run/bait.sock")
os.chmod("/run/bait.sock", 0o666)
s.listen(9)
s.accept()
open("/tmp/asked", "w")' &
	world_wait test -S /run/bait.sock
	printf '[main]\nDOCKERHOST=unix:///run/bait.sock\n' >/home/alice/conf
	chown alice /home/alice/conf
	try root undocker-check --host --policy /home/alice/conf
	kill $!
	rm -f /run/bait.sock
	[ ! -e /tmp/asked ] || fail 'the socket was connected to'
	has "$OUT" 'names neither the engine nor the client'
}

t_host_members_of_the_group()
{
	gpasswd -a bob docker
	usermod -g docker carol
	looked
	gpasswd -d bob docker
	usermod -g carol carol
	finds warning 'the user bob is in the group docker: root on this host'
	finds warning 'the user carol is in the group docker'
	silent_on 'the user alice'
}

t_host_files_of_the_group()
{
	install -m 660 -g docker /dev/null /etc/shared.conf
	install -m 644 -g docker /dev/null /etc/open.conf
	install -d -m 2775 -g docker /home/lab/share
	looked
	rm /etc/shared.conf /etc/open.conf
	finds warning 'belongs to the group docker, which every user'
	has "$(faults)" '/etc/shared.conf: warning'
	has "$(faults)" '/home/lab/share: warning'
	silent_on /etc/open.conf
	silent_on docker.sock
}
