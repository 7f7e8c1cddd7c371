/* SPDX-License-Identifier: Apache-2.0
 *
 * The step itself: start, recovery, out of service, storage, rest and time-out, and intents that do not belong.
 */
#include "session/play_cases.h"

TEST(names_of_screens)
{
    CHECK_STR(screen_name(SCREEN_IDLE), "idle");
    CHECK_STR(screen_name(SCREEN_OUT_OF_SERVICE), "out-of-service");
    CHECK_STR(screen_name(SCREEN_COUNT), "");
}

TEST(before_the_start)
{
    struct play p;
    play_open(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.v->out_reason, OUT_STARTING);
    play_tap(&p, INTENT_START, 0);
    play_health(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.visits, 0);
    play_end(&p);
}

TEST(out_of_service)
{
    struct play p;
    play_open(&p);
    p.health.catalogue = false;
    play_input(&p, (struct input){.kind = INPUT_START, .health = p.health});
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.v->out_reason, OUT_CATALOGUE);
    play_tap(&p, INTENT_START, 0);
    play_tap(&p, INTENT_CLOSE, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    p.health.catalogue = true;
    p.health.storage = false;
    play_health(&p);
    CHECK_INT(p.v->out_reason, OUT_STORAGE);
    p.health.storage = true;
    play_health(&p);
    CHECK_SCREEN(&p, IDLE);
    p.health.storage = false;
    play_health(&p);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_INT(p.visits, 0);
    play_end(&p);
}

TEST(visit_that_cannot_be_recorded)
{
    struct play p;
    play_begin(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_START, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK(!p.v->visit);
    p.disk_full = false;
    play_health(&p);
    CHECK_SCREEN(&p, IDLE);
    play_end(&p);
}

TEST(disk_full_at_submit)
{
    struct play p;
    play_to_review(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    CHECK(p.v->storage.no_space && !p.v->storage.before);
    CHECK_STR(p.v->done.number, "");
    CHECK_STR(p.v->values->text[A_MOBILE], "13800000123");
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, REVIEW);
    CHECK_STR(p.v->values->text[A_MOBILE], "13800000123");
    CHECK(p.v->form.consent);
    play_tap(&p, INTENT_SUBMIT, 0);
    p.disk_full = false;
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, SUCCESS);
    CHECK_STR(p.log, " visit-start application print-start");
    play_end(&p);
}

TEST(disk_full_and_given_up)
{
    struct play p;
    play_to_review(&p);
    p.disk_full = true;
    play_tap(&p, INTENT_SUBMIT, 0);
    p.health.storage = false;
    play_health(&p);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    play_tap(&p, INTENT_END, 0);
    CHECK_SCREEN(&p, LEAVE);
    play_tap(&p, INTENT_END_YES, 0);
    CHECK_SCREEN(&p, OUT_OF_SERVICE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "fault");
    CHECK(!session_holds(p.s, "13800000123"));
    play_end(&p);
}

TEST(storage_gone_before_choosing)
{
    struct play p;
    play_to_item(&p);
    p.health.storage = false;
    play_health(&p);
    CHECK_SCREEN(&p, ITEM); /* guides go on */
    play_tap(&p, INTENT_APPLY, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    CHECK(p.v->storage.before);
    play_tap(&p, INTENT_RETRY, 0);
    CHECK_SCREEN(&p, TROUBLE_STORAGE);
    play_tap(&p, INTENT_BACK, 0);
    CHECK_SCREEN(&p, ITEM);
    play_tap(&p, INTENT_APPLY, 0);
    p.health.storage = true;
    play_health(&p);
    CHECK_SCREEN(&p, CARD_WAITING);
    play_end(&p);
}

TEST(rest_times)
{
    struct play p;
    play_begin(&p);
    CHECK_INT(p.timers[TIMER_REST], 0);
    play_tap(&p, INTENT_START, 0);
    CHECK_INT(p.timers[TIMER_REST], REST_HOME);
    play_end(&p);
    play_to_review(&p);
    CHECK_INT(p.timers[TIMER_REST], REST_FORM);
    play_tap(&p, INTENT_SUBMIT, 0);
    CHECK_INT(p.timers[TIMER_REST], REST_TROUBLE);
    play_outcome(&p, PRINT_DONE, PRINTER_READY);
    CHECK_INT(p.timers[TIMER_REST], REST_HOME);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "done");
    CHECK_INT(p.timers[TIMER_REST], 0);
    CHECK_INT(p.timers[TIMER_COUNTDOWN], 0);
    play_end(&p);
}

