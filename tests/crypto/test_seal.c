/* SPDX-License-Identifier: Apache-2.0
 *
 * Sealing against RFC 9180 A.3 (tests/vectors), and all that must not open.
 */
#include "test.h"

#include "base/fs.h"
#include "base/json.h"
#include "crypto/seal.h"

#define VECTORS "tests/vectors/hpke-rfc9180-p256.json"

struct bytes {
    uint8_t data[256];
    size_t len;
};

static struct {
    struct bytes info, skE, skR, pkR, enc, pt, aad, ct, exporter;
    struct bytes context[3], exported[3]; /* A.3.1.2 */
} v;

static struct bytes member(const struct json *obj, const char *key)
{
    struct bytes b = {.len = 0};
    const char *hex = json_str(json_member(obj, key));

    CHECK(hex != NULL);
    if (hex)
        CHECK_INT(hex_decode(hex, strlen(hex), b.data, sizeof b.data, &b.len), 0);
    return b;
}

TEST(load_vectors)
{
    struct buf text;
    struct json *doc = NULL;
    struct err e = {0};

    int rc = fs_read(VECTORS, 65536, &text, &e);
    if (rc == 0)
        rc = json_parse(text.data, text.len, 65536, &doc, &e);
    CHECK_STR(e.text, "");
    CHECK_INT(rc, 0);
    if (rc)
        exit(1);
    v.info = member(doc, "info");
    v.skE = member(doc, "skEm");
    v.skR = member(doc, "skRm");
    v.pkR = member(doc, "pkRm");
    v.enc = member(doc, "enc");
    const struct json *first = json_at(json_member(doc, "encryptions"), 0);
    v.pt = member(first, "pt");
    v.aad = member(first, "aad");
    v.ct = member(first, "ct");
    v.exporter = member(doc, "exporter_secret");
    for (size_t i = 0; i < 3; i++) {
        const struct json *one = json_at(json_member(doc, "exports"), i);
        v.context[i] = member(one, "exporter_context");
        v.exported[i] = member(one, "exported_value");
    }
    json_free(doc);
    buf_finish(&text);
}

static struct private_key *key_of(const struct bytes *scalar)
{
    struct private_key *k = NULL;
    CHECK_INT(key_from_scalar(scalar->data, &k, NULL), 0);
    return k;
}

static struct public_key receiver(void)
{
    struct public_key p;
    memcpy(p.point, v.pkR.data, sizeof p.point);
    return p;
}

TEST(encap_exact)
{
    static const struct seal_encap wiped;
    struct private_key *ephemeral = key_of(&v.skE);
    struct public_key to = receiver();
    struct seal_encap with;
    struct buf out;

    buf_init(&out, 4096);
    buf_adds(&out, "before");
    CHECK_INT(seal_encap(&to, ephemeral, &with, NULL), 0);
    CHECK_INT(seal_with(&with, v.info.data, v.info.len, v.aad.data, v.aad.len, v.pt.data, v.pt.len, &out, NULL), 0);
    CHECK_INT(out.len, 6 + v.pt.len + SEAL_OVERHEAD);
    CHECK_MEM(out.data, "before", 6);
    CHECK_MEM(out.data + 6, v.enc.data, v.enc.len);
    CHECK_MEM(out.data + 6 + v.enc.len, v.ct.data, v.ct.len);
    CHECK_MEM(&with, &wiped, sizeof with); /* good for one message */
    buf_finish(&out);
    key_free(ephemeral);
}

struct box {
    uint8_t data[1024];
    size_t len;
};

static struct box vector_box(void)
{
    struct box b;
    memcpy(b.data, v.enc.data, v.enc.len);
    memcpy(b.data + v.enc.len, v.ct.data, v.ct.len);
    b.len = v.enc.len + v.ct.len;
    return b;
}

/* Opens with the vector's key; whatever fails must leave nothing behind. */
static int open_box(const struct box *b, const struct bytes *info, const struct bytes *aad, struct buf *ret)
{
    struct private_key *k = key_of(&v.skR);

    buf_init(ret, 4096);
    int rc = seal_open(k, info->data, info->len, aad->data, aad->len, b->data, b->len, ret, NULL);
    if (rc)
        CHECK_INT(ret->len, 0);
    key_free(k);
    return rc;
}

static int try_open(const struct box *b, const struct bytes *info, const struct bytes *aad)
{
    struct buf out;
    int rc = open_box(b, info, aad, &out);
    buf_finish(&out);
    return rc;
}

TEST(decap)
{
    struct box b = vector_box();
    struct buf out;

    CHECK_INT(open_box(&b, &v.info, &v.aad, &out), 0);
    CHECK_INT(out.len, v.pt.len);
    if (out.len == v.pt.len)
        CHECK_MEM(out.data, v.pt.data, v.pt.len);
    buf_finish(&out);
}

