# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Names of drivers, which the engine joins to the paths of its plugins.

t_drivers_are_no_programs_of_a_user()
{
	local name=../../../home/alice/plugin i words

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-v|--volume list,--volume-driver string,\
	--log-driver string,--mount mount
	ALLOWEDVALUES=--volume-driver=.* --mount=volume-driver=.*
	[command:volume create]
	WHITELIST=-d|--driver string
	ALLOWEDVALUES=--driver=.*
	EOS
	mkdir -m 700 /etc/roots
	echo kept >/etc/roots/kept
	(as alice $TOOLS/plugin.py /home/alice/plugin.sock) >"$W/plugin" 2>&1 &
	for ((i = 0; i < 100; i++)); do
		[ ! -S /home/alice/plugin.sock ] || break
		sleep 0.05
	done
	for words in "--volume-driver=$name -v vol:/v" "--log-driver=$name" \
		"--mount type=volume,src=vol,dst=/v,volume-driver=$name"; do
		# shellcheck disable=SC2086
		refused alice "is not a driver's name" run --rm $words \
			alpine cat /v/kept
	done
	refused alice "is not a driver's name" volume create -d "$name" vol
	same 'what the engine asked' '' "$(cat "$W/plugin")"
	# The control: docker alone mounts what the user's program says.
	same 'of root' kept "$(dk run --rm "--volume-driver=$name" -v vol:/v \
		alpine cat /v/kept)"
	has "$(cat "$W/plugin")" /VolumeDriver.Mount
	dk volume rm -f vol >/dev/null
}
