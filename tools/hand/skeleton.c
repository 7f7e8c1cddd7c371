/* SPDX-License-Identifier: Apache-2.0
 *
 * See skeleton.h. Thinning by Zhang and Suen (Communications of the ACM 27, 1984); what is left is a graph of pixels, whose
 * paths between ends and crossings become lines, straightened by Douglas and Peucker.
 */
#include "tools/hand/skeleton.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define SIDE SKELETON_SIDE
#define PATH_MAX_PX (SIDE * 8)
#define SPUR 7        /* px: a shorter end at a crossing is the corner of a thick line, or its foot */
#define STRAIGHT 1.1F /* px a line may be off */

struct px {
    int x, y;
};

/* round the clock from the north */
static const struct px around[8] = {{0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}};

static bool goes(uint8_t (*b)[SIDE], int x, int y, int round)
{
    int n = 0, turns = 0, p[8];

    for (int i = 0; i < 8; i++)
        n += p[i] = b[y + around[i].y][x + around[i].x];
    for (int i = 0; i < 8; i++)
        turns += !p[i] && p[(i + 1) % 8];
    if (n < 2 || n > 6 || turns != 1)
        return false;
    return round ? !(p[0] && p[2] && p[6]) && !(p[0] && p[4] && p[6]) : !(p[0] && p[2] && p[4]) && !(p[2] && p[4] && p[6]);
}

static bool thin_once(uint8_t (*b)[SIDE], int round)
{
    static uint8_t off[SIDE][SIDE];
    bool any = false;

    memset(off, 0, sizeof off);
    for (int y = 1; y < SIDE - 1; y++)
        for (int x = 1; x < SIDE - 1; x++)
            if (b[y][x] && goes(b, x, y, round))
                off[y][x] = any = true;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            b[y][x] &= !off[y][x];
    return any;
}

/* Of two ways between neighbours the straight one counts: a diagonal is none where a corner joins them. */
static bool joined(uint8_t (*b)[SIDE], struct px p, int way)
{
    struct px d = around[way];

    if (!b[p.y + d.y][p.x + d.x])
        return false;
    return !(d.x && d.y) || !(b[p.y + d.y][p.x] || b[p.y][p.x + d.x]);
}

static int ways(uint8_t (*b)[SIDE], struct px p)
{
    int n = 0;

    for (int i = 0; i < 8; i++)
        n += joined(b, p, i);
    return n;
}

static float off_line(struct px a, struct px b, struct px p)
{
    float dx = (float)(b.x - a.x), dy = (float)(b.y - a.y), length = hypotf(dx, dy);

    if (length < 1)
        return hypotf((float)(p.x - a.x), (float)(p.y - a.y));
    return fabsf(dx * (float)(p.y - a.y) - dy * (float)(p.x - a.x)) / length;
}

static void add(struct ink *ink, struct px p, bool first)
{
    if (ink->n >= INK_POINTS_MAX)
        return;
    ink->points[ink->n] = (struct ink_point){(int16_t)(p.x * SKELETON_UNITS), (int16_t)(p.y * SKELETON_UNITS)};
    ink->first[ink->n++] = first;
}

/* What lies behind the first point up to the last. */
static void straighten(const struct px *path, int from, int to, struct ink *ret)
{
    float most = 0;
    int at = from;

    for (int i = from + 1; i < to; i++) {
        float off = off_line(path[from], path[to], path[i]);

        if (off > most) {
            most = off;
            at = i;
        }
    }
    if (most > STRAIGHT) {
        straighten(path, from, at, ret);
        straighten(path, at, to, ret);
    } else {
        add(ret, path[to], false);
    }
}

struct tracer {
    uint8_t (*b)[SIDE];
    uint8_t gone[SIDE][SIDE]; /* bit i: the way i was walked from here */
    struct px path[PATH_MAX_PX];
};

/* From p in one way to the next end or crossing. */
static void walk(struct tracer *t, struct px p, int way, struct ink *ret)
{
    struct px begin = p;
    int n = 0;

    t->path[n++] = p;
    for (;;) {
        t->gone[p.y][p.x] |= (uint8_t)(1 << way);
        p = (struct px){p.x + around[way].x, p.y + around[way].y};
        t->gone[p.y][p.x] |= (uint8_t)(1 << (way + 4) % 8);
        t->path[n++] = p;
        if (ways(t->b, p) != 2 || (p.x == begin.x && p.y == begin.y) || n >= PATH_MAX_PX)
            break;
        for (way = 0; way < 8 && (!joined(t->b, p, way) || t->gone[p.y][p.x] >> way & 1); way++)
            ;
        if (way == 8)
            break;
    }
    int one = ways(t->b, begin), other = ways(t->b, p);

    if (n <= SPUR && ((one == 1 && other > 2) || (other == 1 && one > 2)))
        return;
    add(ret, t->path[0], true);
    straighten(t->path, 0, n - 1, ret);
}

static void trace(struct tracer *t, bool loops, struct ink *ret)
{
    for (int y = 1; y < SIDE - 1; y++)
        for (int x = 1; x < SIDE - 1; x++) {
            struct px p = {x, y};

            if (!t->b[y][x] || (!loops && ways(t->b, p) == 2))
                continue;
            for (int i = 0; i < 8; i++)
                if (joined(t->b, p, i) && !(t->gone[y][x] >> i & 1))
                    walk(t, p, i, ret);
        }
}

void skeleton(uint8_t black[SKELETON_SIDE][SKELETON_SIDE], struct ink *ret)
{
    static struct tracer t;
    bool more = true;

    while (more) {
        more = thin_once(black, 0);
        more |= thin_once(black, 1);
    }
    memset(&t, 0, sizeof t);
    t.b = black;
    ret->n = 0;
    trace(&t, false, ret);
    trace(&t, true, ret);
}
