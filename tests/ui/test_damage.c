/* SPDX-License-Identifier: Apache-2.0
 *
 * What is drawn again after a change: exactly what differs.
 */
#include "test.h"
#include "ui/draw/paint.h"

static int advance(void *ctx, enum weight w, int px, uint32_t cp)
{
    return px * 64;
}

static const struct scene_env env = {.metrics = {advance, NULL, false}, .screen = {0, 0, 1080, 1920}};

static void page(struct scene *s, const char *digits, bool pressed)
{
    scene_begin(s, &env);
    scene_rect(s, env.screen, 0, TOKEN_PAPER);
    scene_rect(s, (struct box){40, 300, 1000, 128}, 16, pressed ? TOKEN_PRIMARY_DEEP : TOKEN_PRIMARY);
    scene_draw(s, 40, 600, 900, TYPE(LEAD, REGULAR, INK), digits);
    scene_rect(s, (struct box){40, 1700, 100, 100}, 0, TOKEN_LINE);
    scene_end(s);
}

static struct damage between(const char *a, bool pa, const char *b, bool pb)
{
    struct scene *one = scene_create(), *two = scene_create();
    struct damage d;

    page(one, a, pa);
    page(two, b, pb);
    damage_find(one, two, &d);
    scene_destroy(one);
    scene_destroy(two);
    return d;
}

TEST(the_same_page_is_not_drawn_again)
{
    CHECK_INT(between("138", false, "138", false).n, 0);
}

TEST(one_text_is_one_small_box)
{
    struct damage d = between("138", false, "1380", false);

    CHECK_INT(d.n, 1);
    CHECK(d.boxes[0].y >= 580 && box_bottom(d.boxes[0]) <= 680);
    CHECK(box_holds(d.boxes[0], 40 + 3 * 40 + 20, 630, 0)); /* the new digit */
}

TEST(two_changes_far_apart_stay_apart)
{
    struct damage d = between("138", false, "1380", true);

    CHECK_INT(d.n, 2);
    for (int i = 0; i < d.n; i++)
        CHECK(d.boxes[i].h < 200);
}

TEST(what_went_away_is_drawn_over)
{
    struct scene *one = scene_create(), *two = scene_create();
    struct damage d;

    page(one, "138", false);
    page(two, "138", false);
    two->n_ops--;
    damage_find(one, two, &d);
    CHECK_INT(d.n, 1);
    CHECK(box_holds(d.boxes[0], 41, 1701, 0));
    scene_destroy(one);
    scene_destroy(two);
}

TEST(many_changes_keep_within_the_list)
{
    struct damage d = {.n = 0};

    for (int i = 0; i < 200; i++)
        damage_add(&d, (struct box){i * 37 % 1000, i * 91 % 1800, 10, 10});
    CHECK(d.n <= DAMAGE_MAX);
    for (int i = 0; i < 200; i++) {
        bool covered = false;

        for (int k = 0; k < d.n; k++)
            covered |= box_holds(d.boxes[k], i * 37 % 1000 + 5, i * 91 % 1800 + 5, 0);
        CHECK(covered);
    }
}

TEST(wiping_leaves_no_text)
{
    struct scene *s = scene_create();

    page(s, "13800000123", false);
    scene_wipe(s);
    for (size_t i = 0; i < SCENE_TEXT_MAX; i++)
        if (s->pool[i])
            CHECK(!"the pool is not empty");
    CHECK_INT(s->n_ops, 0);
    scene_destroy(s);
}

TEST_MAIN(T(the_same_page_is_not_drawn_again), T(one_text_is_one_small_box), T(two_changes_far_apart_stay_apart),
          T(what_went_away_is_drawn_over), T(many_changes_keep_within_the_list), T(wiping_leaves_no_text))
