/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl terminal act, withdraw and acts: what staff want terminals to do, and what came of it. The same as the staff's
 * page (tools/hall/staff/order.c).
 */
#include "tools/hallctl/terminal_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/random.h"
#include "tools/hall/store/store_act.h"
#include "tools/hall/store/terminal.h"
#include "tools/hallctl/hallctl.h"

#define ACT "hallctl terminal act"
#define WITHDRAW "hallctl terminal withdraw"
#define ACTS "hallctl terminal acts"
#define HOUR_MS INT64_C(3600000)
#define HOURS_MAX 168

static const char act_usage[] =
    "hallctl terminal act restart|sync|in|logs --data DIR --terminals ID,ID… --why TEXT [--json]\n"
    "hallctl terminal act out     --data DIR --terminals ID,ID… --why TEXT --reason WORD [--hours N] [--json]\n"
    "hallctl terminal act message --data DIR --terminals ID,ID… --why TEXT [--zh TEXT --hours N [--en TEXT]] [--json]\n"
    "Has terminals do something, each once, within a day, when nobody is there. Each asks within a minute or two. What "
    "takes\n"
    "one away from people is given to it only while its zone can spare it: never all of one place at once.\n"
    "  restart       of its program\n"
    "  sync          delivers and asks for everything anew\n"
    "  out, in       of service, and back\n"
    "  message       what the idle screen says, for --hours; without --zh the last one goes\n"
    "  logs          sends what `kioskctl logs` says, nothing of residents: hallctl terminal logs\n"
    "  --reason WORD repair, supplies, power, closed or move\n"
    "  --hours N     out: about when it ends; a message: how long, at most 168\n"
    "  --why TEXT    for colleagues and the audit log; no resident reads it\n"
    "How far each is: hallctl terminal acts --data DIR --terminal ID.\n"
    "Exit: 0 wanted, 1 failed, 2 wrong arguments, 3 no such terminal.\n";
static const char withdraw_usage[] =
    "hallctl terminal withdraw restart|sync|out|in|message|logs --data DIR --terminals ID,ID… --why TEXT [--json]\n"
    "Takes back what was wanted of terminals by hallctl terminal act, or the staff's page, and none of them has yet. What "
    "a\n"
    "terminal was given cannot be taken back: want the opposite. Says what it was, and by whom.\n"
    "Exit: 0 withdrawn, 1 failed, 2 wrong arguments, 3 no such terminal, 4 refused: one of them has it, or nothing waits;\n"
    "then nothing is withdrawn of any.\n";
static const char acts_usage[] =
    "hallctl terminal acts --data DIR --terminal ID [--json]\n"
    "What staff wanted of a terminal, the newest first: by whom, since when, how far it is and why not\n"
    "further.\n"
    "Exit: 0, 1 failed, 2 wrong arguments, 3 no such terminal.\n";

struct act_options {
    const char *data, *terminals, *terminal, *why, *reason, *hours, *zh, *en;
    bool json;
    int64_t hours_n;
    struct act_row row;   /* of each of them, but for id and terminal */
    struct act_row *took; /* what was withdrawn; NULL: nothing is to be */
    size_t n_took;
};

/* What is done with one of them, in a transaction of all. */
typedef int each_fn(struct store *s, struct act_options *o, const char *id, struct err *e);

/* --- what is wanted --- */

static int check_words(const struct act_options *o)
{
    int code = hallctl_line(ACT, "--zh", o->zh, ACT_MESSAGE_MAX);

    code = code < 0 ? hallctl_line(ACT, "--en", o->en, ACT_MESSAGE_MAX) : code;
    code = code < 0 ? hallctl_line(ACT, "--why", o->why, ACT_WHY_MAX) : code;
    if (code >= 0)
        return code;
    if (o->zh && !o->hours)
        return options_wrong(ACT, "--hours says how long a message is shown");
    return o->en && !o->zh ? options_wrong(ACT, "a message is in Chinese first: --zh") : -1;
}

static int check_reason(const struct act_options *o, enum act_kind kind, enum outage_reason *ret)
{
    *ret = kind == ACT_OUT ? outage_by_word(o->reason) : 0;
    if (kind == ACT_OUT && strcmp(outage_word(*ret), o->reason) != 0)
        return options_wrong(ACT, "--reason is repair, supplies, power, closed or move");
    return -1;
}

