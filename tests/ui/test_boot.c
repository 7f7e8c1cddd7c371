/* SPDX-License-Identifier: Apache-2.0
 *
 * The two pages without kiosk: they fit, with the longest names too, and say what they must; and how a picture lies on a
 * panel.
 */
#include "ui/screens/boot.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"
#include "ui/draw/font.h"
#include "ui/draw/frame.h"
#include "ui/draw/panel.h"

static const struct place place = {.zone = "城东政务服务 24 小时自助",
                                   .spot = "示范区城东街道",
                                   .device = "03 号机",
                                   .hotline = "12345",
                                   .device_en = "No. 03",
                                   .terminal = "t-1103-003"};

static struct fonts *fonts;
static struct scene *scene;

static void begin(void)
{
    struct err e = {0};

    if (!scene) {
        CHECK_INT(fonts_create(&fonts, &e), 0);
        scene = scene_create();
    }
    const struct scene_env env = {.metrics = {fonts_advance, fonts, false}, .screen = {0, 0, 1080, 1920}};
    scene_begin(scene, &env);
}

static bool says(const char *text)
{
    for (int i = 0; i < scene->n_nodes; i++)
        if (strstr(scene->nodes[i].label, text) || (scene->nodes[i].value && strstr(scene->nodes[i].value, text)))
            return true;
    return false;
}

/* Texts stand below each other, on the page. */
static void fits(void)
{
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

TEST(boot_says_it_starts)
{
    begin();
    build_boot(scene, &(struct boot_page){.place = &place, .version = "1.5.0", .slot = "A"});
    fits();
    CHECK(says("正在开机") && says("Starting") && says("03 号机") && says("1.5.0") && !says("还在开机"));
}

TEST(boot_says_it_is_slow)
{
    begin();
    build_boot(scene, &(struct boot_page){.version = "1.5.0", .slot = "B", .slow = true});
    fits();
    CHECK(says("还在开机") && says("Still starting"));
}

static const struct crash_page crash = {.boot = {.place = &place, .version = "1.5.0", .slot = "B"},
                                        .code = "K2011",
                                        .since = "14:18",
                                        .other = "1.4.2",
                                        .times = 5};

TEST(crash_says_code_and_phone)
{
    begin();
    build_crash(scene, &crash);
    fits();
    CHECK(says("K2011") && says("12345") && says("03 号机") && says("14:18") && says("换回 1.4.2") && says("No. 03, K2011"));
    CHECK(says("TONGBAN t-1103-003 K2011 1.5.0 B")); /* the QR code */
    CHECK(!says("10 分钟自己再试"));
}

TEST(crash_without_another_slot)
{
    struct crash_page c = crash;

    begin();
    c.other = NULL;
    build_crash(scene, &c);
    fits();
    CHECK(says("10 分钟自己再试") && !says("换回"));
}

TEST(crash_without_a_place)
{
    struct crash_page c = crash;

    begin();
    c.boot.place = NULL;
    build_crash(scene, &c);
    fits();
    CHECK(says("代码 K2011") && !says("请打"));
}

TEST(crash_with_long_names)
{
    struct place p = place;
    struct crash_page c = crash;

    begin();
    snprintf(p.hotline, sizeof p.hotline, "0311-6555 0100 转 88");
    snprintf(p.device, sizeof p.device, "十二号自助");
    c.boot.place = &p;
    c.boot.version = "v1.5.0-rc.3-124-g5886f4b-dirty";
    c.code = "K1255";
    c.times = 9999;
    build_crash(scene, &c);
    fits();
}

/* --- on the panel --- */

static uint32_t px[2 * 4] = {1, 2, 3, 4, 5, 6, 7, 8}; /* 2 wide, 4 high */
static const struct canvas picture = {px, 2, 2, 4, {0, 0, 2, 4}};

TEST(panel_of_the_same_size)
{
    const struct panel_format f = {2, 4, 32, 12};
    uint32_t row[3];

    panel_row(&picture, &f, 3, (unsigned char *)row);
    CHECK_INT(row[0], 7);
    CHECK_INT(row[1], 8);
    CHECK_INT(row[2], 0);
}

TEST(panel_that_lies_down)
{
    const struct panel_format f = {6, 4, 32, 24};
    uint32_t row[6];

    panel_row(&picture, &f, 0, (unsigned char *)row);
    CHECK(row[0] == 0 && row[1] == 0 && row[2] == 1 && row[3] == 2 && row[4] == 0 && row[5] == 0);
}

TEST(panel_twice_as_large_in_16_bits)
{
    const struct panel_format f = {4, 12, 16, 8};
    const uint16_t red = 0xF800;
    uint16_t row[4];

    px[0] = 0xFF0000;
    panel_row(&picture, &f, 1, (unsigned char *)row);
    CHECK(row[0] == 0 && row[3] == 0); /* above the picture */
    panel_row(&picture, &f, 2, (unsigned char *)row);
    CHECK(row[0] == red && row[1] == red && row[2] == 0);
    px[0] = 1;
}

TEST(bmp_from_below)
{
    struct err e = {0};
    struct buf b;

    buf_init(&b, 1000);
    CHECK_INT(frame_bmp(&picture, &b, &e), 0);
    CHECK_INT(b.len, 54 + 4 * 8); /* rows of six bytes, filled to eight */
    CHECK(b.data[0] == 'B' && b.data[1] == 'M' && b.data[54] == 7 && b.data[57] == 8 && b.data[54 + 3 * 8] == 1);
    buf_finish(&b);
}

TEST(picture_as_a_file)
{
    static uint32_t four[] = {0xFF112233, 0xFF445566, 0xFF778899, 0xFFAABBCC};
    const struct canvas c = {.px = four, .stride = 2, .w = 2, .h = 2, .clip = {0, 0, 2, 2}};
    uint32_t *back = NULL;
    struct canvas read;
    struct buf file;

    buf_init(&file, PANEL_PICTURE_MAX);
    CHECK_INT(panel_picture_encode(&c, &file), 0);
    CHECK_INT(panel_picture_decode(file.data, file.len, &read, &back, NULL), 0);
    CHECK(read.w == 2 && read.h == 2 && back[0] == 0x112233 && back[3] == 0xAABBCC);
    free(back);
    back = NULL;
    CHECK_INT(panel_picture_decode(file.data, file.len - 1, &read, &back, NULL), -ERR_INVALID); /* cut short */
    CHECK_INT(panel_picture_decode(file.data, 5, &read, &back, NULL), -ERR_INVALID);
    CHECK_INT(panel_picture_decode("", 0, &read, &back, NULL), -ERR_INVALID);
    file.data[8] = 0xFF; /* 65,282 wide */
    CHECK_INT(panel_picture_decode(file.data, file.len, &read, &back, NULL), -ERR_INVALID);
    file.data[8] = file.data[9] = 0;
    CHECK_INT(panel_picture_decode(file.data, file.len, &read, &back, NULL), -ERR_INVALID);
    CHECK(back == NULL);
    buf_finish(&file);
}

TEST_MAIN(T(picture_as_a_file), T(boot_says_it_starts), T(boot_says_it_is_slow), T(crash_says_code_and_phone),
          T(crash_without_another_slot), T(crash_without_a_place), T(crash_with_long_names), T(panel_of_the_same_size),
          T(panel_that_lies_down), T(panel_twice_as_large_in_16_bits), T(bmp_from_below))
