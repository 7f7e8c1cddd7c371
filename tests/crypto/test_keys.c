/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys: the pair of RFC 9180 A.3, files, and points that are none.
 */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "crypto/keys.h"

#define SK "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"
#define PK                                                                                                                  \
    "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aa" \
    "fd68"                                                                                                                  \
    "a2ce72ea0"
#define GROUP_ORDER "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"

static char dir[] = "/tmp/tongban-keys-XXXXXX";

static char *path_of(const char *name)
{
    static char path[4][128];
    static int turn;
    char *p = path[turn++ % 4];
    snprintf(p, 128, "%s/%s", dir, name);
    return p;
}

static void scalar(const char *hex, uint8_t out[P256_SCALAR_LEN])
{
    size_t n = 0;
    hex_decode(hex, strlen(hex), out, P256_SCALAR_LEN, &n);
}

TEST(scalar_gives_its_point)
{
    uint8_t d[P256_SCALAR_LEN];
    char hex[2 * P256_POINT_LEN + 1];
    struct private_key *k = NULL;
    struct public_key p;
    struct err e = {0};

    scalar(SK, d);
    CHECK_INT(key_from_scalar(d, &k, &e), 0);
    key_public(k, &p);
    hex_encode(p.point, sizeof p.point, hex);
    CHECK_STR(hex, PK);
    CHECK_INT(public_key_check(&p, &e), 0);
    key_free(k);
}

TEST(scalars_out_of_range)
{
    uint8_t d[P256_SCALAR_LEN] = {0};
    struct private_key *k = NULL;
    struct err e = {0};

    CHECK_INT(key_from_scalar(d, &k, &e), -ERR_KEY);
    scalar(GROUP_ORDER, d);
    CHECK_INT(key_from_scalar(d, &k, &e), -ERR_KEY);
    CHECK(k == NULL);
}

TEST(points_that_are_none)
{
    struct private_key *k = NULL;
    struct public_key good, bad;
    struct err e = {0};

    CHECK_INT(key_generate(&k, &e), 0);
    key_public(k, &good);
    bad = good;
    bad.point[64] ^= 1; /* off the curve */
    CHECK_INT(public_key_check(&bad, &e), -ERR_KEY);
    bad = good;
    bad.point[0] = 0x02; /* compressed form */
    CHECK_INT(public_key_check(&bad, &e), -ERR_KEY);
    memset(&bad, 0, sizeof bad); /* infinity */
    CHECK_INT(public_key_check(&bad, &e), -ERR_KEY);
    memset(bad.point + 1, 0xff, 64); /* not below the prime */
    bad.point[0] = 4;
    CHECK_INT(public_key_check(&bad, &e), -ERR_KEY);
    key_free(k);
}

TEST(private_file)
{
    struct private_key *k = NULL, *again = NULL;
    struct public_key a, b;
    struct stat st;
    struct err e = {0};
    char *path = path_of("a.pem");

    CHECK_INT(key_generate(&k, &e), 0);
    CHECK_INT(key_save(k, path, &e), 0);
    CHECK_INT(stat(path, &st), 0);
    CHECK_INT(st.st_mode & 07777, 0600);
    CHECK_INT(key_save(k, path, &e), -ERR_EXISTS);
    CHECK_INT(key_load(path, &again, &e), 0);
    key_public(k, &a);
    key_public(again, &b);
    CHECK_MEM(&a, &b, sizeof a);
    key_free(again);
    key_free(k);
}

TEST(public_file)
{
    struct private_key *k = NULL;
    struct public_key a, b;
    uint8_t id_a[8], id_b[8];
    struct err e = {0};

    CHECK_INT(key_generate(&k, &e), 0);
    key_public(k, &a);
    CHECK_INT(public_key_save(&a, path_of("a.pub"), &e), 0);
    CHECK_INT(public_key_load(path_of("a.pub"), &b, &e), 0);
    CHECK_MEM(&a, &b, sizeof a);
    public_key_id(&a, id_a);
    public_key_id(&b, id_b);
    CHECK_MEM(id_a, id_b, sizeof id_a);
    key_free(k);
}

TEST(files_of_others)
{
    struct private_key *k = NULL;
    struct public_key p;
    struct err e = {0};
    const char *junk = "-----BEGIN EC PRIVATE KEY-----\nnothing\n-----END EC PRIVATE KEY-----\n";

    CHECK_INT(key_load(path_of("none.pem"), &k, &e), -ERR_NOTFOUND);
    CHECK_INT(fs_write_atomic(path_of("junk.pem"), junk, strlen(junk), 0600, &e), 0);
    CHECK_INT(key_load(path_of("junk.pem"), &k, &e), -ERR_KEY);
    CHECK(strstr(e.text, "junk.pem") != NULL);
    CHECK_INT(public_key_load(path_of("junk.pem"), &p, &e), -ERR_KEY);
    CHECK_INT(public_key_load(path_of("a.pem"), &p, &e), -ERR_KEY);
    CHECK(k == NULL);
}

/* Staff make their keys with OpenSSL: PKCS#8, and not always the right curve. */
static const char pkcs8[] = "-----BEGIN PRIVATE KEY-----\n"
                            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkmpcTaMTbSwM93h3\n"
                            "V0uE2BlSgkA7/X7uz/6+Gw6N7EehRANCAASf83Q5T+Um2Ob3MUgO9MTju0cOiuwY\n"
                            "qZAflSUSNAsoHjCvAf7ewXeJwqnJz/mMQ7dCQ+srOdTYpzHRbr/JrVsr\n"
                            "-----END PRIVATE KEY-----\n";
static const char p384[] = "-----BEGIN PRIVATE KEY-----\n"
                           "MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDAFPH931bToBx8TKfYj\n"
                           "2ymhyzxncz2FnXEP8wrXxP3FkZ0ywxJkVdZ+DNqoEVZXT+GhZANiAASftd7/kXBS\n"
                           "BGJUPAPORJUhYMU+IPvNOH2D7q6yHQVpSdy54vPaCeh41YKxkSgrf/+7EiVqk82l\n"
                           "3XGDZ0YxKLvdn6Sv3cRp1oyztlyRiwIHkTh2K1gqCoyffaf9uxQ3We8=\n"
                           "-----END PRIVATE KEY-----\n";

TEST(openssl_files)
{
    struct private_key *k = NULL;
    struct public_key p;
    struct err e = {0};
    char hex[17];
    uint8_t id[8];

    CHECK_INT(fs_write_atomic(path_of("p8.pem"), pkcs8, strlen(pkcs8), 0600, &e), 0);
    CHECK_INT(key_load(path_of("p8.pem"), &k, &e), 0);
    if (!k)
        return;
    key_public(k, &p);
    public_key_id(&p, id);
    hex_encode(id, sizeof id, hex);
    CHECK_STR(hex, "17a7a1144bca6ac1");
    key_free(k);
    k = NULL;
    CHECK_INT(fs_write_atomic(path_of("p384.pem"), p384, strlen(p384), 0600, &e), 0);
    CHECK_INT(key_load(path_of("p384.pem"), &k, &e), -ERR_KEY);
    CHECK(strstr(e.text, "no P-256 key") != NULL);
    CHECK(k == NULL);
}

TEST(begin)
{
    CHECK(mkdtemp(dir) != NULL);
}

TEST(end)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    CHECK_INT(system(command), 0);
}

TEST_MAIN(SETUP(begin), T(scalar_gives_its_point), T(scalars_out_of_range), T(points_that_are_none), T(private_file),
          T(public_file), T(files_of_others), T(openssl_files), TEARDOWN(end))
