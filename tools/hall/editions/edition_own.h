/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: what the two kinds of edition have of their own, for edition_deed.c, which has all else.
 */
#ifndef HALL_EDITION_OWN_H
#define HALL_EDITION_OWN_H

#include "tools/hall/editions/edition_deed.h"

struct edition_own {
    const char *word; /* in the audit log */
    /* What it must be above (edition.h). */
    int (*offered)(struct store *s, const char *data, const struct edition *ed, int64_t *ret, struct err *e);
    /* Reads all of its file, where that is needed: long, and in no transaction. NULL: never. */
    int (*read_file)(struct store *s, const char *data, const struct edition *ed, bool *ret_damaged, struct err *e);
    /* *ret becomes DAMAGED where its file is not as it was brought; terminals verify it again. */
    int (*judge_file)(struct store *s, const char *data, const struct edition *ed, enum edition_refusal *ret, struct err *e);
    /* Before its first stage. */
    int (*begin)(struct store *s, const char *data, const struct edition *ed, struct err *e);
};
extern const struct edition_own edition_of_catalogue; /* edition_catalogue.c */
extern const struct edition_own edition_of_system;    /* edition_system.c */

#endif
