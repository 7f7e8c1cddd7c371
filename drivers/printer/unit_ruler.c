/* SPDX-License-Identifier: Apache-2.0
 *
 * How wide it prints: the ruler, printed once by itself where nobody knows, and what a technician has read from it. The
 * ruler is a job of nobody's; a paper that is asked for meanwhile waits behind it.
 */
#include <string.h>

#include "base/log.h"
#include "base/must.h"
#include "drivers/printer/unit_parts.h"
#include "model/width_ruler.h"

#define RULER_ID "?mm?" /* no job's: those are made of a hash */

int unit_print_ruler(struct unit *u, struct err *e)
{
    struct paper *paper;
    struct script *script;
    int rc;

    if (u->job)
        return err_set(e, ERR_BUSY, "printer %s is at a job", u->profile.name);
    if (u->gone)
        return err_set(e, ERR_GONE, "printer %s was unplugged", u->profile.name);
    paper = width_ruler_compose(u->ruler_of == DEVICE_TICKET);
    rc = paper ? unit_render(u, paper, RULER_ID, unit_make_way(u), &script, e)
               : err_set(e, ERR_TOOLONG, "it does not fit a paper");
    paper_destroy(paper);
    if (rc < 0)
        return err_wrap(e, rc, "the ruler");
    u->ruling = true;
    unit_begin_script(u, script, RULER_ID);
    return 0;
}

int unit_tell_width(struct unit *u, int dots, struct err *e)
{
    must(dots > 0, "a paper of no width");
    int rc;

    u->known->dots = u->profile.dots = dots;
    log_info("printer", "%s prints %d dots wide, says a technician", u->known->device, dots);
    rc = known_save(u->memory);
    return rc < 0
               ? err_set(e, -rc, "the width serves now, and is forgotten when kiosk ends: %s cannot be written", KNOWN_FILE)
               : 0;
}

void unit_bound(struct unit *u, int role, int roll_mm)
{
    u->roll_mm = roll_mm;
    u->ruler_of = role;
}

bool unit_to_rule(const struct unit *u)
{
    return u->ruler_of >= 0 && u->profile.asks_width && !u->known->dots && !u->known->ruled;
}

void unit_rule(struct unit *u)
{
    must(!u->job, "a ruler in the middle of a job");
    struct err e = {0};

    u->known->ruled = true; /* once, also when it cannot be */
    if (unit_print_ruler(u, &e) == 0)
        return;
    log_warn("printer", "%s", e.text);
    unit_idle_rest(u);
}

void unit_ruler_over(struct unit *u)
{
    must(!u->job && !u->ruling, "a ruler is over that is being printed");
    struct script *script = u->next;
    char id[5];

    if (!script)
        return;
    memcpy(id, u->next_id, sizeof id);
    u->next = NULL;
    if (!u->next_stopped && !u->gone) {
        unit_begin_script(u, script, id);
        return;
    }
    u->next_stopped = false;
    script_destroy(script);
    u->events->outcome(u->ctx, u, id, PRINTER_NOT_PRINTED, unit_state(u));
}
