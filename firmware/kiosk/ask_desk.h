/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions to the hall that name a person: seals them to the hall's ask key, hands them to kiosk-sync, opens the answer.
 * One at a time. What is asked and answered lies in secret memory and nowhere else.
 *
 *     ask_desk_cases(d, identity->number, language);       the card that was read here
 *     ask_desk_case(d, number, "0123", language);          without a card
 *     ask_desk_spoken(d, code, language);                  what became of what was said, by its code
 *     ask_desk_appointment(d, identity->number, wish, language);
 *     ask_desk_licences(d, identity->number, item->task_code, language);
 *     ask_desk_said(d, line);                              from peers' event `said`: PEER_ASKED, PEER_UNASKED
 *     ask_desk_drop(d);                                    EFFECT_WIPE, or nobody waits any more
 *
 * Each question gets one call of events.answered(), unless it is dropped or another takes its place; it may come before the
 * asking function returns. kiosk-sync gives up after ten seconds, but it may say nothing at all: who waits has a time limit
 * of its own, and drops the question then.
 */
#ifndef KIOSK_ASK_DESK_H
#define KIOSK_ASK_DESK_H

#include "kiosk/authority.h"
#include "model/appointment.h"
#include "model/ask_reason.h"
#include "model/my_case.h"
#include "model/my_licence.h"
#include "model/strings.h"
#include "model/terminal.h"
#include "wire/peer.h"

struct ask_desk;

struct ask_desk_answer {
    const struct my_cases *cases;
    const struct my_appointments *appointments;
    const struct my_licences *licences;
};

struct ask_desk_events {
    /* To kiosk-sync, as it is. False: it is not there. */
    bool (*send)(void *ctx, const struct peer_line *p);
    /* Where `why` is ASK_ANSWERED, what was asked for is lent until the next question or ask_desk_drop(); the others are
     * NULL, and else all. */
    void (*answered)(void *ctx, enum ask_reason why, const struct ask_desk_answer *answer);
};

/* `terminal` and `authority` are borrowed, `events` is copied. */
struct ask_desk *ask_desk_create(const struct terminal_config *terminal, const struct authority *authority,
                                 const struct ask_desk_events *events, void *ctx);
void ask_desk_destroy(struct ask_desk *d); /* takes NULL; wipes */

/* The cases of this number, as its card has it. */
void ask_desk_cases(struct ask_desk *d, const char *citizen, enum language language);
/* One case, 19 digits, and the last four digits of the phone that its application names. */
void ask_desk_case(struct ask_desk *d, const char *number, const char *phone, enum language language);
/* What became of what somebody said: 18 digits. */
void ask_desk_spoken(struct ask_desk *d, const char *code, enum language language);
/* What is wished of appointments; `citizen` "": APPOINTMENT_FREE, which names nobody. Asked again with the same id it is
 * done once. */
void ask_desk_appointment(struct ask_desk *d, const char *citizen, const struct appointment_wish *wish,
                          enum language language);
/* What this number holds of the licences that `item` asks for. */
void ask_desk_licences(struct ask_desk *d, const char *citizen, const char *item, enum language language);
void ask_desk_said(struct ask_desk *d, const struct peer_line *p);
/* No answer is waited for, and what was answered is wiped. */
void ask_desk_drop(struct ask_desk *d);

#endif
