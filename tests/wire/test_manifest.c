/* SPDX-License-Identifier: Apache-2.0
 *
 * The signed files: what comes out of the encoder is read back, everything else is refused; thresholds; the chain of roots.
 */
#include "wire/manifest.h"

#include "test.h"

#define DAY INT64_C(86400000)
#define T0 (INT64_C(1767571200) * 1000) /* 2026-01-05T00:00:00Z */

static struct private_key *keys[10]; /* 0..2 root, 3..4 catalogue, 5 head, 6 sealing, 7 ask, 8 a stranger, 9 ack */

static void make_keys(void)
{
    for (size_t i = 0; i < 10 && !keys[i]; i++)
        key_generate(&keys[i], NULL);
}

static void drop_keys(void)
{
    for (size_t i = 0; i < 10; i++) {
        key_free(keys[i]);
        keys[i] = NULL;
    }
}

static void role(struct manifest_role *r, int threshold, size_t first, size_t n)
{
    *r = (struct manifest_role){.threshold = threshold, .n = n};
    for (size_t i = 0; i < n; i++)
        key_public(keys[first + i], &r->keys[i]);
}

static struct manifest_root sample_root(int64_t version)
{
    struct manifest_root r = {.version = version, .expires_ms = T0 + 730 * DAY};

    make_keys();
    role(&r.root, 2, 0, 3);
    role(&r.catalogue, 1, 3, 2);
    role(&r.head, 1, 5, 1);
    role(&r.acknowledgement, 1, 9, 1);
    key_public(keys[6], &r.sealing.key);
    key_public(keys[7], &r.ask.key);
    r.sealing.from_ms = r.ask.from_ms = T0 - DAY;
    r.sealing.to_ms = r.ask.to_ms = T0 + 400 * DAY;
    return r;
}

static struct manifest_catalog sample_catalog(void)
{
    struct manifest_catalog c = {.version = 41, .min_version = 38, .needs = 3, .expires_ms = T0 + 365 * DAY};

    strcpy(c.file.name, "catalog-41.db");
    c.file.size = 69632;
    memset(c.file.sha256, 0xab, sizeof c.file.sha256);
    c.n_patches = 2;
    for (size_t i = 0; i < c.n_patches; i++) {
        struct manifest_patch *p = &c.patches[i];

        p->from = 40 - (int64_t)i;
        memset(p->from_sha256, (int)p->from, sizeof p->from_sha256);
        snprintf(p->file.name, sizeof p->file.name, "catalog-%d-41.patch", (int)p->from);
        p->file.size = 500;
        memset(p->file.sha256, 0xcd, sizeof p->file.sha256);
    }
    return c;
}

/* Signs with the keys named by their index; the caller finishes both. */
static void sign(const char *prefix, const struct buf *json, struct buf *sig, const char *who)
{
    struct manifest_signatures s = {0};

    for (; *who; who++)
        CHECK_INT(manifest_sign(keys[*who - '0'], prefix, json->data, json->len, &s, NULL), 0);
    buf_init(sig, MANIFEST_MAX);
    CHECK_INT(manifest_signatures_encode(&s, sig, NULL), 0);
}

TEST(root_there_and_back)
{
    struct manifest_root r = sample_root(3), back = {0};
    struct buf b;

    buf_init(&b, MANIFEST_MAX);
    CHECK_INT(manifest_root_encode(&r, &b, NULL), 0);
    CHECK_INT(manifest_root_decode(b.data, b.len, &back, NULL), 0);
    CHECK_INT(back.version, 3);
    CHECK_INT(back.expires_ms, r.expires_ms);
    CHECK_INT(back.root.threshold, 2);
    CHECK_INT(back.root.n, 3);
    CHECK_INT(back.catalogue.n, 2);
    CHECK_MEM(back.head.keys[0].point, r.head.keys[0].point, P256_POINT_LEN);
    CHECK_INT(back.acknowledgement.threshold, 1);
    CHECK_INT(back.acknowledgement.n, 1);
    CHECK_MEM(back.acknowledgement.keys[0].point, r.acknowledgement.keys[0].point, P256_POINT_LEN);
    CHECK_MEM(back.sealing.key.point, r.sealing.key.point, P256_POINT_LEN);
    CHECK_INT(back.ask.to_ms, r.ask.to_ms);
    buf_finish(&b);
}

