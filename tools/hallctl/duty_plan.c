/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl duty plan, put, drop: who is on duty when.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypto/random.h"
#include "tools/hallctl/duty.h"

static const char *const day_names[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

/* "1-5", "6,7", "1-3,5"; 0: it is none. */
static int read_days(const char *text)
{
    int days = 0;

    for (const char *p = text; *p;) {
        int from = *p - '0', to = from;

        if (p[1] == '-') {
            to = p[2] - '0';
            p += 2;
        }
        if (from < 1 || to > 7 || to < from)
            return 0;
        for (int i = from; i <= to; i++)
            days |= 1 << (i - 1);
        p++;
        if (*p && (*p != ',' || !*++p))
            return 0;
    }
    return days;
}

/* "8-18" */
static bool read_hours(const char *text, int *ret_from, int *ret_to)
{
    char *end = NULL;

    if (*text < '0' || *text > '9')
        return false;
    *ret_from = (int)strtol(text, &end, 10);
    if (*end != '-' || end[1] < '0' || end[1] > '9')
        return false;
    *ret_to = (int)strtol(end + 1, &end, 10);
    return !*end && *ret_from >= 0 && *ret_from < 24 && *ret_to > 0 && *ret_to <= 24;
}

int duty_plan_check(struct duty_options *o)
{
    struct shift *s = &o->shift;
    size_t n = 0;

    if (o->id && (strlen(o->id) != 2 * SHIFT_ID_LEN || hex_decode(o->id, 2 * SHIFT_ID_LEN, s->id, SHIFT_ID_LEN, &n) < 0))
        return options_wrong(DUTY_COMMAND, "--id is a row's, as `hallctl duty plan` has it");
    if (!o->days)
        return -1;
    if (!o->id)
        random_bytes(s->id, SHIFT_ID_LEN);
    s->days = read_days(o->days);
    s->place = (int)o->place_n;
    if (!s->days)
        return options_wrong(DUTY_COMMAND, "--days is like 1-5 or 6,7; 1 is Monday");
    if (!read_hours(o->hours, &s->from, &s->to))
        return options_wrong(DUTY_COMMAND, "--hours is like 8-18; 18-8 goes over night");
    text_copy(s->way, sizeof s->way, o->way);
    if (!account_id_valid(o->staff) || !text_copy(s->staff, sizeof s->staff, o->staff) || !shift_valid(s))
        return options_wrong(DUTY_COMMAND, "--staff is an account's id");
    return -1;
}

/* --- plan --- */

static void name_days(int days, char out[16])
{
    size_t n = 0;

    for (int i = 0; i < 7; i++)
        if (days >> i & 1) {
            if (n)
                out[n++] = ',';
            out[n++] = (char)('1' + i);
        }
    out[n] = '\0';
}

static void show_row(struct hallctl_list *l, const struct shift *s)
{
    char id[2 * SHIFT_ID_LEN + 1], days[16];
    struct buf row;
    struct jsonw w;

    hex_encode(s->id, SHIFT_ID_LEN, id);
    name_days(s->days, days);
    buf_init(&row, 1024);
    if (l->json) {
        jsonw_init(&w, &row);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "id", id);
        jsonw_str(&w, "staff", s->staff);
        jsonw_str(&w, "name", s->name);
        jsonw_str(&w, "zone", s->zone);
        jsonw_str(&w, "days", days);
        jsonw_int(&w, "from", s->from);
        jsonw_int(&w, "to", s->to);
        jsonw_int(&w, "place", s->place);
        jsonw_str(&w, "way", s->way);
        jsonw_bool(&w, "gone", s->gone);
        jsonw_bool(&w, "lost", s->lost);
        jsonw_end(&w);
    } else {
        buf_addf(&row, "%s  %d. %s (%s)  days %s  %02d:00-%02d:00  zone %s  %s%s%s", id, s->place, s->name, s->staff, days,
                 s->from, s->to, s->zone[0] ? s->zone : "all", s->way,
                 s->gone ? "  NOT ON DUTY: looks after terminals no more" : "",
                 s->lost ? "  COVERS NOTHING: this zone has no terminal any more" : "");
    }
    hallctl_row(l, &row);
}

