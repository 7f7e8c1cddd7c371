/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl open: opens one sealed application, for a stated reason. The audit row is on disk before anything is shown, also
 * when the opening then fails.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/secret.h"
#include "crypto/key_folder.h"
#include "crypto/seal.h"
#include "model/number.h"
#include "tools/hall/store/store.h"
#include "tools/hallctl/hallctl.h"
#include "wire/record.h"

static const char usage[] =
    "hallctl open CASE|RECORD-ID --data DIR --keys KEYS --reason REASON [--json]\n"
    "Opens a sealed application by its case number (19 digits) or record id (32 hex digits) and prints it. A number names\n"
    "the record of the terminal that was entitled to it; one that another terminal sent is opened by its record id only.\n"
    "  --keys KEYS      the staff's folder with the sealing*.pem, also those of earlier years\n"
    "  --reason REASON  goes into the audit log, with your name, before anything is shown\n"
    "  --json           {\"record\":…,\"header\":…,\"application\":…} instead of the application alone\n"
    "Exit: 0 opened, 2 wrong arguments, 3 no such record, 4 it cannot be opened with this key.\n";

struct options {
    const char *data, *keys, *reason;
    bool json;
};

/* The record that was found, kept beyond the database's row. */
struct found {
    int office, count;
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t id[16];
    struct buf header, body;
    enum store_state state;
};

static int keep(void *ctx, const struct store_found *f)
{
    struct found *out = ctx;
    if (out->count++)
        return 1; /* more than one: the caller refuses */
    out->office = f->office;
    out->state = f->record.state;
    snprintf(out->terminal, sizeof out->terminal, "%s", f->terminal);
    memcpy(out->id, f->record.id, sizeof out->id);
    buf_add(&out->header, f->record.header, f->record.header_len);
    buf_add(&out->body, f->record.body, f->record.body_len);
    return 0;
}

static bool names_record(const char *what)
{
    struct case_number n;
    uint8_t id[16];
    size_t len = 0;

    return case_number_parse(what, &n) || (strlen(what) == 32 && !hex_decode(what, 32, id, sizeof id, &len));
}

static int find(struct store *s, const char *what, struct found *out, struct err *e)
{
    struct case_number n;
    uint8_t id[16];
    size_t len = 0;
    int rc = 0;
    if (case_number_parse(what, &n)) {
        char digits[CASE_NUMBER_LEN + 1];
        case_number_format(&n, digits);
        rc = store_find_case(s, n.office, digits, keep, out, e);
    } else {
        hex_decode(what, 32, id, sizeof id, &len); /* names_record() */
        rc = store_find_id(s, id, keep, out, e);
    }
    if (rc < 0)
        return rc;
    if (!out->count)
        return err_set(e, ERR_NOTFOUND, "no record %s", what);
    return out->count == 1 ? 0 : err_set(e, ERR_STATE, "%s names more than one record: use the record id", what);
}

static int read_header(const struct found *f, struct record_header *h, struct err *e)
{
    if (!store_state_whole(f->state))
        return err_set(e, ERR_SIGNATURE, "the record is marked %s", store_state_word(f->state));
    int rc = record_header_decode(f->header.data, f->header.len, h, e);
    if (!rc && !record_kind_has_body(h->kind))
        rc = err_set(e, ERR_KEY, "a record of the kind %s holds nothing sealed", record_kind_word(h->kind));
    return rc;
}

static int unseal(const struct options *o, const struct found *f, struct buf *plain, struct err *e)
{
    struct record_header h;
    struct private_key *k = NULL;
    int rc = read_header(f, &h, e);
    if (rc)
        return rc;
    const char *info = record_seal_info(h.kind);
    rc = key_folder_find(o->keys, "sealing", h.key, &k, e);
    if (rc == -ERR_NOTFOUND) /* not the record */
        rc = err_set(e, ERR_KEY, "it is sealed to a key that is not in %s", o->keys);
    if (!rc)
        rc = seal_open(k, info, strlen(info), f->header.data, f->header.len, f->body.data, f->body.len, plain, e);
    if (!rc)
        rc = seal_unpad(plain, e);
    key_free(k);
    return err_wrap(e, rc, "open the record");
}

static void print(const struct options *o, const struct found *f, const struct buf *plain)
{
    struct hallctl_object answer;

    if (!o->json) {
        printf("%s\n", buf_str(plain));
        return;
    }
    hallctl_object_open(&answer);
    jsonw_hex(&answer.w, "record", f->id, sizeof f->id);
    jsonw_str(&answer.w, "terminal", f->terminal);
    jsonw_raw(&answer.w, "header", (const char *)f->header.data, f->header.len);
    jsonw_raw(&answer.w, "application", (const char *)plain->data, plain->len);
    hallctl_object_print(&answer);
}

static int audit(struct store *s, const struct found *f, const struct options *o, struct err *e)
{
    char id[33];
    hex_encode(f->id, sizeof f->id, id);
    return store_audit(s, f->office, hallctl_who(), "open", id, o->reason, e);
}

static int run(const struct options *o, const char *what, struct err *e)
{
    struct store *s = NULL;
    struct found f = {0};
    struct buf plain;
    buf_init(&f.header, RECORD_HEADER_MAX);
    buf_init(&f.body, RECORD_BODY_MAX);
    buf_init(&plain, RECORD_BODY_MAX);
    int rc = store_open(o->data, &s, e);
    if (!rc)
        rc = find(s, what, &f, e);
    if (!rc)
        rc = audit(s, &f, o, e);
    if (!rc)
        rc = unseal(o, &f, &plain, e);
    if (!rc && f.state != STORE_GOOD)
        fprintf(stderr, "hallctl: this record is marked %s: it counts as no case (see hallctl alerts)\n",
                store_state_word(f.state));
    if (!rc)
        print(o, &f, &plain);
    buf_finish(&plain);
    buf_finish(&f.header);
    buf_finish(&f.body);
    store_close(s);
    return rc;
}

int hallctl_open(int argc, char **argv)
{
    struct options o = {0};
    const char *what[1] = {NULL};
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &o.data, NULL}, {"--keys", &o.keys, NULL}, {"--reason", &o.reason, NULL}, {"--json", NULL, &o.json}, {0}};
    int n, code = options_read("hallctl open", argc, argv, usage, options, what, 1, &n);
    if (code < 0)
        code = options_fit("hallctl open", options, "--data --keys --reason", "--json");
    if (code < 0 && n == 0)
        code = options_wrong("hallctl open", "which: a case number or a record id is missing");
    if (code < 0 && !names_record(what[0]))
        code = options_wrong("hallctl open", "\"%s\" is neither a case number (check its digits) nor a record id", what[0]);
    if (code >= 0)
        return code;
    secret_harden_process();
    return run(&o, what[0], &e) ? hallctl_fail(&e) : EXIT_OK;
}
