/* SPDX-License-Identifier: Apache-2.0
 *
 * See appointments.h.
 */
#include "tools/hall/terminals/appointments.h"

#include "base/clock.h"
#include "tools/hall/store/store_appointment.h"

bool appointments_writes(const struct appointment_wish *w)
{
    return w->verb != APPOINTMENT_FREE && w->verb != APPOINTMENT_LIST;
}

/* What the published catalogue offers of the queue; NULL: nothing. */
static const struct appointment_offer *offer_of(struct book *book, const char *queue, int64_t now,
                                                struct appointment_offer *room)
{
    struct catalog *c = book_open(book);
    bool offers = c && queue[0] && catalog_offer(c, queue, date_to_days(date_of_ms(now)), room) == 1;

    book_close(book);
    return offers ? room : NULL;
}

int appointments_run(struct book *book, struct store *s, int office, const struct asking_answer *about,
                     struct my_appointments *ret, struct err *e)
{
    struct appointment_offer room;
    int64_t now = clock_wall_ms();
    const struct appointment_asked a = {.office = office,
                                        .now = now,
                                        .wish = &about->wish,
                                        .offer = offer_of(book, about->wish.queue, now, &room),
                                        .idx = about->indexed ? about->index : NULL};
    int rc = 0;

    *ret = (struct my_appointments){.at = now};
    if (appointments_writes(&about->wish))
        rc = appointment_do(s, &a, ret, e);
    return rc == 0 ? appointment_tell(s, &a, ret, e) : rc;
}
