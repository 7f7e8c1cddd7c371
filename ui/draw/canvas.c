/* SPDX-License-Identifier: Apache-2.0
 *
 * See canvas.h. Coverage of round things is the distance to the edge, which needs a root only for the pixels the edge
 * crosses: cheap enough that nothing is kept.
 */
#include "ui/draw/canvas.h"

#include <math.h>
#include <stddef.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a pixel is filled as a wide character");

static uint32_t blend(uint32_t under, uint32_t rgb, unsigned a)
{
    unsigned f = a + (a >> 7); /* 0..256 */
    uint32_t rb = under & 0xFF00FF, g = under & 0x00FF00;

    rb = (rb * (256 - f) + (rgb & 0xFF00FF) * f) >> 8;
    g = (g * (256 - f) + (rgb & 0x00FF00) * f) >> 8;
    return (rb & 0xFF00FF) | (g & 0x00FF00);
}

static void span(struct canvas *c, int x, int y, int w, uint32_t rgb, unsigned a)
{
    uint32_t *p = c->px + (ptrdiff_t)y * c->stride + x;

    if (a >= 255)
        wmemset((wchar_t *)p, (wchar_t)rgb, (size_t)w); /* a fill of 32-bit words, by the C library's fastest loop */
    else if (a)
        for (int i = 0; i < w; i++)
            p[i] = blend(p[i], rgb, a);
}

static void dot(struct canvas *c, int x, int y, uint32_t rgb, float cover)
{
    uint32_t *p = c->px + (ptrdiff_t)y * c->stride + x;

    if (x < c->clip.x || x >= box_right(c->clip) || y < c->clip.y || y >= box_bottom(c->clip) || cover <= 0)
        return;
    *p = blend(*p, rgb, cover >= 1 ? 255 : (unsigned)(cover * 255 + 0.5f));
}

static void cut_span(struct canvas *c, int x, int y, int w, uint32_t rgb, unsigned a)
{
    struct box b = box_meet((struct box){x, y, w, 1}, c->clip);

    if (!box_empty(b))
        span(c, b.x, y, b.w, rgb, a);
}

void canvas_fill(struct canvas *c, struct box b, uint32_t rgb, int alpha)
{
    b = box_meet(b, c->clip);
    for (int y = b.y; y < box_bottom(b); y++)
        span(c, b.x, y, b.w, rgb, (unsigned)alpha);
}

