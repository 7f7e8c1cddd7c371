/* SPDX-License-Identifier: Apache-2.0
 *
 * What the sides of the program kiosk share. ../kiosk.c runs it; records.c writes the journal, devices.c turns the drivers'
 * events into inputs, peers.c talks to kiosk-sync and kioskctl, catalogue.c installs catalogues, compose.c has Chinese
 * composed by kiosk-ime, queues.c knows the queues and their leased numbers, ends.c what ends when, staff.c knows
 * technicians, facts.c tells kioskctl of the devices, selftest.c tests them for it, capture.c records what they say, width.c
 * is told how wide they print.
 */
#ifndef KIOSK_KIOSK_H
#define KIOSK_KIOSK_H

#include "base/line.h"
#include "base/loop.h"
#include "base/work.h"
#include "catalog/catalog.h"
#include "catalog/update.h"
#include "drivers/idcard/idcard.h"
#include "drivers/printer/printer.h"
#include "journal/journal.h"
#include "kiosk/lookup.h"
#include "model/terminal.h"
#include "session/session.h"
#include "ui/control.h"
#include "ui/ui.h"
#include "wire/manifest.h"

#define INPUTS_MAX 16 /* waiting; a step makes at most a handful */
#define KIOSK_PATH_MAX 512

struct options {
    const char *data, *run, *assets;
    int width, height, control;
    bool window;
    struct settings settings; /* what every visit starts with */
};

#define LEASE_BLOCKS_MAX 64 /* of one queue and day: 1280 tickets from one terminal; the lowest give way to newer ones */

/* The blocks of one day by the catalogue's queues, each verified to be the hall's lease to this terminal and journal. They
 * are in memory only: kiosk-sync keeps the signed answers and says them again to a kiosk that has started anew. */
struct lease_cache {
    struct date day;
    bool
        refused; /* one did not verify: asking for more would only use numbers up, until there is a new root or kiosk-sync */
    int n;
    struct {
        struct queue queue;
        struct ticket_block blocks[LEASE_BLOCKS_MAX];
        int n_blocks;
    } of[VIEW_QUEUES_MAX];
};

/* Since the program began. */
struct device_counts {
    int printed[PRINTER_ROLES][PRINTER_OUTCOME_UNKNOWN + 1]; /* by enum printer_outcome */
    int cards_read, cards_failed, cards_unknown;
    int unplugged[DEVICE_ROLES];
};

/* ends.c: what ends */
enum kiosk_end_of { KIOSK_END_CERTIFICATE, KIOSK_END_ROOT, KIOSK_END_SEALING, KIOSK_ENDS };
enum kiosk_end_state { KIOSK_END_FINE, KIOSK_END_NEAR, KIOSK_END_OVER }; /* near: within 90 days */
struct kiosk_end {
    int64_t ms; /* 0: not known */
    enum kiosk_end_state state;
};

struct kiosk {
    struct options opt;
    struct loop *loop;
    struct terminal_config terminal;
    struct private_key *signing;
    struct public_key sealing;
    bool can_seal;
    struct journal *journal;
    struct catalog *catalog;
    struct usb *usb;
    struct idcard *idcard;
    struct printers *printers;
    struct ui *ui;
    struct control *control;
    struct line_server *server;
    struct line *sync;
    struct lookup *lookup;
    struct composer *composer; /* NULL until Chinese is first typed */
    struct session *session;
    struct health health;
    struct lease_cache leases;
    struct {
        bool known;
        struct queue_hours hours;
    } hours[VIEW_QUEUES_MAX]; /* of the session's queues, from the catalogue */
    struct queue_times times[VIEW_QUEUES_MAX];
    struct manifest_role hall_keys; /* sign what kiosk-sync carries from the hall; n 0: none is known, nothing is believed */
    struct queues_now queues;       /* what the hall said last, and when: monotonic, wall; 0: nothing yet */
    int64_t queues_mono, queues_ms;
    int64_t queues_at; /* the newest hall's time under a state of the queues */
    struct loop_timer *timers[TIMER_COUNT], *minute, *storage, *start;
    int64_t purged_hour; /* since 1970: when bodies were last looked through */
    struct input inputs[INPUTS_MAX];
    int n_inputs;
    bool draining, redraw, incoming, unsigned_head;
    bool started; /* the first frame has been shown */
    uint8_t visit[16];
    uint64_t application_seq; /* of this visit's application, until the hall has it */
    char application_number[RECORD_TEXT_MAX];
    struct work *install;  /* a catalogue is being prepared */
    struct work *checking; /* the one in use is being compared with its manifest */
    int64_t check_at;      /* when next, monotonic; and when something doubtful may bring it forward */
    int64_t doubt_at;
    bool spoilt;                         /* it is damaged: to be given up between visits */
    struct update_found found;           /* what came of it, until it is used */
    bool catalogue_refused;              /* what lies in incoming is of no use */
    bool catalogue_damaged;              /* and the newest has not been made anew yet */
    int64_t head_at_ms, head_expires_ms; /* 0: none was seen yet */
    bool clock_said;                     /* kiosk-sync says that the hall's time is this clock's */
    struct kiosk_end ends[KIOSK_ENDS];
    int64_t root_version;
    bool hall_untrusted;       /* the hall answers with a certificate that is refused */
    struct kiosk_staff *staff; /* secret memory, while a staff card's page is open */
    struct work *verifying;    /* the journal is being checked */
    enum chain_check chain;
    uint64_t chain_records;
    bool start_anew; /* a technician asked for it */
    struct device_counts counts;
    struct line *tester, *facts_for; /* who waits for a step of the guided test, and for its facts */
    struct kiosk_capture *capture;   /* a technician records a conversation; secret memory */
};

