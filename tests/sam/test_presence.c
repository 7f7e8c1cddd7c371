/* SPDX-License-Identifier: Apache-2.0
 *
 * A card's way, step by step: every answer to everything that is asked, whoever wants to know; and whole ways of a card.
 */
#include "drivers/sam/presence.h"

#include "drivers/virtual/card_file.h"
#include "test.h"

#define NO_ANSWER (-1)

static struct identity identity;

/* One step from a state made by hand. */
struct row {
    enum card card;
    enum presence_asked asked;
    int status; /* of the answer, or NO_ANSWER */
    bool deaf;  /* nobody wants to know */
    bool told, unsure;
    int tries;
    enum presence_word what;
    enum sam_command command;
    enum card after;
};

static const struct row rows[] = {
    /* finding */
    {CARD_NONE, ASKED_FIND, SAM_FOUND, .what = PRESENCE_SEEN, .after = CARD_SEEN},
    {CARD_NONE, ASKED_FIND, SAM_FOUND, .deaf = true, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_FIND, SAM_NO_CARD, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_FIND, SAM_OK, .what = PRESENCE_REST}, /* readers differ in what they say for "none" */
    {CARD_NONE, ASKED_FIND, SAM_CARD_ERROR, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_FIND, SAM_REFUSED, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_FIND, SAM_NO_CARD, .unsure = true, .what = PRESENCE_ASK, .command = SAM_ADDRESS},
    {CARD_NONE, ASKED_FIND, SAM_NO_CARD, .unsure = true, .deaf = true, .what = PRESENCE_REST},
    {CARD_SEEN, ASKED_FIND, SAM_FOUND, .tries = 1, .what = PRESENCE_ASK, .command = SAM_SELECT, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_FIND, SAM_FOUND, .tries = 1, .deaf = true, .what = PRESENCE_REST, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_FIND, SAM_NO_CARD, .tries = 1, .what = PRESENCE_FAILED},
    {CARD_SEEN, ASKED_FIND, SAM_NO_CARD, .deaf = true, .what = PRESENCE_REST},
    {CARD_FAILED, ASKED_FIND, SAM_FOUND, .told = true, .what = PRESENCE_REST, .after = CARD_FAILED},
    {CARD_FAILED, ASKED_FIND, SAM_NO_CARD, .told = true, .what = PRESENCE_LIFTED},
    {CARD_FAILED, ASKED_FIND, SAM_NO_CARD, .told = true, .deaf = true, .what = PRESENCE_LIFTED},
    /* selecting */
    {CARD_SEEN, ASKED_SELECT, SAM_OK, .what = PRESENCE_ASK, .command = SAM_READ, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_SELECT, SAM_OK, .deaf = true, .what = PRESENCE_REST, .after = CARD_NONE},
    {CARD_SEEN, ASKED_SELECT, SAM_CARD_ERROR, .what = PRESENCE_ASK, .command = SAM_FIND, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_SELECT, SAM_NO_CARD, .what = PRESENCE_ASK, .command = SAM_FIND, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_SELECT, SAM_CARD_ERROR, .tries = 1, .what = PRESENCE_FAILED, .after = CARD_FAILED},
    {CARD_SEEN, ASKED_SELECT, SAM_REFUSED, .tries = 1, .what = PRESENCE_FAILED, .after = CARD_FAILED},
    /* reading: an answer that holds no text is a failed read */
    {CARD_SEEN, ASKED_READ, NO_ANSWER, .what = PRESENCE_ASK, .command = SAM_FIND, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_READ, NO_ANSWER, .tries = 1, .what = PRESENCE_FAILED, .after = CARD_FAILED},
    {CARD_SEEN, ASKED_READ, NO_ANSWER, .tries = 1, .deaf = true, .what = PRESENCE_FAILED, .after = CARD_FAILED},
    {CARD_SEEN, ASKED_READ, SAM_CARD_ERROR, .what = PRESENCE_ASK, .command = SAM_FIND, .after = CARD_SEEN},
    {CARD_SEEN, ASKED_READ, SAM_OK, .tries = 1, .what = PRESENCE_FAILED, .after = CARD_FAILED},
    /* the newest address: the card is good without */
    {CARD_SEEN, ASKED_ADDRESS, NO_ANSWER, .what = PRESENCE_READ, .after = CARD_READ},
    {CARD_SEEN, ASKED_ADDRESS, SAM_NO_ITEM, .what = PRESENCE_READ, .after = CARD_READ},
    {CARD_SEEN, ASKED_ADDRESS, SAM_REFUSED, .what = PRESENCE_READ, .after = CARD_READ},
    {CARD_SEEN, ASKED_ADDRESS, SAM_RESEND, .what = PRESENCE_READ, .after = CARD_READ},
    {CARD_SEEN, ASKED_ADDRESS, SAM_OK, .deaf = true, .what = PRESENCE_READ, .after = CARD_READ},
    /* one from before */
    {CARD_NONE, ASKED_OLD_ADDRESS, SAM_OK, .unsure = true, .what = PRESENCE_LIES, .after = CARD_OLD},
    {CARD_NONE, ASKED_OLD_ADDRESS, SAM_NO_ITEM, .unsure = true, .what = PRESENCE_LIES, .after = CARD_OLD},
    {CARD_NONE, ASKED_OLD_ADDRESS, SAM_OK, .unsure = true, .deaf = true, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_OLD_ADDRESS, NO_ANSWER, .unsure = true, .what = PRESENCE_ASK, .command = SAM_SELECT},
    {CARD_NONE, ASKED_OLD_ADDRESS, SAM_CARD_ERROR, .unsure = true, .what = PRESENCE_ASK, .command = SAM_SELECT},
    {CARD_NONE, ASKED_OLD_SELECT, SAM_OK, .unsure = true, .what = PRESENCE_LIES, .after = CARD_OLD},
    {CARD_NONE, ASKED_OLD_SELECT, SAM_OK, .unsure = true, .deaf = true, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_OLD_SELECT, NO_ANSWER, .unsure = true, .what = PRESENCE_REST},
    {CARD_NONE, ASKED_OLD_SELECT, SAM_CARD_ERROR, .unsure = true, .what = PRESENCE_REST},
    /* watching */
    {CARD_READ, ASKED_WATCH, SAM_OK, .told = true, .what = PRESENCE_REST, .after = CARD_READ},
    {CARD_READ, ASKED_WATCH, SAM_NO_ITEM, .told = true, .what = PRESENCE_REST, .after = CARD_READ},
    {CARD_READ, ASKED_WATCH, SAM_CARD_ERROR, .told = true, .what = PRESENCE_LIFTED},
    {CARD_READ, ASKED_WATCH, SAM_NO_CARD, .told = true, .what = PRESENCE_LIFTED},
    {CARD_READ, ASKED_WATCH, SAM_NO_CARD, .told = false, .what = PRESENCE_REST},
    {CARD_OLD, ASKED_WATCH, SAM_OK, .told = true, .what = PRESENCE_REST, .after = CARD_OLD},
    {CARD_OLD, ASKED_WATCH, SAM_REFUSED, .told = true, .what = PRESENCE_LIFTED},
};

