/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels: by the list of a later version (tests/tools/later.def), what stands where needs which.
 */
#include "test.h"

#define LEVEL_DEF "tools/later.def"
#include "firmware/model/level.c"

static int needs(enum level_of of, const char *text)
{
    struct json *doc = NULL;
    int n;

    CHECK_INT(json_parse(text, strlen(text), JSON_SIZE_MAX, &doc, NULL), 0);
    n = level_needs(of, doc);
    json_free(doc);
    return n;
}

TEST(a_key_at_its_place)
{
    CHECK_INT(needs(LEVEL_QUEUE, "{}"), 1);
    CHECK_INT(needs(LEVEL_QUEUE, "{\"id\":\"a\",\"by_phone\":false}"), 90);
    CHECK_INT(needs(LEVEL_QUEUE, "{\"id\":\"a\",\"by_phone\":null}"), 1);
    CHECK_INT(needs(LEVEL_QUEUE, "{\"by\":{\"by_phone\":1}}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "{\"by_phone\":1}"), 1);
}

/* A terminal that passed over the hours would give numbers at night. */
TEST(queues_with_hours)
{
    CHECK_INT(needs(LEVEL_QUEUE, "{\"id\":\"a\",\"hours\":{\"working\":[]},\"closures\":[]}"), 2);
    CHECK_INT(needs(LEVEL_QUEUE, "{\"id\":\"a\",\"open\":true}"), 1);
}

TEST(a_key_below_lists)
{
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"id\":\"a\"}]},{\"fields\":[{\"camera\":1}]}]}}"),
              90);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"camera\":1},{\"fields\":[]}]}}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":7}}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"camera\":[]}]}]}}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "[]"), 1);
}

TEST(a_key_with_a_value)
{
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"type\":\"text\"},{\"type\":\"hologram\"}]}]}}"), 90);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"type\":\"text\"}]}]}}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"type\":[\"x\",\"hologram\"]}]}]}}"), 90);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"type\":{\"hologram\":1}}]}]}}"), 1);
}

/* The lines of today, through the same list: conditions and demands that an older terminal would get wrong. */
TEST(demands_and_conditions)
{
    CHECK_INT(needs(LEVEL_ITEM, "{\"materials\":[{\"is_need\":\"1\"}],\"limit_scene_num\":1}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "{\"materials\":[{\"is_need\":\"1\"},{\"need_if\":{\"field\":\"a\",\"is\":\"b\"}}]}"), 2);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"choices\":[{\"visits\":0},{\"visits\":1}]}]}]}}"),
              2);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"show_if\":{\"field\":\"a\",\"is_not\":\"b\"}}]}]}}"),
              2);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"groups\":[{\"fields\":[{\"show_if\":{\"field\":\"a\",\"is\":\"b\"}}]}]}}"), 1);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"rules\":[{\"if\":{\"field\":\"a\",\"is_not\":\"b\"}}]}}"), 2);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"rules\":[{\"require\":{\"field\":\"a\",\"is_not\":\"b\"}}]}}"), 2);
}

TEST(bundles)
{
    CHECK_INT(needs(LEVEL_ITEM, "{\"members\":[\"a\",\"b\"]}"), 3);
    CHECK_INT(needs(LEVEL_ITEM, "{\"form\":{\"members\":[\"a\"]}}"), 1);
}

TEST(the_whole)
{
    CHECK_INT(needs(LEVEL_WHOLE, "{\"themes\":[{\"name\":\"a\"},{\"name\":\"b\",\"picture\":\"c\"}]}"), 90);
    CHECK_INT(needs(LEVEL_WHOLE, "{\"themes\":[{\"name\":\"a\"}]}"), 1);
    CHECK_INT(level_needs(LEVEL_WHOLE, NULL), 1);
}

TEST(the_highest_is_its_own)
{
    struct err e = {0};

    CHECK_INT(level_now(), 90);
    CHECK_INT(level_refuse(91, &e), -ERR_VERSION);
    CHECK_STR(e.text, "it needs level 91, this software has 90: update the software");
}

TEST_MAIN(T(a_key_at_its_place), T(queues_with_hours), T(a_key_below_lists), T(a_key_with_a_value),
          T(demands_and_conditions), T(bundles), T(the_whole), T(the_highest_is_its_own))
