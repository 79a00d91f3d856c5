# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What holds whatever the policy says.

# A policy that gives a user more than it should.
generous()
{
	policy <<-'EOS'
	WHITELIST=-H|--host list,--config string,-c|--context string,\
	--tlscacert string,-D|--debug
	[command:run]
	WHITELIST=--rm,-d|--detach,-v|--volume list,--mount mount,--tmpfs list,\
	-l|--label list,--label-file list,--name string,-w|--workdir string,\
	--use-api-socket,--link list,--volumes-from list,--network network,\
	--pid string,--ipc string,-i|--interactive
	[command:ps]
	EOS
}

t_hole_3D1_setuid_binary_in_an_image_stays_powerless()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	EOS
	ran alice run --rm raise
	has "$OUT" "uid=$ALICE euid=$ALICE gid=$ALICE egid=$ALICE"
	has "$OUT" setuid0=no
	# The control: the image is as dangerous as the test says.
	has "$(dk run --rm --user=$ALICE:$ALICE --cap-drop=ALL raise)" euid=0
}

t_hole_3D1_setuid_binary_leaves_nothing_in_a_writable_mount()
{
	generous
	mkdir -m 777 /home/lab/open
	chown alice: /home/lab/open
	ran alice run --rm -v /home/lab/open:/mnt raise /bin/raise /mnt/left
	has "$OUT" setuid0=no
	same 'what it left' "4755 $ALICE" "$(stat -c '%a %u' /home/lab/open/left)"
	rm -f /home/lab/open/left
	# The control: without undocker's flags it is root's on the host.
	dk run --rm --user=$ALICE:$ALICE --cap-drop=ALL \
		-v /home/lab/open:/mnt raise /bin/raise /mnt/left >"$W/control"
	same 'what docker alone leaves' '4755 0' \
		"$(stat -c '%a %u' /home/lab/open/left)"
	rm -f /home/lab/open/left
}

t_built_in_flags_are_last_and_whole()
{
	local n

	generous
	final alice run --rm alpine id --user=0
	n=${#FINAL[@]}
	same tail '-- alpine id --user=0' "${FINAL[*]:n-4}"
	same 'built in' "--user=$ALICE:$ALICE --cap-drop=ALL --security-opt=no-new-privileges --label=undocker.uid=$ALICE" \
		"${FINAL[*]:n-8:4}"
}

t_hole_3A9_no_spelling_of_a_user_is_root()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-u|--user string,--cap-add list,--security-opt list,\
	--privileged,--group-add list
	EOS
	for words in '-u 0' '-u0' '--user=0:0' '--user root'; do
		# shellcheck disable=SC2086
		got alice run --rm $words alpine id -u
		[ "$OUT" = "$ALICE" ] || is_refusal user
	done
	got alice run --rm --security-opt no-new-privileges=false raise
	[ "$RC" != 0 ] || has "$OUT" setuid0=no
	lacks "$OUT" euid=0
}

t_hole_7_12_flags_that_are_power_are_refused_by_default()
{
	local flag

	for flag in --privileged --privileged=true --privileged=1 --privileged=T \
		--user=0 -u0 --cap-add=ALL --security-opt=seccomp=unconfined \
		--group-add=0 --pid=host --device=/dev/sda --net=host --ipc=host \
		--userns=host --uts=host --cgroupns=host --runtime=x \
		--volume=/:/host -v/:/host --volumes-from=x --mount=type=bind,src=/,dst=/h \
		--use-api-socket --cgroup-parent=/x --annotation=a=b --sysctl=a=b \
		--log-driver=syslog --cidfile=/tmp/x --device-cgroup-rule=a --link=x; do
		refused alice "${flag%%[=/0]*}" run --rm "$flag" alpine true
	done
	ran alice run --rm alpine true
}

t_hole_7_1_clusters_and_swallowed_words_are_no_way_round()
{
	refused alice '-v' run -itv/:/host alpine true
	refused alice '-u' run -itu0 alpine true
	refused alice 'test.' run -itest.--privileged alpine true
	refused alice 'test.' run -test.privileged alpine true
	refused alice '' run --rm --help=false --privileged alpine true
	refused alice '' run ---privileged alpine true
	refused alice '' run --rm -e
	refused alice '' run --rm ''
	ran alice run --rm -e --privileged alpine true
	ran alice run --rm alpine echo --privileged
	same 'the rest is the command' --privileged "$OUT"
}

t_hole_3A3_config_and_host_are_never_the_users()
{
	local words

	generous
	for words in '-H unix:///tmp/x' '-Hunix:///tmp/x' '--host=unix:///tmp/x' \
		'--config /tmp' '--config=/tmp' '-c x' '--context=x' \
		'--tlscacert=/etc/shadow' '--tls' '--tlsverify' '--tlskey /etc/shadow'; do
		# shellcheck disable=SC2086
		refused alice 'not allowed' $words ps
	done
	refused alice '--use-api-socket' run --use-api-socket alpine true
	refused alice '--use-api-socket' run --use-api-socket=true alpine true
	ran alice ps
}

