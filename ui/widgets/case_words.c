/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_words.h.
 */
#include "ui/widgets/case_words.h"

#include <stddef.h>
#include <string.h>

#include "ui/widgets/words.h"

#define PLACE_GAP 28

static bool supplied(const struct view *v, const struct my_case *c)
{
    return !strcmp(v->cases.supplied, c->number);
}

bool case_waits(const struct view *v, const struct my_case *c)
{
    return c->stage == MY_CASE_ASKED && !supplied(v, c);
}

struct case_state case_state(const struct view *v, const struct my_case *c)
{
    switch (c->stage) {
    case MY_CASE_NEW:
        return (struct case_state){CHIP_PLAIN, "clock", SAY(case_state_new)};
    case MY_CASE_RECEIVED:
        return (struct case_state){CHIP_OK, "sync", SAY(case_state_received)};
    case MY_CASE_ASKED:
        return supplied(v, c) ? (struct case_state){CHIP_OK, "ok", SAY(case_state_supplied)}
                              : (struct case_state){CHIP_WARN, "doc-bring", SAY(case_state_asked)};
    case MY_CASE_REFUSED:
        return (struct case_state){CHIP_BAD, "stop", SAY(case_state_refused)};
    case MY_CASE_ACCEPTED:
        return (struct case_state){CHIP_OK, "sync", SAY(case_state_accepted)};
    case MY_CASE_EXAMINED:
        return (struct case_state){CHIP_OK, "sync", SAY(case_state_examined)};
    case MY_CASE_DECIDED:
    case MY_CASE_DELIVERED:
        break;
    case MY_CASE_WITHDRAWN:
        return (struct case_state){CHIP_PLAIN, "undo", SAY(case_state_withdrawn)};
    }
    return c->granted ? (struct case_state){CHIP_OK, "ok", SAY(case_state_granted)}
                      : (struct case_state){CHIP_BAD, "stop", SAY(case_state_denied)};
}

const struct my_case_step *case_step(const struct my_case *c, enum my_case_step_kind kind)
{
    for (int i = 0; i < c->n_steps; i++)
        if (c->steps[i].kind == kind)
            return &c->steps[i];
    return NULL;
}

int case_now(const struct my_case *c)
{
    int i = 0;

    while (i < c->n_steps && c->steps[i].done)
        i++;
    return i;
}

/* By when a step that is still to come will be; NULL: nobody knows. */
static const char *until(struct scene *s, const struct view *v, const struct my_case *c, enum my_case_step_kind kind)
{
    const struct my_case_step *step = case_step(c, kind);

    return step && !step->done && step->day.year ? words_date_inline(s, v, step->day) : NULL;
}

static const char *asked_sentence(struct scene *s, const struct view *v, const struct my_case *c)
{
    const char *day = until(s, v, c, MY_STEP_SUPPLIED);

    if (supplied(v, c))
        return SAY(case_do_supplied);
    if (!c->can_supplement)
        return SAY(case_do_window);
    return day ? SAY_WITH(case_do_supply_by, day) : SAY(case_do_supply);
}

const char *case_sentence(struct scene *s, const struct view *v, const struct my_case *c)
{
    const char *accept = until(s, v, c, MY_STEP_ACCEPT), *decide = until(s, v, c, MY_STEP_DECIDE);

    switch (c->stage) {
    case MY_CASE_NEW:
        return accept ? SAY_WITH(case_do_new_by, accept) : SAY(case_do_new);
    case MY_CASE_RECEIVED:
        return accept ? SAY_WITH(case_do_received_by, accept) : SAY(case_do_received);
    case MY_CASE_ASKED:
        return asked_sentence(s, v, c);
    case MY_CASE_REFUSED:
        return SAY(case_do_refused);
    case MY_CASE_ACCEPTED:
    case MY_CASE_EXAMINED:
        return decide ? SAY_WITH(case_do_nothing_by, decide) : SAY(case_do_nothing);
    case MY_CASE_DECIDED:
    case MY_CASE_DELIVERED:
        break;
    case MY_CASE_WITHDRAWN:
        return SAY(case_do_withdrawn);
    }
    return c->granted ? SAY(case_do_granted) : SAY(case_do_denied);
}

const char *case_step_name(const struct view *v, const struct my_case_step *step)
{
    switch (step->kind) {
    case MY_STEP_HANDED_IN:
        return SAY(case_step_handed_in);
    case MY_STEP_ASKED:
        return SAY(case_step_asked);
    case MY_STEP_SUPPLIED:
        return step->done ? SAY(case_step_supplied) : SAY(case_step_supply);
    case MY_STEP_ACCEPT:
        return SAY(case_step_accept);
    case MY_STEP_STOPPED:
        return SAY(case_step_stopped);
    case MY_STEP_EXAMINE:
        return SAY(case_step_examine);
    case MY_STEP_DECIDE:
        return SAY(case_step_decide);
    case MY_STEP_DELIVER:
        break;
    }
    return SAY(case_step_deliver);
}

static const char *short_day(struct scene *s, const struct view *v, struct date d)
{
    const char *month = str_month(v->settings.language, d.month), *day = words_number(s, d.day);

    return d.year == date_of_ms(v->now_ms).year ? SAY_WITH(ui_date, month, day)
                                                : SAY_WITH(ui_date_year, words_number(s, d.year), month, day);
}

const char *case_day_and_time(struct scene *s, const struct view *v, int64_t at_ms)
{
    return SAY_WITH(case_day_time, short_day(s, v, date_of_ms(at_ms)), words_time(s, at_ms));
}

const char *case_step_day(struct scene *s, const struct view *v, const struct my_case *c, const struct my_case_step *step,
                          bool time)
{
    if (!step->day.year)
        return "";
    const char *day = short_day(s, v, step->day);

    if (step->kind == MY_STEP_HANDED_IN && time)
        return SAY_WITH(case_day_time, day, words_time(s, c->handed_in_ms));
    if (step->done)
        return day;
    return step->provisional ? SAY_WITH(case_day_provisional, day) : SAY_WITH(case_day_by, day);
}

/* At hand it glows; where the lamp has the colour of what is done, it is a ring. */
void case_dot(struct scene *s, struct box b, bool done, bool now)
{
    int ring = s->env.contrast ? 10 : 6;

    if (done)
        scene_rect(s, b, b.w / 2, TOKEN_PRIMARY);
    else
        scene_frame(s, b, b.w / 2, now && !s->env.contrast ? TOKEN_GLOW : TOKEN_SURFACE, now ? TOKEN_PRIMARY : TOKEN_EDGE,
                    now ? ring : 4);
}

const char *case_number_words(struct scene *s, const struct my_case *c)
{
    char spaced[24];

    case_number_group(c->number, spaced);
    return scene_keep(s, spaced);
}

int case_place(struct scene *s, const struct view *v, int x, int y, int w, const struct my_case *c, bool dept)
{
    struct type t = TYPE(BODY, REGULAR, INK_2);
    const char *number = case_number_words(s, c), *name = words_own(s, v, c->dept_name);

    if (!dept)
        return scene_text(s, x, y, w, t, number);
    int first = scene_width(s, t, name) + PLACE_GAP;
    bool beside = first + scene_width(s, t, number) <= w;
    int h = scene_text(s, x, y, w, t, name);

    scene_text(s, beside ? x + first : x, beside ? y : y + h, beside ? w - first : w, t, number);
    return beside ? h : h + scene_line(s, t);
}
