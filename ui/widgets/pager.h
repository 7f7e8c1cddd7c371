/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages instead of scrolling: 上一页, 第 1 页，共 2 页, 下一页, always at the same height above the actions or the keyboard.
 */
#ifndef UI_WIDGETS_PAGER_H
#define UI_WIDGETS_PAGER_H

#include "session/view.h"
#include "ui/node/scene.h"

/* Of its row with the margins. */
int pager_height(struct scene *s, const struct view *v, int w, int pages);
/* Takes its row off the page's lower end. `kind`: the action's kind (an intent, or NODE_DO_PAGE); a = page to go to. */
void pager(struct scene *s, const struct view *v, struct box *page, int at, int pages, int kind);

/* The same for a list whose rows from place `first` (from 0) on stand on the page: 第 1–3 项，共 7 项; a = first row to go
 * to. */
struct pager_rows {
    int first, shown, total;
};
int pager_rows_height(struct scene *s, const struct view *v, int w, struct pager_rows rows);
void pager_rows(struct scene *s, const struct view *v, struct box *page, struct pager_rows rows, int kind);

#endif
