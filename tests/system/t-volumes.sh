# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What root's programs write into volumes that a user can change at that moment.

# An image whose /go is copied for a moment before it comes to /go/z.
go_image()
{
	local root=$STATE/go

	mkdir -p "$root/bin" "$root/go"
	cp "$(command -v busybox)" "$root/bin/busybox"
	ln -s busybox "$root/bin/true"
	dd if=/dev/urandom of="$root/go/a" bs=1M count=24 2>/dev/null
	echo 'of the image' >"$root/go/z"
	chmod 1777 "$root/go"
	tar -C "$root" -c . | dk import - go:latest >/dev/null
	rm -rf "$root"
}

# An empty volume of alice's, held by a container of hers that puts a link to
# root's own file where the image's file comes, as soon as the copy has begun.
holder()
{
	dk rm -f holder >/dev/null 2>&1
	dk volume rm held >/dev/null 2>&1
	dk volume create held >/dev/null
	chmod 777 "$(dk volume inspect -f '{{.Mountpoint}}' held)"
	ran alice run -d --name holder -v held:/v alpine sh -c \
		'until [ -e /v/a ]; do :; done; ln -s /etc/roots-own /v/z; sleep 60'
}

t_race_volumes_are_not_filled_while_somebody_holds_them()
{
	local until=$((SECONDS + 20)) won=

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-d|--detach,-v|--volume list,--mount mount,--name string
	EOS
	install -m 600 /dev/stdin /etc/roots-own <<<secret
	go_image
	holder
	ran alice run --rm -v held:/go go true
	ran alice run --rm --mount src=held,dst=/go,volume-nocopy=false go true
	same 'what is in the volume' '' \
		"$(ls -A "$(dk volume inspect -f '{{.Mountpoint}}' held)")"
	same "root's file" secret "$(cat /etc/roots-own)"
	# The control: docker's own way.
	while [ -z "$won" ] && [ $SECONDS -lt $until ]; do
		dk run --rm -v held:/go --user $ALICE go true
		[ "$(cat /etc/roots-own)" = secret ] || won=yes
		[ "$won" ] || holder
	done
	dk rm -f holder >/dev/null
	dk volume rm held >/dev/null
	dk rmi go >/dev/null
	rm /etc/roots-own
	same 'the control' yes "$won"
}

# An image with a volume at /data that is alice's, and in it a directory a and a
# link b to root's own directory on the host; swap exchanges the two.
exchange_image()
{
	local root=$STATE/exchange

	mkdir -p "$root/bin" "$root/data/a"
	cp $TOOLS/swap "$root/bin/swap"
	ln -s /etc/roots-only "$root/data/b"
	chown -hR $ALICE "$root/data"
	tar -C "$root" -c . | dk import -c 'VOLUME /data' - exchange:latest >/dev/null
	rm -rf "$root"
	mkdir -m 700 /etc/roots-only
}

t_race_places_below_volumes_are_not_made()
{
	local until f=/home/alice/f x won='' targets=()

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-d|--detach,-v|--volume list,--tmpfs list,--volumes-from list
	[command:start]
	[command:restart]
	EOS
	exchange_image
	as_user alice 'touch f'
	dk volume create held >/dev/null
	# By undocker there is no such container, and one that exists stays down.
	for x in "-v $f:/data/a/x" '--tmpfs /data/a/x' '-v held:/data/a/x' '-v /data/a/x'; do
		# shellcheck disable=SC2086
		refused alice "lies in the image's volume at '/data'" \
			run --rm $x exchange swap
		# shellcheck disable=SC2086
		refused alice "lies in the volume at '/v'" \
			run --rm -v /v ${x/data/v} alpine true
	done
	refused alice "lies in the volume at '/v'" run --rm -v held:/v -v $f:/v/x alpine true
	refused alice "lies in the volume at '/v'" run --rm -v held:/v --tmpfs /v/x alpine true
	for ((x = 0; x < 24; x++)); do
		targets+=(-v "$f:/data/a/$x")
	done
	dk create --name box --user $ALICE --label undocker.uid=$ALICE \
		"${targets[@]}" exchange swap /data/a /data/b >/dev/null
	for x in start restart; do
		refused alice 'make the container anew' $x box
	done
	refused alice "lies in the volume at '/data'" run --rm --volumes-from box alpine true
	ran alice run --rm -v /data -v $f:/f alpine true
	dk run -d --name swaps --user $ALICE -v "$(dk inspect -f \
		'{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}}{{end}}{{end}}' box)":/v \
		exchange swap /v/a /v/b 1000 >/dev/null
	# The control: docker makes the places, and an old runc is led out of the
	# container to do so; a new one makes them in the volume.
	dk run --rm -v held:/v -v $f:/v/made alpine true
	same 'whose it is' 0 "$(stat -c %u "$(dk volume inspect \
		-f '{{.Mountpoint}}' held)/made")"
	runc_is_old || won=new
	until=$((SECONDS + 20))
	while [ -z "$won" ] && [ $SECONDS -lt $until ]; do
		dk start box >/dev/null 2>&1
		dk kill box >/dev/null 2>&1
		[ -z "$(ls -A /etc/roots-only)" ] || won=yes
	done
	dk rm -fv box swaps >/dev/null
	dk volume rm held >/dev/null
	dk rmi exchange >/dev/null
	rm -rf /etc/roots-only
	[ -n "$won" ] || fail 'the control was not won'
}

# An image with the link that most have.
linked_image()
{
	local root=$STATE/linked

	mkdir -p "$root/bin" "$root/run" "$root/var"
	ln -s /run "$root/var/run"
	cp "$(command -v busybox)" "$root/bin/busybox"
	ln -s busybox "$root/bin/true"
	tar -C "$root" -c . | dk import - linked:latest >/dev/null
	rm -rf "$root"
}

t_places_below_given_mounts_are_not_made()
{
	local home=$STATE/given bob=$STATE/given/scratch/bob

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-w|--workdir string,--volumes-from list
	EOS
	linked_image
	mkdir -p "$home/d" "$bob"
	chmod 700 "$bob"
	ln -s /s/bob "$home/d/x"
	dk create --name box --user $ALICE --label undocker.uid=$ALICE \
		-v "$home/d:/run" -v "$home/scratch:/s" linked true >/dev/null
	refused alice "lies in what container 'box' has at '/run'" \
		run --rm --volumes-from box -w /var/run/x/evil linked true
	same 'nothing is made' '' "$(ls -A "$bob")"
	ran alice run --rm --volumes-from box -w /var/run linked true
	# The control: docker makes it, as root, where the link leads.
	dk run --rm --user $ALICE --volumes-from box -w /var/run/x/evil \
		linked true >/dev/null 2>&1
	same 'whose it is' 0 "$(stat -c %u "$bob/evil")"
	dk rm -f box >/dev/null
	dk rmi linked >/dev/null
	rm -rf "$home"
}
