/* SPDX-License-Identifier: Apache-2.0
 *
 * See staff_desk.h.
 */
#include "kiosk/staff_desk.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "catalog/staff.h"

#define FREE_TRIES 4       /* wrong PINs without a wait */
#define FIRST_WAIT_S 15    /* after the one that follows; then twice as long each time */
#define LONGEST_WAIT_S 900 /* a hundred tries a day: a million PINs outlast any terminal */

/* Somebody's card whose page is open: secret memory. */
struct staff_card {
    struct staff who;
    char number[sizeof((struct identity *)0)->number];
    struct staff_badge badge;
    int64_t not_before_ms; /* monotonic: when a PIN may be compared again */
};

struct staff_desk {
    const char *run;
    const struct port *port;
    struct staff_card *card; /* NULL: nobody's */
};

struct staff_desk *staff_desk_create(const char *run, const struct port *port)
{
    struct staff_desk *d = calloc(1, sizeof *d);

    must(d, "out of memory");
    d->run = run;
    d->port = port;
    return d;
}

void staff_desk_destroy(struct staff_desk *d)
{
    if (!d)
        return;
    staff_desk_over(d);
    free(d);
}

struct tries {
    const char *id;
    int n;
    int64_t last_at;
};

/* Newest first, back to the last time the page was opened. */
static int count_try(void *ctx, const struct record_header *h)
{
    struct tries *t = ctx;

    if (strcmp(h->staff, t->id))
        return 0;
    if (!strcmp(h->what, "open"))
        return 1;
    if (!strcmp(h->what, "pin") && !t->n++)
        t->last_at = h->at;
    return 0;
}

/* Seconds until the next PIN of this card is taken. A clock that went back since does not shorten it, unless it is trusted
 * now: then it was wrong when the last one was tried, and nobody waits for that day to come. */
static int wait_of(struct journal *j, const char *id)
{
    struct tries t = {.id = id};
    struct err e = {0};
    int64_t wait = FIRST_WAIT_S, passed;

    if (!j || journal_newest(j, RECORD_STAFF, count_try, &t, &e) < 0)
        return LONGEST_WAIT_S;
    if (t.n <= FREE_TRIES)
        return 0;
    for (int i = FREE_TRIES + 1; i < t.n && wait < LONGEST_WAIT_S; i++)
        wait *= 2;
    wait = wait < LONGEST_WAIT_S ? wait : LONGEST_WAIT_S;
    passed = (clock_wall_ms() - t.last_at) / 1000;
    if (passed < 0)
        return (int)(passed < -LONGEST_WAIT_S && journal_clock_trusted(j) ? 0 : wait);
    return (int)(passed > wait ? 0 : wait - passed);
}

bool staff_desk_card(struct staff_desk *d, struct catalog *c, struct journal *j, const struct identity *card)
{
    struct err e = {0};

    if (!c)
        return false;
    if (!d->card)
        d->card = secret_alloc(sizeof *d->card);
    int rc = catalog_staff(c, card->number, &d->card->who, &e);
    if (rc < 0) {
        if (rc != -ERR_NOTFOUND)
            log_error("kiosk", "%s", e.text);
        staff_desk_over(d);
        return false;
    }
    struct staff_badge *b = &d->card->badge;
    text_copy(d->card->number, sizeof d->card->number, card->number);
    text_copy(b->id, sizeof b->id, d->card->who.id);
    text_copy(b->name, sizeof b->name, d->card->who.name);
    text_copy(b->role, sizeof b->role, d->card->who.role);
    b->expired = date_compare(date_of_ms(clock_wall_ms()), d->card->who.valid_until) > 0;
    b->wait_s = wait_of(j, b->id);
    d->card->not_before_ms = clock_mono_ms() + b->wait_s * INT64_C(1000);
    port_feed(d->port, &(struct input){.kind = INPUT_STAFF_CARD, .badge = b});
    return true;
}

/* While it is there the machine lets in what is plugged in (board/common/61-tongban-ports.rules): a keyboard, a stick. */
static void let_in(const struct staff_desk *d, bool in)
{
    char path[PATH_MAX];
    struct err e = {0};

    if (fs_join(path, sizeof path, d->run, "technician") < 0)
        return;
    if (!in)
        unlink(path);
    else if (fs_write_atomic(path, "", 0, 0640, &e) < 0)
        log_warn("kiosk", "%s", e.text);
}

bool staff_desk_signed_in(const struct staff_desk *d)
{
    char path[PATH_MAX];

    return fs_join(path, sizeof path, d->run, "technician") == 0 && access(path, F_OK) == 0;
}

void staff_desk_pin(struct staff_desk *d, struct journal *j, const char *pin, bool unrecorded)
{
    must(pin, "no PIN is compared");
    struct input in = {.kind = INPUT_STAFF_PIN};

    if (!d->card)
        return;
    bool may = !unrecorded && !d->card->badge.expired && clock_mono_ms() >= d->card->not_before_ms;
    in.right = may && staff_pin_right(&d->card->who, d->card->number, pin);
    in.wait_s = in.right ? 0 : wait_of(j, d->card->badge.id);
    d->card->not_before_ms = clock_mono_ms() + in.wait_s * INT64_C(1000);
    let_in(d, in.right);
    port_feed(d->port, &in);
}

void staff_desk_over(struct staff_desk *d)
{
    let_in(d, false);
    secret_free(d->card, sizeof *d->card);
    d->card = NULL;
}
