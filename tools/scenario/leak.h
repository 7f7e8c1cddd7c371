/* SPDX-License-Identifier: Apache-2.0
 *
 * Searches for a text where it must not be: in files, in a program's memory. In UTF-8, UTF-16LE, UTF-32LE and GB 18030.
 */
#ifndef SCENARIO_LEAK_H
#define SCENARIO_LEAK_H

#include <sys/types.h>

#include "base/err.h"

/* 0: no file below `dir` holds it; -ERR_EXISTS names the first that does. */
int leak_folder(const char *dir, const char *text, struct err *e);
/* The same for what the process can write: heap, stacks, mapped memory. */
int leak_memory(pid_t pid, const char *text, struct err *e);

#endif
