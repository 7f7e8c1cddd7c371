/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl alerts: what staff must look at, one line for each terminal and kind.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/hall/store/store.h"
#include "tools/hallctl/hallctl.h"

static const char usage[] =
    "hallctl alerts --data DIR [--json]\n"
    "Lists what staff must look at, oldest first: one line for each terminal and kind, with how often\n"
    "and when last. What a terminal is accused of (…-foreign, …-double, fork) was stored, and counts\n"
    "nowhere; what is no terminal's stands under \"-\".\n";

static int print_alert(void *ctx, const struct store_alert_row *a)
{
    struct hallctl_list *l = ctx;
    char first[CLOCK_RFC3339_LEN + 1], last[CLOCK_RFC3339_LEN + 1];
    struct buf row;
    struct jsonw w;
    buf_init(&row, 8192);
    clock_format_rfc3339(a->first, first);
    clock_format_rfc3339(a->last, last);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_int(&w, "office", a->office);
        jsonw_str(&w, "terminal", a->terminal);
        jsonw_int(&w, "first", a->first);
        jsonw_int(&w, "last", a->last);
        jsonw_int(&w, "count", a->count);
        jsonw_str(&w, "what", a->what);
        jsonw_str(&w, "detail", a->detail);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%s  %-20s %-16s %s", first, a->terminal, a->what, a->detail);
        if (a->count > 1)
            buf_addf(&row, " (%lld times, last %s)", (long long)a->count, last);
    }
    hallctl_row(l, &row);
    return 0;
}

static int each_alert(struct store *s, struct hallctl_list *l, struct err *e)
{
    return store_each_alert(s, print_alert, l, e);
}

int hallctl_alerts(int argc, char **argv)
{
    return hallctl_listing("hallctl alerts", argc, argv, usage, each_alert);
}
