/* SPDX-License-Identifier: Apache-2.0
 *
 * The sides of kiosk and how they hear of each other. Only kiosk.c and wiring.c know this struct; a side knows itself and
 * what its own header names.
 */
#ifndef KIOSK_WIRING_H
#define KIOSK_WIRING_H

#include "kiosk/aside.h"
#include "kiosk/ask_desk.h"
#include "kiosk/audit.h"
#include "kiosk/authority.h"
#include "kiosk/capture.h"
#include "kiosk/catalogue.h"
#include "kiosk/composer.h"
#include "kiosk/devices.h"
#include "kiosk/facts.h"
#include "kiosk/first_boot.h"
#include "kiosk/halt_desk.h"
#include "kiosk/logs_desk.h"
#include "kiosk/lookup.h"
#include "kiosk/options.h"
#include "kiosk/outside.h"
#include "kiosk/peers.h"
#include "kiosk/queue_desk.h"
#include "kiosk/records.h"
#include "kiosk/remote.h"
#include "kiosk/roll_desk.h"
#include "kiosk/selftest.h"
#include "kiosk/speech.h"
#include "kiosk/staff_desk.h"
#include "kiosk/system_update.h"
#include "kiosk/uplink_desk.h"
#include "ui/control.h"
#include "ui/ui.h"

#define KIOSK_INPUTS_MAX 16 /* waiting; a step makes at most a handful */

struct kiosk {
    struct kiosk_options opt;
    struct loop *loop;
    struct notify *notify; /* the service manager, who is told of the first frame and that the loop turns */
    struct terminal_config terminal;
    struct private_key *signing;
    struct port port; /* what the sides say */
    struct records *records;
    struct aside *aside;
    struct outside *outside;
    struct first_boot *first;
    struct devices *devices;
    struct peers *peers;
    struct catalogue *catalogue;
    struct authority *authority;
    struct queue_desk *queues;
    struct halt_desk *halts;
    struct ask_desk *ask;
    struct staff_desk *staff;
    struct audit *audit;
    struct selftest *selftest;
    struct system_update *update;
    struct remote *remote;
    struct logs_desk *logs;
    struct uplink_desk *uplink;
    struct roll_desk roll;
    struct capture *capture;
    struct composer *composer;
    struct speech *speech;
    struct lookup *lookup;
    struct ui *ui;
    struct control *control;
    struct session *session;
    struct loop_timer *timers[TIMER_COUNT], *minute, *start;
    struct input inputs[KIOSK_INPUTS_MAX];
    int n_inputs;
    bool draining, redraw;
    bool started;    /* the first frame has been shown */
    bool start_anew; /* a technician asked for it */
    uint32_t asked;  /* the session's serial of the question to the hall */
    unsigned wishes; /* of appointments: the session's count of the last one in this visit, 0: none; and its id */
    uint8_t wish_id[APPOINTMENT_ID_LEN];
    struct peer_line told; /* the last line on the catalogue */
    struct peer_line how;  /* and on the terminal itself */
};

/* Makes all sides but the devices, of the options that stand in *k, and the terminal, which may be enrolled later by
 * `enrol`; nothing is opened. */
void wiring_make(struct kiosk *k, void (*feed)(void *ctx, struct input *in), int (*enrol)(void *ctx, struct err *e));
int wiring_devices(struct kiosk *k, struct err *e);
void wiring_session(struct kiosk *k); /* makes it anew, of the catalogue in use */

bool wiring_idle(const struct kiosk *k); /* nobody is served */
void wiring_purge(struct kiosk *k);      /* then: sealed bodies that are not needed any more */
bool wiring_enrolled(const struct kiosk *k);
struct facts wiring_facts(struct kiosk *k); /* what may be said of all sides, lent */
/* Which catalogue is in use, and what is wrong with this terminal. `again`: also when it was said before. */
void wiring_tell_catalogue(struct kiosk *k, bool again);
void wiring_tell_how(struct kiosk *k, bool again); /* its devices and service, for the hall; again: also what was said */
struct health wiring_health(const struct kiosk *k);
void wiring_feed_facts(struct kiosk *k); /* to the technician's page */
/* Asks the hall; INPUT_ASKED comes now or later. */
void wiring_ask(struct kiosk *k, const struct effect_ask *what);
void wiring_tell_journal(struct kiosk *k); /* to kiosk-sync: there is something to deliver */

#endif
