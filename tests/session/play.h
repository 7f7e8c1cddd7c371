/* SPDX-License-Identifier: Apache-2.0
 *
 * Plays visits as values: a made-up item and card, and the part of kiosk.c that matters to a session: records are answered
 * before anything else happens, and nothing is printed when one of them failed.
 */
#ifndef TESTS_SESSION_PLAY_H
#define TESTS_SESSION_PLAY_H

#include "base/clock.h"
#include "base/text.h"
#include "session/internal.h"
#include "test.h"

#define CASE_ONE "1103003260105000017"
#define PLAY_PIN "483920"
#define PLAY_NAME "测试甲"
#define PLAY_ID "11010519491231002X"

struct play {
    struct session *s;
    const struct view *v;
    int64_t now;
    struct health health;
    struct identity card;
    const struct item *item; /* what EFFECT_ITEM finds */
    bool silent;             /* records are not answered */
    bool disk_full;
    char log[4096]; /* words of the records made durable, a space before each */
    int timers[TIMER_COUNT];
    bool poll;
    int prints, wipes, visits, ends;
    int readings;     /* times somebody only read guides: that leaves no record */
    char job[5];      /* of the last EFFECT_PRINT */
    char paper[8192]; /* and what stands on it */
    enum device_role role;
    struct effect_record last[RECORD_KINDS];
    struct input queue[32];
    struct listing hot, list; /* answers lend them */
    int n_queue;
    int ticket;
    int errands[STAFF_OVER + 1], wait_s;
    struct staff_facts facts;
    struct staff_badge badge;
    struct effect_tested tested; /* the last answer to the guided test */
    int answers;
    int first[FIRST_OPEN + 1]; /* errands of the first boot */
    int browsed_theme, browsed_page;
    bool browsed_dept;
    char region[7];                /* the last division asked about */
    struct effect_compose compose; /* the last question to kiosk-ime */
    char letters[COMPOSING_LETTERS_MAX + 1];
    struct effect_ask asked; /* the last question to the hall; tests answer it */
    int questions;
    char ask_item[ITEM_CODE_MAX + 1];
    char ask_number[CASE_NUMBER_LEN + 1], ask_phone[CASE_PHONE_DIGITS + 1]; /* what it was about */
    struct case_here here;                                                  /* what the journal knows of any number */
    struct spoken spoken;                                                   /* what was last said */
    char supplied[SUPPLEMENT_WORDS_MAX + 1];                                /* what the last supplement said */
    struct effect_search searched;                                          /* the last search; tests answer it */
    char looked[200];                                                       /* its text */
    int searches;
};

enum {
    A_NAME,
    A_NUMBER,
    A_REASON,
    A_FORMER,
    A_URGENT,
    A_MOBILE,
    A_DELIVERY,
    A_POST_CODE,
    A_POST_NAME,
    A_AMOUNT,
    A_DAY,
    A_NOTE
};

