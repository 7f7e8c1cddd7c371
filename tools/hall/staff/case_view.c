/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_view.h.
 */
#include "tools/hall/staff/case_view.h"

#include "tools/hall/cases/case_json.h"

#define ITEM_NAME_MAX 400
#define MINI_MAX 16 /* cells of a row's strip */

const char *case_group_word(enum case_group g)
{
    static const char *const words[CASE_GROUPS] = {"late", "today", "supplied", "new", "mine", "waiting"};

    return words[g];
}

static enum case_group group_of(const struct case_view *v, struct date today)
{
    const struct case_state *s = &v->file.state;

    if (s->stage == CASE_ASKED)
        return GROUP_WAITING;
    if (v->next && date_compare(today, v->next->due) > 0)
        return GROUP_LATE;
    if (v->next && date_compare(today, v->next->due) == 0)
        return GROUP_TODAY;
    if (s->stage == CASE_NEW)
        return GROUP_NEW;
    return s->stage == CASE_RECEIVED && s->asked ? GROUP_SUPPLIED : GROUP_MINE;
}

static enum card_level strongest(const struct case_view *v, const struct workday_calendar *calendar, struct date today)
{
    struct card cards[DEADLINES];
    int n = card_list(&v->state, calendar, &v->all, today, cards);
    enum card_level level = CARD_LEVELS;

    for (int i = 0; i < n; i++)
        if (level == CARD_LEVELS || cards[i].level > level)
            level = cards[i].level;
    return level;
}

int case_view_read(struct ask *a, struct store *s, int office, const char *number, case_event_fn *fn, void *ctx,
                   struct case_view *ret, struct err *e)
{
    const struct workday_calendar *calendar = a->published.calendar;
    struct date today = date_of_ms(a->now);
    int rc = case_file_read(s, office, number, fn, ctx, &ret->file, e);

    if (rc < 0)
        return rc;
    ret->state = case_state_of(&ret->file);
    deadline_fold(&ret->state, calendar, today, &ret->all);
    ret->next = case_stage_open(ret->state.stage) ? day_strip_next(&ret->all) : NULL;
    ret->strip.n = 0;
    if (ret->next)
        day_strip_make(ret->next, calendar, today, &ret->strip);
    ret->group = group_of(ret, today);
    ret->card = strongest(ret, calendar, today);
    return 0;
}

/* The cells of a row: what counted, stood still, is today, is left, is past; a letter each. */
static void put_mini(struct jsonw *w, const struct day_strip *s)
{
    static const char letters[DAY_IS] = {0, 'u', 's', 0, 'n', 'f', 'f', 'x'};
    char text[DAY_STRIP_MAX + 1];
    int n = 0;

    for (int i = 0; i < s->n; i++)
        if (letters[s->days[i].is])
            text[n++] = letters[s->days[i].is];
    jsonw_strn(w, "mini", n > MINI_MAX ? text + n - MINI_MAX : text, (size_t)(n > MINI_MAX ? MINI_MAX : n));
}

static void put_next(struct jsonw *w, const struct case_view *v)
{
    if (!v->next) {
        jsonw_null(w, "due");
        return;
    }
    case_json_day(w, "due", v->next->due);
    jsonw_str(w, "limit", deadline_word(v->next->kind));
    jsonw_int(w, "used", v->strip.used);
    jsonw_int(w, "left", v->strip.left);
    jsonw_int(w, "over", v->strip.over);
    jsonw_int(w, "days", v->next->limit.day);
    put_mini(w, &v->strip);
}

void case_view_put(struct ask *a, struct jsonw *w, const struct case_view *v, const char *name)
{
    char item[ITEM_NAME_MAX], applied[CLOCK_RFC3339_LEN + 1];
    const struct case_state *s = &v->file.state;

    published_name(&a->published, v->file.item, item, sizeof item);
    clock_format_rfc3339(v->file.applied, applied);
    jsonw_str(w, "number", v->file.number);
    jsonw_str(w, "item", item);
    jsonw_str(w, "name", name);
    jsonw_str(w, "applied", applied);
    jsonw_str(w, "stage", case_stage_word(s->stage));
    jsonw_bool(w, "stopped", s->stopped);
    jsonw_bool(w, "asked", s->asked);
    jsonw_int(w, "version", s->seq);
    jsonw_str(w, "staff", s->staff);
    jsonw_str(w, "post", s->post);
    jsonw_str(w, "group", case_group_word(v->group));
    jsonw_str(w, "card", v->card == CARD_LEVELS ? "" : card_level_word(v->card));
    put_next(w, v);
}

void case_view_put_strip(struct jsonw *w, const struct day_strip *s)
{
    char day[DATE_LEN + 1];

    jsonw_arr(w, "strip");
    for (int i = 0; i < s->n; i++) {
        date_format(s->days[i].date, day);
        jsonw_arr(w, NULL);
        jsonw_str(w, NULL, day);
        jsonw_str(w, NULL, day_is_word(s->days[i].is));
        jsonw_end(w);
    }
    jsonw_end(w);
}
