/* SPDX-License-Identifier: Apache-2.0
 *
 * Each line of peer.def is read as it was said, by the side that may hear it, and nothing else is.
 */
#include "wire/peer.h"

#include "test.h"

static struct peer_line p;

/* Read, and written again as the same bytes. */
static bool same(enum peer_from from, const char *text)
{
    struct buf out;
    bool is = peer_decode(text, from, &p) == 0;

    buf_init(&out, 4096);
    is = is && peer_encode(&p, &out) == 0 && !strcmp(buf_str(&out), text);
    buf_finish(&out);
    return is;
}

static bool refused(enum peer_from from, const char *text)
{
    return peer_decode(text, from, &p) < 0;
}

TEST(what_kiosk_says)
{
    CHECK(same(PEER_FROM_KIOSK, "journal 18446744073709551") && p.kind == PEER_JOURNAL);
    CHECK_INT(p.seq, 18446744073709551);
    CHECK(same(PEER_FROM_KIOSK, "catalogue 12 -1 0 head-expired,root-near-end 13 signature 7") && p.kind == PEER_CATALOGUE);
    CHECK_INT(p.version, 12);
    CHECK_INT(p.whole, -1);
    CHECK_STR(p.warnings, "head-expired,root-near-end");
    CHECK_INT(p.tried, 13);
    CHECK_STR(p.reason, "signature");
    CHECK_INT(p.halts, 7);
    CHECK(same(PEER_FROM_KIOSK, "lease general 2026-01-05") && p.kind == PEER_LEASE_WANTED);
    CHECK_STR(p.queue, "general");
    CHECK_STR(p.day, "2026-01-05");
    CHECK(same(PEER_FROM_KIOSK, "again 2026-01-05") && p.kind == PEER_AGAIN);
    CHECK(same(PEER_FROM_KIOSK, "now") && p.kind == PEER_NOW);
    CHECK(same(PEER_FROM_KIOSK, "uplink look") && p.kind == PEER_UPLINK_LOOK);
    CHECK(same(PEER_FROM_KIOSK, "uplink test") && p.kind == PEER_UPLINK_TEST);
    CHECK(same(PEER_FROM_KIOSK, "how ready low absent repair 1767585600000 0") && p.kind == PEER_HOW);
    CHECK_STR(p.ticket, "low");
    CHECK_STR(p.out, "repair");
    CHECK_INT(p.since, 1767585600000);
    CHECK(refused(PEER_FROM_KIOSK, "how ready low absent repair 5"));
    CHECK(refused(PEER_FROM_KIOSK, "how ready low <b> - 0 0"));
}

TEST(what_kiosk_sync_says)
{
    CHECK(same(PEER_FROM_PEER, "hello sync") && p.kind == PEER_HELLO);
    CHECK(same(PEER_FROM_PEER, "state up 0") && p.kind == PEER_STATE && p.up && !p.sure);
    CHECK(same(PEER_FROM_PEER, "state down 1") && !p.up && p.sure);
    CHECK(same(PEER_FROM_PEER, "certificate 1767585600000 1") && p.kind == PEER_CERTIFICATE && p.refused);
    CHECK_INT(p.ms, 1767585600000);
    CHECK(same(PEER_FROM_PEER, "incoming") && p.kind == PEER_INCOMING);
    CHECK(same(PEER_FROM_PEER, "ack {\"v\":1, \"x\":\"a b\"}") && p.kind == PEER_ACK);
    CHECK_STR(p.bytes, "{\"v\":1, \"x\":\"a b\"}");
    CHECK(same(PEER_FROM_PEER, "lease {}") && p.kind == PEER_LEASE);
    CHECK(same(PEER_FROM_PEER, "leased") && p.kind == PEER_LEASED);
    CHECK(same(PEER_FROM_PEER, "queues 1500 {\"a\":1}") && p.kind == PEER_QUEUES);
    CHECK_INT(p.ms, 1500);
    CHECK_STR(p.bytes, "{\"a\":1}");
    CHECK(same(PEER_FROM_PEER, "uplink link-up 0 eth0, 1000 Mbit/s") && p.kind == PEER_UPLINK);
    CHECK(same(PEER_FROM_PEER, "uplinked") && p.kind == PEER_UPLINKED);
}