static inline const struct item *item_a(void)
{
    static const struct form_choice reasons[] = {{.id = "expiring", .label = "有效期快到了"},
                                                 {.id = "expired", .label = "已经过期"},
                                                 {.id = "damaged", .label = "证件损坏"},
                                                 {.id = "name", .label = "姓名变更"}};
    static const struct form_choice ways[] = {{.id = "window", .label = "到窗口领取"}, {.id = "post", .label = "快递到付"}};
    static struct item it;
#define FIELD(n, must, if_field, if_is, ...)                                                                                \
    it.form.fields[n] = (struct form_field){.show_if = {if_field, if_is, false}, .required = must, __VA_ARGS__}
    it = (struct item){.task_code = "A",
                       .catalog_code = "a",
                       .task_name = "居民身份证有效期满换领",
                       .dept_name = "示例区公安分局",
                       .task_type_name = "公共服务",
                       .accept_condition = "有效期满",
                       .transact_addr = "一层",
                       .link_way = "12345",
                       .supervise_way = "12345",
                       .is_service_terminals = true,
                       .promise = {.day = 20},
                       .anticipate = {.day = 60}};
    it.form.version = 3;
    it.form.n_groups = 4;
    it.form.groups[0].title = "您的信息";
    it.form.groups[1].title = "换领原因";
    it.form.groups[2].title = "怎么联系您";
    it.form.groups[3].title = "别的";
    it.form.n_fields = 12;
    FIELD(A_NAME, true, -1, NULL, .id = "name", .label = "姓名", .type = FIELD_TEXT, .source = "card.name", .locked = true);
    FIELD(A_NUMBER, true, -1, NULL, .id = "number", .label = "号码", .type = FIELD_CITIZEN_NUMBER, .source = "card.number",
          .locked = true, .mask = true);
    FIELD(A_REASON, true, -1, NULL, .id = "reason", .label = "为什么换领", .type = FIELD_CHOICE, .group = 1,
          .choices = reasons, .n_choices = 4);
    FIELD(A_FORMER, true, A_REASON, "name", .id = "former", .label = "变更前的姓名", .type = FIELD_CHINESE_TEXT, .group = 1,
          .max = 50);
    FIELD(A_URGENT, true, -1, NULL, .id = "urgent", .label = "同时申请临时证", .type = FIELD_YES_NO, .group = 1);
    FIELD(A_MOBILE, true, -1, NULL, .id = "mobile", .label = "手机号码", .type = FIELD_MOBILE, .group = 2, .mask = true);
    FIELD(A_DELIVERY, true, -1, NULL, .id = "delivery", .label = "领证方式", .type = FIELD_CHOICE, .group = 2,
          .choices = ways, .n_choices = 2);
    FIELD(A_POST_CODE, true, A_DELIVERY, "post", .id = "post-code", .label = "邮编", .type = FIELD_TEXT, .group = 2,
          .max = 6);
    FIELD(A_POST_NAME, true, A_DELIVERY, "post", .id = "post-name", .label = "收件", .type = FIELD_TEXT, .group = 2,
          .max = 20);
    FIELD(A_AMOUNT, true, -1, NULL, .id = "amount", .label = "金额", .type = FIELD_MONEY, .group = 3, .max = 100000);
    FIELD(A_DAY, true, -1, NULL, .id = "day", .label = "日期", .type = FIELD_DATE, .group = 3);
    FIELD(A_NOTE, false, -1, NULL, .id = "note", .label = "备注", .type = FIELD_TEXT, .group = 3, .max = 20);
#undef FIELD
    it.form.n_rules = 1;
    it.form.rules[0] = (struct form_rule){
        .when = {A_REASON, "expired", false}, .require = RULE_CARD_EXPIRED, .message = "还在有效期内"};
    it.form.consent_id = "c1";
    it.form.consent = "属实。";
    return &it;
}

/* The same without a word on expired cards, for another errand of the same person. */
static inline const struct item *item_b(void)
{
    static struct item it;
    it = *item_a();
    it.task_code = "B";
    it.form.n_rules = 0;
    return &it;
}

/* The same, which asks for papers that an electronic licence may stand in for, and for others. */
enum { C_CARD, C_PERMIT, C_MARRIAGE, C_PHOTO, C_OPTIONAL };
static inline const struct item *item_c(void)
{
    static struct item it;
    it = *item_b();
    it.task_code = "C";
    it.n_materials = 5;
    it.materials[C_CARD] = (struct item_material){
        .name = "居民身份证", .state = MATERIAL_HAVE, .from_card = true, .licence_kind = "居民身份证"};
    it.materials[C_PERMIT] = (struct item_material){.name = "居住证", .state = MATERIAL_BRING, .licence_kind = "居住证"};
    it.materials[C_MARRIAGE] = (struct item_material){.name = "婚姻证明", .state = MATERIAL_LATER, .licence_kind = "M-1"};
    it.materials[C_PHOTO] = (struct item_material){.name = "照片", .state = MATERIAL_BRING};
    it.materials[C_OPTIONAL] = (struct item_material){.name = "驾驶证", .state = MATERIAL_OPTIONAL, .licence_kind = "D-1"};
    return &it;
}

