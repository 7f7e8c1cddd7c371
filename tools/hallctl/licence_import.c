/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl licence import: a file goes in by pieces of at most HOLDER_LINES_MAX lines, each in a transaction with its audit
 * row, so that a file that is cut off by a fault is in up to there, and can come again: what is known changes nothing.
 */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/secret.h"
#include "base/text.h"
#include "tools/hall/reports/csv.h"
#include "tools/hall/store/store_case.h"
#include "tools/hallctl/licence.h"

#define TRIES 8
#define WHY_MAX 160

/* --- columns --- */

enum { HOLDER, CODE, KIND, NUMBER, ISSUER, FROM, TO, STATE, TOLD, COLUMNS };
static const char *const names[COLUMNS] = {
    [HOLDER] = "certificate_holder_code",
    [CODE] = "certificate_type_code",
    [KIND] = "certificate_type",
    [NUMBER] = "certificate_number",
    [ISSUER] = "issue_dept",
    [FROM] = "valid_from",
    [TO] = "valid_to",
    [STATE] = "state",
    [TOLD] = "told",
};

/* --- what is under way --- */

struct bad_line {
    int line;
    char why[WHY_MAX];
};
struct seen {
    uint8_t id[LICENCE_ID_LEN];
    int line;
    struct date told;
};
struct import {
    struct store *store;
    const struct licence_options *o;
    struct csv_reader csv;
    int at[COLUMNS]; /* which field is which column */
    struct date today;
    int changes[LICENCE_STAYS + 1];
    struct bad_line *bad;
    size_t n_bad, cap_bad;
    void *seen; /* tree of struct seen: the licences of this file */
    struct piece *piece;
};

/* Lines that go in together; personal data. */
struct piece {
    struct holder_request request;
    struct holder_answer answer;
    struct licence_said said[HOLDER_LINES_MAX];
    int line[HOLDER_LINES_MAX];
    bool twice[HOLDER_LINES_MAX];
};

static int add_bad(struct import *x, int line, const char *why, struct err *e)
{
    if (x->n_bad == x->cap_bad) {
        size_t cap = x->cap_bad ? 2 * x->cap_bad : 64;
        struct bad_line *more = reallocarray(x->bad, cap, sizeof *more);

        if (!more)
            return err_set(e, ERR_NOMEM, "too many bad lines");
        x->bad = more;
        x->cap_bad = cap;
    }
    x->bad[x->n_bad].line = line;
    text_copy(x->bad[x->n_bad++].why, WHY_MAX, why);
    return 0;
}

/* --- reading --- */

static int read_header(struct import *x, struct err *e)
{
    int rc = csv_next(&x->csv, e);

    if (rc < 0)
        return rc;
    if (rc == 0)
        return err_set(e, ERR_INVALID, "it is empty");
    for (int c = 0; c < COLUMNS; c++) {
        x->at[c] = -1;
        for (int i = 0; i < x->csv.n; i++)
            if (strcmp(x->csv.fields[i], names[c]) == 0)
                x->at[c] = x->at[c] < 0 ? i : -2;
        if (x->at[c] < 0)
            return err_set(e, ERR_INVALID, "its first line names the column %s %s", names[c],
                           x->at[c] == -1 ? "not at all" : "twice");
    }
    return 0;
}

/* The line that was read, to the piece, or to the bad ones. */
static int take_line(struct import *x, struct err *e)
{
    struct piece *p = x->piece;
    struct licence_said *said = &p->said[p->request.n];
    const char *f[COLUMNS];
    char why[WHY_MAX];

    for (int c = 0; c < COLUMNS; c++) {
        if (x->at[c] >= x->csv.n) {
            snprintf(why, sizeof why, "it has %d fields: %s is missing", x->csv.n, names[c]);
            return add_bad(x, x->csv.lines, why, e);
        }
        f[c] = x->csv.fields[x->at[c]];
    }
    const struct licence_words w = {.certificate_holder_code = f[HOLDER],
                                    .certificate_type_code = f[CODE],
                                    .certificate_type = f[KIND],
                                    .certificate_number = f[NUMBER],
                                    .issue_dept = f[ISSUER],
                                    .valid_from = f[FROM],
                                    .valid_to = f[TO],
                                    .state = f[STATE],
                                    .told = f[TOLD]};
    enum licence_fault fault = licence_read(&w, x->today, said);
    if (fault != LICENCE_FINE)
        return add_bad(x, x->csv.lines, licence_fault_what(fault), e);
    struct holder_line *l = &p->request.lines[p->request.n];
    text_copy(l->citizen, sizeof l->citizen, said->holder);
    text_copy(l->code, sizeof l->code, said->licence.code);
    text_copy(l->number, sizeof l->number, said->number);
    p->line[p->request.n++] = x->csv.lines;
    return 0;
}

