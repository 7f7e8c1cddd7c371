/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl recovery and hallctl release: what a terminal left with the hall for the day its disk does not open, or has to be
 * erased (wire/disk_key.h). Both open a sealed record: with a reason, and an audit row before anything is shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/secret.h"
#include "model/terminal.h"
#include "tools/hallctl/found.h"
#include "tools/hallctl/hallctl.h"
#include "wire/disk_key.h"

#define RECOVERY "hallctl recovery"
#define RELEASE "hallctl release"

static const char recovery_usage[] =
    "hallctl recovery TERMINAL --data DIR --staff NAME --post POST [--socket PATH] --reason REASON [--json]\n"
    "hallctl recovery TERMINAL --data DIR --keys KEYS --reason REASON [--json]\n"
    "Prints the recovery key of a terminal's disk, for the day its TPM does not give the key: eight groups of six digits.\n"
    "The technician puts it as the file TONGBAN.KEY on any stick and plugs that into the terminal that waits for it;\n"
    "nothing on the terminal is lost. Whoever has the key and the disk reads the disk: erase the file afterwards.\n"
    "By hall-open, which has the keys, unless --keys names them; it writes down who asked, and shows it to nobody else.\n"
    "  --staff NAME     who asks; --post POST: and as what\n"
    "  --socket PATH    hall-open's (default /run/tongban-open/open.sock)\n"
    "  --keys KEYS      without hall-open: the staff's folder with the sealing*.pem, also those of earlier years\n"
    "  --reason REASON  goes into the audit log, with your name, before anything is shown\n"
    "Exit: 0 printed, 2 wrong arguments, 3 the terminal left no key here, 4 it cannot be opened with this key.\n";

static const char release_usage[] =
    "hallctl release TERMINAL SIGNS COUNT --data DIR --staff NAME --post POST [--socket PATH] --reason REASON [--json]\n"
    "hallctl release TERMINAL SIGNS COUNT --data DIR --keys KEYS --reason REASON [--json]\n"
    "The code by which a terminal may be erased although it holds COUNT applications that never arrived here. SIGNS are "
    "the\n"
    "four that its page shows; COUNT is what the page says, or the word unknown. Erased is lost for good: before you read\n"
    "the code out, try whether the terminal can still send them, and call whom you can.\n"
    "By hall-open, which has the keys, unless --keys names them; it writes down who asked, and shows it to nobody else.\n"
    "  --staff NAME     who asks; --post POST: and as what\n"
    "  --socket PATH    hall-open's (default /run/tongban-open/open.sock)\n"
    "  --keys KEYS      without hall-open: the staff's folder with the sealing*.pem, also those of earlier years\n"
    "  --reason REASON  goes into the audit log, with your name and the count, before anything is shown\n"
    "Exit: 0 printed, 2 wrong arguments, 3 the terminal left no secret here, 4 it cannot be opened with this key.\n";

struct options {
    const char *data;
    struct found_way way;
    bool json;
};

/* One terminal's newest record of its disk's key. */
static int open_key(const struct options *o, const char *terminal, const char *action, const char *reason,
                    struct disk_key *ret, struct err *e)
{
    struct store *s = NULL;
    struct found f;
    struct buf plain;
    struct found_way way = o->way;

    way.line.reason = reason;
    found_init(&f);
    buf_init(&plain, RECORD_BODY_MAX);
    int rc = store_open(o->data, &s, e);
    if (rc == 0 && (rc = store_find_newest(s, terminal, RECORD_DISK_KEY, found_keep, &f, e)) > 0)
        rc = 0;
    if (rc == 0 && !f.count)
        rc = err_set(e, ERR_NOTFOUND,
                     "%s has left no disk key here: it sends one after its enrolment, when it reaches the hall", terminal);
    if (rc == 0 && f.count > 1)
        rc = err_set(e, ERR_STATE,
                     "terminals of %d offices bear the name %s: open the record by its id (hallctl records, hallctl open)",
                     f.count, terminal);
    if (rc == 0)
        rc = found_audit(s, &f, action, reason, e);
    if (rc == 0)
        rc = found_open(s, &f, &way, &plain, e);
    if (rc == 0)
        rc = disk_key_decode(plain.data, plain.len, ret, e);
    buf_finish(&plain);
    found_finish(&f);
    store_close(s);
    return rc;
}

