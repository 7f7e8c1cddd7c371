/* SPDX-License-Identifier: Apache-2.0
 *
 * Out of service: why, and until about when. Both are shown to residents as chosen here.
 */
#include <stddef.h>
#include <stdio.h>

#include "session/intent.h"
#include "ui/screens/outage.h"
#include "ui/screens/screens.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"

#define GAP 16

struct choice {
    const char *id, *label;
    bool chosen;
    struct node_action action;
};

/* Two in a row where both fit on one line, else each a row of its own. */
static int choices(struct scene *s, struct box page, int y, const struct choice *list, int n, struct leaves *pages)
{
    int columns = 2, high = BUTTON_HEIGHT;

    for (int i = 0; i < n; i++) {
        struct button b = {.kind = BUTTON_CHOICE, .label = list[i].label};

        if (button_height(s, (page.w - GAP) / 2, &b) > scene_line(s, TYPE(LABEL, MEDIUM, INK)) + 56)
            columns = 1;
    }
    for (int i = 0; i < n; i++) {
        int h = button_height(s, columns == 1 ? page.w : (page.w - GAP) / 2,
                              &(struct button){.kind = BUTTON_CHOICE, .label = list[i].label});
        high = h > high ? h : high;
    }
    for (int i = 0; i < n; i++) {
        struct button b = {.kind = BUTTON_CHOICE,
                           .id = list[i].id,
                           .role = NODE_RADIO,
                           .label = list[i].label,
                           .chosen = list[i].chosen,
                           .action = list[i].action};
        if (i % columns == 0 && i)
            leaves_break(s, pages, y);
        button(s, box_column((struct box){page.x, y, page.w, high}, columns, GAP, i % columns), &b);
        if (i % columns == columns - 1 || i == n - 1)
            y += high + GAP;
    }
    return y;
}

static int reasons(struct scene *s, const struct view *v, struct box page, int y, struct leaves *pages)
{
    struct choice list[OUTAGE_REASONS];
    char id[OUTAGE_REASONS][24];

    for (int i = 0; i < OUTAGE_REASONS; i++) {
        snprintf(id[i], sizeof id[i], "reason.%s", outage_word((enum outage_reason)i));
        list[i] = (struct choice){id[i], outage_short(v, (enum outage_reason)i), v->staff.reason == i,
                                  DO(STAFF_REASON, i, 0)};
    }
    return choices(s, page, y, list, OUTAGE_REASONS, pages);
}

static int untils(struct scene *s, const struct view *v, struct box page, int y, struct leaves *pages)
{
    struct choice list[STAFF_UNTILS];
    char id[STAFF_UNTILS][24];

    for (int i = 0; i < STAFF_UNTILS; i++) {
        snprintf(id[i], sizeof id[i], "until.%d", i);
        list[i] = (struct choice){id[i], outage_until(s, v, v->staff.untils[i]), v->staff.until == i, DO(STAFF_UNTIL, i, 0)};
    }
    return choices(s, page, y, list, STAFF_UNTILS, pages);
}

void build_STAFF_PAUSE(struct scene *s, const struct view *v)
{
    bool ready = v->staff.reason >= 0 && v->staff.until >= 0;
    const struct button list[] = {
        {.kind = BUTTON_SECOND, .id = "cancel", .label = SAY(staff_pause_no), .action = DO(BACK, 0, 0)},
        {.kind = ready ? BUTTON_MAIN : BUTTON_SECOND,
         .id = "pause",
         .label = SAY(staff_pause_yes),
         .off = !ready,
         .action = DO(STAFF_PAUSE, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, NULL, 2);
    struct type head = TYPE(LABEL, BOLD, INK);
    int y = page.y + 32;

    y += scene_title(s, page.x, y, page.w, TYPE(TITLE_1, BOLD, INK), SAY(staff_pause_title)) + 20;
    if (v->settings.low_reach && y < FRAME_LOW)
        y = FRAME_LOW;
    struct box in = {page.x, y, page.w, box_bottom(page) - y};
    struct leaves pages = leaves_begin(s, in);

    leaves_break(s, &pages, y);
    if (v->staff.trouble == STAFF_UNRECORDED)
        y = banner(s, page.x, y, page.w, BANNER_WARN, "storage", SAY(staff_unrecorded), SAY(staff_pause_lost)) + 20;
    y += scene_text(s, page.x, y, page.w, head, SAY(staff_pause_why)) + 12;
    y = reasons(s, v, page, y, &pages) + 20;
    leaves_break(s, &pages, y);
    y += scene_text(s, page.x, y, page.w, head, SAY(staff_pause_until)) + 12;
    y = untils(s, v, page, y, &pages) - GAP;
    leaves_end(s, v, &pages, y);
    actions_draw(s, &row);
    frame_dock(s, v);
}