static float clamp(float v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

/* Row of a rounded box `dy` (of the pixel's middle) above the centre of its corners: soft pixels, then a full span. */
static void round_row(struct canvas *c, struct box b, int y, float r, float dy, uint32_t rgb, int alpha)
{
    float out = (r + 0.5f) * (r + 0.5f) - dy * dy, in = (r - 0.5f) * (r - 0.5f) - dy * dy;
    int from = out > 0 ? (int)floorf(r - sqrtf(out)) : (int)r, to = in > 0 ? (int)ceilf(r - sqrtf(in)) : (int)r;

    if (from < 0)
        from = 0;
    if (to > b.w / 2)
        to = b.w / 2;
    for (int i = from; i < to; i++) {
        float dx = r - (float)i - 0.5f, cover = clamp(r - sqrtf(dx * dx + dy * dy) + 0.5f) * (float)alpha / 255;

        dot(c, b.x + i, y, rgb, cover);
        dot(c, box_right(b) - 1 - i, y, rgb, cover);
    }
    cut_span(c, b.x + to, y, b.w - 2 * to, rgb, (unsigned)alpha);
}

void canvas_round(struct canvas *c, struct box b, int radius, uint32_t rgb, int alpha)
{
    int half = (b.w < b.h ? b.w : b.h) / 2, r = radius < half ? radius : half;
    struct box seen = box_meet(b, c->clip);

    if (r <= 0) {
        canvas_fill(c, b, rgb, alpha);
        return;
    }
    for (int y = seen.y; y < box_bottom(seen); y++) {
        int top = y - b.y, bottom = box_bottom(b) - 1 - y, near = top < bottom ? top : bottom;

        if (near >= r)
            cut_span(c, b.x, y, b.w, rgb, (unsigned)alpha);
        else
            round_row(c, b, y, (float)r, (float)(r - near) - 0.5f, rgb, alpha);
    }
}

static void edge_corner(struct canvas *c, struct box b, int r, int border, uint32_t rgb)
{
    for (int j = 0; j < r; j++)
        for (int i = 0; i < r; i++) {
            float dx = (float)(r - i) - 0.5f, dy = (float)(r - j) - 0.5f, d = sqrtf(dx * dx + dy * dy);
            float cover = clamp((float)r - d + 0.5f) - clamp((float)(r - border) - d + 0.5f);

            dot(c, b.x + i, b.y + j, rgb, cover);
            dot(c, box_right(b) - 1 - i, b.y + j, rgb, cover);
            dot(c, b.x + i, box_bottom(b) - 1 - j, rgb, cover);
            dot(c, box_right(b) - 1 - i, box_bottom(b) - 1 - j, rgb, cover);
        }
}

void canvas_edge(struct canvas *c, struct box b, int radius, int border, uint32_t rgb)
{
    int r = radius > border ? radius : border;

    edge_corner(c, b, r, border, rgb);
    canvas_fill(c, (struct box){b.x + r, b.y, b.w - 2 * r, border}, rgb, 255);
    canvas_fill(c, (struct box){b.x + r, box_bottom(b) - border, b.w - 2 * r, border}, rgb, 255);
    canvas_fill(c, (struct box){b.x, b.y + r, border, b.h - 2 * r}, rgb, 255);
    canvas_fill(c, (struct box){box_right(b) - border, b.y + r, border, b.h - 2 * r}, rgb, 255);
}

/* How far (dx, dy) lies inside the arc from the top clockwise to the angle whose direction is (ex, ey). */
static bool in_arc(float dx, float dy, float ex, float ey, bool more_than_half)
{
    bool right = dx >= 0, before_end = ex * dy - ey * dx <= 0; /* on the counter-clockwise side of the end */

    return more_than_half ? right || before_end : right && before_end;
}

void canvas_ring(struct canvas *c, struct box b, int border, uint32_t rgb, int part)
{
    const float pi = 3.14159265f, r = (float)b.w / 2, half = (float)border / 2, mid = r - half;
    float cx = (float)b.x + r, cy = (float)b.y + r, turn = 2 * pi * (float)part / 1000;
    float ex = sinf(turn), ey = -cosf(turn);
    struct box seen = box_meet(b, c->clip);

    if (part <= 0)
        return;
    for (int y = seen.y; y < box_bottom(seen); y++)
        for (int x = seen.x; x < box_right(seen); x++) {
            float dx = (float)x + 0.5f - cx, dy = (float)y + 0.5f - cy, q = dx * dx + dy * dy;

            if (q > (r + 1) * (r + 1) || q < (r - (float)border - 1) * (r - (float)border - 1))
                continue;
            float cover = clamp(half - fabsf(sqrtf(q) - mid) + 0.5f);

            if (part < 1000 && !in_arc(dx, dy, ex, ey, part > 500)) {
                float head = clamp(half - hypotf(dx, dy + mid) + 0.5f);
                float tail = clamp(half - hypotf(dx - ex * mid, dy - ey * mid) + 0.5f);

                cover = head > tail ? head : tail;
            }
            dot(c, x, y, rgb, cover);
        }
}

/* Distance from the pixel's middle to the line between two points. */
static float away(float x, float y, struct point a, struct point b)
{
    float dx = (float)(b.x - a.x), dy = (float)(b.y - a.y), px = x - (float)a.x, py = y - (float)a.y;
    float length = dx * dx + dy * dy, at = length > 0 ? clamp((px * dx + py * dy) / length) : 0;

    return hypotf(px - at * dx, py - at * dy);
}

void canvas_stroke(struct canvas *c, const struct point *points, size_t n, int thick, uint32_t rgb)
{
    const float half = (float)thick / 2;

    for (size_t i = 0; i < n; i++) {
        struct point a = points[i ? i - 1 : 0], b = points[i];
        struct box reach = box_join((struct box){a.x - thick, a.y - thick, 2 * thick, 2 * thick},
                                    (struct box){b.x - thick, b.y - thick, 2 * thick, 2 * thick});
        struct box seen = box_meet(reach, c->clip);

        for (int y = seen.y; y < box_bottom(seen); y++)
            for (int x = seen.x; x < box_right(seen); x++)
                dot(c, x, y, rgb, clamp(half - away((float)x + 0.5f, (float)y + 0.5f, a, b) + 0.5f));
    }
}

/* Without a branch, four or more pixels at once where the compiler can: coverage 0 leaves a pixel, 255 replaces it. */
static void mask_row(struct canvas *c, int x, int y, int w, const uint8_t *restrict cover, uint32_t rgb)
{
    uint32_t *restrict p = c->px + (ptrdiff_t)y * c->stride + x;

    for (int i = 0; i < w; i++)
        p[i] = blend(p[i], rgb, cover[i]);
}

void canvas_mask(struct canvas *c, int x, int y, struct mask m, uint32_t rgb)
{
    struct box b = box_meet((struct box){x, y, m.w, m.h}, c->clip);

    for (int row = b.y; row < box_bottom(b); row++)
        mask_row(c, b.x, row, b.w, m.cover + (ptrdiff_t)(row - y) * m.w + (b.x - x), rgb);
}

/* One row of the nine parts: left corner, middle of one coverage, right corner. */
static void nine_row(struct canvas *c, struct box b, int y, const uint8_t *row, int mw, int edge, uint32_t rgb)
{
    const struct box left = box_meet((struct box){b.x, y, edge, 1}, c->clip);
    const struct box right = box_meet((struct box){box_right(b) - edge, y, edge, 1}, c->clip);

    if (!box_empty(left))
        mask_row(c, left.x, y, left.w, row + (left.x - b.x), rgb);
    cut_span(c, b.x + edge, y, b.w - 2 * edge, rgb, row[edge]);
    if (!box_empty(right))
        mask_row(c, right.x, y, right.w, row + mw - edge + (right.x - (box_right(b) - edge)), rgb);
}

void canvas_nine(struct canvas *c, struct box b, struct mask m, int edge, uint32_t rgb, struct box hole)
{
    const struct box whole = c->clip, seen = box_meet(b, whole);

    for (int y = seen.y; y < box_bottom(seen); y++) {
        int top = y - b.y, bottom = box_bottom(b) - 1 - y;
        int from = top < edge ? top : bottom < edge ? m.h - 1 - bottom : edge;
        const uint8_t *row = m.cover + (ptrdiff_t)from * m.w;

        if (y < hole.y || y >= box_bottom(hole)) {
            nine_row(c, b, y, row, m.w, edge, rgb);
            continue;
        }
        c->clip = box_meet(whole, (struct box){b.x, y, hole.x - b.x, 1});
        nine_row(c, b, y, row, m.w, edge, rgb);
        c->clip = box_meet(whole, (struct box){box_right(hole), y, box_right(b) - box_right(hole), 1});
        nine_row(c, b, y, row, m.w, edge, rgb);
        c->clip = whole;
    }
}

/* How much of the pixel lies inside the rounded box; 1 everywhere but near its corners. */
static float inside(struct box b, int r, int x, int y)
{
    int left = x - b.x, right = box_right(b) - 1 - x, top = y - b.y, bottom = box_bottom(b) - 1 - y;
    int dx = r - (left < right ? left : right), dy = r - (top < bottom ? top : bottom);

    if (dx <= 0 || dy <= 0)
        return 1;
    float fx = (float)dx - 0.5f, fy = (float)dy - 0.5f;

    return clamp((float)r - sqrtf(fx * fx + fy * fy) + 0.5f);
}

void canvas_disc_in(struct canvas *c, struct box disc, struct box frame, int radius, uint32_t rgb)
{
    float r = (float)disc.w / 2, cx = (float)disc.x + r, cy = (float)disc.y + r;
    struct box seen = box_meet(box_meet(disc, frame), c->clip);

    for (int y = seen.y; y < box_bottom(seen); y++) {
        float dy = (float)y + 0.5f - cy, half = r * r - dy * dy > 0 ? sqrtf(r * r - dy * dy) : 0;
        bool corner_row = y < frame.y + radius || y >= box_bottom(frame) - radius;
        int solid = (int)ceilf(cx - half + 2), until = (int)floorf(cx + half - 2);

        for (int x = seen.x; x < box_right(seen); x++) {
            if (!corner_row && x >= solid && x < until) {
                cut_span(c, x, y, (until < box_right(frame) ? until : box_right(frame)) - x, rgb, 255);
                x = until - 1;
                continue;
            }
            float dx = (float)x + 0.5f - cx, cover = clamp(r - sqrtf(dx * dx + dy * dy) + 0.5f);

            dot(c, x, y, rgb, cover * inside(frame, radius, x, y));
        }
    }
}

static void run_span(struct canvas *c, struct box cut, uint32_t argb, struct box frame, int radius)
{
    bool corner_row = cut.y < frame.y + radius || cut.y >= box_bottom(frame) - radius;
    unsigned alpha = argb >> 24;

    if (!corner_row) {
        span(c, cut.x, cut.y, cut.w, argb & 0xFFFFFF, alpha);
        return;
    }
    for (int x = cut.x; x < box_right(cut); x++)
        dot(c, x, cut.y, argb & 0xFFFFFF, inside(frame, radius, x, cut.y) * (float)alpha / 255);
}

void canvas_runs(struct canvas *c, int x, int y, int w, int h, const uint32_t *data, struct box frame, int radius)
{
    struct box b = box_meet(box_meet((struct box){x, y, w, h}, frame), c->clip);

    for (int row = b.y; row < box_bottom(b); row++) {
        const uint32_t *run = data + data[row - y];

        for (int at = x; at < box_right(b); at += (int)run[0], run += 2) {
            struct box cut = box_meet((struct box){at, row, (int)run[0], 1}, b);

            if (!box_empty(cut) && run[1] >> 24)
                run_span(c, cut, run[1], frame, radius);
        }
    }
}
