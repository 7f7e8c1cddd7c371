/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader is gone: what still works, and the other ways.
 */
#include <stddef.h>

#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/words.h"

void build_TROUBLE_READER(struct scene *s, const struct view *v)
{
    const struct advice rows[] = {v->card.cases ? (struct advice){"keypad", SAY(refused_number), SAY(reader_number_do)}
                                                : (struct advice){"nearby", SAY(reader_elsewhere), SAY(reader_elsewhere_do)},
                                  {"clock", SAY(reader_wait), SAY(reader_wait_do)},
                                  {"phone", SAY(reader_call), SAY_WITH(reader_call_do, v->place->hotline)}};

    trouble_page(s, v,
                 &(struct trouble){.icon = "reader",
                                   .title = SAY(reader_title),
                                   .second = v->card.cases     ? SAY(reader_second_cases)
                                             : v->card.booking ? SAY(reader_second_booking)
                                                               : SAY(reader_second),
                                   .safe = SAY(reader_safe),
                                   .safe_note = SAY(reader_safe_note),
                                   .rows = rows,
                                   .n = 3,
                                   .button = SAY(reader_retry)});
}
