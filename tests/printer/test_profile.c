/* SPDX-License-Identifier: Apache-2.0
 *
 * The shipped profiles, inheritance, and files that are wrong.
 */
#include "drivers/printer/profile.h"

#include <unistd.h>

#include "base/fs.h"
#include "drivers/printer/printer.h"
#include "test.h"

static char dir[64];

static void write_file(const char *name, const char *json)
{
    char path[128];
    struct err e = {0};

    snprintf(path, sizeof path, "%s/%s.json", dir, name);
    CHECK_INT(fs_write_atomic(path, json, strlen(json), 0644, &e), 0);
}

static void begin(void)
{
    snprintf(dir, sizeof dir, "/tmp/profiles.XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    write_file("unknown", "{\"dots\":576}");
}

static void end(void)
{
    static const char *const names[] = {"unknown", "a", "b", "c"};
    char path[128];

    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s.json", dir, names[i]);
        unlink(path);
    }
    rmdir(dir);
}

static void expect_error(const char *json, const char *word)
{
    struct profiles *ps;
    struct err e = {0};

    begin();
    write_file("a", json);
    CHECK(profiles_load(dir, &ps, &e) < 0);
    if (!strstr(e.text, word))
        printf("# \"%s\" lacks \"%s\"\n", e.text, word);
    CHECK(strstr(e.text, word) != NULL);
    CHECK(strstr(e.text, "profile a") != NULL);
    end();
}

TEST(the_shipped_ones_load)
{
    struct profiles *ps;
    struct err e = {0};
    const struct profile *p;
    const char *why;

    CHECK_INT(profiles_load("assets/printers", &ps, &e), 0);
    CHECK_STR(e.text, "");
    p = profiles_match(ps, &(struct usb_info){.vendor = 0x04b8, .product = 0x0e15}, &why);
    CHECK_STR(p->name, "epson-tm-t20iii");
    CHECK_STR(why, "vendor and product");
    CHECK_INT(p->n_confirm, 1);
    CHECK_INT(p->confirm[0], PROFILE_MARKER_PROCESS_ID);
    CHECK_INT(p->role_hint, DEVICE_RECEIPT);
    CHECK(p->automatic_status && p->column_image && !p->status);
    p = profiles_match(ps, &(struct usb_info){.vendor = 0x1234, .product = 0x5678}, &why);
    CHECK_STR(p->name, "unknown");
    CHECK_STR(why, "class");
    CHECK_INT(p->chinese, GB_2312);
    CHECK_INT(p->n_confirm, 2); /* probed */
    CHECK_INT(p->confirm[0], PROFILE_MARKER_PROCESS_ID);
    CHECK_INT(p->confirm[1], PROFILE_MARKER_PAPER);
    p = profiles_by_name(ps, "generic-58");
    CHECK_INT(p->dots, 384);
    CHECK(p->separate_size);
    CHECK_INT(p->cut, PROFILE_CUT_NONE);
    CHECK(!profiles_by_name(ps, "laser"));
    p = profiles_by_name(ps, "epson-tm-t88");
    CHECK_INT(p->dots, 512);
    CHECK_INT(p->dots_per_mm, 7);
    CHECK_INT(p->usb, PROFILE_VENDOR_CLASS);
    CHECK_INT(profiles_by_name(ps, "cashino-kp-628e")->code_page, 255);
    CHECK_INT(profiles_by_name(ps, "cashino-kp-628e")->status, PROFILE_UNTORN_BIT);
    CHECK_INT(profiles_by_name(ps, "snbc-bt-t080")->status, PROFILE_JAM_BIT);
    CHECK_INT(profiles_by_name(ps, "custom-vkp80")->presenter.family, PROFILE_PRESENTER_CUSTOM);
    CHECK_INT(profiles_by_name(ps, "pyramid-reliance")->presenter.family, PROFILE_PRESENTER_CUSTOM); /* inherited */
    CHECK_INT(profiles_by_name(ps, "pyramid-reliance")->status, PROFILE_NO_FIXED_BITS);
    profiles_free(ps);
}

/* Two files with the same id: which printer it is would hang on the order of names. */
TEST(no_id_stands_in_two_files)
{
    struct profiles *ps;
    struct err e = {0};
    int n = 0;

    CHECK_INT(profiles_load("assets/printers", &ps, &e), 0);
    for (int i = 0; i < ps->n; i++)
        for (int m = 0; m < ps->list[i].n_matches; m++) {
            const char *why;

            struct usb_info info = {.vendor = ps->list[i].matches[m].vendor,
                                    .product = (uint16_t)ps->list[i].matches[m].product};

            snprintf(info.model, sizeof info.model, "%s", ps->list[i].matches[m].model);
            CHECK_STR(profiles_match(ps, &info, &why)->name, ps->list[i].name);
            n++;
        }
    CHECK(n >= 6);
    profiles_free(ps);
}

/* The table of the README is what the reader knows, word for word. */
TEST(the_readme_lists_every_member)
{
    char names[512], cell[64], *rest = names;
    struct err e = {0};
    struct buf text;

    CHECK_INT(fs_read("assets/printers/README.md", 16 * 1024, &text, &e), 0);
    buf_addc(&text, 0);
    snprintf(names, sizeof names, "%s", profile_members);
    for (char *name; (name = strsep(&rest, " "));) {
        snprintf(cell, sizeof cell, "`%s`", name);
        if (!strstr((const char *)text.data, cell))
            printf("# README.md lacks %s\n", name);
        CHECK(strstr((const char *)text.data, cell) != NULL);
    }
    buf_finish(&text);
}

