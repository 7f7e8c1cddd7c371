/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl case licences: of each material of a case's item whether it is held electronically, and since when that is known.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hallctl/licence.h"

#define ROW_MAX (16 * 1024)

struct telling {
    struct hallctl_list list;
    const struct case_licences *known;
    struct date today;
};

static void add_licence(struct buf *out, struct date today, const struct licence_verdict *v)
{
    const struct licence *l = v->licence;
    bool good = v->standing == LICENCE_GOOD;
    char to[DATE_LEN + 1] = "", told[DATE_LEN + 1];
    int64_t age = date_to_days(today) - date_to_days(l->told);

    date_format(l->told, told);
    if (l->to.year)
        date_format(l->to, to);
    buf_addf(out, "%s%s%s%s, %s, %s; by the %s", good ? "" : licence_standing_word(v->standing), good ? "" : ", ",
             to[0] ? "until " : "no end", to, l->number, l->issuer, licence_source_word(l->source));
    if (age > 0)
        buf_addf(out, ", as of %s, %d %s ago", told, (int)age, age == 1 ? "day" : "days");
    else
        buf_adds(out, ", as of today");
    if (l->staff[0])
        buf_addf(out, "; revoked here by %s", l->staff);
}

static void add_check(struct buf *out, bool whose, const struct case_licence *l)
{
    const struct licence_check *c = l->check;
    bool known = l->verdict.licence != NULL;
    char at[CLOCK_RFC3339_LEN + 1];

    if (c)
        clock_format_rfc3339(c->at, at);
    if (c && c->asked == LICENCE_NOT_TOLD)
        buf_addf(out, "%s%s (asked %.10s %.5s)", known ? "; since then " : "", licence_why_what(c->why), at, at + 11);
    else if (c && c->asked == LICENCE_SAID_NONE && !known)
        buf_addf(out, "the platform knows of none (asked %.10s %.5s)", at, at + 11);
    else if (!known && !whose)
        buf_adds(out, "nobody has asked, and hall-open has not said yet whose case it is");
    else if (!known)
        buf_adds(out, "nobody has asked: hallctl licence fetch");
}

/* What is no licence, and comes as paper. */
static void add_paper(struct buf *out, const struct item_material *m)
{
    if (m->state == MATERIAL_OPTIONAL)
        buf_adds(out, ", if it is asked for");
    else if (m->state == MATERIAL_LATER)
        buf_addf(out, ", within %d working days", m->defer_day);
}

static void put_line(struct buf *out, const struct telling *t, const struct case_licence *l)
{
    const struct item_material *m = l->material;

    buf_addf(out, "%-9s  %s", l->word, m->name);
    if (m->from_card)
        buf_adds(out, ": the card says it");
    else if (!m->licence_kind)
        add_paper(out, m);
    if (m->from_card || !m->licence_kind)
        return;
    if (strcmp(m->licence_kind, m->name) != 0)
        buf_addf(out, " (%s)", m->licence_kind);
    buf_adds(out, ": ");
    if (l->verdict.licence)
        add_licence(out, t->today, &l->verdict);
    add_check(out, case_licences_whose(t->known), l);
}

static void tell(void *ctx, const struct case_licence *l)
{
    struct telling *t = ctx;
    struct buf row;
    struct jsonw w;

    buf_init(&row, ROW_MAX);
    if (t->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        case_licence_put(&w, l);
        jsonw_end(&w);
    } else {
        put_line(&row, t, l);
    }
    hallctl_row(&t->list, &row);
}

int licence_tell_case(struct store *s, const struct published *p, const struct case_file *f, const uint8_t *idx, bool json,
                      struct err *e)
{
    struct telling t = {.list.json = json, .today = date_of_ms(clock_wall_ms())};
    struct case_licences *known = NULL;
    int rc = case_licences_read(s, f, idx, &known, e);

    if (rc < 0)
        return rc;
    t.known = known;
    if (json)
        fputs("[", stdout);
    bool there = case_licences_each(known, p, f, t.today, tell, &t);
    if (json)
        fputs("\n]\n", stdout);
    else if (!there)
        puts("the published catalogue does not have its item: nobody knows what it asks for");
    else if (t.list.n == 0)
        puts("its item asks for nothing");
    case_licences_free(known);
    return 0;
}

int case_tell_licences(struct store *s, const struct published *p, const struct case_options *o)
{
    struct case_file f;
    struct err e = {0};
    int rc = case_file_read(s, o->office_n, o->number, NULL, NULL, &f, &e);

    if (rc == 0)
        rc = licence_tell_case(s, p, &f, NULL, o->json, &e);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
