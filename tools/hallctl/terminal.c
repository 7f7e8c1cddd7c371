/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl terminal add, terminal revoke: the sheet that lets a terminal in, and the word that shuts one out.
 */
#include "tools/hall/store/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/sheet_words.h"
#include "tools/hall/keys/pki.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/sheet_paper.h"
#include "tools/hallctl/terminal_act.h"

#define ADD "hallctl terminal add"
#define PAPER_MAX (256 * 1024)
#define REVOKE "hallctl terminal revoke"

static const char add_usage[] =
    "hallctl terminal add --data DIR --id ID --office N --place FILE.json --hall URL --out SHEET [--print FILE] [--json]\n"
    "                     [--address A/N --gateway G [--dns D,D]] [--proxy HOST:PORT]\n"
    "Makes a terminal known, or gives a known one a new code, and writes its enrolment sheet: the hall's address, the\n"
    "one-time code (24 hours, one machine) and the hashes of the hall's CA and of root.json. Issuing a sheet stops no\n"
    "terminal that works; using it ends the certificate before it. To end one now: hallctl terminal revoke.\n"
    "  --id ID       a-z 0-9 and -, e.g. t-1103-003\n"
    "  --office N    0..9999, the first four digits of its case numbers\n"
    "  --place FILE  {\"zone\",\"spot\",\"device\",\"hotline\",\"supervision\"}: on screen and receipts; for pages\n"
    "                in English also \"zone_en\", \"spot_en\", \"device_en\"\n"
    "  --hall URL    https://host:port as the terminal reaches it\n"
    "  --print FILE  the sheet's paper, an A4 page of HTML for a browser to print; its code is what flash --provision "
    "reads\n"
    "  --address, --gateway, --dns  where its place has no DHCP, like 10.3.2.7/24, 10.3.2.1 and 10.3.2.1,10.3.2.2\n"
    "  --proxy HOST:PORT  where the hall is reached through one (CONNECT, without a password)\n"
    "  --json        {\"terminal\":ID,\"office\":N,\"sheet\":FILE,\"words\":[four]}\n"
    "Its four words are shown again by flash and on the terminal that is installed: for eyes, so that nothing is mixed up.\n"
    "The sheet is secret until it is used: give it to the technician only.\n";
static const char revoke_usage[] =
    "hallctl terminal revoke ID --data DIR --reason TEXT [--json]\n"
    "Ends a terminal's certificate, and a sheet not used yet: a running hall refuses it within a second and closes its\n"
    "connections. What it has not delivered stays on it, and comes with a new sheet (hallctl terminal add).\n"
    "  --reason TEXT  goes into the audit log, with your name\n"
    "  --json         {\"terminal\":ID,\"revoked\":true}\n"
    "Exit: 0 revoked, 1 it had no certificate, 2 wrong arguments, 3 no such terminal.\n";

struct add_options {
    const char *data, *id, *office, *place, *hall, *out, *print;
    const char *address, *gateway, *dns, *proxy;
    bool json;
};

/* The same as kioskctl network takes. */
static int check_line(const struct add_options *o, struct uplink *u)
{
    struct err e = {0};
    bool fits = text_copy(u->address, sizeof u->address, o->address ? o->address : "") &&
                text_copy(u->gateway, sizeof u->gateway, o->gateway ? o->gateway : "") &&
                text_copy(u->proxy, sizeof u->proxy, o->proxy ? o->proxy : "");
    int rc = fits && o->dns ? uplink_dns_split(o->dns, u, &e) : 0;

    if (rc == 0)
        rc = fits ? uplink_check(u, &e) : err_set(&e, ERR_INVALID, "an address is too long");
    return rc < 0 ? options_wrong(ADD, "%s", e.text) : -1;
}

