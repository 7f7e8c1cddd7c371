/* SPDX-License-Identifier: Apache-2.0
 *
 * What each paper says, in the order it says it.
 */
#include "tools/hall/papers/case_paper.h"

#include <stdio.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "tools/hall/papers/case_paper_words.h"
#include "tools/hall/rules/deadline_words.h"

#define TEXTS_MAX (32 * 1024)
#define FILLED_MAX 3000
#define HASH_PREFIX "tongban-paper-text-v1\n"

static const struct {
    const char *word;
    enum case_paper_word title;
    enum case_event_kind event, tacit;
} kinds[PAPERS] = {
#define PAPER(name, word, event, tacit) [PAPER_##name] = {word, PAPER_WORD_title_##name, event, tacit},
#include "tools/hall/papers/case_paper_kind.def"
#undef PAPER
};

const char *case_paper_kind_word(enum case_paper_kind k)
{
    return kinds[k].word;
}

bool case_paper_kind_by_word(const char *word, enum case_paper_kind *ret)
{
    for (int i = 0; i < PAPERS; i++)
        if (strcmp(word, kinds[i].word) == 0) {
            *ret = (enum case_paper_kind)i;
            return true;
        }
    return false;
}

bool case_paper_is_of(enum case_paper_kind k, enum case_event_kind event)
{
    return event == kinds[k].event || event == kinds[k].tacit;
}

const char *case_paper_title(enum case_paper_kind k)
{
    return case_paper_word(kinds[k].title);
}

void case_paper_check_text(const uint8_t check[PAPER_CHECK_LEN], char out[PAPER_CHECK_TEXT])
{
    for (int i = 0; i < PAPER_CHECK_LEN; i += 2)
        snprintf(out + i / 2 * 5, 6, "%02X%02X%s", check[i], check[i + 1], i + 2 < PAPER_CHECK_LEN ? "-" : "");
}

const char *case_paper_day(struct date d, char out[PAPER_DAY_MAX])
{
    char year[12], month[12], day[12];

    snprintf(year, sizeof year, "%d", d.year);
    snprintf(month, sizeof month, "%d", d.month);
    snprintf(day, sizeof day, "%d", d.day);
    text_fill(out, PAPER_DAY_MAX, case_paper_word(PAPER_WORD_date), (const char *const[]){year, month, day}, 3);
    return out;
}

const char *case_paper_supplied(const struct case_event *ev, char out[CASE_WORDS_MAX + 1])
{
    char day[PAPER_DAY_MAX];

    case_paper_day(date_of_ms(ev->at), day);
    if (case_event_alone(ev))
        text_fill(out, CASE_WORDS_MAX + 1, case_paper_word(PAPER_WORD_supplied_alone), (const char *const[]){day}, 1);
    else
        text_copy(out, CASE_WORDS_MAX + 1, ev->words);
    return out;
}

static size_t keep(struct case_paper *p, const char *text)
{
    size_t at = p->texts.len;

    buf_adds(&p->texts, text);
    buf_addc(&p->texts, '\0');
    return at;
}

static void put(struct case_paper *p, enum case_paper_part part, const char *label, const char *text)
{
    must(p->n < PAPER_BLOCKS_MAX, "a paper has room for its blocks");
    size_t at = keep(p, label);
    p->blocks[p->n++] = (struct case_paper_block){part, at, keep(p, text)};
}

static void fill(struct case_paper *p, enum case_paper_part part, const char *label, enum case_paper_word id,
                 const char *const args[4])
{
    char text[FILLED_MAX];

    text_fill(text, sizeof text, case_paper_word(id), args, 4);
    put(p, part, label, text);
}

static void row(struct case_paper *p, enum case_paper_word label, const char *text)
{
    put(p, PAPER_ROW, case_paper_word(label), text);
}

static void row_known(struct case_paper *p, enum case_paper_word label, const char *text)
{
    row(p, label, text[0] ? text : case_paper_word(PAPER_WORD_unknown));
}

