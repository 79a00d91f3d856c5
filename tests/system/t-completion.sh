# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Completion in bash: what Tab offers, and that nothing it reads is run.

COMPLETION=/usr/share/bash-completion/completions/undocker

# The words as readline splits them, and the function as it calls it.
completion_driver()
{
	cat >"$W/offer" <<-'EOS'
	set -u
	. "$1"
	split()
	{
		local i c now last=blank

		COMP_WORDS=()
		for ((i = 0; i < ${#1}; i++)); do
			c=${1:i:1}
			case $c in
			' ') now=blank ;;
			[:=]) now=break ;;
			*) now=word ;;
			esac
			[ $now = blank ] || if [ $now = "$last" ]; then
				COMP_WORDS[${#COMP_WORDS[@]} - 1]+=$c
			else
				COMP_WORDS+=("$c")
			fi
			last=$now
		done
		[ "$last" != blank ] || COMP_WORDS+=('')
	}
	for COMP_LINE in "${@:2}"; do
		COMP_POINT=${#COMP_LINE}
		split "$COMP_LINE"
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		word=${COMP_LINE##*[ :=\"]}
		_undocker undocker "$word" ''
		for offer in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do
			printf '%s\n' "$offer"
		done
	done
	EOS
	chmod 644 "$W/offer"
	chmod 755 "$W"
}

# offers USER LINE WORD...: Tab behind LINE offers these words and no other.
offers()
{
	local user=$1 line=$2

	shift 2
	[ -e "$W/offer" ] || completion_driver
	try "$user" bash "$W/offer" $COMPLETION "$line"
	same "stderr of '$line'" '' "$ERR"
	same "'$line'" "$(printf '%s\n' "$@" | sort)" "$(sort <<<"$OUT")"
}

completion_policy()
{
	policy <<-'EOS'
	CONTACT=mail: it-help@lab.example
	[command:run]
	WHITELIST=-i|--interactive,-t|--tty,-d|--detach,--rm,-m|--memory bytes,\
	-v|--volume list,--network network,--name string,--env-file list
	ALLOWEDIMAGES=alpine.* claims:(bob|x) raise
	RESTRICTEDIMAGES=alpine:3
	ALLOWEDVALUES=--network=none --network=bridge|lab\.net --network=x.*
	[command:run user:bob]
	WHITELIST=--privileged
	[command:ps]
	WHITELIST=-a|--all,--format string
	[command:images]
	WHITELIST=--format string
	[command:exec]
	WHITELIST=-i|--interactive
	[command:rm]
	WHITELIST=-f|--force
	[command:network ls]
	[command:volume ls]
	WHITELIST=--format string
	[command:volume rm user:bob]
	EOS
}

t_completion_offers_what_the_user_may()
{
	completion_policy
	offers alice 'undocker ' --norun --undebug --unlist --unhelp \
		--unversion run ps images exec rm network volume
	offers alice 'undocker r' run rm
	offers alice 'undocker --norun r' run rm
	offers alice 'undocker --un' --undebug --unlist --unhelp --unversion
	offers alice 'undocker --unlist ex' exec
	offers alice 'undocker --unlist run ' ''
	offers alice 'undocker network ' ls
	offers alice 'undocker volume ' ls
	offers bob 'undocker volume ' ls rm
	offers alice 'undocker run --' --interactive --tty --detach --rm \
		--memory --volume --network --net --name --env-file
	offers alice 'undocker run -m 4g --r' --rm
	offers alice 'undocker run --p' ''
	offers bob 'undocker run --p' --privileged
	offers alice 'undocker container rm -' -f --force
	offers alice 'undocker kill -' ''
	offers carol 'undocker nosuch ' ''
	rm /etc/undocker.conf
	offers alice 'undocker r' ''
}

t_completion_offers_values_and_images()
{
	completion_policy
	dk tag alpine:latest registry.example:5000/lab/alpine:2
	dk tag alpine:latest alpine:3
	offers alice 'undocker run --network ' none bridge lab.net
	offers alice 'undocker run --net=b' bridge
	offers alice 'undocker run -it --memory 4g ' alpine:latest claims:bob \
		raise:latest
	offers alice 'undocker run -m ' ''
	offers alice 'undocker run -itm ' ''
	offers alice 'undocker run -itm 1 a' alpine:latest
	offers alice 'undocker run claims:' bob
	offers alice 'undocker run alpine -' ''
	offers alice 'undocker run alpine run ' ''
	completion_policy
	sed -i 's/^\(ALLOWED\|RESTRICTED\)IMAGES=.*/ALLOWEDIMAGES=(?:reg).*/' \
		/etc/undocker.conf
	offers alice 'undocker run registry.example:50' 5000/lab/alpine:2
	dk rmi registry.example:5000/lab/alpine:2 alpine:3
}

t_completion_offers_the_users_own_containers()
{
	local who id

	completion_policy
	for who in alice bob; do
		ran $who run -d --name "web-$who" alpine sleep 60
		ran $who run --name "old-$who" alpine true
	done
	offers alice 'undocker rm ' web-alice old-alice
	offers alice 'undocker rm -f web-alice o' old-alice
	offers alice 'undocker exec ' web-alice
	offers alice 'undocker exec -i w' web-alice
	offers bob 'undocker exec ' web-bob
	# Without --format the list is a table, and narrowed by the policy.
	sed -i 's/^WHITELIST=-a|--all,--format string/UIDMUSTMATCH=true/' \
		/etc/undocker.conf
	offers alice 'undocker rm ' web-alice
	sed -i '/^.command:ps/,/^UIDMUST/d' /etc/undocker.conf
	offers alice 'undocker rm ' ''
	id=$(container_of web-alice)
	[ -n "$id" ]
}

# Names and policies are others' text; here from an undocker that is worse.
t_completion_runs_nothing_that_it_reads()
{
	mkdir -p /home/lab/bin
	cat >/home/lab/bin/undocker <<-'EOS'
	#!/bin/bash
	echo "$*" >>/home/lab/bin/asked
	bad='$(touch${IFS}/home/lab/ran) `touch${IFS}/home/lab/ran` ;touch${IFS}/home/lab/ran * ~ {a,b} $HOME'
	case $* in
	--unlist)
		echo 'run: -m'
		echo 'rm: no flags'
		echo 'ps: -a'
		echo 'images: no flags'
		for word in $bad; do echo "$word: no flags"; done
		;;
	'--unlist '*)
		echo '    --format VALUE'
		echo '    -a, --all'
		echo '    --network NETWORK  one of: good '"$bad"
		echo "    images: $bad (.*)"
		for word in $bad; do
			echo "    --$word VALUE"
			echo "    -a[$word], --b$word VALUE  one of: $word"
		done
		;;
	*)
		[[ $* != ps* ]] || label="$UID "
		echo "${label-}good"
		for word in $bad; do echo "${label-}$word"; done
		;;
	esac
	EOS
	chmod 755 /home/lab/bin/undocker
	chmod 777 /home/lab/bin /home/lab
	touch /home/lab/bin/asked
	chmod 666 /home/lab/bin/asked
	ENV=(PATH=/home/lab/bin:/usr/bin:/bin)
	offers alice 'undocker r' run rm
	offers alice 'undocker run --' --format --all --network
	offers alice 'undocker run --network ' good
	offers alice 'undocker run ' good
	offers alice 'undocker rm ' good
	offers alice 'undocker rm $(touch${IFS}/home/lab/ran) -$(touch${IFS}/home/lab/ran) g' good
	offers alice 'undocker run --a[$(touch${IFS}/home/lab/ran)] -a[$(touch${IFS}/home/lab/ran)] g' good
	offers alice 'undocker $(touch${IFS}/home/lab/ran) ' ''
	offers alice 'undocker rm "' good
	[ ! -e /home/lab/ran ] || fail 'it was run'
	# One shell asks once, however often Tab is pressed.
	: >/home/lab/bin/asked
	try alice bash "$W/offer" $COMPLETION 'undocker rm ' 'undocker rm g' \
		'undocker rm go'
	same offers good-good-good "$(paste -sd- <<<"$OUT")"
	same questions 4 "$(wc -l </home/lab/bin/asked)"
	rm -r /home/lab/bin
}

# A runtime that hangs cannot be ended by its user; the prompt comes back.
t_completion_waits_for_nobody()
{
	local began

	mkdir -p /home/lab/bin
	printf '#!/bin/bash\ntrap "" TERM\nsleep 30\n' >/home/lab/bin/undocker
	chmod 755 /home/lab/bin/undocker
	ENV=(PATH=/home/lab/bin:/usr/bin:/bin)
	began=$SECONDS
	offers alice 'undocker r' ''
	((SECONDS - began < 10)) || fail 'it hung'
	rm -r /home/lab/bin
}

# keys STEP...: an interactive bash of alice's, with completion.
keys()
{
	printf 'PS1="ready> "\nbind "set bell-style none"\n. %s\n' \
		"$COMPLETION" >"$W/rc"
	chmod 755 "$W"
	try alice $TOOLS/terminal.py 'expect:ready> ' "$@" \
		'send:\x15echo al""ive\n' expect:alive 'send:exit\n' \
		-- bash --noprofile --rcfile "$W/rc" -i
	same 'exit of the shell' 0 "$RC"
}

t_completion_of_a_real_tab()
{
	completion_policy
	dk tag alpine:latest registry.example:5000/lab/alpine:2
	sed -i 's/^ALLOWEDIMAGES=/&registry.* /' /etc/undocker.conf
	keys 'send:undocker vo\t' 'expect:undocker volume ' 'send:\t' 'expect:ls ' \
		'send:\x15undocker run --mem\t' 'expect:--memory ' \
		'send:4g registry.example:50\t' 'expect:registry.example:5000/lab/alpine:2 ' \
		'send:\x15undocker run --network=br\t' 'expect:--network=bridge ' \
		'send:\x15undocker run --env-file /etc/host\t' 'expect:/etc/host[s-]?'
	dk rmi registry.example:5000/lab/alpine:2
}

t_completion_never_asks_for_a_password()
{
	world_way sudo
	completion_policy
	keys 'send:undocker vo\t' 'expect:undocker volume '
	mv /etc/sudoers.d/undocker /etc/undocker.rule
	ENV=(DISPLAY=:0 SUDO_ASKPASS=/home/lab/ask)
	printf '#!/bin/sh\ntouch /home/lab/asked\n' >/home/lab/ask
	chmod 755 /home/lab/ask
	chmod 777 /home/lab
	keys 'send:undocker vo\t' pause:1 'send:\t' pause:1
	mv /etc/undocker.rule /etc/sudoers.d/undocker
	lacks "$OUT" assword
	lacks "$OUT" volume
	[ ! -e /home/lab/asked ] || fail 'it asked in a window'
	rm /home/lab/ask
}

t_completion_of_docker_where_it_is_undocker()
{
	try alice bash -c ". $COMPLETION; complete -p docker"
	[ "$RC" != 0 ] || fail "docker's own is replaced"
	mkdir -p /home/lab/bin
	ln -s /usr/bin/undocker /home/lab/bin/docker
	ENV=(PATH=/home/lab/bin:/usr/bin:/bin)
	try alice bash -c ". $COMPLETION; complete -p docker"
	same completion 'complete -F _undocker docker' "$OUT"
	rm -r /home/lab/bin
}
