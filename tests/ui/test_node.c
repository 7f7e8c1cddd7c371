/* SPDX-License-Identifier: Apache-2.0
 *
 * Hit test.
 */
#include "test.h"
#include "ui/node/node.h"

static struct node list[] = {
    {.id = "title", .role = NODE_TITLE, .box = {40, 136, 1000, 80}},
    {.id = "browse", .role = NODE_BUTTON, .box = {40, 300, 1000, 264}, .enabled = true},
    {.id = "queue", .role = NODE_BUTTON, .box = {40, 588, 1000, 220}, .enabled = true},
    {.id = "", .role = NODE_TEXT, .box = {40, 900, 1000, 40}},
    {.id = "end", .role = NODE_BUTTON, .box = {40, 1801, 160, 104}, .enabled = true},
};
#define N 5

TEST(hit_takes_the_target_under_the_finger)
{
    CHECK_STR(node_hit(list, N, 40, 300)->id, "browse");
    CHECK_STR(node_hit(list, N, 1039, 563)->id, "browse");
    CHECK(!node_hit(list, N, 40, 564));
    CHECK(!node_hit(list, N, 100, 150)); /* text is no target */
}

TEST(an_empty_id_names_nobody)
{
    CHECK(!node_by_id(list, N, ""));
    CHECK(!node_by_id(list, N, NULL));
    CHECK(node_by_id(list, N, "end") == &list[4]);
}

TEST_MAIN(T(hit_takes_the_target_under_the_finger), T(an_empty_id_names_nobody))
