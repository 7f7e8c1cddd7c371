/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 against the examples of FIPS 180-4.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "crypto/hash.h"

static const char *hex_of(const uint8_t digest[SHA256_LEN])
{
    static char hex[2 * SHA256_LEN + 1];
    hex_encode(digest, SHA256_LEN, hex);
    return hex;
}

TEST(known_answers)
{
    uint8_t out[SHA256_LEN];

    sha256("abc", 3, out);
    CHECK_STR(hex_of(out), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256(NULL, 0, out);
    CHECK_STR(hex_of(out), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* RFC 4231, test cases 2 and 6: a short key, and one longer than a block. */
TEST(known_answers_with_a_key)
{
    uint8_t out[SHA256_LEN], key[131];

    hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, out);
    CHECK_STR(hex_of(out), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof key);
    hmac_sha256(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First", 54, out);
    CHECK_STR(hex_of(out), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(pieces_make_the_whole)
{
    uint8_t whole[SHA256_LEN], pieces[SHA256_LEN];
    char text[1000];

    memset(text, 'a', sizeof text);
    sha256(text, sizeof text, whole);
    struct sha256 *h = sha256_begin();
    sha256_add(h, text, 1);
    sha256_add(h, NULL, 0);
    sha256_add(h, text + 1, 500);
    sha256_add(h, text + 501, 499);
    sha256_end(h, pieces);
    CHECK_MEM(pieces, whole, sizeof whole);
}

TEST(file)
{
    char path[] = "/tmp/tongban-hash-XXXXXX";
    uint8_t out[SHA256_LEN], want[SHA256_LEN];
    static char text[200 * 1024]; /* more than one block */
    uint64_t len = 0;
    struct err e = {0};

    memset(text, 'x', sizeof text);
    int fd = mkstemp(path);
    CHECK_INT(write(fd, text, sizeof text), (long)sizeof text);
    close(fd);
    sha256(text, sizeof text, want);
    CHECK_INT(sha256_file(path, out, &len, &e), 0);
    CHECK_INT(len, sizeof text);
    CHECK_MEM(out, want, sizeof want);
    unlink(path);
    CHECK_INT(sha256_file(path, out, &len, &e), -ERR_NOTFOUND);
    CHECK(strstr(e.text, path) != NULL);
    CHECK_INT(sha256_file("/tmp", out, &len, &e), -ERR_INVALID);
    CHECK_INT(sha256_file("/dev/zero", out, &len, &e), -ERR_INVALID);
    CHECK_INT(mkfifo(path, 0600), 0); /* nobody will ever write into it */
    CHECK_INT(sha256_file(path, out, &len, &e), -ERR_INVALID);
    unlink(path);
}

TEST_MAIN(T(known_answers), T(known_answers_with_a_key), T(pieces_make_the_whole), T(file))
