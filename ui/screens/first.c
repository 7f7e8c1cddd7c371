/* SPDX-License-Identifier: Apache-2.0
 *
 * See first.h.
 */
#include "ui/screens/first.h"

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#define DOT 52

const char *first_part_name(const struct view *v, enum first_part p)
{
    switch (p) {
    case FIRST_READER:
        return SAY(first_reader);
    case FIRST_RECEIPT:
        return SAY(first_receipt);
    case FIRST_TICKET:
        return SAY(first_ticket);
    case FIRST_HALL:
        return SAY(first_hall);
    case FIRST_STORAGE:
        return SAY(first_storage);
    case FIRST_TOUCH:
    case FIRST_PARTS:
        break;
    }
    return SAY(first_touch);
}

const char *first_part_icon(enum first_part p)
{
    static const char *const icons[FIRST_PARTS] = {
        [FIRST_TOUCH] = "touch",  [FIRST_READER] = "reader", [FIRST_RECEIPT] = "receipt",
        [FIRST_TICKET] = "queue", [FIRST_HALL] = "network",  [FIRST_STORAGE] = "storage",
    };

    return icons[p];
}

const char *first_hall_words(const struct view *v)
{
    switch (v->first.facts.hall) {
    case FIRST_HALL_ASKED:
        return SAY(first_hall_asked);
    case FIRST_HALL_UNREACHED:
        return SAY(first_hall_unreached);
    case FIRST_HALL_REFUSED:
        return SAY(first_hall_refused);
    case FIRST_HALL_STRANGER:
        return SAY(first_hall_stranger);
    case FIRST_HALL_CATALOGUE:
        return SAY(first_hall_catalogue);
    case FIRST_HALL_OPEN:
        return SAY(first_hall_open);
    case FIRST_HALL_SILENT:
        break;
    }
    return SAY(first_hall_silent);
}

const char *first_disk_words(struct scene *s, const struct view *v)
{
    long gb = (long)(v->first.facts.total_mb / 1024);

    return gb > 0 ? SAY_WITH(first_disk, words_number(s, gb)) : SAY(first_disk_unknown);
}

static int step_row(struct scene *s, const struct view *v, struct box at, int i, const void *ctx)
{
    const char *text = ((const char *const *)ctx)[i];
    struct type t = TYPE(BODY, REGULAR, INK);
    int left = at.x + DOT + 24, room = at.w - DOT - 24, high = scene_height(s, room, t, text);
    int row = high + 40 > DOT + 40 ? high + 40 : DOT + 40;
    struct box dot = {at.x, at.y + 20 + (scene_line(s, t) - DOT) / 2, DOT, DOT};

    scene_rect(s, dot, DOT / 2, TOKEN_PRIMARY);
    scene_line_in(s, dot, type_aligned(TYPE(STEP, BOLD, ON_PRIMARY), ALIGN_CENTRE), words_number(s, i + 1));
    scene_text(s, left, at.y + 20, room, t, text);
    return at.y + row;
}

int first_steps(struct scene *s, const struct view *v, struct leaves *l, int y, const char *const *rows, int n)
{
    static const struct card_style style = {32, 8, 24, TOKEN_SURFACE, false};

    return leaves_card(
        s, v, l, y,
        &(struct leaves_card){.n = n, .row = step_row, .ctx = (const void *)rows, .lines = true, .style = &style});
}

int first_goes_on(struct scene *s, const struct view *v, int x, int y, int w)
{
    return banner(s, x, y, w, BANNER_INFO, "search", SAY(first_searching), SAY(first_searching_rest));
}