/* -1: go on; else the exit code. */
static int check(const struct add_options *o, struct enrol_sheet *sheet, int *ret_office)
{
    int64_t office = 0;
    int code = options_number(ADD, "--office", o->office, 0, 9999, &office);
    if (code >= 0)
        return code;
    if (!terminal_id_valid(o->id))
        return options_wrong(ADD, "--id may hold a-z, 0-9 and - only, starts with a letter and has at most %d characters",
                             TERMINAL_ID_MAX);
    if (!enrol_url_ok(o->hall))
        return options_wrong(ADD, "--hall is https://host:port, with a port from 1 to 65535, not \"%s\"", o->hall);
    code = check_line(o, &sheet->line);
    if (code >= 0)
        return code;
    *ret_office = (int)office;
    memcpy(sheet->terminal, o->id, strlen(o->id) + 1);
    memcpy(sheet->hall, o->hall, strlen(o->hall) + 1);
    return -1;
}

static int add_hashes(const char *data, struct enrol_sheet *sheet, struct err *e)
{
    char path[512];
    struct pki *p = NULL;
    uint64_t len;
    if (fs_join(path, sizeof path, data, "tls"))
        return err_set(e, ERR_TOOLONG, "%s", data);
    int rc = pki_load(path, &p, e);
    if (rc)
        return rc;
    sha256(pki_ca_der(p)->data, pki_ca_der(p)->len, sheet->ca_sha256);
    pki_free(p);
    fs_join(path, sizeof path, data, "public/root.json");
    return sha256_file(path, sheet->root_sha256, &len, e);
}

static int write_sheet(const char *path, const struct enrol_sheet *sheet, struct err *e)
{
    struct buf json;
    buf_init(&json, 2048);
    int rc = enrol_sheet_encode(sheet, &json);
    if (rc == 0)
        rc = fs_write_atomic(path, json.data, json.len, 0600, e);
    buf_finish(&json);
    return rc;
}

static int print_sheet(const char *path, const struct enrol_sheet *sheet, const struct place *place, struct err *e)
{
    struct buf page;

    buf_init(&page, PAPER_MAX);
    int rc = sheet_paper(sheet, place, LANGUAGE_ZH_CN, &page, e);
    if (rc == 0)
        rc = fs_write_atomic(path, page.data, page.len, 0600, e);
    secret_wipe(page.data, page.len);
    buf_finish(&page);
    return rc;
}

static int read_place(const char *path, struct place *ret, struct err *e)
{
    struct buf json;
    int rc = fs_read_given(path, 4096, &json, e);
    if (rc)
        return rc;
    rc = enrol_place_decode(json.data, json.len, ret, e);
    buf_finish(&json);
    return err_wrap(e, rc, "%s", path);
}

/* Both or neither: a code that stands on no sheet would end the sheet before it. */
static int store_terminal(struct store *s, const struct add_options *o, int office, const struct place *place,
                          const struct enrol_sheet *sheet, struct err *e)
{
    int rc = store_begin(s, e);
    if (rc)
        return rc;
    rc = terminal_add(s, office, o->id, place, sheet->code, e);
    if (rc == 0)
        rc = store_audit(s, office, hallctl_who(), "terminal-add", o->id, "", e);
    if (rc == 0)
        rc = write_sheet(o->out, sheet, e);
    if (rc == 0 && o->print)
        rc = print_sheet(o->print, sheet, place, e);
    if (rc)
        store_rollback(s);
    return rc ? rc : store_commit(s, e);
}

static void report_added(const struct add_options *o, int office, const struct enrol_sheet *sheet)
{
    const char *zh[SHEET_WORDS], *en[SHEET_WORDS];
    struct hallctl_object answer;
    uint8_t hash[SHA256_LEN];

    enrol_sheet_hash(sheet, hash);
    sheet_words(hash, LANGUAGE_ZH_CN, zh);
    sheet_words(hash, LANGUAGE_EN, en);
    if (!o->json) {
        printf("%s of office %04d is known; its sheet is %s: give it to the technician within 24 hours\n"
               "its words: %s %s %s %s (%s, %s, %s, %s)\n",
               o->id, office, o->out, zh[0], zh[1], zh[2], zh[3], en[0], en[1], en[2], en[3]);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "terminal", o->id);
    jsonw_int(&answer.w, "office", office);
    jsonw_str(&answer.w, "sheet", o->out);
    jsonw_arr(&answer.w, "words");
    for (int i = 0; i < SHEET_WORDS; i++)
        jsonw_str(&answer.w, NULL, zh[i]);
    jsonw_end(&answer.w);
    hallctl_object_print(&answer);
}