/* What is left of an item that a later version wrote. */
static inline const struct item *item_newer(void)
{
    static const struct item it = {.task_code = "N", .task_name = "新事项", .dept_name = "示例区民政局", .newer = true};
    return &it;
}

static inline struct identity card_of(const char *number)
{
    struct identity id = {.kind = IDENTITY_RESIDENT,
                          .name = PLAY_NAME,
                          .sex = '2',
                          .nation = "01",
                          .birth = {1949, 12, 31},
                          .address = "示例区示例路 1 号",
                          .authority = "示例区公安分局",
                          .valid_from = {2010, 1, 1},
                          .valid_to = {2030, 1, 1}};
    text_copy(id.number, sizeof id.number, number);
    return id;
}

static inline void play_push(struct play *p, struct input in)
{
    if (p->n_queue == 32)
        abort();
    p->queue[p->n_queue++] = in;
}

/* Which members a kind carries stands in wire/record.c; a record with others would be refused. */
static inline void play_members(const struct effect_record *r)
{
    bool print = r->header.kind == RECORD_PRINT_START || r->header.kind == RECORD_PRINT_DONE ||
                 r->header.kind == RECORD_PRINT_NOT || r->header.kind == RECORD_PRINT_UNKNOWN ||
                 r->header.kind == RECORD_PRINT_TAKEN || r->header.kind == RECORD_PRINT_RETRACTED;
    print = print && strcmp(r->header.what, "earlier"); /* a paper of an earlier run: nothing is known of it */
    bool ticket = r->header.kind == RECORD_TICKET || r->header.kind == RECORD_TICKET_VOID;
    CHECK_INT(strlen(r->header.job), print ? 4 : 0);
    CHECK(print ? r->header.copy >= 1 && r->header.copy <= 99 : !r->header.copy);
    CHECK_INT(r->header.queue[0] != 0, ticket);
    CHECK_INT(r->header.case_number[0] != 0, r->header.kind == RECORD_SUPPLEMENT);
    CHECK_INT(r->words != NULL, r->header.kind == RECORD_SUPPLEMENT);
    CHECK_INT(r->spoken != NULL, r->header.kind == RECORD_FEEDBACK);
    if (r->header.kind != RECORD_RATING && !print) /* a test page has no number */
        CHECK_INT(r->header.number[0] != 0, r->header.kind == RECORD_TICKET_VOID);
    CHECK_INT(r->header.score != 0, r->header.kind == RECORD_RATING);
}

static inline void play_record(struct play *p, const struct effect_record *r, bool *failed)
{
    struct input in = {
        .kind = p->disk_full ? INPUT_RECORD_FAILED : INPUT_RECORDED, .record = r->header.kind, .no_space = p->disk_full};
    play_members(r);
    p->last[r->header.kind] = *r;
    p->visits += r->header.kind == RECORD_VISIT_START;
    p->ends += r->header.kind == RECORD_VISIT_END;
    *failed |= p->disk_full;
    text_copy(in.number, sizeof in.number, r->header.number);
    if (r->header.kind == RECORD_APPLICATION) {
        text_copy(in.number, sizeof in.number, CASE_ONE);
        in.promised = (struct date){2026, 2, 2};
    }
    if (r->header.kind == RECORD_SUPPLEMENT)
        text_copy(p->supplied, sizeof p->supplied, r->words);
    if (r->header.kind == RECORD_FEEDBACK) {
        p->spoken = *r->spoken;
        text_copy(in.number, sizeof in.number, "110300300001");
        speak_code_make(&(struct speak_number){1103, 3, 1}, 4711, in.code);
    }
    if (r->header.kind == RECORD_TICKET) {
        snprintf(in.number, sizeof in.number, "A03-%03d", ++p->ticket);
        date_format(date_of_ms(p->now), in.day);
    }
    if (!p->disk_full && strlen(p->log) + 32 < sizeof p->log) {
        strcat(p->log, " ");
        strcat(p->log, record_kind_word(r->header.kind));
    }
    if (!p->silent)
        play_push(p, in);
}