/* kiosk.c: queues one input, wipes it where it stands, and works the queue off. */
void kiosk_feed(struct kiosk *k, struct input *in);
void kiosk_health_changed(struct kiosk *k);

/* records.c */
int kiosk_open_journal(struct kiosk *k, struct err *e);
/* Writes what the session wants recorded; fills *done with what it needs to know. */
int kiosk_record(struct kiosk *k, const struct effect_record *r, struct input *done, struct err *e);
/* A finger rests on 确认提交: the page it will lead to is painted, and not shown. */
void kiosk_foresee_application(struct kiosk *k);
/* A record of the terminal itself (start, fault, catalogue): its loss is logged, not told to a resident. */
void kiosk_note(struct kiosk *k, enum record_kind kind, const char *role, const char *what);
/* The journal refused: service stops being offered, and is tried again every few seconds. */
void kiosk_storage_failed(struct kiosk *k, const struct err *e);
void kiosk_storage_retry(void *ctx);
/* The journal has been opened, at the start or late: records the start, and fills in->recovered with a visit that was cut
 * and in->outage with what a technician decided. */
void kiosk_journal_says(struct kiosk *k, struct input *in);

/* Once in each hour, between visits, while the clock is trusted: removes sealed bodies that the hall has had for a week. */
void kiosk_purge(struct kiosk *k);
/* kiosk-sync says that the hall's time agrees with ours, or that it is not known any more. Its word alone could date papers
 * by a clock that is a year ahead: past the hall's signed head nothing is trusted. */
void kiosk_clock_trusted(struct kiosk *k, bool said);
/* Nobody is served and what there was to do is done: the journal's log is carried over. */
void kiosk_rest_journal(struct kiosk *k);
/* A verified word of the hall, see journal_acknowledged. Where our journal says otherwise the terminal goes out of service,
 * at the end of a visit that is on, and stays so after a restart. -ERR_STATE also where no journal is open. */
int kiosk_acknowledged(struct kiosk *k, uint64_t seq, const uint8_t hash[HASH_LEN], struct err *e);
/* What is wrong with the journal, as a word for the hall: "journal-behind", "fork"; "" when nothing is. */
const char *kiosk_journal_warning(const struct kiosk *k);

/* devices.c */
int kiosk_open_devices(struct kiosk *k, struct err *e);

/* peers.c */
int kiosk_open_socket(struct kiosk *k, struct err *e);
void kiosk_tell_sync(struct kiosk *k);
/* What the hall holds by its verified word. */
uint64_t kiosk_acked(const struct kiosk *k);
/* Which catalogue is in use, and what is wrong with the news from the hall. */
void kiosk_tell_catalogue(struct kiosk *k);

/* facts.c: the answer to kioskctl devices */
void kiosk_send_devices(struct kiosk *k, struct line *c);

