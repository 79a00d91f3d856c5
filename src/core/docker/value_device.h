/* SPDX-License-Identifier: Apache-2.0 */
/* --device: a path below /dev, or a name of CDI. */
#ifndef UNDOCKER_VALUE_DEVICE_H
#define UNDOCKER_VALUE_DEVICE_H

#include "core/docker/value_parts.h"

value_forms_fn value_device_forms;

#endif
