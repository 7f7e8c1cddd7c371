/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of revoked green-channel cards: whole or refused.
 */
#include "test.h"

#include "wire/green_revoked.h"

static struct private_key *key;
static struct manifest_role hall = {.threshold = 1, .n = 1};
static struct green_revoked list, again;

static void a_key(void)
{
    static const uint8_t scalar[P256_SCALAR_LEN] = {[31] = 7};

    CHECK_INT(key_from_scalar(scalar, &key, NULL), 0);
    key_public(key, &hall.keys[0]);
}

static void key_away(void)
{
    key_free(key);
}

static int through(int n)
{
    struct buf text;

    list = (struct green_revoked){.office = 1103, .minute = 29459580, .n = n};
    for (int i = 0; i < n; i++)
        snprintf(list.serials[i], sizeof list.serials[i], "%08d", 7 * i);
    CHECK_INT(green_revoked_sign(key, &list, NULL), 0);
    buf_init(&text, GREEN_REVOKED_BYTES_MAX);
    CHECK_INT(green_revoked_encode(&list, &text), 0);
    int rc = green_revoked_decode(text.data, text.len, &again, NULL);
    buf_finish(&text);
    return rc;
}

TEST(none_some_and_as_many_as_it_takes)
{
    static const int sizes[] = {0, 1, 2, GREEN_REVOKED_MAX};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        CHECK_INT(through(sizes[i]), 0);
        CHECK(again.office == 1103 && again.minute == 29459580 && again.n == sizes[i]);
        CHECK_INT(green_revoked_verify(&hall, &again, NULL), 0);
        CHECK_INT(green_revoked_has(&again, "00000000"), sizes[i] > 0);
        CHECK(!green_revoked_has(&again, "00000001"));
    }
    CHECK(green_revoked_has(&again, "00013993")); /* the last */
}

TEST(nothing_in_it_can_be_changed)
{
    CHECK_INT(through(2), 0);
    again.n = 1;
    CHECK_INT(green_revoked_verify(&hall, &again, NULL), -ERR_SIGNATURE);
    CHECK_INT(through(2), 0);
    again.minute++;
    CHECK_INT(green_revoked_verify(&hall, &again, NULL), -ERR_SIGNATURE);
    CHECK_INT(through(2), 0);
    again.office = 1204;
    CHECK_INT(green_revoked_verify(&hall, &again, NULL), -ERR_SIGNATURE);
}

TEST(other_spellings_are_refused)
{
    static const char *const wrong[] = {
        "",
        "TBR1 1103 5 0\n",
        "TBR1 1103 5 0\n30",
        "TBR1 1103 5 0\n\n",
        "TBR1 1103 5 0\n30\n\n",
        "TBR1 1103 5 1\n30\n",
        "TBR1 1103 5 0\n00000001\n30\n",
        "TBR1 1103 5 2\n00000002\n00000001\n30\n",
        "TBR1 1103 5 2\n00000001\n00000001\n30\n",
        "TBR1 1103 5 1\n0000001\n30\n",
        "TBR1 1103 5 -1\n30\n",
        "TBR1 1103 -5 0\n30\n",
        "TBR1 1103 05 0\n30\n",
        "TBR1 103 5 0\n30\n",
        "TBR1 1103 5 2001\n30\n",
        "TBR1 1103 5 0 \n30\n",
        "TBR1 1103 5 0\nAB\n",
    };

    again.n = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_INT(green_revoked_decode(wrong[i], strlen(wrong[i]), &again, NULL), -ERR_INVALID);
    CHECK_INT(again.n, 77);
    CHECK_INT(green_revoked_decode("TBR1 1103 5 1\n00000001\n30\n", 26, &again, NULL), 0);
}

TEST_MAIN(SETUP(a_key), T(none_some_and_as_many_as_it_takes), T(nothing_in_it_can_be_changed),
          T(other_spellings_are_refused), TEARDOWN(key_away))