TEST(any_touch_restarts_rest)
{
    struct play p;
    play_to_form(&p);
    p.timers[TIMER_REST] = -1;
    play_tap(&p, INTENT_NONE, 0);
    CHECK_INT(p.timers[TIMER_REST], REST_FORM);
    p.timers[TIMER_REST] = -1;
    play_event(&p, INPUT_CLOCK);
    play_health(&p);
    play_event(&p, INPUT_BROWSE);
    CHECK_INT(p.timers[TIMER_REST], -1); /* nobody touched anything */
    play_end(&p);
}

TEST(timeout_and_more_time)
{
    struct play p;
    play_to_form(&p);
    pages_show(p.s, 1);
    play_type(&p, A_MOBILE, "138");
    for (int i = 0; i < 5; i++) { /* as often as it is wanted */
        play_timer(&p, TIMER_REST);
        CHECK_SCREEN(&p, TIMEOUT);
        CHECK_INT(p.v->timeout.below, SCREEN_FORM);
        CHECK(!p.v->timeout.nothing_typed && !p.v->can_back);
        CHECK_INT(p.v->timeout.seconds, 45);
        play_timer(&p, TIMER_COUNTDOWN);
        CHECK_INT(p.v->timeout.seconds, 44);
        CHECK_INT(p.timers[TIMER_COUNTDOWN], 1000);
        play_tap(&p, INTENT_NONE, 0); /* only the button gives time: who knows who touches */
        play_tap(&p, INTENT_BACK, 0);
        play_tap(&p, INTENT_KEY, '8');
        CHECK_SCREEN(&p, TIMEOUT);
        play_tap(&p, INTENT_MORE_TIME, 0);
        CHECK_SCREEN(&p, FORM);
        CHECK_STR(p.v->values->text[A_MOBILE], "138");
        CHECK_INT(p.timers[TIMER_REST], REST_FORM);
        CHECK_INT(p.timers[TIMER_COUNTDOWN], 0);
    }
    play_timer(&p, TIMER_REST);
    play_tap(&p, INTENT_END_YES, 0); /* the page has asked already */
    CHECK_SCREEN(&p, IDLE);
    CHECK_STR(p.last[RECORD_VISIT_END].header.what, "left");
    play_end(&p);
}

TEST(count_down_follows_the_time)
{
    struct play p;
    play_to_form(&p);
    play_timer(&p, TIMER_REST);
    p.now += 20000;
    play_input(&p, (struct input){.kind = INPUT_TIMER, .timer = TIMER_COUNTDOWN});
    CHECK_INT(p.v->timeout.seconds, 25);
    p.now -= 3600000; /* a clock set back gives nobody an hour */
    play_input(&p, (struct input){.kind = INPUT_TIMER, .timer = TIMER_COUNTDOWN});
    CHECK_INT(p.v->timeout.seconds, 24);
    p.now += 2 * 3600000; /* and a clock set forward throws nobody out */
    play_input(&p, (struct input){.kind = INPUT_TIMER, .timer = TIMER_COUNTDOWN});
    CHECK_INT(p.v->timeout.seconds, 1);
    CHECK_SCREEN(&p, TIMEOUT);
    play_end(&p);
}

