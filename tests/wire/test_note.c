/* SPDX-License-Identifier: Apache-2.0
 *
 * The note outside the encrypted part: there and back, torn, foreign, and which of two copies counts.
 */
#include "test.h"

#include "wire/note.h"

static struct private_key *key;
static uint8_t one[NOTE_COPY_BYTES], other[NOTE_COPY_BYTES];

static struct note sample(int64_t sequence, int64_t waiting)
{
    struct note n = {.sequence = sequence,
                     .at_ms = 1763629200000,
                     .terminal = "t-1103-003",
                     .place = {.zone = "城东政务服务 24 小时自助",
                               .spot = "示范区城东街道",
                               .device = "03 号机",
                               .hotline = "65550100",
                               .supervision = "12345"},
                     .version = "1.5.0",
                     .slot = 'a',
                     .waiting = waiting,
                     .last = 41,
                     .acked = 37};

    memset(n.release, 0x5a, sizeof n.release);
    return n;
}

static void write_copy(uint8_t copy[NOTE_COPY_BYTES], int64_t sequence, int64_t waiting)
{
    struct note n = sample(sequence, waiting);
    struct err e = {0};

    if (!key)
        CHECK_INT(key_generate(&key, NULL), 0);
    if (note_encode(&n, key, copy, &e) < 0)
        printf("# %s\n", e.text);
    CHECK(copy[0] == 't');
}

/* By what they are written as: what lies between members of a struct is not copied by every compiler. */
static void check_same(const struct note *a, const struct note *b)
{
    struct buf of_a, of_b;

    buf_init(&of_a, NOTE_COPY_BYTES);
    buf_init(&of_b, NOTE_COPY_BYTES);
    CHECK_INT(note_text_encode(a, &of_a), 0);
    CHECK_INT(note_text_encode(b, &of_b), 0);
    CHECK_STR(buf_str(&of_a), buf_str(&of_b));
    buf_finish(&of_a);
    buf_finish(&of_b);
}

TEST(there_and_back)
{
    struct note back = {.sequence = 0}, n = sample(7, 3);
    struct public_key own;

    write_copy(one, 7, 3);
    CHECK_INT(note_decode(one, &back, NULL), 0);
    key_public(key, &own);
    n.key = own;
    check_same(&back, &n);
    write_copy(one, 8, NOTE_WAITING_UNKNOWN);
    CHECK_INT(note_decode(one, &back, NULL), 0);
    CHECK_INT(back.waiting, NOTE_WAITING_UNKNOWN);
}

/* What stands on a disk has one form for ever. */
TEST(layout)
{
    write_copy(one, 7, 3);
    CHECK_MEM(one, "tongban-note-v1\n", 16);
    size_t text = be16(one + 16), sig = be16(one + 18);
    CHECK_MEM(one + 20, "{\"v\":1,\"sequence\":7,\"at\":1763629200000,\"terminal\":\"t-1103-003\",\"place\":{", 71);
    CHECK(one[20 + text - 1] == '}');
    CHECK(one[20 + text] == 0x30); /* DER */
    for (size_t i = 20 + text + sig; i < NOTE_COPY_BYTES; i++)
        CHECK_INT(one[i], 0);
}

TEST(the_newer_copy_counts)
{
    struct note n = {.sequence = 0};

    write_copy(one, 7, 3);
    write_copy(other, 8, 4);
    CHECK_INT(note_choose(one, other, &n, NULL), 0);
    CHECK_INT(n.waiting, 4);
    CHECK_INT(note_choose(other, one, &n, NULL), 0);
    CHECK_INT(n.waiting, 4);
}

/* At any byte: what is half new is refused, and the older copy is there. */
TEST(a_torn_write_leaves_the_older)
{
    uint8_t new[NOTE_COPY_BYTES], torn[NOTE_COPY_BYTES];
    struct note n = {.sequence = 0};

    write_copy(one, 7, 3);
    write_copy(other, 6, 2);
    write_copy(new, 8, 4);
    for (size_t at = 512; at < NOTE_COPY_BYTES; at += 512) {
        memcpy(torn, other, sizeof torn);
        memcpy(torn, new, at);
        CHECK_INT(note_choose(one, torn, &n, NULL), 0);
        CHECK_INT(n.waiting, memcmp(torn, new, sizeof torn) ? 3 : 4);
        memcpy(torn, new, sizeof torn);
        memcpy(torn, other, at);
        CHECK_INT(note_choose(torn, one, &n, NULL), 0);
        CHECK(n.waiting == 3 || (n.waiting == 4 && !memcmp(torn, new, sizeof torn)));
    }
}

/* Each bit of a copy matters, but for the zeros behind it. */
TEST(no_bit_is_another)
{
    struct note n = {.waiting = 77};

    write_copy(one, 7, 3);
    size_t len = 20 + be16(one + 16) + be16(one + 18);
    for (size_t i = 0; i < len; i++) {
        one[i] ^= 1;
        CHECK(note_decode(one, &n, NULL) < 0);
        one[i] ^= 1;
    }
    CHECK_INT(n.waiting, 77); /* untouched */
}

TEST(nobody_and_not_known_differ)
{
    struct note n = {.sequence = 0};

    memset(one, 0, sizeof one);
    memset(other, 0, sizeof other);
    CHECK_INT(note_choose(one, other, &n, NULL), -ERR_NOTFOUND);
    other[100] = 1;
    CHECK_INT(note_choose(one, other, &n, NULL), -ERR_INVALID);
    CHECK_INT(note_choose(other, one, &n, NULL), -ERR_INVALID);
    write_copy(one, 7, 3);
    CHECK_INT(note_choose(one, other, &n, NULL), 0);
    CHECK_INT(note_choose(other, one, &n, NULL), 0);
    memset(other, 0, sizeof other);
    CHECK_INT(note_choose(other, one, &n, NULL), 0);
    one[30] ^= 1;
    CHECK(note_choose(one, other, &n, NULL) < 0);
    CHECK(note_choose(one, other, &n, NULL) != -ERR_NOTFOUND);
}

TEST(refused)
{
    struct note n = sample(1, 0);
    uint8_t copy[NOTE_COPY_BYTES];

    CHECK_INT(note_encode(&n, key, copy, NULL), 0);
    n.terminal[0] = '1';
    CHECK_INT(note_encode(&n, key, copy, NULL), -ERR_INVALID);
    n = sample(1, -2);
    CHECK(note_encode(&n, key, copy, NULL) < 0);
    n = sample(1, 0);
    n.slot = 'c';
    CHECK_INT(note_encode(&n, key, copy, NULL), -ERR_INVALID);
    key_free(key);
}

TEST_MAIN(T(there_and_back), T(layout), T(the_newer_copy_counts), T(a_torn_write_leaves_the_older), T(no_bit_is_another),
          T(nobody_and_not_known_differ), T(refused))
