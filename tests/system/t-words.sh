# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The words that undocker adds, what it prints, and words in the policy.

mine()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-i|--interactive,-t|--tty,-e|--env list
	FORCED=-u $U_UID:$U_GID -v '$PWD:$PWD' -w '$PWD'
	EOS
}

t_words_norun_prints_what_would_run()
{
	final alice run --rm -e A=1 -it alpine sh -c 'echo "$0" x'
	same program "$CLIENT" "${FINAL[0]}"
	has_word --rm=true
	has_word --interactive=true
	has_word --env=A=1
	has_word "--user=$ALICE:$ALICE"
	has_word "--label=undocker.uid=$ALICE"
	has_word 'echo "$0" x'
	ENV=(TOKEN=hidden-value)
	final alice run -e TOKEN alpine true
	has_word --env=TOKEN
	lacks "$OUT" hidden-value
	refused alice --privileged --norun run --privileged alpine true
}

t_words_check_says_what_would_run()
{
	local words=(run --rm -e A=1 alpine echo x)

	final alice "${words[@]}"
	try root undocker-check --policy /etc/undocker.conf --user alice --final \
		-- "${words[@]}"
	same 'undocker-check --final' "${FINAL[*]@Q}" "$(eval "F=($OUT)"
		echo "${F[*]@Q}")"
	try root undocker-check --policy /etc/undocker.conf --user bob --final \
		-- run --shm-size=1m alpine
	is_refusal --shm-size
	cp /etc/undocker.conf /home/alice/own.conf
	chown alice /home/alice/own.conf
	try alice undocker-check --policy own.conf --user alice --final -- ps
	same status 0 "$RC"
	try alice undocker-check --policy own.conf
	same status 0 "$RC"
	echo WHITELST=x >>/home/alice/own.conf
	try alice undocker-check --policy own.conf
	[ "$RC" != 0 ] || fail 'an unsound policy is sound'
	has "$OUT" 'own.conf:19: error: unknown key'
}

t_words_help_needs_no_policy_and_no_way_up()
{
	local words

	rm -f /etc/undocker.conf
	mv /etc/sudoers.d/undocker /etc/undocker.rule
	for words in '' --help -h help --unhelp '--unhelp -V' '--norun --unhelp run x'; do
		# shellcheck disable=SC2086
		ran alice $words
		has "$OUT" undocker
		same stderr '' "$ERR"
		engine_untouched
	done
	for words in -V --unversion '-V --unlist'; do
		# shellcheck disable=SC2086
		ran alice $words
		has "$OUT" undocker
		same lines 1 "$(wc -l <"$W/out")"
	done
	mv /etc/undocker.rule /etc/sudoers.d/undocker
	refused alice 'does not exist' run alpine true
}

t_words_unlist_says_what_i_may_do()
{
	ran alice --unlist
	has "$OUT" run
	has "$OUT" images
	has "$OUT" --shm-size
	ran bob --unlist run
	lacks "$OUT" --shm-size
	has "$OUT" --hostname
	engine_untouched
}

t_words_undebug_traces_on_stderr_and_runs()
{
	ran alice --undebug run --rm alpine id -u
	same stdout "$ALICE" "$OUT"
	[ -n "$ERR" ] || fail 'no trace'
}

t_words_after_the_command_are_dockers()
{
	refused alice --norun run --norun alpine true
	ran alice run --rm alpine echo --norun --unlist -V
	same words '--norun --unlist -V' "$OUT"
}

t_words_the_name_docker_is_the_same_program()
{
	mkdir -p /home/lab/bin
	ln -s /usr/bin/undocker /home/lab/bin/docker
	try alice /home/lab/bin/docker run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	try alice /home/lab/bin/docker run --privileged alpine true
	is_refusal --privileged
	rm -r /home/lab/bin
}

t_words_missing_sudo_rule_is_said()
{
	[ "$WAY" = sudo ] || return 0
	mv /etc/sudoers.d/undocker /etc/undocker.rule
	try alice undocker run --rm alpine true
	mv /etc/undocker.rule /etc/sudoers.d/undocker
	[ "$RC" != 0 ] || fail 'it ran'
	has "$ERR" sudo
	engine_untouched
}