TEST(what_kioskctl_asks)
{
    CHECK(same(PEER_FROM_PEER, "hello ctl") && p.kind == PEER_HELLO_TOOL);
    CHECK(same(PEER_FROM_PEER, "status") && p.kind == PEER_STATUS);
    CHECK(same(PEER_FROM_PEER, "devices") && p.kind == PEER_DEVICES);
    CHECK(same(PEER_FROM_PEER, "capture reader 20") && p.kind == PEER_CAPTURE);
    CHECK_STR(p.option, "");
    CHECK(same(PEER_FROM_PEER, "capture reader 3600 with-personal-data"));
    CHECK_INT(p.seconds, 3600);
    CHECK_STR(p.option, "with-personal-data");
    CHECK(same(PEER_FROM_PEER, "width receipt") && p.kind == PEER_WIDTH && p.mark == 0);
    CHECK(same(PEER_FROM_PEER, "width receipt 48") && p.mark == 48);
    CHECK(same(PEER_FROM_PEER, "network look") && p.kind == PEER_NETWORK);
    CHECK(same(PEER_FROM_PEER, "selftest begin") && p.kind == PEER_SELFTEST);
    CHECK(same(PEER_FROM_PEER, "selftest card 30"));
    CHECK_STR(p.step, "card");
    CHECK_STR(p.option, "30");
}

/* Nobody says the other side's lines. */
TEST(each_side_has_its_own)
{
    CHECK(refused(PEER_FROM_PEER, "journal 5"));
    CHECK(refused(PEER_FROM_PEER, "now"));
    CHECK(refused(PEER_FROM_PEER, "again 2026-01-05"));
    CHECK(refused(PEER_FROM_KIOSK, "uplinked"));
    CHECK(refused(PEER_FROM_PEER, "uplink test"));
    CHECK(refused(PEER_FROM_KIOSK, "hello sync"));
    CHECK(refused(PEER_FROM_KIOSK, "ack {}"));
    CHECK(refused(PEER_FROM_KIOSK, "status"));
    CHECK(refused(PEER_FROM_KIOSK, "lease {\"v\":1}"));
}

TEST(fields_are_whole_and_in_bounds)
{
    static const char *const from_peer[] = {"",
                                            "hello",
                                            "hello syn",
                                            "hello sync ",
                                            "status ",
                                            "status now",
                                            "state",
                                            "state up",
                                            "state up 2",
                                            "state UP 1",
                                            "state up 1 1",
                                            "state  up 1",
                                            "ack",
                                            "ack ",
                                            "queues {}",
                                            "queues -1 {}",
                                            "queues 1",
                                            "queues 1 ",
                                            "queues 01 {}",
                                            "queues +1 {}",
                                            "capture reader",
                                            "capture reader 0",
                                            "capture reader 3601",
                                            "capture reader x",
                                            "width",
                                            "width receipt 0",
                                            "width receipt 1000",
                                            "width receipt 4 8",
                                            "certificate 9223372036854775808 0",
                                            "certificate 99999999999999999999 0",
                                            "certificate 1",
                                            "leasedx",
                                            "selftest",
                                            "selftest caf\xC3\xA9",
                                            "capture aaaaaaaaaaaaaaaaaaaaaaaa 5"};
    static const char *const from_kiosk[] = {"journal",
                                             "journal -1",
                                             "journal 1 2",
                                             "lease a",
                                             "lease a b c",
                                             "lease a/b 2026-01-05",
                                             "catalogue 1 2 3",
                                             "catalogue 1 -2 0 - 0 - 0",
                                             "catalogue 1 0 0 - 0 -",
                                             "catalogue 1 0 0 - 0 - -1",
                                             "catalogue 1 0 0 a b",
                                             "catalogue 1 0 0 -",
                                             "catalogue 1 0 0 - 0 - -",
                                             "catalogue 1 0 0 - 0 - 0 0",
                                             "again",
                                             "again 2026-01-05 now",
                                             "lease \"a\" 2026-01-05"};

    for (size_t i = 0; i < sizeof from_peer / sizeof *from_peer; i++)
        CHECK(refused(PEER_FROM_PEER, from_peer[i]));
    for (size_t i = 0; i < sizeof from_kiosk / sizeof *from_kiosk; i++)
        CHECK(refused(PEER_FROM_KIOSK, from_kiosk[i]));
}

/* What could not be read again is not said. */
TEST(nothing_else_is_written)
{
    struct buf out;
    const struct peer_line bad[] = {{.kind = PEER_AGAIN},
                                    {.kind = PEER_AGAIN, .day = "two words"},
                                    {.kind = PEER_JOURNAL, .seq = -1},
                                    {.kind = PEER_ACK},
                                    {.kind = PEER_ACK, .bytes = "{\n}"}};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buf_init(&out, 4096);
        CHECK(peer_encode(&bad[i], &out) < 0);
        buf_finish(&out);
    }
}

TEST_MAIN(T(what_kiosk_says), T(what_kiosk_sync_says), T(what_kioskctl_asks), T(each_side_has_its_own),
          T(fields_are_whole_and_in_bounds), T(nothing_else_is_written))
