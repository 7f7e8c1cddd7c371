/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes: finder patterns where they belong, the same picture for the same text, and the ceiling.
 */
#include "base/qr.h"

#include "test.h"

static bool finder_at(const struct qr *q, int x, int y)
{
    for (int dy = 0; dy < 7; dy++) {
        for (int dx = 0; dx < 7; dx++) {
            bool ring = dx == 0 || dx == 6 || dy == 0 || dy == 6;
            bool core = dx >= 2 && dx <= 4 && dy >= 2 && dy <= 4;
            if (q->dark[(y + dy) * q->size + x + dx] != (ring || core))
                return false;
        }
    }
    return true;
}

TEST(a_case_number)
{
    struct qr q, again;
    CHECK_INT(qr_encode("tongban:1103003261119000274@t-1103-003", &q, NULL), 0);
    CHECK(q.size >= 21 && q.size <= 33 && (q.size - 17) % 4 == 0);
    CHECK(finder_at(&q, 0, 0) && finder_at(&q, q.size - 7, 0) && finder_at(&q, 0, q.size - 7));
    CHECK(!finder_at(&q, q.size - 7, q.size - 7));
    CHECK_INT(qr_encode("tongban:1103003261119000274@t-1103-003", &again, NULL), 0);
    CHECK_MEM(q.dark, again.dark, (size_t)(q.size * q.size));
}

TEST(level_m_by_its_format_bits)
{
    struct qr q;
    CHECK_INT(qr_encode("1103003261119000274", &q, NULL), 0);
    /* the first two format modules, unmasked by 10: level M is 00 */
    CHECK_INT(q.dark[8 * q.size + 0] ^ 1, 0);
    CHECK_INT(q.dark[8 * q.size + 1] ^ 0, 0);
}

TEST(the_ceiling)
{
    struct qr q = {.size = -1};
    struct err e = {0};
    char text[4000];
    memset(text, 'a', sizeof text);
    text[450] = '\0';
    CHECK_INT(qr_encode(text, &q, &e), 0);
    CHECK_INT(q.size, QR_MODULES_MAX);
    text[450] = 'a';
    text[451] = '\0';
    q.size = -1;
    CHECK_INT(qr_encode(text, &q, &e), -ERR_TOOLONG);
    text[451] = 'a';
    text[3999] = '\0';
    CHECK_INT(qr_encode(text, &q, &e), -ERR_TOOLONG);
    CHECK_INT(qr_encode("", &q, &e), -ERR_INVALID);
    CHECK_INT(q.size, -1);
}

TEST_MAIN(T(a_case_number), T(level_m_by_its_format_bits), T(the_ceiling))
