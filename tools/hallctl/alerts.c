/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl alerts: what staff must look at: forked chains, heads that do not verify, refused registrations.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/hall/store.h"
#include "tools/hallctl/hallctl.h"

static const char usage[] = "hallctl alerts --data DIR [--json]\n"
                            "Lists what staff must look at, oldest first: a copied terminal (fork), a head that does not\n"
                            "verify, a refused registration.\n";

struct list {
    bool json;
    int n;
};

static void print_json(struct list *l, const struct store_alert_row *a)
{
    struct buf out;
    struct jsonw w;
    buf_init(&out, 8192);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "office", a->office);
    jsonw_str(&w, "terminal", a->terminal);
    jsonw_int(&w, "at", a->at);
    jsonw_str(&w, "what", a->what);
    jsonw_str(&w, "detail", a->detail);
    jsonw_end(&w);
    printf("%s%s", l->n ? ",\n" : "\n", buf_str(&out));
    buf_finish(&out);
}

static int print_alert(void *ctx, const struct store_alert_row *a)
{
    struct list *l = ctx;
    char when[CLOCK_RFC3339_LEN + 1];
    clock_format_rfc3339(a->at, when);
    if (l->json)
        print_json(l, a);
    else
        printf("%s  %-20s %-16s %s\n", when, a->terminal, a->what, a->detail);
    l->n++;
    return 0;
}

int hallctl_alerts(int argc, char **argv)
{
    const char *data = NULL;
    struct list l = {0};
    struct store *s = NULL;
    struct err e = {0};
    const struct hallctl_option options[] = {{"--data", &data, NULL}, {"--json", NULL, &l.json}, {0}};
    int code = hallctl_options(argc, argv, usage, options, NULL, 0);
    if (code >= 0)
        return code;
    if (!data) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    int rc = store_open(data, &s, &e);
    if (!rc && l.json)
        fputs("[", stdout);
    if (!rc)
        rc = store_each_alert(s, print_alert, &l, &e);
    if (rc >= 0 && l.json)
        fputs("\n]\n", stdout);
    store_close(s);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
