/* SPDX-License-Identifier: Apache-2.0
 *
 * The page of a machine that does not start: each reason fits, in both languages and with the longest names, and says what
 * it must, and nothing that nobody can know.
 */
#include "ui/screens/stuck.h"

#include <stdio.h>

#include "test.h"
#include "ui/draw/font.h"

static const char *const codes[] = {"R001", "R002", "D001", "D002", "D003", "D004"};
static const struct place place = {.zone = "城东政务服务 24 小时自助",
                                   .spot = "示范区城东街道",
                                   .device = "03 号机",
                                   .hotline = "12345",
                                   .device_en = "No. 03",
                                   .terminal = "t-1103-003"};
static struct fonts *fonts;
static struct scene *scene;

static struct stuck_page page(const char *code)
{
    return (struct stuck_page){
        .boot = {.place = &place, .version = "1.5.0", .slot = "A"}, .code = code, .unsent = STUCK_UNSENT_UNKNOWN};
}

static void build(const struct stuck_page *p)
{
    struct err e = {0};

    if (!scene) {
        CHECK_INT(fonts_create(&fonts, &e), 0);
        scene = scene_create();
    }
    const struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};
    scene_begin(scene, &env);
    build_stuck(scene, p);
    scene_end(scene);
    CHECK(!scene->full);
    for (int i = 0; i < scene->n_ops; i++) {
        const struct op *o = &scene->ops[i];

        if (o->kind != OP_TEXT)
            continue;
        CHECK(o->box.x >= 0 && box_right(o->box) <= 1080 && o->box.y >= 0 && box_bottom(o->box) <= 1920);
        for (int k = 0; k < i; k++)
            CHECK(scene->ops[k].kind != OP_TEXT || box_empty(box_meet(scene->ops[k].box, o->box)));
    }
}

static bool says(const char *text)
{
    for (int i = 0; i < scene->n_nodes; i++)
        if (strstr(scene->nodes[i].label, text) || (scene->nodes[i].value && strstr(scene->nodes[i].value, text)))
            return true;
    return false;
}

TEST(each_reason)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct stuck_page p = page(codes[i]);

        CHECK(stuck_code_known(codes[i]));
        build(&p);
        CHECK(says(codes[i]) && says("12345") && says("03 号机") && says("not your fault") && says("给维护人员"));
        CHECK(says("交过的申请没有动") && says("untouched") == false && !says("都已经送到"));
    }
    CHECK(!stuck_code_known("") && !stuck_code_known("K2011") && !stuck_code_known("R0011"));
}

TEST(what_is_not_delivered)
{
    struct stuck_page p = page("D001");

    p.unsent = 3;
    build(&p);
    CHECK(says("还有 3 件没送到大厅") && says("3 not yet at the hall"));
    p.unsent = 0;
    build(&p);
    CHECK(says("都已经送到大厅") && says("has reached the hall"));
}

/* The picture that the image brings: nobody's name is on it. */
TEST(without_a_place)
{
    struct stuck_page p = page("R001");

    p.boot.place = NULL;
    build(&p);
    CHECK(says("R001") && !says("12345") && !says("请打这个电话"));
}

TEST(with_long_names)
{
    struct place longest = place;

    snprintf(longest.hotline, sizeof longest.hotline, "0311-6555 0100 转 88");
    snprintf(longest.device, sizeof longest.device, "十二号自助");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct stuck_page p = page(codes[i]);

        p.boot.place = &longest;
        p.boot.version = "v1.5.0-rc.3-124-g5886f4b-dirty";
        p.unsent = 123456;
        build(&p);
    }
}

TEST(finish)
{
    scene_destroy(scene);
    fonts_destroy(fonts);
}

TEST_MAIN(T(each_reason), T(what_is_not_delivered), T(without_a_place), T(with_long_names), TEARDOWN(finish))
