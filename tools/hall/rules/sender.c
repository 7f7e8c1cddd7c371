/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims against what is known.
 */
#include "tools/hall/rules/sender.h"

#include <string.h>

#include "model/number.h"
#include "model/speak.h"

static bool sender_has(const struct sender *s, int registration)
{
    return registration == s->registrations[0] || registration == s->registrations[1];
}

int64_t sender_later(const struct sender *s, int64_t at, bool clock_trusted)
{
    if (at > s->received)
        at = s->received;
    return clock_trusted && at > s->at ? at : s->at;
}

bool sender_gives_case(const struct sender *s, const char *number)
{
    struct case_number n;
    return case_number_parse(number, &n) && n.office == s->office && sender_has(s, n.registration);
}

bool sender_gives_spoken(const struct sender *s, const char *number)
{
    struct speak_number n;
    return speak_number_parse(number, &n) && n.office == s->office && sender_has(s, n.registration);
}

bool sender_supplements(const struct sender *s, const char *number)
{
    struct case_number n;
    return case_number_parse(number, &n) && n.office == s->office;
}

static bool holds(const struct sender *s, const struct sender_block *b, int number)
{
    return b->terminal && number >= b->first && number < b->first + b->count && strcmp(b->terminal, s->terminal) == 0;
}

bool sender_gives_ticket(const struct sender *s, const char *number, const struct sender_block *b, int64_t *ret_since)
{
    struct ticket_number n;
    *ret_since = 0;
    if (!ticket_number_parse(number, &n))
        return false;
    if (n.registration)
        return sender_has(s, n.registration);
    *ret_since = b->leased_at;
    return holds(s, b, n.number);
}

int64_t sender_taken_at(const struct sender *s, int64_t at, bool clock_trusted, int64_t since)
{
    if (at < since)
        at = since;
    if (at < s->at)
        at = s->at;
    return clock_trusted && at < s->received ? at : s->received;
}