TEST(timeout_over_the_leave_page)
{
    struct play p;
    play_to_form(&p);
    pages_show(p.s, 1);
    play_type(&p, A_MOBILE, "138");
    play_tap(&p, INTENT_END, 0);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    CHECK_INT(p.v->timeout.below, SCREEN_LEAVE);
    play_tap(&p, INTENT_MORE_TIME, 0);
    CHECK_SCREEN(&p, LEAVE);
    play_tap(&p, INTENT_END_NO, 0);
    CHECK_SCREEN(&p, FORM);
    play_end(&p);
}

TEST(card_under_the_timeout_page)
{
    struct play p;
    play_to_item(&p);
    play_tap(&p, INTENT_APPLY, 0);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    CHECK(p.v->timeout.nothing_typed);
    play_event(&p, INPUT_CARD_SEEN);
    CHECK_SCREEN(&p, CARD_READING);
    CHECK_INT(p.timers[TIMER_REST], REST_FORM);
    play_end(&p);
}

TEST(trouble_page_lasts_five_minutes)
{
    struct play p;
    play_to_number(&p);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    int64_t from = p.now;
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK(p.v->done.expired);
    play_timer(&p, TIMER_REST);
    CHECK_INT(p.now - from, REST_TROUBLE);
    CHECK_SCREEN(&p, TIMEOUT);
    play_tap(&p, INTENT_MORE_TIME, 0);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    CHECK(!p.v->done.expired);
    play_timer(&p, TIMER_REST);
    play_tap(&p, INTENT_MORE_TIME, 0);
    CHECK(!p.v->done.expired);
    CHECK_INT(p.timers[TIMER_REST], REST_TROUBLE - REST_LAST_CALL);
    play_end(&p);
}

TEST(outcome_under_the_timeout_page)
{
    struct play p;
    play_to_number(&p);
    play_timer(&p, TIMER_REST);
    CHECK_SCREEN(&p, TIMEOUT);
    play_outcome(&p, PRINT_NOT, PRINTER_NO_PAPER);
    CHECK_SCREEN(&p, TIMEOUT);
    CHECK(logged(&p, "print-start print-not"));
    play_tap(&p, INTENT_MORE_TIME, 0);
    CHECK_SCREEN(&p, TROUBLE_PAPER);
    play_end(&p);
}

TEST(stopped_timers_say_nothing)
{
    struct play p;
    play_begin(&p);
    for (int t = -1; t <= TIMER_COUNT; t++)
        play_input(&p, (struct input){.kind = INPUT_TIMER, .timer = (enum timer_id)t});
    CHECK_SCREEN(&p, IDLE);
    CHECK_INT(p.ends, 0);
    play_end(&p);
}

/* --- every state ignores what does not belong to it ---------------------------------------------------------------- */

struct row {
    enum screen screen;
    void (*reach)(struct play *p);
    const char *takes; /* names of intents, a space after each */
};

