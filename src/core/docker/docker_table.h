/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docker's commands and their flags, for clients 20.10 to 29: the knowledge in
 * commands.def and flags.def, and look-ups in it. A policy says
 * what is granted; this table says what it is.
 */
#ifndef UNDOCKER_DOCKER_TABLE_H
#define UNDOCKER_DOCKER_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum flag_shape {
	FLAG_BOOL, /* never takes the next word */
	FLAG_SINGLE, /* takes a value; the last one counts */
	FLAG_LIST, /* takes a value; they add up */
};

/* What a value means, where undocker must know. */
enum value_kind {
	VALUE_PLAIN = 0, /* no rule of its own */
	VALUE_SIZE, /* 1.5GiB */
	VALUE_COUNT, /* a whole number; 0: no limit, or docker's default */
	VALUE_NUMBER, /* a whole number; 0 is no more than that */
	VALUE_DECIMAL, /* --cpus */
	VALUE_DURATION, /* 1h2m */
	VALUE_ENV,
	VALUE_ENV_FILE,
	VALUE_LABEL,
	VALUE_LABEL_FILE,
	VALUE_VOLUME, /* -v */
	VALUE_MOUNT, /* --mount */
	VALUE_TMPFS,
	VALUE_PORT, /* -p */
	VALUE_NETWORK, /* --network, may name a container */
	VALUE_NAMESPACE, /* --pid --ipc --uts --userns --cgroupns: likewise */
	VALUE_CONTAINER, /* --volumes-from, --link: names a container */
	VALUE_NEW_NAME, /* --name */
	VALUE_WORKDIR,
	VALUE_USER,
	VALUE_GROUP, /* --group-add */
	VALUE_CAPABILITY,
	VALUE_DEVICE,
	VALUE_GPUS,
	VALUE_ULIMIT,
	VALUE_SECURITY, /* --security-opt */
	VALUE_FILTER,
	VALUE_PS_FORMAT, /* a template by which ps asks for sizes, too */
	VALUE_STOP_TIME, /* stop -t: its long name is another since 28 */
	VALUE_CHANGE, /* import --change: a line of a Dockerfile */
	VALUE_VOLUME_DRIVER,
	VALUE_VOLUME_OPTION, /* volume create -o: a mount in disguise */
	VALUE_RESTART,
	VALUE_CGROUP, /* --cgroup-parent */
	VALUE_SYSCTL,
	VALUE_HOST, /* --add-host */
	VALUE_STORAGE, /* --storage-opt */
	VALUE_DRIVER, /* a program of the engine's, by its name */
	VALUE_ANNOTATION, /* an order to the runtime */
	VALUE_RATE, /* --device-read-bps: a device that the engine looks for */
	VALUE_FILE, /* a file that docker's client itself reads or writes */
};

struct docker_flag {
	const char *commands; /* blank-separated short names: "run create";
				 two-word names have a + : "network+ls" */
	char letter; /* short name, 0: none */
	const char *names; /* long names, the canonical first: "network|net";
			      "" where it has none */
	enum flag_shape shape;
	enum value_kind kind;
};

struct docker_command {
	const char *name; /* "run", "network ls" */
	const char *aliases; /* '|'-separated: "container run" */
	bool interspersed; /* flags may follow operands */
	/*
	 * What the operands are, in order, one letter each, the last may have
	 * a sign: ? none or one, * any number, + one or more. A letter with ?
	 * may also be followed by others with ?.
	 *   C container      N a container's new name   I image reference
	 *   E container whose files the engine reads, as root
	 *   R new image reference   V volume   M new volume name
	 *   W network   O network's new name   P local path or URL
	 *   X a side of cp   A an object of any kind (inspect)
	 *   H a registry (none: docker.io)
	 *   Q what to search for, with or without a registry
	 *   S a word of ps, which the engine runs (top)
	 *   T text, no matter which: only docker's client or the container
	 *     reads it, or the engine compares it with what it has
	 */
	const char *operands;
	/* Not NULL: this command gives root away by itself, or runs programs;
	   no policy can offer it. The text says why. */
	const char *never;
};

/*
 * The command that the words mean (long forms and aliases included), and how
 * many words name it (1 or 2). NULL: docker has no such command. second may be
 * NULL.
 */
const struct docker_command *docker_command_find(
    const char *first, const char *second, int *words);

/* The command by its canonical name, or NULL. */
const struct docker_command *docker_command_named(const char *name);

/* The n-th command of the table, or NULL behind the last. */
const struct docker_command *docker_command_at(size_t n);

/* Whether the command is about registries, and so are its image patterns. */
bool docker_command_on_registries(const struct docker_command *c);

/* Whether name (n bytes) is one of its long names. */
bool docker_flag_is_named(
    const struct docker_flag *f, const char *name, size_t n);

/*
 * The flag of a command by long name (n bytes) or by letter; command NULL: the
 * global flags, which stand before the command. NULL: there is no such flag.
 */
const struct docker_flag *docker_flag_long(
    const struct docker_command *c, const char *name, size_t n);
const struct docker_flag *docker_flag_letter(
    const struct docker_command *c, char letter);

/* The n-th flag of a command (NULL: global), or NULL behind the last. */
const struct docker_flag *docker_flag_at(
    const struct docker_command *c, size_t n);

#endif
