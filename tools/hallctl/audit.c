/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl audit: what staff did, and whether the log of it is whole. Who reads the log stands in it too.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hall/store/store_audit.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl audit"

static const char usage[] =
    "hallctl audit list   --data DIR --office N [--json]\n"
    "hallctl audit verify --data DIR [--json]\n"
    "list: what was done in an office, by whom and why, the oldest first; office 0: what belongs to none. That the log was\n"
    "  read is a row of it too.\n"
    "verify: looks at every row: each has the hash of itself and of the row before it. Prints where each office's chain "
    "ends;\n"
    "  write that down elsewhere, for a chain that was cut at its end is whole in itself. A running hall looks each day, "
    "and\n"
    "  also whether what it has seen is still there.\n"
    "Exit: 0 whole, 1 failed, or it is not whole: stderr says from which row on; 2 wrong arguments, 3 no hall in DIR.\n";

/* --- list --- */

static int print_row(void *ctx, const struct audit_row *r, const uint8_t hash[SHA256_LEN])
{
    struct hallctl_list *l = ctx;
    char at[CLOCK_RFC3339_LEN + 1];
    struct buf row;
    struct jsonw w;

    clock_format_rfc3339(r->at, at);
    buf_init(&row, 16384);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_int(&w, "office", r->office);
        jsonw_int(&w, "seq", r->seq);
        jsonw_str(&w, "at", at);
        jsonw_str(&w, "who", r->who);
        jsonw_str(&w, "action", r->action);
        jsonw_str(&w, "subject", r->subject);
        jsonw_str(&w, "reason", r->reason);
        jsonw_hex(&w, "hash", hash, SHA256_LEN);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%5" PRId64 "  %s  %-12s %-18s %s  %s", r->seq, at, r->who, r->action, r->subject, r->reason);
    }
    hallctl_row(l, &row);
    return 0;
}

static int list(struct store *s, int office, bool json)
{
    struct hallctl_list l = {.json = json};
    char subject[16];
    struct err e = {0};
    int rc = store_begin(s, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    snprintf(subject, sizeof subject, "%d", office);
    rc = store_audit(s, office, hallctl_who(), "audit-list", subject, "", &e);
    rc = rc == 0 ? store_commit(s, &e) : (store_rollback(s), rc);
    if (rc == 0 && json)
        fputs("[", stdout);
    if (rc == 0)
        rc = audit_each(s, office, print_row, &l, &e);
    if (rc == 0 && json)
        fputs("\n]\n", stdout);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- verify --- */

static int verify(struct store *s, bool json)
{
    struct audit_seen seen = {0};
    struct hallctl_list l = {.json = json};
    struct err e = {0};
    int rc = audit_verify(s, &seen, &e);

    if (rc < 0) {
        err_wrap(&e, rc, "the audit log is not whole");
        return hallctl_fail(&e);
    }
    if (json)
        fputs("[", stdout);
    for (size_t i = 0; i < seen.n; i++) {
        const struct audit_head *h = &seen.heads[i];
        char hash[2 * SHA256_LEN + 1];
        struct buf row;
        struct jsonw w;

        hex_encode(h->hash, sizeof h->hash, hash);
        buf_init(&row, 1024);
        jsonw_init(&w, &row);
        if (json) {
            jsonw_obj(&w, NULL);
            jsonw_int(&w, "office", h->office);
            jsonw_int(&w, "rows", h->seq);
            jsonw_str(&w, "hash", hash);
            jsonw_end(&w);
        } else {
            buf_addf(&row, "office %04d: whole, %" PRId64 " rows, the last is %s", h->office, h->seq, hash);
        }
        hallctl_row(&l, &row);
    }
    if (json)
        fputs("\n]\n", stdout);
    audit_seen_finish(&seen);
    return EXIT_OK;
}

int hallctl_audit(int argc, char **argv)
{
    const char *verb = NULL, *data = NULL, *office = NULL;
    bool json = false;
    int64_t number = 0;
    struct store *s = NULL;
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &data, NULL}, {"--office", &office, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, &verb, 1, &n);

    if (code >= 0)
        return code;
    bool lists = verb && strcmp(verb, "list") == 0;
    if (!lists && (!verb || strcmp(verb, "verify") != 0))
        return options_wrong(COMMAND, "which: list or verify");
    code = options_fit(COMMAND, options, lists ? "--data --office" : "--data", "--json");
    if (code < 0 && lists)
        code = options_number(COMMAND, "--office", office, 0, 9999, &number);
    if (code >= 0)
        return code;
    if (store_open(data, &s, &e) < 0)
        return hallctl_fail(&e);
    code = lists ? list(s, (int)number, json) : verify(s, json);
    store_close(s);
    return code;
}
