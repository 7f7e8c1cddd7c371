/* SPDX-License-Identifier: Apache-2.0
 *
 * Pixels: clipping, round corners, masks, pictures of runs.
 */
#include "test.h"
#include "ui/draw/canvas.h"

#define W 64
#define H 64

static uint32_t px[W * H];

static struct canvas fresh(void)
{
    memset(px, 0, sizeof px);
    return (struct canvas){px, W, W, H, {0, 0, W, H}};
}

static int painted(void)
{
    int n = 0;

    for (int i = 0; i < W * H; i++)
        n += px[i] != 0;
    return n;
}

TEST(fill_is_cut_by_the_clip)
{
    struct canvas c = fresh();

    c.clip = (struct box){10, 10, 20, 20};
    canvas_fill(&c, (struct box){-50, 0, 500, 15}, 0xFFFFFF, 255);
    CHECK_INT(painted(), 20 * 5);
    canvas_round(&c, (struct box){-8, -8, 200, 200}, 30, 0xFFFFFF, 255);
    CHECK(px[9 * W + 15] == 0 && px[30 * W + 15] == 0);
}

TEST(round_corners_are_symmetric_and_soft)
{
    struct canvas c = fresh();

    canvas_round(&c, (struct box){2, 2, 60, 60}, 16, 0xFFFFFF, 255);
    CHECK_INT(px[2 * W + 2], 0);
    CHECK_INT(px[32 * W + 2], 0xFFFFFF);
    CHECK_INT(px[2 * W + 32], 0xFFFFFF);
    int soft = 0;

    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            CHECK_INT(px[y * W + x], px[(H - 1 - y) * W + x]);
            CHECK_INT(px[y * W + x], px[y * W + W - 1 - x]);
            soft += px[y * W + x] && px[y * W + x] != 0xFFFFFF;
        }
    CHECK(soft > 40);
}

TEST(a_disc_has_the_area_of_a_disc)
{
    struct canvas c = fresh();
    double sum = 0;

    canvas_round(&c, (struct box){0, 0, 64, 64}, 32, 0xFFFFFF, 255);
    for (int i = 0; i < W * H; i++)
        sum += (px[i] & 255) / 255.0;
    CHECK(sum > 3217 - 20 && sum < 3217 + 20); /* π · 32² */
}

TEST(an_edge_leaves_the_inside_alone)
{
    struct canvas c = fresh();

    canvas_edge(&c, (struct box){4, 4, 56, 56}, 12, 3, 0xFFFFFF);
    CHECK_INT(px[32 * W + 4], 0xFFFFFF);
    CHECK_INT(px[32 * W + 6], 0xFFFFFF);
    CHECK_INT(px[32 * W + 7], 0);
    CHECK_INT(px[32 * W + 32], 0);
}

TEST(a_ring_runs_clockwise_from_the_top)
{
    struct canvas c = fresh();

    canvas_ring(&c, (struct box){0, 0, 64, 64}, 8, 0xFFFFFF, 250);
    CHECK_INT(px[13 * W + 50], 0xFFFFFF); /* upper right */
    CHECK_INT(px[50 * W + 13], 0);        /* lower left */
    canvas_ring(&c, (struct box){0, 0, 64, 64}, 8, 0xFFFFFF, 750);
    CHECK_INT(px[50 * W + 13], 0xFFFFFF);
    CHECK_INT(px[13 * W + 13], 0); /* upper left */
    CHECK_INT(px[32 * W + 32], 0);
}

TEST(a_mask_blends)
{
    static const uint8_t cover[] = {0, 128, 255, 64};
    struct canvas c = fresh();

    canvas_mask(&c, 10, 10, (struct mask){cover, 2, 2}, 0x00FF00);
    CHECK_INT(px[10 * W + 10], 0);
    CHECK(px[10 * W + 11] > 0x007000 && px[10 * W + 11] < 0x009000);
    CHECK_INT(px[11 * W + 10], 0x00FF00);
}

TEST(nine_parts_keep_the_corners_and_stretch_the_middle)
{
    static const uint8_t cover[16] = {1, 2, 2, 1, 3, 255, 255, 3, 3, 255, 255, 3, 1, 2, 2, 1};
    struct canvas c = fresh();

    canvas_nine(&c, (struct box){0, 0, 40, 30}, (struct mask){cover, 4, 4}, 1, 0xFFFFFF, (struct box){5, 5, 3, 3});
    CHECK_INT(px[15 * W + 20], 0xFFFFFF);
    CHECK_INT(px[6 * W + 6], 0);
    CHECK_INT(px[6 * W + 8], 0xFFFFFF);
    CHECK_INT(px[6 * W + 4], 0xFFFFFF);
    CHECK_INT(px[1 * W + 38], 0xFFFFFF);
    CHECK(px[15 * W + 39] && px[15 * W + 39] != 0xFFFFFF);
    CHECK_INT(px[15 * W + 40], 0);
    CHECK_INT(px[30 * W + 20], 0);
}

TEST(runs_are_cut_by_frame_and_corner)
{
    /* 8 × 2: two rows of one run each */
    static const uint32_t data[] = {2, 4, 8, 0xFFFFFFFF, 8, 0xFFFFFFFF};
    struct canvas c = fresh();

    canvas_runs(&c, 0, 0, 8, 2, data, (struct box){2, 0, 4, 2}, 0);
    CHECK_INT(painted(), 4 * 2);
    c = fresh();
    canvas_runs(&c, 0, 0, 8, 2, data, (struct box){0, 0, 40, 20}, 4);
    CHECK_INT(px[0], 0);
    CHECK_INT(px[4], 0xFFFFFF);
}

TEST(a_stroke_is_as_thick_as_said_and_stays_in_the_clip)
{
    static const struct point line[] = {{10, 20}, {40, 20}};

    struct canvas c = fresh();

    canvas_stroke(&c, line, 2, 6, 0xFFFFFF);

    int lit = 0;

    for (int y = 0; y < 64; y++)
        lit += px[y * W + 25] == 0xFFFFFF;
    CHECK_INT(lit, 6);
    CHECK(px[20 * W + 8] != 0 && px[20 * W + 4] == 0); /* round ends reach half the thickness over */
    int all = painted();

    c = fresh();
    c.clip = (struct box){0, 0, 20, H};
    canvas_stroke(&c, line, 2, 6, 0xFFFFFF);
    CHECK(painted() < all / 2);
}

TEST_MAIN(T(a_stroke_is_as_thick_as_said_and_stays_in_the_clip), T(fill_is_cut_by_the_clip),
          T(round_corners_are_symmetric_and_soft), T(a_disc_has_the_area_of_a_disc), T(an_edge_leaves_the_inside_alone),
          T(a_ring_runs_clockwise_from_the_top), T(a_mask_blends), T(nine_parts_keep_the_corners_and_stretch_the_middle),
          T(runs_are_cut_by_frame_and_corner))
