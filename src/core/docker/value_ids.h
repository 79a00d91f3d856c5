/* SPDX-License-Identifier: Apache-2.0 */
/* Users, groups and capabilities. */
#ifndef UNDOCKER_VALUE_IDS_H
#define UNDOCKER_VALUE_IDS_H

#include "core/docker/value_parts.h"

value_forms_fn value_ids_user, value_ids_group, value_ids_capability;

#endif