TEST(a_member_not_named_is_the_ancestors)
{
    struct profiles *ps;
    struct err e = {0};
    const struct profile *p;

    begin();
    write_file("a", "{\"inherits\":\"b\",\"dots\":384,\"match\":[{\"vendor\":\"00aa\",\"product\":\"00bb\"}]}");
    write_file("b", "{\"inherits\":\"c\",\"chinese\":\"gb18030\",\"match\":[{\"vendor\":\"00aa\",\"product\":\"00cc\"}]}");
    write_file("c", "{\"confirm\":[\"process-id\"],\"dots\":832,\"chinese\":\"none\"}");
    CHECK_INT(profiles_load(dir, &ps, &e), 0);
    p = profiles_by_name(ps, "a");
    CHECK_INT(p->dots, 384);
    CHECK_INT(p->chinese, GB_18030);
    CHECK_INT(p->n_confirm, 1);
    CHECK_INT(p->confirm[0], PROFILE_MARKER_PROCESS_ID);
    CHECK_INT(p->n_matches, 1); /* ids are not inherited */
    CHECK_INT(p->matches[0].product, 0xbb);
    profiles_free(ps);
    end();
}

TEST(the_more_that_fits_the_better)
{
    struct usb_info info = {.vendor = 0xaa, .product = 0xbb, .model = "GP-80"};
    struct profiles *ps;
    struct err e = {0};
    const char *why;

    begin();
    write_file("a", "{\"match\":[{\"vendor\":\"00aa\"}]}");
    write_file("b", "{\"match\":[{\"vendor\":\"00aa\",\"product\":\"00bb\"}]}");
    write_file("c", "{\"match\":[{\"vendor\":\"00aa\",\"model\":\"GP-80\"}]}");
    CHECK_INT(profiles_load(dir, &ps, &e), 0);
    CHECK_STR(profiles_match(ps, &info, &why)->name, "c");
    CHECK_STR(why, "model");
    info.model[0] = '\0';
    CHECK_STR(profiles_match(ps, &info, &why)->name, "b");
    CHECK_STR(why, "vendor and product");
    info.product = 0xcc;
    CHECK_STR(profiles_match(ps, &info, &why)->name, "a");
    CHECK_STR(why, "vendor");
    info.vendor = 0xab;
    CHECK_STR(profiles_match(ps, &info, &why)->name, "unknown");
    CHECK_STR(why, "class");
    profiles_free(ps);
    end();
}

TEST(wrong_files_are_named)
{
    expect_error("{\"dots\":100}", "dots");
    expect_error("{\"dots\":579}", "dots");
    expect_error("{\"dotz\":576}", "dotz");
    expect_error("{\"cut\":\"sometimes\"}", "sometimes");
    expect_error("{\"match\":[{\"vendor\":\"xyz1\",\"product\":\"0000\"}]}", "vendor");
    expect_error("{\"match\":[{\"product\":\"0000\"}]}", "vendor");
    expect_error("{\"match\":[{\"vendor\":\"0000\",\"product\":\"00\"}]}", "product");
    expect_error("{\"inherits\":\"nobody\"}", "nobody");
    expect_error("{\"inherits\":\"a\"}", "inherits");
    expect_error("{\"inherits\":\"../a\"}", "inherits");
    expect_error("{\"band_rows\":1000}", "band_rows");
    expect_error("{\"confirm\":[]}", "confirm");
    expect_error("{\"confirm\":[\"hope\"]}", "hope");
    expect_error("{\"confirm\":[1]}", "confirm");
    expect_error("{\"status\":[\"rude\"]}", "rude");
    expect_error("{\"usb\":[\"slow\"]}", "slow");
    expect_error("{\"presenter\":{\"family\":\"hand\"}}", "hand");
    expect_error("{\"presenter\":{\"steps\":3}}", "steps");
    expect_error("{\"presenter\":{\"retract_s\":0}}", "presenter");
    expect_error("{\"code_page\":256}", "code_page");
    expect_error("{\"qr\":\"snbc\"}", "snbc");
    expect_error("[]", "profile");
    expect_error("{\"dots\":576,\"dots\":576}", "profile");
}

TEST(the_fallback_must_be_there)
{
    struct profiles *ps;
    struct err e = {0};

    begin();
    CHECK_INT(profiles_load(dir, &ps, &e), 0);
    profiles_free(ps);
    end();
    CHECK(profiles_load(dir, &ps, &e) < 0);
    begin();
    end();
    snprintf(dir, sizeof dir, "/tmp/profiles.XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    CHECK_INT(profiles_load(dir, &ps, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, "unknown") != NULL);
    rmdir(dir);
}

TEST_MAIN(T(the_shipped_ones_load), T(no_id_stands_in_two_files), T(the_readme_lists_every_member),
          T(a_member_not_named_is_the_ancestors), T(the_more_that_fits_the_better), T(wrong_files_are_named),
          T(the_fallback_must_be_there))
