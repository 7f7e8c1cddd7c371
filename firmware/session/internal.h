/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this folder share: the session itself, the table of states and the helpers a state calls. Nothing
 * outside firmware/session includes it but its tests.
 */
#ifndef SESSION_INTERNAL_H
#define SESSION_INTERNAL_H

#include "session/session.h"

/* Times of look.md §10, in ms. */
#define REST_HOME 60000
#define REST_FORM 90000
#define REST_TROUBLE 300000
#define REST_LAST_CALL 45000 /* of the trouble page's time: 再看一会儿 is offered */
#define TIMEOUT_SECONDS 45
#define CARD_SLOW 3000
#define CARD_AWAITED 12000 /* whoever has laid one down by then sees nothing happen */
#define CARD_LEFT_LYING 8000
#define CARD_CALLED_AGAIN 15000 /* while it lies there */
#define CARD_TRIES 3
#define PRINT_PROMISED 10000
#define REGION_DEPTH 6
#define COPY_MAX 99 /* what a record takes */
#define RECOVERY_SHOWN 60000
#define CUT_SHOWN 20000 /* why a visit ended, before the terminal is itself again */
#define REST_RATING 30000
#define RATING_THANKS 8000
#define SELFTEST_PRINT_MAX 60000
#define REST_STAFF_PIN 60000
#define REST_STAFF 600000
#define CARD_FORGOTTEN 120000
#define LOOKED_MAX 120     /* bytes of what is searched for */
#define AFTER_MAX 16       /* more than a hurried finger touches before kiosk-ime answers or is given up */
#define SEARCH_BACK_MAX 64 /* pages one can go back */

/* A paper job whose outcome is still to come. It outlives its visit, so it holds nothing personal. */
struct job {
    bool running;
    bool heard;       /* its print-start is durable, or the printer spoke of it */
    bool held;        /* waits for paper or a cover */
    bool stopped;     /* EFFECT_PRINT_STOP was given */
    bool test;        /* a technician's test page */
    bool void_if_not; /* ticket left without a word: void when nothing came out */
    char token[5];
    char number[RECORD_TEXT_MAX];
    char queue[QUEUE_ID_MAX + 1], day[DATE_LEN + 1]; /* of a ticket */
    int copy;
    unsigned visit;
};

/* What the keyboard types into. */
struct entry_target {
    char *text;  /* secret memory, NUL-terminated; NULL: nothing */
    size_t cap;  /* bytes without the NUL */
    size_t room; /* characters */
    uint32_t (*takes)(const struct session *s, const char *text, uint32_t cp); /* what is put behind `text`, 0: nothing */
    void (*changed)(struct session *s);
};

struct session {
    struct view view; /* first: what session_view() hands out */
    struct session_config config;
    struct effects *fx; /* of the running step */

    /* The screen shown is the time-out page, else the accessibility page, else the leave question, else `base`. Events of
     * devices go to `base`. */
    enum screen base;
    bool started, timed_out, asked_leave;
    bool settling_in; /* the accessibility page lies above the page */
    bool touched;     /* this step counts as activity */
    unsigned armed;   /* timers that run, one bit each */
    int rest_running; /* ms TIMER_REST was started with */
    int64_t timeout_at;

    unsigned visit; /* counts visits, tells late jobs from those of this visit */
    bool typed;     /* something that would be lost */
    bool finished;  /* an application or a ticket was handed in or taken */

    struct identity *identity;    /* secret memory for the session's whole life, zero outside a visit; the view */
    struct form_values *values;   /* points to them while they are filled */
    const struct item *item;      /* of the guide page, in Chinese; the view shows it in the visit's language */
    const struct item *form_item; /* whose form `values` fills; in Chinese too */
    enum screen newer_from;       /* where 返回 of its page leads */
    enum screen item_from;        /* where 返回 of the item page leads */
    bool item_asked;              /* INPUT_ITEM is on its way */
    bool cut_told;                /* a visit ended because the catalogue cannot be read: its page is still being read */
    bool card_present, poll, poll_wanted;
    bool card_offered; /* laid down on idle, and not read yet */

    char region_codes[REGION_DEPTH][7]; /* the way down; the first is where it began */
    int region_depth;
    char *looked; /* what is searched for; secret memory for the session's whole life */
    enum screen search_from;
    int search_pages[SEARCH_BACK_MAX], n_search_pages; /* first rows of the pages before this one */

    struct entry_target target;
    struct composing *composing; /* secret memory for the session's whole life */
    enum compose_op asked;       /* the question whose answer is awaited */
    uint32_t ask_serial;
    size_t asked_letters;           /* how many letters it was about */
    struct intent after[AFTER_MAX]; /* what was touched since waits until the letters have become text */
    int n_after;
    bool compose_gone; /* for the rest of the visit */

