# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154  # OUT ERR RC come from lib.sh
# undocker-check and the installed docker client: --params, and findings about
# what the client lacks.

# The commands that a policy can offer, one a line.
offered_commands()
{
	awk -F'"' '/^COMMAND[(]/ { name = $2 } /, NULL[)]$/ { print name }' \
		"$SOURCE/src/core/docker/commands.def"
}

# A policy with one section for every command. Only old clients have no volume
# update.
params_of_all()
{
	local command commands=()

	try root undocker-check --params 'volume update'
	if [ "$RC" = 1 ]; then
		has "$ERR" "the installed docker ($CLIENT) has no 'volume update'"
	else
		commands=('volume update')
	fi
	while read -r command; do
		[ "$command" = 'volume update' ] || commands+=("$command")
	done < <(offered_commands)
	try root undocker-check --params "${commands[@]}"
	[ "$RC" = 0 ] || fail "$RC"
	for command in "${commands[@]}"; do
		has "$OUT" "[command:$command]"
	done
	# By the client that was asked it is judged, too.
	{ printf '[main]\nDOCKERPATH=%s\n' "$CLIENT"; cat "$W/out"; } >"$W/all"
}

# The flags of a command's section, one a line.
params_flags()
{
	awk -v title="[command:$1]" '/^\[/ { of = $0 == title } of' "$W/all" |
		grep -v '^# ' | grep -o -- '--[a-z0-9-]*' | sort
}

t_check_client_params_of_all_commands_load()
{
	local command

	params_of_all
	[ "$(grep -c '^\[command:' "$W/all")" -ge 50 ] || fail 'few sections'
	has "$(cat "$W/all")" '-v|--volume list'
	[ "$(awk 'length > 80' "$W/all")" = '' ] || fail 'long lines'
	# What was kept back can be taken in as it stands.
	grep -q '^#WHITELIST=--privileged$' "$W/all" || fail '--privileged'
	sed 's/^#WHITELIST=/WHITELIST=/' "$W/all" >"$W/more"
	try alice undocker-check "$W/more"
	[ "$RC" = 0 ] || fail 'what --params printed does not load'
	has "$OUT" 'warning: run: '
	lacks "$OUT" 'the installed docker'
	# No flag of the client's own help is lost. Without an engine: with one
	# newer clients hide what it is too old for.
	for command in run ps 'network create'; do
		# shellcheck disable=SC2086
		HOME=/ DOCKER_HOST=unix:///nonexistent \
			"$CLIENT" $command --help </dev/null |
			sed -n 's/^ \{2,6\}\(-[A-Za-z], \)\?\(--[a-z0-9-]*\).*/\2/p' |
			sort >"$W/want"
		[ -s "$W/want" ] || fail "no help of $command"
		params_flags "$command" >"$W/got"
		grep -qx -- --help "$W/want" || sed -i '/^--help$/d' "$W/got"
		diff "$W/want" "$W/got" || fail "flags of $command"
	done
}

t_check_client_params_by_other_names()
{
	local short

	try root undocker-check --params ps run 'network ls' rm
	[ "$RC" = 0 ] || fail "$RC"
	short=$OUT
	try alice undocker-check --params container ls 'container run' \
		network list remove
	same 'long names and aliases' "$short" "$OUT"
}

t_check_client_params_refused()
{
	local command

	for command in plugin compose 'system dial-stdio' swarm; do
		try root undocker-check --params run "$command"
		same "$command" 2 "$RC"
		has "$ERR" "no policy can offer '$command'"
		same "$command" '' "$OUT"
	done
	for command in nosuch 'network nosuch' 'run ls' --rm ''; do
		try root undocker-check --params -- run "$command"
		same "$command" 2 "$RC"
		same "$command" '' "$OUT"
	done
	try root undocker-check --params nosuch
	has "$ERR" "docker has no command 'nosuch'"
	try root undocker-check --params
	same 'no command' 2 "$RC"
}

