# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Whose container it is: every command on containers, tried by its owner and by
# another user.

# own_policy [LINES OF MAIN]: everything on containers is offered, and so is
# nobody else's.
own_policy()
{
	{
		printf '%s\n' "$@"
		cat <<-'EOS'
		[command:run]
		WHITELIST=-d|--detach,--rm,--name string,--volumes-from list,\
		--network network,--pid string,--ipc string,--link list
		[command:attach]
		WHITELIST=--no-stdin,--sig-proxy
		[command:cp]
		[command:exec]
		[command:export]
		WHITELIST=-o|--output string
		[command:import]
		WHITELIST=-c|--change list
		[command:inspect]
		WHITELIST=-f|--format string
		[command:kill]
		[command:logs]
		[command:pause]
		[command:port]
		[command:rename]
		[command:restart]
		WHITELIST=-t|--time int
		[command:rm]
		WHITELIST=-f|--force,-v|--volumes
		[command:start]
		[command:stats]
		WHITELIST=--no-stream
		[command:stop]
		WHITELIST=-t|--time int
		[command:top]
		[command:unpause]
		[command:update]
		WHITELIST=-c|--cpu-shares int
		[command:wait]
		[command:container inspect]
		WHITELIST=-f|--format string
		EOS
	} | policy
}

# starts USER NAME [WORDS...]: NAME runs and is USER's; ID is its full id.
starts()
{
	local user=$1 name=$2

	shift 2
	[ $# -gt 0 ] || set -- alpine sleep 300
	ran "$user" run -d --name "$name" "$@"
	ID=$OUT
}

# All of a container that somebody else could have changed.
state_of()
{
	dk inspect --format '{{.Id}} {{.Name}} {{.State.Status}} {{.State.Pid}} {{.State.StartedAt}} {{.HostConfig.CpuShares}}' "$@"
}

# images_go NAME...: the test makes these images, and the next must not see them.
images_go()
{
	# shellcheck disable=SC2064
	trap "dk rmi -f $* >/dev/null 2>&1" EXIT
}

# each_command USER CONTAINER [WORD]: USER is refused all commands on it.
each_command()
{
	local user=$1 name=$2 word=${3-} line

	while read -r line; do
		# shellcheck disable=SC2086
		refused "$user" "'$name' is not yours" $word ${line//@/$name}
	done <<-'EOS'
	attach --no-stdin @
	cp @:/etc/passwd -
	exec @ true
	export @
	inspect @
	kill @
	logs @
	pause @
	port @
	rename @ taken
	restart -t 0 @
	rm -f @
	start @
	stats --no-stream @
	stop -t 0 @
	top @
	unpause @
	update --cpu-shares 512 @
	wait @
	EOS
	refused "$user" "'$name' is not yours" container inspect "$name"
}

# unharmed_by WORD SPELLING: hers, after bob tried everything on it.
unharmed_by()
{
	local word=$1 before name

	own_policy
	starts alice hers
	case $2 in
	name) name=hers ;;
	id) name=$ID ;;
	short) name=${ID:0:12} ;;
	esac
	before=$(state_of hers)
	# shellcheck disable=SC2086
	each_command bob "$name" $word
	same 'her container' "$before" "$(state_of hers)"
	has "$before" ' running '
}

t_own_commands_of_others_by_name()
{
	unharmed_by '' name
}

t_own_commands_of_others_by_id()
{
	unharmed_by '' id
}

t_own_commands_of_others_by_short_id()
{
	unharmed_by '' short
}

t_own_commands_of_others_by_long_form()
{
	unharmed_by container name
}

t_own_commands_of_others_by_long_form_and_id()
{
	unharmed_by container short
}

