# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The words that the system tests are written in.

W=/run/undocker-tests # what the running test leaves for its checks
OUT='' ERR='' RC=0    # of the last call
ENV=()                # variables that `as` adds
IN=''                 # the directory that `as` starts in (default: the home)
STDIN=/dev/null

# as USER COMMAND...: becomes what USER's own shell would start, so it stands
# in a ( ), in a pipe or before a &.
as()
{
	local user=$1 name gid home

	shift
	while IFS=: read -r name _ _ gid _ home _; do
		[ "$name" != "$user" ] || break
	done </etc/passwd
	[ "$name" = "$user" ] && cd "${IN:-$home}" || return 97
	exec setpriv --reuid "$user" --regid "$gid" --init-groups \
		env -i HOME="$home" USER="$user" LOGNAME="$user" SHELL=/bin/sh \
		PATH=/usr/local/bin:/usr/bin:/bin TERM=xterm LANG=C.UTF-8 \
		${ENV[@]+"${ENV[@]}"} "$@"
}

# text_of FILE: TEXT becomes what $(...) would make of it, and NUL is an @. A
# process for each would take as long as many a test.
text_of()
{
	if IFS= read -r -d '' TEXT <"$1"; then
		TEXT=$(tr '\0' '@' <"$1")
	fi
	while [ "${TEXT: -1}" = $'\n' ]; do
		TEXT=${TEXT:0:${#TEXT}-1} # with %, bash would take minutes for MiBs
	done
}

# evidence NAME TEXT: the beginning of it.
evidence()
{
	local line n=0

	while IFS= read -r line && [ $((n++)) -lt 20 ]; do
		printf '  %s: %s\n' "$1" "${line:0:400}"
	done <<<"${2:0:16000}"
}

# try USER COMMAND...: as, with OUT, ERR, RC and the moment before kept.
try()
{
	local TEXT

	SINCE=$EPOCHREALTIME
	RC=0
	(as "$@") <"$STDIN" >"$W/out" 2>"$W/err" || RC=$?
	text_of "$W/out"
	OUT=$TEXT
	text_of "$W/err"
	ERR=$TEXT
	echo "+ ${*:1:24} -> $RC"
	[ -z "$OUT" ] || evidence out "$OUT"
	[ -z "$ERR" ] || evidence err "$ERR"
}

# ask METHOD PATH...: what the engine answers to root, without a client.
ask()
{
	$TOOLS/ask $SOCKET "$@"
}

# got USER WORDS...: `undocker WORDS`.
got()
{
	local user=$1

	shift
	try "$user" undocker "$@"
}

# ran USER WORDS...: and it must have worked.
ran()
{
	got "$@"
	[ "$RC" = 0 ] || fail "expected exit 0, got $RC"
}

# Whether this machine's runc is from before 1.1.14.
runc_is_old()
{
	local version

	version=$(runc --version | sed -n 's/^runc version //p')
	[ "$(printf '%s\n' "$version" 1.1.14 | sort -V | head -n 1)" != 1.1.14 ]
}

fail()
{
	echo "FAILED: $*"
	exit 1
}

# The engine was asked for nothing that changes anything since SINCE.
engine_untouched()
{
	local asked

	asked=$(ask GET "/events?since=$SINCE&until=$EPOCHREALTIME") ||
		fail 'the engine does not say what it did'
	[ -n "$asked" ] || return 0
	asked=$(grep -E '"Action":"(create|start|exec_create|pull|commit|import|tag|destroy|kill)' \
		<<<"$asked")
	[ -z "$asked" ] || fail "the engine was asked: $asked"
}

# is_refusal TEXT: the last call was undocker's own refusal, and TEXT is in it.
is_refusal()
{
	local line lines=0 LC_ALL=C

	[ "$RC" = 125 ] || fail "expected exit 125, got $RC"
	case $ERR in
	*"$1"*) ;;
	*) fail "the message lacks '$1'" ;;
	esac
	while IFS= read -r line; do
		[ "${line#undocker: }" != "$line" ] ||
			fail "not undocker's own words: $line"
		lines=$((lines + 1))
	done <<<"$ERR"
	[ "$lines" -le 2 ] || fail 'more than a line (and CONTACT)'
	[ -z "$OUT" ] || fail "output on stdout: $OUT"
	case $ERR in
	*[$'\001'-$'\010'$'\013'-$'\037'$'\177']*)
		fail 'control bytes in the message' ;;
	esac
	engine_untouched
}

