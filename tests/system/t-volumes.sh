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
		'until [ -e /v/a ]; do :; done; ln -s /root/secret /v/z; sleep 60'
}

t_race_volumes_are_not_filled_while_somebody_holds_them()
{
	local until=$((SECONDS + 20)) won=

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-d|--detach,-v|--volume list,--mount mount,--name string
	EOS
	install -m 600 /dev/stdin /root/secret <<<secret
	go_image
	holder
	ran alice run --rm -v held:/go go true
	ran alice run --rm --mount src=held,dst=/go,volume-nocopy=false go true
	same 'what is in the volume' '' \
		"$(ls -A "$(dk volume inspect -f '{{.Mountpoint}}' held)")"
	same "root's file" secret "$(cat /root/secret)"
	# The control: docker's own way.
	while [ -z "$won" ] && [ $SECONDS -lt $until ]; do
		dk run --rm -v held:/go --user $ALICE go true
		[ "$(cat /root/secret)" = secret ] || won=yes
		[ "$won" ] || holder
	done
	dk rm -f holder >/dev/null
	dk volume rm held >/dev/null
	dk rmi go >/dev/null
	rm /root/secret
	same 'the control' yes "$won"
}
