/* SPDX-License-Identifier: Apache-2.0
 *
 * What the person has booked: a card each, with what can be done with it now. Giving one back is asked once, in its place.
 */
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/booking.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define GAP 20
#define WAY_GAP 12

static const char *state_of(struct scene *s, const struct view *v, const struct appointment *a)
{
    if (a->state == APPOINTMENT_ARRIVED)
        return SAY(mine_arrived);
    if (a->arrive == APPOINTMENT_REFUSED_TOO_EARLY)
        return SAY_WITH(mine_early, booking_when(s, v, a->from - APPOINTMENT_HOUR_MS));
    return a->arrive == APPOINTMENT_MAY ? SAY(mine_now) : SAY(mine_late);
}

static const char *id_of(struct scene *s, const char *what, int i)
{
    char id[40];

    snprintf(id, sizeof id, "%s.%d", what, i);
    return scene_keep(s, id);
}

/* What can be done with it: to check in, first, where it is time. */
static int ways_of(struct scene *s, const struct view *v, int i, struct button out[3])
{
    const struct appointment *a = &v->booking.known->list[i];
    struct date d = date_of_ms(a->from);
    const char *which = SAY_WITH(queue_at_day,
                                 SAY_WITH(ui_date, str_month(v->settings.language, d.month), words_number(s, d.day)),
                                 words_time(s, a->from));
    int n = 0;

    if (a->state != APPOINTMENT_BOOKED)
        return 0;
    if (v->booking.giving_back == i) {
        out[n++] = (struct button){.kind = BUTTON_SECOND,
                                   .id = id_of(s, "keep", i),
                                   .label = SAY(mine_give_back_no),
                                   .action = DO(GIVE_BACK, i, 0)};
        out[n++] = (struct button){.kind = BUTTON_DANGER,
                                   .id = id_of(s, "give-back-yes", i),
                                   .label = SAY(mine_give_back_yes),
                                   .action = DO(GIVE_BACK_YES, i, 0)};
        return n;
    }
    if (a->arrive == APPOINTMENT_MAY)
        out[n++] = (struct button){.kind = BUTTON_MAIN_SMALL,
                                   .id = id_of(s, "check-in", i),
                                   .label = SAY(mine_check_in),
                                   .action = DO(CHECK_IN, i, 0)};
    out[n++] = (struct button){
        .kind = BUTTON_SECOND, .id = id_of(s, "move", i), .label = SAY_WITH(mine_move, which), .action = DO(MOVE, i, 0)};
    out[n++] = (struct button){.kind = BUTTON_SECOND,
                               .id = id_of(s, "give-back", i),
                               .label = SAY_WITH(mine_give_back, which),
                               .action = DO(GIVE_BACK, i, 0)};
    return n;
}

/* Side by side where each label stands on one line, else one below the other; `pages`: blocks of their own. Returns the y
 * below. */
static int ways(struct scene *s, struct leaves *pages, struct box in, const struct button *list, int n)
{
    bool beside = !pages;
    int y = in.y, high = 0;

    for (int i = 0; i < n; i++) {
        int h = button_height(s, beside ? box_column(in, n, WAY_GAP, 0).w : in.w, &list[i]);

        beside &= button_width(s, &list[i]) <= box_column(in, n, WAY_GAP, 0).w;
        high = h > high ? h : high;
    }
    for (int i = 0; i < n; i++) {
        struct box b = beside ? box_column(in, n, WAY_GAP, i) : in;

        b.y = y;
        b.h = beside ? high : button_height(s, b.w, &list[i]);
        if (pages)
            leaves_break(s, pages, b.y);
        button(s, b, &list[i]);
        if (!beside || i == n - 1)
            y += b.h + WAY_GAP;
    }
    return n ? y - WAY_GAP : y;
}

static int text_of(struct scene *s, const struct view *v, struct box in, int i)
{
    const struct appointment *a = &v->booking.known->list[i];
    struct type body = TYPE(BODY, REGULAR, INK);
    int at = in.y;

    at += scene_text(s, in.x, at, in.w, TYPE(TITLE_2, BOLD, INK), booking_when(s, v, a->from));
    at += scene_text(s, in.x, at, in.w, body, booking_where(s, v, a->queue));
    at += scene_text(s, in.x, at, in.w, body, SAY_WITH(mine_number, a->number, a->code));
    return at + scene_text(s, in.x, at, in.w, TYPE(BODY, BOLD, INK),
                           v->booking.giving_back == i ? SAY(mine_give_back_sure) : state_of(s, v, a));
}

/* With large letters what can be done stands below the card, which would be higher than a page. */
static int one(struct scene *s, const struct view *v, struct leaves *pages, struct box at, int i)
{
    bool roomy = s->env.size < SIZE_LARGER && !v->settings.low_reach;
    struct card c = card_open(s, at.x, at.y, at.w, &CARD_PLAIN);
    struct button list[3];
    int n = ways_of(s, v, i, list), y = text_of(s, v, c.in, i);

    if (roomy && n)
        y = ways(s, NULL, (struct box){c.in.x, y + 16, c.in.w, 0}, list, n);
    y = card_close(s, &c, y);
    if (!roomy && n)
        y = ways(s, pages, (struct box){at.x, y + WAY_GAP, at.w, 0}, list, n);
    return y;
}

void build_APPOINTMENTS(struct scene *s, const struct view *v)
{
    if (booking_page(s, v))
        return;
    const struct my_appointments *m = v->booking.known;
    struct box page = frame_paper(s, v);
    const struct head head = {m->n ? SAY_WITH(mine_title, words_number(s, m->n)) : SAY(mine_none),
                              SAY_WITH(mine_as_of, words_time(s, m->at)),
                              TYPE(TITLE_1, BOLD, INK),
                              20,
                              true,
                              0};

    frame_head(s, v, &page, &head, NULL);
    page.h -= 20;
    struct leaves l = leaves_begin(s, page);
    int y = booking_refused(s, v, page.x, page.y, page.w);

    for (int i = 0; i < m->n; i++) {
        if (i || y > page.y)
            leaves_break(s, &l, y);
        y = one(s, v, &l, (struct box){page.x, y, page.w, 0}, i) + GAP;
    }
    if (!m->n)
        y = hint(s, page.x, y, page.w, "info", SAY(mine_none_do)) + GAP;
    leaves_end(s, v, &l, y - GAP);
    frame_dock(s, v);
}
