# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Completion of undocker's command lines in bash, and of docker's where docker
# is a link to undocker. What is offered is what undocker itself says: the
# commands and flags by --unlist, containers and the like by ps and its
# relatives, as far as the policy offers these.
#
# What undocker prints comes from policies, containers and images, so from
# others. The shell shall never read it as code: no word list is expanded,
# nothing is evaluated, and a word with any other byte than those that names
# and values have is not offered.

[ -n "${BASH_VERSINFO-}" ] && [ "${BASH_VERSINFO[0]}" -ge 4 ] || return 0

# What was printed for a question, and until when that is believed.
declare -gA _undocker_answers=() _undocker_until=()

# Prints what `undocker WORDS...` does: at once, or not at all. sudo must find
# neither a terminal nor a window to ask for a password. A runtime that hangs
# is root's and cannot be ended from here, so reading ends, too.
_undocker_lines()
{
	local fd line end=$((SECONDS + 2)) n=0

	unset DISPLAY WAYLAND_DISPLAY SUDO_ASKPASS
	exec {fd}< <(exec setsid -w timeout 2 undocker "$@" </dev/null 2>/dev/null)
	while ((n++ < 2000 && SECONDS <= end)) &&
		IFS= read -r -t 2 -u "$fd" line; do
		printf '%s\n' "$line"
	done
}

# _undocker_ask SECONDS WORDS...: _undocker_answer becomes the lines; they are
# asked for once in so many seconds. No answer is an answer for a minute: each
# attempt without a sudo rule is a line in the administrator's log.
_undocker_ask()
{
	local keep=$1 now key

	shift
	key=$*
	printf -v now '%(%s)T' -1
	if ((now >= ${_undocker_until[$key]:-0})); then
		_undocker_answers[$key]=$(_undocker_lines "$@")
		[ -n "${_undocker_answers[$key]}" ] || [ "$1" != --unlist ] ||
			keep=60
		printf -v now '%(%s)T' -1
		_undocker_until[$key]=$((now + keep))
	fi
	mapfile -t _undocker_answer <<<"${_undocker_answers[$key]}"
}

# Offers a word, if it goes on from what is typed.
_undocker_offer()
{
	local word

	for word; do
		case $word in
		'' | *[!A-Za-z0-9._/:@,=+-]*) continue ;;
		esac
		word=$_undocker_before$word
		[ "${word:0:${#_undocker_cur}}" != "$_undocker_cur" ] ||
			COMPREPLY+=("${word#"$_undocker_fixed"}")
	done
}

# readline's own file names, quoted as they need to be.
_undocker_files()
{
	compopt -o default 2>/dev/null
}

# _undocker_commands becomes the commands that this user may use. Behind the
# first empty line, or instead of commands, stand words for people.
_undocker_load_commands()
{
	local line

	_undocker_commands=()
	_undocker_ask 10 --unlist
	for line in "${_undocker_answer[@]}"; do
		[[ $line != '' && $line != '('* ]] || break
		[[ ! $line =~ ^([a-z]+(\ [a-z]+)?):\  ]] ||
			_undocker_commands+=("${BASH_REMATCH[1]}")
	done
}

_undocker_may()
{
	local command

	for command in ${_undocker_commands[@]+"${_undocker_commands[@]}"}; do
		[ "$command" != "$1" ] || return 0
	done
	return 1
}

# A line of a flag, as "-m, --memory BYTES  at most 4g; one of: 1g 2g".
_undocker_load_flag()
{
	local head=${1%%  *} rest=${1#*one of: } choices='' type=bool

	[ "$rest" = "$1" ] || choices=${rest%%;*}
	[[ ! $head =~ \ ([^-\ ][^\ ]*)$ ]] || type=${BASH_REMATCH[1]}
	while [[ $head =~ ^(-[A-Za-z0-9-]+)(,?\ |$)(.*)$ ]]; do
		_undocker_flags[${BASH_REMATCH[1]}]=$type
		_undocker_choices[${BASH_REMATCH[1]}]=$choices
		head=${BASH_REMATCH[3]}
	done
}

# _undocker_load COMMAND: _undocker_flags becomes its flags, with "bool" or the
# word for the value; _undocker_facts what else is said of the command.
_undocker_load()
{
	local line

	_undocker_flags=() _undocker_choices=() _undocker_facts=()
	# shellcheck disable=SC2086 # the two words of a command
	_undocker_ask 10 --unlist $1
	for line in "${_undocker_answer[@]}"; do
		case $line in
		'    -'*) _undocker_load_flag "${line:4}" ;;
		'    any container' | '    shows your own containers only')
			_undocker_facts[${line:4}]=yes
			;;
		'    images: '* | '    images refused: '* | '    registries: '*)
			line=${line:4}
			_undocker_facts[${line%%: *}]=${line#*: }
			;;
		esac
	done
}

