/* SPDX-License-Identifier: Apache-2.0
 *
 * The record could not be stored, so nothing was handed in: no number is shown, because there is none.
 */
#include <stddef.h>

#include "ui/screens/screens.h"
#include "ui/screens/trouble.h"
#include "ui/widgets/words.h"

void build_TROUBLE_STORAGE(struct scene *s, const struct view *v)
{
    bool before = v->storage.before;
    const struct advice rows[] = {{"nearby", SAY(reader_elsewhere), SAY(storage_elsewhere_do)},
                                  {"clock", SAY(reader_wait), SAY(reader_wait_do)},
                                  {"phone", SAY(reader_call), SAY_WITH(reader_call_do, v->place->hotline)}};

    trouble_page(s, v,
                 &(struct trouble){.icon = "storage",
                                   .title = SAY(storage_title),
                                   .second = v->storage.no_space ? SAY(storage_full) : SAY(storage_second),
                                   .safe = before ? SAY(storage_before) : SAY(storage_safe),
                                   .safe_note = before ? SAY(reader_safe) : SAY(storage_safe_note),
                                   .not_safe = !before,
                                   .rows = rows,
                                   .n = 3,
                                   .button = before ? SAY(storage_try) : SAY(storage_retry)});
}
