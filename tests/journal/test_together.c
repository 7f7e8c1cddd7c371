/* SPDX-License-Identifier: Apache-2.0
 *
 * Records that belong together: all of them or none, in their order, with the numbers of one bundle.
 */
#include "journal_test.h"

#include "base/text.h"
#include "model/record.h"

#define PARTS 3
static const char plain_[] = "{\"v\":1,\"applicant\":\"测试甲\"}";

/* The applications of one bundle; their number into `bundle`. */
static void bundle(struct journal *j, struct journal_entry *entries, char *number)
{
    struct case_number n;

    CHECK_INT(journal_next_bundle(j, journal_day(j), PARTS, &n, NULL), 0);
    case_number_format(&n, number);
    for (int i = 0; i < PARTS; i++) {
        struct record_header *h = &entries[i].header;

        entries[i] = (struct journal_entry){{.kind = RECORD_APPLICATION, .visit = {7}}, plain_, sizeof plain_ - 1};
        CHECK(case_number_part(number, i + 1, h->number));
        text_copy(h->bundle, sizeof h->bundle, number);
        strcpy(h->bundle_item, "YJS-1");
        strcpy(h->item, "11330100002489559W4330114014000");
        h->item_version = h->form_version = 1;
        h->part = i + 1;
        h->parts = PARTS;
    }
}

TEST(one_behind_the_other)
{
    struct journal_entry entries[PARTS];
    char number[CASE_NUMBER_LEN + 1], next[CASE_NUMBER_LEN + 1];
    struct case_number n;
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_application(j, NULL, NULL, NULL), 0);
    bundle(j, entries, number);
    CHECK_INT(journal_append_together(j, entries, PARTS, &e), 0);
    CHECK_STR(e.text, "");
    for (int i = 0; i < PARTS; i++)
        CHECK_INT(entries[i].header.seq, (uint64_t)i + 2);
    CHECK_INT(journal_last(j), 4);
    /* the bundle's own number is given as well */
    CHECK_INT(journal_next_case(j, journal_day(j), &n, NULL), 0);
    CHECK_INT(n.serial, 6);
    case_number_format(&n, next);
    CHECK(!case_number_part(number, 0, next));
    journal_close(j);
    check_verifies(4);
}

static int count_body(void *ctx, const struct record *r)
{
    *(int *)ctx += r->body_len > 0;
    return 0;
}

TEST(each_is_sealed_by_itself)
{
    struct journal_entry entries[PARTS];
    char number[CASE_NUMBER_LEN + 1];
    struct outbox *o = NULL;
    int bodies = 0;

    fresh();
    struct journal *j = open_journal();
    bundle(j, entries, number);
    CHECK_INT(journal_append_together(j, entries, PARTS, NULL), 0);
    CHECK_INT(outbox_open(dir_, &o, NULL), 0);
    CHECK_INT(outbox_each(o, 1, count_body, &bodies, NULL), 0);
    CHECK_INT(bodies, PARTS);
    outbox_close(o);
    journal_close(j);
}

/* What is wrong with the last one is found before anything is stored, or the commit takes it all back. */
TEST(none_where_one_fails)
{
    struct journal_entry entries[PARTS];
    char number[CASE_NUMBER_LEN + 1];
    struct err e = {0};

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(append_kind(j, RECORD_START), 0);
    bundle(j, entries, number);
    entries[2].header.item_version = -1;
    CHECK_INT(journal_append_together(j, entries, PARTS, &e), -ERR_INVALID);
    CHECK_INT(journal_last(j), 1);
    CHECK_INT(entries[0].header.seq, 0);
    bundle(j, entries, number);
    strcpy(entries[2].header.number, entries[1].header.number); /* the database alone finds a number that is given twice */
    CHECK(journal_append_together(j, entries, PARTS, &e) < 0);
    CHECK_INT(journal_last(j), 1);
    bundle(j, entries, number);
    CHECK_INT(journal_append_together(j, entries, PARTS, NULL), 0);
    CHECK_INT(journal_last(j), 4);
    journal_close(j);
    check_verifies(4);
}

TEST(a_day_without_room_for_all)
{
    struct record_header h = {.kind = RECORD_APPLICATION, .item_version = 1, .form_version = 1};
    struct case_number n = {1103, 3, {2026, 1, 5}, CASE_SERIAL_MAX - PARTS};

    fresh();
    struct journal *j = open_journal();
    strcpy(h.item, "11330100002489559W4330114014000");
    case_number_format(&n, h.number);
    CHECK_INT(journal_append(j, &h, plain_, sizeof plain_ - 1, NULL), 0);
    CHECK_INT(journal_next_bundle(j, n.day, PARTS, &n, NULL), -ERR_RANGE);
    CHECK_INT(journal_next_bundle(j, n.day, PARTS - 1, &n, NULL), 0);
    journal_close(j);
}

TEST(found_by_either_number)
{
    struct record_header start = {.kind = RECORD_VISIT_START, .visit = {7}};
    struct journal_entry entries[PARTS];
    char number[CASE_NUMBER_LEN + 1];
    struct journal_visit v;
    struct journal_case c;

    fresh();
    struct journal *j = open_journal();
    CHECK_INT(journal_append(j, &start, NULL, 0, NULL), 0);
    bundle(j, entries, number);
    CHECK_INT(journal_append_together(j, entries, PARTS, NULL), 0);
    CHECK_INT(journal_case(j, number, &c, NULL), 0);
    CHECK_INT(c.seq, 4); /* the last: when the hall has that, it has all */
    CHECK_INT(journal_case(j, entries[1].header.number, &c, NULL), 0);
    CHECK_INT(c.seq, 3);
    CHECK_INT(journal_last_visit(j, &v, NULL), 0);
    CHECK(v.open);
    CHECK_STR(v.number, number);
    CHECK_INT(v.parts, PARTS);
    journal_close(j);
}

TEST_MAIN(T(begin), T(one_behind_the_other), T(each_is_sealed_by_itself), T(none_where_one_fails),
          T(a_day_without_room_for_all), T(found_by_either_number), T(end))
