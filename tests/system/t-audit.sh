# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The line that the system's log gets of every decision.

# log_begin KIND: a /dev/log; what it got is in $W/log.
log_begin()
{
	local i

	# Its input stays open as long as the test lives, and no longer.
	exec {LOG_LIFE}> >(exec "$TOOLS/logd.py" "$1" >"$W/log" 2>&1)
	for ((i = 0; i < 100; i++)); do
		! grep -q listening "$W/log" 2>/dev/null || return 0
		sleep 0.05
	done
	fail "no log: $(cat "$W/log")"
}

# logged WORD: LINE becomes the one record of undocker's that holds WORD.
logged()
{
	local i

	for ((i = 0; i < 60; i++)); do
		LINE=$(grep -a 'undocker-rt\[' "$W/log" | grep -aF -- "$1")
		[ -z "$LINE" ] || break
		sleep 0.05
	done
	echo "  log: ${LINE:0:600}"
	same "records with '$1'" 1 "$(grep -c . <<<"$LINE")"
}

# records: how many are undocker's.
records()
{
	sleep 0.3
	grep -ac 'undocker-rt\[' "$W/log"
}

# The last command ran, and the log did not hold it up for long.
ran_soon()
{
	local began=${SINCE/./} now=${EPOCHREALTIME/./}

	same exit 0 "$RC"
	same output ran "$OUT"
	((now - began < 8000000)) || fail "it took $((now - began)) us"
}

t_audit_tells_who_what_where_and_why()
{
	log_begin datagram
	IN=/home/lab
	ran alice run --rm alpine echo first
	logged first
	[[ $LINE =~ ^\<86\>undocker-rt\[[0-9]+\]:\ uid=$ALICE\ user=alice\  ]] ||
		fail 'facility, program and caller'
	has "$LINE" ' via=shim tty=none verdict=allow command=run '
	has "$LINE" ' cwd=/home/lab '
	has "$LINE" 'rule="[command:run] (/etc/undocker.conf:4) [command:run group:gpu] (/etc/undocker.conf:'
	has "$LINE" " final=\"$CLIENT run --rm=true "
	has "$LINE" ' -- alpine echo first"'
	lacks "$LINE" reason=
	IN=''
	refused bob restricted run ubuntu:14.04 second
	logged "uid=$BOB"
	has "$LINE" ' verdict=deny command=run reason='
	has "$LINE" 'restricted (/etc/undocker.conf:8)'
	has "$LINE" '[command:run user:bob]'
	lacks "$LINE" final=
	ran alice --norun run --rm alpine echo third
	logged third
	has "$LINE" ' verdict=allow norun=true command=run '
	refused alice nosuch nosuch fourth
	logged nosuch
	has "$LINE" ' verdict=deny reason='
	lacks "$LINE" command=
	refused alice "offer 'pull'" pull fifth
	logged "offer 'pull'"
	has "$LINE" ' verdict=deny command=pull '
	lacks "$LINE" rule=
	same records 5 "$(records)"
}

t_audit_tells_the_terminal_and_the_way_up()
{
	log_begin datagram
	try alice $TOOLS/terminal.py -- undocker run --rm alpine echo onatty
	logged onatty
	has "$LINE" ' tty=/dev/pts/'
	world_way sudo
	ran alice run --rm alpine echo bysudo
	logged bysudo
	has "$LINE" "uid=$ALICE user=alice via=sudo "
	try root undocker run --rm alpine echo asroot
	logged asroot
	has "$LINE" 'uid=0 user=root via=root '
}

t_audit_questions_are_not_decisions()
{
	log_begin datagram
	ran alice --unlist
	ran alice --unhelp
	ran alice --unversion
	ran alice run --rm alpine true
	same records 1 "$(records)"
}

# Whatever stands in argv or in a directory's name: one record, and no field
# that is not undocker's.
t_audit_nothing_forges_a_line()
{
	local forged='<86>undocker-rt[1]: uid=0 user=root verdict=allow'

	mkdir -p "/home/lab/d"$'\n'"$forged"
	log_begin datagram
	IN="/home/lab/d"$'\n'"$forged"
	ran alice run --rm alpine echo $'one\n'"$forged" $'\e[2J\r\x85\x7f' 'a" verdict=deny "'
	logged "uid=$ALICE user=alice via"
	lacks "$LINE" $'\n'
	has "$LINE" '\\x0a<86>undocker-rt[1]'
	[ "$(grep -ao ' verdict=[a-z]*' <<<"$LINE" | head -n 1)" = ' verdict=allow' ] ||
		fail 'the first verdict is not the true one'
	IN=''
	refused bob run run $'--name=x\n'"$forged" alpine
	logged "uid=$BOB user=bob"
	refused carol - $'\n'"$forged" $'\e]0;x\a'
	logged "uid=$CAROL user=carol"
	if grep -aq '\\x0[ad]<\|\\x1b' <(sed 's/\\\\x/ESCAPED/g' "$W/log"); then
		fail 'a control byte reached the log'
	fi
	same records 3 "$(records)"
}