static bool tacit(const struct case_paper_facts *f)
{
    return f->event.kind == CASE_EVENT_ACCEPT_TACIT || f->event.kind == CASE_EVENT_DECIDE_TACIT;
}

static enum case_paper_word first_words(const struct case_paper_facts *f)
{
    bool granted = f->state.result == CASE_GRANTED;

    switch (f->kind) {
    case PAPER_acceptance:
        return tacit(f) ? PAPER_WORD_text_acceptance_tacit : PAPER_WORD_text_acceptance;
    case PAPER_supplement:
        return PAPER_WORD_text_supplement;
    case PAPER_refusal:
        return PAPER_WORD_text_refusal;
    case PAPER_decision:
    case PAPERS:
        break;
    }
    if (tacit(f))
        return granted ? PAPER_WORD_text_granted_tacit : PAPER_WORD_text_denied_tacit;
    return granted ? PAPER_WORD_text_granted : PAPER_WORD_text_denied;
}

/* The day it took effect; the law may put it elsewhere than the day it was entered. */
static struct date effective(const struct case_paper_facts *f)
{
    if (f->kind == PAPER_acceptance)
        return f->state.accepted;
    return f->kind == PAPER_decision ? f->state.decided : date_of_ms(f->event.at);
}

static const char *law_of_silence(const struct case_paper_facts *f)
{
    if (f->event.law[0])
        return f->event.law;
    return f->kind == PAPER_acceptance ? deadline_law(DEADLINE_ACCEPT, LANGUAGE_ZH_CN) : f->state.limits.tacit_law;
}

static void put_head(struct case_paper *p, const struct case_paper_facts *f)
{
    char applied[PAPER_DAY_MAX], day[PAPER_DAY_MAX], number[24];

    put(p, PAPER_TITLE, "", case_paper_title(f->kind));
    fill(p, PAPER_TO, "", f->id[0] ? PAPER_WORD_to_masked : PAPER_WORD_to, (const char *const[]){f->name, f->id, "", ""});
    case_paper_day(f->state.applied, applied);
    case_paper_day(effective(f), day);
    fill(p, PAPER_TEXT, "", first_words(f), (const char *const[]){applied, f->item_name, day, law_of_silence(f)});
    case_number_group(f->event.number, number);
    row(p, PAPER_WORD_row_number, number);
    row(p, PAPER_WORD_row_item, f->item_name);
    row(p, PAPER_WORD_row_item_code, f->state.limits.item);
}

/* Statutory and promised limit with the sentence that explains each; the earlier of their days. */
static void put_limits(struct case_paper *p, const struct case_paper_facts *f)
{
    char words[DEADLINE_WORDS_MAX], day[PAPER_DAY_MAX];
    struct date today = date_of_ms(f->event.at), due = {0};
    struct deadlines all;

    deadline_fold(&f->state, f->calendar, today, &all);
    for (int i = 0; i < all.n; i++) {
        const struct deadline *d = &all.list[i];

        if (d->kind != DEADLINE_PROMISE && d->kind != DEADLINE_STATUTORY)
            continue;
        put(p, PAPER_ROW, deadline_name(d->kind, LANGUAGE_ZH_CN), deadline_sentence(d, today, LANGUAGE_ZH_CN, words));
        if (d->limit.day >= 0 && (!case_day(due) || date_compare(d->due, due) < 0))
            due = d->due;
    }
    if (f->kind == PAPER_acceptance)
        row(p, PAPER_WORD_row_due, case_day(due) ? case_paper_day(due, day) : case_paper_word(PAPER_WORD_unknown));
}

static void put_received(struct case_paper *p, const struct case_paper_facts *f)
{
    char day[PAPER_DAY_MAX], digest[2 * PAPER_CHECK_LEN + 1];

    case_paper_day(f->state.applied, day);
    hex_encode(f->received.body_hash, PAPER_CHECK_LEN, digest);
    fill(p, PAPER_ROW, case_paper_word(PAPER_WORD_row_received), PAPER_WORD_received,
         (const char *const[]){day, digest, "", ""});
    if (f->supplied[0])
        row(p, PAPER_WORD_row_supplied, f->supplied);
}