TEST(wrong_aad)
{
    struct box b = vector_box();
    struct bytes aad = v.aad;

    aad.data[0] ^= 1;
    CHECK_INT(try_open(&b, &v.info, &aad), -ERR_SIGNATURE);
    aad.len = 0;
    CHECK_INT(try_open(&b, &v.info, &aad), -ERR_SIGNATURE);
}

TEST(wrong_info)
{
    struct box b = vector_box();
    struct bytes info = v.info;

    info.len--;
    CHECK_INT(try_open(&b, &info, &v.aad), -ERR_SIGNATURE);
}

TEST(wrong_key)
{
    struct box b = vector_box();
    struct private_key *k = NULL;
    struct buf out;

    buf_init(&out, 4096);
    CHECK_INT(key_generate(&k, NULL), 0);
    CHECK_INT(seal_open(k, v.info.data, v.info.len, v.aad.data, v.aad.len, b.data, b.len, &out, NULL), -ERR_SIGNATURE);
    key_free(k);
    buf_finish(&out);
}

TEST(off_curve_point)
{
    struct box b = vector_box();

    b.data[64] ^= 1;
    CHECK_INT(try_open(&b, &v.info, &v.aad), -ERR_KEY);
    b = vector_box();
    b.data[0] = 3;
    CHECK_INT(try_open(&b, &v.info, &v.aad), -ERR_KEY);
    memset(b.data, 0, P256_POINT_LEN);
    CHECK_INT(try_open(&b, &v.info, &v.aad), -ERR_KEY);
    struct public_key to = receiver();
    struct buf out;
    buf_init(&out, 4096);
    to.point[10] ^= 4;
    CHECK_INT(seal(&to, "", 0, "", 0, "x", 1, &out, NULL), -ERR_KEY);
    CHECK_INT(out.len, 0);
    buf_finish(&out);
}

TEST(every_truncation)
{
    struct box b = vector_box();
    size_t whole = b.len;

    for (b.len = 0; b.len < whole; b.len++)
        CHECK_INT(try_open(&b, &v.info, &v.aad), b.len < SEAL_OVERHEAD ? -ERR_INVALID : -ERR_SIGNATURE);
}

TEST(every_flipped_byte)
{
    struct box b = vector_box();
    int opened = 0;

    for (size_t i = 0; i < b.len; i++) {
        b.data[i] ^= 0x80;
        opened += !try_open(&b, &v.info, &v.aad);
        b.data[i] ^= 0x80;
    }
    CHECK_INT(opened, 0);
}

TEST(round_trip_is_fresh_each_time)
{
    struct public_key to = receiver();
    struct private_key *k = key_of(&v.skR);
    struct buf a, b, plain;

    buf_init(&a, 4096);
    buf_init(&b, 4096);
    buf_init(&plain, 4096);
    CHECK_INT(seal(&to, "i", 1, "a", 1, "text", 4, &a, NULL), 0);
    CHECK_INT(seal(&to, "i", 1, "a", 1, "text", 4, &b, NULL), 0);
    CHECK(a.len == b.len && memcmp(a.data, b.data, a.len));
    CHECK_INT(seal_open(k, "i", 1, "a", 1, a.data, a.len, &plain, NULL), 0);
    CHECK_STR(buf_str(&plain), "text");
    buf_finish(&plain);
    buf_finish(&b);
    buf_finish(&a);
    key_free(k);
}

TEST(no_room_leaves_nothing)
{
    static const struct seal_encap wiped;
    struct public_key to = receiver();
    struct seal_encap with;
    struct buf out;

    buf_init(&out, 90);
    CHECK_INT(seal(&to, "i", 1, "a", 1, "more than there is room for", 27, &out, NULL), -ERR_TOOLONG);
    CHECK_INT(out.len, 0);
    CHECK_INT(seal_encap(&to, NULL, &with, NULL), 0);
    CHECK_INT(seal_with(&with, "i", 1, "a", 1, "more than there is room for", 27, &out, NULL), -ERR_TOOLONG);
    CHECK_MEM(&with, &wiped, sizeof with);
    CHECK_INT(out.len, 0);
    buf_finish(&out);
}

/* --- a question and its answer --- */

/* What the vector's receiver opens: `reply` gets what its answer is sealed with. */
static void asked(struct seal_reply *reply)
{
    struct box b = vector_box();
    struct private_key *k = key_of(&v.skR);
    struct buf out;

    buf_init(&out, 4096);
    CHECK_INT(seal_open_asked(k, v.info.data, v.info.len, v.aad.data, v.aad.len, b.data, b.len, reply, &out, NULL), 0);
    buf_finish(&out);
    key_free(k);
}