static inline void play_print(struct play *p, const struct effect *f, bool failed)
{
    const struct effect_record *start = &p->last[RECORD_PRINT_START];
    CHECK_STR(start->header.job, f->job); /* its print-start stands in the journal before */
    CHECK_STR(start->header.role, device_word(f->role));
    CHECK(f->paper != NULL);
    p->paper[0] = '\0';
    for (size_t i = 0; i < f->paper->n_blocks; i++)
        snprintf(p->paper + strlen(p->paper), sizeof p->paper - strlen(p->paper), "%s\t%s\n", f->paper->blocks[i].text,
                 f->paper->blocks[i].value ? f->paper->blocks[i].value : "");
    paper_destroy(f->paper);
    text_copy(p->job, sizeof p->job, f->job);
    p->role = f->role;
    if (!failed) {
        p->prints++;
        return;
    }
    struct input in = {.kind = INPUT_PRINT, .print = PRINT_NOT, .printer = PRINTER_FAULT, .role = f->role};
    text_copy(in.job, sizeof in.job, f->job);
    play_push(p, in);
}

static inline void play_perform(struct play *p, const struct effect *f, bool *failed)
{
    switch (f->kind) {
    case EFFECT_RECORD:
        play_record(p, &f->record, failed);
        break;
    case EFFECT_CARD_POLL:
        p->poll = f->on;
        break;
    case EFFECT_PRINT:
        play_print(p, f, *failed);
        break;
    case EFFECT_PRINT_STOP:
        strcat(p->log, " (stop)");
        break;
    case EFFECT_BROWSE:
        p->browsed_theme = f->theme;
        p->browsed_page = f->page;
        p->browsed_dept = f->by_dept;
        p->list = (struct listing){.theme = f->theme,
                                   .page = f->page,
                                   .pages = f->theme < 0 ? 1 : 3,
                                   .n_themes = 2,
                                   .n_rows = f->theme < 0 ? 0 : 2,
                                   .total = 6,
                                   .rows = {{.task_code = "A"}, {.task_code = "B"}}};
        play_push(p, (struct input){.kind = INPUT_BROWSE, .listing = &p->list});
        break;
    case EFFECT_SEARCH:
        p->searched = f->search;
        p->searches++;
        text_copy(p->looked, sizeof p->looked, f->search.text);
        break;
    case EFFECT_HOME:
        p->hot = (struct listing){.n_rows = 1, .here = 3, .all = 9, .rows = {{.task_code = "A"}}};
        play_push(p, (struct input){.kind = INPUT_HOME, .listing = &p->hot});
        break;
    case EFFECT_ITEM:
        play_push(p, (struct input){.kind = INPUT_ITEM, .item = p->item});
        break;
    case EFFECT_REGION:
        text_copy(p->region, sizeof p->region, f->code); /* tests answer it */
        break;
    case EFFECT_CASE_HERE:
        play_push(p, (struct input){.kind = INPUT_CASE_HERE, .here = p->here});
        break;
    case EFFECT_ASK:
        p->asked = f->ask;
        p->questions++;
        text_copy(p->ask_number, sizeof p->ask_number, f->ask.number);
        text_copy(p->ask_item, sizeof p->ask_item, f->ask.item ? f->ask.item : "");
        text_copy(p->ask_phone, sizeof p->ask_phone, f->ask.phone);
        break;
    case EFFECT_COMPOSE:
        if (f->compose.op != COMPOSE_START) {
            p->compose = f->compose; /* the question; tests answer it */
            text_copy(p->letters, sizeof p->letters, f->compose.letters);
        }
        break;
    case EFFECT_STAFF:
        p->errands[f->errand]++;
        if (f->errand == STAFF_CHECK_PIN)
            play_push(p, (struct input){.kind = INPUT_STAFF_PIN,
                                        .right = !*failed && !strcmp(f->pin, PLAY_PIN),
                                        .wait_s = strcmp(f->pin, PLAY_PIN) ? p->wait_s : 0});
        else if (f->errand == STAFF_GET_FACTS)
            play_push(p, (struct input){.kind = INPUT_STAFF_FACTS, .facts = &p->facts});
        break;
    case EFFECT_TIMER:
        p->timers[f->timer] = f->ms;
        break;
    case EFFECT_SELFTEST:
        p->tested = f->tested;
        p->answers++;
        break;
    case EFFECT_FIRST:
        p->first[f->first]++;
        break;
    case EFFECT_WIPE:
        p->wipes++;
        CHECK_INT(p->ends + p->readings, p->wipes); /* the end is on record before anything is wiped */
        break;
    }
}

