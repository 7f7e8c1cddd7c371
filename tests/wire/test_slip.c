/* SPDX-License-Identifier: Apache-2.0
 *
 * The slip's code: there and back, whose it is, and what is none.
 */
#include "wire/slip.h"

#include "test.h"

static const uint8_t epoch[EPOCH_LEN] = {7}, other_epoch[EPOCH_LEN] = {8};

static struct slip_claim sample(void)
{
    struct slip_claim s = {.terminal = "t-1103-003",
                           .machine = {.version = "1.5.0", .slot = 'a', .imaged = true},
                           .minute = 29918952,
                           .ready = true};

    memset(s.machine.image, 0xab, sizeof s.machine.image);
    return s;
}

static struct slip_claim read_back(const struct buf *text)
{
    struct slip_claim s = {.minute = 0};

    CHECK_INT(slip_decode(text->data, text->len, &s, NULL), 0);
    return s;
}

TEST(there_and_back)
{
    struct slip_claim s = sample(), back;
    struct buf text;

    memcpy(s.sig, "\x30\x01\xff", s.sig_len = 3);
    buf_init(&text, SLIP_TEXT_MAX);
    CHECK_INT(slip_encode(&s, &text), 0);
    CHECK_STR(buf_str(&text), "TB1 t-1103-003 1.5.0 a 29918952 y q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s MAH_");
    back = read_back(&text);
    CHECK_MEM(&back, &s, sizeof s);
    buf_addc(&text, '\n');
    back = read_back(&text);
    CHECK_MEM(&back, &s, sizeof s);
    buf_finish(&text);
}

TEST(the_longest_fits_the_code)
{
    struct slip_claim s = sample();
    struct buf text;

    memset(s.terminal, 't', TERMINAL_ID_MAX);
    memset(s.machine.version, '9', MACHINE_VERSION_MAX);
    memset(s.sig, 0x30, s.sig_len = SIGNATURE_MAX);
    s.minute = 99999999;
    buf_init(&text, SLIP_TEXT_MAX);
    CHECK_INT(slip_encode(&s, &text), 0);
    buf_finish(&text);
}

TEST(a_machine_without_image)
{
    struct slip_claim s = {.terminal = "t", .machine = {.slot = '-'}, .sig = {1}, .sig_len = 1};
    struct buf text;

    buf_init(&text, SLIP_TEXT_MAX);
    CHECK_INT(slip_encode(&s, &text), 0);
    CHECK_STR(buf_str(&text), "TB1 t - - 0 n - AQ");
    s = read_back(&text);
    CHECK(!s.machine.imaged);
    buf_finish(&text);
}

TEST(only_the_terminals_own)
{
    struct private_key *key = NULL, *other = NULL;
    struct public_key pub, stranger;
    struct slip_claim s = sample(), changed;

    CHECK_INT(key_generate(&key, NULL), 0);
    CHECK_INT(key_generate(&other, NULL), 0);
    key_public(key, &pub);
    key_public(other, &stranger);
    CHECK_INT(slip_sign(key, epoch, &s, NULL), 0);
    CHECK_INT(slip_verify(&pub, epoch, &s, NULL), 0);
    CHECK_INT(slip_verify(&stranger, epoch, &s, NULL), -ERR_SIGNATURE);
    CHECK_INT(slip_verify(&pub, other_epoch, &s, NULL), -ERR_SIGNATURE);
    changed = s;
    changed.machine.image[31] ^= 1;
    CHECK_INT(slip_verify(&pub, epoch, &changed, NULL), -ERR_SIGNATURE);
    changed = s;
    changed.machine.slot = 'b';
    CHECK_INT(slip_verify(&pub, epoch, &changed, NULL), -ERR_SIGNATURE);
    changed = s;
    changed.ready = false;
    CHECK_INT(slip_verify(&pub, epoch, &changed, NULL), -ERR_SIGNATURE);
    key_free(key);
    key_free(other);
}

TEST(refused)
{
    static const char *const bad[] = {
        "",
        "TB1",
        "TB2 t - - 0 n - AQ",
        "TB1 T - - 0 n - AQ",
        "TB1 t 1;5 - 0 n - AQ",
        "TB1 t - c 0 n - AQ",
        "TB1 t - ab 0 n - AQ",
        "TB1 t - - 00 n - AQ",
        "TB1 t - - -1 n - AQ",
        "TB1 t - - 123456789 n - AQ",
        "TB1 t - - 0 yes - AQ",
        "TB1 t - - 0 n AQ AQ",  /* an image of one byte */
        "TB1 t - - 0 n - AR",   /* bits that stand for nothing */
        "TB1 t - - 0 n - A",    /* half a byte */
        "TB1 t - - 0 n - ",     /* no signature */
        "TB1 t - - 0 n - AQ==", /* padding */
        "TB1 t - - 0 n - AQ AQ",
        "TB1 t  - - 0 n - AQ",
        "TB1 t - - 0 n - AQ\n\n",
    };
    struct slip_claim s = {.minute = 5};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (slip_decode(bad[i], strlen(bad[i]), &s, NULL) == 0)
            CHECK_STR(bad[i], "refused");
    CHECK_INT(slip_decode("TB1 t - - 0 n - AQ\0", 19, &s, NULL), -ERR_INVALID);
    CHECK_INT(s.minute, 5); /* untouched */
}

TEST_MAIN(T(there_and_back), T(the_longest_fits_the_code), T(a_machine_without_image), T(only_the_terminals_own), T(refused))