/* selftest.c: kioskctl selftest */
void kiosk_selftest(struct kiosk *k, struct line *c, const char *words);
void kiosk_selftest_told(struct kiosk *k, const struct effect_tested *t);
void kiosk_selftest_chain(struct kiosk *k); /* the journal has been checked */
void kiosk_selftest_gone(struct kiosk *k, const struct line *c);

/* capture.c: kioskctl record */
void kiosk_capture(struct kiosk *k, struct line *c, const char *words);
void kiosk_capture_gone(struct kiosk *k, const struct line *c);
void kiosk_capture_close(struct kiosk *k);

/* width.c: kioskctl width */
void kiosk_width(struct kiosk *k, struct line *c, const char *words);

/* compose.c: Chinese text entry, by a child process that lives as long as the visit */
void kiosk_compose(struct kiosk *k, const struct effect_compose *f);
void kiosk_compose_end(struct kiosk *k);
void kiosk_compose_close(struct kiosk *k);

/* queues.c */
/* The next number of a queue, right before the record that uses it. */
int kiosk_next_ticket(struct kiosk *k, const char *queue, struct date day, char out[TICKET_NUMBER_MAX + 1], struct err *e);
/* For a new day, catalogue, journal, root or kiosk-sync: keeps what still fits and has kiosk-sync say all again. */
void kiosk_leases_renew(struct kiosk *k);
/* kiosk-sync carries a lease (wire/lease.h): taken when the hall signed it for this terminal, journal and day. */
void kiosk_lease_said(struct kiosk *k, const char *json);
/* Asks for more where few are left. */
void kiosk_leases_ask(struct kiosk *k);
void kiosk_leases_minute(struct kiosk *k);      /* a new day needs new numbers; a request may have come to nothing */
bool kiosk_leases_there(const struct kiosk *k); /* every queue has a leased number for today */
/* kiosk-sync carries how the queues stand (wire/news.h), since `age_ms` as it says. */
void kiosk_queues_said(struct kiosk *k, int64_t age_ms, const char *json);
/* Tells the session, also that what was known has become too old. */
void kiosk_queues_tell(struct kiosk *k);
/* The hours of the catalogue's queues, for a session to be made; and what they mean from this minute on, for the session. */
void kiosk_hours_load(struct kiosk *k, struct session_config *config);
void kiosk_hours_tell(struct kiosk *k);

/* staff.c */
/* On idle and out of service: true when the card is somebody's of the staff; the PIN page is open then. */
bool kiosk_staff_card(struct kiosk *k, const struct identity *card);
/* `unrecorded`: the record that must stand before the errand could not be written. */
void kiosk_staff_errand(struct kiosk *k, const struct effect *f, bool unrecorded);
void kiosk_staff_facts(struct kiosk *k, struct staff_facts *f);
void kiosk_staff_over(struct kiosk *k);
void kiosk_staff_check_chain(struct kiosk *k);
/* As the journal says: what a technician decided outlives restarts. */
struct outage kiosk_outage(struct kiosk *k);

/* catalogue.c */
int kiosk_open_catalogue(struct kiosk *k, struct err *e);
void kiosk_load_root_keys(struct kiosk *k); /* to seal to, and to verify what the hall says */
void kiosk_make_session(struct kiosk *k);
/* Between visits only, for the item a resident reads must not change under his eyes: gives up what is damaged, switches to
 * what is ready, begins to prepare what has come in, or to check what is in use. */
void kiosk_idle_catalogue(struct kiosk *k);
/* After each reading of the catalogue for a resident. */
void kiosk_check_trouble(struct kiosk *k);
/* ends.c */
/* What time it is for what ends: our clock where it is trusted, else as late as it surely is. */
int64_t kiosk_moment(const struct kiosk *k);
void kiosk_ends_load(struct kiosk *k); /* after a start and each new root */
void kiosk_ends_certificate(struct kiosk *k, int64_t ends_ms, bool hall_untrusted);
void kiosk_ends_check(struct kiosk *k); /* time has passed, or is known better */
const char *kiosk_end_name(enum kiosk_end_of of);
struct jsonw;
/* certificate_ends, certificate_end ("fine", "near", "over"), and so on. */
void kiosk_ends_put(const struct kiosk *k, struct jsonw *w);

/* Is the hall's head past its validity? Each minute. */
void kiosk_check_head(struct kiosk *k);
/* After a start and each new head. */
void kiosk_load_head(struct kiosk *k);

#endif
