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

/* Content that may need several pages: try a block, and when it does not fit, take it back and begin the next page. Only
 * what belongs on the wanted page stays in the scene. */
struct flow {
    struct box area;
    int y, page, wanted;
    int save_ops, save_nodes;
    size_t save_text;
};
struct flow flow_begin(struct scene *s, struct box area, int wanted);
/* Before a block: where it starts. */
int flow_block(struct scene *s, struct flow *f);
/* After it, with its end. false: it did not fit, was taken back, and has to be drawn again at flow_block(). */
bool flow_done(struct scene *s, struct flow *f, int end, int gap);

#endif
