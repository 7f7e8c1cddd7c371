/* SPDX-License-Identifier: Apache-2.0
 *
 * From an open device to a reader that works.
 */
#include "drivers/sam/opening.h"

#include "test.h"

static const uint8_t id[16] = {5, 0, 1, 0, 0x35, 0xC8, 0x32, 0x01};
static const struct sam_reply fine = {.status = SAM_OK, .sw3 = 0x90};
static const struct sam_reply with_id = {.status = SAM_OK, .sw3 = 0x90, .data = id, .len = sizeof id};
static const struct sam_reply ill = {.status = SAM_CARD_ERROR, .sw3 = 0x41};

static void asks(const struct opening *o, enum sam_command command, bool optional)
{
    CHECK_INT(opening_command(o), command);
    CHECK_INT(opening_optional(o), optional);
}

TEST(status_then_id)
{
    struct opening o = {.id_tries = 2}; /* of the time before */

    opening_begin(&o);
    asks(&o, SAM_STATUS, false);
    CHECK_INT(opening_step(&o, &fine), OPENING_ASK);
    asks(&o, SAM_READ_ID, true);
    CHECK_INT(opening_step(&o, &with_id), OPENING_READY);
    CHECK(o.sam_id[0] != '\0');
}

TEST(its_status_says_that_it_is_ill)
{
    struct opening o = {.id_tries = 0};

    opening_begin(&o);
    CHECK_INT(opening_step(&o, &ill), OPENING_BROKEN);
    opening_begin(&o);
    asks(&o, SAM_STATUS, false);
}

TEST(a_reset_is_followed_by_its_status)
{
    static const struct sam_reply *const answers[] = {&fine, &ill};

    for (int i = 0; i < 2; i++) {
        struct opening o = {.id_tries = 0};
        opening_reset(&o);
        asks(&o, SAM_RESET, false);
        CHECK_INT(opening_step(&o, answers[i]), OPENING_ASK);
        asks(&o, SAM_STATUS, false);
    }
}

TEST(a_wrong_id_is_asked_for_three_times)
{
    struct opening o = {.id_tries = 0};

    opening_begin(&o);
    opening_step(&o, &fine);
    CHECK_INT(opening_step(&o, &fine), OPENING_ASK); /* no 16 bytes */
    CHECK_INT(opening_step(&o, &ill), OPENING_ASK);
    asks(&o, SAM_READ_ID, true);
    CHECK_INT(opening_step(&o, &fine), OPENING_READY); /* it serves all the same */
    CHECK_STR(o.sam_id, "");
}

TEST(silence_about_its_id_is_no_fault)
{
    struct opening o = {.id_tries = 0};

    opening_begin(&o);
    opening_step(&o, &fine);
    CHECK_INT(opening_step(&o, NULL), OPENING_READY);
}

TEST_MAIN(T(status_then_id), T(its_status_says_that_it_is_ill), T(a_reset_is_followed_by_its_status),
          T(a_wrong_id_is_asked_for_three_times), T(silence_about_its_id_is_no_fault))
