/* SPDX-License-Identifier: Apache-2.0
 *
 * Enrolment's JSON, there and back, and what it must refuse.
 */
#include "test.h"

#include "wire/enrol.h"

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define SHEET(hall, terminal, code, ca, more)                                                                               \
    "{\"v\":1,\"hall\":\"" hall "\",\"terminal\":\"" terminal "\",\"code\":\"" code "\",\"ca_sha256\":\"" ca                \
    "\",\"root_sha256\":\"" HEX64 "\"" more "}"

static int decode_sheet(const char *text, struct enrol_sheet *s)
{
    return enrol_sheet_decode(text, strlen(text), s, NULL);
}

TEST(sheet_there_and_back)
{
    struct buf out;
    struct enrol_sheet s, again;
    CHECK_INT(decode_sheet(SHEET("https://127.0.0.1:8443", "t-1103-003", "ABCD-2345", HEX64, ""), &s), 0);
    CHECK_STR(s.code, "ABCD-2345");
    CHECK_INT(s.ca_sha256[1], 0x11);
    buf_init(&out, 4096);
    CHECK_INT(enrol_sheet_encode(&s, &out), 0);
    CHECK_INT(enrol_sheet_decode(out.data, out.len, &again, NULL), 0);
    CHECK_MEM(&s, &again, sizeof s);
    buf_finish(&out);
}

TEST(sheet_says_where)
{
    uint8_t hash[SHA256_LEN], other[SHA256_LEN];
    struct enrol_sheet s, again;
    struct buf out;

    CHECK_INT(
        decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ",\"spot\":\"城东街道\",\"device\":\"03 号机\""), &s), 0);
    CHECK_STR(s.device, "03 号机");
    buf_init(&out, 4096);
    CHECK_INT(enrol_sheet_encode(&s, &out), 0);
    CHECK_INT(enrol_sheet_decode(out.data, out.len, &again, NULL), 0);
    CHECK_MEM(&s, &again, sizeof s);
    buf_finish(&out);
    /* the words follow everything but the code */
    enrol_sheet_hash(&s, hash);
    strcpy(s.code, "WXYZ-6789");
    enrol_sheet_hash(&s, other);
    CHECK_MEM(hash, other, sizeof hash);
    strcpy(s.device, "04 号机");
    enrol_sheet_hash(&s, other);
    CHECK(memcmp(hash, other, sizeof hash) != 0);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ",\"spot\":\"a\\u001bb\""), &s) < 0);
}

TEST(sheet_says_how)
{
    uint8_t hash[SHA256_LEN], plain[SHA256_LEN];
    struct enrol_sheet s, again;
    struct buf out;

    CHECK_INT(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ""), &s), 0);
    enrol_sheet_hash(&s, plain);
    CHECK_INT(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64,
                                 ",\"address\":\"10.3.2.7/24\",\"gateway\":\"10.3.2.1\",\"dns\":\"10.3.2.1 10.3.2.2\","
                                 "\"proxy\":\"p:3128\""),
                           &s),
              0);
    CHECK_STR(s.line.dns[1], "10.3.2.2");
    CHECK_STR(s.line.proxy, "p:3128");
    buf_init(&out, 4096);
    CHECK_INT(enrol_sheet_encode(&s, &out), 0);
    CHECK_INT(enrol_sheet_decode(out.data, out.len, &again, NULL), 0);
    CHECK_MEM(&s, &again, sizeof s);
    buf_finish(&out);
    enrol_sheet_hash(&s, hash); /* the words follow it */
    CHECK(memcmp(hash, plain, sizeof hash) != 0);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ",\"address\":\"10.3.2.7/24\""), &s) < 0);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ",\"proxy\":\"http://p:3128\""), &s) < 0);
}

TEST(sheet_refused)
{
    struct enrol_sheet s = {.hall = "untouched"};
    CHECK_INT(decode_sheet(SHEET("http://127.0.0.1:8443", "t-1", "ABCD-2345", HEX64, ""), &s), -ERR_INVALID);
    CHECK_INT(decode_sheet(SHEET("https://a/b", "t-1", "ABCD-2345", HEX64, ""), &s), -ERR_INVALID);
    CHECK_INT(decode_sheet(SHEET("https://user@a", "t-1", "ABCD-2345", HEX64, ""), &s), -ERR_INVALID);
    CHECK_INT(decode_sheet(SHEET("https://a", "T-1", "ABCD-2345", HEX64, ""), &s), -ERR_INVALID);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "short", HEX64, ""), &s) < 0);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", "0011", ""), &s) < 0);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ",\"x\":1"), &s) < 0);
    CHECK(decode_sheet(SHEET("https://a", "t-1", "ABCD-2345", HEX64, ",\"v\":1"), &s) < 0);
    CHECK(decode_sheet("", &s) < 0);
    CHECK_STR(s.hall, "untouched");
}

