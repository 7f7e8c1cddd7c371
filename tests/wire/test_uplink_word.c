/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding on its way to kiosk: there and back, and what a kiosk-sync that was taken over may not say.
 */
#include "wire/uplink_word.h"

#include <string.h>

#include "test.h"

static struct uplink_found back;

static int said(const char *line)
{
    struct peer_line p;

    return peer_decode(line, PEER_FROM_PEER, &p) < 0 ? -1 : uplink_word_take(&p, &back);
}

TEST(there_and_back)
{
    const struct uplink_found f = {.finding = UPLINK_TLS_PORTAL, .what = "深信服, ca 1", .n = 200};
    struct peer_line p;
    struct buf text;

    uplink_word_put(&f, &p);
    buf_init(&text, 512);
    CHECK_INT(peer_encode(&p, &text), 0);
    CHECK_STR(buf_str(&text), "uplink answers-everything 200 深信服, ca 1");
    CHECK_INT(said(buf_str(&text)), 0);
    CHECK(back.finding == f.finding && back.n == 200 && !strcmp(back.what, f.what));
    buf_finish(&text);
    CHECK_INT(said("uplink directly 0 -"), 0);
    CHECK_STR(back.what, "");
}

TEST(what_may_not_be_said)
{
    static const char *const bad[] = {"uplink",
                                      "uplink link-up",
                                      "uplink link-up 0",
                                      "uplink link-up 0 ",
                                      "uplink link-up -1 x",
                                      "uplink no-such 0 x",
                                      "uplink link-up 0 tab\there",
                                      "uplink link-up 0 \x1b[2J",
                                      "uplink link-up 0 \u202Ereversed",
                                      "uplinked now"};
    char long_one[UPLINK_WHAT_MAX + 40] = "uplink link-up 0 ";
    size_t at = strlen(long_one);

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(said(bad[i]) < 0);
    memset(long_one + at, 'w', UPLINK_WHAT_MAX + 1);
    CHECK(said(long_one) < 0);
    long_one[at + UPLINK_WHAT_MAX] = '\0';
    CHECK_INT(said(long_one), 0);
}

TEST_MAIN(T(there_and_back), T(what_may_not_be_said))