TEST(exports_exact)
{
    struct seal_reply reply;
    uint8_t out[32];

    asked(&reply);
    CHECK_MEM(reply.exporter, v.exporter.data, SEAL_EXPORTER_LEN);
    CHECK_MEM(reply.enc, v.enc.data, P256_POINT_LEN);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(v.exported[i].len, sizeof out);
        CHECK_INT(seal_export(reply.exporter, v.context[i].data, v.context[i].len, out, sizeof out), 0);
        CHECK_MEM(out, v.exported[i].data, sizeof out);
    }
}

TEST(an_answer_opens_for_who_asked)
{
    struct private_key *ephemeral = key_of(&v.skE);
    struct public_key to = receiver();
    struct seal_encap with;
    struct seal_reply asking, answering;
    struct buf question, answer, plain;

    buf_init(&question, 4096);
    buf_init(&answer, 4096);
    buf_init(&plain, 4096);
    CHECK_INT(seal_encap(&to, ephemeral, &with, NULL), 0);
    CHECK_INT(
        seal_asking(&with, v.info.data, v.info.len, v.aad.data, v.aad.len, v.pt.data, v.pt.len, &asking, &question, NULL),
        0);
    CHECK_MEM(question.data + v.enc.len, v.ct.data, v.ct.len); /* the question is sealed as any message */
    asked(&answering);
    CHECK_MEM(&asking, &answering, sizeof asking);
    CHECK_INT(seal_reply(&answering, "answer", 6, &answer, NULL), 0);
    CHECK_INT(answer.len, 6 + SEAL_REPLY_OVERHEAD);
    CHECK_INT(seal_reply_open(&asking, answer.data, answer.len, &plain, NULL), 0);
    CHECK_STR(buf_str(&plain), "answer");
    buf_finish(&question);
    buf_finish(&answer);
    buf_finish(&plain);
    key_free(ephemeral);
}

static int try_reply(const struct seal_reply *reply, const struct buf *answer, size_t len)
{
    struct buf out;

    buf_init(&out, 4096);
    int rc = seal_reply_open(reply, answer->data, len, &out, NULL);
    CHECK(rc == 0 || out.len == 0);
    buf_finish(&out);
    return rc;
}

TEST(no_other_answer_opens)
{
    struct seal_reply reply, other;
    struct buf answer, again;

    asked(&reply);
    buf_init(&answer, 4096);
    buf_init(&again, 4096);
    CHECK_INT(seal_reply(&reply, "answer", 6, &answer, NULL), 0);
    CHECK_INT(seal_reply(&reply, "answer", 6, &again, NULL), 0);
    CHECK(memcmp(answer.data, again.data, answer.len) != 0); /* never the same key twice */
    for (size_t len = 0; len < answer.len; len++)
        CHECK_INT(try_reply(&reply, &answer, len), len < SEAL_REPLY_OVERHEAD ? -ERR_INVALID : -ERR_SIGNATURE);
    for (size_t i = 0; i < answer.len; i++) {
        answer.data[i] ^= 1;
        CHECK_INT(try_reply(&reply, &answer, answer.len), -ERR_SIGNATURE);
        answer.data[i] ^= 1;
    }
    other = reply;
    other.exporter[0] ^= 1;
    CHECK_INT(try_reply(&other, &answer, answer.len), -ERR_SIGNATURE);
    other = reply;
    other.enc[1] ^= 1;
    CHECK_INT(try_reply(&other, &answer, answer.len), -ERR_SIGNATURE);
    CHECK_INT(try_reply(&reply, &answer, answer.len), 0);
    buf_finish(&answer);
    buf_finish(&again);
}

TEST(padding)
{
    for (size_t n = 0; n <= 2 * SEAL_PAD; n += n % SEAL_PAD == 255 || n % SEAL_PAD == 0 ? 1 : 85) {
        struct buf b;
        buf_init(&b, 4096);
        for (size_t i = 0; i < n; i++)
            buf_addc(&b, 'x');
        CHECK_INT(seal_pad(&b), 0);
        CHECK_INT(b.len, (n / SEAL_PAD + 1) * SEAL_PAD);
        CHECK_INT(seal_unpad(&b, NULL), 0);
        CHECK_INT(b.len, n);
        buf_finish(&b);
    }
}

TEST(bad_padding)
{
    struct buf b;

    buf_init(&b, 4096);
    CHECK_INT(seal_unpad(&b, NULL), -ERR_INVALID);
    for (int i = 0; i < SEAL_PAD; i++)
        buf_addc(&b, 'x');
    CHECK_INT(seal_unpad(&b, NULL), -ERR_INVALID); /* no NUL at the end */
    buf_addc(&b, 0);
    CHECK_INT(seal_unpad(&b, NULL), -ERR_INVALID); /* no multiple */
    buf_finish(&b);
    buf_init(&b, 300);
    for (int i = 0; i < SEAL_PAD; i++)
        buf_addc(&b, 'x');
    CHECK_INT(seal_pad(&b), -ERR_TOOLONG);
    buf_finish(&b);
}

