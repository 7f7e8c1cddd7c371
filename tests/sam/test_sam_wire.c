/* SPDX-License-Identifier: Apache-2.0
 *
 * The SAM's frames: those of the protocol document, and what a bad cable makes of them.
 */
#include "drivers/sam/sam_wire.h"

#include "base/buf.h"
#include "base/err.h"
#include "test.h"

static size_t from_hex(const char *hex, uint8_t *out, size_t cap)
{
    char packed[600];
    size_t n = 0, len = 0;
    for (; *hex; hex++) {
        if (*hex != ' ')
            packed[n++] = *hex;
    }
    CHECK_INT(hex_decode(packed, n, out, cap, &len), 0);
    return len;
}

static enum sam_parse parse(const char *hex, struct sam_reply *ret, size_t *ret_missing)
{
    static uint8_t bytes[256];
    return sam_wire_parse(bytes, from_hex(hex, bytes, sizeof bytes), ret, ret_missing);
}

TEST(commands_are_those_of_the_document)
{
    static const struct {
        enum sam_command command;
        const char *frame;
    } known[] = {
        {SAM_STATUS, "AA AA AA 96 69 00 03 11 FF ED"},  {SAM_RESET, "AA AA AA 96 69 00 03 10 FF EC"},
        {SAM_READ_ID, "AA AA AA 96 69 00 03 12 FF EE"}, {SAM_FIND, "AA AA AA 96 69 00 03 20 01 22"},
        {SAM_SELECT, "AA AA AA 96 69 00 03 20 02 21"},  {SAM_READ, "AA AA AA 96 69 00 03 30 01 32"},
        {SAM_ADDRESS, "AA AA AA 96 69 00 03 30 03 30"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint8_t got[SAM_COMMAND_LEN], want[SAM_COMMAND_LEN];
        sam_wire_build(known[i].command, got);
        CHECK_INT(from_hex(known[i].frame, want, sizeof want), SAM_COMMAND_LEN);
        CHECK_MEM(got, want, sizeof want);
    }
}

TEST(replies_of_the_document)
{
    struct sam_reply r;
    CHECK_INT(parse("AAAAAA9669 0004 000090 94", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_OK);
    CHECK_INT(r.len, 0);
    CHECK_INT(parse("AAAAAA9669 0008 00009F 00000000 97", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_FOUND);
    CHECK_INT(r.len, 4);
    CHECK_INT(parse("AAAAAA9669 0004 000080 84", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_NO_CARD);
    CHECK_INT(parse("AAAAAA9669 0004 000060 64", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_BROKEN);
}

TEST(the_cards_own_status_does_not_matter)
{
    struct sam_reply r;
    CHECK_INT(parse("AAAAAA9669 0004 698241 AE", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_CARD_ERROR);
    CHECK_INT(r.sw3, 0x41);
}

TEST(every_code)
{
    static const struct {
        enum sam_status status;
        const char *codes;
    } groups[] = {
        {SAM_OK, "\x90"},
        {SAM_FOUND, "\x9F"},
        {SAM_NO_CARD, "\x80"},
        {SAM_NO_ITEM, "\x91"},
        {SAM_CARD_ERROR, "\x81\x31\x32\x33\x40\x41\x47"},
        {SAM_RESEND, "\x10\x11\x21"},
        {SAM_BROKEN, "\x60\x66"},
    };
    for (int code = 1; code < 256; code++) {
        enum sam_status want = SAM_REFUSED;
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
            if (strchr(groups[i].codes, code))
                want = groups[i].status;
        }
        CHECK_INT(sam_wire_status((uint8_t)code), want);
    }
    CHECK_INT(sam_wire_fault(0x32), CARD_FAULT_CARD_REFUSED);
    CHECK_INT(sam_wire_fault(0x66), CARD_FAULT_UNAUTHORISED);
    CHECK_INT(sam_wire_fault(0x22), CARD_FAULT_ODD);
    CHECK_STR(sam_wire_status_text(0x32), "the reader refused the card");
    CHECK_STR(sam_wire_status_text(0x22), "a code no document names");
}

TEST(junk_before_the_preamble_is_skipped)
{
    struct sam_reply r;
    CHECK_INT(parse("00 FF AA 96 AA AA AA 96 69 0004 000090 94", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_OK);
    CHECK_INT(parse("AA AA AA AA AA 96 69 0004 000090 94", &r, NULL), SAM_PARSE_DONE); /* too many */
    CHECK_INT(parse("AA AA 96 69 0004 000090 94", &r, NULL), SAM_PARSE_DONE);          /* one lost */
    CHECK_INT(parse("AA 96 69 0004 000090 94", &r, NULL), SAM_PARSE_HEADER);           /* two lost */
}

/* Behind a frame that is broken, another may stand. */
TEST(a_good_frame_behind_a_broken_one)
{
    struct sam_reply r;
    CHECK_INT(parse("AAAAAA9669 0004 000090 95 AAAAAA9669 0004 000080 84", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_NO_CARD);
    CHECK_INT(r.end, 22);
    CHECK_INT(parse("AAAA9669 FFFF AAAAAA9669 0004 000080 84", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(parse("AAAAAA9669 0004 000090 95 AAAAAA9669 0004 0000", &r, NULL), SAM_PARSE_BODY);
}

TEST(noise_in_front_of_a_body_on_its_own_pipe)
{
    struct sam_reply r;
    uint8_t bytes[32];
    size_t len = from_hex("AAAAAA9669 0004 559000 00008084", bytes, sizeof bytes);
    CHECK_INT(sam_wire_parse(bytes, len, &r, NULL), SAM_PARSE_CHECKSUM);
    CHECK(sam_wire_keep_last(bytes, &len, 7));
    CHECK_INT(len, 11);
    CHECK_INT(sam_wire_parse(bytes, len, &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.status, SAM_NO_CARD);
    CHECK(!sam_wire_keep_last(bytes, &len, 7)); /* nothing is too much */
    CHECK_INT(len, 11);
}

static bool answers(enum sam_command command, uint8_t sw3, size_t len)
{
    struct sam_reply r = {.status = sam_wire_status(sw3), .sw3 = sw3, .len = len};
    return sam_wire_answers(command, &r);
}

TEST(which_reply_belongs_to_which_command)
{
    CHECK(answers(SAM_FIND, 0x9F, 4) && answers(SAM_FIND, 0x80, 0) && answers(SAM_FIND, 0x24, 0));
    CHECK(!answers(SAM_FIND, 0x90, 8) && !answers(SAM_FIND, 0x90, 1284) && !answers(SAM_FIND, 0x91, 0));
    CHECK(answers(SAM_SELECT, 0x90, 8) && answers(SAM_SELECT, 0x81, 0));
    CHECK(!answers(SAM_SELECT, 0x9F, 4) && !answers(SAM_SELECT, 0x90, 1284));
    CHECK(answers(SAM_READ, 0x90, 1284) && answers(SAM_READ, 0x41, 0));
    CHECK(!answers(SAM_READ, 0x90, 8) && !answers(SAM_READ, 0x90, 70) && !answers(SAM_READ, 0x9F, 4));
    CHECK(answers(SAM_ADDRESS, 0x90, 70) && answers(SAM_ADDRESS, 0x91, 0) && answers(SAM_ADDRESS, 0x41, 0));
    CHECK(!answers(SAM_ADDRESS, 0x90, 1284) && !answers(SAM_ADDRESS, 0x90, 8));
    CHECK(answers(SAM_READ_ID, 0x90, 16) && !answers(SAM_READ_ID, 0x90, 0) && !answers(SAM_READ_ID, 0x80, 0));
    CHECK(answers(SAM_STATUS, 0x90, 0) && answers(SAM_STATUS, 0x60, 0) && !answers(SAM_STATUS, 0x80, 0));
}

TEST(bytes_behind_the_frame_do_not_matter)
{
    struct sam_reply r;
    CHECK_INT(parse("AAAAAA9669 0004 000090 94 AAAA", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(r.len, 0);
}

TEST(pieces)
{
    size_t missing = 0;
    CHECK_INT(parse("", NULL, NULL), SAM_PARSE_HEADER);
    CHECK_INT(parse("AAAAAA9669", NULL, NULL), SAM_PARSE_HEADER);
    CHECK_INT(parse("AAAAAA9669 05", NULL, NULL), SAM_PARSE_HEADER);
    CHECK_INT(parse("AAAAAA9669 0508", NULL, &missing), SAM_PARSE_BODY);
    CHECK_INT(missing, 0x508);
    CHECK_INT(parse("AAAAAA9669 0508 000090", NULL, &missing), SAM_PARSE_BODY);
    CHECK_INT(missing, 0x505);
    CHECK_INT(parse("AAAAAA9669 00F0 000090", NULL, &missing), SAM_PARSE_BODY); /* not a negative length */
    CHECK_INT(missing, 0xED);
}

TEST(broken_frames_are_refused)
{
    CHECK_INT(parse("AAAAAA9669 0004 000090 95", NULL, NULL), SAM_PARSE_CHECKSUM);
    CHECK_INT(parse("AAAAAA9669 0004 000091 94", NULL, NULL), SAM_PARSE_CHECKSUM);
    CHECK_INT(parse("AAAAAA9669 0000", NULL, NULL), SAM_PARSE_LENGTH);
    CHECK_INT(parse("AAAAAA9669 0003 000090", NULL, NULL), SAM_PARSE_LENGTH);
    CHECK_INT(parse("AAAAAA9669 090B", NULL, NULL), SAM_PARSE_LENGTH);
    CHECK_INT(parse("AAAAAA9669 FFFF", NULL, NULL), SAM_PARSE_LENGTH);
    CHECK_INT(parse("AAAAAA9669 090A", NULL, NULL), SAM_PARSE_BODY); /* the longest there is */
}

TEST(the_sam_id_is_printed_as_in_the_document)
{
    struct sam_reply r;
    char text[SAM_ID_TEXT_MAX];
    CHECK_INT(parse("AAAAAA9669 0014 000090 05000100 09B83201 05BE1200 ADC5B111 63", &r, NULL), SAM_PARSE_DONE);
    CHECK_INT(sam_wire_id_text(&r, text), 0);
    CHECK_STR(text, "05.01-20101129-0001228293-0296863149");
    r.len = 15;
    CHECK_INT(sam_wire_id_text(&r, text), -ERR_INVALID);
}

TEST(the_card_text_needs_lengths_that_agree)
{
    static uint8_t data[4 + 256 + 1024] = {1, 0, 4, 0};
    struct sam_reply r = {.status = SAM_OK, .sw3 = 0x90, .data = data, .len = sizeof data};
    CHECK(sam_wire_card_text(&r) == data + 4);
    r.len--;
    CHECK(!sam_wire_card_text(&r));
    r.len = 3;
    CHECK(!sam_wire_card_text(&r));
    r.len = sizeof data;
    data[0] = 0;
    CHECK(!sam_wire_card_text(&r));
    data[0] = 1;
    r.status = SAM_CARD_ERROR;
    CHECK(!sam_wire_card_text(&r));
}

TEST_MAIN(T(commands_are_those_of_the_document), T(replies_of_the_document), T(the_cards_own_status_does_not_matter),
          T(every_code), T(junk_before_the_preamble_is_skipped), T(a_good_frame_behind_a_broken_one),
          T(noise_in_front_of_a_body_on_its_own_pipe), T(which_reply_belongs_to_which_command),
          T(bytes_behind_the_frame_do_not_matter), T(pieces), T(broken_frames_are_refused),
          T(the_sam_id_is_printed_as_in_the_document), T(the_card_text_needs_lengths_that_agree))
