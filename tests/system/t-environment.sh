# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the caller's process hands on: variables, descriptors, signals, limits.

# Every way to start a program of alice's is set up; /tmp/ran says what ran.
set_traps()
{
	local name bin=/home/alice/bin

	mkdir -p $bin /home/alice/.docker/cli-plugins
	for name in docker sh bash sudo env git id ssh docker-credential-evil \
		docker-evil undocker-rt; do
		printf '#!/bin/bash -p\necho "%s $(/usr/bin/id -u)" >>/tmp/ran\n' \
			"$name" >$bin/$name
	done
	cp $bin/docker-evil $bin/docker /home/alice/.docker/cli-plugins/
	printf '[alias]\n\tx = !%s\n[core]\n\tsshCommand = %s\n' \
		"$bin/git" "$bin/ssh" >/home/alice/.gitconfig
	echo '{"credsStore":"evil","credHelpers":{"docker.io":"evil"},
		"plugins":{"evil":{"hooks":"run,ps"}},"aliases":{"builder":"evil"},
		"cliPluginsExtraDirs":["/home/alice/bin"],
		"HttpHeaders":{"X-Evil":"1"},"psFormat":"EVIL",
		"proxies":{"default":{"httpProxy":"http://evil"}}}' \
		>/home/alice/.docker/config.json
	echo 'echo bash_env >>/tmp/ran' >/home/alice/rc
	chmod -R 755 /home/alice
	: >/tmp/ran
	: >/tmp/preloaded
	chmod 666 /tmp/ran /tmp/preloaded
	ENV=(PATH="$bin:/usr/bin:/bin" HOME=/home/alice BASH_ENV=/home/alice/rc
		ENV=/home/alice/rc "LD_PRELOAD=$TOOLS/preload.so"
		"LD_AUDIT=$TOOLS/preload.so" LD_LIBRARY_PATH=/home/alice
		GLIBC_TUNABLES=glibc.malloc.check=3 GCONV_PATH=/home/alice
		GODEBUG=http2debug=2 DOCKER_HOST=unix:///tmp/none.sock
		DOCKER_CONTEXT=evil DOCKER_CONFIG=/home/alice/.docker
		DOCKER_TLS=1 DOCKER_CERT_PATH=/home/alice DOCKER_API_VERSION=1.1
		DOCKER_CLI_HOOKS=1 DOCKER_CLI_HINTS=1 DOCKER_BUILDKIT=1
		HTTP_PROXY=http://evil http_proxy=http://evil TMPDIR=/home/alice
		DOCKER_CUSTOM_HEADERS=X-Evil=1 SSL_CERT_FILE=/home/alice/rc
		'BASH_FUNC_echo%%=() { /tmp/x; }' IFS=/ PYTHONPATH=/home/alice
		LOCPATH=/home/alice MALLOC_TRACE=/tmp/trace SHELLOPTS=xtrace
		XDG_CONFIG_HOME=/home/alice SUDO_ASKPASS=/home/alice/bin/sh
		RES_OPTIONS=debug HOSTALIASES=/home/alice/rc NLSPATH=/home/alice)
}

nothing_ran()
{
	same 'programs of the caller that ran' '' "$(cat /tmp/ran)"
	if grep -vE "^/usr/bin/undocker euid=$ALICE egid=$ALICE\$" \
		/tmp/preloaded; then
		fail 'the preloaded library got into a program above'
	fi
	[ ! -e /tmp/trace ] || fail 'MALLOC_TRACE was followed'
}

t_callers_environment_reaches_nothing_above()
{
	set_traps
	ran alice run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	nothing_ran
	ran alice ps
	lacks "$OUT" EVIL
	nothing_ran
	ran alice version
	nothing_ran
	# The trap itself works: the same environment, and plain docker.
	try alice docker ps
	has "$(cat /tmp/ran)" docker
	try alice /bin/true
	has "$(cat /tmp/preloaded)" true
}

t_callers_own_programs_stay_unused_on_a_pull()
{
	set_traps
	got alice run --rm docker.io/library/not-here:1 true
	[ "$RC" != 0 ] || fail 'a missing image ran'
	nothing_ran
	got alice evil
	is_refusal evil
	got alice --help
	nothing_ran
}

t_clients_environment_is_a_fixed_list()
{
	local pid extra

	set_traps
	ENV+=(NO_COLOR=1 TZ=UTC LC_ALL=C)
	(as alice undocker run --rm alpine sleep 60) >"$W/out" 2>&1 &
	pid=$(client_of) || fail "$pid"
	extra=$(tr '\0' '\n' <"/proc/$pid/environ" | cut -d= -f1 | grep -vxE \
		'PATH|HOME|DOCKER_CONFIG|DOCKER_HOST|TERM|LANG|LC_[A-Z]+|TZ|NO_COLOR')
	same 'unexpected variables of the client' '' "$extra"
	has "$(tr '\0' '\n' <"/proc/$pid/environ")" DOCKER_HOST=unix:///
	lacks "$(tr '\0' '\n' <"/proc/$pid/environ")" alice
}

