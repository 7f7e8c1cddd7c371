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
#include "model/number.h"
#include "tools/hallctl/found.h"
#include "tools/hallctl/hallctl.h"

static const char usage[] =
    "hallctl open CASE|RECORD-ID --data DIR --staff NAME --post POST [--socket PATH] --reason REASON [--json]\n"
    "hallctl open CASE|RECORD-ID --data DIR --keys KEYS --reason REASON [--json]\n"
    "Opens a sealed application by its case number (19 digits) or record id (32 hex digits) and prints it. A number names\n"
    "the record of the terminal that was entitled to it; one that another terminal sent is opened by its record id only.\n"
    "By hall-open, which has the keys, unless --keys names them; it writes down who asked, and shows it to nobody else.\n"
    "  --staff NAME     who asks; --post POST: and as what\n"
    "  --socket PATH    hall-open's (default /run/tongban-open/open.sock)\n"
    "  --keys KEYS      without hall-open: the staff's folder with the sealing*.pem, also those of earlier years\n"
    "  --reason REASON  goes into the audit log, with your name, before anything is shown\n"
    "  --json           {\"record\":…,\"header\":…,\"application\":…} instead of the application alone\n"
    "Exit: 0 opened, 2 wrong arguments, 3 no such record, 4 it cannot be opened with this key.\n";

struct options {
    const char *data;
    struct found_way way;
    bool json;
};

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
        rc = store_find_case(s, n.office, digits, found_keep, out, e);
    } else {
        hex_decode(what, 32, id, sizeof id, &len); /* names_record() */
        rc = store_find_id(s, id, found_keep, out, e);
    }
    if (rc < 0)
        return rc;
    if (!out->count)
        return err_set(e, ERR_NOTFOUND, "no record %s", what);
    return out->count == 1 ? 0 : err_set(e, ERR_STATE, "%s names more than one record: use the record id", what);
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

static int run(const struct options *o, const char *what, struct err *e)
{
    struct store *s = NULL;
    struct found f;
    struct buf plain;
    found_init(&f);
    buf_init(&plain, RECORD_BODY_MAX);
    int rc = store_open(o->data, &s, e);
    if (rc == 0)
        rc = find(s, what, &f, e);
    if (rc == 0)
        rc = found_audit(s, &f, "open", o->way.line.reason, e);
    if (rc == 0)
        rc = found_open(s, &f, &o->way, &plain, e);
    if (rc == 0 && f.state != STORE_GOOD)
        fprintf(stderr, "hallctl: this record is marked %s: it counts as no case (see hallctl alerts)\n",
                store_state_word(f.state));
    if (rc == 0)
        print(o, &f, &plain);
    buf_finish(&plain);
    found_finish(&f);
    store_close(s);
    return rc;
}

int hallctl_open(int argc, char **argv)
{
    struct options o = {0};
    const char *what[1] = {NULL};
    struct err e = {0};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--keys", &o.way.keys, NULL},
                                          {"--socket", &o.way.line.socket, NULL},
                                          {"--staff", &o.way.line.staff, NULL},
                                          {"--post", &o.way.line.post, NULL},
                                          {"--reason", &o.way.line.reason, NULL},
                                          {"--json", NULL, &o.json},
                                          {0}};
    int n, code = options_read("hallctl open", argc, argv, usage, options, what, 1, &n);
    if (code < 0)
        code = options_fit("hallctl open", options, "--data --reason", "--keys --socket --staff --post --json");
    if (code < 0)
        code = found_way_fit("hallctl open", &o.way);
    if (code < 0 && n == 0)
        code = options_wrong("hallctl open", "which: a case number or a record id is missing");
    if (code < 0 && !names_record(what[0]))
        code = options_wrong("hallctl open", "\"%s\" is neither a case number (check its digits) nor a record id", what[0]);
    if (code >= 0)
        return code;
    secret_harden_process();
    return run(&o, what[0], &e) ? hallctl_fail(&e) : EXIT_OK;
}
