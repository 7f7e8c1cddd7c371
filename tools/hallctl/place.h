/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl place: where the terminals of an office stand on the staff's map, and the outlines of its districts. A file for
 * each verb that is more than a few lines; argv[0] is the verb.
 */
#ifndef HALLCTL_PLACE_H
#define HALLCTL_PLACE_H

#include <stdbool.h>

#include "tools/hall/rules/point.h"
#include "tools/hall/store/store.h"
#include "tools/hall/store/terminal.h"

/* The place where that terminal stands is there now, with its row of the audit log, in the caller's transaction. */
int place_put(struct store *s, const struct terminal *t, const struct point *at, enum datum d, struct err *e);

/* --datum WORD; NULL is wgs84. -1, or the exit code. */
int place_datum(const char *command, const char *word, enum datum *ret);

int hallctl_place_import(int argc, char **argv);  /* place_import.c */
int hallctl_place_outline(int argc, char **argv); /* place_outline.c */
int hallctl_place_list(int argc, char **argv);    /* place_list.c */

#endif
