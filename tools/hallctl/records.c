/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl records: what the hall has stored. Headers only; nothing personal stands in them.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/hall/store.h"
#include "tools/hallctl/hallctl.h"

static const char usage[] = "hallctl records --data DIR [--json]\n"
                            "Lists the stored records of all terminals in the order of their chains.\n";

struct list {
    bool json;
    int n;
};

static void print_json(struct list *l, const struct store_found *f)
{
    struct buf out;
    struct jsonw w;
    const struct store_record *r = &f->record;
    buf_init(&out, 8192);
    jsonw_init(&w, &out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "office", f->office);
    jsonw_str(&w, "terminal", f->terminal);
    jsonw_hex(&w, "epoch", f->epoch, EPOCH_LEN);
    jsonw_int(&w, "seq", (int64_t)r->seq);
    jsonw_hex(&w, "id", r->id, sizeof r->id);
    jsonw_str(&w, "kind", r->kind);
    jsonw_str(&w, "number", r->number);
    jsonw_int(&w, "at", r->at);
    jsonw_int(&w, "received", f->received);
    jsonw_str(&w, "state", store_state_word(r->state));
    jsonw_int(&w, "body", (int64_t)r->body_len);
    jsonw_hex(&w, "hash", r->hash, HASH_LEN);
    if (r->state == STORE_HEADER_BAD)
        jsonw_hex(&w, "header_bytes", r->header, r->header_len);
    else
        jsonw_raw(&w, "header", (const char *)r->header, r->header_len);
    jsonw_end(&w);
    printf("%s%s", l->n ? ",\n" : "\n", buf_str(&out));
    buf_finish(&out);
}

static int print_record(void *ctx, const struct store_found *f)
{
    struct list *l = ctx;
    const struct store_record *r = &f->record;
    char when[CLOCK_RFC3339_LEN + 1];
    clock_format_rfc3339(r->at, when);
    if (l->json)
        print_json(l, f);
    else
        printf("%-20s %8llu  %s  %-16s %-20s%s%s\n", f->terminal, (unsigned long long)r->seq, when, r->kind, r->number,
               r->state == STORE_GOOD ? "" : " ", r->state == STORE_GOOD ? "" : store_state_word(r->state));
    l->n++;
    return 0;
}

int hallctl_records(int argc, char **argv)
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
        rc = store_each_record(s, print_record, &l, &e);
    if (rc >= 0 && l.json)
        fputs("\n]\n", stdout);
    store_close(s);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
