/* SPDX-License-Identifier: Apache-2.0
 *
 * What central staff find over the years: every application opens, and nothing rang that should not.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/scenario/play.h"

static int list(struct play *p, const char *command, struct json **ret, struct err *e)
{
    return stand_json(p->stand, ret, e, "hallctl", command, "--data", stand_path(p->stand, "hall"), "--json", NULL);
}

static int opens(struct play *p, const char *number, struct err *e)
{
    struct buf out;
    int rc = stand_command(p->stand, &out, e, "hallctl", "open", number, "--data", stand_path(p->stand, "hall"), "--keys",
                           stand_path(p->stand, "keys"), "--reason", "scenario", NULL);

    buf_finish(&out);
    return err_wrap(e, rc, "open %s", number);
}

/* All applications there are, from the first year on. */
static int check_opens(struct play *p, int wanted, struct err *e)
{
    struct json *records;
    int n = 0, rc = list(p, "records", &records, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; rc >= 0 && i < json_len(records); i++)
        if (!strcmp(node_str(json_at(records, i), "kind"), "application")) {
            rc = opens(p, node_str(json_at(records, i), "number"), e);
            n++;
        }
    json_free(records);
    return rc < 0 || n == wanted ? rc : err_set(e, ERR_NOTFOUND, "the hall has %d applications", n);
}

static int check_no_alert(struct play *p, const char *what, struct err *e)
{
    struct json *alerts;
    int rc = list(p, "alerts", &alerts, e);

    if (rc < 0)
        return rc;
    for (size_t i = 0; rc >= 0 && i < json_len(alerts); i++)
        if (!strcmp(node_str(json_at(alerts, i), "what"), what))
            rc = err_set(e, ERR_EXISTS, "there is: %s", node_str(json_at(alerts, i), "detail"));
    json_free(alerts);
    return rc;
}

int expect_staff(struct play *p, const struct step *st, struct err *e)
{
    if (st->n == 3 && !strcmp(st->words[1], "opens"))
        return check_opens(p, atoi(st->words[2]), e);
    if (st->n == 4 && !strcmp(st->words[2], "alert"))
        return check_no_alert(p, st->words[3], e);
    return err_set(e, ERR_INVALID, "expect hall opens N, expect hall no alert WHAT");
}
