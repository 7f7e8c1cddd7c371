/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl green` share: green.c has the command, its arguments and what changes cards, green_check.c what
 * a card says, for `hallctl queue check-in` too.
 */
#ifndef HALLCTL_GREEN_H
#define HALLCTL_GREEN_H

#include "tools/hall/store/store_green.h"
#include "tools/hallctl/hallctl.h"
#include "wire/green_code.h"

#define GREEN_COMMAND "hallctl green"

struct green_options {
    const char *verb, *data, *office, *kind, *until, *holder, *staff, *out, *serial, *reason, *root, *revoked, *card;
    bool json;
    /* what was read of them */
    int office_n; /* GREEN_ANY_OFFICE: none was given */
    enum green_kind kind_n;
    struct date until_n;
    const char *serial_n; /* without its office */
};

/* The code of a card: `given`, or where it is NULL one line of standard input, as a scanner types it. *ret_reads false: it
 * is none. */
void green_take_code(const char *given, struct green_code *ret, bool *ret_reads);
/* "1103-48213907" */
#define GREEN_NAME_MAX 16
void green_name(const struct green_card *c, char out[GREEN_NAME_MAX]);
/* Members of an answer: what stands on the card. */
void green_put(struct jsonw *w, const struct green_card *c);

int green_check(const struct green_options *o); /* green_check.c; the exit code */

#endif
