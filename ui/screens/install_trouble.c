/* SPDX-License-Identifier: Apache-2.0
 *
 * It cannot be installed, or stopped: what, whether anything is lost, what to do now.
 */
#include <stddef.h>
#include <stdio.h>

#include "ui/screens/install.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/proof.h"

#define STEPS_MAX 2

struct why {
    const char *icon, *title, *note, *steps[STEPS_MAX];
    bool begun; /* it had been written to */
};

static struct why why(struct scene *s, const struct view *v)
{
    const struct install_facts *f = &v->install.facts;

    switch (f->trouble) {
    case INSTALL_STICK_BAD:
        return (struct why){"usb",
                            SAY(install_no_stick),
                            SAY(install_no_stick_note),
                            {SAY(install_no_stick_1), SAY(install_no_stick_2)},
                            false};
    case INSTALL_NO_DISK:
        return (struct why){"storage",
                            SAY(install_no_disk),
                            SAY(install_no_disk_note),
                            {SAY(install_no_disk_1), SAY(install_no_disk_2)},
                            false};
    case INSTALL_MANY_DISKS:
        return (struct why){
            "storage", SAY(install_many_title), SAY(install_many_note), {SAY(install_many_1), SAY(install_many_2)}, false};
    case INSTALL_LOCKED:
        return (struct why){"lock", SAY(install_locked), SAY(install_locked_note), {SAY(install_locked_1), NULL}, false};
    case INSTALL_SMALL:
        return (struct why){"storage",
                            SAY(install_small),
                            SAY_WITH(install_small_note, install_size(s, f->disk)),
                            {SAY(install_small_1), NULL},
                            false};
    case INSTALL_LAYOUT:
        return (struct why){"slot", SAY(install_layout), SAY(install_layout_note), {SAY(install_layout_1), NULL}, false};
    case INSTALL_FAKE:
        return (struct why){"storage", SAY(install_fake), SAY(install_fake_note), {SAY(install_fake_1), NULL}, true};
    case INSTALL_BROKEN:
        return (struct why){
            "storage", SAY(install_broken), SAY(install_broken_note), {SAY(install_broken_1), SAY(install_broken_2)}, true};
    case INSTALL_FAILED:
    case INSTALL_FINE:
        break;
    }
    return (struct why){"alert",
                        SAY(install_failed),
                        SAY(install_failed_note),
                        {SAY(install_failed_1), SAY_WITH(install_failed_2, words_number(s, (long)f->trouble))},
                        true};
}

void build_INSTALL_TROUBLE(struct scene *s, const struct view *v)
{
    const struct button list[] = {
        {.kind = BUTTON_MAIN, .id = "off", .icon = "power", .label = SAY(install_shut_down), .action = DO(END, 0, 0)}};
    struct box page = frame_paper(s, v);
    struct actions row = actions_take(s, &page, list, NULL, 1);
    bool ours = v->install.facts.found == INSTALL_OURS;
    struct why w = why(s, v);
    int y = verdict(s, page.x, page.y + 32, page.w, &(struct verdict){w.icon, w.title, w.note, false, true}) + 24;
    struct leaves l = leaves_begin(s, (struct box){page.x, y, page.w, box_bottom(page) - y});

    y = safe_card(s, page.x, y, page.w,
                  !w.begun ? SAY(install_untouched)
                  : ours   ? SAY(install_unharmed)
                           : SAY(install_not_bootable),
                  !w.begun ? SAY(install_untouched_note)
                  : ours   ? SAY(install_unharmed_note)
                           : SAY(install_not_bootable_note)) +
        24;
    leaves_break(s, &l, y);
    leaves_end(s, v, &l, install_steps(s, v, &l, y, w.steps, w.steps[1] ? 2 : 1));
    actions_draw(s, &row);
    frame_dock(s, v);
}