t_e_NAME_takes_the_callers_value()
{
	ENV=(TOKEN='a b"c$d' LD_LIBRARY_PATH=/mine TMPDIR=/tmp/mine BASH_ENV=/b
		GCONV_PATH=/g HOME=/home/alice SUDO_UID=5)
	ran alice run --rm -e TOKEN -e LD_LIBRARY_PATH -e TMPDIR -e BASH_ENV \
		-e GCONV_PATH -e HOME -e SUDO_UID -e ABSENT alpine env
	has "$OUT" 'TOKEN=a b"c$d'
	has "$OUT" LD_LIBRARY_PATH=/mine
	has "$OUT" TMPDIR=/tmp/mine
	has "$OUT" BASH_ENV=/b
	has "$OUT" GCONV_PATH=/g
	has "$OUT" HOME=/home/alice
	has "$OUT" SUDO_UID=5
	lacks "$OUT" ABSENT
}

# Whoever goes up by hand may write what he likes into the packed variables.
t_packed_environment_that_is_not_whole_is_refused()
{
	local bad up=(sudo -n /usr/bin/undocker-rt)

	[ "$WAY" = sudo ] || up=(/usr/bin/undocker-rts)
	for bad in UNDOCKER_ENV_0='!!!' UNDOCKER_ENV_1=QT0xAA UNDOCKER_ENV_0=QT0x \
		UNDOCKER_ENV_00=QT0xAA UNDOCKER_ENV_x=QT0xAA UNDOCKER_ENV_0=A; do
		ENV=("$bad")
		try alice "${up[@]}" run --rm -e A alpine sh -c 'echo "[$A]"'
		[ "$OUT" = '[]' ] || is_refusal environment
	done
	ENV=(UNDOCKER_ENV_0=QT0xAA) # A=1
	try alice "${up[@]}" run --rm -e A alpine sh -c 'echo "[$A]"'
	same 'a sound one' '[1]' "$OUT"
}

# No process list, of anybody, holds the value; and others read no environment.
t_e_TOKEN_is_in_no_process_list()
{
	local secret=s3cret-value-4711 proc

	ENV=("TOKEN=$secret")
	(as alice undocker run --rm --name holder -e TOKEN alpine sleep 60) &
	container_of holder >/dev/null
	ENV=()
	same 'inside' $secret "$(dk exec holder sh -c 'echo $TOKEN')"
	for proc in /proc/[0-9]*; do
		! tr '\0' '\n' <"$proc/cmdline" 2>/dev/null | grep -q $secret ||
			fail "in the command line: $(tr '\0' ' ' <"$proc/cmdline")"
	done
	# The pattern comes from a file: bob's own grep must not show it.
	echo $secret >/tmp/pattern
	same 'seen by bob' '' "$(as bob sh -c 'grep -laf /tmp/pattern \
		/proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null')"
	# The control: a value on the command line is seen.
	(as alice undocker run --rm --name shower -e T=$secret alpine sleep 60) &
	container_of shower >/dev/null
	grep -qa $secret /proc/[0-9]*/cmdline || fail 'the search finds nothing'
}

t_env_file_is_read_with_the_callers_rights()
{
	echo 'A=from-file' >/home/alice/vars
	chmod 644 /home/alice/vars
	ran alice run --rm --env-file /home/alice/vars alpine sh -c 'echo $A'
	same A from-file "$OUT"
	refused alice 'ermission denied' run --rm --env-file /etc/shadow alpine env
	ln -s /etc/shadow /home/alice/link
	refused alice 'ermission denied' run --rm --env-file /home/alice/link alpine env
	refused alice 'No such file' run --rm --env-file /home/alice/none alpine env
	has "$(head -c 5 /etc/shadow)" root # the control: it is there
}

