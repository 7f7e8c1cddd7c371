/* SPDX-License-Identifier: Apache-2.0
 *
 * The receipt did not come out, or not to its end. The case is safe: that is what the eye meets first after the title.
 */
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "session/intent.h"
#include "ui/screens/booking.h"
#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/condition.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"

#define QR_SIDE 340

static bool held(const struct view *v)
{
    return v->done.print == PRINT_RUNNING || v->done.print == PRINT_SLOW;
}

static const char *dept(struct scene *s, const struct view *v)
{
    if (v->done.paper != DONE_APPLICATION)
        return v->cases.one ? words_own(s, v, v->cases.one->dept_name) : "";
    return v->item.item ? v->item.item->dept_name : "";
}

/* Of a paper that can be had again there is nothing else to say. */
static const char *safe_words(struct scene *s, const struct view *v)
{
    if (v->done.paper == DONE_APPOINTMENT)
        return SAY(booked_safe_note);
    if (v->done.paper == DONE_RECEIPT || v->done.paper == DONE_DECISION)
        return SAY(trouble_safe_case_note);
    const char *until = trouble_until(s, v);
    const char *kept = v->done.sent ? SAY(trouble_safe_sent) : SAY_WITH(trouble_safe_kept, dept(s, v));
    const char *const parts[] = {kept, until ? until : ""};
    char out[400];

    text_fill(out, sizeof out, until ? "{0}\n{1}" : "{0}", parts, 2);
    return scene_keep(s, out);
}

static int number(struct scene *s, const struct view *v, int x, int y, int w)
{
    if (v->done.paper == DONE_APPOINTMENT)
        return booking_card(s, v, x, y, w, true);
    return number_card(s, v, x, y, w, SAY(done_number_photo), v->done.number, v->done.qr, NULL, QR_SIDE);
}

static struct actions actions(const struct scene *s, const struct view *v, struct box *page)
{
    static const int narrow_left[] = {34, 64};
    bool ready = condition_prints(v->health.printer[DEVICE_RECEIPT]) && !held(v);
    struct button print = {.kind = ready ? BUTTON_MAIN : BUTTON_SECOND,
                           .id = "print",
                           .label = ready ? SAY(trouble_print) : SAY(trouble_wait_print),
                           .off = !ready,
                           .action = DO(PRINT, 0, 0)};
    struct button noted = {
        .kind = ready ? BUTTON_SECOND : BUTTON_MAIN, .id = "noted", .label = SAY(trouble_noted), .action = DO(NOTED, 0, 0)};
    const struct button list[] = {ready ? noted : print, ready ? print : noted};

    return actions_take(s, page, list, narrow_left, 2);
}

void build_TROUBLE_PAPER(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v);
    struct actions row = actions(s, v, &page);
    struct box foot = trouble_foot(s, v, &page);
    bool receipt = v->done.paper == DONE_APPLICATION;
    bool booked = v->done.paper == DONE_APPOINTMENT;
    const struct advice rows[] = {
        {"mobile", SAY(trouble_phone), SAY(trouble_phone_do)},
        {"edit", SAY(trouble_no_phone), booked ? SAY(trouble_no_phone_booked) : SAY(trouble_no_phone_do)},
        {"receipt", SAY(trouble_want_paper), SAY(trouble_want_paper_do)}};
    const char *title = booked           ? held(v)          ? SAY(trouble_booked_held)
                                           : v->done.partly ? SAY(trouble_booked_partly)
                                                            : SAY(trouble_booked_paper)
                                  : held(v) ? receipt ? SAY(trouble_paper_held) : SAY(trouble_case_paper_held)
                                  : v->done.partly ? receipt ? SAY(trouble_paper_partly) : SAY(trouble_case_paper_partly)
                                  : receipt ? SAY(trouble_paper)
                                         : SAY(trouble_case_paper);
    int y = verdict(s, page.x, page.y + 32, page.w,
                    &(struct verdict){"paper-out", title, condition_trouble(s, v, v->done.why), false, true}) +
            32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = proof(s, v, &l, y, &(struct proof){.safe = trouble_safe_words(v), .note = safe_words(s, v), .card = number});
    leaves_end(s, v, &l, trouble_advice(s, v, &l, y, rows, 3));
    trouble_foot_draw(s, v, foot);
    actions_draw(s, &row);
    frame_dock(s, v);
}
