# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Who asks: nobody gets another identity than his own, or he is refused.

# sudo_rule LINE: one more rule of this machine's administrator.
sudo_rule()
{
	echo "$1" >/etc/sudoers.d/zz-rule
	chmod 440 /etc/sudoers.d/zz-rule
	visudo -qc || fail "bad rule: $1"
}

is_alice()
{
	[ "$RC" = 0 ] || fail "expected exit 0, got $RC"
	same uid "$ALICE" "$OUT"
}

t_forged_sudo_variables_change_nobody()
{
	ENV=("SUDO_UID=$BOB" "SUDO_GID=$BOB" SUDO_USER=bob USER=bob LOGNAME=bob
		U_UID=0 UID=0 HOME=/home/bob SUDO_COMMAND=x)
	got alice run --rm alpine id -u
	is_alice
	ENV=(SUDO_UID=0 SUDO_USER=root)
	got alice run --rm alpine id -u
	is_alice
	ENV=(DOAS_USER=bob "PKEXEC_UID=$BOB")
	got alice run --rm alpine id -u
	is_alice
}

# The shim of the original made itself root and then believed SUDO_USER.
t_hole_3A4_the_shim_keeps_the_real_uid()
{
	if [ "$WAY" = shim ]; then
		ENV=("SUDO_UID=$BOB" SUDO_USER=bob PATH=/tmp BASH_ENV=/tmp/x)
		try alice /usr/bin/undocker-rts run --rm alpine id -u
		is_alice
	else
		try alice /usr/bin/undocker-rt run --rm alpine id -u
		is_refusal undocker
	fi
}

t_runtime_started_by_a_user_says_what_to_do()
{
	try alice undocker-rt run --rm alpine true
	is_refusal 'undocker'
	has "$ERR" "run 'undocker"
	ENV=(SUDO_UID=0 SUDO_USER=root)
	try alice undocker-rt run --rm alpine true
	is_refusal undocker
}

t_sudo_as_another_user_is_sudos_refusal()
{
	local other

	for other in '-u bob' '-u daemon' '-g docker' '-u root -g docker' '-u #-1'; do
		# shellcheck disable=SC2086
		try alice sudo -n $other /usr/bin/undocker-rt run --rm alpine id -u
		if [ "$RC" = 0 ] && [ "$other" = '-u root -g docker' ]; then
			is_alice # still root's rule, and still herself
			continue
		fi
		[ "$RC" != 0 ] || fail "sudo $other was let through"
		same stdout '' "$OUT"
		engine_untouched
	done
	try alice sudo -n /usr/bin/undocker-rt run --rm alpine id -u
	is_alice
}

t_sudo_with_a_wider_rule_still_is_the_caller()
{
	sudo_rule 'alice ALL=(ALL:ALL) NOPASSWD: ALL'
	try alice sudo -n undocker run --rm alpine id -u
	is_alice
	try alice sudo -n -g docker undocker run --rm alpine id -u
	[ "$OUT" = "$ALICE" ] || [ "$RC" != 0 ] || fail 'not alice, not refused'
	try alice sudo -n -u bob undocker run --rm alpine id -u
	[ "$OUT" = "$BOB" ] || [ "$RC" != 0 ] || fail 'neither bob nor refused'
}

t_sudo_variables_of_a_root_call_are_read_strictly()
{
	local bad

	for bad in -1 4294967295 4294967296 +$ALICE " $ALICE" "0x1" "$ALICE " \
		"" "0$ALICE" "${ALICE}x" 99999999999999999999 "$BOB"; do
		ENV=("SUDO_UID=$bad" SUDO_USER=alice)
		refused root 'SUDO_UID' run --rm alpine true
	done
	ENV=("SUDO_UID=$ALICE")
	refused root 'SUDO_U' run --rm alpine true
	ENV=("SUDO_UID=$ALICE" SUDO_USER=alice)
	got root run --rm alpine id -u
	is_alice
}

t_doas_and_pkexec_callers_are_not_taken_for_root()
{
	ENV=(DOAS_USER=alice)
	refused root doas run --rm alpine true
	ENV=("PKEXEC_UID=$ALICE")
	refused root pkexec run --rm alpine true
	ENV=()
	got root run --rm alpine id -u
	same status 0 "$RC"
}

t_real_doas_is_refused()
{
	echo 'permit nopass alice as root' >/etc/doas.conf
	chmod 600 /etc/doas.conf
	try alice doas undocker run --rm alpine id -u
	is_refusal doas
	try alice doas id -u
	same 'doas itself' 0 "$OUT"
}

t_login_uid_of_another_is_not_taken_for_root()
{
	(
		echo "$ALICE" >/proc/self/loginuid || fail 'no login uid here'
		refused root 'logged in' run --rm alpine true
	) || exit 1
	got root run --rm alpine id -u
	same uid 0 "$OUT"
}

t_user_namespace_is_refused()
{
	try alice unshare -r undocker run --rm alpine id -u
	[ "$RC" != 0 ] || fail 'ran from a user namespace'
	same stdout '' "$OUT"
	engine_untouched
	if (as alice unshare -r true) 2>/dev/null; then
		is_refusal 'user namespace'
	fi
}

t_uid_without_an_account_is_refused()
{
	local call=(setpriv --reuid 54999 --regid 54999 --clear-groups env -i
		PATH=/usr/bin:/bin undocker run --rm alpine id)

	try root "${call[@]}"
	[ "$RC" != 0 ] || fail 'a uid without an account ran'
	same stdout '' "$OUT"
	engine_untouched
	[ "$WAY" = sudo ] || is_refusal 54999
}

t_two_names_for_one_uid_are_one_caller()
{
	useradd -o -M -u "$ALICE" -g "$ALICE" -d /home/alice alice2
	ran alice run --rm alpine id -u
	same uid "$ALICE" "$OUT"
	sed -i '/^alice2:/d' /etc/passwd /etc/shadow
}

t_user_cannot_stop_or_kill_the_runtime_before_docker()
{
	local i pid=none proc

	# A file that nobody writes holds the runtime where we can look.
	mkfifo /tmp/in
	(as alice sh -c 'exec undocker run --rm -i --env-file /tmp/in alpine true') \
		>"$W/out" 2>&1 &
	for ((i = 0; i < 60; i++)); do
		for proc in /proc/[0-9]*; do
			[ "$proc/exe" -ef /usr/bin/undocker-rt ] || continue
			# By the shim it comes with the caller's real uid, and
			# gives that up before it opens anything.
			grep -q '^Uid:[[:space:]]*0[[:space:]]' "$proc/status" ||
				continue
			pid=${proc#/proc/}
			! may_signal "$pid" || fail 'alice may stop the runtime'
			try alice $TOOLS/pry.py "$pid"
			same 'ways in' 0 "$RC"
			break 2
		done
		sleep 0.05
	done
	[ "$pid" != none ] || fail 'the runtime was not seen'
	rm -f /tmp/in
}

may_signal()
{
	(as alice kill -STOP "$1") 2>/dev/null
}
