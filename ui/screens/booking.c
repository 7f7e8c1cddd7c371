/* SPDX-License-Identifier: Apache-2.0
 *
 * See booking.h. Nothing passes for booked that the hall did not say.
 */
#include "ui/screens/booking.h"

#include <stddef.h>
#include <string.h>

#include "session/intent.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/queue_row.h"
#include "ui/widgets/words.h"

#define QR_SIDE 288

/* --- asking --- */

static const char *asking_words(const struct view *v)
{
    switch (v->booking.verb) {
    case APPOINTMENT_FREE:
        return SAY(booking_asking_free);
    case APPOINTMENT_LIST:
        return SAY(booking_asking_mine);
    case APPOINTMENT_CANCEL:
        return SAY(booking_asking_cancel);
    case APPOINTMENT_BOOK:
    case APPOINTMENT_MOVE:
    case APPOINTMENT_VERBS:
        break;
    }
    return SAY(booking_asking_book);
}

static void waiting(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    const struct verdict head = {"sync", asking_words(v), SAY(booking_soon), false, true};

    verdict(s, page.x, page.y + 32, page.w, &head);
    frame_dock(s, v);
}

/* It was asked to change something, and nobody knows what became of that. */
static bool unsure(const struct view *v)
{
    return v->booking.verb == APPOINTMENT_BOOK || v->booking.verb == APPOINTMENT_MOVE ||
           v->booking.verb == APPOINTMENT_CANCEL;
}

static void away(struct scene *s, const struct view *v)
{
    const struct advice rows[] = {{"clock", SAY(booking_again), SAY(booking_again_do)},
                                  {"hall", SAY(booking_visit), SAY(booking_visit_do)},
                                  {"phone", SAY(booking_call), SAY_WITH(booking_call_do, v->place->hotline)}};
    const char *title = v->booking.silent                 ? SAY(booking_no_answer)
                        : v->booking.why == ASK_HALL_AWAY ? SAY(booking_away)
                                                          : SAY(booking_busy);

    trouble_page(s, v,
                 &(struct trouble){.icon = "network-off",
                                   .title = title,
                                   .second = v->booking.silent ? SAY(booking_no_answer_second) : SAY(booking_away_second),
                                   .safe = !unsure(v)                              ? SAY(booking_nothing)
                                           : v->booking.verb == APPOINTMENT_CANCEL ? SAY(booking_unsure_cancel)
                                                                                   : SAY(booking_unsure),
                                   .safe_note = unsure(v) ? SAY(booking_unsure_note) : SAY(booking_nothing_note),
                                   .not_safe = unsure(v),
                                   .rows = rows,
                                   .n = 3,
                                   .button = SAY(booking_retry)});
}

bool booking_page(struct scene *s, const struct view *v)
{
    if (v->booking.asking == ASKED_KNOWN && v->booking.known)
        return false;
    if (v->booking.asking == ASKED_REFUSED)
        away(s, v);
    else
        waiting(s, v);
    return true;
}

/* --- refused --- */

int booking_refused(struct scene *s, const struct view *v, int x, int y, int w)
{
    static const struct {
        enum str_id what, rest;
    } words[APPOINTMENT_REFUSALS] = {
        [APPOINTMENT_REFUSED_NOT_OFFERED] = {STR_booking_not_offered, STR_booking_choose_other},
        [APPOINTMENT_REFUSED_PAST] = {STR_booking_past, STR_booking_choose_other},
        [APPOINTMENT_REFUSED_PAUSED] = {STR_booking_paused, STR_booking_choose_other},
        [APPOINTMENT_REFUSED_FULL] = {STR_booking_full, STR_booking_choose_other},
        [APPOINTMENT_REFUSED_TWICE] = {STR_booking_twice, STR_booking_twice_do},
        [APPOINTMENT_REFUSED_TOO_MANY] = {STR_booking_too_many, STR_booking_too_many_do},
        [APPOINTMENT_REFUSED_UNKNOWN] = {STR_booking_unknown, STR_booking_nothing},
        [APPOINTMENT_REFUSED_OVER] = {STR_booking_over, STR_booking_nothing},
        [APPOINTMENT_REFUSED_ARRIVED] = {STR_booking_arrived, STR_booking_nothing},
        [APPOINTMENT_REFUSED_TOO_EARLY] = {STR_booking_too_early, STR_booking_nothing},
        [APPOINTMENT_REFUSED_TOO_LATE] = {STR_booking_too_late, STR_booking_too_late_do},
        [APPOINTMENT_REFUSED_NO_TICKET] = {STR_booking_unknown, STR_booking_nothing},
    };
    enum appointment_refusal why = v->booking.refused;

    if (why == APPOINTMENT_MAY)
        return y;
    return banner(s, x, y, w, BANNER_WARN, "alert", str(v->settings.language, words[why].what),
                  str(v->settings.language, words[why].rest)) +
           24;
}

/* --- one that is booked --- */

const char *booking_where(struct scene *s, const struct view *v, const char *queue)
{
    for (int i = 0; i < v->queue.n_queues; i++) {
        const struct queue *q = &v->queue.queues[i].queue;
        const char *place = queue_place(s, v, q);

        if (strcmp(q->id, queue) == 0)
            return *place ? SAY_WITH(book_where, queue_name(s, v, q), place) : queue_name(s, v, q);
    }
    return "";
}

const char *booking_when(struct scene *s, const struct view *v, int64_t from)
{
    return SAY_WITH(book_chosen, words_date(s, v, date_of_ms(from)), words_time(s, from));
}

/* Label and value below it; returns the y below. */
static int fact(struct scene *s, int x, int y, int w, const char *id, const char *label, const char *value)
{
    struct type big = TYPE(TITLE_2, BOLD, INK);
    int h = scene_text(s, x, y, w, TYPE(BODY, REGULAR, INK_2), label), at = y + h;

    h = scene_draw(s, x, at, w, big, value);
    scene_node(s, NODE_TEXT, id, (struct box){x, at, w, h}, value);
    return at + h;
}

int booking_card(struct scene *s, const struct view *v, int x, int y, int w, bool brief)
{
    const struct appointment *a = &v->booking.booked;
    struct card c = card_open(s, x, y, w, &CARD_PLAIN);
    int at = fact(s, c.in.x, c.in.y, c.in.w, "when", SAY(booked_when), booking_when(s, v, a->from)), top, room;

    if (!brief)
        at += scene_text(s, c.in.x, at, c.in.w, TYPE(BODY, REGULAR, INK), SAY_WITH(booked_until, words_time(s, a->until)));
    at += 16;
    hairline(s, c.in.x, at, c.in.w);
    top = at += 20;
    room = c.in.w - QR_SIDE - 24;
    if (!brief) {
        at += scene_text(s, c.in.x, at, room, TYPE(BODY, REGULAR, INK_2), SAY(booked_where));
        at += scene_text(s, c.in.x, at, room, TYPE(LEAD, BOLD, INK), booking_where(s, v, a->queue)) + 12;
    }
    at = fact(s, c.in.x, at, room, "number", SAY(booked_number), a->number);
    at += scene_text(s, c.in.x, at, room, TYPE(LEAD, BOLD, INK), SAY_WITH(booked_code, a->code));
    qr_block(s, (struct box){c.in.x + c.in.w - QR_SIDE, top, QR_SIDE, QR_SIDE}, v->done.qr);
    return card_close(s, &c, at > top + QR_SIDE ? at : top + QR_SIDE);
}
