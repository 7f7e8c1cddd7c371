/* SPDX-License-Identifier: Apache-2.0
 *
 * Headers: the exact bytes of each kind, and what must be refused.
 */
#include "test.h"

#include "wire/record.h"

static struct record_header common(enum record_kind kind)
{
    struct record_header h = {.v = 1, .seq = 41, .at = 1767576600123, .up = 5000, .kind = kind, .clock_trusted = true};

    strcpy(h.terminal, "t-1103-003");
    strcpy(h.boot, "01234567-89ab-cdef-0123-456789abcdef");
    memset(h.epoch, 0xe0, sizeof h.epoch);
    memset(h.id, 0x1d, sizeof h.id);
    if (record_kind_has_body(kind))
        memset(h.key, 0x4b, sizeof h.key);
    return h;
}

#define COMMON(kind)                                                                                                        \
    "{\"v\":1,\"terminal\":\"t-1103-003\",\"epoch\":\"e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0\",\"seq\":41,\"at\":1767576600123,"  \
    "\"boot\":\"01234567-89ab-cdef-0123-456789abcdef\",\"up\":5000,\"clock\":\"trusted\",\"kind\":\"" kind                  \
    "\",\"id\":\"1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d\""

static struct record_header application(void)
{
    struct record_header h = common(RECORD_APPLICATION);

    memset(h.visit, 0x71, sizeof h.visit);
    strcpy(h.number, "1103003260105000274");
    strcpy(h.item, "11330100002489559W4330114014000");
    h.item_version = 3;
    h.form_version = 2;
    strcpy(h.promised, "2026-01-12");
    h.provisional = true;
    return h;
}

#define APPLICATION                                                                                                         \
    COMMON("application")                                                                                                   \
    ",\"key\":\"4b4b4b4b4b4b4b4b\",\"visit\":\"71717171717171717171717171717171\",\"number\":\"1103003260105000274\","      \
    "\"item\":\"11330100002489559W4330114014000\",\"item_version\":3,\"form_version\":2,\"promised\":\"2026-01-12\","       \
    "\"provisional\":true}"

static void check_bytes(const struct record_header *h, const char *want)
{
    struct record_header back;
    struct buf out;
    struct err e = {0};

    buf_init(&out, 4096);
    CHECK_INT(record_header_encode(h, &out, &e), 0);
    CHECK_STR(e.text, "");
    CHECK_STR(buf_str(&out), want);
    CHECK_INT(record_header_decode(out.data, out.len, &back, &e), 0);
    CHECK_STR(e.text, "");
    buf_reset(&out);
    CHECK_INT(record_header_encode(&back, &out, &e), 0);
    CHECK_STR(buf_str(&out), want);
    buf_finish(&out);
}

TEST(application_bytes)
{
    struct record_header h = application();
    check_bytes(&h, APPLICATION);
}

TEST(other_kinds)
{
    struct record_header h = common(RECORD_START);
    strcpy(h.what, "tongban \"1.0\" 通办");
    check_bytes(&h, COMMON("start") ",\"what\":\"tongban \\\"1.0\\\" 通办\"}");

    h = common(RECORD_TICKET);
    strcpy(h.number, "A03-001");
    strcpy(h.queue, "general");
    strcpy(h.day, "2026-01-05");
    check_bytes(&h, COMMON("ticket") ",\"number\":\"A03-001\",\"queue\":\"general\",\"day\":\"2026-01-05\"}");

    h = common(RECORD_PRINT_UNKNOWN);
    strcpy(h.job, "9f3c");
    strcpy(h.role, "receipt");
    h.copy = 2;
    check_bytes(&h, COMMON("print-unknown") ",\"job\":\"9f3c\",\"role\":\"receipt\",\"copy\":2}");
}

TEST(ratings_and_staff)
{
    struct record_header h = common(RECORD_RATING);
    strcpy(h.item, "A");
    h.score = 2;
    h.set = 1;
    check_bytes(&h, COMMON("rating") ",\"item\":\"A\",\"item_version\":0,\"form_version\":0,\"score\":2,\"set\":1}");
    h.score = 6;
    CHECK_INT(record_header_encode(&h, &(struct buf){0}, NULL), -ERR_INVALID);

    h = common(RECORD_SUPPLEMENT);
    strcpy(h.case_number, "1103003260105000274");
    check_bytes(&h, COMMON("supplement") ",\"key\":\"4b4b4b4b4b4b4b4b\",\"case\":\"1103003260105000274\"}");

    h = common(RECORD_AVAILABILITY);
    strcpy(h.staff, "0417");
    strcpy(h.role, "repair");
    strcpy(h.what, "out");
    h.until = 1767600000000;
    check_bytes(&h,
                COMMON("availability") ",\"role\":\"repair\",\"staff\":\"0417\",\"until\":1767600000000,\"what\":\"out\"}");
}

