/* SPDX-License-Identifier: Apache-2.0
 *
 * Items that are taken off: which version of which, and bundles.
 */
#include "test.h"

#include "model/halt.h"

static const struct halts two = {.version = 3,
                                 .n = 2,
                                 .list = {{.task_code = "A", .upto = 3, .zh = "材料有误", .en = "wrong list"},
                                          {.task_code = "B", .upto = 1, .zh = "改了"}}};

static const struct halt *of(const char *code, int version)
{
    return halts_item(&two, &(struct item){.task_code = code, .task_version = version});
}

TEST(a_version_and_those_before)
{
    CHECK(of("A", 3) == &two.list[0]);
    CHECK(of("A", 1) == &two.list[0]);
    CHECK(!of("A", 4)); /* it was mended */
    CHECK(of("B", 1) && !of("B", 2));
    CHECK(!of("C", 1) && !of("", 1));
    CHECK(halts_code(&two, "B") == &two.list[1] && !halts_code(&two, "b"));
}

TEST(a_bundle_without_one_of_its_members)
{
    const struct item well = {.task_code = "C", .task_version = 1}, ill = {.task_code = "B", .task_version = 1},
                      mended = {.task_code = "B", .task_version = 2};
    struct item bundle = {.task_code = "D", .task_version = 9, .n_joined = 2, .joined = {&well, &ill}};

    CHECK(halts_item(&two, &bundle) == &two.list[1]);
    bundle.joined[1] = &mended;
    CHECK(!halts_item(&two, &bundle));
}

TEST(in_the_readers_language)
{
    CHECK_STR(halt_words(&two.list[0], LANGUAGE_EN), "wrong list");
    CHECK_STR(halt_words(&two.list[0], LANGUAGE_ZH_CN), "材料有误");
    CHECK_STR(halt_words(&two.list[1], LANGUAGE_EN), "改了");
}

TEST_MAIN(T(a_version_and_those_before), T(a_bundle_without_one_of_its_members), T(in_the_readers_language))
