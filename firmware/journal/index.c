/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as (series, day, serial): the one unique index over them says that no number is given twice, and its largest
 * entry what the next one is.
 */
#include "journal/index.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/number.h"
#include "model/speak.h"
#include "wire/record.h"

#define SERIAL_DIGITS_MAX 9

/* Where the digits at the end begin: "A03-001" -> 4, "A021" -> 1. */
static size_t digits_at(const char *number)
{
    size_t at = strlen(number);

    while (at > 0 && isdigit((unsigned char)number[at - 1]))
        at--;
    return at;
}

int record_index_ticket_series(const char *queue, const char *number, char out[INDEX_SERIES_MAX])
{
    int n = snprintf(out, INDEX_SERIES_MAX, "%s/%.*s", queue, (int)digits_at(number), number);
    return n > 0 && n < INDEX_SERIES_MAX ? 0 : -ERR_INVALID;
}

static int index_ticket(const struct record_header *h, struct record_index *ret)
{
    const char *serial = h->number + digits_at(h->number);
    struct date d;

    if (!*serial || strlen(serial) > SERIAL_DIGITS_MAX || !record_day_parse(h->day, &d))
        return -ERR_INVALID;
    ret->day = date_to_days(d);
    ret->serial = strtol(serial, NULL, 10);
    return record_index_ticket_series(h->queue, h->number, ret->series);
}

static int index_case(const struct record_header *h, struct record_index *ret)
{
    struct case_number n;

    if (!case_number_parse(h->number, &n))
        return -ERR_INVALID;
    snprintf(ret->series, sizeof ret->series, "%s", INDEX_SERIES_CASE);
    ret->day = date_to_days(n.day);
    ret->serial = n.serial;
    ret->office = n.office;
    ret->registration = n.registration;
    return 0;
}

/* One without a number gives none out. */
static int index_spoken(const struct record_header *h, struct record_index *ret)
{
    struct speak_number n;

    if (!h->number[0])
        return 0;
    if (!speak_number_parse(h->number, &n))
        return -ERR_INVALID;
    snprintf(ret->series, sizeof ret->series, "%s", INDEX_SERIES_SPOKEN);
    ret->serial = n.serial;
    ret->office = n.office;
    ret->registration = n.registration;
    return 0;
}

int record_index_of(const struct record_header *h, struct record_index *ret)
{
    struct record_index index = {.office = -1, .registration = -1};
    int rc = 0;

    if (h->kind == RECORD_APPLICATION)
        rc = index_case(h, &index);
    else if (h->kind == RECORD_TICKET)
        rc = index_ticket(h, &index);
    else if (h->kind == RECORD_FEEDBACK)
        rc = index_spoken(h, &index);
    if (rc == 0)
        *ret = index;
    return rc;
}