/* The least each kind takes: a new line in record.def without a thought here shows up. */
TEST(every_kind_round_trips)
{
    for (int kind = 0; kind < RECORD_KINDS; kind++) {
        struct record_header h = common((enum record_kind)kind), back;
        struct buf out;
        struct err e = {0};

        if (kind == RECORD_APPLICATION)
            h = application();
        if (kind == RECORD_SUPPLEMENT)
            strcpy(h.case_number, "1103003260105000274");
        if (kind == RECORD_TICKET || kind == RECORD_TICKET_VOID) {
            strcpy(h.number, "A03-001");
            strcpy(h.queue, "general");
            strcpy(h.day, "2026-01-05");
        }
        if (kind >= RECORD_PRINT_START && kind <= RECORD_PRINT_UNKNOWN) {
            strcpy(h.job, "9f3c");
            h.copy = 1;
        }
        if (kind == RECORD_RATING) {
            strcpy(h.item, "11330100002489559W4330114014000");
            h.score = 5;
            h.set = 1;
        }
        if (kind == RECORD_STAFF)
            strcpy(h.staff, "0417");
        if (kind >= RECORD_PRINT_START && kind <= RECORD_DEVICE_RECOVERY)
            strcpy(h.role, "receipt");
        buf_init(&out, 4096);
        CHECK_INT(record_header_encode(&h, &out, &e), 0);
        CHECK_STR(e.text, "");
        CHECK_INT(record_header_decode(out.data, out.len, &back, &e), 0);
        CHECK_INT(back.kind, kind);
        buf_finish(&out);
    }
}

static int encode(const struct record_header *h)
{
    struct buf out;
    buf_init(&out, 4096);
    int rc = record_header_encode(h, &out, NULL);
    buf_finish(&out);
    return rc;
}

static struct record_header of_bundle(void)
{
    struct record_header h = application();

    strcpy(h.bundle, "1103003260105000263");
    strcpy(h.bundle_item, "YJS-110105-retirement");
    h.part = 1;
    h.parts = 3;
    return h;
}

TEST(one_of_a_bundle)
{
    struct record_header h = of_bundle(), back;
    struct buf out;

    buf_init(&out, RECORD_HEADER_MAX);
    CHECK_INT(record_header_encode(&h, &out, NULL), 0);
    CHECK(strstr(buf_str(&out), "\"provisional\":true,\"bundle\":\"1103003260105000263\",\"bundle_item\":"
                                "\"YJS-110105-retirement\",\"part\":1,\"parts\":3}") != NULL);
    CHECK_INT(record_header_decode(out.data, out.len, &back, NULL), 0);
    CHECK_STR(back.bundle, h.bundle);
    CHECK_STR(back.bundle_item, h.bundle_item);
    CHECK_INT(back.part, 1);
    CHECK_INT(back.parts, 3);
    buf_finish(&out);
}

TEST(a_place_in_no_bundle)
{
    struct record_header h = of_bundle();

    h.part = 4; /* of three */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = of_bundle();
    h.part = 0;
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = of_bundle();
    h.bundle[0] = '\0';
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = of_bundle();
    h.bundle_item[0] = '\0';
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = of_bundle();
    h.kind = RECORD_SUPPLEMENT; /* an application alone is one of a bundle */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = of_bundle();
    h.parts = 100;
    CHECK_INT(encode(&h), -ERR_INVALID);
}

TEST(not_written)
{
    struct record_header h = common(RECORD_START);
    strcpy(h.role, "reader"); /* does not belong to the kind */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = common(RECORD_TICKET); /* number, queue, day are missing */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = common(RECORD_SUPPLEMENT); /* of which case? */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = application();
    strcpy(h.case_number, h.number); /* does not belong to the kind */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = common(RECORD_START);
    strcpy(h.what, "line\nbreak");
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = common(RECORD_START);
    strcpy(h.what, "\xff");
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = common(RECORD_START);
    h.seq = 0;
    CHECK_INT(encode(&h), -ERR_RANGE);
    h = common(RECORD_START);
    memset(h.key, 1, sizeof h.key); /* no body, no key */
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = application();
    memset(h.key, 0, sizeof h.key);
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = application();
    strcpy(h.promised, "2026-02-30");
    CHECK_INT(encode(&h), -ERR_INVALID);
    h = common(RECORD_START);
    strcpy(h.terminal, "T 1");
    CHECK_INT(encode(&h), -ERR_INVALID);
    h.kind = RECORD_KINDS;
    CHECK_INT(encode(&h), -ERR_INVALID);
}

