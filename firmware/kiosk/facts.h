/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be said of the whole terminal: to the technician's page, and to kioskctl in JSON. It reads every side and changes
 * none. Nothing personal is in it.
 */
#ifndef KIOSK_FACTS_H
#define KIOSK_FACTS_H

#include "base/buf.h"
#include "kiosk/audit.h"
#include "kiosk/authority.h"
#include "kiosk/catalogue.h"
#include "kiosk/devices.h"
#include "kiosk/logs_desk.h"
#include "kiosk/queue_desk.h"
#include "kiosk/records.h"
#include "kiosk/roll_desk.h"
#include "kiosk/staff_desk.h"
#include "kiosk/system_update.h"
#include "model/terminal.h"
#include "model/uplink_report.h"

#define FACTS_MAX (48 * 1024) /* bytes of an answer */

struct facts { /* all borrowed; kiosk.c fills it in */
    const char *data;
    const struct terminal_config *terminal;
    struct records *records;
    const struct devices *devices;
    const struct catalogue *catalogue;
    const struct authority *authority;
    const struct queue_desk *queues;
    const struct audit *audit;
    const struct staff_desk *staff;
    const struct system_update *update;
    const struct logs_desk *logs;
    const struct roll_desk *roll;
    const struct uplink_report *uplink;
    bool sync; /* kiosk-sync is there */
};

void facts_of_terminal(const struct facts *f, struct staff_facts *ret);
/* Each adds one JSON object. */
void facts_status(const struct facts *f, const struct view *v, struct buf *out);
void facts_devices(const struct facts *f, struct buf *out);
void facts_for_selftest(const struct facts *f, const struct health *h, struct buf *out); /* journal, clock, disk, network */
/* The words that the hall is warned with, with commas; "-": all is well. */
void facts_warnings(const struct facts *f, const struct health *h, struct buf *out);

#endif
