# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Names of drivers, which the engine joins to the paths of its plugins.

# The engine asks a driver that it once found for each volume that it does not
# know, and waits for one that has ended: this one lives as long as the world, as
# a user whom no test ends.
users_driver()
{
	local home=$1 i

	[ ! -S "$home/plugin.sock" ] || return 0
	install -d -o 54299 "$home"
	setpriv --reuid 54299 --regid 54299 --clear-groups \
		$TOOLS/plugin.py "$home/plugin.sock" >"$home/log" 2>&1 &
	for ((i = 0; i < 100; i++)); do
		[ ! -S "$home/plugin.sock" ] || return 0
		sleep 0.05
	done
	fail 'no driver'
}

t_drivers_are_no_programs_of_a_user()
{
	local home=/var/lib/users-driver words asked
	local name=../../..$home/plugin

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-v|--volume list,--volume-driver string,\
	--log-driver string,--mount mount
	ALLOWEDVALUES=--volume-driver=.* --mount=volume-driver=.*
	[command:volume create]
	WHITELIST=-d|--driver string
	ALLOWEDVALUES=--driver=.*
	EOS
	install -d -m 700 /etc/roots
	echo kept >/etc/roots/kept
	users_driver $home
	asked=$(cat $home/log)
	for words in "--volume-driver=$name -v vol:/v" "--log-driver=$name" \
		"--mount type=volume,src=vol,dst=/v,volume-driver=$name"; do
		# shellcheck disable=SC2086
		refused alice "is not a driver's name" run --rm $words \
			alpine cat /v/kept
	done
	refused alice "is not a driver's name" volume create -d "$name" vol
	same 'what the engine asked' "$asked" "$(cat $home/log)"
	# The control: docker alone mounts what the user's program says.
	same 'of root' kept "$(dk run --rm "--volume-driver=$name" -v vol:/v \
		alpine cat /v/kept)"
	asked=$(tail -c +$((${#asked} + 1)) $home/log)
	has "$asked" /VolumeDriver.Mount
	dk volume rm -f vol >/dev/null
}