t_container_run_and_other_spellings_are_run()
{
	ran alice container run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	refused alice ubuntu:14.04 container run ubuntu:14.04 true
	refused alice --privileged container run --privileged alpine true
	ran alice image ls
	ran alice container ls -q
	refused alice '' container --help run --privileged alpine true
	refused alice '' container exec x id
}

t_labels_of_undockers_own_cannot_be_given()
{
	generous
	refused alice undocker. run -l undocker.uid=$BOB alpine true
	refused alice undocker. run --label=undocker.uid=$BOB alpine true
	refused alice undocker. run -lundocker.x alpine true
	echo "undocker.uid=$BOB" >/home/alice/labels
	chmod 644 /home/alice/labels
	refused alice undocker. run --label-file /home/alice/labels alpine true
	echo 'mine=1' >/home/alice/labels
	ran alice run -d --name labelled --label-file /home/alice/labels \
		-l too=2 alpine sleep 60
	same labels "1 2 $ALICE" "$(dk inspect --format '{{.Config.Labels.mine}} {{.Config.Labels.too}} {{index .Config.Labels "undocker.uid"}}' labelled)"
}

t_names_are_dockers_own_grammar()
{
	local name

	for name in ../volumes/x x/y .. '/x' 'a b' $'a\tb' -x \
		0123456789ab "$(printf '%064d' 7)"; do
		refused alice '' run --rm "--name=$name" alpine true
	done
	ran alice run --rm --name good.name_1-x alpine true
}

t_references_to_other_containers_are_refused()
{
	local flag

	generous
	dk run -d --name theirs alpine sleep 60 >/dev/null
	for flag in --volumes-from=theirs --network=container:theirs \
		--net=container:theirs --pid=container:theirs \
		--ipc=container:theirs --link=theirs; do
		refused alice "${flag%%=*}" run --rm "$flag" alpine true
	done
}

t_workdir_and_mount_targets_are_kept_to_the_container()
{
	local dir

	generous
	mkdir -m 755 /home/lab/w
	chown alice: /home/lab/w
	for dir in relative /proc/self/fd/8 /proc /sys/fs /dev/x /a/../b; do
		refused alice '' run --rm -w "$dir" alpine true
	done
	for dir in / /etc /etc/hosts /etc/resolv.conf /proc /proc/sys /sys /dev /dev/x; do
		refused alice '' run --rm -v "/home/lab/w:$dir" alpine true
	done
	refused alice '' run --rm -v /home/lab/w:/m -w /m/not/there alpine true
	[ ! -e /home/lab/w/not ] || fail 'a directory was made as root'
	mkdir /home/lab/w/there
	ran alice run --rm -v /home/lab/w:/m -w /m/there alpine pwd
	same pwd /m/there "$OUT"
}

t_hole_3A10_3D5_mount_sources_are_what_the_caller_can_open()
{
	local source

	generous
	mkdir -m 700 /home/lab/closed
	mkdir -m 777 /home/lab/closed/inner
	mkdir /home/lab/mine
	chown alice: /home/lab/mine
	ln -s /home/lab/closed/inner /home/lab/mine/link
	for source in /home/lab/closed /home/lab/closed/inner /home/lab/mine/link \
		/home/lab/none /root /etc/shadow "$SOCKET" /proc/1/root \
		/proc/self/fd/0; do
		refused alice '' run --rm -v "$source:/m" alpine true
		refused alice '' run --rm --mount \
			"type=bind,source=$source,target=/m" alpine true
	done
	[ ! -e /home/lab/none ] || fail 'docker made a missing source'
	ran alice run --rm -v /home/lab/mine:/m alpine touch /m/x
	same owner "$ALICE" "$(stat -c %u /home/lab/mine/x)"
	ran alice run --rm -v /etc:/m alpine sh -c 'touch /m/x 2>/dev/null || echo ro'
	same 'what he cannot write' ro "$OUT"
}

t_hole_3A14_volume_options_cannot_bind()
{
	generous
	refused alice '' run --rm --mount \
		'TYPE=volume,DST=/h,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/' \
		alpine true
	refused alice '' run --rm --mount \
		'type=volume,src=x,dst=/h,"volume-opt=o=bind",volume-driver=y' alpine true
}

# A command about containers was whitelisted, and that was a blank cheque.
t_hole_3A8_commands_about_containers_are_about_ones_own()
{
	local command

	dk run -d --name theirs alpine sleep 60 >/dev/null
	for command in rm stop logs kill inspect start 'exec theirs'; do
		printf '[main]\nDOCKERPATH=%s\n[command:%s]\n' "$CLIENT" \
			"${command% *}" >/etc/undocker.conf
		# shellcheck disable=SC2086
		refused alice "'theirs' is not yours" $command theirs
	done
}

t_hole_3D4_exec_is_the_callers_uid()
{
	policy <<-'EOS'
	[command:exec]
	WHITELIST=-u|--user string,-i|--interactive,-t|--tty
	UIDMUSTMATCH=false
	EOS
	dk run -d --name theirs alpine sleep 60 >/dev/null
	ran alice exec theirs id -u
	same uid "$ALICE" "$OUT"
	got alice exec -u 0 theirs id -u
	[ "$OUT" = "$ALICE" ] || is_refusal user
}