TEST(an_older_root_without_acknowledgement_keys)
{
    struct manifest_root r = sample_root(3), back;
    struct buf b, again;

    buf_init(&b, MANIFEST_MAX);
    buf_init(&again, MANIFEST_MAX);
    r.acknowledgement = (struct manifest_role){0};
    CHECK_INT(manifest_root_encode(&r, &b, NULL), 0);
    CHECK(!strstr(buf_str(&b), "acknowledgement"));
    memset(&back, 0xff, sizeof back);
    CHECK_INT(manifest_root_decode(b.data, b.len, &back, NULL), 0);
    CHECK_INT(back.acknowledgement.n, 0);
    CHECK_INT(manifest_root_encode(&back, &again, NULL), 0);
    CHECK_STR(buf_str(&again), buf_str(&b));
    buf_finish(&again);
    buf_finish(&b);
}

TEST(catalog_and_head_there_and_back)
{
    struct manifest_catalog c = sample_catalog(), c2 = {0};
    struct manifest_head h = {.root = 3, .catalogue = 41, .at_ms = T0, .expires_ms = T0 + MANIFEST_HEAD_DAYS * DAY},
                         h2 = {0};
    struct buf b;

    buf_init(&b, MANIFEST_MAX);
    CHECK_INT(manifest_catalog_encode(&c, &b, NULL), 0);
    CHECK_INT(manifest_catalog_decode(b.data, b.len, &c2, NULL), 0);
    CHECK_INT(c2.version, 41);
    CHECK_INT(c2.min_version, 38);
    CHECK_INT(c2.needs, 3);
    CHECK_STR(c2.file.name, "catalog-41.db");
    CHECK_INT(c2.file.size, 69632);
    CHECK_MEM(c2.file.sha256, c.file.sha256, SHA256_LEN);
    CHECK_INT(c2.n_patches, 2);
    CHECK_MEM(c2.patches, c.patches, sizeof c.patches);
    CHECK(manifest_patch_from(&c2, 39, c.patches[1].from_sha256) == &c2.patches[1]);
    CHECK(manifest_patch_from(&c2, 39, c.patches[0].from_sha256) == NULL);
    CHECK(manifest_patch_from(&c2, 38, c.patches[1].from_sha256) == NULL);
    buf_reset(&b);
    CHECK_INT(manifest_head_encode(&h, &b, NULL), 0);
    CHECK_INT(manifest_head_decode(b.data, b.len, &h2, NULL), 0);
    CHECK_INT(h2.root, 3);
    CHECK_INT(h2.catalogue, 41);
    CHECK_INT(h2.at_ms, T0);
    CHECK_INT(h2.expires_ms, h.expires_ms);
    buf_finish(&b);
}

