/* SPDX-License-Identifier: Apache-2.0
 *
 * Any text as the short words that stand in files and on command lines: times, days, case numbers, hexadecimal, settings,
 * addresses, faults. What is read is written the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "drivers/virtual/faults.h"
#include "model/number.h"
#include "session/settings.h"
#include "tools/hall/door/address.h"
#include "wire/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void times(const char *text)
{
    char out[CLOCK_RFC3339_LEN + 1];
    int64_t ms, again;
    struct date d, same;

    if (clock_parse_rfc3339(text, &ms) == 0) {
        clock_format_rfc3339(ms, out);
        if (clock_parse_rfc3339(out, &again) || again / 1000 != ms / 1000)
            abort();
    }
    if (date_parse8(text, &d) && (!date_valid(d) || date_compare(date_of_days(date_to_days(d)), d)))
        abort();
    if (record_day_parse(text, &d)) {
        date_format(d, out);
        if (!record_day_parse(out, &same) || date_compare(d, same))
            abort();
    }
}

static void numbers(const char *text, size_t len)
{
    char digits[CASE_NUMBER_LEN + 1];
    struct case_number n, same;
    uint8_t bytes[32];
    size_t got;

    if (case_number_parse(text, &n)) {
        case_number_format(&n, digits);
        if (!case_number_parse(digits, &same) || memcmp(&same, &n, sizeof n))
            abort();
    }
    struct ticket_number ticket;
    char again[TICKET_NUMBER_MAX + 1];
    if (ticket_number_parse(text, &ticket)) {
        if (ticket.registration)
            ticket_number_own(ticket.letter, ticket.registration, ticket.number, again);
        else
            ticket_number_leased(ticket.letter, ticket.number, again);
        if (strcmp(text, again))
            abort();
    }
    if (hex_decode(text, len, bytes, sizeof bytes, &got) == 0 && got * 2 != len)
        abort();
    credit_code_valid(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum virtual_fault fault;
    struct settings settings = {0};
    struct address a;
    char text[129];

    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    times(text);
    numbers(text, strlen(text));
    settings_parse(text, &settings, NULL);
    if (faults_parse(text, &fault) && strcmp(faults_name(fault), text))
        abort();
    if (address_parse(text, &a, NULL) == 0 && !memchr(a.text, 0, sizeof a.text))
        abort();
    return 0;
}
