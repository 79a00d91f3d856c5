/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a decision: what the steps hand on to each other. */
#ifndef UNDOCKER_STATE_H
#define UNDOCKER_STATE_H

#include "core/docker/mount.h"
#include "core/docker/value_forms.h"
#include "core/policy/effective.h"
#include "core/request/cli_read.h"
#include "core/verdict/judge.h"

/* A mount of the final command line. */
struct planned_mount {
	size_t flag; /* index in state->flags */
	struct mount mount;
	struct need *source; /* MOUNT_BIND: who opens it; NULL: nobody must */
	struct need *volume; /* MOUNT_VOLUME: what is it? NULL: no matter */
	bool verbatim; /* FORCED without variables: the administrator's own */
	size_t outer; /* undocker puts it into this one; STAGED_NONE: docker
			 mounts it */
	bool staged;
	size_t stage_index; /* in the set; STAGED_NONE: not yet in it */
};

/* The record of mounts that an own container was made with. */
struct planned_record {
	struct need *need; /* NEED_STAGED */
	size_t container; /* index in state->containers */
	struct need **sources; /* one a mount, where it is made again */
	struct need **places; /* likewise; NULL: it lies in no other */
};

/* A place in the container that must exist already beneath a mount. */
struct planned_place {
	const char *place;
	const char *mounted; /* the mount's target that it lies below */
	struct need *need;
};

/* A --env-file or --label-file. */
struct planned_file {
	size_t flag;
	struct need *need;
};

/* A container that the command line names, in an operand or in a flag. */
struct planned_container {
	const char *given; /* as the user names it */
	struct need *need;
	bool in_flag;
	size_t at; /* index in state->flags or state->operands */
	char letter; /* of the operand, see docker_table.h */
	const char *before, *behind; /* what stands around its id there */
};

/* An image whose names only the engine knows: an id, a digest. */
struct planned_image {
	size_t operand;
	struct need *need;
};

struct decision_state {
	struct arena *arena;
	const struct policy *policy;
	const struct caller *caller;
	struct fault *fault;
	struct strv *trace; /* NULL: nobody asks why */
	const struct docker_command *command;
	const char *where; /* "run: ", for messages */
	bool as_root; /* RUNAS=root, and the caller is not root */
	bool per_user; /* the engine is the caller's own */
	bool plain_mounts; /* so, or he is root: docker may follow paths */
	struct effective effective;
	struct used_flags global;
	struct used_flags flags; /* of the final command line, in order */
	struct strv operands;

	struct planned_mount *mounts;
	size_t nmounts, mounts_size;
	struct planned_place *places;
	size_t nplaces, places_size;
	struct planned_file *files;
	size_t nfiles, files_size;

	struct need *image; /* what the image mounts itself; NULL: nobody asks */
	bool image_planned;

	struct planned_container *containers;
	size_t ncontainers, containers_size;
	struct planned_image *images;
	size_t nimages, images_size;
	struct planned_record *records;
	size_t nrecords, records_size;
	struct effective *run_policy; /* today's, for them; NULL: not needed */
	struct staged **staged; /* what the host side makes */
	size_t nstaged, staged_size;
	bool binds; /* something of the caller's is mounted */
	struct need *new_name; /* who has the name it is to get; NULL: none */
	struct need *own; /* all of the caller's containers; NULL: not asked */

	/* per flag: the words that stand for it, NULL: the plain spelling */
	const char **shown;
	const char **given; /* "": none */
};

