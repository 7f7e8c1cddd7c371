/* SPDX-License-Identifier: Apache-2.0
 *
 * See condition.h.
 */
#include "ui/widgets/condition.h"

#include "ui/widgets/card.h"
#include "ui/widgets/words.h"

#include <stddef.h>

bool condition_prints(enum printer_health h)
{
    return h == PRINTER_READY || h == PRINTER_LOW;
}

const char *condition_printer(const struct view *v, enum printer_health h)
{
    switch (h) {
    case PRINTER_READY:
        break;
    case PRINTER_LOW:
        return SAY(ui_printer_low);
    case PRINTER_NO_PAPER:
        return SAY(ui_printer_no_paper);
    case PRINTER_OPEN:
        return SAY(ui_printer_open);
    case PRINTER_FAULT:
        return SAY(ui_printer_fault);
    case PRINTER_ABSENT:
        return SAY(ui_printer_absent);
    }
    return "";
}

const char *condition_trouble(struct scene *s, const struct view *v, enum printer_health h)
{
    switch (h) {
    case PRINTER_READY:
    case PRINTER_LOW:
        return SAY(trouble_ready);
    case PRINTER_NO_PAPER:
        return SAY_WITH(trouble_not_yours, SAY(trouble_no_paper));
    case PRINTER_OPEN:
        return SAY_WITH(trouble_not_yours, SAY(trouble_open));
    case PRINTER_FAULT:
        return SAY_WITH(trouble_not_yours, SAY(trouble_fault));
    case PRINTER_ABSENT:
        return SAY_WITH(trouble_not_yours, SAY(trouble_absent));
    }
    return "";
}

struct status {
    enum banner_kind kind;
    const char *icon, *first, *rest;
};

static struct status worst(struct scene *s, const struct view *v)
{
    const struct health *h = &v->health;

    if (h->no_applications)
        return (struct status){BANNER_WARN, "stop", SAY(home_key_over), SAY(home_reader_off_rest)};
    if (h->reader != READER_READY)
        return (struct status){BANNER_WARN, "stop", SAY(home_reader_off), SAY(home_reader_off_rest)};
    if (!condition_prints(h->printer[DEVICE_RECEIPT]))
        return (struct status){BANNER_WARN, "paper-out",
                               SAY_WITH(home_receipt_off, condition_printer(v, h->printer[DEVICE_RECEIPT])),
                               SAY(home_receipt_off_rest)};
    if (!condition_prints(h->printer[DEVICE_TICKET]) && v->queue.n_queues > 0)
        return (struct status){BANNER_WARN, "paper-out",
                               SAY_WITH(home_ticket_off, condition_printer(v, h->printer[DEVICE_TICKET])),
                               SAY(home_ticket_off_rest)};
    if (!h->hall)
        return (struct status){BANNER_INFO, "storage", SAY(home_hall_off), SAY(home_hall_off_rest)};
    if (h->printer[DEVICE_RECEIPT] == PRINTER_LOW)
        return (struct status){BANNER_INFO, "receipt", SAY(home_paper_low), SAY(home_paper_low_rest)};
    return (struct status){BANNER_OK, "ok", SAY(home_good), NULL};
}

int condition_banner(struct scene *s, const struct view *v, int x, int y, int w)
{
    struct status st = worst(s, v);

    return banner(s, x, y, w, st.kind, st.icon, st.first, st.rest);
}

int condition_banner_height(struct scene *s, const struct view *v, int w)
{
    struct status st = worst(s, v);

    return banner_height(s, w, st.first, st.rest);
}
