/* SPDX-License-Identifier: Apache-2.0
 *
 * See scene.h. Text is broken into lines here; what reaches the painter are single lines.
 */
#include "ui/node/scene.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/secret.h"

struct scene *scene_create(void)
{
    struct scene *s = calloc(1, sizeof *s);

    must(s && (s->ops = calloc(OPS_MAX, sizeof *s->ops)), "out of memory");
    s->pool = secret_alloc(SCENE_TEXT_MAX);
    return s;
}

void scene_destroy(struct scene *s)
{
    if (!s)
        return;
    scene_wipe(s);
    secret_free(s->pool, SCENE_TEXT_MAX);
    free(s->ops);
    free(s);
}

void scene_wipe(struct scene *s)
{
    must(s->used <= SCENE_TEXT_MAX, "more text than a page has room for");
    secret_wipe(s->pool, SCENE_TEXT_MAX);
    secret_wipe(s->ops, OPS_MAX * sizeof *s->ops); /* hashes of secret text */
    memset(s->nodes, 0, sizeof s->nodes);
    s->n_ops = s->n_nodes = 0;
    s->used = 0;
}

void scene_begin(struct scene *s, const struct scene_env *env)
{
    must(env->metrics.advance, "a page whose letters have no width");
    secret_wipe(s->pool, s->used);
    s->env = *env;
    s->n_ops = s->n_nodes = 0;
    s->used = 0;
    s->clip = (struct box){0, 0, 0, 0};
    s->own_pages = 1;
    s->full = false;
}

/* FNV-1a: only ever compared with the page before. */
static uint64_t hash_bytes(uint64_t h, const void *data, size_t len)
{
    const uint8_t *p = data;

    for (size_t i = 0; i < len; i++)
        h = (h ^ p[i]) * 0x100000001b3u;
    return h;
}

static uint64_t op_hash(const struct op *o)
{
    const int fields[] = {(int)o->kind, (int)o->fill, (int)o->line, (int)o->weight, (int)o->align, o->alpha,
                          o->radius,    o->border,    o->px,        o->part,        o->box.x,      o->box.y,
                          o->box.w,     o->box.h,     o->clip.x,    o->clip.y,      o->clip.w,     o->clip.h,
                          o->secret,    o->latin,     o->frame.x,   o->frame.y,     o->frame.w,    o->frame.h};
    uint64_t h = hash_bytes(0xcbf29ce484222325u, fields, sizeof fields);

    h = o->points ? hash_bytes(h, o->points, o->n_points * sizeof *o->points) : h;
    return o->text ? hash_bytes(h, o->text, strlen(o->text)) : h;
}

void scene_end(struct scene *s)
{
    must(s->n_ops >= 0 && s->n_ops <= OPS_MAX && s->n_nodes <= NODES_MAX, "more was drawn than a page has room for");
    must(s->used <= SCENE_TEXT_MAX, "more text than a page has room for");
    for (int i = 0; i < s->n_ops; i++)
        s->ops[i].hash = op_hash(&s->ops[i]);
}

const char *scene_keep_n(struct scene *s, const char *text, size_t len)
{
    must(text && s->used <= SCENE_TEXT_MAX, "text of nothing, or more than a page has room for");
    if (s->used + len + 1 > SCENE_TEXT_MAX) {
        s->full = true;
        return "";
    }
    char *at = s->pool + s->used;

    memcpy(at, text, len);
    at[len] = '\0';
    s->used += len + 1;
    return at;
}

const char *scene_keep(struct scene *s, const char *text)
{
    return scene_keep_n(s, text, strlen(text));
}

/* --- drawing --- */

static struct op *add(struct scene *s, enum op_kind kind, struct box b)
{
    must(s->n_ops >= 0 && s->n_ops <= OPS_MAX, "more was drawn than a page has room for");
    static struct op spill;
    struct op *o = &spill;

    if (s->n_ops < OPS_MAX)
        o = &s->ops[s->n_ops++];
    else
        s->full = true;
    *o = (struct op){.kind = kind, .box = b, .clip = s->clip, .alpha = 255};
    return o;
}

void scene_rect(struct scene *s, struct box b, int radius, enum token fill)
{
    scene_frame(s, b, radius, fill, TOKEN_NONE, 0);
}

void scene_frame(struct scene *s, struct box b, int radius, enum token fill, enum token line, int border)
{
    struct op *o = add(s, OP_RECT, b);

    o->radius = radius;
    o->fill = fill;
    o->line = line;
    o->border = line == TOKEN_NONE ? 0 : border;
}

void scene_veil(struct scene *s, struct box b, int radius, enum token fill, int alpha)
{
    struct op *o = add(s, OP_RECT, b);

    o->radius = radius;
    o->fill = fill;
    o->alpha = (uint8_t)alpha;
}

