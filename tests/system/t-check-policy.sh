# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# shellcheck disable=SC2154  # OUT RC SOURCE are the others'
# undocker-check FILE: exit status, and the trust in the file that enforcement
# reads. What is said of policies is golden: tests/cases/findings.

# checked WHO STATUS LINES FILE...: what it prints, and how it ends
checked()
{
	try "$1" undocker-check "${@:4}"
	same "undocker-check as $1: $OUT" "$2" "$RC"
	same 'findings' "$3" "$OUT"
}

t_policy_check_status()
{
	printf '[command:stop]\n' >"$W/p"
	checked alice 0 '' "$W/p"
	printf '[main]\nAUDIT=off\n' >"$W/p"
	try alice undocker-check "$W/p"
	same 'with a warning' 0 "$RC"
	has "$OUT" "$W/p:2: warning: AUDIT=off: "
	printf '[main]\nWRONG=1\n[command:nosuch]\n' >"$W/p"
	checked alice 1 "$W/p:2: error: unknown key 'WRONG'
$W/p:3: error: docker has no command 'nosuch' that undocker knows" "$W/p"
	checked alice 1 "$W/none: error: does not exist" "$W/none"
	try alice undocker-check --nosuch "$W/p"
	same 'wrong usage' 2 "$RC"
}

t_policy_check_owner_and_mode()
{
	local conf=/etc/undocker.conf link=/etc/other.conf

	printf '[command:stop]\n' >$conf
	checked alice 0 ''
	chmod 664 $conf
	checked alice 1 "$conf: error: is writable by group or others (chmod go-w)"
	# By another name it is the same file.
	ln -s undocker.conf $link
	checked alice 1 "$conf: error: is writable by group or others (chmod go-w)" $link
	rm $link
	# What is still to be installed may be anybody's.
	cp -p $conf "$W/p"
	chown alice "$W/p"
	checked alice 0 '' "$W/p"
	chmod 600 $conf
	checked alice 1 "$conf: error: cannot be read: Permission denied"
	checked root 0 ''
	chown alice $conf
	checked root 1 "$conf: error: is not owned by root"
	chown root $conf
	chmod 644 $conf
	chmod 777 /etc
	checked root 1 "$conf: error: lies in /etc, which is writable by group or others"
	chmod 755 /etc
	checked root 0 ''
}

t_policy_check_defaults_are_silent()
{
	checked root 0 '' "$SOURCE/etc/undocker.conf"
}
