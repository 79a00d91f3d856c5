# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The policy file: only what root alone can have written is believed, and a
# file that is not sound runs nothing.

CONF=/etc/undocker.conf

# unsound TEXT: the file as it is now is refused, within 10 seconds.
unsound()
{
	local began=$SECONDS

	refused alice "policy error: $CONF" run --rm alpine true
	has "$ERR" "$1"
	refused alice 'policy error' ps
	[ $((SECONDS - began)) -lt 10 ] || fail 'it took too long'
}

sound()
{
	base_policy
	ran alice ps
}

t_policy_missing()
{
	rm -f $CONF
	unsound 'does not exist'
	sound
}

t_policy_directory()
{
	rm -f $CONF
	mkdir $CONF
	unsound directory
	rmdir $CONF
	sound
}

t_policy_fifo_does_not_hang()
{
	rm -f $CONF
	mkfifo -m 644 $CONF
	unsound regular
	rm -f $CONF
	sound
}

t_policy_device()
{
	rm -f $CONF
	mknod -m 644 $CONF c 1 5
	unsound regular
	rm -f $CONF
	sound
}

t_policy_one_gibibyte()
{
	truncate -s 1G $CONF
	unsound '64 MiB'
	sound
}

t_policy_writable_by_group_or_others()
{
	local mode

	for mode in 664 646 666; do
		chmod $mode $CONF
		unsound writable
	done
	sound
	chmod 640 $CONF
	ran alice ps
}

t_policy_writable_by_an_acl()
{
	setfacl -m u:alice:rw $CONF || fail 'no access lists in this /etc'
	unsound writable
	sound
}

t_policy_of_a_user()
{
	chown alice $CONF
	unsound 'owned by root'
	sound
}

t_policy_symbolic_link()
{
	mv $CONF /etc/elsewhere.conf
	ln -s /etc/elsewhere.conf $CONF
	unsound link
	cp /etc/elsewhere.conf /home/alice/mine.conf
	chown alice /home/alice/mine.conf
	ln -sf /home/alice/mine.conf $CONF
	unsound link
	rm -f $CONF /etc/elsewhere.conf
	sound
}

t_policy_directory_writable_by_others()
{
	local mode

	for mode in 775 757 1777; do
		chmod $mode /etc
		if [ "$WAY" = shim ]; then
			unsound writable
		else
			got alice ps
			[ "$RC" != 0 ] || fail "ran with /etc $mode"
		fi
		chmod 755 /etc
	done
	sound
}