static const uint8_t sw3_of[] = {
    [SAM_OK] = 0x90,         [SAM_FOUND] = 0x9F,  [SAM_NO_CARD] = 0x80, [SAM_NO_ITEM] = 0x91,
    [SAM_CARD_ERROR] = 0x41, [SAM_RESEND] = 0x10, [SAM_REFUSED] = 0x24, [SAM_BROKEN] = 0x60,
};

static struct presence_action answer(struct presence *p, int status, bool polling)
{
    struct sam_reply reply = {.status = (enum sam_status)status, .sw3 = status < 0 ? 0 : sw3_of[status]};
    struct presence_input in = {.event = PRESENCE_ANSWERED, .polling = polling, .reply = status < 0 ? NULL : &reply};
    return presence_step(p, &in);
}

static struct presence_action told(struct presence *p, bool polling)
{
    return presence_step(p, &(struct presence_input){.event = PRESENCE_TOLD, .polling = polling});
}

static struct presence_action look(struct presence *p)
{
    return presence_step(p, &(struct presence_input){.event = PRESENCE_LOOK, .polling = true});
}

static struct presence_action lost(struct presence *p)
{
    return presence_step(p, &(struct presence_input){.event = PRESENCE_LOST, .polling = true, .why = CARD_FAULT_BROKEN_OFF});
}

TEST(every_answer_to_everything_asked)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *r = &rows[i];
        struct presence p = {.card = r->card,
                             .identity = &identity,
                             .asked = r->asked,
                             .told = r->told,
                             .unsure = r->unsure,
                             .tries = r->tries,
                             .watch = SAM_ADDRESS};
        struct presence_action a = answer(&p, r->status, !r->deaf);
        if (a.what != r->what || a.command != r->command || p.card != r->after)
            printf("# row %zu\n", i);
        CHECK_INT(a.what, r->what);
        CHECK_INT(a.command, r->command);
        CHECK_INT(p.card, r->after);
        CHECK_INT(p.asked != ASKED_NOTHING, a.what == PRESENCE_ASK);
    }
}