/* --- for crypto/peer.sh: a box that an independent implementation must open ------------------------------------------ */

#define HEADER "{\"v\":1,\"terminal\":\"t-1103-003\",\"kind\":\"application\"}"
#define PLAIN "{\"v\":1,\"applicant\":{\"name\":\"测试甲\"}}"

static void write_box(const char *path, const struct buf *sealed)
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, 65536);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_hex(&w, "key", v.skR.data, v.skR.len);
    jsonw_str(&w, "info", "tongban/application/1");
    jsonw_str(&w, "aad", HEADER);
    jsonw_str(&w, "plain", PLAIN);
    jsonw_hex(&w, "sealed", sealed->data, sealed->len);
    jsonw_end(&w);
    CHECK_INT(fs_write_atomic(path, b.data, b.len, 0600, NULL), 0);
    buf_finish(&b);
}

TEST(box_for_a_peer)
{
    static const char info[] = "tongban/application/1";
    struct private_key *k = key_of(&v.skR);
    struct public_key to = receiver();
    struct buf plain, sealed;

    buf_init(&plain, 4096);
    buf_init(&sealed, 4096);
    buf_adds(&plain, PLAIN);
    CHECK_INT(seal_pad(&plain), 0);
    CHECK_INT(seal(&to, info, strlen(info), HEADER, strlen(HEADER), plain.data, plain.len, &sealed, NULL), 0);
    if (getenv("TONGBAN_BOX"))
        write_box(getenv("TONGBAN_BOX"), &sealed);
    buf_reset(&plain);
    CHECK_INT(seal_open(k, info, strlen(info), HEADER, strlen(HEADER), sealed.data, sealed.len, &plain, NULL), 0);
    CHECK_INT(seal_unpad(&plain, NULL), 0);
    CHECK_STR(buf_str(&plain), PLAIN);
    buf_finish(&sealed);
    buf_finish(&plain);
    key_free(k);
}

/* --- a key that is kept elsewhere --- */

struct elsewhere {
    int asked, rc;
};

static int never(void *ctx, const struct public_key *peer, uint8_t out[P256_SCALAR_LEN], struct err *e)
{
    struct elsewhere *w = ctx;

    w->asked++;
    memset(out, 7, P256_SCALAR_LEN);
    return w->rc < 0 ? err_set(e, (enum err_code) - w->rc, "the token is gone") : 0;
}

/* What it says of an error is said on; what it agrees on is what counts; it is not shown a point that is none. */
TEST(kept_elsewhere)
{
    struct elsewhere w = {.rc = -ERR_UNREACHABLE};
    struct public_key to = receiver(), none = {{4}};
    struct private_key *k = NULL;
    struct buf plain, sealed, pem;

    CHECK_INT(key_elsewhere(&none, never, &w, &k, NULL), -ERR_KEY);
    CHECK_INT(key_elsewhere(&to, never, &w, &k, NULL), 0);
    buf_init(&plain, 4096);
    buf_init(&sealed, 4096);
    buf_init(&pem, 4096);
    CHECK_INT(seal(&to, "i", 1, "a", 1, "text", 4, &sealed, NULL), 0);
    CHECK_INT(seal_open(k, "i", 1, "a", 1, sealed.data, sealed.len, &plain, NULL), -ERR_UNREACHABLE);
    CHECK_INT(w.asked, 1);
    w.rc = 0;
    CHECK_INT(seal_open(k, "i", 1, "a", 1, sealed.data, sealed.len, &plain, NULL), -ERR_SIGNATURE);
    CHECK_INT(w.asked, 2);
    sealed.data[40] ^= 1;
    CHECK_INT(seal_open(k, "i", 1, "a", 1, sealed.data, sealed.len, &plain, NULL), -ERR_KEY);
    CHECK_INT(w.asked, 2);
    CHECK_INT((int)plain.len, 0);
    CHECK_INT(key_to_pem(k, &pem, NULL), -ERR_KEY);
    CHECK_INT((int)pem.len, 0);
    key_free(k);
    buf_finish(&plain);
    buf_finish(&sealed);
    buf_finish(&pem);
}

TEST_MAIN(SETUP(load_vectors), T(encap_exact), T(decap), T(wrong_aad), T(wrong_info), T(wrong_key), T(off_curve_point),
          T(every_truncation), T(every_flipped_byte), T(round_trip_is_fresh_each_time), T(no_room_leaves_nothing),
          T(exports_exact), T(an_answer_opens_for_who_asked), T(no_other_answer_opens), T(padding), T(bad_padding),
          T(box_for_a_peer), T(kept_elsewhere))
