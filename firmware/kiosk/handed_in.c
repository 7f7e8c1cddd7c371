/* SPDX-License-Identifier: Apache-2.0
 *
 * See handed_in.h. A bundle has a number of its own, and its applications those that follow it: so each can be told from the
 * bundle's alone (case_number_part()), also by the hall.
 */
#include "kiosk/handed_in.h"

#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/application.h"
#include "model/members.h"

_Static_assert(ITEM_MEMBERS_MAX <= JOURNAL_TOGETHER_MAX, "a bundle is written together");

void handed_in_name(struct record_header *h, const struct item *item)
{
    must(item && strlen(item->task_code) < sizeof h->item, "the record names another item");
    text_copy(h->item, sizeof h->item, item->task_code);
    h->item_version = item->task_version;
    h->form_version = item->form.version;
}

static size_t count(const struct item *item)
{
    return item->n_joined ? item->n_joined : 1;
}

static const struct item *member(const struct item *item, size_t i)
{
    return item->n_joined ? item->joined[i] : item;
}

static struct date later(struct date a, struct date b)
{
    return date_to_days(a) < date_to_days(b) ? b : a;
}

/* Each member has its own days; who asks for one gets the last. */
static void promise(const struct item *item, const struct workday_calendar *calendar, struct date day, struct input *ret)
{
    ret->provisional_year = 0;
    for (size_t i = 0; i < count(item); i++) {
        int years[2];
        struct date done = workday_deadline(calendar, day, member(item, i)->promise, &years[0]);
        struct date accepted = workday_accepted(calendar, day, member(item, i), &years[1]);

        ret->parts[i] = done;
        ret->promised = i ? later(ret->promised, done) : done;
        ret->accepted = i ? later(ret->accepted, accepted) : accepted;
        for (int k = 0; k < 2; k++)
            ret->provisional_year = ret->provisional_year ? ret->provisional_year : years[k];
    }
}

int handed_in_next(struct journal *j, const struct item *item, const struct workday_calendar *calendar, struct input *ret,
                   struct err *e)
{
    must(j && item, "a number from no journal, or for nothing");
    struct date day = journal_day(j);
    struct case_number next;
    int rc = item->n_joined ? journal_next_bundle(j, day, (int)item->n_joined, &next, e)
                            : journal_next_case(j, day, &next, e);

    if (rc < 0)
        return rc;
    case_number_format(&next, ret->number);
    promise(item, calendar, day, ret);
    ret->provisional = ret->provisional_year || !journal_clock_trusted(j);
    return 0;
}

/* The header of one of them. */
static void head(struct record_header *h, const struct item *item, size_t i, const struct input *told)
{
    handed_in_name(h, member(item, i));
    h->provisional = told->provisional;
    date_format(told->parts[i], h->promised);
    text_copy(h->number, sizeof h->number, told->number);
    if (!item->n_joined)
        return;
    must(strlen(item->task_code) < sizeof h->bundle_item, "the record names another bundle");
    must(case_number_part(told->number, (int)i + 1, h->number), "an application without its number");
    text_copy(h->bundle, sizeof h->bundle, told->number);
    text_copy(h->bundle_item, sizeof h->bundle_item, item->task_code);
    h->part = (int)i + 1;
    h->parts = (int)item->n_joined;
}

/* The answers that this one needs, and no others. `room` is secret memory, for those of a bundle's member. */
static int encode(const struct effect_record *what, size_t i, struct form_values *room, struct date accepted,
                  struct buf *out, struct err *e)
{
    if (what->item->n_joined)
        members_values(what->item, i, what->values, room);
    return application_encode(member(what->item, i), what->identity, what->item->n_joined ? room : what->values, accepted,
                              out, e);
}

static int encode_all(const struct effect_record *what, struct date accepted, struct buf *plain, struct err *e)
{
    struct form_values *room = secret_alloc(sizeof *room);
    int rc = 0;

    for (size_t i = 0; i < count(what->item); i++) {
        buf_init(&plain[i], APPLICATION_MAX);
        if (rc == 0)
            rc = encode(what, i, room, accepted, &plain[i], e);
    }
    secret_free(room, sizeof *room);
    return rc;
}

static int append(struct journal *j, const struct effect_record *what, struct record_header *h, const struct input *told,
                  const struct buf *plain, struct err *e)
{
    struct journal_entry entries[ITEM_MEMBERS_MAX];
    size_t n = count(what->item);

    for (size_t i = 0; i < n; i++) {
        entries[i] = (struct journal_entry){*h, plain[i].data, plain[i].len};
        head(&entries[i].header, what->item, i, told);
    }
    int rc = journal_append_together(j, entries, n, e);

    if (rc == 0) {
        *h = entries[n - 1].header;
        text_copy(h->number, sizeof h->number, told->number);
    }
    return rc;
}

int handed_in_write(struct journal *j, const struct effect_record *what, const struct workday_calendar *calendar,
                    struct record_header *h, struct input *ret, struct err *e)
{
    must(what->item && what->identity && what->values, "an application of nothing or of nobody");
    must(what->visit_scoped, "an application of no visit");
    struct buf plain[ITEM_MEMBERS_MAX];
    int rc = handed_in_next(j, what->item, calendar, ret, e);

    if (rc < 0)
        return err_wrap(e, rc, "record the application");
    must(strlen(ret->number) == CASE_NUMBER_LEN, "an application without its number");
    rc = encode_all(what, ret->accepted, plain, e);
    if (rc == 0)
        rc = append(j, what, h, ret, plain, e);
    for (size_t i = 0; i < count(what->item); i++)
        buf_finish(&plain[i]); /* wipes */
    return err_wrap(e, rc, "record the application");
}