    int anchor;  /* field that stays on the page when pages change */
    bool edited; /* came from review by 修改: 下一步 leads back there */

    enum selftest_step testing; /* on SCREEN_SELFTEST, else none */
    enum device_role test_role;

    char *pin;                /* secret memory: what is typed on the PIN page */
    int64_t pin_open_at;      /* wall clock: from then on a PIN is taken */
    struct outage pausing;    /* its record is on its way */
    bool taking;              /* the ticket's record is on its way */
    enum screen storage_from; /* trouble-storage: where 返回 leads, and so what is tried again */
    int queue;                /* whose number is taken: index into view.queue.queues */
    char day[DATE_LEN + 1];   /* its number was given for */
    struct job jobs[2];       /* by role */
    unsigned job_count;
    int copy[2]; /* by role: of the last print */
};

/* One state for each screen of screen.def, state_NAME, in state_*.c. */
struct state {
    void (*enter)(struct session *s);                         /* may be NULL */
    void (*intent)(struct session *s, struct intent i);       /* may be NULL; 结束 is dealt with before */
    void (*input)(struct session *s, const struct input *in); /* devices, records, answers; may be NULL */
    int rest;                                                 /* ms; 0: the page stays */
    bool quiet; /* nothing can be lost here: when its rest is over the visit ends without a question */
    bool trouble, can_back;
    bool looks_up; /* what it shows is read from the catalogue as the visit goes on */
};
#define SCREEN(name, word) extern const struct state state_##name;
#include "screen.def"
#undef SCREEN

/* session.c */
void go(struct session *s, enum screen to);
void step_intent(struct session *s, struct intent i);
void state_input(struct session *s, const struct input *in); /* to the state under the overlays */
bool pending(const struct session *s);                       /* a record is on its way: no touch counts */
struct date today(const struct session *s);

/* visit.c */
void visit_begin(struct session *s);
/* 只看办事指南: a visit that leaves no record, since nothing can be handed in. */
void reading_begin(struct session *s);
void reading_health(struct session *s);       /* it may be in service again, or without a catalogue */
void visit_lost_catalogue(struct session *s); /* what is shown cannot be read any more: ends the visit, and says why */
/* Records the end (of what has a beginning), wipes, goes to idle (or to the forgotten card). */
void visit_end(struct session *s, const char *how);
void visit_again(struct session *s); /* right after visit_end(): 再办一件 */
/* 结束: asks once when something would be lost. */
void visit_leave(struct session *s);
bool serviceable(const struct session *s);
bool at_rest(const struct session *s); /* idle, or out of service */
void rest_page(struct session *s);     /* idle, or out of service */
void out_tell(struct session *s);      /* state_out_of_service.c: why */
/* state_update.c: true, and its page is open: the input says that an update begins */
bool update_begins(struct session *s, const struct input *in);
void forget_values(struct session *s);

/* settings.c */
/* Language, size, colours, reach: taken on every page but the time-out. false: `i` is none of these. */
bool settings_intent(struct session *s, struct intent i);
void settings_reset(struct session *s);
bool settings_changed(const struct session *s); /* are not those every visit starts with */

/* effects.c: each adds one effect to the running step */
struct effect_record *fx_record(struct session *s, enum record_kind kind, const char *what);
void fx_timer(struct session *s, enum timer_id timer, int ms);
void fx_poll(struct session *s, bool on);
void fx_browse(struct session *s, int theme, int page);
void fx_search(struct session *s);
void fx_compose(struct session *s, enum compose_op op, int index);
void fx_region(struct session *s, const char *code);
void fx_item(struct session *s, const char *task_code);
void fx_print(struct session *s, enum device_role role, struct paper *paper, const char *job);
void fx_print_stop(struct session *s, enum device_role role);
void fx_simple(struct session *s, enum effect_kind kind);
void fx_staff(struct session *s, enum staff_errand errand);
void fx_first(struct session *s, enum first_errand errand);
void fx_tested(struct session *s, const struct effect_tested *t);

/* jobs.c */
bool printer_usable(enum printer_health h);
/* Prints the receipt or ticket of this visit and shows the page of what came of it. Without a usable printer a print-not
 * is recorded instead. */
