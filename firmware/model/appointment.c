/* SPDX-License-Identifier: Apache-2.0
 *
 * See appointment.h.
 */
#include "model/appointment.h"

#include <string.h>

static const struct {
    const char *word, *what, *remedy;
} refusals[APPOINTMENT_REFUSALS] = {
    [APPOINTMENT_MAY] = {"", "", ""},
#define APPOINTMENT_REFUSAL(name, word, what, remedy) [APPOINTMENT_REFUSED_##name] = {word, what, remedy},
#include "model/appointment_refusal.def"
#undef APPOINTMENT_REFUSAL
};
static const char *const states[APPOINTMENT_STATES] = {"booked", "arrived", "cancelled", "moved"};
static const char *const verbs[APPOINTMENT_VERBS] = {"free", "list", "book", "move", "cancel"};

const char *appointment_refusal_word(enum appointment_refusal r)
{
    return refusals[r].word;
}

bool appointment_refusal_by_word(const char *word, enum appointment_refusal *ret)
{
    for (int i = APPOINTMENT_MAY + 1; i < APPOINTMENT_REFUSALS; i++)
        if (strcmp(word, refusals[i].word) == 0) {
            *ret = (enum appointment_refusal)i;
            return true;
        }
    return false;
}

const char *appointment_refusal_what(enum appointment_refusal r)
{
    return refusals[r].what;
}

const char *appointment_refusal_remedy(enum appointment_refusal r)
{
    return refusals[r].remedy;
}

const char *appointment_state_word(enum appointment_state s)
{
    return states[s];
}

bool appointment_state_by_word(const char *word, enum appointment_state *ret)
{
    for (int i = 0; i < APPOINTMENT_STATES; i++)
        if (strcmp(word, states[i]) == 0) {
            *ret = (enum appointment_state)i;
            return true;
        }
    return false;
}

const char *appointment_verb_word(enum appointment_verb v)
{
    return verbs[v];
}

bool appointment_verb_by_word(const char *word, enum appointment_verb *ret)
{
    for (int i = 0; i < APPOINTMENT_VERBS; i++)
        if (strcmp(word, verbs[i]) == 0) {
            *ret = (enum appointment_verb)i;
            return true;
        }
    return false;
}

bool appointment_number_valid(const char *number)
{
    size_t n = strlen(number);

    return n > 2 && n <= APPOINTMENT_NUMBER_MAX && number[0] >= 'A' && number[0] <= 'Z' &&
           strspn(number + 1, "0123456789-") == n - 1;
}

bool appointment_wish_valid(const struct appointment_wish *w)
{
    static const uint8_t none[APPOINTMENT_ID_LEN];
    bool books = w->verb == APPOINTMENT_BOOK || w->verb == APPOINTMENT_MOVE;
    bool has_queue = books || w->verb == APPOINTMENT_FREE;
    bool has_which = w->verb == APPOINTMENT_MOVE || w->verb == APPOINTMENT_CANCEL;

    return (has_queue ? queue_id_valid(w->queue) : !w->queue[0]) && (w->from > 0) == books &&
           (memcmp(w->id, none, sizeof none) != 0) == books &&
           (has_which ? appointment_number_valid(w->which) : !w->which[0]);
}
