/* SPDX-License-Identifier: Apache-2.0
 *
 * kioskctl journal: reads the journal beside the running kiosk and changes nothing.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/progress.h"
#include "journal/anchor.h"
#include "journal/outbox.h"
#include "tools/kioskctl/kioskctl.h"

#define COMMAND "kioskctl journal"

static const char help[] =
    "kioskctl journal verify [--json] [--data DIR]\n"
    "kioskctl journal list [--from SEQ] [--json] [--data DIR]\n\n"
    "verify: every hash, every column against its record, holes, the signed head, and that it ends no earlier than what\n"
    "was written and what the hall holds, by the anchor beside it.\n"
    "list: the records from SEQ on (1 where it is not given), without what residents wrote: only the hall can read that.\n"
    "DIR is " KIOSKCTL_DATA " where it is not given.\n"
    "Exit: 0 in order, 1 the journal is damaged or lost, 3 it cannot be read.\n";

struct options {
    const char *data, *from;
    bool json;
};

/* A journal that is there and wrong is bad; one that is not there, or not ours to read, cannot be judged. */
static int exit_of(int rc)
{
    if (rc == -ERR_STATE || rc == -ERR_CHECKSUM || rc == -ERR_SIGNATURE || rc == -ERR_INVALID || rc == -ERR_RANGE ||
        rc == -ERR_VERSION)
        return EXIT_BAD;
    return EXIT_CANNOT;
}

/* --- verify ------------------------------------------------------------------------------------------------------------ */

static int print_verdict(struct outbox *o, int rc, uint64_t count, const struct err *e)
{
    struct chain_head head = {.seq = 0};
    struct jsonw w;
    struct buf b;

    outbox_head(o, &head, NULL);
    buf_init(&b, JSON_SIZE_MAX);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_bool(&w, "ok", rc == 0);
    jsonw_int(&w, "records", (int64_t)count);
    jsonw_int(&w, "signed", (int64_t)head.seq);
    if (rc)
        jsonw_str(&w, "error", e->text);
    jsonw_end(&w);
    return kioskctl_print(&b, rc ? exit_of(rc) : EXIT_OK);
}

static int verify(struct outbox *o, const struct options *opt)
{
    struct progress p;
    struct err e = {0};
    uint64_t count = 0;

    outbox_show(o, &p);
    int rc = outbox_verify(o, &count, &e);
    if (opt->json)
        return print_verdict(o, rc, count, &e);
    if (rc) {
        printf("records 1 to %" PRIu64 " are in order\n", count);
        return kioskctl_fail(&e, exit_of(rc));
    }
    printf("%" PRIu64 " records, all in order\n", count);
    return EXIT_OK;
}

/* There is none: was there one? */
static int lost(const char *dir, int rc, struct err *e)
{
    struct anchor a;

    if (rc != -ERR_NOTFOUND || anchor_read(dir, &a, NULL) || a.last.seq + a.acked.seq == 0)
        return rc;
    return err_set(e, ERR_STATE, "the journal in %s is lost: record %" PRIu64 " was written", dir,
                   a.last.seq > a.acked.seq ? a.last.seq : a.acked.seq);
}

/* --- list -------------------------------------------------------------------------------------------------------------- */

static const char *body_word(const struct record *r)
{
    return r->body ? "sealed" : record_kind_has_body(r->header.kind) ? "purged" : "none";
}

/* The header's own bytes with two members more. */
static int list_json(void *ctx, const struct record *r)
{
    bool *first = ctx;
    char hash[2 * HASH_LEN + 1];
    size_t len = r->header_len;

    while (len && r->header_bytes[len - 1] != '}')
        len--;
    hex_encode(r->hash, HASH_LEN, hash);
    fputs(*first ? "[\n" : ",\n", stdout);
    fwrite(r->header_bytes, 1, len - 1, stdout); /* it was read as an object: the brace is there */
    printf(",\"body\":\"%s\",\"hash\":\"%s\"}", body_word(r), hash);
    *first = false;
    return ferror(stdout);
}

static int list_line(void *ctx, const struct record *r)
{
    const struct record_header *h = &r->header;
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(h->at, at);
    printf("%6" PRIu64 "  %s%s  %-16s", h->seq, at, h->clock_trusted ? " " : "?", record_kind_word(h->kind));
    const char *more[] = {h->number, h->queue, h->role, h->job, h->what};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (*more[i])
            printf("  %s", more[i]);
    putchar('\n');
    return ferror(stdout);
}

static int list(struct outbox *o, const struct options *opt, uint64_t from)
{
    struct err e = {0};
    bool first = true;

    int rc = outbox_each(o, from, opt->json ? list_json : list_line, &first, &e);
    if (opt->json)
        puts(first ? "[]" : "\n]");
    if (rc)
        return kioskctl_fail(&e, exit_of(rc));
    return fflush(stdout) ? EXIT_CANNOT : EXIT_OK;
}

/* ----------------------------------------------------------------------------------------------------------------------- */

int kioskctl_journal(int argc, char **argv)
{
    struct options opt = {.data = KIOSKCTL_DATA};
    const struct option_word options[] = {
        {"--json", NULL, &opt.json}, {"--data", &opt.data, NULL}, {"--from", &opt.from, NULL}, {NULL, NULL, NULL}};
    char dir[KIOSKCTL_PATH_MAX];
    const char *word = "";
    struct outbox *o = NULL;
    struct err e = {0};
    int64_t from = 1;
    int n;

    int code = options_read(COMMAND, argc, argv, help, options, &word, 1, &n);
    if (code >= 0)
        return code;
    bool listing = !strcmp(word, "list");
    if (n != 1 || (!listing && strcmp(word, "verify")))
        return options_wrong(COMMAND, "which: verify or list");
    code = options_fit(COMMAND, options, "", listing ? "--json --data --from" : "--json --data");
    if (code < 0 && opt.from)
        code = options_number(COMMAND, "--from", opt.from, 1, INT64_MAX, &from);
    if (code >= 0)
        return code;
    int rc = fs_join(dir, sizeof dir, opt.data, "journal") ? err_set(&e, ERR_TOOLONG, "the path is too long")
                                                           : outbox_open(dir, &o, &e);
    if (rc)
        return kioskctl_fail(&e, exit_of(lost(dir, rc, &e)));
    code = listing ? list(o, &opt, (uint64_t)from) : verify(o, &opt);
    outbox_close(o);
    return code;
}