# refused USER TEXT WORDS...: undocker refuses WORDS, with TEXT.
refused()
{
	local user=$1 text=$2

	shift 2
	got "$user" "$@"
	is_refusal "$text"
}

# final USER WORDS...: FINAL becomes the argv that docker would get.
final()
{
	local user=$1

	shift
	ran "$user" --norun "$@"
	case $OUT in
	'' | *$'\n'*) fail '--norun printed more than a line' ;;
	esac
	eval "FINAL=($OUT)"
	engine_untouched
}

# has_word WORD / lacks_word WORD: exactly, in FINAL.
has_word()
{
	local word

	for word in "${FINAL[@]}"; do
		[ "$word" != "$1" ] || return 0
	done
	fail "'$1' is not a word of: ${FINAL[*]}"
}

lacks_word()
{
	local word

	for word in "${FINAL[@]}"; do
		[ "$word" != "$1" ] || fail "'$1' is a word of: ${FINAL[*]}"
	done
}

# same WHAT EXPECTED GOT
same()
{
	[ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

# has TEXT PART: PART is in TEXT.
has()
{
	case $1 in
	*"$2"*) ;;
	*) fail "'$2' is not in '$1'" ;;
	esac
}

lacks()
{
	case $1 in
	*"$2"*) fail "'$2' is in '$1'" ;;
	esac
}

# policy: stdin becomes the policy; it starts inside [main].
policy()
{
	rm -rf /etc/undocker.conf
	{
		printf '[main]\nDOCKERPATH=%s\n' "$CLIENT"
		cat
	} >/etc/undocker.conf
	chmod 644 /etc/undocker.conf
}

# What the tests run under unless they say otherwise.
base_policy()
{
	policy <<-'EOS'
	CONTACT=ask it-help@lab.example
	[command:run]
	WHITELIST=-i|--interactive,-t|--tty,-d|--detach,--rm,-e|--env list,\
	--env-file list,-w|--workdir string,--name string,-l|--label list,\
	--sig-proxy
	RESTRICTEDIMAGES=ubuntu:14.04
	[command:run group:gpu]
	WHITELIST=--shm-size bytes
	[command:run group:domain users@corp.example]
	WHITELIST=--hostname string
	[command:run user:bob]
	WHITELIST=-h|--hostname string
	[command:ps]
	WHITELIST=-a|--all,-q|--quiet,--no-trunc,--format string
	[command:images]
	[command:version]
	EOS
}

