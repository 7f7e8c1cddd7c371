/* SPDX-License-Identifier: Apache-2.0
 *
 * See roll_desk.h. The outcomes come newest first: the first one of a number is how it stands with its paper.
 */
#include "kiosk/roll_desk.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#define NUMBERS_MAX 256 /* as many as are told apart; more have not failed within a week that anybody would bear */

struct outcomes {
    int64_t from_ms;
    const char *of; /* one case; NULL: all */
    char seen[NUMBERS_MAX][CASE_NUMBER_LEN + 1];
    int n, unprinted;
};

static bool seen(struct outcomes *o, const char *number)
{
    for (int i = 0; i < o->n; i++)
        if (!strcmp(o->seen[i], number))
            return true;
    text_copy(o->seen[o->n++], sizeof o->seen[0], number);
    return false;
}

static int take(void *ctx, const struct record_header *h)
{
    struct outcomes *o = ctx;

    if (h->at < o->from_ms || o->n == NUMBERS_MAX)
        return 1;
    if (strcmp(h->role, device_word(DEVICE_RECEIPT)) || strlen(h->number) != CASE_NUMBER_LEN ||
        (o->of && strcmp(h->number, o->of)) || seen(o, h->number))
        return 0;
    o->unprinted += h->kind != RECORD_PRINT_DONE;
    return o->of != NULL;
}

static int count(struct journal *j, const char *of, int64_t from_ms)
{
    struct outcomes o = {.of = of, .from_ms = from_ms};
    struct err e = {0};

    if (!j)
        return 0;
    if (journal_papers(j, take, &o, &e) < 0)
        log_warn("kiosk", "%s", e.text);
    return o.unprinted;
}

int roll_desk_unprinted(struct journal *j, int64_t now_ms)
{
    return count(j, NULL, now_ms - UNPRINTED_DAYS * INT64_C(86400000));
}

bool roll_desk_case_unprinted(struct journal *j, const char *number)
{
    return count(j, number, 0) > 0;
}

void roll_desk_errand(struct roll_desk *d, const struct devices *devices, enum staff_errand errand, enum device_role role,
                      struct journal *j)
{
    struct printers *printers = devices_printers(devices);
    struct err e = {0};

    if (errand == STAFF_WATCH_ROLL) {
        printers_watch(printers, (int)role, true);
    } else if (errand == STAFF_NEW_ROLL) {
        if (printers_new_roll(printers, (int)role, &e) < 0)
            log_warn("kiosk", "%s", e.text);
        d->unprinted = roll_desk_unprinted(j, clock_wall_ms());
    } else {
        for (int r = 0; r < PRINTER_ROLES; r++)
            printers_watch(printers, r, false);
    }
}
