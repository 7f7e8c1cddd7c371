/* SPDX-License-Identifier: Apache-2.0
 *
 * See notice_text.h.
 */
#include "tools/hallctl/notice_text.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "tools/hall/rules/deadline_words.h"
#include "tools/hall/store/store_case.h"
#include "tools/hall/store/store_complaint.h"

enum notice_word_id {
#define STR(id) WORD_##id,
#include "notice_word_ids.inc"
#undef STR
    WORDS,
};
static const char *const words[WORDS] = {
#define STR(id, zh, en) [WORD_##id] = zh,
#include "notice_words.inc"
#undef STR
};

struct telling {
    const struct store_notice *notice;
    struct case_event event; /* it tells of; seq 0: none */
};

static void find_event(void *ctx, const struct case_event *ev)
{
    struct telling *t = ctx;
    char about[NOTICE_ABOUT_MAX + 1];

    if (notice_of_event(ev, about) == t->notice->kind && strcmp(about, t->notice->about) == 0)
        t->event = *ev;
}

static void fill(struct buf *out, const char *text, const char *const args[4])
{
    for (const char *p = text; *p; p++) {
        if (*p == '{' && p[1] >= '0' && p[1] <= '3' && p[2] == '}') {
            buf_adds(out, args[p[1] - '0']);
            p += 2;
        } else {
            buf_add(out, p, 1);
        }
    }
}

/* The limit the notice is about, where it still is as it was: not met, and not moved. */
static const struct deadline *limit_of(const struct store_notice *n, const struct deadlines *all,
                                       const struct workday_calendar *calendar, struct date today)
{
    char about[NOTICE_ABOUT_MAX + 1];

    for (int i = 0; i < all->n; i++)
        if (notice_of_limit(&all->list[i], calendar, today, about) == n->kind && strcmp(about, n->about) == 0)
            return &all->list[i];
    return NULL;
}

static void tell_limit(struct buf *out, enum notice_word_id word, const struct deadline *d, struct date today,
                       const char *item, const char *number)
{
    char sentence[DEADLINE_WORDS_MAX];

    deadline_sentence(d, today, LANGUAGE_ZH_CN, sentence);
    fill(out, words[word], (const char *[4]){item, number, deadline_name(d->kind, LANGUAGE_ZH_CN), sentence});
}

/* Until when there is a result, where that is known. */
static void tell_by_when(struct buf *out, const struct deadlines *all, struct date today)
{
    char sentence[DEADLINE_WORDS_MAX];

    for (int i = 0; i < all->n; i++)
        if (all->list[i].kind == DEADLINE_PROMISE && case_day(all->list[i].due) && !case_day(all->list[i].done))
            fill(out, words[WORD_by_when],
                 (const char *[4]){deadline_sentence(&all->list[i], today, LANGUAGE_ZH_CN, sentence), "", "", ""});
}

static const enum notice_word_id word_of[NOTICES] = {
#define NOTICE(name, word, to, words) [NOTICE_##name] = WORD_##words,
#include "tools/hall/rules/notice.def"
#undef NOTICE
};

const char *notice_words(enum notice_kind k, const char *const args[4], char *out, size_t cap)
{
    struct buf text;

    buf_init(&text, NOTICE_TEXT_MAX - 1);
    fill(&text, words[word_of[k]], args);
    text_copy(out, cap, buf_str(&text));
    buf_finish(&text);
    return out;
}

static void tell(struct buf *out, const struct telling *t, const struct case_file *f, const struct deadlines *all,
                 const struct workday_calendar *calendar, const char *item)
{
    const struct date today = date_of_ms(clock_wall_ms());
    enum notice_kind kind = t->notice->kind;
    char number[24];

    case_number_group(f->number, number);
    if (kind == NOTICE_DUE_TOMORROW || kind == NOTICE_OVERDUE) {
        const struct deadline *d = limit_of(t->notice, all, calendar, today);
        if (d)
            tell_limit(out, word_of[kind], d, today, item, number);
        return;
    }
    if (!t->event.seq)
        return;
    const char *third = kind == NOTICE_SUPPLIED      ? f->state.post
                        : kind == NOTICE_HANDED_OVER ? t->event.to_post
                                                     : t->event.words;
    fill(out, words[word_of[kind]], (const char *[4]){item, number, third, ""});
    if (kind == NOTICE_ACCEPTED)
        tell_by_when(out, all, today);
}

/* Of what somebody said nothing stands in a notice: neither a word of it nor the code. */
static int compose_spoken(struct store *s, const struct store_notice *n, struct notice_text *ret, struct err *e)
{
    struct complaint_file f;
    struct buf out;
    int rc = complaint_file_read(s, n->office, n->number, NULL, NULL, &f, e);

    if (rc < 0)
        return rc;
    *ret = (struct notice_text){.text = ""};
    text_copy(ret->staff, sizeof ret->staff, f.state.staff);
    text_copy(ret->post, sizeof ret->post, f.state.post);
    if ((n->kind == NOTICE_SPOKEN_ASSIGNED || n->kind == NOTICE_SPOKEN_OVERDUE) && !complaint_stage_open(f.state.stage))
        return 0; /* it was answered meanwhile */
    buf_init(&out, NOTICE_TEXT_MAX - 1);
    fill(&out, words[word_of[n->kind]], (const char *[4]){f.number, f.state.post, "", ""});
    text_copy(ret->text, sizeof ret->text, buf_str(&out));
    buf_finish(&out);
    return 0;
}

int notice_compose(struct store *s, const struct published *p, const struct store_notice *n, struct notice_text *ret,
                   struct err *e)
{
    struct telling t = {.notice = n};
    struct case_file f;
    struct deadlines all;
    struct buf out;
    char item[200];
    struct speak_number said;

    if (speak_number_parse(n->number, &said))
        return compose_spoken(s, n, ret, e);
    int rc = case_file_read(s, n->office, n->number, find_event, &t, &f, e);

    if (rc < 0)
        return rc;
    *ret = (struct notice_text){.text = ""};
    deadline_fold(&f.state, p->calendar, date_of_ms(clock_wall_ms()), &all);
    published_name(p, f.item, item, sizeof item);
    buf_init(&out, NOTICE_TEXT_MAX - 1);
    tell(&out, &t, &f, &all, p->calendar, item);
    rc = buf_ok(&out) ? 0 : err_set(e, ERR_TOOLONG, "the notice of case %s", n->number);
    text_copy(ret->text, sizeof ret->text, buf_str(&out));
    text_copy(ret->item, sizeof ret->item, f.item);
    text_copy(ret->staff, sizeof ret->staff, f.state.staff);
    text_copy(ret->post, sizeof ret->post, f.state.post);
    buf_finish(&out);
    return rc;
}

void notice_opener(const struct store_notice *n, const char **ret_staff, const char **ret_post,
                   char reason[NOTICE_REASON_MAX + 1])
{
    struct buf out;

    *ret_staff = words[WORD_opener_staff];
    *ret_post = words[WORD_opener_post];
    buf_init(&out, NOTICE_REASON_MAX);
    fill(&out, words[WORD_opener_reason], (const char *[4]){notice_word(n->kind), "", "", ""});
    text_copy(reason, NOTICE_REASON_MAX + 1, buf_str(&out));
    buf_finish(&out);
}