# The words up to the cursor as undocker would get them, though readline also
# splits at = and : and the like. The last is what is being typed.
_undocker_split()
{
	local i piece bare rest=${COMP_LINE:0:COMP_POINT}

	_undocker_words=()
	for ((i = 0; i <= COMP_CWORD; i++)); do
		bare=${rest#"${rest%%[![:space:]]*}"}
		piece=${COMP_WORDS[i]}
		((i < COMP_CWORD)) || piece=$bare
		if ((i == 0)) || [ "$bare" != "$rest" ]; then
			_undocker_words+=("$piece")
		else
			_undocker_words[${#_undocker_words[@]} - 1]+=$piece
		fi
		rest=${bare#"$piece"}
	done
}

# _undocker_at becomes the place of the command's first word, or of the word
# that is being typed if that may become one.
_undocker_find_command()
{
	local last=$((${#_undocker_words[@]} - 1))

	for ((_undocker_at = 1; _undocker_at < last; _undocker_at++)); do
		case ${_undocker_words[_undocker_at]} in
		-H | -c | -l | --host | --context | --log-level | --config | \
			--tlscacert | --tlscert | --tlskey)
			_undocker_at=$((_undocker_at + 1))
			;;
		--unlist) _undocker_listing=yes ;;
		-*) ;;
		*) break ;;
		esac
	done
}

# Whether the flag WORD takes the next word: --name, or the last of letters.
_undocker_takes_next()
{
	local word=$1 word_at letter

	if [[ $word == --* ]]; then
		[ "${_undocker_flags[$word]-bool}" != bool ]
		return
	fi
	for ((word_at = 1; word_at < ${#word}; word_at++)); do
		letter=-${word:word_at:1}
		if [ "${_undocker_flags[$letter]-bool}" != bool ]; then
			_undocker_flag=$letter
			((word_at == ${#word} - 1))
			return
		fi
	done
	return 1
}

# _undocker_read_line COMMAND FROM: what is being typed: _undocker_flag is the
# flag whose value it is, else it is operand number _undocker_operand (from 0),
# or, where _undocker_open, maybe a flag.
_undocker_read_line()
{
	local i word last=$((${#_undocker_words[@]} - 1))

	_undocker_flag='' _undocker_operand=0 _undocker_open=yes
	for ((i = $2; i < last; i++)); do
		word=${_undocker_words[i]}
		if [ -n "$_undocker_open" ] && [ "$word" = -- ]; then
			_undocker_open=''
		elif [ -n "$_undocker_open" ] && [[ $word == -?* ]]; then
			_undocker_flag=$word
			! _undocker_takes_next "$word" || ((++i < last)) || return
			_undocker_flag=''
		else
			_undocker_operand=$((_undocker_operand + 1))
			case $1 in
			run | create | exec | top) _undocker_open='' ;;
			esac
		fi
	done
}

# Offers what can be told from patterns: alternatives without any magic.
_undocker_offer_patterns()
{
	local word words

	read -r -d '' -a words <<<"${1//|/ }"
	for word in ${words[@]+"${words[@]}"}; do
		word=${word//\\./.}
		[[ $word == *+* ]] || _undocker_offer "$word"
	done
}

# _undocker_fits NAME PATTERNS UNSURE: whether one of the patterns fits. They
# are not quite the shell's: of those that may differ the answer is UNSURE.
_undocker_fits()
{
	local pattern patterns

	read -r -d '' -a patterns <<<"$2"
	for pattern in ${patterns[@]+"${patterns[@]}"}; do
		if [[ $pattern == *'(?'* || $pattern =~ \\[A-Za-z0-9] ]]; then
			[ "$3" = no ] || return 0
			continue
		fi
		[[ $1 =~ ^($pattern)$ || ${1%:latest} =~ ^($pattern)$ ]] 2>/dev/null
		case $?:$3 in
		0:* | 2:yes) return 0 ;; # 2: not even a pattern here
		esac
	done
	return 1
}

# _undocker_names all|running: the containers that are this user's, or all
# where he may use all.
_undocker_names()
{
	local words=(ps) name line own='' any=${_undocker_facts[any container]-}

	_undocker_may ps || return 0
	local -A _undocker_flags _undocker_choices _undocker_facts
	_undocker_load ps
	[ -n "$any" ] || [ -n "${_undocker_facts[shows your own containers only]-}" ] ||
		own=$UID
	[ "$1" = running ] || [ -z "${_undocker_flags[--all]-}" ] ||
		words+=(--all)
	if [ -n "${_undocker_flags[--format]-}" ]; then
		words+=(--format '{{.Label "undocker.uid"}} {{.Names}}')
	elif [ -n "$own" ] && [ -n "${_undocker_flags[--filter]-}" ]; then
		words+=(--filter "label=undocker.uid=$own")
		own=''
	else
		own=''
	fi
	_undocker_ask 3 "${words[@]}"
	for line in "${_undocker_answer[@]}"; do
		# Without a format it is a table, and the name its last column.
		[[ $line != 'CONTAINER ID '* ]] || continue
		[ -z "$own" ] || [ "${line%% *}" = "$own" ] || continue
		# A container that others link to has their names for it, too.
		while IFS= read -r -d , name; do
			[[ $name == */* ]] || _undocker_offer "$name"
		done <<<"${line##* },"
	done
}

# _undocker_objects COMMAND FORMAT: _undocker_answer becomes what docker's
# COMMAND lists.
_undocker_objects()
{
	local -A _undocker_flags _undocker_choices _undocker_facts

	_undocker_answer=('')
	_undocker_may "$1" || return 0
	_undocker_load "$1"
	_undocker_answer=('')
	[ -n "${_undocker_flags[--format]-}" ] || return 0
	# shellcheck disable=SC2086 # the two words of a command
	_undocker_ask 3 $1 --format "$2"
}

_undocker_networks()
{
	_undocker_objects 'network ls' '{{.Name}}'
	_undocker_offer "${_undocker_answer[@]}"
}

_undocker_volumes()
{
	_undocker_objects 'volume ls' '{{.Name}}'
	_undocker_offer "${_undocker_answer[@]}"
}

# Images that the command may have, as far as patterns can be compared here.
_undocker_images()
{
	local image allowed=${_undocker_facts[images]-any}
	local refused=${_undocker_facts[images refused]-}

	_undocker_objects images '{{.Repository}}:{{.Tag}}'
	for image in "${_undocker_answer[@]}"; do
		[ "$allowed" = any ] || _undocker_fits "$image" "$allowed" yes ||
			continue
		_undocker_fits "$image" "$refused" no || _undocker_offer "$image"
	done
}

# _undocker_value FLAG: what may stand behind it.
_undocker_value()
{
	local typed=${_undocker_cur#"$_undocker_before"}

	if [ -n "${_undocker_choices[$1]-}" ]; then
		_undocker_offer_patterns "${_undocker_choices[$1]}"
		return
	fi
	case ${_undocker_flags[$1]-}:$1 in
	FILE:*) _undocker_files ;;
	SOURCE:TARGET:*) # the host's path; what follows is the container's
		case $typed in
		*:*) ;;
		[/.~]*) _undocker_files ;;
		*) _undocker_volumes ;;
		esac
		;;
	NETWORK:*) _undocker_networks ;;
	CONTAINER:*) _undocker_names all ;;
	*:--pull) _undocker_offer always missing never ;;
	*:--restart) _undocker_offer no always on-failure unless-stopped ;;
	*:--log-level) _undocker_offer debug info warn error fatal ;;
	esac
}

# _undocker_operands COMMAND: an image, a container and so on, by the command.
_undocker_operands()
{
	case $1:$_undocker_operand in
	run:0 | create:0 | history:0 | push:0 | save:* | rmi:* | tag:0 | \
		pull:0 | 'image inspect':*)
		_undocker_images
		;;
	attach:0 | exec:0 | top:0 | port:0 | kill:* | pause:* | stop:* | \
		stats:* | wait:*)
		_undocker_names running
		;;
	export:0 | logs:0 | rename:0 | restart:* | rm:* | \
		start:* | unpause:* | update:* | inspect:* | \
		'container inspect':* | 'network connect':1 | \
		'network disconnect':1)
		_undocker_names all
		;;
	'network connect':0 | 'network disconnect':0 | 'network inspect':* | \
		'network rm':*)
		_undocker_networks
		;;
	'volume inspect':* | 'volume rm':* | 'volume update':0)
		_undocker_volumes
		;;
	login:0 | logout:0)
		_undocker_offer_patterns "${_undocker_facts[registries]-}"
		;;
	cp:*) _undocker_names all; _undocker_files ;;
	run:* | create:* | exec:* | build:* | import:0) _undocker_files ;;
	esac
}

# The long forms of commands, as undocker's own list has them.
_undocker_short_form()
{
	case $_undocker_command in
	'container ls' | 'container list') _undocker_command='ps' ;;
	'container remove' | remove) _undocker_command='rm' ;;
	'container inspect' | 'container prune') ;;
	'container '*) _undocker_command=${_undocker_command#container } ;;
	'image ls' | 'image list') _undocker_command='images' ;;
	'image rm' | 'image remove') _undocker_command='rmi' ;;
	'image inspect' | 'image prune') ;;
	'image '*) _undocker_command=${_undocker_command#image } ;;
	'network list' | 'volume list') _undocker_command=${_undocker_command%ist}s ;;
	'network remove' | 'volume remove') _undocker_command=${_undocker_command%emove}m ;;
	esac
}

# The words that can stand where the command begins.
_undocker_offer_commands()
{
	local command seen=' '

	if [[ $_undocker_cur == -* || -z $_undocker_cur ]]; then
		_undocker_offer --norun --undebug --unlist --unhelp --unversion
	fi
	for command in ${_undocker_commands[@]+"${_undocker_commands[@]}"}; do
		command=${command%% *}
		[[ $seen != *" $command "* ]] || continue
		seen+="$command "
		_undocker_offer "$command"
	done
}

# The second word of a command of two.
_undocker_offer_second()
{
	local command

	for command in ${_undocker_commands[@]+"${_undocker_commands[@]}"}; do
		[[ $command != "$1 "* ]] || _undocker_offer "${command#* }"
	done
}

# _undocker_offer_rest FROM: what can stand behind the command.
_undocker_offer_rest()
{
	local -A _undocker_flags _undocker_choices _undocker_facts
	local _undocker_flag _undocker_operand _undocker_open

	_undocker_may "$_undocker_command" || return 0
	_undocker_load "$_undocker_command"
	_undocker_read_line "$_undocker_command" "$1"
	if [ -n "$_undocker_flag" ]; then
		_undocker_value "$_undocker_flag"
	elif [ -n "$_undocker_open" ] && [[ $_undocker_cur == --*=* ]]; then
		_undocker_before=${_undocker_cur%%=*}=
		_undocker_value "${_undocker_before%=}"
	elif [ -n "$_undocker_open" ] && [[ $_undocker_cur == -* ]]; then
		_undocker_offer "${!_undocker_flags[@]}"
	else
		_undocker_operands "$_undocker_command"
	fi
}

_undocker()
{
	local IFS=$' \t\n' _undocker_at _undocker_listing='' _undocker_command
	local _undocker_cur _undocker_fixed _undocker_before='' from
	local -a _undocker_words _undocker_commands _undocker_answer

	COMPREPLY=()
	_undocker_split
	_undocker_cur=${_undocker_words[${#_undocker_words[@]} - 1]}
	# readline replaces $2 only; the quote before it is readline's, too.
	_undocker_fixed=${_undocker_cur%"$2"}
	case $_undocker_fixed in
	[\"\']*) _undocker_fixed=${_undocker_fixed:1} _undocker_cur=${_undocker_cur:1} ;;
	esac
	_undocker_find_command
	_undocker_load_commands
	from=$((_undocker_at + 1))
	if ((from == ${#_undocker_words[@]})); then
		_undocker_offer_commands
		return
	fi
	_undocker_command=${_undocker_words[_undocker_at]-}
	case $_undocker_command in
	container | image | network | volume | system | builder)
		if ((from + 1 == ${#_undocker_words[@]})); then
			_undocker_offer_second "$_undocker_command"
			return
		fi
		_undocker_command+=" ${_undocker_words[from]-}"
		from=$((from + 1))
		;;
	esac
	_undocker_short_form
	[ -n "$_undocker_listing" ] || _undocker_offer_rest "$from"
}

complete -F _undocker undocker
if [[ $(type -P docker) -ef $(type -P undocker) ]]; then
	complete -F _undocker docker
fi