/* Only what has to be answered climbs the ladder when it is not. */
TEST(what_may_stay_unanswered)
{
    static const struct {
        enum card card;
        enum presence_asked asked;
        int status;
        bool optional;
    } asks[] = {
        {CARD_SEEN, ASKED_FIND, SAM_FOUND, false},        /* select */
        {CARD_SEEN, ASKED_SELECT, SAM_OK, true},          /* read */
        {CARD_SEEN, ASKED_SELECT, SAM_CARD_ERROR, false}, /* find */
        {CARD_NONE, ASKED_OLD_ADDRESS, NO_ANSWER, true},  /* select one from before */
    };
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        struct presence p = {.card = asks[i].card, .identity = &identity, .asked = asks[i].asked};
        struct presence_action a = answer(&p, asks[i].status, true);
        CHECK_INT(a.what, PRESENCE_ASK);
        CHECK_INT(a.optional, asks[i].optional);
        CHECK(a.timeout_ms > 0);
    }
}

TEST(each_card_is_looked_for_in_its_way)
{
    static const enum sam_command by[] = {[CARD_NONE] = SAM_FIND,
                                          [CARD_SEEN] = SAM_FIND,
                                          [CARD_READ] = SAM_SELECT,
                                          [CARD_FAILED] = SAM_FIND,
                                          [CARD_OLD] = SAM_SELECT};
    for (enum card c = CARD_NONE; c <= CARD_OLD; c++) {
        struct presence p = {.card = c, .identity = &identity, .watch = SAM_SELECT};
        struct presence_action a = look(&p);
        CHECK_INT(a.what, PRESENCE_ASK);
        CHECK_INT(a.command, by[c]);
        CHECK(!a.optional);
    }
}

TEST(seen_and_wanted_no_more)
{
    struct presence p;
    presence_init(&p, &identity);
    look(&p);
    CHECK_INT(answer(&p, SAM_FOUND, true).what, PRESENCE_SEEN);
    CHECK_INT(told(&p, false).what, PRESENCE_REST); /* whoever was told has lost interest */
    CHECK_INT(look(&p).command, SAM_FIND);
    CHECK_INT(answer(&p, SAM_FOUND, true).command, SAM_SELECT);
}

TEST(lifted_while_it_was_read)
{
    struct presence p;
    struct presence_action a;
    presence_init(&p, &identity);
    look(&p);
    answer(&p, SAM_FOUND, true);
    CHECK_INT(told(&p, true).command, SAM_SELECT);
    a = answer(&p, SAM_NO_CARD, true);
    CHECK_INT(a.command, SAM_FIND);
    CHECK_INT(a.why, CARD_FAULT_LIFTED);
    a = answer(&p, SAM_NO_CARD, true);
    CHECK_INT(a.what, PRESENCE_FAILED);
    CHECK_INT(a.why, CARD_FAULT_LIFTED);
    CHECK_INT(told(&p, true).what, PRESENCE_LIFTED);
    /* "no card" of one that was there a moment ago is asked about */
    CHECK_INT(told(&p, true).command, SAM_ADDRESS);
    CHECK_INT(answer(&p, SAM_CARD_ERROR, true).command, SAM_SELECT);
    CHECK_INT(answer(&p, SAM_CARD_ERROR, true).what, PRESENCE_REST);
    look(&p);
    CHECK_INT(answer(&p, SAM_NO_CARD, true).what, PRESENCE_REST);
}

TEST(the_reader_is_lost)
{
    struct presence p;
    presence_init(&p, &identity);
    CHECK_INT(lost(&p).what, PRESENCE_NOTHING);
    look(&p);
    answer(&p, SAM_FOUND, true);
    told(&p, true); /* it is being selected */
    CHECK_INT(lost(&p).what, PRESENCE_FAILED);
    CHECK_INT(told(&p, true).what, PRESENCE_LIFTED);
    CHECK_INT(told(&p, true).what, PRESENCE_NOTHING);
    CHECK_INT(lost(&p).what, PRESENCE_NOTHING); /* once is enough */
    p = (struct presence){.card = CARD_READ, .identity = &identity, .told = true};
    CHECK_INT(lost(&p).what, PRESENCE_LIFTED);
    CHECK_INT(told(&p, true).what, PRESENCE_NOTHING);
}

TEST(one_that_lay_there_at_the_start)
{
    struct presence p;
    presence_init(&p, &identity);
    presence_ready(&p);
    look(&p);
    CHECK_INT(answer(&p, SAM_NO_CARD, true).command, SAM_ADDRESS);
    CHECK_INT(answer(&p, SAM_NO_ITEM, true).what, PRESENCE_LIES);
    CHECK_INT(told(&p, true).what, PRESENCE_REST);
    CHECK_INT(look(&p).command, SAM_ADDRESS);
    CHECK_INT(answer(&p, SAM_CARD_ERROR, true).what, PRESENCE_LIFTED);
    CHECK_INT(told(&p, true).what, PRESENCE_REST);
}

