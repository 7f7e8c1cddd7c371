/* SPDX-License-Identifier: Apache-2.0
 *
 * When a certificate is due, and that key and certificate lie as a pair. What happens then is in e2e/test_certificates.c.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "sync/identity.h"
#include "sync/renew.h"

#define DAY INT64_C(86400000)

TEST(from_two_thirds_on_within_a_twelfth)
{
    const int64_t from = INT64_C(1767571200000), year = 365 * DAY;
    int64_t first = renew_due(from, from + year, 0), last = renew_due(from, from + year, UINT32_MAX);
    CHECK(first >= from + year * 2 / 3 - DAY && first <= from + year * 2 / 3);
    CHECK(last > first + 29 * DAY && last <= from + year * 3 / 4);
    for (uint32_t share = 0; share < UINT32_MAX - 0x20000000; share += 0x10000000)
        CHECK(renew_due(from, from + year, share) < renew_due(from, from + year, share + 0x10000000));
    CHECK(renew_due(0, 100 * year, UINT32_MAX) <= 75 * year);
    CHECK(renew_due(0, 3000, UINT32_MAX) <= 3000);
}

static void add(const char *dir, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    CHECK_INT(fs_write_atomic(path, text, strlen(text), 0600, NULL), 0);
}

#define KEY "-----BEGIN EC PRIVATE KEY-----\nk\n-----END EC PRIVATE KEY-----\n"
#define CERT(x) "-----BEGIN CERTIFICATE-----\n" x "\n-----END CERTIFICATE-----\n"

TEST(one_file_holds_the_pair)
{
    char dir[64], command[200];
    struct buf key, cert, is;
    snprintf(dir, sizeof dir, "/tmp/tongban-renew-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(command, sizeof command, "%s/sync", dir);
    mkdir(command, 0755);
    CHECK_INT(identity_load(dir, &is, NULL), -ERR_NOTFOUND);
    buf_finish(&is);
    /* as a terminal was enrolled before: two files */
    add(dir, "sync/tls.pem", KEY);
    add(dir, "sync/tls.crt", CERT("old"));
    CHECK_INT(identity_load(dir, &is, NULL), 0);
    CHECK_STR(buf_str(&is), KEY CERT("old"));
    CHECK_INT(identity_split(&is), strlen(KEY));
    buf_finish(&is);
    buf_init(&key, 1000);
    buf_init(&cert, 1000);
    buf_adds(&key, KEY);
    buf_adds(&cert, CERT("new"));
    CHECK_INT(identity_save(dir, &key, &cert, NULL), 0);
    CHECK_INT(identity_load(dir, &is, NULL), 0);
    CHECK_STR(buf_str(&is), KEY CERT("new"));
    buf_finish(&is);
    /* the power failed before the old one was removed */
    add(dir, "sync/tls.crt", CERT("old"));
    CHECK_INT(identity_load(dir, &is, NULL), 0);
    CHECK_STR(buf_str(&is), KEY CERT("new"));
    buf_finish(&is);
    buf_finish(&key);
    buf_finish(&cert);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

static void next_key(const char *dir, struct buf *ret)
{
    buf_init(ret, IDENTITY_MAX);
    CHECK_INT(identity_next_key(dir, ret, NULL), 0);
}

/* Two requests, a power cut between them, and the hall hears the first after the second: with two keys it would forget the
 * certificate that the terminal has. */
TEST(the_next_key_outlives_a_power_cut)
{
    char dir[64], command[200];
    struct buf one, two, cert;
    snprintf(dir, sizeof dir, "/tmp/tongban-renew-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(command, sizeof command, "%s/sync", dir);
    mkdir(command, 0755);
    next_key(dir, &one);
    next_key(dir, &two);
    CHECK_STR(buf_str(&one), buf_str(&two));
    buf_finish(&two);
    /* not one: it is made anew */
    add(dir, "sync/tls.next.pem", "-----BEGIN EC PRIVATE KEY-----\n");
    next_key(dir, &two);
    CHECK(strcmp(buf_str(&one), buf_str(&two)));
    buf_finish(&one);
    /* the certificate came: the one after it gets a key of its own */
    buf_init(&cert, 1000);
    buf_adds(&cert, CERT("new"));
    CHECK_INT(identity_save(dir, &two, &cert, NULL), 0);
    next_key(dir, &one);
    CHECK(strcmp(buf_str(&one), buf_str(&two)));
    buf_finish(&one);
    /* also where the power failed before the kept one was removed */
    add(dir, "sync/tls.next.pem", buf_str(&two));
    next_key(dir, &one);
    CHECK(strcmp(buf_str(&one), buf_str(&two)));
    buf_finish(&one);
    buf_finish(&two);
    buf_finish(&cert);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(T(from_two_thirds_on_within_a_twelfth), T(one_file_holds_the_pair), T(the_next_key_outlives_a_power_cut))
