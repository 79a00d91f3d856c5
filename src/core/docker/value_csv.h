/* SPDX-License-Identifier: Apache-2.0 */
/* The values that docker reads as CSV: --network and --gpus. */
#ifndef UNDOCKER_VALUE_CSV_H
#define UNDOCKER_VALUE_CSV_H

#include "core/docker/value_parts.h"

value_forms_fn value_csv_network, value_csv_gpus;

#endif
