# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# `run` as users know it: output, status, streams, and whose it is.

t_run_works_and_is_the_callers()
{
	ran alice run --rm alpine sh -c 'id -u; id -g; id -G'
	same ids "$ALICE $ALICE $ALICE" "${OUT//$'\n'/ }"
	ran bob run --rm alpine id -u
	same id "$BOB" "$OUT"
}

t_run_exit_statuses_are_dockers()
{
	got alice run --rm alpine true
	same status 0 "$RC"
	got alice run --rm alpine sh -c 'exit 3'
	same status 3 "$RC"
	got alice run --rm alpine /etc/passwd
	same status 126 "$RC"
	got alice run --rm alpine no-such-program
	same status 127 "$RC"
	got alice run --rm no-such-image:here true
	same status 125 "$RC"
	refused alice '--privileged' run --rm --privileged alpine true
}

t_run_streams_are_apart()
{
	ran alice run --rm alpine sh -c 'echo to-out; echo to-err >&2'
	same stdout to-out "$OUT"
	same stderr to-err "$ERR"
}

t_run_i_takes_stdin_from_a_pipe()
{
	head -c 300000 /dev/urandom >"$W/in"
	STDIN=$W/in
	ran alice run --rm -i alpine sha256sum
	same sum "$(sha256sum <"$W/in")" "$OUT"
	echo not-read >"$W/in"
	ran alice run --rm alpine cat
	same 'stdin without -i' '' "$OUT"
}

t_run_d_prints_the_full_id_and_leaves_it_running()
{
	local id

	ran alice run -d --name stays alpine sleep 60
	id=$(container_of stays)
	same id "$id" "$OUT"
	ran alice ps -q --no-trunc
	same ps "$id" "$OUT"
}

t_run_inspect_shows_every_built_in_protection()
{
	local id format='{{.Config.User}}|{{index .Config.Labels "undocker.uid"}}'

	format+='|{{.HostConfig.CapDrop}}|{{.HostConfig.SecurityOpt}}'
	format+='|{{.HostConfig.Privileged}}|{{.HostConfig.CapAdd}}'
	ran alice run -d --name shown alpine sleep 60
	id=$(container_of shown)
	same inspect \
		"$ALICE:$ALICE|$ALICE|[ALL]|[no-new-privileges]|false|[]" \
		"$(dk inspect --format "$format" "$id" | sed 's/<no value>/[]/')"
	ran bob run -d --name shown2 alpine sleep 60
	id=$(container_of shown2)
	same inspect "$BOB:$BOB|$BOB|[ALL]|[no-new-privileges]|false|[]" \
		"$(dk inspect --format "$format" "$id" | sed 's/<no value>/[]/')"
}

t_hole_3A12_image_user_and_label_claim_nothing()
{
	local id

	ran alice run --rm claims:bob id -u
	same uid "$ALICE" "$OUT"
	ran alice run -d --name claimed claims:bob sleep 60
	id=$(container_of claimed)
	same labels "$ALICE kept" "$(dk inspect --format \
		'{{index .Config.Labels "undocker.uid"}} {{.Config.Labels.other}}' "$id")"
}

t_hole_3D2_image_accounts_give_no_gid_and_no_groups()
{
	ran alice run --rm accounts sh -c 'id -un; id -g; id -G'
	same ids "alice $ALICE $ALICE" "${OUT//$'\n'/ }"
	# The control: a bare uid would be given gid 0 and disk.
	has " $(dk run --rm --user=$ALICE accounts id -G) " ' 6 '
}

client_umask_is()
{
	local pid

	(umask "$1" && as alice undocker run --rm alpine sleep 60) >"$W/out" 2>&1 &
	pid=$(client_of) || fail "$pid $(cat "$W/out")"
	same 'umask of the client' "$1" \
		"$(sed -n 's/^Umask:[[:space:]]*//p' "/proc/$pid/status")"
	kill -KILL "$pid"
	until ! pid_of_client >/dev/null; do sleep 0.05; done
}

t_run_umask_passes_as_with_docker()
{
	client_umask_is 0037
	client_umask_is 0002
	same 'umask inside' "$(umask 027 && dk run --rm alpine sh -c umask)" \
		"$( (umask 027 && as alice undocker run --rm alpine sh -c umask) 2>&1)"
}

# Ubuntu's sudo has this line in its PAM session.
t_run_umask_passes_where_pam_sets_one()
{
	cp /etc/pam.d/sudo "$W/pam"
	echo 'session optional pam_umask.so umask=0022' >>/etc/pam.d/sudo
	(client_umask_is 0037)
	local rc=$?
	cp "$W/pam" /etc/pam.d/sudo
	return $rc
}

t_run_working_directory_is_the_callers_for_the_client()
{
	local pid

	mkdir -p /home/alice/work
	chown alice: /home/alice/work
	(IN=/home/alice/work as alice undocker run --rm alpine sleep 60) &
	pid=$(client_of) || fail "$pid"
	same cwd /home/alice/work "$(readlink "/proc/$pid/cwd")"
	kill "$pid"
}

t_run_sigterm_reaches_the_container()
{
	local pid id

	as alice undocker run --rm --name signalled alpine sh -c \
		'trap "exit 7" TERM; while :; do sleep 0.1; done' >"$W/out" 2>&1 &
	pid=$!
	id=$(container_of signalled) || fail "$id"
	sleep 0.3
	kill -TERM "$pid"
	wait "$pid"
	same status 7 $?
}

t_run_errors_of_the_engine_are_dockers()
{
	ran alice run -d --name first alpine sleep 60
	got alice run -d --name first alpine sleep 60
	same 'a name in use' 125 "$RC"
	has "$ERR" first
}

t_run_many_at_once_stay_apart()
{
	local i who

	for i in 1 2 3; do
		for who in alice bob carol; do
			(as "$who" undocker run --rm alpine id -u >"$W/$who.$i" 2>&1) &
		done
	done
	# shellcheck disable=SC2046
	wait $(jobs -p)
	for i in 1 2 3; do
		same alice "$ALICE" "$(cat "$W/alice.$i")"
		same bob "$BOB" "$(cat "$W/bob.$i")"
		same carol "$CAROL" "$(cat "$W/carol.$i")"
	done
}

t_group_section_is_for_its_members_only()
{
	ran alice run --rm --shm-size=32m alpine true
	refused bob '--shm-size is not allowed' run --rm --shm-size=32m alpine true
	ran alice run --rm --hostname lab1 alpine hostname # domain users@corp...
	same hostname lab1 "$OUT"
}

t_user_section_is_for_that_user_only()
{
	ran bob run --rm -h lab2 alpine hostname
	same hostname lab2 "$OUT"
	refused carol "-h" run --rm -h lab2 alpine hostname
	ran carol run --rm alpine true
}

t_command_without_a_section_is_not_offered()
{
	got alice exec x id
	is_refusal 'exec'
	has "$ERR" images
	has "$ERR" ps
	has "$ERR" run
	has "$ERR" 'ask it-help@lab.example'
	refused alice volume volume create x
	ran alice images
	has "$OUT" alpine
	ran alice version
	has "$OUT" Server
}

t_root_runs_as_root_under_the_same_policy()
{
	got root run --rm alpine id -u
	same status 0 "$RC"
	same uid 0 "$OUT"
	refused root '--privileged' run --privileged alpine true
}
