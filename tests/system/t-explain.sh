# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Why a command is allowed or refused, what a user may do at all, and an
# administrator's own tests of the policy.

explained()
{
	policy <<-'EOS'
	CONTACT=ask it-help@lab.example
	[command:run]
	WHITELIST=--rm,-e|--env list,-v|--volume list,-m|--memory bytes
	DEFAULTS=-m 64m
	MAXVALUES=-m 1g
	ALLOWEDPATHS=$HOME /srv:ro
	ALLOWEDIMAGES=alpine:.*
	[command:run group:gpu]
	WHITELIST=--shm-size bytes
	[command:run user:bob]
	WHITELIST=-h|--hostname string
	[command:rm]
	WHITELIST=-f|--force
	EOS
}

# check USER WORDS...: undocker-check, as root, for USER and WORDS.
check()
{
	local user=$1

	shift
	try root undocker-check --user "$user" -- "$@"
}

t_explain_says_by_which_lines()
{
	explained
	ENV=(TOKEN=hidden-value)
	check alice run --rm -e TOKEN --shm-size 1m alpine true
	same status 0 "$RC"
	has "$OUT" 'verdict: allowed'
	has "$OUT" "final: $CLIENT run --rm=true --env=TOKEN"
	has "$OUT" 'section [command:run] (/etc/undocker.conf:4) applies'
	has "$OUT" '--rm is in WHITELIST (/etc/undocker.conf:5)'
	has "$OUT" '--shm-size is in WHITELIST (/etc/undocker.conf:11)'
	has "$OUT" '--memory=64m is added by DEFAULTS (/etc/undocker.conf:6)'
	has "$OUT" "--user=$ALICE:$ALICE is built in"
	has "$OUT" "alpine matches 'alpine:.*' of ALLOWEDIMAGES (/etc/undocker.conf:9)"
	lacks "$OUT" hidden-value
	lacks "$OUT" bob
	check bob run --rm --shm-size 1m alpine true
	same status 125 "$RC"
	has "$OUT" 'verdict: refused'
	has "$OUT" 'reason: run: --shm-size is not allowed'
	has "$OUT" '--shm-size is in no WHITELIST of [command:run], [command:run user:bob]'
	lacks "$OUT" gpu
}

t_explain_looks_at_files_as_the_user()
{
	explained
	check alice run -v /home/alice:/h alpine true
	has "$OUT" "'/home/alice' is writable by '/home/alice' of ALLOWEDPATHS (/etc/undocker.conf:8)"
	check alice run -v /srv:/s alpine true
	has "$OUT" "'/srv' is read-only by '/srv' of ALLOWEDPATHS (/etc/undocker.conf:8)"
	check alice run -v /etc:/e alpine true
	same status 125 "$RC"
	has "$OUT" "'/etc' is refused: no ALLOWEDPATHS covers it"
	mkdir -m 700 /home/bob/private
	chown bob /home/bob/private
	check alice run -v /home/bob/private/x:/x alpine true
	has "$OUT" 'Permission denied'
	lacks "$OUT" 'note: that could not be looked at'
	# what is not there may be elsewhere
	check alice run -v /home/alice/nosuch:/x alpine true
	has "$OUT" 'note: that could not be looked at'
}

t_explain_undebug_is_the_same_trace()
{
	explained
	ENV=(TOKEN=hidden-value)
	ran alice --undebug --norun run --rm -e TOKEN alpine true
	has "$ERR" 'debug: --rm is in WHITELIST (/etc/undocker.conf:5)'
	has "$ERR" 'debug: --memory=64m is added by DEFAULTS'
	lacks "$ERR$OUT" hidden-value
	lacks "$ERR" bob
	got bob --undebug run --shm-size=1m alpine true
	same status 125 "$RC"
	has "$ERR" '--shm-size is in no WHITELIST of'
	ran alice --norun run --rm alpine true
	lacks "$ERR" debug
}