/* What a reader does not know costs each resident a second and a half, so after three cards it is not asked any more. */
TEST(a_reader_without_newest_addresses)
{
    struct presence p;
    presence_init(&p, &identity);
    for (int i = 0; i < 3; i++) {
        p.card = CARD_SEEN;
        p.asked = ASKED_ADDRESS;
        CHECK_INT(answer(&p, i ? SAM_REFUSED : NO_ANSWER, true).what, PRESENCE_READ);
        CHECK_INT(p.watch, SAM_SELECT);
    }
    CHECK_INT(p.no_address, 3);
    p.card = CARD_SEEN;
    p.asked = ASKED_ADDRESS;
    answer(&p, SAM_NO_ITEM, true); /* it has spoken after all */
    CHECK_INT(p.no_address, 0);
    CHECK_INT(p.watch, SAM_ADDRESS);
    p.no_address = 2;
    presence_closed(&p);
    CHECK_INT(p.no_address, 0);
}

/* The answer to SAM_READ: lengths, the card's text, no photo. */
static struct presence_action answer_text(struct presence *p, const char *card, bool polling)
{
    static uint8_t data[4 + VIRTUAL_TEXT_LEN] = {VIRTUAL_TEXT_LEN >> 8, VIRTUAL_TEXT_LEN & 0xFF};
    struct sam_reply reply = {.status = SAM_OK, .sw3 = 0x90, .data = data, .len = sizeof data};
    struct virtual_card v;
    CHECK_INT(card_file_parse(card, &v, NULL), 0);
    memcpy(data + 4, v.text, sizeof v.text);
    p->card = CARD_SEEN;
    p->asked = ASKED_READ;
    return presence_step(p, &(struct presence_input){.event = PRESENCE_ANSWERED, .polling = polling, .reply = &reply});
}

#define CARD                                                                                                                 \
    "name 测试甲\nsex 2\nnation 01\nbirth 19491231\naddress 北京市朝阳区测试路1号\nnumber 11010519491231002X\n" \
    "authority 北京市公安局朝阳分局\nfrom 20200102\nto 20400102\n"

TEST(a_text_that_was_read)
{
    struct presence p;
    struct presence_action a;
    presence_init(&p, &identity);
    a = answer_text(&p, CARD, true);
    CHECK_INT(a.what, PRESENCE_ASK);
    CHECK_INT(a.command, SAM_ADDRESS);
    CHECK(a.optional);
    CHECK_STR(identity.name, "测试甲");
    CHECK_INT(answer(&p, SAM_NO_ITEM, true).what, PRESENCE_READ);
    CHECK_INT(told(&p, true).what, PRESENCE_REST);
    p.no_address = 3; /* it knows nothing of newest addresses */
    CHECK_INT(answer_text(&p, CARD, true).what, PRESENCE_READ);
    CHECK_INT(p.card, CARD_READ);
    CHECK_INT(p.watch, SAM_SELECT);
}

TEST(a_text_nobody_understands)
{
    struct presence p;
    struct presence_action a;
    presence_init(&p, &identity);
    a = answer_text(&p, CARD "type Q\n", true);
    CHECK_INT(a.what, PRESENCE_UNKNOWN);
    CHECK_INT(a.why, CARD_FAULT_TEXT);
    CHECK(a.not_understood.text[0] != '\0');
    CHECK_INT(p.card, CARD_READ); /* to the reader it was read */
    CHECK(p.told);
    CHECK_INT(told(&p, true).what, PRESENCE_REST);
    presence_init(&p, &identity);
    CHECK_INT(answer_text(&p, CARD "type Q\n", false).what, PRESENCE_UNKNOWN);
    CHECK(!p.told); /* nobody wanted to know, so nobody hears that it was lifted */
    p.asked = ASKED_WATCH;
    CHECK_INT(answer(&p, SAM_NO_CARD, true).what, PRESENCE_REST);
}

TEST(what_was_read_is_wiped_when_the_card_is_lost)
{
    static const struct identity none;
    struct presence p = {.card = CARD_SEEN, .identity = &identity, .asked = ASKED_ADDRESS};
    strcpy(identity.name, "测试甲");
    lost(&p);
    CHECK_MEM(&identity, &none, sizeof none);
}

TEST_MAIN(T(every_answer_to_everything_asked), T(what_may_stay_unanswered), T(each_card_is_looked_for_in_its_way),
          T(seen_and_wanted_no_more), T(lifted_while_it_was_read), T(the_reader_is_lost), T(one_that_lay_there_at_the_start),
          T(a_reader_without_newest_addresses), T(a_text_that_was_read), T(a_text_nobody_understands),
          T(what_was_read_is_wiped_when_the_card_is_lost))