# container_of NAME: id of the running container, once it is there.
container_of()
{
	local i answer filter='%7B%22name%22%3A%5B%22%5E'$1'%24%22%5D%7D'

	for ((i = 0; i < 250; i++)); do
		answer=$(ask GET "/containers/json?filters=$filter")
		if [[ $answer =~ \"Id\":\"([0-9a-f]+)\" ]]; then
			echo "${BASH_REMATCH[1]}"
			return
		fi
		sleep 0.04
	done
	fail "container $1 did not start"
}

# is_away NAME: waits until the engine counts that container no more: its answer
# to a stop may come before.
is_away()
{
	local i filter='%7B%22name%22%3A%5B%22%5E'$1'%24%22%5D%7D'

	for ((i = 0; i < 250; i++)); do
		[ "$(ask GET "/containers/json?filters=$filter")" != '[]' ] ||
			return 0
		sleep 0.04
	done
	fail "container $1 does not stop"
}

pid_of_client()
{
	local link

	for link in /proc/[0-9]*/exe; do
		if [ "$link" -ef "$CLIENT" ]; then
			link=${link%/exe}
			echo "${link#/proc/}"
			return
		fi
	done
	return 1
}

# client_of: pid of the docker client that runs, once it is there.
client_of()
{
	local i

	for ((i = 0; i < 100; i++)); do
		! pid_of_client || return 0
		sleep 0.05
	done
	fail 'the docker client did not start'
}

# Nothing of a test reaches the next one.
tidy()
{
	local proc object gone=()

	while read -r proc; do
		kill -KILL "$proc" 2>/dev/null
	done < <(find /proc -mindepth 1 -maxdepth 1 -name '[1-9]*' \
		'(' -user $ALICE -o -user $BOB -o -user $CAROL ')' -printf '%f\n')
	kill -CONT "$ENGINE"
	# The engine has a directory for each; asking it takes far longer.
	for object in "$STATE"/docker/containers/*/; do
		object=${object%/}
		gone+=("/containers/${object##*/}?force=1&v=1")
	done
	[ ! -e "${object:-/nonexistent}" ] || ask DELETE "${gone[@]}" >/dev/null 2>&1
	while [ -e /run/undocker/mounts ] &&
		umount -l /run/undocker/mounts 2>/dev/null; do
		:
	done
	rm -rf "$W" /run/undocker /var/lib/undocker /etc/sudoers.d/zz-* \
		/etc/undocker.d /etc/doas.conf /dev/log
	mkdir -p "$W"
	find /tmp /home/alice /home/bob /home/carol /home/lab -mindepth 1 -delete 2>/dev/null
	[ ! -e /etc/undocker.rule ] || mv /etc/undocker.rule /etc/sudoers.d/undocker
	chmod 755 /etc
	chgrp docker $SOCKET
	world_way "$WAY"
	base_policy
}

# Every test runs with each client and each way up, but where a second one shows
# nothing new. Tests whose names begin so need one client only: undocker's answer
# comes before a client starts, or what is looked at is undocker's own work.
ONE_CLIENT='t_explain_ t_policy_ t_bad_ t_words_ t_images_ t_names_ t_labels_ t_global_
	t_references_ t_sudo_ t_doas_ t_packed_ t_hole_3A1_ t_hole_3A3_
	t_hole_3A7_ t_hole_3A8_ t_hole_7_ t_race_ t_mounts_
	t_groups_ t_limits_ t_host_ t_first_ t_audit_ t_completion_
	t_workdir_ t_hole_3A10_ t_hole_3A14_
	t_group_section_ t_user_section_ t_command_without_ t_forged_
	t_hole_3A4_ t_runtime_ t_user_namespace_ t_uid_ t_two_names_
	t_login_uid_ t_own_commands_of_others_ t_own_mixed_ t_own_missing_
	t_own_of_root t_own_by_user t_own_forged_ t_own_image_
	t_own_references t_own_inspect_ t_own_name t_own_tag_ t_own_maximum
	t_own_engine_ t_own_build_ t_copies_of_ t_faults_'

# And these need one way up, the shim: they are about it, or they take long, or,
# once it is known who calls, all follows from the policy and from what the
# engine says. Identity, environment, signals, terminals and the client's
# rights are not such things.
ONE_WAY='t_explain_ t_policy_ t_race_ t_mounts_ t_host_ t_first_ t_registry_
	t_audit_ t_completion_ t_check_client_ t_own_ t_images_ t_names_ t_bad_
	t_labels_ t_references_ t_workdir_ t_hole_7_ t_hole_3A7_ t_hole_3A8_
	t_hole_3A1_ t_hole_3A3_ t_hole_3A10_ t_hole_3A14_
	t_words_blacklisted_ t_words_forced_ t_words_variables_ t_words_unlist_
	t_words_undebug_ t_words_after_ t_limits_ t_groups_ t_group_section_
	t_user_section_ t_command_without_ t_copies_ t_faults_'

wanted()
{
	local pattern

	# What depends on the client and what depends on the way do not meet.
	[ "$CLIENT" = "${CLIENTS[0]}" ] ||
		[ "$WAY" = "${WAYS[${#WAYS[@]} - 1]}" ] || return 1
	for pattern in $ONE_CLIENT; do
		[ "$CLIENT" = "${CLIENTS[0]}" ] || [ "${1#"$pattern"}" = "$1" ] ||
			return 1
	done
	for pattern in $ONE_WAY; do
		[ "$WAY" = "${WAYS[${#WAYS[@]} - 1]}" ] ||
			[ "${1#"$pattern"}" = "$1" ] || return 1
	done
	[ $# -gt 1 ] || return 0
	for pattern in "${@:2}"; do
		# shellcheck disable=SC2254
		case $1 in
		$pattern) return 0 ;;
		esac
	done
	return 1
}

PATIENCE=120 # seconds for one test; for a race, more

# The test in a process of its own; one that hangs is ended, with all that the
# users run, and has failed.
guarded()
{
	local test watch first rc patience=$PATIENCE

	[ "${1#t_race_}" = "$1" ] || patience=240
	(trap - EXIT TERM; "$1") >"$STATE/evidence" 2>&1 &
	test=$!
	sleep "$patience" &
	watch=$!
	wait -n -p first $test $watch 2>/dev/null
	rc=$?
	if [ "$first" = $watch ]; then
		echo "FAILED: not done after $patience seconds" >>"$STATE/evidence"
		rc=1
	fi
	{
		kill -KILL $test $watch
		wait $test $watch
	} 2>/dev/null
	return $rc
}

# run_one NAME WAY CLIENT
run_one()
{
	local began=$EPOCHREALTIME what

	WAY=$2 CLIENT=$3
	what="$1, $WAY, docker ${VERSIONS[$CLIENT]}"
	tidy
	if guarded "$1" || { engine_loses_output "$1" && again "$1"; }; then
		PASSED=$((PASSED + 1))
		printf 'ok %s (%d ms)\n' "$what" \
			$(((${EPOCHREALTIME/./} - ${began/./}) / 1000))
	else
		FAILED=$((FAILED + 1))
		echo "not ok $what"
		sed 's/^/    /' "$STATE/evidence"
	fi
}

# Debian 13's engine: one in fifty `docker run --rm alpine id` says nothing, with
# no undocker near. A race that was lost once is lost.
engine_loses_output()
{
	[ "${1#t_race_}" = "$1" ] && [[ $ENGINE_SAYS =~ \"Version\":\"26\.1\. ]]
}

# again NAME: once more, after what it said the first time.
again()
{
	echo "# $1 failed, and is tried once more with this engine:"
	sed 's/^/#     /' "$STATE/evidence"
	tidy
	guarded "$1"
}

# The control: a check that the engine was not asked can fail.
engine_is_watched()
{
	local SINCE=$EPOCHREALTIME CLIENT=${CLIENTS[0]}

	dk create alpine >/dev/null
	! (engine_untouched) >/dev/null || die 'engine_untouched() sees nothing'
}

# These wait for long; begun last, one of them would be waited for.
SLOW='t_race_ t_explain_cases_go_on_ t_mounts_of_an_engine_that_is_silent_
	t_host_engine_that_is_mute t_own_by_user_takes_ t_own_commands_of_mine'

is_slow()
{
	local pattern

	for pattern in $SLOW; do
		[ "${1#"$pattern"}" = "$1" ] || return 0
	done
	return 1
}

# plan [PATTERN...]: PLAN becomes what is to run, the slow ones first: a line
# "NAME WAY CLIENT" each, the same in every world.
plan()
{
	local name slow=() others=()

	for CLIENT in "${CLIENTS[@]}"; do
		for WAY in "${WAYS[@]}"; do
			for name in $(compgen -A function t_ | sort); do
				wanted "$name" "$@" || continue
				if is_slow "$name"; then
					slow+=("$name $WAY $CLIENT")
				else
					others+=("$name $WAY $CLIENT")
				fi
			done
		done
	done
	PLAN=(${slow[@]+"${slow[@]}"} ${others[@]+"${others[@]}"})
}

# claim NUMBER: this world runs that one, if no other does.
claim()
{
	local rc

	set -C
	{ : >"$SHARED/claims/$1"; } 2>/dev/null
	rc=$?
	set +C
	return $rc
}

declare -A VERSIONS=() # of the clients

run_all()
{
	local i name way client

	PASSED=0 FAILED=0
	mkdir -p /home/lab 2>/dev/null
	engine_is_watched
	for client in "${CLIENTS[@]}"; do
		name=$("$client" --version)
		name=${name#Docker version }
		VERSIONS[$client]=${name%%[+,]*}
	done
	ENGINE_SAYS=$(ask GET /version)
	plan "$@"
	for i in "${!PLAN[@]}"; do
		claim "$i" || continue
		read -r name way client <<<"${PLAN[i]}"
		run_one "$name" "$way" "$client"
	done
	tidy
	echo "$PASSED passed, $FAILED failed of ${#PLAN[@]}"
	[ "$FAILED" = 0 ] && [ "$PASSED" -gt 0 ]
}
