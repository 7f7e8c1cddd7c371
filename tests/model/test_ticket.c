/* SPDX-License-Identifier: Apache-2.0
 *
 * Leased blocks: which number comes next, and how many are left.
 */
#include "test.h"

#include "model/ticket.h"

TEST(next_number)
{
    const struct ticket_block b[] = {{41, 20}, {1, 20}}; /* not in order: a late answer */
    CHECK_INT(ticket_block_next(b, 2, 0), 1);
    CHECK_INT(ticket_block_next(b, 2, 12), 13);
    CHECK_INT(ticket_block_next(b, 2, 19), 20);
    CHECK_INT(ticket_block_next(b, 2, 20), 41); /* 21 to 40 are another terminal's */
    CHECK_INT(ticket_block_next(b, 2, 60), 0);
    CHECK_INT(ticket_block_next(b, 0, 0), 0);
}

TEST(numbers_left)
{
    const struct ticket_block b[] = {{1, 20}, {41, 20}};
    CHECK_INT(ticket_block_left(b, 2, 0), 40);
    CHECK_INT(ticket_block_left(b, 2, 18), 22);
    CHECK_INT(ticket_block_left(b, 2, 45), 15);
    CHECK_INT(ticket_block_left(b, 2, 60), 0);
}

TEST(queue_ids)
{
    CHECK(queue_id_valid("general"));
    CHECK(queue_id_valid("a-b_2"));
    CHECK(!queue_id_valid(""));
    CHECK(!queue_id_valid("General"));
    CHECK(!queue_id_valid("a b"));
    CHECK(!queue_id_valid("a/b"));
    CHECK(!queue_id_valid("abcdefghijklmnopqrstuvwx")); /* 24 */
}

TEST(find)
{
    const struct queues_now q = {.n = 2, .list = {{.id = "a", .waiting = 1}, {.id = "b", .waiting = 2}}};
    CHECK_INT(queues_now_find(&q, "b")->waiting, 2);
    CHECK(!queues_now_find(&q, "c"));
}

TEST_MAIN(T(next_number), T(numbers_left), T(queue_ids), T(find))
