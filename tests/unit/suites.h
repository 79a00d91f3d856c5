/* SPDX-License-Identifier: Apache-2.0 */
/* The unit tests' suites, one a source file; tests.c runs them all. */
#ifndef UNDOCKER_SUITES_H
#define UNDOCKER_SUITES_H

#include <check.h>

/*
 * The core's tests touch nothing but memory, so that they share one process;
 * each of the host's has a process of its own.
 */
#define CORE_SUITES(X) \
	X(additions) X(arena) X(boolean) X(caller) X(cli_read) X(cli_write) \
	X(client_variables) X(component_age) X(csv) X(danger) \
	X(docker_flag) X(effective) X(env_file) X(envpack) X(fault) \
	X(finding) X(flag_settings) X(flagset) X(group_variable) X(image) \
	X(invocation) X(judge) X(lint_policy) X(mount) X(object_name) \
	X(ownership) X(path_rules) X(pattern) X(policy) X(policy_key) \
	X(policy_lines) X(port) X(port_rules) X(ps_words) X(quantity) \
	X(section) X(shellword) X(strmap) X(strv) X(text) X(value_forms) \
	X(value_kind) X(value_rules) X(value_words)

#define HOST_SUITES(X) \
	X(accounts) X(audit) X(caller_cgroup) X(caller_find) X(client_env) \
	X(client_files) X(client_filter) X(client_help) X(client_run) \
	X(credentials) X(engine_answer) X(engine_facts) X(engine_socket) \
	X(http_get) X(hygiene) X(identity) X(lint_client) X(look) \
	X(look_answer) X(mount_table) X(policy_cases) X(policy_check) \
	X(policy_file) X(program_output) X(read_whole) X(rlimits) X(stage) \
	X(sudo_rules) X(trust) X(whitelist_print)

#define DECLARE(name) Suite *name##_suite(void);
CORE_SUITES(DECLARE)
HOST_SUITES(DECLARE)
#undef DECLARE

#endif