static int decode(const char *json)
{
    struct record_header h = {.v = 77};
    int rc = record_header_decode(json, strlen(json), &h, NULL);
    if (rc)
        CHECK_INT(h.v, 77); /* untouched on failure */
    return rc;
}

/* A good header with one piece replaced. */
static int decode_with(const char *piece, const char *instead)
{
    static const char good[] = APPLICATION;
    char text[2 * RECORD_HEADER_MAX];
    const char *at = strstr(good, piece);

    CHECK(at != NULL);
    if (!at)
        return 0;
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, instead, at + strlen(piece));
    return decode(text);
}

TEST(not_read)
{
    CHECK_INT(decode_with("application", "application"), 0);
    CHECK(decode_with("\"v\":1", "\"v\":2") < 0);
    CHECK(decode_with("\"v\":1,", "") < 0);
    CHECK(decode_with("\"v\":1,", "\"v\":1,\"v\":1,") < 0);
    CHECK(decode_with("\"v\":1,", "\"v\":1,\"extra\":1,") < 0);
    CHECK(decode_with("\"v\":1,", "\"v\":1,\"role\":\"reader\",") < 0);
    CHECK(decode_with("\"seq\":41", "\"seq\":0") < 0);
    CHECK(decode_with("\"seq\":41", "\"seq\":-1") < 0);
    CHECK(decode_with("\"seq\":41", "\"seq\":41.0") < 0);
    CHECK(decode_with("\"seq\":41", "\"seq\":99999999999999999999") < 0);
    CHECK(decode_with("trusted", "perhaps") < 0);
    CHECK(decode_with("application", "applications") < 0);
    CHECK(decode_with("\"application\"", "7") < 0);
    CHECK(decode_with("e0e0", "e0") < 0);
    CHECK(decode_with("e0e0", "zze0") < 0);
    CHECK(decode_with("4b4b4b4b4b4b4b4b", "0000000000000000") < 0);
    CHECK(decode_with("\"item_version\":3,", "") < 0);
    CHECK(decode_with("2026-01-12", "2026-1-12") < 0);
    CHECK(decode_with("t-1103-003", "t-1103-003\\u0000") < 0);
    CHECK(decode_with("1103003260105000274", "\xc0\x80") < 0);
    CHECK(decode_with("1103003260105000274", "1\\u0007") < 0);
    CHECK(decode_with("1103003260105000274", "0123456789012345678901234567890123456789012345678901234567890123") < 0);
    CHECK(decode("") < 0);
    CHECK(decode("[]") < 0);
    CHECK(decode(APPLICATION " ") == 0);
    CHECK(decode(APPLICATION "{}") < 0);
}

TEST(every_truncation)
{
    static const char good[] = APPLICATION;
    int accepted = 0;

    for (size_t n = 0; n < sizeof good - 1; n++) {
        struct record_header h;
        accepted += !record_header_decode(good, n, &h, NULL);
    }
    CHECK_INT(accepted, 0);
}

TEST(longest_fits)
{
    struct record_header h = application();
    char *texts[] = {h.number, h.item, h.what};

    for (size_t i = 0; i < 3; i++) {
        memset(texts[i], '"', RECORD_TEXT_MAX - 1);
        texts[i][RECORD_TEXT_MAX - 1] = 0;
    }
    CHECK_INT(encode(&h), 0);
}

TEST(seal_info)
{
    CHECK_STR(record_seal_info(RECORD_APPLICATION), "tongban/application/1");
    CHECK_STR(record_seal_info(RECORD_FEEDBACK), "tongban/feedback/1");
}

TEST_MAIN(T(application_bytes), T(other_kinds), T(ratings_and_staff), T(every_kind_round_trips), T(one_of_a_bundle),
          T(a_place_in_no_bundle), T(not_written), T(not_read), T(every_truncation), T(longest_fits), T(seal_info))