t_own_commands_of_mine()
{
	own_policy
	# An engine without its bridge renames none that is connected to it.
	starts alice hers --network none alpine sh -c 'echo said; exec sleep 300'
	ran alice exec hers id -u
	same uid "$ALICE" "$OUT"
	ran alice exec hers touch -d "2037-01-01 00:00" /tmp/new
	refused alice 'undocker exec CONTAINER find / -xdev' diff hers
	ran alice exec hers find / -xdev -newer /etc/hostname -type f
	has "$OUT" /tmp/new
	ran alice logs hers
	same log said "$OUT"
	ran alice inspect -f '{{.Name}} {{.Id}}' hers
	same inspect "/hers $ID" "$OUT"
	ran alice container inspect -f '{{.Id}}' "${ID:0:12}"
	same 'container inspect' "$ID" "$OUT"
	ran alice port hers
	ran alice top hers
	has "$OUT" 'sleep 300'
	ran alice stats --no-stream hers
	has "$OUT" hers
	ran alice stats --no-stream
	has "$OUT" hers
	ran alice rename hers renamed
	same name "/renamed $ID" "$(dk inspect --format '{{.Name}} {{.Id}}' "$ID")"
	ran alice container rename renamed hers
}

t_own_changes_of_mine()
{
	own_policy
	starts alice hers
	ran alice pause hers
	has "$(state_of hers)" ' paused '
	ran alice unpause hers
	has "$(state_of hers)" ' running '
	ran alice update --cpu-shares 512 hers
	has "$(state_of hers)" ' 512'
	ran alice kill hers
	ran alice wait hers
	same status 137 "$OUT"
	ran alice start hers
	has "$(state_of hers)" ' running '
	ran alice restart -t 0 hers
	has "$(state_of hers)" ' running '
	ran alice container stop -t 0 "$ID"
	has "$(state_of hers)" ' exited '
	starts alice other
	ran alice rm -f hers other
	same 'what is left' '' "$(dk ps -aq)"
}

t_own_attach_to_mine()
{
	own_policy
	starts alice hers alpine \
		sh -c 'while [ ! -e /tmp/go ]; do sleep 0.1; done; echo bye'
	(as alice undocker attach --no-stdin hers) </dev/null \
		>"$W/attached" 2>&1 &
	sleep 1
	ran alice exec hers touch /tmp/go
	wait $!
	same 'what it said' bye "$(tr -d '\r' <"$W/attached")"
}

t_own_files_out_of_mine()
{
	own_policy
	starts alice hers
	ran alice cp hers:/etc/passwd -
	same 'its content' "$(dk exec hers cat /etc/passwd)" \
		"$(tar -xOf "$W/out" passwd)"
	ran alice cp hers:/etc/passwd /home/alice/passwd
	same owner "$ALICE" "$(stat -c %u /home/alice/passwd)"
	ran alice export -o /home/alice/hers.tar hers
	has "$(tar -tf /home/alice/hers.tar)" etc/passwd
	same owner "$ALICE" "$(stat -c %u /home/alice/hers.tar)"
	refused alice 'copying into a container is not offered' \
		cp /home/alice/passwd hers:/tmp/x
	refused alice 'copying into a container is not offered' cp - hers:/tmp
	refused bob 'copying into a container is not offered' \
		cp /etc/passwd hers:/tmp/x
	refused bob "'hers' is not yours" cp hers:/etc/passwd /home/bob/x
	[ ! -e /home/bob/x ] || fail 'there is a file'
}

t_own_mixed_operands()
{
	local before words

	own_policy
	starts alice hers
	starts bob his
	before=$(state_of hers his)
	for words in 'rm -f his hers' 'rm -f hers his' 'stop -t 0 hers his' \
		'stop -t 0 his hers' 'kill his hers' 'pause his hers' \
		'restart -t 0 his hers' 'update -c 2 his hers' \
		'inspect his hers' 'stats --no-stream his hers' 'wait his hers'; do
		# shellcheck disable=SC2086
		refused bob "'hers' is not yours" $words
	done
	refused bob "'none' is not yours" rm -f his none
	same both "$before" "$(state_of hers his)"
	ran bob rm -f his
}

