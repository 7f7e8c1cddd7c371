/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a name or a telephone goes with it: nobody has to.
 */
#include <stddef.h>

#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/screens/speak_choose.h"
#include "ui/widgets/button.h"
#include "ui/widgets/words.h"

void build_SPEAK_WHO(struct scene *s, const struct view *v)
{
    const struct tile list[] = {
        {.id = "who.nobody",
         .icon = "hidden",
         .name = SAY(speak_who_nobody),
         .note = SAY(speak_who_nobody_note),
         .action = DO(SPEAK_WHO, SPEAK_WHO_NOBODY, 0)},
        {.id = "who.phone",
         .icon = "mobile",
         .name = SAY(speak_who_phone),
         .note = SAY(speak_who_phone_note),
         .action = DO(SPEAK_WHO, SPEAK_WHO_PHONE, 0)},
        {.id = "who.card",
         .icon = "idcard",
         .name = SAY(speak_who_card),
         .note = SAY(speak_who_card_note),
         .state = speak_card_here(v) ? NULL : SAY(speak_who_no_reader),
         .action = DO(SPEAK_WHO, SPEAK_WHO_CARD, 0)},
    };
    const struct head head = {SAY(speak_who_title), SAY(speak_who_second), TYPE(TITLE_1, BOLD, INK), 20, true, 0};

    speak_choose(s, v, &head, list, sizeof list / sizeof *list, "lock", SAY(speak_who_why));
}