TEST(impossible_values_are_not_written)
{
    struct manifest_catalog c = sample_catalog();
    struct manifest_root r = sample_root(1);
    struct buf b;

    buf_init(&b, MANIFEST_MAX);
    c.expires_ms++;
    CHECK_INT(manifest_catalog_encode(&c, &b, NULL), -ERR_INVALID);
    c = sample_catalog();
    c.min_version = 42;
    CHECK(manifest_catalog_encode(&c, &b, NULL) < 0);
    c = sample_catalog();
    strcpy(c.file.name, "../root.json");
    CHECK(manifest_catalog_encode(&c, &b, NULL) < 0);
    c = sample_catalog();
    c.patches[1].from = 40; /* twice the same base */
    CHECK(manifest_catalog_encode(&c, &b, NULL) < 0);
    c = sample_catalog();
    c.patches[0].from = 41;
    CHECK(manifest_catalog_encode(&c, &b, NULL) < 0);
    c = sample_catalog();
    c.patches[0].file.size = c.file.size;
    CHECK(manifest_catalog_encode(&c, &b, NULL) < 0);
    c = sample_catalog();
    strcpy(c.patches[0].file.name, c.file.name);
    CHECK(manifest_catalog_encode(&c, &b, NULL) < 0);
    r.root.threshold = 4;
    CHECK(manifest_root_encode(&r, &b, NULL) < 0);
    r = sample_root(1);
    r.root.keys[1] = r.root.keys[0];
    CHECK(manifest_root_encode(&r, &b, NULL) < 0);
    r = sample_root(1);
    r.acknowledgement.threshold = 2;
    CHECK(manifest_root_encode(&r, &b, NULL) < 0);
    r = sample_root(1);
    r.sealing.key.point[40] ^= 1;
    CHECK(manifest_root_encode(&r, &b, NULL) < 0);
    buf_finish(&b);
}

#define HASH "abababababababababababababababababababababababababababababababab"
#define FILE_OK "\"file\":{\"name\":\"c.db\",\"size\":1,\"sha256\":\"" HASH "\"}"
#define CATALOG(v, min, expires, file)                                                                                      \
    "{\"v\":1,\"version\":" v ",\"min_version\":" min ",\"expires\":\"" expires "\"," file "}"
#define WHEN "2027-01-05T08:00:00+08:00"

/* What a later version says besides is passed over; whom it matters to stands in `needs`. */
TEST(catalog_of_a_later_version)
{
    const char *text = CATALOG("1", "1", WHEN, FILE_OK ",\"more\":{\"x\":[1]},\"needs\":12");
    const char *plain = CATALOG("1", "1", WHEN, FILE_OK);
    struct manifest_catalog c;

    CHECK_INT(manifest_catalog_decode(text, strlen(text), &c, NULL), 0);
    CHECK_INT(c.needs, 12);
    CHECK_INT(manifest_catalog_decode(plain, strlen(plain), &c, NULL), 0);
    CHECK_INT(c.needs, 1);
}

TEST(catalog_refuses)
{
    static const char *const bad[] = {
        "",
        "{}",
        "[]",
        CATALOG("0", "1", WHEN, FILE_OK),
        CATALOG("1", "2", WHEN, FILE_OK),
        CATALOG("1", "0", WHEN, FILE_OK),
        CATALOG("\"1\"", "1", WHEN, FILE_OK),
        CATALOG("1.0", "1", WHEN, FILE_OK),
        CATALOG("2147483648", "1", WHEN, FILE_OK),
        CATALOG("1", "1", "tomorrow", FILE_OK),
        CATALOG("1", "1", "2027-02-30T08:00:00+08:00", FILE_OK),
        CATALOG("1", "1", "1806-11-23T07:33:40+08:00", FILE_OK),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"c.db\",\"size\":0,\"sha256\":\"" HASH "\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"c.db\",\"size\":9999999999,\"sha256\":\"" HASH "\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"C.db\",\"size\":1,\"sha256\":\"" HASH "\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\".hidden\",\"size\":1,\"sha256\":\"" HASH "\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"a/b\",\"size\":1,\"sha256\":\"" HASH "\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"\",\"size\":1,\"sha256\":\"" HASH "\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"c.db\",\"size\":1,\"sha256\":\"abab\"}"),
        CATALOG("1", "1", WHEN, "\"file\":{\"name\":\"c.db\",\"size\":1,\"sha256\":\"" HASH "\",\"more\":1}"),
        CATALOG("1", "1", WHEN, FILE_OK ",\"needs\":0"),
        CATALOG("1", "1", WHEN, FILE_OK ",\"needs\":\"2\""),
        CATALOG("1", "1", WHEN, FILE_OK "," FILE_OK),
        "{\"v\":2,\"version\":1,\"min_version\":1,\"expires\":\"" WHEN "\"," FILE_OK "}",
    };
    const char *good = CATALOG("1", "1", WHEN, FILE_OK);
    struct manifest_catalog c = {.version = 7};

    CHECK_INT(manifest_catalog_decode(good, strlen(good), &c, NULL), 0);
    CHECK_INT(c.expires_ms, T0 + 365 * DAY);
    c.version = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};

        if (manifest_catalog_decode(bad[i], strlen(bad[i]), &c, &e) >= 0) {
            printf("# taken: %s\n", bad[i]);
            CHECK(false);
        }
        CHECK(e.text[0]);
    }
    CHECK_INT(c.version, 7); /* untouched */
    CHECK(manifest_catalog_decode(good, strlen(good) - 1, &c, NULL) < 0);
}