static inline void play_one(struct play *p, const struct input *in)
{
    struct effects fx;
    struct input now = *in;
    bool failed = false, reading = p->v->reading;
    now.now_ms = p->now;
    session_step(p->s, &now, &fx);
    p->readings += reading && !p->v->visit;
    for (int kind = EFFECT_RECORD; kind <= EFFECT_WIPE; kind++)
        for (int i = 0; i < fx.n; i++)
            if ((int)fx.list[i].kind == kind)
                play_perform(p, &fx.list[i], &failed);
}

/* Feeds one input and all that follows from it. */
static inline void play_input(struct play *p, struct input in)
{
    play_push(p, in);
    while (p->n_queue > 0) {
        struct input next = p->queue[0];
        memmove(p->queue, p->queue + 1, (size_t)--p->n_queue * sizeof *p->queue);
        play_one(p, &next);
    }
}

static inline void play_event(struct play *p, enum input_kind kind)
{
    play_input(p, (struct input){.kind = kind});
}

static inline void play_tap2(struct play *p, enum intent_kind kind, int a, int b)
{
    play_input(p, (struct input){.kind = INPUT_INTENT, .intent = {kind, a, b}});
}

static inline void play_tap(struct play *p, enum intent_kind kind, int a)
{
    play_tap2(p, kind, a, 0);
}

static inline void play_type(struct play *p, int field, const char *text)
{
    play_tap(p, INTENT_FOCUS, field);
    for (; *text; text++)
        play_tap(p, INTENT_KEY, (unsigned char)*text);
}

static inline void play_timer(struct play *p, enum timer_id t)
{
    p->now += p->timers[t];
    p->timers[t] = 0;
    play_input(p, (struct input){.kind = INPUT_TIMER, .timer = t});
}

static inline void play_health(struct play *p)
{
    play_input(p, (struct input){.kind = INPUT_HEALTH, .health = p->health});
}

static inline void play_card(struct play *p, const struct identity *id)
{
    play_event(p, INPUT_CARD_SEEN);
    play_input(p, (struct input){.kind = INPUT_CARD_READ, .identity = id});
}

static inline void play_outcome(struct play *p, enum print_state print, enum printer_health why)
{
    struct input in = {.kind = INPUT_PRINT, .print = print, .printer = why, .role = p->role};
    text_copy(in.job, sizeof in.job, p->job);
    play_input(p, in);
}

static inline void play_progress(struct play *p, int percent, bool held)
{
    play_input(p, (struct input){.kind = INPUT_PRINT,
                                 .print = PRINT_RUNNING,
                                 .role = p->role,
                                 .progress = percent,
                                 .held = held,
                                 .printer = held ? PRINTER_NO_PAPER : PRINTER_READY});
}

static inline void play_open(struct play *p)
{
    struct session_config c = {
        .place = {.zone = "示范区", .device = "03 号机", .hotline = "12345", .terminal = "t-1103-003"},
        .n_queues = 2,
        .queues = {{.id = "general", .name = "综合受理", .place = "1 楼", .letter = 'A', .recall = 3, .open = true},
                   {.id = "closed", .name = "不动产", .open = false}}};
    *p = (struct play){.item = item_a(), .card = card_of(PLAY_ID)};
    clock_parse_rfc3339("2026-01-05T09:00:00+08:00", &p->now);
    p->health = (struct health){.clock_sure = true, .storage = true, .catalogue = true};
    p->s = session_create(&c);
    p->v = session_view(p->s);
}