TEST(registration_is_proven)
{
    struct buf out;
    struct private_key *k = NULL;
    struct enrol_register r = {.terminal = "t-1103-003", .epoch = {1, 2, 3}}, again;
    CHECK_INT(key_generate(&k, NULL), 0);
    CHECK_INT(enrol_register_sign(k, &r, NULL), 0);
    buf_init(&out, 4096);
    CHECK_INT(enrol_register_encode(&r, &out), 0);
    CHECK_INT(enrol_register_decode(out.data, out.len, &again, NULL), 0);
    CHECK_INT(enrol_register_verify(&again, NULL), 0);
    again.epoch[0] ^= 1;
    CHECK_INT(enrol_register_verify(&again, NULL), -ERR_SIGNATURE);
    again.epoch[0] ^= 1;
    again.terminal[0] = 'u';
    CHECK_INT(enrol_register_verify(&again, NULL), -ERR_SIGNATURE);
    /* a point that is none */
    char *point = strstr((char *)out.data, "\"signing\":\"04") + 13;
    point[0] = point[0] == '0' ? '1' : '0';
    CHECK(enrol_register_decode(out.data, out.len, &again, NULL) < 0);
    buf_finish(&out);
    key_free(k);
}

TEST(answer_there_and_back)
{
    struct buf out;
    struct enrol_answer a = {.office = 1103, .registration = 3}, again;
    snprintf(a.place.zone, sizeof a.place.zone, "城东政务服务 24 小时自助");
    snprintf(a.place.spot, sizeof a.place.spot, "一层");
    snprintf(a.place.device, sizeof a.place.device, "03 号机");
    snprintf(a.place.hotline, sizeof a.place.hotline, "12345");
    snprintf(a.place.supervision, sizeof a.place.supervision, "12345");
    buf_init(&out, 4096);
    CHECK_INT(enrol_answer_encode(&a, &out), 0);
    CHECK_INT(enrol_answer_decode(out.data, out.len, &again, NULL), 0);
    CHECK_INT(again.registration, 3);
    CHECK_STR(again.place.zone, a.place.zone);
    CHECK(enrol_answer_decode(out.data, out.len - 2, &again, NULL) < 0);
    CHECK(enrol_answer_decode("{\"v\":1,\"office\":1}", 18, &again, NULL) < 0);
    buf_finish(&out);
}

TEST(place_refused)
{
    struct place p;
    static const char missing[] = "{\"zone\":\"a\",\"spot\":\"b\",\"device\":\"c\",\"hotline\":\"d\"}";
    static const char empty[] = "{\"zone\":\"\",\"spot\":\"b\",\"device\":\"c\",\"hotline\":\"d\",\"supervision\":\"e\"}";
    CHECK(enrol_place_decode(missing, sizeof missing - 1, &p, NULL) < 0);
    static const char blank[] =
        "{\"zone\":\" \u3000\",\"spot\":\"b\",\"device\":\"c\",\"hotline\":\"d\",\"supervision\":\"e\"}";
    CHECK(enrol_place_decode(empty, sizeof empty - 1, &p, NULL) < 0);
    CHECK(enrol_place_decode(blank, sizeof blank - 1, &p, NULL) < 0);
}

/* Nobody sees them, and they would be another zone. */
TEST(place_without_blanks_at_its_ends)
{
    struct place p = {.zone = ""};
    static const char text[] =
        "{\"zone\":\" 城东 政务\u3000\",\"spot\":\"\u3000一层\u200b \",\"device\":\"03 号机\\n\",\"hotline\":\"12345\","
        "\"supervision\":\"12345\",\"zone_en\":\"East \",\"spot_en\":\" \"}";

    CHECK_INT(enrol_place_decode(text, sizeof text - 1, &p, NULL), 0);
    CHECK_STR(p.zone, "城东 政务");
    CHECK_STR(p.spot, "一层");
    CHECK_STR(p.device, "03 号机");
    CHECK_STR(p.zone_en, "East");
    CHECK_STR(p.spot_en, "");
}

TEST(addresses_of_halls)
{
    static const char *const good[] = {"https://a", "https://a.b-c:1", "https://10.0.0.1:65535", "https://[::1]:8443",
                                       "https://[::1]"};
    static const char *const bad[] = {
        "http://a",        "https://",         "https://:1",    "https://a:",  "https://a:0",   "https://a:65536",
        "https://a:99999", "https://a:080443", "https://a:1:2", "https://a:x", "https://::1:1", "https://[::1",
        "https://[]:1",    "https://[::1]1",   "https://a[b",   "https://a:1/"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(enrol_url_ok(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!enrol_url_ok(bad[i]));
}

TEST_MAIN(T(sheet_there_and_back), T(sheet_says_where), T(sheet_says_how), T(sheet_refused), T(addresses_of_halls),
          T(registration_is_proven), T(answer_there_and_back), T(place_refused), T(place_without_blanks_at_its_ends))