static void to_home(struct play *p)
{
    play_begin(p);
    play_tap(p, INTENT_START, 0);
}
static void to_browse(struct play *p)
{
    to_home(p);
    play_tap(p, INTENT_BROWSE, 0);
    play_tap(p, INTENT_THEME, 0);
}
static void to_groups(struct play *p)
{
    to_browse(p);
    play_tap(p, INTENT_BACK, 0);
}
static void to_waiting(struct play *p)
{
    play_to_item(p);
    play_tap(p, INTENT_APPLY, 0);
}
static void to_reading(struct play *p)
{
    to_waiting(p);
    play_event(p, INPUT_CARD_SEEN);
}
static void to_remove(struct play *p)
{
    to_waiting(p);
    play_card(p, &p->card);
}
static void to_done(struct play *p)
{
    play_to_number(p);
    play_outcome(p, PRINT_DONE, PRINTER_READY);
}
static void to_paper(struct play *p)
{
    play_to_number(p);
    play_outcome(p, PRINT_NOT, PRINTER_NO_PAPER);
}
static void to_unknown(struct play *p)
{
    play_to_number(p);
    play_outcome(p, PRINT_UNKNOWN, PRINTER_ABSENT);
}
static void to_queue(struct play *p)
{
    to_home(p);
    play_tap(p, INTENT_QUEUE, 0);
}
static void to_ticket(struct play *p)
{
    play_begin(p);
    play_to_ticket(p);
    play_outcome(p, PRINT_DONE, PRINTER_READY);
}
static void to_trouble_ticket(struct play *p)
{
    play_begin(p);
    play_to_ticket(p);
    play_outcome(p, PRINT_NOT, PRINTER_NO_PAPER);
}
static void to_reader(struct play *p)
{
    to_waiting(p);
    p->health.reader = READER_ABSENT;
    play_health(p);
}
static void to_card(struct play *p)
{
    to_reading(p);
    play_event(p, INPUT_CARD_FAILED);
}
static void to_storage(struct play *p)
{
    play_to_review(p);
    p->disk_full = true;
    play_tap(p, INTENT_SUBMIT, 0);
    p->disk_full = false;
}
static void to_leave(struct play *p)
{
    play_to_review(p);
    play_tap(p, INTENT_END, 0);
}
static void to_timeout(struct play *p)
{
    play_to_review(p);
    play_timer(p, TIMER_REST);
}
static void to_accessibility(struct play *p)
{
    to_home(p);
    play_tap(p, INTENT_ACCESSIBILITY, 0);
}
static void to_out(struct play *p)
{
    play_open(p);
    p->health.storage = false;
    play_input(p, (struct input){.kind = INPUT_START, .health = p->health});
}

static void to_reading_themes(struct play *p)
{
    to_out(p);
    play_tap(p, INTENT_GUIDES, 0);
    play_tap(p, INTENT_THEME, 0);
}

static void to_reading_item(struct play *p)
{
    to_reading_themes(p);
    play_tap(p, INTENT_ITEM, 0);
}

static void to_known(struct play *p)
{
    to_list(p);
    tell(MY_CASE_ASKED);
    answer(p);
}

static void to_asked(struct play *p)
{
    to_case(p, MY_CASE_ASKED);
}

static void to_supplement(struct play *p)
{
    to_asked(p);
    play_tap(p, INTENT_SUPPLEMENT, 0);
}

static const struct row rows[] = {
    {SCREEN_IDLE, play_begin, "start "},
    {SCREEN_HOME, to_home, "end browse item queue search guides cases speak "},
    {SCREEN_BROWSE, to_browse, "end back theme page item search "},
    {SCREEN_BROWSE, to_groups, "end back theme search group "},
    {SCREEN_ITEM, play_to_item, "end back page apply "},
    {SCREEN_CARD_WAITING, to_waiting, "end back "},
    {SCREEN_CARD_READING, to_reading, "end back "},
    {SCREEN_CARD_REMOVE, to_remove, "end back "},
    {SCREEN_FORM, play_to_form, "end back focus choose previous next "},
    {SCREEN_REVIEW, play_to_review, "end back previous edit consent submit "},
    {SCREEN_SUCCESS, to_done, "end took-paper no-paper noted another "},
    {SCREEN_QUEUE, to_queue, "end back take-number "},
    {SCREEN_TICKET, to_ticket, "end took-paper no-paper noted "},
    {SCREEN_TROUBLE_PAPER, to_paper, "end print took-paper noted "},
    {SCREEN_TROUBLE_UNKNOWN, to_unknown, "end print took-paper no-paper noted "},
    {SCREEN_TROUBLE_TICKET, to_trouble_ticket, "end print keep-number void-number "},
    {SCREEN_TROUBLE_READER, to_reader, "end back "},
    {SCREEN_TROUBLE_CARD, to_card, "end back retry "},
    {SCREEN_TROUBLE_STORAGE, to_storage, "end back retry "},
    {SCREEN_LEAVE, to_leave, "back end-yes end-no "},
    {SCREEN_TIMEOUT, to_timeout, "end end-yes more-time "},
    {SCREEN_OUT_OF_SERVICE, to_out, "guides "},
    {SCREEN_BROWSE, to_reading_themes, "end back theme page item search "},
    {SCREEN_ITEM, to_reading_item, "end back page "},
    {SCREEN_ACCESSIBILITY, to_accessibility, "end back close "},
    {SCREEN_CASES, to_known, "end back case case-by-number "},
    {SCREEN_CASE, to_asked, "end back supplement "},
    {SCREEN_SUPPLEMENT, to_supplement, "end back previous supplement "},
};

