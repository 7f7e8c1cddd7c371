/* SPDX-License-Identifier: Apache-2.0
 *
 * After a restart in the middle of a visit: it was handed in, with number and paper, or it was not.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

static const char *paper_words(const struct view *v)
{
    switch (v->recovery.print) {
    case PRINT_DONE:
        return SAY(recovery_paper_done);
    case PRINT_NOT:
        return SAY(recovery_paper_not);
    case PRINT_RUNNING:
    case PRINT_SLOW:
    case PRINT_UNKNOWN:
        return SAY(recovery_paper_unknown);
    case PRINT_IDLE:
        break;
    }
    return SAY(recovery_paper_none);
}

static int handed_in(struct scene *s, const struct view *v, struct box page, int y)
{
    y = verdict(s, page.x, y, page.w,
                &(struct verdict){"check", SAY(recovery_in_title), SAY(recovery_in_second), true, true}) +
        32;
    y = safe_card(s, page.x, y, page.w, SAY(trouble_safe), paper_words(v)) + 24;
    y = number_card(s, v, page.x, y, page.w, SAY(done_number_photo), v->recovery.number, v->recovery.qr, NULL, 340);
    const struct advice rows[] = {{"mobile", SAY(trouble_phone), SAY(trouble_phone_do)},
                                  {"edit", SAY(trouble_no_phone), SAY(trouble_no_phone_do)}};

    return trouble_advice(s, v, page.x, y, page.w, rows, 2);
}

static int not_handed_in(struct scene *s, const struct view *v, struct box page, int y)
{
    y = verdict(s, page.x, y, page.w,
                &(struct verdict){"power", SAY(recovery_out_title), SAY(recovery_out_second), false, true}) +
        32;
    return safe_card(s, page.x, y, page.w, SAY(recovery_out_safe), SAY(recovery_out_note));
}

void build_RECOVERY(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), row = frame_actions(&page);
    int y = page.y + 32;

    y = v->recovery.handed_in ? handed_in(s, v, page, y) : not_handed_in(s, v, page, y);
    hint(s, page.x, y + 32, page.w, "clock", SAY(recovery_hint));
    button(s, row,
           &(struct button){.kind = BUTTON_MAIN, .id = "close", .label = SAY(recovery_close), .action = DO(CLOSE, 0, 0)});
    frame_dock(s, v);
}