t_explain_containers_that_were_looked_up()
{
	local mine other

	explained
	mine=$(dk create --name mine --label undocker.uid=$ALICE alpine true)
	other=$(dk create --name other --label undocker.uid=$BOB alpine true)
	check alice rm mine
	same status 0 "$RC"
	has "$OUT" "container 'mine' is $mine, and yours by its label"
	check alice rm other
	same status 125 "$RC"
	has "$OUT" "container 'other' is not yours"
	lacks "$OUT" "$other"
}

t_explain_unlist_of_a_command()
{
	explained
	ran alice --unlist
	has "$OUT" 'run: --rm -e -v -m --shm-size; images: alpine:.*'
	has "$OUT" 'rm: -f; your own containers'
	lacks "$OUT" hostname
	has "$OUT" 'ask it-help@lab.example'
	ran alice --unlist container run
	has "$OUT" $'\n    -m, --memory BYTES      at most 1g; 64m unless given\n'
	has "$OUT" 'paths: /home/alice /srv:ro'
	has "$OUT" "runs as you: $ALICE:$ALICE, no capabilities"
	same 'the same by undocker-check' "$OUT" \
		"$(undocker-check --user alice -- --unlist run)"
	refused alice 'does not offer' --unlist ps
	refused alice 'not a docker command' --unlist frob
	refused alice 'too much' --unlist run rm
}

t_explain_cases_report_like_a_test_runner()
{
	explained
	cat >"$W/good" <<-'EOS'
	# accounts of this machine, and one of none
	user dave uid=60001 gid=60001 groups=gpu:60002
	allow alice run --rm alpine true
	allow dave run --shm-size=1m alpine true
	refuse bob run --shm-size=1m alpine true
	    because --shm-size is not allowed
	allow bob run -h x alpine true
	refuse alice run -v /etc:/e alpine true
	    because not in ALLOWEDPATHS
	allow alice run -v /srv:/s alpine true
	refuse alice rm nosuch
	    because is not yours
	EOS
	try root undocker-check --cases "$W/good"
	same status 0 "$RC"
	has "$OUT" 'ok 1 - allow alice run --rm alpine true'
	has "$OUT" $'1..7\n# 7 passed, 0 failed'
	lacks "$OUT" 'not ok'
	sed 's/^allow alice run --rm/refuse alice run --rm/' "$W/good" >"$W/bad"
	try root undocker-check --cases "$W/bad"
	same status 1 "$RC"
	has "$OUT" 'not ok 1 - refuse alice run --rm alpine true'
	has "$OUT" '# 6 passed, 1 failed'
	echo 'allow alice' >>"$W/bad"
	try root undocker-check --cases "$W/bad"
	same status 2 "$RC"
	has "$ERR" "$W/bad:13: a user and a command line are wanted"
	engine_untouched
}

# A refusal for want of an engine or a file is no word of the policy's.
t_explain_cases_pass_for_the_right_reason_only()
{
	explained
	cat >"$W/cases" <<-'EOS'
	user dave uid=0 gid=0
	refuse alice run -v /home/alice/nosuch:/x alpine true
	refuse dave run -v /etc:/x alpine true
	allow root run --env-file /root/fifo alpine true
	EOS
	sed -i 's/^WHITELIST=--rm,/&--env-file list,/' /etc/undocker.conf
	mkfifo /root/fifo
	try root undocker-check --cases "$W/cases"
	same status 1 "$RC"
	same 'not judged' 3 "$(grep -c 'could not be judged' "$W/out")"
	has "$OUT" '# 0 passed, 3 failed'
	rm /root/fifo
	sed -i 's/^\[main\]/&\nDOCKERHOST=unix:\/\/\/run\/nosuch.sock/' /etc/undocker.conf
	printf 'refuse alice rm x\nallow alice rm x\n' >"$W/cases"
	try root undocker-check --cases "$W/cases"
	same status 1 "$RC"
	same 'not judged' 2 "$(grep -c 'could not be judged' "$W/out")"
	# no root, no look at others' files
	cp /etc/undocker.conf /home/alice/p.conf
	echo 'refuse bob run -v /etc:/e alpine' >/home/alice/cases
	try alice undocker-check --policy p.conf --cases cases
	same status 1 "$RC"
	has "$OUT" 'could not be judged'
	echo WHITELST=x >>/home/alice/p.conf
	try alice undocker-check --policy p.conf --cases cases
	same status 1 "$RC"
	same 'on stdout' '' "$OUT"
	has "$ERR" 'policy error: p.conf:'
}

