/* SPDX-License-Identifier: Apache-2.0
 *
 * Orders of kiosk to kiosk-voice: there and back, and what breaks the format.
 */
#include "wire/voice.h"

#include "test.h"

static struct voice_order order, got;
static uint8_t out[VOICE_ORDER_MAX];

TEST(there_and_back)
{
    order = (struct voice_order){VOICE_ADD, LANGUAGE_EN, 5, VOICE_FAST, 0xFFFFFFFE, "请取走 paper"};
    size_t n = voice_order_encode(&order, out);

    CHECK_INT(n, 9 + strlen(order.text));
    CHECK_INT(voice_order_decode(out, n, &got), 0);
    CHECK_INT(got.op, VOICE_ADD);
    CHECK_INT(got.language, LANGUAGE_EN);
    CHECK_INT(got.volume, 5);
    CHECK_INT(got.speed, VOICE_FAST);
    CHECK_INT(got.serial, 0xFFFFFFFE);
    CHECK_STR(got.text, order.text);
}

TEST(the_longest)
{
    order = (struct voice_order){.op = VOICE_SAY, .volume = 1};
    memset(order.text, 'x', VOICE_TEXT_MAX);
    size_t n = voice_order_encode(&order, out);

    CHECK_INT(n, VOICE_ORDER_MAX);
    CHECK_INT(voice_order_decode(out, n, &got), 0);
    CHECK_INT(strlen(got.text), VOICE_TEXT_MAX);
    CHECK_INT(voice_order_decode(out, n + 1, &got), -ERR_INVALID);
}

TEST(what_breaks_it)
{
    static const struct {
        int at, value;
    } bad[] = {{0, 2}, {1, VOICE_OPS}, {1, VOICE_STOP}, {2, LANGUAGE_COUNT}, {3, 0}, {3, 6}, {4, VOICE_SPEEDS},
               {9, 0}, {9, 0xFF}};

    order = (struct voice_order){.op = VOICE_SAY, .volume = 3, .text = "hello"};
    size_t n = voice_order_encode(&order, out);

    for (size_t i = 0; i < 9; i++)
        CHECK_INT(voice_order_decode(out, i, &got), -ERR_INVALID);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t was = out[bad[i].at];

        out[bad[i].at] = (uint8_t)bad[i].value;
        CHECK_INT(voice_order_decode(out, n, &got), -ERR_INVALID);
        out[bad[i].at] = was;
    }
    CHECK_INT(voice_order_decode(out, n, &got), 0);
}

TEST_MAIN(T(there_and_back), T(the_longest), T(what_breaks_it))
