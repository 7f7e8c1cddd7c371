/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl duty list, take, leave, done.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/must.h"
#include "base/text.h"
#include "crypto/random.h"
#include "tools/hall/store/store_account.h"
#include "tools/hallctl/duty.h"

/* --- list --- */

static void put_json(struct buf *row, const struct duty_row *r)
{
    struct jsonw w;

    jsonw_init(&w, row);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "terminal", r->terminal);
    jsonw_str(&w, "what", r->what);
    jsonw_str(&w, "level", duty_level_word(r->level));
    jsonw_bool(&w, "lasts", r->lasts);
    jsonw_int(&w, "since", r->since);
    jsonw_str(&w, "staff", r->staff);
    jsonw_str(&w, "name", r->name);
    jsonw_str(&w, "words", r->words);
    jsonw_int(&w, "by", r->by);
    jsonw_bool(&w, "gone", r->gone);
    jsonw_int(&w, "told", r->told);
    jsonw_str(&w, "told_to", r->told_to);
    jsonw_bool(&w, "waits", r->waits);
    jsonw_int(&w, "tries", r->tries);
    jsonw_end(&w);
}

static void put_words(struct buf *row, const struct duty_row *r)
{
    char since[CLOCK_RFC3339_LEN + 1], at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(r->since, since);
    buf_addf(row, "%s  %-4s %-16s %-20s ", since, duty_level_word(r->level), r->terminal, r->what);
    if (r->staff[0] && !r->gone) {
        clock_format_rfc3339(r->by, at);
        buf_addf(row, "%s (%s) by %s%s: %s", r->name, r->staff, at, r->by <= clock_wall_ms() ? ", PAST" : "", r->words);
        return;
    }
    clock_format_rfc3339(r->told, at);
    if (r->gone)
        buf_addf(row, "%s (%s) has it and looks after terminals NO MORE; ", r->name, r->staff);
    else
        buf_addf(row, "nobody has it; ");
    if (!r->told)
        buf_addf(row, "nobody was told");
    else if (strcmp(r->told_to, DUTY_NOBODY) == 0)
        buf_addf(row, "nobody was on duty at %s", at);
    else if (r->waits)
        buf_addf(row, "%s is to be told since %s, NOT DELIVERED (tries: %d)", r->told_to, at, r->tries);
    else
        buf_addf(row, "%s was told at %s", r->told_to, at);
    if (r->words[0])
        buf_addf(row, "; %s: %s", r->name, r->words);
}

static int list_one(void *ctx, const struct duty_row *r)
{
    struct hallctl_list *l = ctx;
    struct buf row;

    buf_init(&row, 4096);
    if (l->json)
        put_json(&row, r);
    else
        put_words(&row, r);
    hallctl_row(l, &row);
    return 0;
}

int duty_verb_list(struct store *s, const struct duty_options *o)
{
    struct hallctl_list l = {.json = o->json};
    struct err e = {0};

    if (l.json)
        fputs("[", stdout);
    int rc = duty_each(s, o->office_n, 0, list_one, &l, &e);
    if (l.json)
        fputs("\n]\n", stdout);
    else if (rc == 0 && l.n == 0)
        puts("no alert is open");
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}

/* --- what somebody does --- */

struct finding {
    const struct duty_options *o;
    struct duty_row row;
    bool found;
};

static int find_one(void *ctx, const struct duty_row *r)
{
    struct finding *f = ctx;

    f->found = strcmp(r->terminal, f->o->terminal) == 0 && strcmp(r->what, f->o->what) == 0;
    if (f->found)
        f->row = *r;
    return f->found;
}

/* The open one of that name. */
static int find(struct store *s, struct finding *f, struct err *e)
{
    int rc = duty_each(s, f->o->office_n, 0, find_one, f, e);

    return rc == 0 && !f->found ? err_set(e, ERR_NOTFOUND, "no alert %s of %s is open", f->o->what, f->o->terminal) : rc;
}

static int find_person(struct store *s, const struct duty_options *o, struct account *a, struct err *e)
{
    int rc = account_read(s, o->staff, a, e);

    if (rc == 0 &&
        ((o->office_n && a->office != o->office_n) || a->state == ACCOUNT_DISABLED || !role_uses(a->role, ROLE_USE_FLEET)))
        rc = err_set(e, ERR_NOTFOUND, "%s does not look after terminals here", o->staff);
    return rc;
}

static int act(struct store *s, const struct duty_options *o, enum duty_refusal *ret_why, struct duty_row *ret,
               struct err *e)
{
    struct finding f = {.o = o};
    struct account a;
    uint8_t id[16];
    int64_t now = clock_wall_ms();
    struct duty_deed d = {.office = o->office_n,
                          .terminal = o->terminal,
                          .what = o->what,
                          .staff = o->staff,
                          .words = o->words,
                          .now = now,
                          .by = o->minutes_n ? now + o->minutes_n * 60000 : 0,
                          .id = id};
    int rc = find_person(s, o, &a, e);

    if (rc == 0)
        rc = find(s, &f, e);
    if (rc < 0)
        return rc;
    random_bytes(id, sizeof id);
    must(duty_verb_by_word(o->verb, &d.verb), "a verb of the table");
    d.since = f.row.since;
    d.name = a.name;
    d.seen = o->from ? o->from : d.verb == DUTY_LEAVE || strcmp(f.row.staff, o->staff) == 0 ? o->staff : "";
    return duty_do(s, &d, ret_why, ret, e);
}

int duty_verb_act(struct store *s, const struct duty_options *o)
{
    enum duty_refusal why = DUTY_MAY;
    struct duty_row row;
    struct err e = {0};
    int rc = store_begin(s, &e);

    if (rc == 0)
        rc = act(s, o, &why, &row, &e);
    if (rc < 0)
        store_rollback(s);
    else
        rc = store_commit(s, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    if (why != DUTY_MAY) {
        fprintf(stderr, "hallctl: %s: %s%s%s%s\n", duty_refusal_word(why), o->what, row.staff[0] ? ", " : "",
                row.staff[0] ? row.name : "", row.staff[0] ? " has it" : "");
        return EXIT_REFUSED;
    }
    return hallctl_count(o->verb, 1, o->json);
}
