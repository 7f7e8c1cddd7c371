/* SPDX-License-Identifier: Apache-2.0
 *
 * See hand_in.h.
 */
#include "ui/widgets/hand_in.h"

#include <stddef.h>

#include "session/intent.h"
#include "ui/widgets/words.h"

static struct actions take(struct scene *s, struct box *page, const struct button *back, const struct button *main)
{
    static const int share[] = {252, 724};
    const struct button list[] = {*back, *main};

    return actions_take(s, page, list, share, 2);
}

struct hand_in hand_in_take(struct scene *s, const struct view *v, struct box *page, const char *label, bool busy)
{
    const struct button back = {.kind = BUTTON_SECOND,
                                .id = "previous",
                                .label = SAY(form_previous),
                                .icon = "back",
                                .off = busy,
                                .action = DO(PREVIOUS, 0, 0)};
    const struct button submit = {.kind = BUTTON_MAIN,
                                  .id = "submit",
                                  .label = busy ? SAY(review_submitting) : label,
                                  .off = busy,
                                  .action = DO(SUBMIT, 0, 0)};
    const struct button more = {
        .kind = BUTTON_MAIN, .id = "more", .label = SAY(review_more), .action = {NODE_DO_PAGE, s->env.page + 1, 0}};
    struct box last = *page, before = *page;
    const struct hand_in h = {take(s, &last, &back, &submit), take(s, &before, &back, &more)};

    page->h = last.h < before.h ? last.h : before.h; /* what stands on a page does not hang on its button */
    return h;
}

void hand_in_draw(struct scene *s, const struct hand_in *h)
{
    actions_draw(s, s->env.page + 1 < s->own_pages ? &h->more : &h->last);
}