t_open_descriptors_do_not_reach_the_client()
{
	local pid fd

	echo private >/tmp/private
	(
		exec 9</tmp/private 77</etc/shadow 3</tmp/private
		as alice undocker run --rm alpine sleep 60
	) >"$W/out" 2>&1 &
	pid=$(client_of) || fail "$pid"
	for fd in "/proc/$pid"/fd/*; do
		case $(readlink "$fd") in
		/tmp/private | /etc/shadow) fail "$fd is open in the client" ;;
		esac
	done
}

t_closed_descriptors_do_no_harm()
{
	(as alice sh -c 'exec undocker run --rm alpine touch /tmp/x 0<&-')
	same 'closed 0' 0 $?
	(as alice sh -c 'exec undocker run --rm alpine sh -c "exit 3" 1>&-')
	same 'closed 1' 3 $?
	(as alice sh -c 'exec undocker run --rm alpine sh -c "exit 3" 2>&-')
	same 'closed 2' 3 $?
	(as alice sh -c 'exec undocker run --rm alpine sh -c "exit 3" 0<&- 1>&- 2>&-')
	same 'closed 0 1 2' 3 $?
	(as alice sh -c 'exec undocker run --privileged alpine true 0<&- 1>&- 2>&-')
	same 'a refusal' 125 $?
}

# what COMMAND...: which signals its docker client ignores.
ignored_by_client()
{
	local pid

	(
		trap '' INT PIPE CHLD HUP USR1
		"$@" run --rm --name deaf alpine sleep 60
	) >"$W/out" 2>&1 &
	pid=$(client_of) || fail "$pid"
	container_of deaf >/dev/null # from then on docker handles signals
	sleep 0.2
	sed -n 's/^SigIgn:[[:space:]]*//p' "/proc/$pid/status"
	kill -KILL "$pid"
	dk rm -f deaf >/dev/null
}

t_ignored_signals_are_as_with_docker()
{
	local theirs mine

	theirs=$(ignored_by_client dk) || fail "$theirs"
	until ! pid_of_client >/dev/null; do sleep 0.05; done
	mine=$(ignored_by_client as alice undocker) || fail "$mine"
	same 'SigIgn of the client' "$theirs" "$mine"
}

t_parent_that_ignores_signals_gets_the_status()
{
	RC=0
	(
		trap '' CHLD PIPE INT
		as alice undocker run --rm alpine sh -c 'exit 3'
	) >"$W/out" 2>&1 || RC=$?
	same status 3 "$RC"
}

# docker itself cannot work in some of these; then nothing must be left behind.
t_tiny_limits_do_no_harm()
{
	local limit

	for limit in '-n 8' '-n 3' '-f 0' '-c 0' '-s 64' '-u 1' '-v 60000' \
		'-v 4000' '-l 0' '-t 1' '-d 100'; do
		# Pipes, because -f 0 is for whoever writes files.
		OUT=$( (as alice bash -c "ulimit $limit
			exec undocker run --rm alpine id -u") 2>&1 | cat
			exit "${PIPESTATUS[0]}")
		RC=$?
		echo "ulimit $limit: $RC $OUT"
		case $RC:$OUT in
		"0:$ALICE") ;;
		0:*) fail "ulimit $limit: exit 0, and '$OUT'" ;;
		*) same "ulimit $limit: containers left" '' "$(dk ps -aq)" ;;
		esac
	done
}

t_argv_without_a_name_does_no_harm()
{
	local program

	for program in undocker undocker-rt undocker-rts; do
		[ -e /usr/bin/$program ] || continue
		try alice $TOOLS/bare.py 0 /usr/bin/$program
		case $RC in
		0 | 125) ;;
		*) fail "$program without argv: exit $RC" ;;
		esac
		engine_untouched
	done
	try root $TOOLS/bare.py 0 /usr/bin/undocker-rt
	case $RC in
	0 | 125) ;;
	*) fail "undocker-rt without argv as root: exit $RC" ;;
	esac
	try alice $TOOLS/bare.py 2 /usr/bin/undocker --unversion
	same status 0 "$RC"
}

t_deleted_working_directory_does_no_harm()
{
	mkdir /tmp/gone
	chown alice /tmp/gone
	try alice sh -c 'cd /tmp/gone && rmdir /tmp/gone && exec undocker run --rm alpine id -u'
	same status 0 "$RC"
	same uid "$ALICE" "$OUT"
	policy <<-'EOS'
	[command:run]
	FORCED=-w $PWD
	EOS
	mkdir /tmp/gone
	chown alice /tmp/gone
	try alice sh -c 'cd /tmp/gone && rmdir /tmp/gone && exec undocker run alpine id -u'
	is_refusal PWD
}

# Nobody holds the runtime between its verdict and its exec.
t_a_full_pipe_as_stderr_holds_nobody()
{
	local rc

	mkfifo "$STATE/full"
	chmod 666 "$STATE/full"
	exec 9<>"$STATE/full"
	head -c 65536 /dev/zero >&9
	(as alice timeout 15 undocker --undebug --norun run alpine true 2>&9)
	rc=$?
	exec 9>&-
	rm -f "$STATE/full"
	same 'status' 0 "$rc"
}
