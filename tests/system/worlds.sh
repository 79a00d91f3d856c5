# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Several private worlds side by side: most of a test is waiting. Each has its
# own mounts, processes, network, engine and cgroup, and takes the next test
# that no other has taken, until there is none.

SHARED=   # what all the worlds use, and the files that say what is taken
STATES=() # the worlds' directories, and below each its output in `log`
PIDS=()

# worlds_run SELF ARGS...: 0 if all tests passed and none was lost.
worlds_run()
{
	local i

	trap worlds_forget EXIT
	trap 'kill -KILL "${PIDS[@]}" 2>/dev/null; wait; exit 130' INT TERM HUP
	SHARED=$(mktemp -d /var/tmp/undocker-system.XXXXXX) || return 1
	mkdir "$SHARED/claims"
	(
		set -e
		shared_tools "$SHARED/tools"
		shared_roots "$SHARED/roots"
		shared_programs "$SHARED/programs"
	) || return 1
	for ((i = 0; i < WORLDS; i++)); do
		STATE=$(mktemp -d /var/tmp/undocker-system.XXXXXX) || return 1
		STATES+=("$STATE")
		if [ "$WORLDS" = 1 ]; then
			world_inside "$@" </dev/null &
		else
			world_inside "$@" </dev/null >"$STATE/log" 2>&1 &
		fi
		PIDS+=($!)
	done
	if [ "$WORLDS" = 1 ]; then
		wait "${PIDS[0]}"
	else
		worlds_wait
	fi
}

# Prints what the worlds said, the failures last, and what they sum up to.
worlds_wait()
{
	local i passed=0 failed=0 all=none line
	local sum='^([0-9]+) passed, ([0-9]+) failed of ([0-9]+)$'

	for i in "${!PIDS[@]}"; do
		wait "${PIDS[i]}"
		echo "# world $((i + 1)) of $WORLDS"
		grep -aE '^(ok|#) ' "${STATES[i]}/log"
	done
	for i in "${!PIDS[@]}"; do
		grep -avE "^(ok|#) |$sum" "${STATES[i]}/log"
		line=$(tail -n 1 "${STATES[i]}/log")
		if [[ $line =~ $sum ]]; then
			passed=$((passed + BASH_REMATCH[1]))
			failed=$((failed + BASH_REMATCH[2]))
			all=${BASH_REMATCH[3]}
		else
			echo "not ok world $((i + 1)) ended before its tests"
			failed=$((failed + 1))
		fi
	done
	if [ "$failed" = 0 ] && [ "$passed" != "$all" ]; then
		echo "not ok: $passed tests ran, and there are $all"
		failed=1
	fi
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

worlds_forget()
{
	for STATE in "${STATES[@]}"; do
		world_forget
	done
	[ -z "$SHARED" ] || rm -rf --one-file-system "$SHARED"
}