/* Who it is in the records of terminals: a name of theirs. */
static void name_by(char out[ACT_BY_MAX + 1])
{
    text_copy(out, ACT_BY_MAX + 1, hallctl_who());
    for (char *p = out; *p; p++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", *p))
            *p = '_';
}

static void fill(struct act_options *o, enum act_kind kind, enum outage_reason reason)
{
    struct act *a = &o->row.act;
    int64_t now = clock_wall_ms(), hours = o->hours_n * HOUR_MS;

    *a = (struct act){.kind = kind, .reason = reason, .at_ms = now};
    a->until_ms = now + (kind == ACT_MESSAGE && hours ? hours : ACT_MS);
    a->back_ms = kind == ACT_OUT && hours ? now + hours : 0;
    name_by(a->by);
    text_copy(o->row.name, sizeof o->row.name, hallctl_who());
    text_copy(o->row.why, sizeof o->row.why, o->why);
    text_copy(a->zh, sizeof a->zh, o->zh ? o->zh : "");
    text_copy(a->en, sizeof a->en, o->en ? o->en : "");
}

static int want_one(struct store *s, struct act_options *o, const char *id, struct err *e)
{
    char why[ACT_WHY_MAX + 40];
    struct act_row r = o->row;
    struct terminal t;
    int rc = terminal_get(s, id, &t, e);

    random_bytes(r.act.id, sizeof r.act.id);
    text_copy(r.act.terminal, sizeof r.act.terminal, id);
    if (rc == 0)
        rc = act_add(s, t.office, &r, e);
    snprintf(why, sizeof why, "%s: %s", act_word(r.act.kind), r.why);
    return rc < 0 ? rc : store_audit(s, t.office, hallctl_who(), "terminal-act", id, why, e);
}

/* The newest of its kind that waits: what is older is over. */
static int find_waiting(void *ctx, const struct act_row *r)
{
    struct act_row *want = ctx;
    bool is = r->act.kind == want->act.kind && act_row_waits(r, want->act.at_ms);

    if (is)
        *want = *r;
    return is;
}

static int withdraw_one(struct store *s, struct act_options *o, const char *id, struct err *e)
{
    struct act_row *took = realloc(o->took, (o->n_took + 1) * sizeof *took), row = o->row;
    struct terminal t;
    int rc = took ? terminal_get(s, id, &t, e) : err_set(e, ERR_NOMEM, "what is withdrawn");

    o->took = took ? took : o->took;
    if (rc == 0)
        rc = act_each(s, t.office, id, find_waiting, &row, e);
    if (rc == 0 && row.act.terminal[0]) {
        const struct act_withdrawal w = {t.office, row.act.id, hallctl_who(), o->row.why, o->row.act.at_ms};

        rc = act_withdraw(s, &w, &took[o->n_took++], e);
    }
    return rc == 0  ? err_set(e, ERR_EXISTS, "terminal %s: no %s waits for it, and what was given cannot be taken back", id,
                              act_word(o->row.act.kind))
           : rc < 0 ? rc
                    : 0;
}

/* What was refused is written down too, for all else of it was rolled back. */
static int note_refused(struct store *s, const struct act_options *o, const char *id, struct err *e)
{
    char why[ACT_WHY_MAX + 80];
    struct terminal t;
    int rc = terminal_get(s, id, &t, e);

    snprintf(why, sizeof why, "refused: act-not-waiting: %s: %s", act_word(o->row.act.kind), o->row.why);
    if (rc == 0)
        rc = store_begin(s, e);
    if (rc < 0)
        return rc;
    rc = store_audit(s, t.office, hallctl_who(), "terminal-act-withdraw", id, why, e);
    if (rc < 0)
        store_rollback(s);
    return rc < 0 ? rc : store_commit(s, e);
}

/* Is the name at `at` among those before it? */
static bool is_again(const char *names, const char *at, size_t n)
{
    for (const char *p = names; p < at; p += strcspn(p, ",") + 1)
        if (strcspn(p, ",") == n && strncmp(p, at, n) == 0)
            return true;
    return false;
}

/* All of them, or none. */
static int each(struct store *s, struct act_options *o, each_fn *fn, int *ret_n, struct err *e)
{
    char id[TERMINAL_ID_MAX + 1] = "";
    struct err why = {0};
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    for (const char *at = o->terminals; rc == 0 && *at;) {
        size_t n = strcspn(at, ",");

        if (n == 0 || n > TERMINAL_ID_MAX) {
            rc = err_set(e, ERR_NOTFOUND, "a terminal of that name");
            break;
        }
        if (is_again(o->terminals, at, n)) {
            rc = err_set(e, ERR_INVALID, "terminal %.*s is named twice", (int)n, at);
            break;
        }
        snprintf(id, sizeof id, "%.*s", (int)n, at);
        rc = fn(s, o, id, e);
        (*ret_n)++;
        at += n + (at[n] == ',');
    }
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    if (rc == -ERR_EXISTS && note_refused(s, o, id, &why) < 0)
        err_wrap(e, rc, "%s (not written down: %s)", o->terminals, why.text);
    return rc;
}

/* What it was is said, for nobody named it. */
static int say_took(const struct act_options *o)
{
    char what[ACT_TOLD_MAX + 1], made[CLOCK_RFC3339_LEN + 1];
    struct hallctl_object answer;

    if (!o->json) {
        for (size_t i = 0; i < o->n_took; i++) {
            act_row_tell(&o->took[i], what);
            printf("%s: withdrawn: %s\n", o->took[i].act.terminal, what);
        }
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    jsonw_int(&answer.w, "withdrawn", (int64_t)o->n_took);
    jsonw_arr(&answer.w, "acts");
    for (size_t i = 0; i < o->n_took; i++) {
        const struct act_row *r = &o->took[i];

        clock_format_rfc3339(r->act.at_ms, made);
        jsonw_obj(&answer.w, NULL);
        jsonw_str(&answer.w, "terminal", r->act.terminal);
        jsonw_str(&answer.w, "act", act_word(r->act.kind));
        jsonw_str(&answer.w, "zh", r->act.zh);
        jsonw_str(&answer.w, "name", r->name);
        jsonw_str(&answer.w, "made", made);
        jsonw_end(&answer.w);
    }
    jsonw_end(&answer.w);
    hallctl_object_print(&answer);
    return EXIT_OK;
}

static int run(struct act_options *o, each_fn *fn)
{
    struct store *s = NULL;
    struct err e = {0};
    int n = 0, rc = store_open(o->data, &s, &e);

    if (rc == 0)
        rc = each(s, o, fn, &n, &e);
    store_close(s);
    int code = rc < 0 ? hallctl_fail(&e) : o->took ? say_took(o) : hallctl_count("wanted", n, o->json);
    free(o->took);
    return code;
}

static int read_act(int argc, char **argv, struct act_options *o, enum act_kind *ret_kind)
{
    static const char *const taken[ACT_KINDS] = {[ACT_RESTART] = "--json",
                                                 [ACT_SYNC] = "--json",
                                                 [ACT_IN] = "--json",
                                                 [ACT_LOGS] = "--json",
                                                 [ACT_OUT] = "--reason --hours --json",
                                                 [ACT_MESSAGE] = "--zh --en --hours --json"};
    const struct option_word options[] = {
        {"--data", &o->data, NULL},     {"--terminals", &o->terminals, NULL}, {"--why", &o->why, NULL},
        {"--reason", &o->reason, NULL}, {"--hours", &o->hours, NULL},         {"--zh", &o->zh, NULL},
        {"--en", &o->en, NULL},         {"--json", NULL, &o->json},           {0}};
    const char *word[1] = {NULL};
    int n, code = options_read(ACT, argc, argv, act_usage, options, word, 1, &n);

    if (code < 0 && (!word[0] || !act_by_word(word[0], ret_kind)))
        code = options_wrong(ACT, "which: restart, sync, out, in, message or logs");
    if (code < 0)
        code = options_fit(ACT, options,
                           *ret_kind == ACT_OUT ? "--data --terminals --why --reason" : "--data --terminals --why",
                           taken[*ret_kind]);
    if (code < 0 && o->hours)
        code = options_number(ACT, "--hours", o->hours, 1, HOURS_MAX, &o->hours_n);
    return code < 0 ? check_words(o) : code;
}

int hallctl_terminal_act(int argc, char **argv)
{
    struct act_options o = {.data = NULL};
    enum outage_reason reason = 0;
    enum act_kind kind = ACT_SYNC;
    int code = read_act(argc, argv, &o, &kind);

    if (code < 0)
        code = check_reason(&o, kind, &reason);
    if (code >= 0)
        return code;
    fill(&o, kind, reason);
    return run(&o, want_one);
}

int hallctl_terminal_withdraw(int argc, char **argv)
{
    struct act_options o = {.data = NULL};
    const struct option_word options[] = {{"--data", &o.data, NULL},
                                          {"--terminals", &o.terminals, NULL},
                                          {"--why", &o.why, NULL},
                                          {"--json", NULL, &o.json},
                                          {0}};
    const char *word[1] = {NULL};
    enum act_kind kind = ACT_SYNC;
    int n, code = options_read(WITHDRAW, argc, argv, withdraw_usage, options, word, 1, &n);

    if (code < 0 && (!word[0] || !act_by_word(word[0], &kind)))
        code = options_wrong(WITHDRAW, "which: restart, sync, out, in, message or logs");
    if (code < 0)
        code = options_fit(WITHDRAW, options, "--data --terminals --why", "--json");
    code = code < 0 ? hallctl_line(WITHDRAW, "--why", o.why, ACT_WHY_MAX) : code;
    if (code >= 0)
        return code;
    fill(&o, kind, 0);
    return run(&o, withdraw_one);
}

/* --- how far it is --- */

struct showing {
    struct act_row list[ACTS_SHOWN_MAX];
    size_t n;
    struct fleet_terminal t;
    struct hallctl_list out;
};

static int keep_act(void *ctx, const struct act_row *r)
{
    struct showing *w = ctx;

    w->list[w->n++] = *r;
    return w->n == ACTS_SHOWN_MAX;
}

static int keep_terminal(void *ctx, const struct fleet_terminal *t)
{
    ((struct showing *)ctx)->t = *t;
    return 1;
}

static void show(struct showing *w, const struct act_row *r, enum act_stand stand)
{
    char made[CLOCK_RFC3339_LEN + 1];
    struct buf row;
    struct jsonw j;

    buf_init(&row, 4096);
    clock_format_rfc3339(r->act.at_ms, made);
    if (!w->out.json) {
        buf_addf(&row, "%s  %-8s %s  by %s: %s", made, act_word(r->act.kind), act_stand_about(stand), r->name, r->why);
    } else {
        jsonw_init(&j, &row);
        jsonw_obj(&j, NULL);
        jsonw_str(&j, "act", act_word(r->act.kind));
        jsonw_str(&j, "stand", act_stand_word(stand));
        jsonw_str(&j, "made", made);
        jsonw_int(&j, "until", r->act.until_ms);
        jsonw_int(&j, "granted", r->granted_ms);
        jsonw_int(&j, "done", r->done_ms);
        jsonw_str(&j, "name", r->name);
        jsonw_str(&j, "why", r->why);
        jsonw_end(&j);
    }
    hallctl_row(&w->out, &row);
}

static int show_all(struct store *s, const char *id, struct showing *w, struct err *e)
{
    struct terminal t;
    enum act_stand stand;
    int rc = terminal_get(s, id, &t, e);

    if (rc == 0)
        rc = fleet_each(s, t.office, id, keep_terminal, w, e);
    if (rc == 0)
        rc = act_each(s, t.office, id, keep_act, w, e);
    for (size_t i = 0; rc == 0 && i < w->n; i++) {
        rc = act_stands(s, &w->t, &w->list[i], clock_wall_ms(), &stand, e);
        if (rc == 0)
            show(w, &w->list[i], stand);
    }
    return rc;
}

int hallctl_terminal_acts(int argc, char **argv)
{
    const char *data = NULL, *id = NULL;
    struct store *s = NULL;
    struct err e = {0};
    bool json = false;
    const struct option_word options[] = {{"--data", &data, NULL}, {"--terminal", &id, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read(ACTS, argc, argv, acts_usage, options, NULL, 0, &n);

    if (code < 0)
        code = options_fit(ACTS, options, "--data --terminal", "--json");
    if (code >= 0)
        return code;
    struct showing *w = calloc(1, sizeof *w);
    int rc = w ? store_open(data, &s, &e) : err_set(&e, ERR_NOMEM, "acts");
    if (rc == 0) {
        w->out.json = json;
        printf("%s", json ? "[" : "");
        rc = show_all(s, id, w, &e);
        printf("%s", json ? "\n]\n" : w->n ? "" : "nothing was wanted of it\n");
    }
    store_close(s);
    free(w);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