t_own_missing_reads_as_not_yours()
{
	local words missing

	own_policy
	starts alice hers
	for words in 'exec @ true' 'rm @' 'cp @:/x -' 'inspect @' \
		'run --network container:@ alpine true' \
		'run --volumes-from @ alpine true'; do
		# shellcheck disable=SC2086
		refused bob 'is not yours' ${words//@/none}
		missing=$ERR
		# shellcheck disable=SC2086
		refused bob 'is not yours' ${words//@/hers}
		same "$words" "${missing//none/hers}" "$ERR"
	done
}

t_own_of_root()
{
	own_policy
	dk run -d --name roots alpine sleep 300 >/dev/null
	dk run -d --user $ALICE --privileged --name admins alpine sleep 300 \
		>/dev/null
	same running 2 "$(dk ps -q | wc -l)"
	refused alice "'roots' is not yours" exec roots true
	refused alice "'admins' is not yours" exec admins true
	own_policy OWNBYUSER=true
	refused alice "'roots' is not yours" exec roots true
	refused alice "'admins' is not yours" exec admins true
	refused alice "'admins' is not yours" start admins
}

# plain FLAGS...: an administrator's container with alice's uid, and no more
# rights than undocker would give, but for FLAGS.
plain()
{
	dk run -d --user $ALICE:$ALICE --network none --name plain \
		--security-opt no-new-privileges "$@" alpine sleep 300 >/dev/null ||
		fail "the engine does not start one with $*"
}

# whose_by_user: what plain made is alice's only by her uid, only if asked for.
whose_by_user()
{
	own_policy
	refused alice "'plain' is not yours" exec plain true
	own_policy OWNBYUSER=true
	refused bob "'plain' is not yours" exec plain true
	ran alice exec plain id -u
	same uid "$ALICE" "$OUT"
	refused alice 'was not made by undocker' start plain
	refused alice 'was not made by undocker' restart -t 0 plain
	ran alice stop -t 0 plain
	refused alice 'was not made by undocker' start plain
	refused alice 'was not made by undocker' container restart plain
	ran alice rm plain
}

t_own_by_user()
{
	plain --cgroupns private
	whose_by_user
}

# With cgroup v1 an engine says "host" of the namespace that nobody asked for.
t_own_by_user_in_the_engines_own_cgroup_namespace()
{
	plain
	whose_by_user
}

t_own_by_user_takes_nothing_with_more_rights()
{
	local flags

	own_policy OWNBYUSER=true
	plain --cgroupns private
	ran alice exec plain true
	dk rm -f plain >/dev/null
	for flags in '-v /:/host' '-v named:/v' '--privileged' \
		'--mount type=bind,src=/,dst=/host' \
		'--cap-add SYS_ADMIN' '--pid host' '--ipc host' '--uts host' \
		'--device /dev/null' '--group-add 0' \
		'--security-opt seccomp=unconfined' "--user 0:$ALICE" \
		"--label undocker.uid=$BOB" '--label undocker.uid='; do
		# shellcheck disable=SC2086
		plain --cgroupns private $flags
		echo "flags: $flags"
		refused alice "'plain' is not yours" exec plain true
		dk rm -f plain >/dev/null
	done
	dk volume rm -f named >/dev/null
	plain --cgroupns private --device-cgroup-rule 'a *:* rwm'
	refused alice "'plain' is not yours" exec plain true
	dk rm -f plain >/dev/null
	dk run -d --user $ALICE --network none --cgroupns private --name plain \
		alpine sleep 300 >/dev/null
	refused alice "'plain' is not yours" exec plain true
	dk rm -f plain >/dev/null
	dk run -d --user $ALICE --network host --cgroupns private --name plain \
		--security-opt no-new-privileges alpine sleep 300 >/dev/null
	refused alice "'plain' is not yours" exec plain true
}

t_own_by_user_is_not_by_the_images_user()
{
	images_go hers:1
	own_policy OWNBYUSER=true
	dk create --name source alpine true >/dev/null
	dk commit -c "USER $ALICE" source hers:1 >/dev/null
	dk run -d --network none --cgroupns private --name plain \
		--security-opt no-new-privileges hers:1 sleep 300 >/dev/null
	same user "$ALICE" "$(dk inspect --format '{{.Config.User}}' plain)"
	refused alice "'plain' is not yours" exec plain true
}

t_own_forged_by_an_image()
{
	local main

	own_policy
	dk run -d --name forged claims:bob sleep 300 >/dev/null
	same 'its label' "$BOB" "$(dk inspect --format \
		'{{index .Config.Labels "undocker.uid"}}' forged)"
	# The image says nothing about what alice makes of it.
	starts alice hers claims:bob sleep 300
	for main in '' OWNBYUSER=true; do
		own_policy "$main"
		refused bob "'forged' is not yours" exec forged true
		refused alice "'forged' is not yours" exec forged true
		refused bob "'hers' is not yours" exec hers true
		ran alice exec hers true
	done
}

t_own_image_gone()
{
	local image

	images_go gone:1
	own_policy
	dk create --name source alpine true >/dev/null
	image=$(dk commit --message "$EPOCHREALTIME" source gone:1)
	starts alice hers gone:1 sleep 300
	ran alice exec hers true
	ran alice stop -t 0 hers
	# With a container that runs the engine would keep it.
	dk rmi -f "$image" >/dev/null || fail 'the image cannot be removed'
	! dk image inspect "$image" >/dev/null 2>&1 || fail 'the image is there'
	refused alice "'hers' is not yours" start hers
	refused alice "'hers' is not yours" logs hers
	refused bob "'hers' is not yours" logs hers
	# Another image of the same name is not the one.
	dk tag alpine gone:1
	refused alice "'hers' is not yours" logs hers
}

t_own_references()
{
	local flag main section

	own_policy
	starts alice hers
	for flag in --volumes-from=hers --volumes-from=hers:ro \
		--network=container:hers --net=container:hers \
		--network=name=container:hers --network=NAME=container:hers \
		--pid=container:hers --ipc=container:hers --link=hers:x \
		--link=hers --volumes-from="${ID:0:12}" \
		--network=container:"$ID"; do
		refused bob 'is not yours' run --rm "$flag" alpine true
	done
	refused bob "'hers' is not yours" run --rm --pid=container:hers \
		--network=none alpine true
	final alice run --rm --volumes-from hers alpine true
	has_word "--volumes-from=$ID"
	final alice run --rm --volumes-from hers:ro alpine true
	has_word "--volumes-from=$ID:ro"
	for flag in --network --pid --ipc; do
		final alice run --rm $flag container:hers alpine true
		has_word "$flag=container:$ID"
	done
	final alice run --rm --link hers:x alpine true
	has_word "--link=$ID:x"
	final alice run --rm --network name=container:hers alpine true
	has_word "--network=container:$ID"
	ran alice run --rm --network container:hers --pid container:hers \
		--volumes-from hers alpine true

	# Not the policy's to lift: the run would have its rights.
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,--pid string
	UIDMUSTMATCH=false
	EOS
	refused bob "'hers' is not yours" run --rm --pid container:hers alpine true
}

lists_policy()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=-d|--detach,--name string
	[command:ps]
	UIDMUSTMATCH=true
	WHITELIST=-a|--all,-q|--quiet,--no-trunc,-f|--filter filter,\
	--format string,-n|--last int,-l|--latest
	[command:events]
	UIDMUSTMATCH=true
	WHITELIST=--since string,--until string,-f|--filter filter
	[command:stats]
	WHITELIST=--no-stream,-a|--all
	[command:container prune]
	WHITELIST=-f|--force,--filter filter
	[command:system prune]
	WHITELIST=-f|--force
	[command:inspect]
	WHITELIST=-f|--format string
	EOS
}

t_own_lists_show_mine()
{
	local words began

	lists_policy
	began=$(date +%s.%N)
	starts alice hers
	for words in '' "--filter label=undocker.uid=$ALICE" \
		"-f label=undocker.uid -f name=hers" "-n 5" '-l' \
		"--filter=id=$ID"; do
		# shellcheck disable=SC2086
		ran bob ps -aq --no-trunc $words
		same "bob's list $words" '' "$OUT"
	done
	ran bob container ls -a
	lacks "$OUT" hers
	ran alice ps -aq --no-trunc
	same "alice's list" "$ID" "$OUT"
	ran bob events --since "$began" --until "$(date +%s.%N)"
	same "bob's events" '' "$OUT"
	ran alice events --since "$began" --until "$(date +%s.%N)"
	has "$OUT" "$ID"
	refused bob 'you have no running containers' stats --no-stream
	refused bob 'you have no containers' stats --no-stream -a
	ran alice stats --no-stream
	has "$OUT" hers
}

t_own_prunes_leave_others()
{
	lists_policy
	starts alice hers alpine true
	dk wait hers >/dev/null
	ran bob container prune -f
	ran bob container prune -f --filter "label=undocker.uid=$ALICE"
	ran bob system prune -f
	has "$(state_of hers)" "$ID /hers exited"
	dk create --name roots alpine true >/dev/null
	ran alice container prune -f
	has "$OUT" "$ID"
	same 'what is left' roots "$(dk ps -a --format '{{.Names}}')"
}

t_own_inspect_looks_at_containers()
{
	lists_policy
	starts alice hers
	dk volume create vol >/dev/null
	refused alice "'alpine' is not yours" inspect alpine
	refused alice "'alpine' is not yours" inspect hers alpine
	refused alice "'vol' is not yours" inspect vol
	refused alice "'host' is not yours" inspect host
	refused alice --type inspect --type image alpine
	refused bob "'hers' is not yours" inspect -f '{{.Name}}' hers
	ran alice inspect -f '{{.Id}}' hers
	same id "$ID" "$OUT"
	dk volume rm vol >/dev/null
}

t_own_names()
{
	local name

	own_policy
	starts alice hers
	dk volume create vol >/dev/null
	for name in ../volumes/vol /../volumes/vol hers/../../volumes/vol \
		hers/json 'hers?x' 'hers%2f' .. '' -- $'hers\n' "/hers"; do
		refused alice '' rm -f "$name"
	done
	dk volume inspect vol >/dev/null || fail 'the volume is gone'
	dk volume rm vol >/dev/null
	refused alice "'../x' is not a container's name" rename hers ../x
	refused alice 'id' rename hers 0123456789ab
	refused alice 'id' rename hers "$(printf '%064d' 7)"
	has "$(state_of "$ID")" '/hers running'
	# docker would tell bob whose container has the name.
	starts bob his
	for name in 'run --name hers alpine true' 'rename his hers'; do
		# shellcheck disable=SC2086
		refused bob 'The container name "/hers" is already in use' $name
	done
	got alice run --name hers alpine true
	same 'of her own' 125 "$RC"
	has "$ERR" 'is already in use by container'
}

# docker takes a name before the beginning of an id.
t_own_name_like_a_short_id_is_no_way_round()
{
	local short

	own_policy
	starts alice hers
	short=${ID:0:12}
	starts bob his --network none alpine sleep 300
	dk rename his "$short"
	refused alice "'$short' is not yours" exec "$short" true
	final bob exec "$short" true
	has_word "$ID"
	ran alice exec hers true
}

label_of()
{
	dk image inspect --format '{{index .Config.Labels "undocker.uid"}}' "$1"
}

# The way that is named where commit is refused.
t_own_export_and_import_instead_of_commit()
{
	local change archive=/home/alice/hers.tar

	images_go kept:1 kept:2
	own_policy
	starts alice hers
	ran alice exec hers sh -c 'echo new >/tmp/new'
	refused alice 'undocker export CONTAINER | undocker import - NAME' \
		commit hers kept:1
	refused bob "'commit' cannot be offered" container commit hers kept:1
	! dk image inspect kept:1 >/dev/null 2>&1 || fail 'there is an image'
	ran alice export -o "$archive" hers
	ran alice import "$archive" kept:1
	same label '' "$(label_of kept:1)"
	same 'what she made' new "$(dk run --rm kept:1 cat /tmp/new)"

	for change in "LABEL undocker.uid=$BOB" "label \"undocker.uid\"='$BOB'" \
		"LABEL a=b undocker.uid=$BOB" "LABEL undocker.uid $BOB" \
		"LABEL \"undocker.uid\"=$BOB c=d"; do
		ran alice import -c 'LABEL mine=1' -c "$change" \
			-c 'CMD ["/bin/true"]' "$archive" kept:2
		same "label by $change" '' "$(label_of kept:2)"
	done
	same 'another label' 1 "$(dk image inspect \
		--format '{{.Config.Labels.mine}}' kept:2)"
	ran alice import -c 'ENV K=undocker.uid' -c "LABEL \$K=$BOB" \
		"$archive" kept:2
	same 'label by a variable' '' "$(label_of kept:2)"
	for change in $'LABEL x=1 \\' $'CMD x\\' $'CMD x\nLABEL y=1 \\' \
		$'# escape=`\nCMD x `' "ONBUILD LABEL undocker.uid=$BOB"; do
		refused alice '' import -c "$change" "$archive" kept:3
	done
	# Whoever runs the image has a container of his own.
	starts bob his kept:2 sleep 300
	ran bob exec his true
	refused alice "'his' is not yours" exec his true
}

trusting_policy()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=-d|--detach,--rm,--name string
	ALLOWEDIMAGES=alpine:.*
	[command:tag]
	[command:import]
	EOS
}