/* Up to a piece's lines. 1: there may be more; 0: that was the end. */
static int read_piece(struct import *x, struct err *e)
{
    int rc = 1;

    x->piece->request.n = 0;
    while (rc == 1 && x->piece->request.n < HOLDER_LINES_MAX) {
        rc = csv_next(&x->csv, e);
        if (rc == 1 && take_line(x, e) < 0)
            return -e->code;
    }
    return rc;
}

/* --- the same licence twice in one file, told on the same day: neither line says which is right, so the first one counts
 * --- */

static int compare_seen(const void *a, const void *b)
{
    return memcmp(((const struct seen *)a)->id, ((const struct seen *)b)->id, LICENCE_ID_LEN);
}

static int look_twice(struct import *x, int i, struct err *e)
{
    struct piece *p = x->piece;
    struct seen *one = calloc(1, sizeof *one), **found;
    char why[WHY_MAX];

    p->twice[i] = false;
    if (!one)
        return err_set(e, ERR_NOMEM, "line %d", p->line[i]);
    memcpy(one->id, p->answer.lines[i].id, LICENCE_ID_LEN);
    one->line = p->line[i];
    one->told = p->said[i].licence.told;
    found = tsearch(one, &x->seen, compare_seen);
    if (found && *found == one)
        return 0;
    free(one);
    if (!found)
        return err_set(e, ERR_NOMEM, "line %d", p->line[i]);
    if (date_compare((*found)->told, p->said[i].licence.told) != 0) { /* the later day counts, as in another file */
        (*found)->told = p->said[i].licence.told;
        (*found)->line = p->line[i];
        return 0;
    }
    p->twice[i] = true;
    snprintf(why, sizeof why, "the same licence stands in line %d", (*found)->line);
    return add_bad(x, p->line[i], why, e);
}

/* --- writing --- */

static int put_line(struct import *x, int i, int *changes, struct err *e)
{
    struct piece *p = x->piece;
    struct licence *l = &p->said[i].licence, known;

    memcpy(l->id, p->answer.lines[i].id, sizeof l->id);
    l->source = LICENCE_IMPORT;
    l->learned = clock_wall_ms();
    int rc = licence_find(x->store, l->id, &known, e);
    if (rc == -ERR_NOTFOUND)
        *e = (struct err){0};
    else if (rc < 0)
        return rc;
    enum licence_change change = licence_judge(rc == 0 ? &known : NULL, l);
    changes[change]++;
    return change == LICENCE_NEW || change == LICENCE_REPLACES ? licence_put(x->store, p->answer.lines[i].index, l, e) : 0;
}

static int audit(struct import *x, const int *changes, struct err *e)
{
    const struct piece *p = x->piece;
    char words[2 * CASE_NAME_MAX + 160];
    const char *base = strrchr(x->o->given, '/');

    snprintf(words, sizeof words, "lines %d to %d: %d new, %d replaced; %s, %s", p->line[0], p->line[p->request.n - 1],
             changes[LICENCE_NEW], changes[LICENCE_REPLACES], x->o->staff, x->o->post);
    return store_audit(x->store, x->o->office_n, hallctl_who(), "licence-import", base ? base + 1 : x->o->given, words, e);
}

static int put_once(struct import *x, int *changes, struct err *e)
{
    int rc = store_begin(x->store, e);

    if (rc < 0)
        return rc;
    for (int i = 0; rc == 0 && i < x->piece->request.n; i++)
        if (!x->piece->twice[i])
            rc = put_line(x, i, changes, e);
    if (rc == 0 && changes[LICENCE_NEW] + changes[LICENCE_REPLACES] > 0)
        rc = audit(x, changes, e);
    if (rc == 0)
        return store_commit(x->store, e);
    store_rollback(x->store);
    return rc;
}

static int put_often(struct import *x, struct err *e)
{
    int changes[LICENCE_STAYS + 1], rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++) {
        *e = (struct err){0};
        memset(changes, 0, sizeof changes);
        rc = put_once(x, changes, e);
    }
    for (int i = 0; rc == 0 && i <= LICENCE_STAYS; i++)
        x->changes[i] += changes[i];
    return rc;
}

static int put_piece(struct import *x, struct err *e)
{
    struct piece *p = x->piece;
    int rc = p->request.n ? licence_ask_holder(x->o->socket, &p->request, &p->answer, e) : 0;

    for (int i = 0; rc == 0 && i < p->request.n; i++)
        rc = look_twice(x, i, e);
    if (rc == 0 && p->request.n)
        rc = put_often(x, e);
    return err_wrap(e, rc, "from line %d on nothing was taken", p->line[0]);
}

