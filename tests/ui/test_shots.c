/* SPDX-License-Identifier: Apache-2.0
 *
 * Every sample view in every language and size, pixel for pixel against the reference in tests/shots/. Whoever changed a
 * screen on purpose runs `make shots` and looks at the pictures. Other fonts draw other pixels: then this is skipped, and
 * test_screens measures the boxes.
 */
#include <libgen.h>
#include <unistd.h>

#include "base/fs.h"
#include "reference.h"
#include "test.h"
#include "tools/scenario/picture.h"

#define SHOTS "tests/shots"

static const char *assets(void)
{
    static char path[4200], exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

    exe[n > 0 ? n : 0] = '\0';
    snprintf(path, sizeof path, "%s/../../assets", dirname(exe));
    return path;
}

static void say_other(const char *line)
{
    printf("# not as kept: %s\n", line);
}
static void say_gone(const char *line)
{
    printf("# kept, but nothing draws it: %s\n", line);
}

TEST(every_view_is_drawn_as_kept)
{
    struct picture p = {0};
    struct err e = {0};
    struct buf kept, seen;

    if (!picture_comparable(assets(), SHOTS))
        SKIP("other versions of FreeType, fonts or librsvg than in " SHOTS "/versions");
    CHECK(fs_read(SHOTS "/screens.tsv", REFERENCE_BYTES_MAX, &kept, &e) >= 0);
    CHECK(picture_open(&p, assets(), &e) >= 0);
    buf_init(&seen, REFERENCE_BYTES_MAX);
    if (!test_failed_) {
        reference_list(&p, &seen, NULL);
        int other = reference_missing(buf_str(&seen), buf_str(&kept), say_other);
        int gone = other ? 0 : reference_missing(buf_str(&kept), buf_str(&seen), say_gone);

        if (other + gone)
            printf("# %d pictures are not as kept: run make shots and look at the pictures\n", other + gone);
        CHECK_INT(other + gone, 0);
    }
    picture_close(&p);
    buf_finish(&kept);
    buf_finish(&seen);
}

TEST(the_main_screens_are_kept_for_people)
{
    char path[200];

    for (size_t i = 0; i < REFERENCE_MAIN; i++) {
        snprintf(path, sizeof path, SHOTS "/screens/%s.png", reference_main[i]);
        if (access(path, R_OK))
            printf("# %s is missing: run make shots\n", path);
        CHECK(access(path, R_OK) == 0);
    }
}

TEST_MAIN(T(every_view_is_drawn_as_kept), T(the_main_screens_are_kept_for_people))