TEST(threshold)
{
    struct manifest_root r = sample_root(1), back;
    struct buf json, one, two, twice, stranger;
    struct err e = {0};

    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_root_encode(&r, &json, NULL), 0);
    sign(MANIFEST_ROOT_PREFIX, &json, &one, "1");
    sign(MANIFEST_ROOT_PREFIX, &json, &two, "20");
    sign(MANIFEST_ROOT_PREFIX, &json, &twice, "11");
    sign(MANIFEST_ROOT_PREFIX, &json, &stranger, "18");
    CHECK_INT(manifest_root_open(json.data, json.len, one.data, one.len, &back, &e), -ERR_SIGNATURE);
    CHECK(strstr(e.text, "1 of 2"));
    CHECK_INT(manifest_root_open(json.data, json.len, two.data, two.len, &back, NULL), 0);
    CHECK_INT(manifest_root_open(json.data, json.len, twice.data, twice.len, &back, NULL), -ERR_SIGNATURE);
    CHECK_INT(manifest_root_open(json.data, json.len, stranger.data, stranger.len, &back, NULL), -ERR_SIGNATURE);
    buf_finish(&one);
    buf_finish(&two);
    buf_finish(&twice);
    buf_finish(&stranger);
    buf_finish(&json);
}

/* The same signature listed twice must not count for two. */
TEST(repeated_signature)
{
    struct manifest_root r = sample_root(1), back;
    struct manifest_signatures s = {0};
    struct buf json, sig;

    buf_init(&json, MANIFEST_MAX);
    buf_init(&sig, MANIFEST_MAX);
    CHECK_INT(manifest_root_encode(&r, &json, NULL), 0);
    CHECK_INT(manifest_sign(keys[0], MANIFEST_ROOT_PREFIX, json.data, json.len, &s, NULL), 0);
    s.list[1] = s.list[0];
    s.n = 2;
    CHECK_INT(manifest_signatures_encode(&s, &sig, NULL), 0);
    CHECK_INT(manifest_root_open(json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_SIGNATURE);
    buf_finish(&sig);
    buf_finish(&json);
}

TEST(signature_of_another_kind_or_byte)
{
    struct manifest_root root = sample_root(1);
    struct manifest_catalog c = sample_catalog(), back;
    struct buf json, sig, as_head;

    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_catalog_encode(&c, &json, NULL), 0);
    sign(MANIFEST_CATALOG_PREFIX, &json, &sig, "4");
    sign(MANIFEST_HEAD_PREFIX, &json, &as_head, "4");
    CHECK_INT(manifest_catalog_open(&root, json.data, json.len, sig.data, sig.len, &back, NULL), 0);
    CHECK_INT(manifest_catalog_open(&root, json.data, json.len, as_head.data, as_head.len, &back, NULL), -ERR_SIGNATURE);
    for (size_t i = 0; i < json.len; i += 7) {
        json.data[i] ^= 1;
        CHECK_INT(manifest_catalog_open(&root, json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_SIGNATURE);
        json.data[i] ^= 1;
    }
    buf_finish(&sig);
    sign(MANIFEST_CATALOG_PREFIX, &json, &sig, "0125678");
    CHECK_INT(manifest_catalog_open(&root, json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_SIGNATURE);
    buf_finish(&sig);
    buf_finish(&as_head);
    buf_finish(&json);
}

TEST(root_chain)
{
    struct manifest_root first = sample_root(1), second = sample_root(2), third = sample_root(3), back;
    struct buf json, sig;

    /* root 2 has other keys: 1, 2 and 4 */
    key_public(keys[4], &second.root.keys[0]);
    buf_init(&json, MANIFEST_MAX);
    CHECK_INT(manifest_root_encode(&second, &json, NULL), 0);
    sign(MANIFEST_ROOT_PREFIX, &json, &sig, "12"); /* two of both */
    CHECK_INT(manifest_root_next(&first, json.data, json.len, sig.data, sig.len, &back, NULL), 0);
    CHECK_INT(back.version, 2);
    buf_finish(&sig);
    sign(MANIFEST_ROOT_PREFIX, &json, &sig, "01"); /* two of the old, one of the new */
    CHECK_INT(manifest_root_next(&first, json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_SIGNATURE);
    buf_finish(&sig);
    sign(MANIFEST_ROOT_PREFIX, &json, &sig, "24"); /* two of the new, one of the old */
    CHECK_INT(manifest_root_next(&first, json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_SIGNATURE);
    buf_finish(&sig);
    buf_reset(&json);
    CHECK_INT(manifest_root_encode(&third, &json, NULL), 0);
    sign(MANIFEST_ROOT_PREFIX, &json, &sig, "012");
    CHECK_INT(manifest_root_next(&first, json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_VERSION);
    CHECK_INT(manifest_root_next(&third, json.data, json.len, sig.data, sig.len, &back, NULL), -ERR_VERSION);
    buf_finish(&sig);
    buf_finish(&json);
}

TEST(signatures_refuse)
{
    static const char *const bad[] = {
        "",
        "{}",
        "[1]",
        "[{\"key\":\"0011223344556677\"}]",
        "[{\"key\":\"001122334455667\",\"sig\":\"30\"}]",
        "[{\"key\":\"001122334455667g\",\"sig\":\"30\"}]",
        "[{\"key\":\"0011223344556677\",\"sig\":\"3\"}]",
        "[{\"key\":\"0011223344556677\",\"sig\":\"\"}]",
        "[{\"key\":\"0011223344556677\",\"sig\":\"30\",\"x\":1}]",
    };
    struct manifest_signatures s;
    struct buf many;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(manifest_signatures_decode(bad[i], strlen(bad[i]), &s, NULL) < 0);
    CHECK_INT(manifest_signatures_decode("[]", 2, &s, NULL), 0);
    buf_init(&many, MANIFEST_MAX);
    for (int i = 0; i <= MANIFEST_SIGNATURES_MAX; i++)
        buf_addf(&many, "%c{\"key\":\"0011223344556677\",\"sig\":\"30\"}", i ? ',' : '[');
    buf_adds(&many, "]");
    CHECK(manifest_signatures_decode(many.data, many.len, &s, NULL) < 0);
    buf_finish(&many);
}

TEST(sign_again_replaces)
{
    struct manifest_signatures s = {0};

    make_keys();
    CHECK_INT(manifest_sign(keys[0], "a\n", "x", 1, &s, NULL), 0);
    CHECK_INT(manifest_sign(keys[1], "a\n", "x", 1, &s, NULL), 0);
    CHECK_INT(manifest_sign(keys[0], "a\n", "y", 1, &s, NULL), 0);
    CHECK_INT(s.n, 2);
    drop_keys();
}

TEST_MAIN(T(root_there_and_back), T(an_older_root_without_acknowledgement_keys), T(catalog_and_head_there_and_back),
          T(impossible_values_are_not_written), T(catalog_of_a_later_version), T(catalog_refuses), T(threshold),
          T(repeated_signature), T(signature_of_another_kind_or_byte), T(root_chain), T(signatures_refuse),
          T(sign_again_replaces))