/* Sets d->fault with "COMMAND: " before the text; always false. */
bool state_refuse(struct decision_state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same for what no docker would take. */
bool state_misspelt(struct decision_state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "--name=value", for messages and as docker's word. */
const char *state_flag_word(
    struct decision_state *s, const struct used_flag *f);

/*
 * The steps. Each returns false with the fault set where the command line may
 * not run.
 */

/* flag_check.c: never, BLACKLIST, WHITELIST; drops what may be dropped. */
bool flag_check(struct decision_state *s, const struct flagset *white,
    const struct flagset *black, struct used_flags *flags, struct strv *notes);

/* Why no policy can give the flag to a user (c NULL: a global one), or NULL. */
/* ps_format.c: takes, or prints anew, a template that asks for no sizes. */
bool ps_format(const char **text);
extern const char flag_sizes[]; /* why nobody asks for sizes */
const char *flag_never(
    const struct docker_command *c, const struct docker_flag *f);

/* value_check.c: what is built in about the values of the flags. */
bool value_check(struct decision_state *s);

/*
 * limit_check.c: ALLOWEDVALUES, RESTRICTEDVALUES, MAXVALUES, ALLOWEDPORTS for
 * the user's own flags; values that docker reads in more ways than one become
 * strict.
 */
bool limit_check(struct decision_state *s);

/* The same for a part of a value. needed: no rule at all is a refusal. */
bool limit_part(struct decision_state *s, const struct docker_flag *f,
    const struct value_part *part, bool needed);

/* The same for a value that no message may show. */
bool limit_hidden(struct decision_state *s, const struct docker_flag *f,
    const struct value_part *part, const char *called);

/* Whether the policy speaks of this flag's values. */
bool limit_has_rules(
    const struct decision_state *s, const struct docker_flag *f);

/* ALLOWEDVOLUMES. */
bool limit_volume(struct decision_state *s, const char *name);

/* images_brought.c: --group-add, which wants images that no user made. */
bool group_check(struct decision_state *s);

/* operand_check.c: how many operands, names. */
bool operand_check(struct decision_state *s, struct needs *needs);

/* The letter of an operand in docker_table.h; '\0': there is no such one. */
char operand_letter(const char *operands, size_t index, bool *optional);

/* image_check.c: images by name, id or digest, and new names of images. */
bool image_plan(
    struct decision_state *s, size_t operand, struct needs *needs);
bool image_settle(struct decision_state *s);
bool image_check_new(struct decision_state *s, const char *given);
bool image_new(struct decision_state *s, const char *given);

/* Tries a list on one form of an image; false: a fault of the pattern. */
bool image_try_form(struct decision_state *s, const struct patterns *p,
    const char *form, const struct pattern **match);

/* A name, port 443 or not, under which docker.io answers. */
bool image_at_docker_io(const char *domain);

/* registry_check.c: login's, docker.io without an operand; and search's. */
bool registry_check(struct decision_state *s, size_t operand);
bool search_check(struct decision_state *s, size_t operand);

/* reference.c: the containers that flags name. */
bool reference_plan(struct decision_state *s, struct needs *needs);

/* container_plan.c: whose the containers are, how many, what is in them. */
bool container_plan(struct decision_state *s, struct needs *needs);
bool container_settle(struct decision_state *s);

/* Whether it is --volumes-from's. */
bool container_gives_volumes(const struct decision_state *s,
    const struct planned_container *p);

/* Whether the command makes containers run that exist: start, restart. */
bool command_starts_again(const struct docker_command *command);
struct planned_container *container_add(struct decision_state *s,
    struct needs *needs, const char *given);

/*
 * copy.c: a side of cp, and whether the engine may read in the container, which
 * messages call title; true of other commands.
 */
bool copy_plan(struct decision_state *s, struct needs *needs, size_t at);
bool copy_settle(struct decision_state *s, const struct planned_container *p,
    const char *title);

/* new_name.c: the name that a container is to get. */
void new_name_plan(struct decision_state *s, struct needs *needs);
bool new_name_settle(struct decision_state *s);

/* mount_plan.c, mount_settle.c: mounts and places. */
bool mount_plan(struct decision_state *s, struct needs *needs);
void mount_plan_paths(struct decision_state *s, struct path_rules *rules,
    struct needs *needs);
bool mount_settle(struct decision_state *s, struct strv *notes);
bool mount_refuse_accounts(struct decision_state *s, const struct used_flag *f,
    const char *place);
bool mount_refuse(struct decision_state *s, const struct used_flag *f,
    const char *reason);

/* The mount in which a place lies, the deepest; STAGED_NONE: in none. */
size_t mount_around(const struct decision_state *s, const char *place);

/* False: the place may lie in a mount by another name. */
bool mount_plain_spelling(struct decision_state *s, const char *place);

/* mount_image.c: what the image mounts and makes itself. */
void mount_plan_image(struct decision_state *s, struct needs *needs);
bool mount_more(struct decision_state *s, struct needs *needs);

/* mount_apart.c: what may not lie in each other, once all is known. */
bool mount_settle_apart(struct decision_state *s);

/* Whether a source was found that can be mounted, and where it is. */
bool mount_source_found(struct decision_state *s, struct need *n,
    const char *given, const char **source, const char **reason);

/*
 * Whether the paths of a policy give it; *read_only is set where only so.
 * forced: no ALLOWEDPATHS is needed.
 */
bool mount_path_allowed(struct decision_state *s,
    const struct path_rules *rules, const char *path, bool forced,
    bool *read_only, const char **reason);

/* staged_plan.c: what is mounted again for start and restart. */
bool staged_more(struct decision_state *s, struct needs *needs);
bool staged_settle(struct decision_state *s);
void staged_add(struct decision_state *s, struct staged *set);

/* kv_plan.c: variables and labels. */
bool kv_plan(struct decision_state *s, struct needs *needs);
bool kv_settle(struct decision_state *s, struct final *final,
    struct strv *notes);

/* final_words.c: the final command line. */
bool final_words(struct decision_state *s, struct final *final,
    const char *docker);

#endif