void scene_disc_in(struct scene *s, struct box disc, struct box frame, int radius, enum token fill)
{
    struct op *o = add(s, OP_DISC, disc);

    o->frame = frame;
    o->radius = radius;
    o->fill = fill;
}

void scene_shadow(struct scene *s, struct box b, int radius)
{
    if (!s->env.contrast)
        add(s, OP_SHADOW, b)->radius = radius;
}

void scene_icon(struct scene *s, int x, int y, int size, const char *name, enum token colour)
{
    must(name, "a picture without a name");
    struct op *o = add(s, OP_ICON, (struct box){x, y, size, size});

    o->text = scene_keep(s, name);
    o->fill = colour;
}

void scene_picture(struct scene *s, struct box b, int radius, const char *name)
{
    must(name, "a picture without a name");
    struct op *o = add(s, OP_PICTURE, b);

    o->frame = b;
    o->radius = radius;
    o->text = scene_keep(s, name);
}

void scene_picture_left(struct scene *s, struct box b, int radius, const char *name)
{
    scene_picture(s, b, radius, name);
    must(s->n_ops > 0, "the picture before the first");
    s->ops[s->n_ops - 1].frame.w += radius;
}

void scene_qr(struct scene *s, struct box b, const char *text)
{
    add(s, OP_QR, b)->text = scene_keep(s, text);
}

void scene_ring(struct scene *s, struct box b, int border, enum token line, int part)
{
    struct op *o = add(s, OP_RING, b);

    o->border = border;
    o->line = line;
    o->part = part;
}

struct scene_place scene_place(const struct scene *s)
{
    return (struct scene_place){s->n_ops, s->n_nodes, s->used};
}

void scene_take_back(struct scene *s, struct scene_place p)
{
    must(p.ops >= 0 && p.ops <= s->n_ops && p.nodes >= 0 && p.nodes <= s->n_nodes && p.used <= s->used,
         "what was not drawn is taken back");
    s->n_ops = p.ops;
    s->n_nodes = p.nodes;
    s->used = p.used;
}

/* Points lie in the pool too, which is wiped. */
static void stroke(struct scene *s, struct box to, struct ink_point corner, const struct ink_point *points, size_t n,
                   int thick, enum token colour)
{
    must(n > 0, "a stroke of no points");
    const size_t align = _Alignof(struct point), at = (s->used + align - 1) / align * align;
    struct box b = {0, 0, 0, 0};

    if (at + n * sizeof(struct point) > SCENE_TEXT_MAX) {
        s->full = true;
        return;
    }
    struct point *mine = (struct point *)(void *)(s->pool + at);

    s->used = at + n * sizeof *mine;
    for (size_t i = 0; i < n; i++) {
        mine[i] = (struct point){to.x + points[i].x * to.w / corner.x, to.y + points[i].y * to.h / corner.y};
        b = box_join(b, (struct box){mine[i].x - thick, mine[i].y - thick, 2 * thick, 2 * thick});
    }
    struct op *o = add(s, OP_STROKE, b);

    o->points = mine;
    o->n_points = n;
    o->border = thick;
    o->fill = colour;
    o->secret = true;
}

void scene_ink(struct scene *s, struct box b, const struct ink *ink, struct ink_point corner, int thick, enum token colour)
{
    for (size_t i = 0; i < ink->n; i += ink_stroke(ink, i))
        stroke(s, b, corner, ink->points + i, ink_stroke(ink, i), thick, colour);
}

void scene_clip(struct scene *s, struct box b)
{
    s->clip = b;
}

int scene_mark(const struct scene *s)
{
    return s->n_ops;
}

void scene_set_bottom(struct scene *s, int mark, int until, int bottom)
{
    must(mark >= 0 && mark <= s->n_ops, "what was not drawn is made longer");
    for (int i = mark; i < until && i < s->n_ops; i++)
        s->ops[i].box.h = bottom - s->ops[i].box.y;
}

/* --- text --- */

/* The part of the spans that lies on one line, as one op a span. */
static void draw_line(struct scene *s, int x, int y, int w, struct type t, const struct span *spans, size_t n,
                      const struct wrap_line *line)
{
    must(line->from <= line->to, "a line that ends before it begins");
    int px = type_px(t.role, s->env.size), at = 0;
    size_t base = 0;

    if (t.align == ALIGN_CENTRE)
        at = (w - line->width) / 2;
    else if (t.align == ALIGN_RIGHT)
        at = w - line->width;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(spans[i].text);
        size_t from = line->from > base ? line->from - base : 0;
        size_t to = line->to < base + len ? (line->to > base ? line->to - base : 0) : len;

        base += len;
        if (from >= to)
            continue;
        int wide = text_width(&s->env.metrics, spans[i].weight, px, spans[i].text + from, to - from);
        struct op *o = add(s, OP_TEXT, (struct box){x + at, y, wide, type_line(t.role, s->env.size)});

        o->text = scene_keep_n(s, spans[i].text + from, to - from);
        o->weight = spans[i].weight;
        o->fill = spans[i].colour;
        o->align = t.align;
        o->px = px;
        o->secret = t.secret;
        o->latin = s->env.metrics.latin;
        at += wide;
    }
}