static void put_where(struct case_paper *p, const struct case_paper_facts *f, enum case_paper_word label,
                      enum case_paper_word id)
{
    const char *address = f->address[0] ? f->address : f->agency;
    const char *phone = f->phone[0] ? f->phone : case_paper_word(PAPER_WORD_unknown);

    fill(p, PAPER_ROW, case_paper_word(label), id, (const char *const[]){address, phone, "", ""});
}

static void put_body(struct case_paper *p, const struct case_paper_facts *f)
{
    switch (f->kind) {
    case PAPER_acceptance:
        put_received(p, f);
        put_limits(p, f);
        return;
    case PAPER_supplement:
        row(p, PAPER_WORD_row_missing, f->event.words);
        put_where(p, f, PAPER_WORD_row_hand_in, PAPER_WORD_hand_in);
        row(p, PAPER_WORD_row_until, case_paper_word(PAPER_WORD_until_none));
        return;
    case PAPER_refusal:
        row(p, PAPER_WORD_row_reason, f->event.words);
        row(p, PAPER_WORD_row_law, f->event.law);
        row(p, PAPER_WORD_row_remedy, case_paper_word(PAPER_WORD_remedy));
        return;
    case PAPER_decision:
    case PAPERS:
        break;
    }
    bool denied = f->state.result == CASE_DENIED;
    if (f->event.words[0])
        row(p, denied ? PAPER_WORD_row_reason : PAPER_WORD_row_content, f->event.words);
    if (f->event.law[0])
        row(p, PAPER_WORD_row_law, f->event.law);
    put_limits(p, f);
    put_where(p, f, PAPER_WORD_row_collect, PAPER_WORD_collect);
    if (denied)
        row(p, PAPER_WORD_row_remedy, case_paper_word(PAPER_WORD_remedy));
}

static void put_end(struct case_paper *p, const struct case_paper_facts *f)
{
    char day[PAPER_DAY_MAX];

    row(p, PAPER_WORD_row_agency, f->agency);
    row(p, PAPER_WORD_row_post, f->event.post);
    row_known(p, PAPER_WORD_row_phone, f->phone);
    row_known(p, PAPER_WORD_row_address, f->address);
    fill(p, PAPER_SIGN, "", PAPER_WORD_sign, (const char *const[]){f->agency, "", "", ""});
    put(p, PAPER_SIGN, "", case_paper_day(p->day, day));
}

static int hash(struct case_paper *p, struct err *e)
{
    uint8_t whole[SHA256_LEN];
    struct buf words;

    buf_init(&words, TEXTS_MAX + sizeof HASH_PREFIX);
    buf_adds(&words, HASH_PREFIX);
    for (int i = 0; i < p->n && buf_ok(&p->texts); i++)
        buf_addf(&words, "%s\t%s\n", case_paper_label(p, i), case_paper_text(p, i));
    bool good = buf_ok(&words) && buf_ok(&p->texts);
    if (good) {
        sha256(words.data, words.len, whole);
        memcpy(p->check, whole, sizeof p->check);
    }
    buf_finish(&words);
    return good ? 0 : err_set(e, ERR_TOOLONG, "the paper: its texts are more than %d bytes", TEXTS_MAX);
}

int case_paper_compose(const struct case_paper_facts *f, struct case_paper *ret, struct err *e)
{
    *ret = (struct case_paper){.kind = f->kind, .day = date_of_ms(f->event.at)};
    buf_init(&ret->texts, TEXTS_MAX);
    put_head(ret, f);
    put_body(ret, f);
    put_end(ret, f);
    return hash(ret, e);
}

void case_paper_finish(struct case_paper *p)
{
    buf_finish(&p->texts);
}

const char *case_paper_label(const struct case_paper *p, int block)
{
    return buf_str(&p->texts) + p->blocks[block].label;
}

const char *case_paper_text(const struct case_paper *p, int block)
{
    return buf_str(&p->texts) + p->blocks[block].text;
}
