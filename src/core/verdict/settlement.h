/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a verdict comes to: the command as it is to be, in structs and without
 * words. The rules settle it piece by piece; a writer (core/write) makes words
 * or a body of it, once the host side has made ready what it names.
 */
#ifndef UNDOCKER_SETTLEMENT_H
#define UNDOCKER_SETTLEMENT_H

#include "core/base/strv.h"
#include "core/docker/mount.h"
#include "core/policy/staged.h"
#include "core/request/used_flags.h"

enum verdict { VERDICT_DENY = 0, VERDICT_ALLOW };

/* Of whom a flag is heard. */
enum settled_for {
	SETTLED_ALL = 0,
	SETTLED_PEOPLE, /* what it says docker gets in a file, or sees mounted
	                 */
	SETTLED_NOBODY, /* a later one takes its place */
};

/* A mount of the command's. */
struct settled_mount {
	struct mount mount;
	const char *source; /* what stands for mount.source; NULL: none */
	/* docker is told of its place, which the host side makes: an index in
	   handover->places; SETTLED_NO_PLACE: the source itself */
	size_t place;
	bool read_only_there; /* docker's own word for that place */
};

#define SETTLED_NO_PLACE ((size_t)-1)

/* Beside each flag. */
struct settled_flag {
	enum settled_for heard;
	const struct settled_mount *mount; /* NULL: the flag's value says all */
};

struct settlement {
	enum verdict verdict; /* DENY until judge_settle says otherwise */
	const struct docker_command *command; /* NULL: docker --version */
	const char *docker; /* the client's path */
	struct used_flags global; /* before the command */
	struct used_flags flags; /* with strict values, in order */
	struct settled_flag *settled; /* one a flag */
	struct strv operands;
	/* NAME=VALUE, or NAME, that docker reads before its flags */
	struct strv variables;
	struct strv labels;
	/* Mounts that the host side makes; the one without a name is new. */
	struct staged **staged;
	size_t nstaged, staged_size;
	bool binds; /* of what is the caller's: the engine must see it */
};

/* Begins with nothing. */
void settlement_begin(struct settlement *st, struct arena *a);

/* Takes over the flags, each heard by all. */
void settlement_flags(
    struct settlement *st, struct arena *a, const struct used_flags *flags);

/* The strict value that docker gets of a flag. */
void settlement_value(struct settlement *st, size_t flag, const char *value);

/* Who hears of a flag. */
void settlement_heard(
    struct settlement *st, size_t flag, enum settled_for heard);

/* What a flag mounts; m stays the caller's. */
void settlement_mount(struct settlement *st, size_t flag,
    const struct settled_mount *m);

/* One operand anew, one more, or all of them. */
void settlement_operand(
    struct settlement *st, size_t operand, const char *text);
void settlement_operand_add(struct settlement *st, const char *text);
void settlement_operands(
    struct settlement *st, const struct strv *operands);

/* Mounts that the host side makes; a caller's bind is among the mounts. */
void settlement_staged(
    struct settlement *st, struct arena *a, struct staged *set);
void settlement_binds(struct settlement *st);

#endif