t_words_shim_that_is_not_sound_is_not_used()
{
	[ "$WAY" = shim ] || return 0
	chmod 755 /usr/bin/undocker-rts
	ran alice run --rm alpine id -u # by sudo
	same uid "$ALICE" "$OUT"
	chown bob /usr/bin/undocker-rts
	chmod 4755 /usr/bin/undocker-rts
	ran alice run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	world_way shim
}

# FORCED=-v '$PWD:$PWD' was expanded first and split afterwards.
t_hole_3A1_pwd_is_not_resplit()
{
	local dir

	mine
	for dir in "x' --privileged -v '" 'a b' '$(touch /tmp/ran)' '`touch /tmp/ran`' \
		'100%s' 'q"q' '--privileged' '$HOME' 'back\slash' $'tab\t.'; do
		mkdir -p "/home/lab/$dir"
		chown alice "/home/lab/$dir"
		IN="/home/lab/$dir"
		final alice run --rm alpine pwd
		lacks_word --privileged
		has_word "--workdir=/home/lab/$dir"
		ran alice run --rm alpine sh -c 'pwd; touch here'
		same pwd "/home/lab/$dir" "$OUT"
		same owner "$ALICE" "$(stat -c %u "/home/lab/$dir/here")"
		same privileged '' "$(dk ps -aq)"
	done
	[ ! -e /tmp/ran ] || fail 'it was evaluated'
	mkdir -p $'/home/lab/new\nline'
	chown alice $'/home/lab/new\nline'
	IN=$'/home/lab/new\nline'
	refused alice 'line' run --rm alpine pwd
}

t_words_variables_come_from_the_accounts()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	FORCED=-e "A=$USER $U_UID $GROUP $U_GID" -e B=$HOME -e 'C=\$HOME' --group-add $U_GROUPS --pull=never
	EOS
	ENV=(HOME=/evil USER=root U_UID=0 GROUP=root PWD=/evil)
	ran alice run --rm alpine env
	has "$OUT" "A=alice $ALICE alice $ALICE"
	has "$OUT" B=/home/alice
	has "$OUT" 'C=$HOME'
	ran alice run --rm alpine id -G
	same groups "$ALICE $LAB $GPU $CORP" \
		"$(tr ' ' '\n' <<<"$OUT" | sort -n | tr '\n' ' ' | sed 's/ $//')"
	ran carol run --rm alpine id -G
	same groups "$CAROL" "$OUT"
}

t_words_pwd_is_the_physical_path()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	FORCED=-e P=$PWD
	EOS
	mkdir -p /home/lab/real
	ln -s real /home/lab/logical
	IN=/home/lab/logical
	ENV=(PWD=/home/lab/logical)
	ran alice run --rm alpine sh -c 'echo $P'
	same PWD /home/lab/real "$OUT"
}

t_words_blacklisted_flag_may_be_dropped_instead()
{
	policy <<-'EOS'
	ERROR_ON_BLACKLISTED=false
	[command:run]
	WHITELIST=--rm,-e|--env list,--privileged
	BLACKLIST=--env list,--privileged
	EOS
	ran alice run --rm -e A=1 --privileged alpine env
	lacks "$OUT" A=1
	has "$ERR" '-e'
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-e|--env list
	BLACKLIST=--env list
	EOS
	refused alice -e run --rm -eA=1 alpine true
}

t_words_forced_wins_and_defaults_fill_in()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm,-h|--hostname string,--stop-signal string
	FORCED=--hostname forced
	DEFAULTS=--stop-signal=INT --shm-size 8m
	EOS
	final alice run --rm -h mine --stop-signal KILL alpine true
	has_word --hostname=forced
	lacks_word --hostname=mine
	has_word --stop-signal=KILL
	lacks_word --stop-signal=INT
	has_word --shm-size=8m
}