t_own_tag_gives_no_trusted_name()
{
	local name

	images_go other:1 alpine:mine
	trusting_policy
	: >/home/alice/empty.tar
	for name in alpine:mine docker.io/library/alpine:mine \
		docker.io/alpine:mine library/alpine:mine alpine; do
		refused alice 'this host trusts images of that name' \
			tag raise "$name"
		refused alice 'this host trusts images of that name' \
			import /home/alice/empty.tar "$name"
	done
	! dk image inspect alpine:mine >/dev/null 2>&1 || fail 'it was tagged'
	ran alice tag alpine other:1
	refused alice 'not allowed' run --rm other:1 true
	same other "$(dk image inspect --format '{{.Id}}' alpine)" \
		"$(dk image inspect --format '{{.Id}}' other:1)"
}

t_own_image_id()
{
	local id raise name

	trusting_policy
	id=$(dk image inspect --format '{{.Id}}' alpine)
	raise=$(dk image inspect --format '{{.Id}}' raise)
	for name in "${id:7:12}" "${id:7}" "$id"; do
		final alice run --rm "$name" true
		has_word "$id"
		ran alice run --rm "$name" true
	done
	for name in "${raise:7:12}" "${raise:7}" "$raise" "alpine@$raise"; do
		refused alice '' run --rm "$name" true
	done
	refused alice 'must be on this host' run --rm 0123456789ab true
	# One more name of it, and one that nobody allowed.
	images_go other:1
	dk tag alpine other:1
	refused alice 'not allowed' run --rm "${id:7:12}" true
}