/* -1: go on; else the exit code. */
static int read_options(const char *command, int argc, char **argv, const char *usage, struct options *o, const char **words,
                        int wanted)
{
    const struct option_word options[] = {{"--data", &o->data, NULL},
                                          {"--keys", &o->way.keys, NULL},
                                          {"--socket", &o->way.line.socket, NULL},
                                          {"--staff", &o->way.line.staff, NULL},
                                          {"--post", &o->way.line.post, NULL},
                                          {"--reason", &o->way.line.reason, NULL},
                                          {"--json", NULL, &o->json},
                                          {0}};
    int n, code = options_read(command, argc, argv, usage, options, words, wanted, &n);

    if (code < 0)
        code = options_fit(command, options, "--data --reason", "--keys --socket --staff --post --json");
    if (code < 0)
        code = found_way_fit(command, &o->way);
    if (code < 0 && n < wanted)
        code = options_wrong(command, "it takes %s",
                             wanted == 1 ? "a terminal" : "a terminal, the four signs and the count");
    if (code < 0 && !terminal_id_valid(words[0]))
        code = options_wrong(command, "\"%s\" is no terminal's name", words[0]);
    return code;
}

static void print(const struct options *o, const char *terminal, const char *key, const char *value)
{
    struct hallctl_object answer;

    if (!o->json) {
        puts(value);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_str(&answer.w, "terminal", terminal);
    jsonw_str(&answer.w, key, value);
    hallctl_object_print(&answer);
}

int hallctl_recovery(int argc, char **argv)
{
    struct options o = {0};
    const char *terminal = NULL;
    struct err e = {0};
    int code = read_options(RECOVERY, argc, argv, recovery_usage, &o, &terminal, 1);

    if (code >= 0)
        return code;
    secret_harden_process();
    struct disk_key *k = secret_alloc(sizeof *k);
    int rc = open_key(&o, terminal, "recovery", o.way.line.reason, k, &e);
    if (rc == 0 && !k->recovery[0])
        rc = err_set(&e, ERR_NOTFOUND, "the data of %s is not encrypted: it needs no key", terminal);
    if (rc == 0)
        print(&o, terminal, "recovery", k->recovery);
    secret_free(k, sizeof *k);
    return rc ? hallctl_fail(&e) : EXIT_OK;
}

/* -1: go on; else the exit code. */
static int read_attempt(const char *const words[3], char signs[RELEASE_SIGNS + 1], int64_t *ret_count)
{
    if (!release_signs_read(words[1], signs))
        return options_wrong(RELEASE, "\"%s\" are not the four signs of a terminal's page: ask again", words[1]);
    *ret_count = RELEASE_COUNT_UNKNOWN;
    return strcmp(words[2], "unknown") ? options_number(RELEASE, "COUNT", words[2], 0, INT32_MAX, ret_count) : -1;
}

int hallctl_release(int argc, char **argv)
{
    struct options o = {0};
    const char *words[3] = {NULL};
    char signs[RELEASE_SIGNS + 1], code_text[RELEASE_DIGITS + 2], digits[RELEASE_DIGITS + 1], reason[256];
    int64_t count = 0;
    struct err e = {0};
    int code = read_options(RELEASE, argc, argv, release_usage, &o, words, 3);

    if (code < 0)
        code = read_attempt(words, signs, &count);
    if (code >= 0)
        return code;
    secret_harden_process();
    struct disk_key *k = secret_alloc(sizeof *k);
    snprintf(reason, sizeof reason, "%s not delivered: %.200s", words[2], o.way.line.reason);
    int rc = open_key(&o, words[0], "release", reason, k, &e);
    if (rc == 0) {
        release_code(k->release, words[0], count, signs, digits);
        snprintf(code_text, sizeof code_text, "%.4s %s", digits, digits + 4);
        print(&o, words[0], "code", code_text);
    }
    secret_free(k, sizeof *k);
    return rc ? hallctl_fail(&e) : EXIT_OK;
}
