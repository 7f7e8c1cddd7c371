/* SPDX-License-Identifier: Apache-2.0
 *
 * What the screen tells --control: the nodes, the words that were said, the frame.
 */
#include <string.h>

#include "base/json.h"
#include "ui/draw/frame.h"
#include "ui/internal.h"

static void node_json(struct jsonw *w, const struct ui *u, const struct node *n)
{
    jsonw_obj(w, NULL);
    jsonw_str(w, "id", n->id);
    jsonw_str(w, "role", node_role_name(n->role));
    jsonw_str(w, "label", n->label);
    jsonw_str(w, "words", n->words);
    jsonw_str(w, "value", n->value ? n->value : "");
    jsonw_int(w, "x", n->box.x);
    jsonw_int(w, "y", n->box.y);
    jsonw_int(w, "w", n->box.w);
    jsonw_int(w, "h", n->box.h);
    jsonw_bool(w, "enabled", n->enabled);
    jsonw_bool(w, "focused", n->focused || (u->focus[0] && !strcmp(u->focus, n->id)));
    jsonw_bool(w, "checked", n->checked);
    jsonw_end(w);
}

void ui_nodes_json(const struct ui *u, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_str(&w, "screen", u->view ? screen_name(u->view->screen) : "");
    jsonw_arr(&w, "nodes");
    for (int i = 0; i < u->shown->n_nodes; i++)
        node_json(&w, u, &u->shown->nodes[i]);
    jsonw_end(&w);
    jsonw_end(&w);
}

void ui_spoken_json(struct ui *u, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_arr(&w, NULL);
    for (size_t at = 0; at < u->spoken.len; at += strlen((const char *)u->spoken.data + at) + 1)
        jsonw_str(&w, NULL, (const char *)u->spoken.data + at);
    jsonw_end(&w);
    buf_reset(&u->spoken);
}

int ui_frame_png(struct ui *u, struct buf *out, struct err *e)
{
    bool lost;

    ui_paint_shown(u);
    struct canvas c = window_canvas(u->window, &lost);

    return frame_png(&c, out, e);
}