t_policy_includes_are_trusted_no_further()
{
	mkdir -m 755 /etc/undocker.d
	printf '[command:version]\n' >/etc/undocker.d/a.conf
	policy <<-'EOS'
	INCLUDE=/etc/undocker.d/*.conf
	[command:ps]
	EOS
	ran alice version
	chown alice /etc/undocker.d/a.conf
	refused alice /etc/undocker.d/a.conf version
	refused alice /etc/undocker.d/a.conf ps
	chown root /etc/undocker.d/a.conf
	chmod 777 /etc/undocker.d
	refused alice 'policy error' ps
	chmod 755 /etc/undocker.d
	printf '[main]\nINCLUDE=/etc/x\n' >/etc/undocker.d/a.conf
	refused alice 'policy error' ps
	rm -rf /etc/undocker.d
	refused alice version version
	ran alice ps
}

# The original read ./undocker.conf and $HOME/.undocker/undocker.conf, as root.
t_policy_hole_3A2_no_file_of_the_users_is_read()
{
	local evil='[main]
DOCKERPATH=/home/alice/evil
WHITELIST=`touch /tmp/ran`,$(touch /tmp/ran)
[command:run]
WHITELIST=--privileged
FORCED=$(touch /tmp/ran) `touch /tmp/ran`'

	mkdir -p /home/alice/.undocker /home/alice/etc
	for file in undocker.conf .undocker/undocker.conf etc/undocker.conf \
		.undocker.conf; do
		echo "$evil" >"/home/alice/$file"
	done
	chmod -R a+rX /home/alice
	ENV=(UNDOCKER_CONF=/home/alice/undocker.conf
		UNDOCKER_CONFIG=/home/alice/undocker.conf
		XDG_CONFIG_HOME=/home/alice/.undocker)
	refused alice --privileged run --rm --privileged alpine true
	ran alice run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	# The same lines, root's: refused or literal, and never evaluated.
	echo "$evil" >$CONF
	got alice run --rm alpine true
	same status 125 "$RC"
	[ ! -e /tmp/ran ] || fail 'a value was evaluated'
}

t_policy_faults_are_said_with_file_and_line()
{
	local fault

	# What must be in the message | the third and fourth line of the file.
	# "~": only a command that the section applies to stumbles over it.
	while IFS='|' read -r text line more; do
		printf '[command:ps]\n[command:run]\n%b\n%b\n' "$line" "$more" >$CONF
		refused alice "policy error: $CONF:" run --rm alpine true
		has "$ERR" "${text#\~}"
		fault=$(sed -n "s,.*$CONF:\\([0-9]*\\).*,\\1,p" "$W/err")
		case $fault in
		3 | 4) ;;
		*) fail "line $fault in: $ERR" ;;
		esac
		[ "${text#\~}" != "$text" ] || refused alice "policy error: $CONF:" ps
	done <<-'FAULTS'
	WHITELST|WHITELST=--rm
	WHITELIST|WHITELST=--rm
	section|[commnd:run]
	section|[run]
	RUNAS|RUNAS=root
	|[command:run] x
	|[command:run
	|UIDMUSTMATCH=yes
	|UIDMUSTMATCH=true|UIDMUSTMATCH=false
	|WHITELIST=rm
	|WHITELIST=--rm string
	|WHITELIST=--name
	|WHITELIST=-e list list
	|WHITELIST="--rm
	|WHITELIST=-e wrongtype
	|FORCED=alpine
	|FORCED=--
	|FORCED=-e
	|FORCED=--rm=maybe
	|FORCED=-e 'x
	$NOVAR|FORCED=-e A=$NOVAR
	~pattern|ALLOWEDIMAGES=alpine(
	~pattern|RESTRICTEDIMAGES=[z
	|[command:plugin]
	|[command:swarm init]
	|[command:system dial-stdio]
	|[command:no-such-command]
	|WHITELIST=--rm\0x
	FAULTS
	sound
}

t_policy_unknown_group_is_an_error_unless_said_otherwise()
{
	policy <<-'EOS'
	[command:run]
	[command:run group:no-such-group]
	RESTRICTEDIMAGES=.*
	EOS
	refused alice no-such-group run alpine true
	policy <<-'EOS'
	REQUIREGROUPS=false
	[command:run]
	[command:run group:no-such-group]
	RESTRICTEDIMAGES=.*
	EOS
	ran alice run alpine true
}

t_policy_keys_with_bad_values_run_nothing()
{
	local key

	for key in 'ALLOWEDVALUES=--nosuch=none' 'RESTRICTEDVALUES=name=x' \
		'MAXVALUES=--memory=0' 'ALLOWEDPATHS=home' 'RESTRICTEDPATHS=/a/../b' \
		'ALLOWEDVOLUMES=(' 'ALLOWEDPORTS=80000'; do
		printf '[command:ps]\n[command:run]\nWHITELIST=--rm\n%s\n' "$key" >$CONF
		refused alice "${key%%=*}" run --rm alpine true
		has "$ERR" 'policy error'
	done
	sound
}

t_policy_client_and_engine_are_checked()
{
	local path

	for path in docker /no/such/docker /etc /etc/passwd /home/alice/docker; do
		cp /bin/true /home/alice/docker
		chown alice /home/alice/docker
		printf '[main]\nDOCKERPATH=%s\n[command:ps]\n' "$path" >$CONF
		refused alice "$path" ps
	done
	sound
}
