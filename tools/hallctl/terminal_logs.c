/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl terminal logs: the logs that were asked of a terminal (hallctl terminal act logs), and one of them into a file.
 * The same as the terminal's page (tools/hall/staff/logs.c).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/text.h"
#include "tools/hall/store/store_logs.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/terminal_act.h"

#define LOGS "hallctl terminal logs"
#define ID_HEX (2 * ACT_ID_LEN)

static const char usage[] =
    "hallctl terminal logs --data DIR --terminal ID [--json]\n"
    "hallctl terminal logs --data DIR --terminal ID --act ID|newest --out FILE [--json]\n"
    "The logs that were asked of a terminal (hallctl terminal act logs), the newest first: when, how far they are, why not\n"
    "further. The last three of a terminal are kept, for thirty days.\n"
    "  --act ID    of those in the list that are here, or newest: written into FILE, packed as they came (zcat FILE). It "
    "is\n"
    "              told in the audit log. The hall has not looked into them.\n"
    "Exit: 0, 1 failed, 2 wrong arguments, 3 no such terminal, or no such logs here.\n";

struct logs_options {
    const char *data, *terminal, *act, *out;
    bool json;
};

/* --- the list --- */

static int show(void *ctx, const struct logs_row *r)
{
    struct hallctl_list *out = ctx;
    const struct logs_facts *f = &r->facts;
    enum logs_stand stand = logs_judge(f, clock_wall_ms());
    char asked[CLOCK_RFC3339_LEN + 1], id[ID_HEX + 1];
    struct buf row;
    struct jsonw j;

    buf_init(&row, 1024);
    clock_format_rfc3339(f->asked_ms, asked);
    hex_encode(r->id, ACT_ID_LEN, id);
    if (out->json) {
        jsonw_init(&j, &row);
        jsonw_obj(&j, NULL);
        jsonw_str(&j, "act", id);
        jsonw_str(&j, "asked", asked);
        jsonw_str(&j, "stand", logs_stand_word(stand));
        jsonw_int(&j, "have", f->have);
        jsonw_int(&j, "size", f->size);
        jsonw_str(&j, "why", logs_why_word(f->why));
        jsonw_end(&j);
    } else if (stand == LOGS_STAND_COMING || stand == LOGS_STAND_SLOW || stand == LOGS_STAND_HERE) {
        buf_addf(&row, "%s  %s  %s (%" PRId64 " of %" PRId64 " kB)", asked, id, logs_stand_about(stand),
                 (f->have + 1023) / 1024, (f->size + 1023) / 1024);
    } else {
        buf_addf(&row, "%s  %s  %s%s%s", asked, id, logs_stand_about(stand), f->why ? ": " : "", logs_why_about(f->why));
    }
    hallctl_row(out, &row);
    return 0;
}

static int list(struct store *s, const struct logs_options *o, int office, struct err *e)
{
    struct hallctl_list out = {.json = o->json};

    printf("%s", o->json ? "[" : "");
    int rc = logs_each(s, office, o->terminal, show, &out, e);
    printf("%s", o->json ? "\n]\n" : out.n ? "" : "no logs were asked of it\n");
    return rc;
}

/* --- one of them --- */

struct finding {
    const char *act; /* NULL: the newest that is here */
    struct logs_row row;
    bool found;
};

static int find(void *ctx, const struct logs_row *r)
{
    struct finding *f = ctx;
    char id[ID_HEX + 1];

    hex_encode(r->id, ACT_ID_LEN, id);
    f->found = (!f->act || strcmp(id, f->act) == 0) && logs_judge(&r->facts, clock_wall_ms()) == LOGS_STAND_HERE;
    f->row = *r;
    return f->found;
}

/* The row of the audit log first: what was not told is not given out. */
static int fetch(struct store *s, const struct logs_options *o, int office, struct buf *out, struct err *e)
{
    struct finding f = {.act = strcmp(o->act, "newest") != 0 ? o->act : NULL};
    char name[LOGS_NAME_MAX + 1];
    int rc = logs_each(s, office, o->terminal, find, &f, e);

    if (rc == 0 && !f.found)
        rc = err_set(e, ERR_NOTFOUND, "these logs are not here");
    if (rc == 0)
        rc = store_begin(s, e);
    if (rc < 0)
        return rc;
    logs_name(&f.row, name);
    rc = logs_bytes(s, office, f.row.id, out, e);
    if (rc == 0)
        rc = store_audit(s, office, hallctl_who(), "terminal-logs-read", o->terminal, name, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

static int write_one(struct store *s, const struct logs_options *o, int office, struct err *e)
{
    struct hallctl_object answer;
    struct buf bytes;

    buf_init(&bytes, LOGS_SIZE_MAX + 1);
    int rc = fetch(s, o, office, &bytes, e);
    if (rc == 0)
        rc = fs_write_given(o->out, bytes.data, bytes.len, 0600, e);
    if (rc == 0 && o->json) {
        hallctl_object_open(&answer);
        jsonw_str(&answer.w, "file", o->out);
        jsonw_int(&answer.w, "bytes", (int64_t)bytes.len);
        hallctl_object_print(&answer);
    } else if (rc == 0) {
        printf("%s: %zu kB, packed\n", o->out, (bytes.len + 1023) / 1024);
    }
    buf_finish(&bytes);
    return rc;
}

/* -1: go on; else the exit code. */
static int check(const struct logs_options *o)
{
    if (!o->act != !o->out)
        return options_wrong(LOGS, "--act and --out go together");
    if (o->act && strcmp(o->act, "newest") != 0 &&
        (strlen(o->act) != ID_HEX || strspn(o->act, "0123456789abcdef") != ID_HEX))
        return options_wrong(LOGS, "--act is the 32 digits that the list shows, or newest");
    return -1;
}

int hallctl_terminal_logs(int argc, char **argv)
{
    struct logs_options o = {.data = NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL}, {"--terminal", &o.terminal, NULL},
                                          {"--act", &o.act, NULL},   {"--out", &o.out, NULL},
                                          {"--json", NULL, &o.json}, {0}};
    struct store *s = NULL;
    struct terminal t;
    struct err e = {0};
    int n, code = options_read(LOGS, argc, argv, usage, options, NULL, 0, &n);

    if (code < 0)
        code = options_fit(LOGS, options, "--data --terminal", "--act --out --json");
    code = code < 0 ? check(&o) : code;
    if (code >= 0)
        return code;
    int rc = store_open(o.data, &s, &e);
    if (rc == 0)
        rc = terminal_get(s, o.terminal, &t, &e);
    if (rc == 0)
        rc = o.act ? write_one(s, &o, t.office, &e) : list(s, &o, t.office, &e);
    store_close(s);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
