/* SPDX-License-Identifier: Apache-2.0
 *
 * First boot: what is missing, what to do about it, and the code to read out on the telephone. It goes on by itself.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/first.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"
#include "ui/widgets/words.h"

#define ROWS 3

static void two(const char *rows[ROWS], const char *first, const char *second)
{
    rows[0] = first;
    rows[1] = second;
}

static void steps(struct scene *s, const struct view *v, const char *rows[ROWS])
{
    const char *name = first_part_name(v, first_lack_part(v->first.lack));

    switch (v->first.lack) {
    case FIRST_LACK_READER_ABSENT:
        two(rows, SAY(first_reader_absent_1), SAY(first_reader_absent_2));
        break;
    case FIRST_LACK_READER_FAULT:
        two(rows, SAY(first_reader_fault_1), SAY(first_reader_fault_2));
        break;
    case FIRST_LACK_RECEIPT_ABSENT:
    case FIRST_LACK_TICKET_ABSENT:
        two(rows, SAY_WITH(first_printer_absent_1, name), SAY(first_printer_absent_2));
        break;
    case FIRST_LACK_RECEIPT_FAULT:
    case FIRST_LACK_TICKET_FAULT:
        two(rows, SAY_WITH(first_printer_fault_1, name), SAY(first_printer_fault_2));
        break;
    case FIRST_LACK_RECEIPT_NO_PAPER:
    case FIRST_LACK_TICKET_NO_PAPER:
        two(rows, SAY_WITH(first_printer_paper_1, name), SAY(first_printer_paper_2));
        break;
    case FIRST_LACK_RECEIPT_OPEN:
    case FIRST_LACK_TICKET_OPEN:
        two(rows, SAY_WITH(first_printer_open_1, name), SAY(first_printer_open_2));
        break;
    case FIRST_LACK_RECEIPT_UNSEEN:
    case FIRST_LACK_TICKET_UNSEEN:
        two(rows, SAY_WITH(first_printer_unseen_1, name), SAY(first_printer_unseen_2));
        break;
    case FIRST_LACK_HALL_SILENT:
        two(rows, SAY(first_hall_silent_1), SAY(first_hall_silent_2));
        break;
    case FIRST_LACK_HALL_UNREACHED:
        two(rows, SAY(first_hall_unreached_1), SAY(first_hall_unreached_2));
        break;
    case FIRST_LACK_HALL_REFUSED:
        two(rows, SAY(first_hall_refused_1), SAY(first_hall_refused_2));
        break;
    case FIRST_LACK_HALL_STRANGER:
        two(rows, SAY(first_hall_stranger_1), SAY(first_hall_stranger_2));
        break;
    case FIRST_LACK_HALL_CATALOGUE:
        two(rows, SAY(first_hall_catalogue_1), SAY(first_hall_catalogue_2));
        break;
    case FIRST_LACK_STORAGE:
    case FIRST_LACK_NONE:
    case FIRST_LACKS:
        two(rows, SAY(first_storage_1), SAY(first_storage_2));
        break;
    }
}

/* Before the hall has answered nobody has told the terminal a number: then the one on the sheet. */
static const char *call(struct scene *s, const struct view *v)
{
    const char *id = v->first.facts.terminal, *code = first_lack_code(v->first.lack);

    return v->place->hotline[0] ? SAY_WITH(first_call, v->place->hotline, id, code) : SAY_WITH(first_call_sheet, id, code);
}

static const char *title(struct scene *s, const struct view *v)
{
    const char *name = first_part_name(v, first_lack_part(v->first.lack));

    if (v->first.lacking > 1)
        return SAY_WITH(first_lacks_more, words_number(s, v->first.lacking), name);
    return first_lack_part(v->first.lack) == FIRST_HALL ? SAY_WITH(first_waiting_one, name)
                                                        : SAY_WITH(first_lacks_one, name);
}

void build_FIRST_NOT_READY(struct scene *s, const struct view *v)
{
    enum first_part part = first_lack_part(v->first.lack);
    const struct button list[] = {{.kind = BUTTON_MAIN,
                                   .id = "first-again",
                                   .label = SAY(first_again),
                                   .icon = "sync",
                                   .action = DO(FIRST_AGAIN, 0, 0)}};
    const struct button without = {
        .kind = BUTTON_SECOND, .id = "first-without", .label = SAY(first_without), .action = DO(FIRST_WITHOUT, 0, 0)};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, NULL, 1);
    const char *rows[ROWS] = {NULL, NULL, call(s, v)};
    struct box aside = {page.x, 0, page.w, 0};

    if (first_may_lack(v->first.lack)) {
        aside.h = button_height(s, page.w, &without);
        page.h -= aside.h;
        aside.y = box_bottom(page);
    }
    steps(s, v, rows);
    int y = verdict(s, page.x, page.y + 32, page.w,
                    &(struct verdict){first_part_icon(part), title(s, v), SAY(first_lacks_second), false, true}) +
            32;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y - (aside.h ? 24 : 0)});
    y = first_steps(s, v, &l, y, rows, ROWS);
    leaves_break(s, &l, y);
    y = first_goes_on(s, v, page.x, y + 24, page.w);
    leaves_end(s, v, &l, y);
    if (aside.h)
        button(s, aside, &without);
    actions_draw(s, &row);
    frame_dock(s, v);
}
