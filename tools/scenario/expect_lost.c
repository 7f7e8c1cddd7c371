/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing shown is lost, and nothing is there twice.
 */
#include <string.h>

#include "base/clock.h"
#include "tools/scenario/play.h"

/* "A 032", not the 19 digits of a case. */
static const char *kind_of_number(const char *number)
{
    return *number >= 'A' ? "ticket" : "application";
}

/* The number of a bundle stands in the headers of its applications, and is no record's own. */
static bool of_bundle(const struct json *r, const char *number)
{
    const struct json *header = json_has(r, "header") ? json_member(r, "header") : r;

    return !strcmp(node_str(header, "bundle"), number);
}

/* How often the number is in the list; `like` NULL, or only on the day of that record: a queue's numbers begin anew each
 * day. */
static int count(const struct json *list, const char *kind, const char *number, const struct json *like)
{
    int n = 0;

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *r = json_at(list, i);

        n += !strcmp(node_str(r, "kind"), kind) &&
             (!strcmp(node_str(r, "number"), number) || (!like && of_bundle(r, number))) &&
             (!like ||
              date_compare(date_of_ms(json_int(json_member(r, "at"))), date_of_ms(json_int(json_member(like, "at")))) == 0);
    }
    return n;
}

static int check_shown(const char *number, const struct json *journal, const struct json *hall, struct err *e)
{
    const char *kind = kind_of_number(number);
    int here = count(journal, kind, number, NULL), there = count(hall, kind, number, NULL);

    return here > 0 && there == here
               ? 0
               : err_set(e, ERR_NOTFOUND, "%s was shown, and is in the journal %d times, at the hall %d", number, here,
                         there);
}

int expect_nothing_lost(const struct play *p, const struct json *journal, const struct json *hall, struct err *e)
{
    int rc = 0;

    for (int i = 0; rc >= 0 && i < p->n_seen; i++)
        rc = check_shown(p->seen[i], journal, hall, e);
    for (size_t i = 0; rc >= 0 && i < json_len(hall); i++) {
        const struct json *r = json_at(hall, i);
        const char *kind = node_str(r, "kind"), *number = node_str(r, "number");

        if ((!strcmp(kind, "application") || !strcmp(kind, "ticket")) && count(hall, kind, number, r) != 1)
            rc = err_set(e, ERR_NOTFOUND, "%s is at the hall twice on one day", number);
    }
    return rc;
}
