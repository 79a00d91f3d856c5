# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Each system call and each allocation of the runtime fails once, one by one:
# whatever fails, what the policy restricts stays restricted.

# asked WORDS...: alice's `run alpine` by way of sudo, under WORDS.
asked()
{
	# The inner shell says nothing of a signal that ends it.
	{
		(exec env -i PATH=/usr/bin:/bin SUDO_UID="$ALICE" \
			SUDO_USER=alice "$@" \
			/usr/bin/undocker-rt --norun run alpine true \
			>"$W/out" 2>"$W/err" </dev/null)
	} 2>/dev/null
}

# failing CALL N ERROR
failing()
{
	asked strace -qqq -o /dev/null -e signal=none \
		-e "trace=$1" -e "inject=$1:error=$3:when=$2"
}

sweep_memory()
{
	local i

	asked LD_PRELOAD=$TOOLS/failing.so FAIL_MARK="$W/fault" &&
		fail 'allowed without any fault'
	has "$(<"$W/err")" 'is restricted'
	for ((i = 1; i < 10000; i++)); do
		rm -f "$W/fault"
		if asked LD_PRELOAD=$TOOLS/failing.so FAIL_AT=$i \
			FAIL_MARK="$W/fault"; then
			fail "allowed where the ${i}th allocation fails"
		fi
		[ -e "$W/fault" ] || break
	done
	[ $i -gt 20 ] || fail "only $i allocations were tried"
}

# sweep CALL...: none that fails runs what is refused without a fault. From the
# first look at the accounts on; what comes before has nothing to do with it.
sweep()
{
	local call before n i error tried=0 harmless=0

	asked strace -qqq -e signal=none -o "$W/calls" &&
		fail 'allowed without any fault'
	has "$(<"$W/err")" 'is restricted'
	while read -r call before n; do
		case $call in
		mmap | brk) error=ENOMEM ;;
		*) error=EIO ;;
		esac
		for ((i = before + 1; i <= n; i++)); do
			tried=$((tried + 1))
			if failing "$call" "$i" $error; then
				fail "allowed where $call fails the ${i}th time"
			fi
			grep -q 'is restricted' "$W/err" &&
				harmless=$((harmless + 1))
		done
	done < <(awk -F '(' -v "which=$*" '
		/nsswitch/ { on = 1 }
		index(" " which " ", " " $1 " ") { n[$1]++; old[$1] += !on }
		END { for (call in n) print call, old[call], n[call] }' \
		"$W/calls")
	# Some a program can live with; who sees none tried nothing.
	if [ $harmless = 0 ] || [ $tried -lt $((harmless + 30)) ]; then
		fail "$tried faults were tried, $harmless did no harm"
	fi
}

restricted_group()
{
	policy <<-'EOS'
	REQUIREGROUPS=false
	[command:run]
	WHITELIST=--rm
	EOS
	asked || fail 'refused without the restriction'
	cat >>/etc/undocker.conf <<-'EOS'
	[command:run group:gpu]
	RESTRICTEDIMAGES=alpine.*
	EOS
}

t_faults_do_not_drop_a_group()
{
	restricted_group
	sweep openat read lseek newfstatat fstat mmap brk close socket connect
}

t_faults_of_memory_do_not_drop_a_group()
{
	restricted_group
	sweep_memory
}

t_faults_do_not_drop_an_included_file()
{
	mkdir -m 755 /etc/undocker.conf.d
	policy <<-'EOS'
	INCLUDE=/etc/undocker.conf.d/*.conf
	[command:run]
	WHITELIST=--rm
	EOS
	asked || fail 'refused without the restriction'
	cat >/etc/undocker.conf.d/a.conf <<-'EOS'
	[command:run]
	RESTRICTEDIMAGES=alpine.*
	EOS
	chmod 644 /etc/undocker.conf.d/a.conf
	sweep openat read newfstatat fstat getdents64
	rm -r /etc/undocker.conf.d
}
