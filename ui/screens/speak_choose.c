/* SPDX-License-Identifier: Apache-2.0
 *
 * See speak_choose.h.
 */
#include "ui/screens/speak_choose.h"

#include "ui/widgets/card.h"
#include "ui/widgets/leaves.h"

#define GAP 20

static int rows(struct scene *s, struct leaves *l, int y, const struct tile *list, int n)
{
    for (int i = 0; i < n; i++) {
        int h = tile_wide_height(s, l->area.w, &list[i]);

        leaves_break(s, l, y);
        tile_wide(s, (struct box){l->area.x, y, l->area.w, h}, &list[i]);
        y += h + GAP;
    }
    return y;
}

void speak_choose(struct scene *s, const struct view *v, const struct head *head, const struct tile *list, int n,
                  const char *icon, const char *foot)
{
    struct box page = frame_paper(s, v);

    frame_head(s, v, &page, head, NULL);
    page.h -= GAP;
    struct leaves l = leaves_begin(s, page);
    int y = rows(s, &l, page.y, list, n);

    leaves_break(s, &l, y);
    leaves_end(s, v, &l, hint(s, page.x, y, page.w, icon, foot));
    frame_dock(s, v);
}