t_own_maximum()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=-d|--detach,--rm,--name string
	MAXCONTAINERS=1
	[command:start]
	MAXCONTAINERS=1
	[command:stop]
	WHITELIST=-t|--time int
	EOS
	starts alice one
	refused alice MAXCONTAINERS run -d --name two alpine sleep 300
	starts bob his
	refused bob MAXCONTAINERS run --rm alpine true
	ran alice stop -t 0 one
	is_away one
	starts alice two
	refused alice MAXCONTAINERS start one
	ran alice stop -t 0 two
	is_away two
	ran alice start one
	refused alice MAXCONTAINERS run --rm alpine true
}

t_own_engine_down()
{
	own_policy
	starts alice hers
	own_policy DOCKERHOST=unix:///run/nothing.sock
	refused alice "container 'hers'" exec hers true
	refused alice your stats --no-stream
	refused alice "container 'hers'" run --network container:hers alpine true
	own_policy DOCKERHOST=tcp://127.0.0.1:2375
	refused alice '' exec hers true
}

t_own_build_and_compose_are_refused()
{
	local words

	own_policy
	for words in 'build .' 'image build .' 'builder build .'; do
		# shellcheck disable=SC2086
		refused alice 'rootless' $words
	done
	policy <<-'EOS'
	[command:build]
	WHITELIST=-t|--tag list
	EOS
	refused alice 'rootless' build -t x .
	for words in 'compose up' 'compose -f x up' 'buildx build .'; do
		# shellcheck disable=SC2086
		refused alice 'cannot be offered' $words
	done
	refused alice 'undocker run' compose up
}
