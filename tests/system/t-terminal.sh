# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Terminals: real ones, with sudo's own pty between and without.

PTY="$TOOLS/terminal.py"

# on_pty USER STEP... -- COMMAND
on_pty()
{
	local user=$1

	shift
	try "$user" "$PTY" "$@"
	OUT=${OUT//$'\r'/}
}

sudo_pty()
{
	echo "Defaults $1use_pty" >/etc/sudoers.d/zz-pty
	chmod 440 /etc/sudoers.d/zz-pty
}

t_it_gives_a_terminal()
{
	local pty

	for pty in '' '!'; do
		sudo_pty "$pty"
		on_pty alice size:33x101 -- undocker run --rm -it alpine \
			sh -c 'sleep 0.5; tty; stty size; exit 5'
		same status 5 "$RC"
		has "$OUT" /dev/pts/0
		has "$OUT" '33 101'
	done
}

t_it_ash_is_interactive()
{
	on_pty alice 'expect:[$#] ' 'send:echo $((6*7)) `id -u`\r' \
		"expect:42 $ALICE" 'send:exit 4\r' -- undocker run -it --rm alpine ash
	same status 4 "$RC"
}

t_it_without_a_terminal_is_dockers_error()
{
	got alice run --rm -it alpine true
	[ "$RC" != 0 ] || fail 'docker -t without a terminal must fail'
	has "$ERR" TTY
}

t_it_window_changes_arrive()
{
	# More than once: docker's client listens a moment after the start.
	on_pty alice size:24x80 'expect:ready' size:51x132 pause:1 size:50x100 \
		pause:1 size:51x132 pause:2 size:50x100 pause:2 size:51x132 \
		'expect:grew' \
		-- undocker run --rm -it alpine sh -c 'echo ready
		while sleep 0.1; do
			[ "$(stty size)" != "51 132" ] || { echo grew; exit 6; }
		done'
	same status 6 "$RC"
}

t_it_ctrl_c_goes_to_the_container()
{
	on_pty alice 'expect:ready' 'send:\x03' 'expect:interrupted' -- \
		undocker run --rm -it alpine sh -c \
		'trap "echo interrupted; exit 9" INT; echo ready; while :; do sleep 0.1; done'
	same status 9 "$RC"
}

t_ctrl_c_without_t_is_forwarded()
{
	on_pty alice 'expect:ready' 'send:\x03' -- \
		undocker run --rm alpine sh -c \
		'trap "echo interrupted; exit 9" INT; echo ready; while :; do sleep 0.1; done'
	same status 9 "$RC"
}

# (Without --sig-proxy=false docker itself forwards Ctrl-Z to the container.)
t_ctrl_z_stops_and_fg_goes_on()
{
	local pty

	for pty in '' '!'; do
		sudo_pty "$pty"
		on_pty alice 'expect:\$ ' \
			"send:undocker run --rm --sig-proxy=false alpine sh -c 'echo rea\"\"dy; sleep 1; echo wo\"\"ke; exit 6'\\r" \
			'expect:ready' 'send:\x1a' 'expect:[Ss]topped' 'expect:\$ ' \
			'send:fg\r' 'expect:woke' 'expect:\$ ' 'send:echo status=$?\r' 'expect:status=6' \
			'send:exit 0\r' -- bash --norc -i
		same status 0 "$RC"
	done
}

t_terminal_is_left_as_it_was()
{
	on_pty alice 'expect:\$ ' 'send:stty -g >before\r' 'expect:\$ ' \
		'send:undocker run --rm -it alpine true; stty -g >after\r' \
		'expect:\$ ' 'send:cmp before after && echo sa""me\r' \
		'expect:same' 'send:exit 0\r' -- sh -i
	same status 0 "$RC"
}

t_detach_keys_work()
{
	on_pty alice 'expect:[$#] ' 'send:\x10\x11' -- \
		undocker run -it --name detached alpine ash
	same status 0 "$RC"
	container_of detached >/dev/null
}

t_script_utility_sees_the_status()
{
	try alice script -qec 'undocker run --rm -it alpine sh -c "exit 8"' /dev/null
	same status 8 "$RC"
}

t_hang_up_ends_the_client()
{
	local pid i

	(as alice "$PTY" 'expect:ready' -- undocker run --rm -it alpine \
		sh -c 'trap "exit 1" HUP; echo ready; while :; do sleep 0.1; done') \
		>"$W/out" 2>&1 &
	pid=$(client_of) || fail "$pid"
	sleep 1
	kill -KILL $!
	wait 2>/dev/null
	for ((i = 0; i < 50; i++)); do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.1
	done
	fail 'the client outlives its terminal'
}
