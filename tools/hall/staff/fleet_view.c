/* SPDX-License-Identifier: Apache-2.0
 *
 * See fleet_view.h.
 */
#include "tools/hall/staff/fleet_view.h"

#include <stdlib.h>

#include "base/clock.h"

void fleet_put_at(struct jsonw *w, const char *name, int64_t ms)
{
    char at[CLOCK_RFC3339_LEN + 1];

    if (!ms) {
        jsonw_null(w, name);
        return;
    }
    clock_format_rfc3339(ms, at);
    jsonw_str(w, name, at);
}

void fleet_put_point(struct jsonw *w, const struct point *p)
{
    if (!p) {
        jsonw_null(w, "point");
        return;
    }
    jsonw_arr(w, "point");
    jsonw_int(w, NULL, p->lat);
    jsonw_int(w, NULL, p->lon);
    jsonw_end(w);
}

static void put_place(struct jsonw *w, const struct fleet_terminal *t)
{
    char zone[ZONE_NAME_LEN + 1];

    zone_name(t->office, &t->place, zone);
    jsonw_str(w, "terminal", t->id);
    jsonw_str(w, "device", t->place.device);
    jsonw_str(w, "zone", t->place.zone);
    jsonw_str(w, "spot", t->place.spot);
    jsonw_str(w, "zone_name", zone);
}

static void put_situation(struct jsonw *w, const struct fleet_terminal *t, int64_t now_ms)
{
    struct situation_now now;

    fleet_judge(t, now_ms, &now);
    jsonw_str(w, "situation", situation_word(now.situation));
    jsonw_arr(w, "why");
    for (size_t i = 0; i < now.n; i++)
        jsonw_str(w, NULL, now.why[i]);
    jsonw_end(w);
    fleet_put_at(w, "heard", fleet_heard(t));
    fleet_put_at(w, "told", t->told ? t->told_ms : 0);
    if (!t->told || !t->health.out[0])
        return;
    jsonw_str(w, "out", t->health.out);
    fleet_put_at(w, "out_since", t->health.out_since_ms);
    fleet_put_at(w, "out_until", t->health.out_until_ms);
}

/* What it said it has, less what came since; null: it has said nothing. */
static void put_backlog(struct jsonw *w, const struct fleet_terminal *t)
{
    int64_t left = t->health.head - (int64_t)t->stored;

    if (t->told)
        jsonw_int(w, "backlog", left > 0 ? left : 0);
    else
        jsonw_null(w, "backlog");
    jsonw_int(w, "records", (int64_t)t->stored);
}

static int put_hours(struct jsonw *w, struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct err *e)
{
    char row[HOUR_STRIP_HOURS + 1];
    struct hour_strip hours;
    int percent, rc = fleet_hours(s, t, now_ms, &hours, e);

    jsonw_obj(w, "hours");
    for (int i = 0; rc == 0 && i < HOUR_STRIP_ROWS; i++) {
        hour_strip_row(&hours, i, row, &percent);
        jsonw_obj(w, i == HOUR_STRIP_WHOLE ? "whole" : device_word((enum device_role)i));
        jsonw_str(w, "row", row);
        jsonw_int(w, "percent", percent);
        jsonw_end(w);
    }
    jsonw_end(w);
    return rc;
}

int fleet_put(struct jsonw *w, struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct err *e)
{
    int64_t ends = 0;
    int rc = fleet_ends(s, t, &ends, e);

    put_place(w, t);
    put_situation(w, t, now_ms);
    put_backlog(w, t);
    jsonw_int(w, "catalogue", t->told ? t->health.catalogue : 0);
    jsonw_str(w, "version", t->system.running[0] ? t->system.running : t->told ? t->health.version : "");
    fleet_put_at(w, "ends", ends);
    jsonw_int(w, "ends_days", ends ? (ends - now_ms) / (24 * HOUR_STRIP_MS) : 0);
    return rc == 0 ? put_hours(w, s, t, now_ms, e) : rc;
}

/* --- what staff wanted of it --- */

struct acts {
    struct act_row list[ACTS_SHOWN_MAX];
    size_t n;
};

static int keep_act(void *ctx, const struct act_row *r)
{
    struct acts *a = ctx;

    a->list[a->n++] = *r;
    return a->n == ACTS_SHOWN_MAX;
}

/* The object is left open. `waits`: no terminal has it yet, and it may be withdrawn. */
static void put_act(struct jsonw *w, const struct act_row *r, enum act_stand stand, int64_t now_ms)
{
    jsonw_obj(w, NULL);
    jsonw_hex(w, "id", r->act.id, ACT_ID_LEN);
    jsonw_str(w, "act", act_word(r->act.kind));
    jsonw_str(w, "reason", r->act.kind == ACT_OUT ? outage_word(r->act.reason) : "");
    jsonw_str(w, "zh", r->act.zh);
    jsonw_str(w, "en", r->act.en);
    jsonw_str(w, "why", r->why);
    jsonw_str(w, "name", r->name);
    fleet_put_at(w, "made", r->act.at_ms);
    fleet_put_at(w, "until", r->act.until_ms);
    jsonw_str(w, "stand", act_stand_word(stand));
    jsonw_bool(w, "waits", act_row_waits(r, now_ms));
    fleet_put_at(w, "since", r->done_ms ? r->done_ms : r->granted_ms ? r->granted_ms : r->act.at_ms);
}

/* Of logs: how far they are on their way, by the bytes that are here. */
static int put_logs(struct jsonw *w, struct store *s, const struct fleet_terminal *t, const struct act_row *r,
                    int64_t now_ms, struct err *e)
{
    char name[LOGS_NAME_MAX + 1] = "";
    struct logs_row l;
    int rc = logs_read(s, t->office, r->act.id, &l, e);

    if (rc != 1)
        return rc < 0 ? rc : 0;
    enum logs_stand stand = logs_judge(&l.facts, now_ms);
    if (stand == LOGS_STAND_HERE)
        logs_name(&l, name);
    jsonw_obj(w, "logs");
    jsonw_str(w, "stand", logs_stand_word(stand));
    jsonw_int(w, "have", l.facts.have);
    jsonw_int(w, "size", l.facts.size);
    jsonw_str(w, "why", logs_why_word(l.facts.why));
    fleet_put_at(w, "last", l.facts.last_ms);
    jsonw_str(w, "name", name);
    jsonw_end(w);
    return 0;
}

int fleet_put_acts(struct jsonw *w, struct store *s, const struct fleet_terminal *t, int64_t now_ms, struct err *e)
{
    struct acts *a = calloc(1, sizeof *a);
    enum act_stand stand = ACT_STAND_NEXT;
    int rc = a ? act_each(s, t->office, t->id, keep_act, a, e) : err_set(e, ERR_NOMEM, "acts");

    jsonw_arr(w, "acts");
    for (size_t i = 0; rc == 0 && i < a->n; i++) {
        rc = act_stands(s, t, &a->list[i], now_ms, &stand, e);
        put_act(w, &a->list[i], stand, now_ms);
        if (rc == 0 && a->list[i].act.kind == ACT_LOGS)
            rc = put_logs(w, s, t, &a->list[i], now_ms, e);
        jsonw_end(w);
    }
    jsonw_end(w);
    free(a);
    return rc;
}
