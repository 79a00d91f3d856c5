# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Whatever stands on the command line or in the engine's place: one line that
# says what and where, exit 125, and nothing ran.

t_bad_unknown_flag_and_command()
{
	refused alice --no-such-flag run --rm --no-such-flag alpine true
	refused alice -Z run -Z alpine true
	refused alice frobnicate frobnicate
	refused alice RUN RUN alpine true
	refused alice '' run --rm --Rm alpine true
	refused alice '' ''
	refused alice '' -
	refused alice '' run
	refused alice '' run --rm
	refused alice '' run --rm=maybe alpine
	refused alice --name run --name
}

t_bad_ten_thousand_arguments()
{
	# shellcheck disable=SC2046
	ran alice run --rm alpine echo $(seq 10000)
	same words 10000 "$(wc -w <"$W/out")"
	# shellcheck disable=SC2046
	ran alice run --rm $(seq -f -eA%g=1 10000) alpine sh -c 'env | grep -c ^A'
	same variables 10000 "$OUT"
	# shellcheck disable=SC2046
	refused alice --privileged run --rm $(seq -f -eA%g=1 10000) --privileged alpine true
}

t_bad_argument_of_128_KiB()
{
	local big

	big=$(head -c 131071 /dev/zero | tr '\0' x)
	ran alice run --rm alpine sh -c 'echo ${#0}' "$big"
	same length 131071 "$OUT"
	refused alice '' run --rm "${big:0:130000}" true
	# The long spelling no longer fits into one word for docker.
	refused alice '' run --rm "-e${big:2}" alpine true
	ENV=("BIG=${big:4}")
	ran alice run --rm -e SMALL=1 alpine sh -c 'echo $SMALL'
	same SMALL 1 "$OUT"
}

t_bad_utf8_and_control_bytes()
{
	local bad=$'a\x1b]0;x\x07\x1b[31m\nb\r\x7f'

	refused alice '' run --rm --name "$bad" alpine true
	refused alice '' run --rm "$bad" true
	refused alice '' "$bad"
	refused alice '' run "--$bad" alpine true
	refused alice '' run --rm $'\xff\xfe' true
	refused alice '' run --rm --name $'\xc3\x28' alpine true
	ran alice run --rm alpine printf %s $'\xff\x1b\xfe'
	same 'bytes, as from docker itself' "$(dk run --rm alpine printf %s \
		$'\xff\x1b\xfe' | od -c)" "$(od -c <"$W/out")"
	final alice run --rm alpine echo "$bad" $'\xff' "it's" '$x' ''
	same 'words come back' "$bad|"$'\xff'"|it's|\$x|" \
		"$(IFS='|'; echo "${FINAL[*]: -5}")"
}

t_bad_engine_socket()
{
	local what

	python3 -c '
import socket
for name in "rootgroup", "users", "docker-group":
    s = socket.socket(socket.AF_UNIX); s.bind("/run/%s.sock" % name)'
	chmod 660 /run/*.sock
	chown root:root /run/rootgroup.sock
	chown alice:docker /run/users.sock
	chown root:docker /run/docker-group.sock
	ln -s /run/docker.sock /run/link.sock
	: >/run/file.sock
	while read -r sock what; do
		printf '[main]\nDOCKERPATH=%s\nDOCKERHOST=%s\n[command:ps]\n' \
			"$CLIENT" "$sock" >/etc/undocker.conf
		refused alice "$what" ps
	done <<-'EOS'
	unix:///run/none.sock exist
	unix:///run/rootgroup.sock root
	unix:///run/users.sock owned
	unix:///run/link.sock link
	unix:///run/file.sock socket
	unix:///run socket
	ssh://root@localhost DOCKERHOST
	/run/docker.sock DOCKERHOST
	EOS
	# The control: the same kind of socket, sound, is left to docker.
	printf '[main]\nDOCKERPATH=%s\nDOCKERHOST=unix:///run/docker-group.sock\n[command:ps]\n' \
		"$CLIENT" >/etc/undocker.conf
	got alice ps
	has "$ERR" 'Cannot connect'
	rm -f /run/{rootgroup,users,docker-group,link,file}.sock
	base_policy
	ran alice ps
}

t_bad_engine_group_root_is_possible_with_runas_root()
{
	chgrp root $SOCKET
	refused alice root ps
	policy <<-'EOS'
	RUNAS=root
	[command:run]
	WHITELIST=--rm
	EOS
	got alice run --rm alpine id -u
	chgrp docker $SOCKET
	same status 0 "$RC"
	same uid "$ALICE" "$OUT"
}

t_bad_directory_of_the_caller()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	FORCED=-v '$PWD:$PWD' -w '$PWD'
	EOS
	local dir

	for dir in 'a:b' 'a:/etc:rw' ':'; do
		mkdir -p "/home/lab/$dir"
		chown alice "/home/lab/$dir"
		IN="/home/lab/$dir"
		refused alice : run --rm alpine true
	done
	IN=/
	refused alice '' run --rm alpine true
}
