# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the engine does to a container's files as root, outside of the container.

copies_policy()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=-d|--detach,--rm,--name string,-v|--volume list,--tmpfs list,\
	--volumes-from list
	ALLOWEDPATHS=$HOME
	[command:cp]
	[command:export]
	[command:exec]
	EOS
}

# An image with a directory that everybody may change, and the tool that exchanges
# names.
copies_image()
{
	local root=$W/image

	mkdir "$root"
	dk create --name source alpine true >/dev/null
	dk export source | tar -C "$root" -x
	cp $TOOLS/swap "$root/bin/swap"
	mkdir -m 777 "$root/open"
	tar -C "$root" -c . | dk import - open:1 >/dev/null
	trap copies_forget EXIT
}

copies_forget()
{
	local mounted

	dk rm -fv source racing >/dev/null 2>&1
	dk rmi -f open:1 open:2 >/dev/null 2>&1
	dk volume rm -f shared >/dev/null 2>&1
	while read -r mounted; do
		umount -l "$mounted"
	done < <(victims)
}

# Whether cp mounts in the host's own namespace: engines before 23. Newer ones
# take one of their own, where the control cannot be won like this; undocker
# refuses there, too.
cp_mounts_on_the_host()
{
	[[ $(ask GET /version) =~ \"Version\":\"([0-9]+)\.[0-9]+\.[0-9]+[^\"]*\",\"Details\" ]] ||
		fail 'the engine does not say its version'
	[ "${BASH_REMATCH[1]}" -lt 23 ]
}

# What is mounted in the victim, the last first.
victims()
{
	awk -v at="$W/victim/" 'index($5, at) == 1 { print $5 }' \
		/proc/self/mountinfo | tac
}

# copying: docker copies out of the container until a mount stands in the victim;
# false: none did within 30 seconds.
copying()
{
	local stop=$((SECONDS + 30)) pid

	$TOOLS/archive.py $SOCKET racing /etc/passwd &
	pid=$!
	while [ -z "$(victims)" ] && [ $SECONDS -lt $stop ]; do
		sleep 0.05
	done
	kill $pid
	wait $pid 2>/dev/null
	[ -n "$(victims)" ]
}

# alice's container has a volume at /open/a/b, and an a that is now a directory,
# now a link to one of root's.
t_race_cp_mounts_a_volume_on_what_is_roots()
{
	local words

	copies_policy
	copies_image
	mkdir -m 700 "$W/victim"
	mkdir "$W/victim/b"
	ran alice run -d --name racing -v shared:/open/a/b open:1 \
		sh -c "ln -s $W/victim /open/l; exec swap /open/a /open/l"
	for words in 'cp racing:/etc/passwd -' 'container cp racing:/open -' \
		'cp racing:/etc /home/alice/x' 'export racing'; do
		# shellcheck disable=SC2086
		refused alice 'something is mounted in it' $words
	done
	! cp_mounts_on_the_host || copying || fail 'the control is not won'
	victims
}

# What only root may see: the names in a directory.
t_race_diff_lists_a_directory_of_roots()
{
	local stop=$((SECONDS + 30))

	copies_policy
	copies_image
	mkdir -m 700 "$W/victim"
	: >"$W/victim/only-for-root"
	ran alice run -d --name racing open:1 sh -c \
		"mkdir /open/a; ln -s $W/victim /open/l; exec swap /open/a /open/l"
	refused alice "'diff' cannot be offered" diff racing
	refused alice "'diff' cannot be offered" container diff racing
	until dk diff racing 2>/dev/null | grep only-for-root; do
		[ $SECONDS -lt $stop ] || fail 'the control is not won'
	done
}

# The file is another user's, in a volume of both.
t_copies_of_what_others_have_in_a_volume()
{
	local i seen=''

	copies_policy
	dk volume create shared >/dev/null
	trap copies_forget EXIT
	dk run --rm -v shared:/v alpine \
		sh -c "echo his >/v/f; chown $BOB /v/f; chmod 600 /v/f"
	ran alice run -d --name racing -v shared:/v alpine sleep 300
	got alice exec racing cat /v/f
	[ "$RC" != 0 ] || fail 'she reads it by herself'
	refused alice 'undocker exec racing tar c PATH | tar x' cp racing:/v/f -
	refused alice 'undocker exec racing tar c PATH | tar x' export racing
	ran alice exec racing tar c /etc/passwd
	has "$(tar -tf "$W/out")" etc/passwd

	# The controls: docker reads it, with export beside a cp.
	same 'by cp' his "$(dk cp racing:/v/f - | tar -xO)"
	cp_mounts_on_the_host || return 0
	(while :; do dk cp racing:/bin -; done) >/dev/null 2>&1 &
	for ((i = 0; i < 60; i++)); do
		seen=$(dk export racing | tar -xO v/f 2>/dev/null)
		[ -z "$seen" ] || break
	done
	kill $!
	same 'by export' his "$seen"
}

t_copies_where_nothing_but_tmpfs_is_mounted()
{
	copies_policy
	trap copies_forget EXIT
	dk create --name source alpine true >/dev/null
	mkdir /home/alice/d
	chown alice: /home/alice/d
	ran alice run -d --name hers --tmpfs /t alpine sleep 300
	ran alice cp hers:/etc/passwd -
	has "$(tar -xOf "$W/out" passwd)" root:x:0:0
	ran alice cp hers:/etc/passwd /home/alice/passwd
	same owner "$ALICE" "$(stat -c %u /home/alice/passwd)"
	ran alice export hers
	has "$(tar -tf "$W/out")" etc/passwd
	ran alice run -d --name bound -v /home/alice/d:/m alpine sleep 300
	refused alice 'something is mounted in it' cp bound:/etc/passwd -
	refused alice 'something is mounted in it' export bound
	ran alice run -d --name from --volumes-from bound alpine sleep 300
	refused alice 'something is mounted in it' cp from:/etc/passwd -
	ran alice run -d --name anonymous -v /m alpine sleep 300
	refused alice 'something is mounted in it' cp anonymous:/etc/passwd -
	refused alice 'something is mounted in it' export anonymous
	dk rm -fv anonymous >/dev/null
	dk commit -c 'VOLUME /v' source open:2 >/dev/null
	ran alice run -d --name racing open:2 sleep 300
	refused alice 'something is mounted in it' cp racing:/etc/passwd -
	refused alice 'something is mounted in it' export racing
}
