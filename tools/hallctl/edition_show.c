/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_show.h.
 */
#include "tools/hallctl/edition_show.h"

#include "base/clock.h"
#include "base/json.h"

void edition_show_time(struct buf *out, const char *before, int64_t ms)
{
    char at[CLOCK_RFC3339_LEN + 1];

    clock_format_rfc3339(ms, at);
    buf_addf(out, "%s%s", before, at);
}

static void put_people(struct buf *out, const struct edition_row *r)
{
    buf_addf(out, "  brought by %s", *r->brought_by ? r->brought_by : "somebody");
    edition_show_time(out, " ", r->brought);
    if (*r->approved_by) {
        buf_addf(out, ", approved by %s", r->approved_by);
        edition_show_time(out, " ", r->approved);
    }
    buf_addf(out, "\n  last: %s%s%s", *r->changed_by ? r->changed_by : "", *r->changed_by ? ": " : "", r->why);
}

void edition_show_line(struct buf *out, const struct edition_row *r, const struct edition_figures *f)
{
    const struct edition *ed = &r->edition;
    bool system = ed->kind == EDITION_SYSTEM;

    if (system)
        buf_addf(out, "system %s %s", ed->name, edition_state_about(ed->state));
    else
        buf_addf(out, "catalogue %lld %s", (long long)ed->version, edition_state_about(ed->state));
    if (ed->percent != EDITION_NO_STAGE && ed->state != EDITION_CURRENT && ed->state != EDITION_SUPERSEDED)
        buf_addf(out, "; %d percent of all and those chosen, stops at %d %s", ed->percent, ed->stop_after,
                 system ? "failures" : "refusals");
    if (ed->next != EDITION_NO_STAGE) {
        buf_addf(out, "; next %d percent", ed->next);
        edition_show_time(out, ", not before ", ed->next_at);
    }
    buf_adds(out, "\n ");
    for (int i = EDITION_PLACES - 1; i >= 0; i--)
        buf_addf(out, " %s %d", system && i == EDITION_REFUSED ? "failed" : edition_place_word((enum edition_place)i),
                 f->of[i]);
    buf_adds(out, "\n");
    put_people(out, r);
}

void edition_show_json(struct buf *out, const struct edition_row *r, const struct edition_figures *f)
{
    const struct edition *ed = &r->edition;
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    if (ed->kind == EDITION_SYSTEM)
        jsonw_str(&w, "version", ed->name);
    else
        jsonw_int(&w, "version", ed->version);
    jsonw_str(&w, "state", edition_state_word(ed->state));
    jsonw_int(&w, "percent", ed->percent);
    jsonw_int(&w, "next", ed->next);
    jsonw_int(&w, "next_at", ed->next_at);
    jsonw_int(&w, "stop_after", ed->stop_after);
    jsonw_str(&w, "brought_by", r->brought_by);
    jsonw_int(&w, "brought", r->brought);
    jsonw_str(&w, "approved_by", r->approved_by);
    jsonw_int(&w, "approved", r->approved);
    jsonw_str(&w, "changed_by", r->changed_by);
    jsonw_int(&w, "changed", r->changed);
    jsonw_str(&w, "why", r->why);
    jsonw_obj(&w, "terminals");
    for (int i = 0; i < EDITION_PLACES; i++)
        jsonw_int(&w, edition_place_word((enum edition_place)i), f->of[i]);
    jsonw_end(&w);
    jsonw_end(&w);
}