static inline void play_begin(struct play *p)
{
    play_open(p);
    play_input(p, (struct input){.kind = INPUT_START, .health = p->health});
}

static inline void play_end(struct play *p)
{
    session_destroy(p->s);
}

/* To the guide page, to the form, to the review with everything filled in, to the number. */
static inline void play_to_item(struct play *p)
{
    play_begin(p);
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_BROWSE, 0);
    play_tap(p, INTENT_THEME, 0);
    play_tap(p, INTENT_ITEM, 0);
}

static inline void play_to_form(struct play *p)
{
    play_to_item(p);
    play_tap(p, INTENT_APPLY, 0);
    play_card(p, &p->card);
    play_event(p, INPUT_CARD_LIFTED);
}

static inline void play_fill(struct play *p)
{
    play_tap2(p, INTENT_CHOOSE, A_REASON, 0);
    play_tap2(p, INTENT_CHOOSE, A_URGENT, 1);
    play_tap(p, INTENT_NEXT, 0);
    play_type(p, A_MOBILE, "13800000123");
    play_tap2(p, INTENT_CHOOSE, A_DELIVERY, 0);
    play_tap(p, INTENT_NEXT, 0);
    play_type(p, A_AMOUNT, "20.5");
    play_type(p, A_DAY, "20260301");
    play_tap(p, INTENT_NEXT, 0);
}

static inline void play_to_review(struct play *p)
{
    play_to_form(p);
    play_fill(p);
    play_tap(p, INTENT_CONSENT, 0);
}

static inline void play_to_number(struct play *p)
{
    play_to_review(p);
    play_tap(p, INTENT_SUBMIT, 0);
}

static inline void play_to_ticket(struct play *p)
{
    play_tap(p, INTENT_START, 0);
    play_tap(p, INTENT_QUEUE, 0);
    play_tap(p, INTENT_TAKE_NUMBER, 0);
}

#define CHECK_SCREEN(p, want) CHECK_STR(screen_name((p)->v->screen), screen_name(SCREEN_##want))

/* Whether the words stand in the log in this order, others between. */
static inline bool logged(const struct play *p, const char *words)
{
    const char *at = p->log;
    char word[32];
    int n;
    for (; sscanf(words, "%31s%n", word, &n) == 1; words += n) {
        size_t len = strlen(word);
        while (*at && !(at[0] == ' ' && !strncmp(at + 1, word, len) && (at[1 + len] == ' ' || !at[1 + len])))
            at++;
        if (!*at)
            return false;
        at++;
    }
    return true;
}

static inline bool has_bytes(const void *mem, size_t size, const char *text)
{
    return memmem(mem, size, text, strlen(text)) != NULL;
}

/* Whether the session's memory, secret pages and all, holds the text. */
static inline bool session_holds(const struct session *s, const char *text)
{
    return has_bytes(s, sizeof *s, text) || has_bytes(s->identity, sizeof *s->identity, text) ||
           has_bytes(s->fields.values, sizeof *s->fields.values, text) ||
           has_bytes(s->entry.composing, sizeof *s->entry.composing, text) ||
           has_bytes(s->cases.known, sizeof *s->cases.known, text) ||
           has_bytes(s->booking.known, sizeof *s->booking.known, text) ||
           has_bytes(s->licences.known, sizeof *s->licences.known, text) ||
           has_bytes(s->cases.typed, sizeof *s->cases.typed, text) ||
           has_bytes(s->speak.typed, sizeof *s->speak.typed, text) ||
           has_bytes(s->speak.told, sizeof *s->speak.told, text) || has_bytes(s->searching.text, SEARCHING_TEXT_MAX, text);
}

#endif
