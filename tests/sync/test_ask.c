/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall's answers mean to who asked. What goes over the wire is tested against the hall itself (tests/hall/ask.sh).
 */
#include "test.h"

#include "sync/ask.h"

TEST(words_of_answers)
{
    static const struct {
        int status;
        enum ask_reason why;
    } all[] = {{200, ASK_ANSWERED},    {204, ASK_REFUSED},   {400, ASK_REFUSED},   {403, ASK_REFUSED},
               {404, ASK_REFUSED},     {413, ASK_REFUSED},   {429, ASK_HALL_BUSY}, {500, ASK_HALL_AWAY},
               {502, ASK_OPENER_AWAY}, {503, ASK_HALL_BUSY}, {504, ASK_HALL_AWAY}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK_INT(ask_status(all[i].status), all[i].why);
}

TEST_MAIN(T(words_of_answers))
