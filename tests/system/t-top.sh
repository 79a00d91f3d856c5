# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# top: the engine runs ps as root, with words of the command line.

# top_scene: alice's container `hers`, with a process of hers whose number is
# SIZE; and bob's on the host, with SIZE pages, a variable, and a name and
# arguments that hold the number of hers.
top_scene()
{
	local bob i

	policy <<-'EOS'
	[command:run]
	WHITELIST=-d|--detach,--name string
	[command:exec]
	[command:top]
	EOS
	ran alice run -d --name hers alpine sleep 300
	HERS=$(dk inspect --format '{{.State.Pid}}' hers)
	# So large that the number of its pages is no process's yet.
	cat >"/home/bob/bobs $HERS" <<-'EOS'
	#!/usr/bin/python3
	import mmap, time
	room = mmap.mmap(-1, 80 << 20)
	time.sleep(300)
	EOS
	chmod 755 "/home/bob/bobs $HERS"
	(
		ENV=(BOBS=bobs-variable)
		as bob "/home/bob/bobs $HERS" bobs-words "$HERS" - "$HERS" \
			$'\n' "$HERS" $'\n-'
	) >/dev/null 2>&1 &
	bob=$!
	for ((i = 0; i < 100; i++)); do
		[ "$(ps -o comm= -p $bob)" != "bobs $HERS" ] || break
		sleep 0.05
	done
	# A user waits until the numbers meet; other worlds count on, too.
	for ((i = 0; i < 40; i++)); do
		sleep 0.3
		SIZE=$(ps -o sz= -p $bob | tr -d ' ')
		echo $((SIZE - 40)) >/proc/sys/kernel/ns_last_pid
		dk exec -d hers sh -c \
			'for i in $(seq 80); do sleep 300 & done; wait'
		! dk top hers -o pid | grep -qw "$SIZE" || return 0
	done
	fail "no process of hers has the number $SIZE"
}

t_top_shows_nothing_of_others()
{
	local words

	top_scene
	# The control: docker alone shows what bob's has in its environment.
	OUT=$(dk top hers -eosz=PID -oruser -oargs f e)
	has "$OUT" bobs-variable
	refused alice 'the engine runs ps as root' \
		top hers -eosz=PID -oruser -oargs f e
	refused alice 'the engine runs ps as root' top hers -eouid=PID -oargs f
	refused alice 'the engine runs ps as root' top hers aux e
	for words in '' aux -aux -ef '-o pid,comm' '-eo pid,args' \
		'ax -o user,pid,args'; do
		# shellcheck disable=SC2086
		ran alice top hers $words
		has "$OUT" sleep
		lacks "$OUT" bobs
	done
	ran alice top hers -o pid,comm
	has "$OUT" "$SIZE"
}

# Where ps cannot look at some processes only, the engine chooses from the
# lines of all by their PID.
t_top_shows_nothing_of_others_in_a_list_of_all()
{
	local words

	# shellcheck disable=SC2064
	trap 'rm -f /usr/local/sbin/ps' EXIT
	top_scene
	cat >/usr/local/sbin/ps <<-'EOS'
	#!/bin/sh
	for word; do
		case $word in
		-q*) exit 1 ;;
		esac
	done
	exec /usr/bin/ps "$@"
	EOS
	chmod 755 /usr/local/sbin/ps
	# The control: a name of his is where the PID should be.
	OUT=$(dk top hers -eo comm,pid,args)
	has "$OUT" bobs-words
	refused alice "'comm' must stand behind pid" \
		top hers -eo comm,pid,args
	for words in '' aux -ef -e '-eo pid,comm' '-eo pid,args,tty' \
		'ax -o user,pid,args' '-eo ppid,pgid,user,uid,stat,time,etime,pcpu,pmem,rss,vsz,nice,pid,tty,comm,args'; do
		# shellcheck disable=SC2086
		ran alice top hers $words
		has "$OUT" sleep
		lacks "$OUT" bobs
	done
}