# A case whose file does not answer ends itself, and no other.
t_explain_cases_go_on_after_one_that_hangs()
{
	explained
	sed 's/^WHITELIST=--rm,/&--env-file list,/' /etc/undocker.conf \
		>/home/alice/p.conf
	mkfifo /home/alice/fifo
	cat >/home/alice/cases <<-'EOS'
	allow alice run --env-file /home/alice/fifo alpine true
	refuse alice run --env-file /home/alice/fifo alpine true
	allow alice run --rm alpine true
	refuse alice run --privleged alpine true
	refuse alice run --privileged alpine true
	EOS
	chown alice /home/alice/fifo
	try alice undocker-check --policy p.conf --cases cases
	same status 1 "$RC"
	same 'not judged' 2 "$(grep -c 'could not be judged' "$W/out")"
	has "$OUT" $'\nok 3 - '
	has "$OUT" $'\nnot ok 4 - '
	has "$OUT" $'\nok 5 - '
	has "$OUT" $'1..5\n# 2 passed, 3 failed'
}

# What the runtime would refuse for the machine's sake is not told as allowed.
t_explain_what_hinders_the_runtime()
{
	explained
	cp /etc/undocker.conf /home/alice/p.conf
	chmod 666 /etc/undocker.conf
	check alice run --rm alpine true
	same status 125 "$RC"
	has "$ERR$OUT" 'policy error: /etc/undocker.conf: is writable by'
	refused alice 'policy error: /etc/undocker.conf: is writable by' \
		run --rm alpine true
	ln -s /etc/undocker.conf /home/alice/link.conf
	try root undocker-check --policy /home/alice/link.conf --user alice \
		-- run --rm alpine true
	same status 125 "$RC"
	# a draft may be anybody's, what it includes may not
	try alice undocker-check --policy p.conf -- run --rm alpine true
	same status 0 "$RC"
	lacks "$OUT" 'would refuse'
	echo '[command:ps]' >/home/alice/inc.conf
	chown alice /home/alice/inc.conf
	sed -i '1i [main]\nINCLUDE=/home/alice/inc.conf' /home/alice/p.conf
	try alice undocker-check --policy p.conf -- run --rm alpine true
	same status 0 "$RC"
	has "$OUT" 'note: undocker would refuse: policy error: /home/alice/inc.conf: '

	chmod 644 /etc/undocker.conf
	check alice run --rm alpine true
	same status 0 "$RC"
	sed -i 's|^DOCKERPATH=.*|DOCKERPATH=/usr/bin/nosuch-docker|' /etc/undocker.conf
	check alice run --rm alpine true
	same status 125 "$RC"
	has "$OUT" 'verdict: refused'
	has "$OUT" 'reason: the docker client /usr/bin/nosuch-docker does not exist'
	refused alice 'the docker client /usr/bin/nosuch-docker does not exist' \
		run --rm alpine true
	cp /etc/undocker.conf /root/new.conf
	try root undocker-check --policy /root/new.conf --user alice -- \
		run --rm alpine true
	same status 0 "$RC"
	has "$OUT" 'verdict: allowed'
	has "$OUT" 'note: undocker would refuse: the docker client /usr/bin/nosuch-docker'
}

# Root asks no engine that only a stranger's policy names.
t_explain_root_asks_no_strangers_engine()
{
	printf '%s\n' '[main]' 'DOCKERHOST=unix:///home/alice/$U_UID.sock' \
		'[command:rm]' >/home/alice/p.conf
	chown alice /home/alice/p.conf
	try root undocker-check --policy /home/alice/p.conf --user alice -- rm x
	same status 125 "$RC"
	has "$OUT" "/home/alice/p.conf is not root's, so root does not ask"
	cp /home/alice/p.conf /etc/p.conf
	try root undocker-check --policy /etc/p.conf --user alice -- rm x
	rm /etc/p.conf
	same status 125 "$RC"
	lacks "$OUT" 'does not ask'
}