/* With a = 0 size, colours and reach stay as they are, but a touch on idle begins a visit. */
static bool is_setting(enum screen at, enum intent_kind k)
{
    if (at == SCREEN_TIMEOUT)
        return false;
    return k == INTENT_LANGUAGE || (k == INTENT_ACCESSIBILITY && at != SCREEN_ACCESSIBILITY) ||
           (at == SCREEN_IDLE && (k == INTENT_TEXT_SIZE || k == INTENT_CONTRAST || k == INTENT_LOW_REACH));
}

static const char *const intent_names[] = {
#define INTENT(name, word) word " ",
#include "session/intent.def"
#undef INTENT
};

/* What a resident could notice: the screen, records, what is shown and typed. Rest and clocks aside. */
static bool changed_by(struct play *p, enum intent_kind kind)
{
    static struct session before; /* too large for the stack of a sanitizer build */
    struct form_values typed = *p->s->fields.values;
    size_t logged_before = strlen(p->log);
    int a = kind == INTENT_FOCUS || kind == INTENT_CHOOSE ? A_REASON : kind == INTENT_KEY ? '1' : kind == INTENT_PAGE;
    memcpy(&before, p->s, sizeof before);
    play_tap(p, kind, a);
    before.touched = p->s->touched;
    before.armed = p->s->armed;
    return memcmp(&before, p->s, sizeof before) != 0 || memcmp(&typed, p->s->fields.values, sizeof typed) != 0 ||
           strlen(p->log) != logged_before;
}

TEST(what_does_not_belong_is_ignored)
{
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        for (size_t k = 0; k < sizeof intent_names / sizeof *intent_names; k++) {
            struct play p;
            bool taken = strstr(rows[r].takes, intent_names[k]) && /* at the start of a word */
                         (strstr(rows[r].takes, intent_names[k]) == rows[r].takes ||
                          strstr(rows[r].takes, intent_names[k])[-1] == ' ');
            taken |= is_setting(rows[r].screen, (enum intent_kind)k);
            rows[r].reach(&p);
            CHECK_STR(screen_name(p.v->screen), screen_name(rows[r].screen));
            p.browsed_theme = p.browsed_page = -9;
            bool changed = changed_by(&p, (enum intent_kind)k) || p.browsed_theme != -9;
            if (changed != taken)
                printf("# %s: intent %s\n", screen_name(rows[r].screen), intent_names[k]);
            CHECK_INT(changed, taken);
            play_end(&p);
        }
    }
}

TEST_MAIN(T(names_of_screens), T(before_the_start), T(out_of_service), T(visit_that_cannot_be_recorded),
          T(disk_full_at_submit), T(disk_full_and_given_up), T(storage_gone_before_choosing), T(rest_times),
          T(any_touch_restarts_rest), T(timeout_and_more_time), T(count_down_follows_the_time),
          T(timeout_over_the_leave_page), T(card_under_the_timeout_page), T(trouble_page_lasts_five_minutes),
          T(outcome_under_the_timeout_page), T(stopped_timers_say_nothing), T(what_does_not_belong_is_ignored))
