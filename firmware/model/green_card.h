/* SPDX-License-Identifier: Apache-2.0
 *
 * The green-channel card (绿色通道卡): who shows it is called with the priority numbers. It names no person: whom it was
 * given to, masked, is kept by the hall that issued it. Its bytes: wire/green_code.h. Pure: no clock, no file.
 */
#ifndef MODEL_GREEN_CARD_H
#define MODEL_GREEN_CARD_H

#include <stdbool.h>

#include "base/clock.h"

#define GREEN_SERIAL_LEN 8

enum green_kind {
#define GREEN_KIND(name, word, words) GREEN_##name,
#include "model/green_kind.def"
#undef GREEN_KIND
    GREEN_KINDS
};
const char *green_kind_word(enum green_kind k);
bool green_kind_by_word(const char *word, enum green_kind *ret);

struct green_card {
    int office;                        /* 0..9999: it counts there alone */
    char serial[GREEN_SERIAL_LEN + 1]; /* digits; with the office its name */
    enum green_kind kind;
    struct date until; /* its last day */
};
bool green_serial_valid(const char *serial);

enum green_refusal {
    GREEN_MAY, /* it counts */
#define GREEN_REFUSAL(name, word, what, remedy) GREEN_REFUSED_##name,
#include "model/green_refusal.def"
#undef GREEN_REFUSAL
    GREEN_REFUSALS
};
const char *green_refusal_word(enum green_refusal r);
const char *green_refusal_what(enum green_refusal r);
const char *green_refusal_remedy(enum green_refusal r);

/* What a card is judged by. */
#define GREEN_ANY_OFFICE (-1)
struct green_facts {
    const struct green_card *card; /* NULL: what was shown does not read */
    bool is_signed;                /* by a key of the hall's word */
    bool revoked;
    bool used;  /* today, for another number */
    int office; /* where it is shown */
    struct date today;
};
enum green_refusal green_judge(const struct green_facts *f);

#endif
