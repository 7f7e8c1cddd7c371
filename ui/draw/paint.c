/* SPDX-License-Identifier: Apache-2.0
 *
 * One function for each kind of op.
 */
#include "ui/draw/paint.h"

#include "base/qr.h"
#include "ui/draw/theme.h"

#include <stdio.h>

#define SHADOW_OUTSIDE 28
#define SHADOW_EDGE 31 /* beyond the radius; look §5 */
#define QR_QUIET_MODULES 4
#define QR_QUIET_PX 20

static void paint_rect(struct canvas *c, const struct op *o, bool contrast)
{
    uint32_t fill = theme_rgb(o->fill, contrast), line = theme_rgb(o->line, contrast);

    if (!o->border) {
        if (o->fill != TOKEN_NONE)
            canvas_round(c, o->box, o->radius, fill, o->alpha);
    } else if (o->fill == TOKEN_NONE) {
        canvas_edge(c, o->box, o->radius, o->border, line);
    } else {
        canvas_round(c, o->box, o->radius, line, 255);
        canvas_round(c, box_inset(o->box, o->border, o->border), o->radius - o->border, fill, 255);
    }
}

static void paint_shadow(const struct painter *p, struct canvas *c, const struct op *o, bool contrast)
{
    int radius = o->radius <= 16 ? 16 : o->radius <= 24 ? 24 : 28;
    char name[16];
    struct mask m;

    snprintf(name, sizeof name, "shadow-%d", radius);
    if (pack_mask(p->pack, name, 0, &m))
        canvas_nine(c, box_inset(o->box, -SHADOW_OUTSIDE, -SHADOW_OUTSIDE), m, radius + SHADOW_EDGE,
                    theme_rgb(TOKEN_INK, contrast), box_inset(o->box, o->radius / 2, o->radius / 2));
}

static void paint_qr(struct canvas *c, const struct op *o)
{
    struct box b = o->box;
    struct qr qr;

    if (qr_encode(o->text, &qr, NULL) < 0)
        return;
    int module = b.w / (qr.size + 2 * QR_QUIET_MODULES);

    while (module > 1 && (b.w - module * qr.size) / 2 < QR_QUIET_PX)
        module--;
    struct box code = box_centre(b, module * qr.size, module * qr.size);

    for (int y = 0; y < qr.size; y++)
        for (int x = 0; x < qr.size; x++)
            if (qr.dark[y * qr.size + x])
                canvas_fill(c, (struct box){code.x + x * module, code.y + y * module, module, module}, 0x000000, 255);
}

static void paint_picture(const struct painter *p, struct canvas *c, const struct op *o)
{
    const uint32_t *runs;
    int w, h;

    if (!pack_runs(p->pack, o->text, &w, &h, &runs))
        return;
    struct box at = box_centre(o->box, w, h);

    canvas_runs(c, at.x, at.y, w, h, runs, o->frame, o->radius);
}

static void paint_icon(const struct painter *p, struct canvas *c, const struct op *o, bool contrast)
{
    struct mask m;

    if (pack_mask(p->pack, o->text, o->box.w, &m))
        canvas_mask(c, o->box.x, o->box.y, m, theme_rgb(o->fill, contrast));
}

static void paint_text(const struct painter *p, struct canvas *c, const struct op *o, bool contrast)
{
    const struct run_style s = {o->weight, o->align, o->px, theme_rgb(o->fill, contrast), o->secret, o->latin};

    runs_draw(p->runs, c, o->box, &s, o->text);
}

static void paint_op(const struct painter *p, struct canvas *c, const struct op *o, bool contrast)
{
    switch (o->kind) {
    case OP_RECT:
        paint_rect(c, o, contrast);
        break;
    case OP_DISC:
        canvas_disc_in(c, o->box, o->frame, o->radius, theme_rgb(o->fill, contrast));
        break;
    case OP_SHADOW:
        paint_shadow(p, c, o, contrast);
        break;
    case OP_TEXT:
        paint_text(p, c, o, contrast);
        break;
    case OP_ICON:
        paint_icon(p, c, o, contrast);
        break;
    case OP_PICTURE:
        paint_picture(p, c, o);
        break;
    case OP_QR:
        paint_qr(c, o);
        break;
    case OP_STROKE:
        canvas_stroke(c, o->points, o->n_points, o->border, theme_rgb(o->fill, contrast));
        break;
    case OP_RING:
        canvas_ring(c, o->box, o->border, theme_rgb(o->line, contrast), o->part);
        break;
    }
}

/* The pixels an op may touch: shadows and glyphs reach over their boxes. */
static struct box reach(const struct op *o)
{
    struct box b = o->box;

    if (o->kind == OP_SHADOW)
        b = box_inset(b, -SHADOW_OUTSIDE, -SHADOW_OUTSIDE);
    else if (o->kind == OP_TEXT)
        b = box_inset(b, -o->px / 4, -o->px / 4);
    else if (o->kind == OP_DISC)
        b = box_meet(b, o->frame);
    return box_empty(o->clip) ? b : box_meet(b, o->clip);
}

void paint(const struct painter *p, struct canvas *c, const struct scene *s)
{
    const struct box whole = c->clip;

    for (int i = 0; i < s->n_ops; i++) {
        const struct op *o = &s->ops[i];

        c->clip = box_meet(whole, reach(o));
        if (!box_empty(c->clip))
            paint_op(p, c, o, s->env.contrast);
    }
    c->clip = whole;
}

/* --- what differs --- */

static long area(struct box b)
{
    return (long)b.w * b.h;
}

void damage_add(struct damage *d, struct box b)
{
    if (box_empty(b))
        return;
    /* joined with one it costs little to be joined with */
    for (int i = 0; i < d->n; i++) {
        struct box both = box_join(d->boxes[i], b);

        if (area(both) <= area(d->boxes[i]) + area(b) + 4096 || d->n == DAMAGE_MAX) {
            d->boxes[i] = d->boxes[--d->n];
            damage_add(d, both);
            return;
        }
    }
    d->boxes[d->n++] = b;
}

void damage_find(const struct scene *before, const struct scene *after, struct damage *ret)
{
    int at = 0;

    ret->n = 0;
    for (int i = 0; i < after->n_ops; i++) {
        int k = at;

        while (k < before->n_ops && before->ops[k].hash != after->ops[i].hash)
            k++;
        if (k == before->n_ops) {
            damage_add(ret, box_meet(reach(&after->ops[i]), after->env.screen));
            continue;
        }
        for (; at < k; at++)
            damage_add(ret, box_meet(reach(&before->ops[at]), after->env.screen));
        at = k + 1;
    }
    for (; at < before->n_ops; at++)
        damage_add(ret, box_meet(reach(&before->ops[at]), after->env.screen));
}