t_audit_long_commands_go_on_in_parts()
{
	local i long

	log_begin datagram
	long=$(head -c 9000 /dev/zero | tr '\0' y)
	ran alice run --rm alpine echo begin "$long" theend
	logged begin
	[[ $LINE =~ \ parts=([0-9]+)\  ]] || fail 'no parts'
	same records "${BASH_REMATCH[1]}" "$(records)"
	for ((i = 2; i <= BASH_REMATCH[1]; i++)); do
		logged " part=$i "
		has "$LINE" "uid=$ALICE user=alice part=$i final="
	done
	has "$LINE" theend
	while read -r LINE; do
		((${#LINE} < 8192)) || fail 'longer than syslog daemons take'
	done <"$W/log"
}

t_audit_tells_no_secret()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-e|--env list,--env-file list
	ALLOWEDVALUES=--env=[TABC]+=s.*
	RESTRICTEDVALUES=--env=C=.*
	[command:login]
	WHITELIST=-u|--username string,-p|--password string
	RESTRICTEDVALUES=--password=.*weak.*
	EOS
	echo T=sesame-3 >/home/alice/secrets
	log_begin datagram
	ENV=(T=sesame-1)
	ran alice run --rm -e T -e A=sesame-2 -eB=sesame-4 --env-file secrets alpine true
	logged verdict=allow
	has "$LINE" --env=A
	refused alice restricted run --rm -e C=sesame-5 alpine
	refused alice 'not allowed' run --rm -e D=sesame-6 alpine
	got alice --norun login -u alice -p sesame-7 registry.example
	logged 'norun=true command=login'
	has "$LINE" ' --password= '
	got alice login -u alice --password=sesame-8-weak registry.example
	same exit 125 "$RC"
	logged 'verdict=deny command=login'
	got alice login -u alice --passwort=sesame-9 registry.example
	same exit 125 "$RC"
	same records 6 "$(records)"
	lacks "$(cat "$W/log")" sesame
}

t_audit_off_is_the_policys_word()
{
	policy <<-'EOS'
	AUDIT=off
	[command:run]
	WHITELIST=--rm
	EOS
	log_begin datagram
	ran alice run --rm alpine true
	refused bob --privileged run --privileged alpine
	same records 0 "$(records)"
	# A policy that is not sound says nothing that could be believed.
	echo NOSUCHKEY=x >>/etc/undocker.conf
	refused bob NOSUCHKEY run --rm alpine
	logged NOSUCHKEY
	has "$LINE" "uid=$BOB user=bob via=shim "
	has "$LINE" 'verdict=deny command=run reason="policy error: /etc/undocker.conf:6: '
	rm /etc/undocker.conf
	refused bob 'does not exist' run --rm alpine
	logged 'does not exist'
	same records 2 "$(records)"
}

# No state of the log stops an allowed command, or lets a refused one pass.
t_audit_faults_change_nothing()
{
	local kind

	for kind in none file directory dangling full; do
		rm -rf /dev/log "$W/log"
		case $kind in
		file) echo kept >/dev/log ;;
		directory) mkdir /dev/log ;;
		dangling) ln -s /nowhere /dev/log ;;
		full) log_begin full ;;
		esac
		try alice undocker run --rm alpine echo ran
		ran_soon
		refused bob --privileged run --privileged alpine
		[ $kind != file ] || same 'the file' kept "$(cat /dev/log)"
	done
}

t_audit_a_stream_gets_lines_too()
{
	log_begin stream
	try alice undocker run --rm alpine echo ran
	ran_soon
	refused bob --privileged run --privileged alpine
	logged " verdict=allow command=run "
	has "$LINE" "<86>undocker-rt"
	logged "uid=$BOB"
	has "$LINE" --privileged
}

t_audit_a_real_daemon_files_it_under_authpriv()
{
	local daemon i

	busybox syslogd -n -O "$W/log" &
	daemon=$!
	for ((i = 0; i < 100; i++)); do
		[ ! -S /dev/log ] || break
		sleep 0.05
	done
	ran alice run --rm alpine echo $'real\n<86>forged'
	logged real
	[[ $LINE =~ \ authpriv\.info\ undocker-rt\[[0-9]+\]:\ uid=$ALICE\  ]] ||
		fail 'authpriv.info'
	has "$LINE" forged
	refused bob --privileged run --privileged alpine
	logged "uid=$BOB"
	kill "$daemon"
}

# A byte that takes four to tell, so that what the kernel lets pass is too much.
t_audit_runs_nothing_that_it_cannot_hold()
{
	local word words=() i

	printf -v word '\001%.0s' {1..120000}
	for ((i = 0; i < 14; i++)); do
		words+=("$word")
	done
	refused alice 'too long to be logged whole' run --rm alpine true "${words[@]}"
	ran alice --norun run --rm alpine true "${words[@]:0:12}"
	sed -i 's/^\[main\]/&\nAUDIT=off/' /etc/undocker.conf
	ran alice --norun run --rm alpine true "${words[@]}"
}