void print_paper(struct session *s, enum device_role role);
/* The next print follows one that may have come out: it says 补打. */
void print_again(struct session *s, enum device_role role);
/* The same for a touch: where it cannot be printed, the page that says why. */
void reprint(struct session *s, enum device_role role);
void print_test(struct session *s, enum device_role role);
/* A technician's paper, owned from here on: a job like any other, of nobody's visit; nothing while another one runs. */
void print_staff(struct session *s, enum device_role role, const char *what, struct paper *paper);
bool printing(const struct session *s);
void jobs_input(struct session *s, const struct input *in);
void jobs_slip(struct session *s, const struct input *in);
void jobs_start_failed(struct session *s);
void jobs_start_recorded(struct session *s);
void jobs_visit_over(struct session *s);

/* card.c: what the states of the card share */
void card_begin(struct session *s); /* 开始办理: to the card, to the form, or to what keeps from it */
void card_input(struct session *s, const struct input *in);
void card_wait(struct session *s, const struct input *in);  /* input of the states that wait for a card */
void card_early(struct session *s, const struct input *in); /* a card read before it was asked for */
void card_back(struct session *s);                          /* 返回 to the guide page */
void card_left(struct session *s);                          /* TIMER_LEFT: it still lies there */
void card_gone(struct session *s);                          /* nothing lies there, or nobody can tell */

/* pages.c: which fields stand on which page */
void pages_update(struct session *s); /* after any value changed */
void pages_show(struct session *s, int page);
void pages_show_field(struct session *s, int field);
/* To the next or previous question or page; false: there is none. */
bool pages_next(struct session *s);
bool pages_previous(struct session *s);
void pages_titles(struct session *s);                   /* in the language of the visit */
int pages_of_field(const struct session *s, int field); /* -1: on none */

/* entry.c: the keyboard and what it types into; any state may have a target while it is shown */
void entry_open(struct session *s, enum keyboard_kind kind, const struct entry_target *t);
void entry_close(struct session *s);                   /* letters not yet text are dropped */
bool entry_intent(struct session *s, struct intent i); /* true: it was the keyboard's, and is done */
bool entry_settle(struct session *s, struct intent i); /* true: i comes again when the letters have become text */
void entry_answer(struct session *s, const struct composing_answer *a);
void entry_gone(struct session *s);

/* fields.c: values, checks, faults */
bool field_on_page(const struct session *s, int field);
enum keyboard_kind field_keyboard(enum field_type type);
void field_focus(struct session *s, int field);                 /* -1: none; the one left is checked */
void field_set(struct session *s, int field, const char *text); /* a value that was chosen elsewhere */
void field_choose(struct session *s, int field, int choice);
void signature_forget(struct session *s);
/* Checks every field of the page; the first wrong one or -1. */
int fields_check_page(struct session *s, int page);
int fields_check_shown(struct session *s); /* the same for what stands on the screen */

/* state_region.c: leaves the form for choosing the field's value, and comes back with it */
void region_open(struct session *s, int field);
/* state_search.c */
void find_open(struct session *s); /* from home or the themes */
/* The same without the keyboard: every item of that kind, to look through. */
void find_all(struct session *s, enum search_kind kind);
void find_again(struct session *s); /* what is shown may have changed: language, health */
void find_forget(struct session *s);
/* state_item.c */
void item_answer(struct session *s, const struct input *in);
/* state_newer.c: the page of s->item, of a queue */
void newer_item(struct session *s);
void newer_queue(struct session *s, const struct queue *q);
/* state_form.c */
void form_open(struct session *s);  /* fresh values from the card, or those already there */
bool form_wrong(struct session *s); /* goes to the first wrong field of the form; false when there is none */
/* state_review.c */
void submit(struct session *s);
void handed_in(struct session *s, const struct input *in);
/* state_rating.c: what the end of an errand leads to; whoever handed nothing in leaves at once */
void rate_or_leave(struct session *s);
/* state_selftest.c */
void selftest_input(struct session *s, const struct input *in);
void selftest_printed(struct session *s, enum device_role role, enum print_state print, enum printer_health why);
/* state_first.c */
void first_begin(struct session *s); /* instead of the page at rest, while view.first.on */
void first_printed(struct session *s, enum device_role role, enum print_state print);
/* state_staff_pin.c */
void staff_card(struct session *s, const struct input *in); /* from idle and out of service */
void staff_leave(struct session *s);
struct effect_record *staff_record(struct session *s, enum record_kind kind, const char *what);
/* state_recovery.c: a visit that was cut off gets its page, true, or when it is too old at once its end */
bool recover(struct session *s, const struct input *in);
void recovery_over(struct session *s, bool open); /* it gets its end */
/* state_queue.c */
void ticket_taken(struct session *s, const struct input *in);
void take_number(struct session *s);
void queues_unknown(struct session *s);
void queues_input(struct session *s, const struct input *in); /* also between visits */
void queues_times(struct session *s, const struct input *in);
/* state_trouble_ticket.c */
void ticket_void(struct session *s);

#endif
