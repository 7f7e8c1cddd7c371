/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal's side of kiosk: turns what the session wants recorded into headers, case numbers and sealed bodies, keeps
 * trying when the disk fails, and picks up after a restart.
 */
#ifndef KIOSK_RECORDS_H
#define KIOSK_RECORDS_H

#include "base/loop.h"
#include "catalog/workday.h"
#include "journal/journal.h"
#include "kiosk/port.h"
#include "model/terminal.h"

struct records;

struct records_config { /* all borrowed */
    const char *data;
    const struct terminal_config *terminal;
    struct private_key *const *signing; /* when the journal is opened it is there */
};

struct records_events {
    /* A job whose outcome nobody lived to record may hang from the printer with this word. */
    void (*unfinished)(void *ctx, const char *role);
    void (*opened)(void *ctx); /* late: it could not be opened at the start */
};

/* Nothing is opened yet. `events` is copied. */
struct records *records_create(struct loop *l, const struct records_config *config, const struct records_events *events,
                               void *ctx, const struct port *port);
void records_destroy(struct records *r); /* takes NULL */
/* The program ends: signs the head. `asked`: records that it was told to stop. Takes NULL. */
void records_end(struct records *r, bool asked);

/* Opens the journal. -ERR_BUSY: a predecessor still holds it. */
int records_open(struct records *r, struct err *e);
/* It could not be opened, or took no record: service stops being offered, and is tried again every few seconds. */
void records_failed(struct records *r, const struct err *e);
/* It is open: records the start, and fills in ret->recovered with a visit that was cut and ret->outage with what a
 * technician decided, for INPUT_START. */
void records_begin(struct records *r, struct input *ret);

/* What the others know: the key to seal to (NULL: none), and whether the clock is trusted. Borrowed until the next call. */
void records_seal_to(struct records *r, const struct public_key *key);
void records_trust_clock(struct records *r, bool sure);

/* What a record takes from elsewhere. */
struct records_given {
    const struct workday_calendar *calendar; /* application */
    char ticket[TICKET_NUMBER_MAX + 1];      /* ticket: the next number, of `day` */
    struct date day;
};
/* Writes what the session wants recorded, and feeds it INPUT_RECORDED or INPUT_RECORD_FAILED. Returns the journal's word. */
int records_write(struct records *r, const struct effect_record *what, const struct records_given *given);
/* The record was not tried: why stands in `rc`. Feeds INPUT_RECORD_FAILED. */
void records_refuse(struct records *r, const struct effect_record *what, int rc, const struct err *why);
/* The number and the promise an application of this item would get now. */
bool records_foresee(struct records *r, const struct item *item, const struct workday_calendar *calendar, struct input *ret);
/* A record of the terminal itself, header filled in but for what the journal knows; `plain` is sealed. */
int records_append(struct records *r, struct record_header *h, const void *plain, size_t len, struct err *e);
/* The same without a body, whose loss is logged. */
void records_note(struct records *r, enum record_kind kind, const char *role, const char *what);

/* A verified word of the hall, see journal_acknowledged; feeds INPUT_SENT when this visit's application is in it. Where our
 * journal says otherwise the terminal goes out of service, and stays so after a restart. -ERR_STATE also where it is not
 * open. */
int records_acknowledged(struct records *r, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e);
/* What this terminal itself knows of a case number: nothing that names anybody. */
struct case_here records_case(struct records *r, const char *number);
void records_count_unsent(struct records *r); /* for the health */
void records_visit_over(struct records *r);

/* Off the resident's path: signs the head where something was written; true when it was. */
bool records_settle(struct records *r);
#define RECORDS_PURGE_DAYS 7 /* sealed bodies stay this long after the hall has them */
/* Nobody is served. rest: what stands in the log is carried over. purge: once in each hour, while the clock is trusted,
 * sealed bodies that the hall has had for a week are removed. */
void records_rest(struct records *r);
void records_purge(struct records *r);

struct journal *records_journal(const struct records *r); /* NULL: it is not open */
uint64_t records_last(const struct records *r);           /* 0: none, or not open */
uint64_t records_acked(const struct records *r);          /* what the hall holds by its verified word */
struct date records_day(const struct records *r);         /* the day numbers are given for */
bool records_clock_sure(const struct records *r);         /* as the journal has found it; false when it is not open */
/* What is wrong with it, as a word for the hall: "journal-behind", "fork"; "" when nothing is. */
const char *records_warning(const struct records *r);
struct outage records_outage(struct records *r);                /* what a technician decided outlives restarts */
void records_health(const struct records *r, struct health *h); /* storage, journal, unsent */

#endif