static void show_gap(struct hallctl_list *l, const char *zone, const struct shift_gap *g)
{
    int to = g->to % SHIFT_WEEK, day = to / 24, hour = to % 24;
    struct buf row;

    if (hour == 0) { /* a day ends at 24:00 */
        day = (day + 6) % 7;
        hour = 24;
    }
    buf_init(&row, 256);
    if (l->json)
        buf_addf(&row, "{\"zone\":\"%s\",\"from\":%d,\"to\":%d}", zone, g->from, g->to);
    else
        buf_addf(&row, "nobody is on duty%s%s: %s %02d:00 to %s %02d:00", zone[0] ? " in zone " : "", zone,
                 day_names[g->from / 24], g->from % 24, day_names[day], hour);
    hallctl_row(l, &row);
}

static void show_gaps(struct hallctl_list *l, const struct shift *list, size_t n, const char *zone)
{
    struct shift_gap gaps[SHIFT_GAPS_MAX];
    size_t many = shift_gaps(list, n, zone, gaps);

    for (size_t i = 0; i < many; i++)
        show_gap(l, zone, &gaps[i]);
}

static void show_lost(struct hallctl_list *l, const char *zone)
{
    struct buf row;

    buf_init(&row, 256);
    if (l->json)
        buf_addf(&row, "{\"zone\":\"%s\",\"lost\":true}", zone);
    else
        buf_addf(&row, "zone %s has no terminal any more: its rows cover nothing", zone);
    hallctl_row(l, &row);
}

static bool is_first_of_zone(const struct shift *list, int i)
{
    for (int k = 0; k < i; k++)
        if (strcmp(list[k].zone, list[i].zone) == 0)
            return false;
    return list[i].zone[0] != '\0';
}

int duty_verb_plan(struct store *s, const struct duty_options *o)
{
    static struct shift list[SHIFTS_MAX];
    struct hallctl_list l = {.json = o->json};
    struct err e = {0};
    int n = shift_list(s, o->office_n, list, &e);

    if (n < 0)
        return hallctl_fail(&e);
    if (l.json)
        fputs("{\"rows\":[", stdout);
    for (int i = 0; i < n; i++)
        show_row(&l, &list[i]);
    if (l.json)
        fputs("\n],\"gaps\":[", stdout);
    l.n = 0;
    show_gaps(&l, list, (size_t)n, "");
    for (int i = 0; i < n; i++)
        if (is_first_of_zone(list, i) && list[i].lost)
            show_lost(&l, list[i].zone);
        else if (is_first_of_zone(list, i))
            show_gaps(&l, list, (size_t)n, list[i].zone);
    if (l.json)
        fputs("\n]}\n", stdout);
    return EXIT_OK;
}

/* --- put, drop --- */

static int keep(void *ctx, const struct fleet_terminal *t)
{
    zone_name(t->office, &t->place, ((struct shift *)ctx)->zone);
    return 1;
}

static int find_zone(struct store *s, const struct duty_options *o, struct shift *one, struct err *e)
{
    int rc = fleet_each(s, o->office_n, o->zone_of, keep, one, e);

    return rc == 0 && !one->zone[0] ? err_set(e, ERR_NOTFOUND, "terminal %s of office %d", o->zone_of, o->office_n) : rc;
}

static int ended(struct store *s, int rc, struct err *e)
{
    if (rc < 0)
        store_rollback(s);
    return rc < 0 ? rc : store_commit(s, e);
}

int duty_verb_put(struct store *s, const struct duty_options *o)
{
    struct shift one = o->shift;
    struct hallctl_list l = {.json = o->json};
    struct err e = {0};
    int rc = o->zone_of ? find_zone(s, o, &one, &e) : 0;

    if (rc == 0)
        rc = store_begin(s, &e);
    if (rc == 0)
        rc = ended(s, shift_put(s, o->office_n, &one, hallctl_who(), &e), &e);
    if (rc < 0)
        return hallctl_fail(&e);
    show_row(&l, &one);
    if (l.json)
        fputs("\n", stdout);
    return EXIT_OK;
}

int duty_verb_drop(struct store *s, const struct duty_options *o)
{
    struct err e = {0};
    int gone = 0, rc = store_begin(s, &e);

    if (rc == 0) {
        gone = shift_drop(s, o->office_n, o->shift.id, hallctl_who(), &e);
        if (gone == 0)
            gone = err_set(&e, ERR_NOTFOUND, "the list of office %d has no such row", o->office_n);
        rc = ended(s, gone, &e);
    }
    return rc < 0 ? hallctl_fail(&e) : hallctl_count("dropped", gone, o->json);
}