static int add(const struct add_options *o)
{
    struct enrol_sheet sheet = {0};
    struct place place;
    struct store *s = NULL;
    struct err e = {0};
    int office = 0, code = check(o, &sheet, &office);
    if (code >= 0)
        return code;
    int rc = read_place(o->place, &place, &e);
    if (rc == 0) {
        memcpy(sheet.spot, place.spot, sizeof sheet.spot);
        memcpy(sheet.device, place.device, sizeof sheet.device);
        rc = store_open(o->data, &s, &e);
    }
    if (rc == 0)
        rc = add_hashes(o->data, &sheet, &e);
    terminal_new_code(sheet.code);
    if (rc == 0)
        rc = store_terminal(s, o, office, &place, &sheet, &e);
    store_close(s);
    if (rc == 0)
        report_added(o, office, &sheet);
    secret_wipe(&sheet, sizeof sheet);
    return rc ? hallctl_fail(&e) : EXIT_OK;
}

static int revoke(const char *data, const char *id, const char *reason, struct err *e)
{
    struct terminal t;
    struct store *s = NULL;
    int rc = store_open(data, &s, e);
    if (rc == 0)
        rc = terminal_get(s, id, &t, e);
    if (rc == 0)
        rc = store_begin(s, e);
    if (rc == 0) {
        rc = terminal_revoke(s, id, e);
        if (rc == 0)
            rc = store_audit(s, t.office, hallctl_who(), "terminal-revoke", id, reason, e);
        if (rc)
            store_rollback(s);
        else
            rc = store_commit(s, e);
    }
    store_close(s);
    return rc;
}

static void report_revoked(const char *id, bool json)
{
    struct hallctl_object answer;

    if (!json) {
        printf("%s is revoked\n", id);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "terminal", id);
    jsonw_bool(&answer.w, "revoked", true);
    hallctl_object_print(&answer);
}

static int revoke_command(int argc, char **argv)
{
    const char *data = NULL, *reason = NULL, *id[1] = {NULL};
    bool json = false;
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &data, NULL}, {"--reason", &reason, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(REVOKE, argc, argv, revoke_usage, options, id, 1, &n);
    if (code < 0)
        code = options_fit(REVOKE, options, "--data --reason", "--json");
    if (code < 0 && n == 0)
        code = options_wrong(REVOKE, "which terminal");
    if (code < 0)
        code = hallctl_line(REVOKE, "--reason", reason, HALLCTL_REASON_MAX);
    if (code >= 0)
        return code;
    if (revoke(data, id[0], reason, &e))
        return hallctl_fail(&e);
    report_revoked(id[0], json);
    return EXIT_OK;
}

int hallctl_terminal(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "revoke"))
        return revoke_command(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "act"))
        return hallctl_terminal_act(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "withdraw"))
        return hallctl_terminal_withdraw(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "acts"))
        return hallctl_terminal_acts(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "logs"))
        return hallctl_terminal_logs(argc - 1, argv + 1);
    struct add_options o = {0};
    const char *verb[1] = {NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--id", &o.id, NULL},
                                          {"--office", &o.office, NULL},
                                          {"--place", &o.place, NULL},
                                          {"--hall", &o.hall, NULL},
                                          {"--out", &o.out, NULL},
                                          {"--json", NULL, &o.json},
                                          {"--print", &o.print, NULL},
                                          {"--address", &o.address, NULL},
                                          {"--gateway", &o.gateway, NULL},
                                          {"--dns", &o.dns, NULL},
                                          {"--proxy", &o.proxy, NULL},
                                          {0}};
    int n, code = options_read("hallctl terminal", argc, argv, add_usage, options, verb, 1, &n);
    if (code < 0 && (!verb[0] || strcmp(verb[0], "add")))
        code = options_wrong("hallctl terminal", "which: add, revoke, act, withdraw, acts or logs");
    if (code < 0)
        code = options_fit(ADD, options, "--data --id --office --place --hall --out",
                           "--print --json --address --gateway --dns --proxy");
    return code < 0 ? add(&o) : code;
}
