/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl records: what the hall has stored. Headers only; nothing personal stands in them.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "tools/hall/store/store.h"
#include "tools/hallctl/hallctl.h"

static const char usage[] = "hallctl records --data DIR [--json]\n"
                            "Lists the stored records of all terminals in the order of their chains.\n";

static void put_json(struct buf *out, const struct store_found *f)
{
    struct jsonw w;
    const struct store_record *r = &f->record;
    jsonw_init(&w, out);
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
}

static int print_record(void *ctx, const struct store_found *f)
{
    struct hallctl_list *l = ctx;
    const struct store_record *r = &f->record;
    char when[CLOCK_RFC3339_LEN + 1];
    struct buf row;
    buf_init(&row, 8192);
    clock_format_rfc3339(r->at, when);
    if (l->json)
        put_json(&row, f);
    else
        buf_addf(&row, "%-20s %8llu  %s  %-16s %-20s%s%s", f->terminal, (unsigned long long)r->seq, when, r->kind, r->number,
                 r->state == STORE_GOOD ? "" : " ", r->state == STORE_GOOD ? "" : store_state_word(r->state));
    hallctl_row(l, &row);
    return 0;
}

static int each_record(struct store *s, struct hallctl_list *l, struct err *e)
{
    return store_each_record(s, print_record, l, e);
}

int hallctl_records(int argc, char **argv)
{
    return hallctl_listing("hallctl records", argc, argv, usage, each_record);
}