/* --- the whole --- */

static int compare_bad(const void *a, const void *b)
{
    return ((const struct bad_line *)a)->line - ((const struct bad_line *)b)->line;
}

static void say(struct import *x)
{
    const int *c = x->changes;
    struct hallctl_object answer;

    if (!x->o->json) {
        for (size_t i = 0; i < x->n_bad; i++)
            printf("line %d: %s\n", x->bad[i].line, x->bad[i].why);
        printf("%d new, %d replaced, %d known before, %d older than what is known, %d stay revoked, %zu refused\n",
               c[LICENCE_NEW], c[LICENCE_REPLACES], c[LICENCE_SAME], c[LICENCE_OLDER], c[LICENCE_STAYS], x->n_bad);
        return;
    }
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "new", c[LICENCE_NEW]);
    jsonw_int(&answer.w, "replaced", c[LICENCE_REPLACES]);
    jsonw_int(&answer.w, "known", c[LICENCE_SAME]);
    jsonw_int(&answer.w, "older", c[LICENCE_OLDER]);
    jsonw_int(&answer.w, "stay_revoked", c[LICENCE_STAYS]);
    jsonw_int(&answer.w, "refused", (int64_t)x->n_bad);
    jsonw_arr(&answer.w, "lines");
    for (size_t i = 0; i < x->n_bad; i++) {
        jsonw_obj(&answer.w, NULL);
        jsonw_int(&answer.w, "line", x->bad[i].line);
        jsonw_str(&answer.w, "why", x->bad[i].why);
        jsonw_end(&answer.w);
    }
    jsonw_end(&answer.w);
    hallctl_object_print(&answer);
}

static int import_all(struct import *x, struct err *e)
{
    struct err other = {0};
    int rc = read_header(x, e), more = 1;

    if (rc < 0)
        return err_wrap(e, rc, "nothing was taken");
    x->piece = secret_alloc(sizeof *x->piece);
    struct holder_request *r = &x->piece->request;
    r->what = HOLDER_REGISTER;
    text_copy(r->staff, sizeof r->staff, x->o->staff);
    text_copy(r->post, sizeof r->post, x->o->post);
    text_copy(r->reason, sizeof r->reason, "licence import");
    while (rc == 0 && more == 1) {
        more = read_piece(x, e);
        rc = put_piece(x, more < 0 ? &other : e); /* what stands before a line that is no CSV is taken */
    }
    if (rc == 0 && more < 0)
        rc = err_wrap(e, more, "what stands before it was taken");
    secret_free(x->piece, sizeof *x->piece);
    return rc;
}

/* Days are judged by this machine's clock: one that is years ahead would have words of days to come taken, which no later
 * word outdoes. */
static int judge_clock(struct store *s, enum licence_refusal *ret, struct err *e)
{
    int64_t heard = 0;
    int rc = case_heard(s, NULL, &heard, e);

    if (rc == 0 && case_clock_doubted(heard, clock_wall_ms()))
        *ret = LICENCE_REFUSAL_CLOCK;
    return rc;
}

static int import_file(struct store *s, const struct licence_options *o, struct err *e)
{
    struct import x = {.store = s, .o = o, .today = date_of_ms(clock_wall_ms())};
    struct buf text;
    int rc = fs_read_given(o->given, CSV_BYTES_MAX, &text, e);

    if (rc == 0) {
        csv_reader_init(&x.csv, text.data, text.len);
        rc = import_all(&x, e);
        csv_reader_finish(&x.csv);
        if (x.n_bad)
            qsort(x.bad, x.n_bad, sizeof *x.bad, compare_bad);
        if (x.csv.lines > 0)
            say(&x);
    }
    buf_finish(&text);
    tdestroy(x.seen, free);
    free(x.bad);
    return rc < 0 ? err_wrap(e, rc, "%s", o->given) : x.n_bad > 0;
}

int licence_import(struct store *s, const struct licence_options *o)
{
    enum licence_refusal why = LICENCE_MAY;
    struct err e = {0};

    secret_harden_process();
    secret_wipe_heap();
    int rc = licence_judge_staff(s, o->office_n, o->staff, ROLE_USE_LICENCE_KEEP, &why, &e);
    if (rc == 0 && why == LICENCE_MAY)
        rc = judge_clock(s, &why, &e);
    if (rc == 0 && why != LICENCE_MAY)
        return licence_refuse(s, o, why);
    if (rc == 0)
        rc = import_file(s, o, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    return rc == 0 ? EXIT_OK : EXIT_REFUSED;
}
