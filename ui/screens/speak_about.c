/* SPDX-License-Identifier: Apache-2.0
 *
 * What it is about.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/speak_choose.h"
#include "ui/widgets/button.h"
#include "ui/widgets/words.h"

void build_SPEAK_ABOUT(struct scene *s, const struct view *v)
{
    const char *item = v->item.item ? v->item.item->task_name : NULL;
    const struct tile list[] = {
        {.id = "about.machine",
         .icon = "terminal",
         .name = SAY(speak_about_machine),
         .note = words_either(s, v, v->place->device, v->place->device_en),
         .action = DO(SPEAK_ABOUT, SPEAK_ABOUT_MACHINE, 0)},
        {.id = "about.site",
         .icon = "hall",
         .name = SAY(speak_about_site),
         .note = SAY(speak_about_site_note),
         .action = DO(SPEAK_ABOUT, SPEAK_ABOUT_SITE, 0)},
        {.id = "about.item",
         .icon = "guide",
         .name = SAY(speak_about_item),
         .note = item ? SAY_WITH(speak_about_item_this, item) : SAY(speak_about_item_note),
         .action = DO(SPEAK_ABOUT, SPEAK_ABOUT_ITEM, 0)},
        {.id = "about.case",
         .icon = "cases",
         .name = SAY(speak_about_case),
         .note = SAY(speak_about_case_note),
         .action = DO(SPEAK_ABOUT, SPEAK_ABOUT_CASE, 0)},
        {.id = "about.nothing",
         .icon = "feedback",
         .name = SAY(speak_about_nothing),
         .note = SAY(speak_about_nothing_note),
         .action = DO(SPEAK_ABOUT, SPEAK_ABOUT_NOTHING, 0)},
    };
    const struct head head = {SAY(speak_about_title), NULL, TYPE(TITLE_1, BOLD, INK), 20, true, 0};

    speak_choose(s, v, &head, list, sizeof list / sizeof *list, "info", SAY(speak_about_why));
}
