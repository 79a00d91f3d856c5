# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# login, logout and pull: each user's credentials are his own, and only the
# client gets at them.

REGISTRY=127.0.0.1:5000
TOOL=$REGISTRY/private/tool
KEPT=/var/lib/undocker/login

# A registry that knows alice and bob, and the policy that lets them there.
registry()
{
	local root=$W/registry-root i

	busybox ifconfig lo 127.0.0.1 up
	mkdir -p "$root/bin" "$root/etc"
	cp "$(command -v busybox)" "$root/bin/sh"
	: >"$W/registry.log"
	chmod 666 "$W/registry.log"
	"$TOOLS/registry.py" 5000 "$root" "$W/registry.log" >"$W/registry.err" 2>&1 &
	# shellcheck disable=SC2064
	trap "kill $!" EXIT
	dk rmi -f "$TOOL" >/dev/null 2>&1
	for ((i = 0; i < 100; i++)); do
		! busybox nc 127.0.0.1 5000 </dev/null >/dev/null 2>&1 || break
		sleep 0.05
	done
	policy <<-'EOS'
	[command:login]
	WHITELIST=-u|--username string, -p|--password string, --password-stdin
	ALLOWEDIMAGES=127\.0\.0\.1:5000
	[command:logout]
	[command:pull]
	[command:push]
	[command:run]
	WHITELIST=--rm, --cidfile string, -i|--interactive, --pull string
	[command:save]
	WHITELIST=-o|--output string
	[command:cp]
	[command:create]
	EOS
}

# login_as USER PASSWORD
login_as()
{
	echo "$2" >"$W/password"
	STDIN=$W/password
	got "$1" login -u "$1" --password-stdin $REGISTRY
	STDIN=/dev/null
}

# asked_as USER PATH: the registry was asked for PATH by USER ("-": nobody).
asked_as()
{
	grep -q "^[A-Z]* $2 $1\$" "$W/registry.log" ||
		fail "nobody asked for $2 as '$1': $(cat "$W/registry.log")"
}

t_registry_is_for_the_users_own_pulls()
{
	registry
	got alice pull $TOOL
	[ "$RC" != 0 ] || fail 'a pull without a login worked'
	[ ! -e $KEPT ] || fail 'a pull made a place for credentials'
	login_as alice geheim
	same status 0 "$RC"
	has "$OUT" 'Login Succeeded'
	same mode 700:0 "$(stat -c %a:%u $KEPT)"
	same mode "600:$ALICE" "$(stat -c %a:%u $KEPT/$ALICE/config.json)"
	ran alice pull $TOOL
	asked_as alice /v2/private/tool/manifests/latest

	# bob has none of it, whatever is on the host already
	: >"$W/registry.log"
	got bob pull $TOOL
	[ "$RC" != 0 ] || fail "bob pulled with alice's credentials"
	! grep -q 'alice$' "$W/registry.log" || fail "bob was alice to the registry"
	login_as bob secret
	ran bob pull $TOOL
	asked_as bob /v2/private/tool/manifests/latest

	# run pulls, too
	dk rmi -f $TOOL >/dev/null
	: >"$W/registry.log"
	ran alice run --rm $TOOL /bin/sh -c 'echo pulled'
	has "$OUT" pulled
	asked_as alice /v2/private/tool/manifests/latest

	ran alice logout $REGISTRY
	: >"$W/registry.log"
	got alice pull $TOOL
	[ "$RC" != 0 ] || fail 'a pull after the logout worked'
	! grep -q 'alice$' "$W/registry.log" || fail 'logout forgot nothing'
	ran bob pull $TOOL
}

t_registry_at_a_terminal()
{
	registry
	try alice "$TOOLS/terminal.py" 'expect:Username' 'send:alice\r' \
		'expect:Password' 'send:geheim\r' -- undocker login $REGISTRY
	same status 0 "$RC"
	has "$OUT" 'Login Succeeded'
	lacks "$OUT" geheim
	ran alice pull $TOOL
}

t_registry_with_a_wrong_password_keeps_nothing()
{
	registry
	login_as alice wrong
	same "docker's own status" 1 "$RC"
	[ ! -e $KEPT/$ALICE/config.json ] || fail 'something was kept'
}

# Helpers and plugins that docker would look for and run as the user.
t_registry_runs_no_helper()
{
	local name

	registry
	for name in pass docker-credential-pass docker-credential-secretservice; do
		printf '#!/bin/sh\necho "$0" >>/tmp/ran\n' >/usr/bin/$name
		chmod 755 /usr/bin/$name
	done
	login_as alice geheim
	rm -f /usr/bin/pass /usr/bin/docker-credential-*
	same status 0 "$RC"
	[ ! -e /tmp/ran ] || fail "docker ran $(cat /tmp/ran)"
	grep -q auth $KEPT/$ALICE/config.json || fail 'nothing was kept'
}

