/* SPDX-License-Identifier: Apache-2.0
 *
 * See ink_shape.h.
 */
#include "ime/ink_shape.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265F
#define SIGMAS 2.3F  /* how much of the ink on either side of its middle makes up the square */
#define NARROW 0.12F /* of the longer side: a single line stays one, however it trembles */
#define STEP 0.02F   /* of the square: lines are laid down in pieces */
#define DOT 4.0F     /* units: as long as a touch without a move counts */

struct line {
    float x, y, dx, dy, length;
};

static bool line_at(const struct ink *ink, size_t i, struct line *ret)
{
    bool dot = ink->first[i] && (i + 1 >= ink->n || ink->first[i + 1]);

    if (dot) {
        *ret = (struct line){ink->points[i].x, ink->points[i].y, DOT * 0.7F, DOT * 0.7F, DOT};
        return true;
    }
    if (ink->first[i])
        return false;
    const struct ink_point a = ink->points[i - 1], b = ink->points[i];

    *ret = (struct line){a.x, a.y, (float)(b.x - a.x), (float)(b.y - a.y), 0};
    ret->length = hypotf(ret->dx, ret->dy);
    return ret->length > 0;
}

/* The square the ink fills: its middle, and how far from there each side lies. */
struct square {
    float x, y, half_w, half_h;
};

static struct square square_of(const struct ink *ink)
{
    float all = 0, sx = 0, sy = 0, sxx = 0, syy = 0;
    struct line l;

    for (size_t i = 0; i < ink->n; i++) {
        if (!line_at(ink, i, &l))
            continue;
        float mx = l.x + l.dx / 2, my = l.y + l.dy / 2;

        all += l.length;
        sx += l.length * mx;
        sy += l.length * my;
        sxx += l.length * (mx * mx + l.dx * l.dx / 12);
        syy += l.length * (my * my + l.dy * l.dy / 12);
    }
    if (all <= 0)
        return (struct square){0, 0, 1, 1};
    struct square q = {sx / all, sy / all, 0, 0};
    float w = SIGMAS * sqrtf(fmaxf(sxx / all - q.x * q.x, 0)), h = SIGMAS * sqrtf(fmaxf(syy / all - q.y * q.y, 0));
    float side = fmaxf(fmaxf(w, h), 1), narrow = fmaxf(fminf(w, h) / side, NARROW);
    /* the narrower side is stretched, the more the less narrow it is */
    float half = fminf(w, h) / sqrtf(sinf(PI / 2 * narrow));

    half = fmaxf(half, side * NARROW);
    q.half_w = w >= h ? side : half;
    q.half_h = w >= h ? half : side;
    return q;
}

/* `amount` at one place of the grid, shared among the four cells around it. */
static void lay(float *plane, float x, float y, float amount)
{
    float gx = x * SHAPE_CELLS - 0.5F, gy = y * SHAPE_CELLS - 0.5F;
    int cx = (int)floorf(gx), cy = (int)floorf(gy);
    float fx = gx - (float)cx, fy = gy - (float)cy;

    for (int i = 0; i < 4; i++) {
        int px = cx + (i & 1), py = cy + (i >> 1);
        float part = (i & 1 ? fx : 1 - fx) * (i >> 1 ? fy : 1 - fy);

        px = px < 0 ? 0 : px >= SHAPE_CELLS ? SHAPE_CELLS - 1 : px;
        py = py < 0 ? 0 : py >= SHAPE_CELLS ? SHAPE_CELLS - 1 : py;
        plane[py * SHAPE_CELLS + px] += amount * part;
    }
}

static void lay_line(const struct square *q, const struct line *l, float *ret)
{
    float x = (l->x - q->x) / (2 * q->half_w) + 0.5F, y = (l->y - q->y) / (2 * q->half_h) + 0.5F;
    float dx = l->dx / (2 * q->half_w), dy = l->dy / (2 * q->half_h), length = hypotf(dx, dy);
    float slope = atan2f(dy, dx) / PI * SHAPE_SLOPES; /* of what is seen in the square */
    int pieces = 1 + (int)fminf(length / STEP, 200), below;

    slope = fmodf(slope + 2 * SHAPE_SLOPES, SHAPE_SLOPES); /* to and fro are one */
    below = (int)slope % SHAPE_SLOPES;
    float share = slope - floorf(slope), each = length / (float)pieces;

    for (int i = 0; i < pieces; i++) {
        float at = ((float)i + 0.5F) / (float)pieces, px = x + dx * at, py = y + dy * at;

        lay(ret + below * SHAPE_CELLS * SHAPE_CELLS, px, py, each * (1 - share));
        lay(ret + (below + 1) % SHAPE_SLOPES * SHAPE_CELLS * SHAPE_CELLS, px, py, each * share);
    }
}

void ink_shape(const struct ink *ink, float ret[SHAPE_NUMBERS])
{
    const struct square q = square_of(ink);
    struct line l;

    memset(ret, 0, SHAPE_NUMBERS * sizeof *ret);
    for (size_t i = 0; i < ink->n; i++)
        if (line_at(ink, i, &l))
            lay_line(&q, &l, ret);
    for (int i = 0; i < SHAPE_NUMBERS; i++)
        ret[i] = sqrtf(ret[i]); /* a long line does not outweigh all short ones */
}
