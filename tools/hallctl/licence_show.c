/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl licence list, show: what the register has.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "tools/hallctl/licence.h"

#define ROW_MAX (16 * 1024)

struct telling {
    struct hallctl_list list;
    struct date today;
};

static void put_json(struct jsonw *w, const struct licence *l, struct date today)
{
    char from[DATE_LEN + 1], to[DATE_LEN + 1] = "", told[DATE_LEN + 1], learned[CLOCK_RFC3339_LEN + 1];

    date_format(l->from, from);
    date_format(l->told, told);
    if (l->to.year)
        date_format(l->to, to);
    clock_format_rfc3339(l->learned, learned);
    jsonw_hex(w, "id", l->id, sizeof l->id);
    jsonw_str(w, "kind", l->kind);
    jsonw_str(w, "code", l->code);
    jsonw_str(w, "number", l->number);
    jsonw_str(w, "issuer", l->issuer);
    jsonw_str(w, "valid_from", from);
    jsonw_str(w, "valid_to", to);
    jsonw_str(w, "state", licence_state_word(l->state));
    jsonw_str(w, "standing", licence_standing_word(licence_on(l, today)));
    jsonw_str(w, "source", licence_source_word(l->source));
    jsonw_str(w, "told", told);
    jsonw_str(w, "learned", learned);
    jsonw_str(w, "revoked_by", l->staff);
    jsonw_str(w, "reason", l->reason);
}

static void put_line(struct buf *out, const struct licence *l, struct date today)
{
    char id[2 * LICENCE_ID_LEN + 1], to[DATE_LEN + 1] = "(no end)", told[DATE_LEN + 1];

    hex_encode(l->id, sizeof l->id, id);
    date_format(l->told, told);
    if (l->to.year)
        date_format(l->to, to);
    buf_addf(out, "%s  %-9s  until %-10s  %s  %s  %s  (%s, told of %s)", id, licence_standing_word(licence_on(l, today)), to,
             l->kind, l->number, l->issuer, licence_source_word(l->source), told);
}

static int list_one(void *ctx, const struct licence *l)
{
    struct telling *t = ctx;
    struct buf row;
    struct jsonw w;

    buf_init(&row, ROW_MAX);
    if (t->list.json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        put_json(&w, l, t->today);
        jsonw_end(&w);
    } else {
        put_line(&row, l, t->today);
    }
    hallctl_row(&t->list, &row);
    return 0;
}

int licence_list(struct store *s, const struct licence_options *o)
{
    struct telling t = {.list.json = o->json, .today = date_of_ms(clock_wall_ms())};
    struct err e = {0};

    if (o->json)
        fputs("[", stdout);
    int rc = licence_each(s, o->kind, list_one, &t, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    if (o->json)
        fputs("\n]\n", stdout);
    return EXIT_OK;
}

static void say_one(const struct licence *l, struct date today)
{
    char from[DATE_LEN + 1], learned[CLOCK_RFC3339_LEN + 1];
    struct buf line;

    buf_init(&line, ROW_MAX);
    put_line(&line, l, today);
    date_format(l->from, from);
    clock_format_rfc3339(l->learned, learned);
    printf("%s\nkind %s, valid from %s, came here %s\n", buf_str(&line), l->code, from, learned);
    if (l->staff[0])
        printf("revoked here by %s: %s\n", l->staff, l->reason);
    buf_finish(&line);
}

int licence_show(struct store *s, const struct licence_options *o)
{
    struct date today = date_of_ms(clock_wall_ms());
    struct hallctl_object answer;
    struct licence l;
    struct err e = {0};
    int rc = licence_find(s, o->id, &l, &e);

    if (rc < 0)
        return hallctl_fail(&e);
    if (!o->json) {
        say_one(&l, today);
        return EXIT_OK;
    }
    hallctl_object_open(&answer);
    put_json(&answer.w, &l, today);
    hallctl_object_print(&answer);
    return EXIT_OK;
}