int scene_draw_spans(struct scene *s, int x, int y, int w, struct type t, const struct span *spans, size_t n)
{
    struct wrap_line lines[WRAP_LINES_MAX];
    int high = type_line(t.role, s->env.size);
    int count = wrap(&s->env.metrics, spans, n, type_px(t.role, s->env.size), w, lines);

    int last = 0;

    for (int i = 0; i < count; i++) {
        last = s->n_ops;
        draw_line(s, x, y + i * high, w, t, spans, n, &lines[i]);
    }
    for (int i = last; count > 1 && i < s->n_ops; i++)
        s->ops[i].last = true;
    return count * high;
}

int scene_draw(struct scene *s, int x, int y, int w, struct type t, const char *text)
{
    const struct span one = {text, t.weight, t.colour};

    return scene_draw_spans(s, x, y, w, t, &one, 1);
}

int scene_text(struct scene *s, int x, int y, int w, struct type t, const char *text)
{
    int h = scene_draw(s, x, y, w, t, text);

    scene_node(s, NODE_TEXT, "", (struct box){x, y, w, h}, text)->secret = t.secret;
    return h;
}

int scene_title(struct scene *s, int x, int y, int w, struct type t, const char *text)
{
    int h = scene_draw(s, x, y, w, t, text);

    scene_node(s, NODE_TITLE, "title", (struct box){x, y, w, h}, text)->secret = t.secret;
    return h;
}

int scene_spans(struct scene *s, int x, int y, int w, struct type t, const struct span *spans, size_t n)
{
    int h = scene_draw_spans(s, x, y, w, t, spans, n);
    size_t from = s->used;

    for (size_t i = 0; i < n; i++) {
        scene_keep(s, spans[i].text);
        if (i + 1 < n && s->used > from)
            s->used--; /* put end to end */
    }
    struct node *node = scene_node(s, NODE_TEXT, "", (struct box){x, y, w, h}, "");

    node->secret = t.secret;
    if (!s->full)
        node->label = node->words = s->pool + from;
    return h;
}

void scene_line_in(struct scene *s, struct box b, struct type t, const char *text)
{
    scene_draw(s, b.x, b.y + (b.h - scene_height(s, b.w, t, text)) / 2, b.w, t, text);
}

int scene_height(const struct scene *s, int w, struct type t, const char *text)
{
    struct wrap_line lines[WRAP_LINES_MAX];
    const struct span one = {text, t.weight, t.colour};

    return wrap(&s->env.metrics, &one, 1, type_px(t.role, s->env.size), w, lines) * type_line(t.role, s->env.size);
}

int scene_width(const struct scene *s, struct type t, const char *text)
{
    return text_width(&s->env.metrics, t.weight, type_px(t.role, s->env.size), text, strlen(text));
}

int scene_line(const struct scene *s, struct type t)
{
    return type_line(t.role, s->env.size);
}

/* --- nodes --- */

struct node *scene_node(struct scene *s, enum node_role role, const char *id, struct box b, const char *label)
{
    must(id && label, "a node without a name or a label");
    must(s->n_nodes >= 0 && s->n_nodes <= NODES_MAX, "more nodes than a page has room for");
    static struct node spill;
    struct node *n = &spill;

    if (s->n_nodes < NODES_MAX)
        n = &s->nodes[s->n_nodes++];
    else
        s->full = true;
    *n = (struct node){.role = role, .box = b, .enabled = true};
    size_t len = strlen(id);

    if (len >= sizeof n->id)
        len = sizeof n->id - 1;
    memcpy(n->id, id, len);
    n->label = n->words = scene_keep(s, label);
    return n;
}

struct node *scene_target(struct scene *s, enum node_role role, const char *id, struct box b, const char *label,
                          struct node_action action)
{
    must(role >= NODE_BUTTON, "a target nobody can touch");
    struct node *n = scene_node(s, role, id, b, label);

    n->action = action;
    return n;
}

struct node *scene_pad(struct scene *s, const char *id, struct box b, struct ink_point corner, const char *label)
{
    return scene_target(s, NODE_PAD, id, b, label, (struct node_action){0, corner.x, corner.y});
}

bool scene_pressed(const struct scene *s, const char *id)
{
    return s->env.pressed && !strcmp(s->env.pressed, id);
}
