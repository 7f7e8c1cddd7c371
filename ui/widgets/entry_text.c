/* SPDX-License-Identifier: Apache-2.0
 *
 * See entry_text.h.
 */
#include "ui/widgets/entry_text.h"

#include "ui/widgets/keyboard.h"

#define CARET_WIDTH 4
#define CARET_HEIGHT 56
#define UNDERLINE 3

void entry_text(struct scene *s, const struct view *v, struct box in, struct type t, const char *text, bool focus)
{
    const char *composed = focus ? keyboard_composed(s, v) : "";
    int wide = scene_width(s, t, text), more = scene_width(s, t, composed), gap = *composed && *text ? 8 : 0;
    int all = wide + gap + more, x = in.x, line = scene_line(s, t), caret = line > CARET_HEIGHT ? line : CARET_HEIGHT;

    if (all + 2 * CARET_WIDTH > in.w)
        x = in.x + in.w - all - 2 * CARET_WIDTH;
    scene_clip(s, in);
    scene_line_in(s, (struct box){x, in.y, wide + 8, in.h}, t, text);
    if (*composed) {
        scene_line_in(s, (struct box){x + wide + gap, in.y, more + 8, in.h}, t, composed);
        scene_rect(s, (struct box){x + wide + gap, in.y + (in.h + line) / 2 - 4, more, UNDERLINE}, 0, t.colour);
    }
    scene_clip(s, (struct box){0, 0, 0, 0});
    if (focus && s->env.caret)
        scene_rect(s, (struct box){x + all + (all ? 4 : 0), in.y + (in.h - caret) / 2, CARET_WIDTH, caret}, 0,
                   TOKEN_PRIMARY);
}
