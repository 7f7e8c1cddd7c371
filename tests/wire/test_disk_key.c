/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall keeps for a terminal's disk: there and back, and what a recovery key looks like.
 */
#include "test.h"

#include "wire/disk_key.h"

#define RECOVERY "000011-720885-110000-000000-123453-065538-330330-000022"
#define SECRET "0102030000000000000000000000000000000000000000000000000000000000"

TEST(there_and_back)
{
    struct disk_key k = {.recovery = RECOVERY, .release = {1, 2, 3}}, back = {.recovery = ""};
    struct buf text;

    buf_init(&text, DISK_KEY_BYTES_MAX);
    CHECK_INT(disk_key_encode(&k, &text), 0);
    CHECK_STR(buf_str(&text), "{\"v\":1,\"recovery\":\"" RECOVERY "\",\"release\":\"" SECRET "\"}");
    CHECK_INT(disk_key_decode(text.data, text.len, &back, NULL), 0);
    CHECK_MEM(&back, &k, sizeof k);
    buf_reset(&text);
    k.recovery[0] = 0; /* a machine whose data is not encrypted */
    CHECK_INT(disk_key_encode(&k, &text), 0);
    CHECK_STR(buf_str(&text), "{\"v\":1,\"release\":\"" SECRET "\"}");
    CHECK_INT(disk_key_decode(text.data, text.len, &back, NULL), 0);
    CHECK_STR(back.recovery, "");
    buf_finish(&text);
}

TEST(which_group_is_wrong)
{
    CHECK_INT(disk_key_recovery_wrong(RECOVERY), 0);
    CHECK_INT(disk_key_recovery_wrong("000012-720885-110000-000000-123453-065538-330330-000022"), 1);
    CHECK_INT(disk_key_recovery_wrong("000011-720896-110000-000000-123453-065538-330330-000022"), 2); /* above 65535 * 11 */
    CHECK_INT(disk_key_recovery_wrong("000011-720885-110000-000000-123543-065538-330330-000022"), 5); /* two swapped */
    CHECK_INT(disk_key_recovery_wrong("000011-720885-110000-000000-123453-065538-330330-000022-"), 8);
    CHECK_INT(disk_key_recovery_wrong("000011-720885-110000-000000-123453-065538-330330"), 7);
    CHECK_INT(disk_key_recovery_wrong("000011 720885-110000-000000-123453-065538-330330-000022"), 1);
    CHECK_INT(disk_key_recovery_wrong(""), 1);
}

TEST(refused)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"v\":1}",
        "{\"v\":2,\"release\":\"" SECRET "\"}",
        "{\"v\":1,\"release\":\"01\"}",
        "{\"v\":1,\"release\":\"x" SECRET "\"}",
        "{\"v\":1,\"release\":\"" SECRET "\",\"more\":1}",
        "{\"v\":1,\"recovery\":\"000012-720885-110000-000000-123453-065538-330330-000022\",\"release\":\"" SECRET "\"}",
    };
    struct disk_key k = {.release = {5}};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(disk_key_decode(bad[i], strlen(bad[i]), &k, NULL) < 0);
    CHECK_INT(k.release[0], 5); /* untouched */
}

TEST_MAIN(T(there_and_back), T(which_group_is_wrong), T(refused))