t_registry_is_out_of_the_users_reach()
{
	local file path before

	registry
	login_as alice geheim
	login_as bob secret
	before=$(cat $KEPT/$BOB/config.json)
	for file in $KEPT $KEPT/$ALICE $KEPT/$ALICE/config.json; do
		try alice sh -c "ls $file; cat $file"
		[ -z "$OUT" ] || fail "alice reads $file"
	done
	# The client is in the engine's group, and must not be led there.
	for path in $KEPT/$BOB/config.json $KEPT/$BOB/new /proc/self/fd/103/config.json; do
		got alice save -o "$path" alpine
		[ "$RC" != 0 ] || fail "save wrote $path"
		got alice run --rm --cidfile "$path" alpine true
		[ "$RC" != 0 ] || fail "--cidfile wrote $path"
	done
	ran alice create alpine true
	got alice cp "$OUT:/etc/passwd" $KEPT/$BOB/config.json
	[ "$RC" != 0 ] || fail 'cp wrote it'
	same 'the file of bob' "$before" "$(cat $KEPT/$BOB/config.json)"
	same 'what there is' config.json "$(ls $KEPT/$BOB)"
	same 'what there is' config.json "$(ls $KEPT/$ALICE)"
	grep -q '"auth":' $KEPT/$ALICE/config.json || fail "alice's file was written"
}

t_registry_is_out_of_reach_while_the_client_runs()
{
	local pid

	registry
	login_as alice geheim
	(as alice undocker run --rm -i alpine sleep 20) >"$W/out" 2>"$W/err" &
	pid=$(client_of) || exit 1
	[ -e "/proc/$pid/fd/103/config.json" ] || fail 'the client has no credentials'
	try alice sh -c "ls /proc/$pid/fd/; cat /proc/$pid/fd/103/config.json \
		/proc/$pid/environ"
	[ -z "$OUT" ] || fail "alice reads the client's: $OUT"
	if echo x 2>/dev/null >"/proc/$pid/fd/103/new"; then
		fail 'the client could write its credentials'
	fi
}

t_registry_with_an_odd_file_is_refused()
{
	registry
	login_as alice geheim
	echo '{"auths": {}, "credsStore": "evil"}' >$KEPT/$ALICE/config.json
	refused alice 'holds more than credentials (undocker logout removes it)' \
		run --rm alpine true
	refused alice 'holds more than credentials' pull $TOOL
	ran alice logout $REGISTRY
	ran alice run --rm alpine true
}

t_registry_goes_to_no_other_registry()
{
	registry
	refused alice "registry '127.0.0.1:22' is not allowed" login 127.0.0.1:22
	refused alice "registry 'docker.io' is not allowed" login
}

t_registry_of_root_is_roots_own()
{
	registry
	cd / || exit 1
	echo geheim | HOME=/root undocker login -u alice --password-stdin \
		$REGISTRY >/dev/null 2>&1 || fail 'root cannot log in'
	grep -q auth $KEPT/0/config.json || fail 'root has no credentials'
	: >"$W/registry.log"
	got bob pull $TOOL
	[ "$RC" != 0 ] || fail "bob pulled with root's credentials"
	! grep -q 'alice$' "$W/registry.log" || fail "bob got root's credentials"
}

t_registry_where_the_client_runs_as_root()
{
	registry
	sed -i 's/^\[main\]/&\nRUNAS=root/' /etc/undocker.conf
	login_as alice geheim
	same status 0 "$RC"
	same owner 0 "$(stat -c %u $KEPT/$ALICE/config.json)"
	ran alice pull $TOOL
	sed -i '/^RUNAS/d' /etc/undocker.conf
	ran alice pull $TOOL
	same owner "$ALICE" "$(stat -c %u $KEPT/$ALICE/config.json)"
}

# data_limit: how many bytes of memory the docker client that runs may have.
data_limit()
{
	local pid

	pid=$(client_of) || exit 1
	sed -n 's/^Max data size *\([^ ]*\) .*/\1/p' "/proc/$pid/limits"
}

t_registry_bounds_the_memory_of_a_login()
{
	registry
	(as alice "$TOOLS/terminal.py" 'expect:Username' pause:20 -- \
		undocker login $REGISTRY) >"$W/out" 2>"$W/err" &
	same 'bytes of a login' 268435456 "$(data_limit)"
	kill -KILL "$(pid_of_client)"
	wait $!
	(as alice undocker run --rm -i alpine sleep 20) >"$W/out" 2>"$W/err" &
	same 'bytes of a run' unlimited "$(data_limit)"
}