t_check_client_params_without_a_client()
{
	cp "$CLIENT" /home/alice/docker
	chown alice /home/alice/docker
	printf '[main]\nDOCKERPATH=/home/alice/docker\n' >"$W/p"
	try root undocker-check --policy "$W/p" --params run
	same "alice's client" 1 "$RC"
	has "$ERR" 'which is not owned by root'
	printf '[main]\nDOCKERPATH=/usr/bin/nosuch\n' >"$W/p"
	try root undocker-check --policy "$W/p" --params run
	same 'no client' 1 "$RC"
	has "$ERR" 'does not exist'
	same 'no client' '' "$OUT"
	# Without a policy that can be read, docker is where it always is.
	try root undocker-check --policy /etc/nosuch --params pause
	same 'no policy' 0 "$RC"
	has "$OUT" 'All flags of /usr/bin/docker;'
}

# The client is asked and does nothing: no plugin starts, the engine is not
# touched, and it is nobody who is asked.
t_check_client_is_asked_as_nobody()
{
	local dir

	for dir in /usr/libexec/docker/cli-plugins /usr/share/undocker/docker/cli-plugins; do
		mkdir -p $dir
		printf '#!/bin/sh\n: >/tmp/plugin-ran\n' >$dir/docker-buildx
		chmod 755 $dir/docker-buildx
	done
	HOME=/ "$CLIENT" --help >/dev/null 2>&1
	[ -e /tmp/plugin-ran ] || fail 'the plugin of this test is none'
	rm /tmp/plugin-ran
	printf '[main]\nDOCKERPATH=%s\nWHITELIST=--nosuch\n[command:build]\n%s\n' \
		"$CLIENT" 'WHITELIST=--nosuch' >"$W/p"
	try root undocker-check --policy "$W/p" --params build run
	same 'build' 0 "$RC"
	has "$OUT" '--build-arg list'
	try root undocker-check "$W/p"
	[ ! -e /tmp/plugin-ran ] || fail 'a plugin ran'
	engine_untouched
	rm -r /usr/libexec/docker/cli-plugins /usr/share/undocker/docker/cli-plugins
	printf '%s\n' '#include <stdio.h>' '#include <unistd.h>' 'int main(void)' \
		'{printf("Usage:  docker run\n\nOptions:\n  --u%d-%d\n",getuid(),getegid());}' |
		gcc -o /usr/local/lib/who -x c -
	printf '[main]\nDOCKERPATH=/usr/local/lib/who\n' >"$W/p"
	try root undocker-check --policy "$W/p" --params run
	has "$OUT" '#WHITELIST=--u65534-65534'
	rm /usr/local/lib/who
}

t_check_client_findings()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,--annotation map,--nosuch
	FORCED=--annotation=a=b
	[command:stop]
	WHITELIST=-t|--time int,-s|--signal string
	MAXVALUES=--time=60
	EOS
	try root undocker-check /etc/undocker.conf
	same 'warnings only' 0 "$RC"
	has "$OUT" "undocker.conf:4: warning: WHITELIST: the installed docker ($CLIENT) has no run --nosuch"
	lacks "$OUT" 'conf:7'
	if "$CLIENT" run --help --annotation 2>&1 | grep -q unknown; then
		has "$OUT" 'conf:5: warning: FORCED: the installed docker'
	else
		lacks "$OUT" 'conf:5'
	fi
	cp "$CLIENT" /home/alice/docker
	sed -i 's,^DOCKERPATH=.*,DOCKERPATH=/home/alice/docker,' /etc/undocker.conf
	chown alice /home/alice/docker
	try root undocker-check /etc/undocker.conf
	has "$OUT" 'note: the docker client /home/alice/docker lies in /home/alice'
	lacks "$OUT" 'nosuch'
}

# What undocker ships is for every client.
t_check_client_shipped_policies_are_silent()
{
	local file

	for file in "$SOURCE/etc/undocker.conf" "$SOURCE"/tests/cases/recipes/*.conf; do
		[ -s "$file" ] || fail "no $file"
		sed "/^DOCKERPATH=/d; s,^\[main\],&\nDOCKERPATH=$CLIENT," "$file" >"$W/p"
		grep -q "^DOCKERPATH=$CLIENT" "$W/p" ||
			printf '[main]\nDOCKERPATH=%s\n' "$CLIENT" >>"$W/p"
		try root undocker-check "$W/p"
		lacks "$OUT" 'the installed docker'
		lacks "$OUT" 'docker client'
	done
}
