/* SPDX-License-Identifier: Apache-2.0
 *
 * What the keyboard types into, be it a field of the form or what is looked for. On the Chinese pages letters and strokes
 * are composed first: kiosk-ime is asked what they may become, and what was chosen becomes text. Nothing waits for it: an
 * answer to letters that have changed meanwhile is let go. What is written by
 * hand is read after each stroke, and nothing of it becomes text but a candidate that was touched.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/internal.h"

#define BY_CHARACTER (1u << KEYS_STROKES | 1u << KEYS_WRITING) /* pages that are nothing without kiosk-ime */

static bool composing(const struct session *s)
{
    return s->entry.composing->letters[0] != '\0';
}

static void drop_candidates(struct session *s)
{
    must(s->entry.composing->n >= 0 && s->entry.composing->n <= CANDIDATES_MAX, "more candidates than there is room for");
    secret_wipe(s->entry.composing->text, sizeof s->entry.composing->text);
    s->entry.composing->n = 0;
    s->entry.composing->fresh = false;
    s->view.keys.candidates = 0;
}

static void drop_letters(struct session *s)
{
    secret_wipe(s->entry.composing->letters, sizeof s->entry.composing->letters);
    secret_wipe(&s->entry.composing->ink, sizeof s->entry.composing->ink);
    s->entry.drawing = false;
    s->entry.asked = COMPOSE_NOTHING; /* an answer that is still under way is about what is there no more */
    drop_candidates(s);
}

/* --- text --- */

uint32_t entry_takes_words(const struct session *s, const char *text, uint32_t cp)
{
    return cp < 0x20 || cp == 0x7f ? 0 : cp;
}

/* One character, if the target takes it and has room. */
static void put(struct session *s, uint32_t cp)
{
    must(s->entry.target.text && s->entry.target.takes, "a key that types nowhere");
    must(strlen(s->entry.target.text) <= s->entry.target.cap, "more was typed than there is room for");
    struct entry_target *t = &s->entry.target;
    char utf8[4];
    size_t len = strlen(t->text), n;

    cp = t->takes(s, t->text, cp);
    n = cp ? utf8_put(cp, utf8) : 0;
    if (!n || utf8_count(t->text) >= t->room || len + n > t->cap)
        return;
    memcpy(t->text + len, utf8, n);
    t->text[len + n] = '\0';
}

static void put_text(struct session *s, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        int32_t cp = utf8_next(&text, end);

        if (cp > 0)
            put(s, (uint32_t)cp);
    }
}

static void erase(struct session *s, bool all)
{
    must(s->entry.target.text, "what is erased is nowhere");
    char *text = s->entry.target.text;
    size_t keep = all || !text[0] ? 0 : utf8_prefix(text, utf8_count(text) - 1);

    if (!text[0])
        return;
    secret_wipe(text + keep, strlen(text) - keep);
    s->entry.target.changed(s);
}

/* --- composing --- */

static bool composes(const struct session *s, uint32_t cp)
{
    if (s->view.keys.gone)
        return false;
    if (s->view.keys.page == KEYS_STROKES)
        return cp && cp < 0x80 && strchr("hspnz", (int)cp);
    return s->view.keys.kind == KEYBOARD_CHINESE && s->view.keys.page == KEYS_LETTERS && cp >= 'a' && cp <= 'z';
}

/* A choice is on its way: its answer tells which letters are left. */
static bool taking(const struct session *s)
{
    return s->entry.asked == COMPOSE_TAKE || s->entry.asked == COMPOSE_ALL;
}

static void ask(struct session *s, enum compose_op op, int index)
{
    must(op == COMPOSE_LOOK || op == COMPOSE_TAKE || op == COMPOSE_ALL || op == COMPOSE_READ,
         "a question without an answer");
    must(strlen(s->entry.composing->letters) <= COMPOSING_LETTERS_MAX, "more letters than there is room for");
    s->entry.asked = op;
    s->entry.asked_letters = strlen(s->entry.composing->letters);
    effects_compose(s, op, index);
}

/* The question waits while a choice is on its way. */
static void look(struct session *s)
{
    if (taking(s))
        return;
    if (composing(s)) {
        s->entry.composing->fresh = false;
        ask(s, COMPOSE_LOOK, 0);
    } else {
        drop_letters(s);
    }
}

static void add_letter(struct session *s, char c)
{
    must(c > 0, "a letter that ends the text");
    size_t len = strlen(s->entry.composing->letters);

    if (len >= COMPOSING_LETTERS_MAX)
        return;
    s->entry.composing->scheme = s->view.keys.page == KEYS_STROKES ? SCHEME_STROKES : SCHEME_PINYIN;
    s->entry.composing->letters[len] = c;
    s->fields.typed |= s->view.keys.kind != KEYBOARD_SEARCH; /* what is only looked for is no loss */
    look(s);
}

static void key(struct session *s, uint32_t cp)
{
    if (composes(s, cp)) {
        add_letter(s, (char)cp);
    } else if (composing(s)) {
        if (cp == ' ' && !taking(s)) /* also before the candidates have come */
            ask(s, COMPOSE_TAKE, 0);
    } else {
        put(s, cp);
        s->entry.target.changed(s);
    }
}

static void backspace(struct session *s)
{
    size_t len = strlen(s->entry.composing->letters);

    if (!len) {
        erase(s, false);
    } else if (!taking(s)) {
        s->entry.composing->letters[len - 1] = '\0';
        look(s);
    }
}

/* --- by hand --- */

static bool writes(const struct session *s)
{
    return s->view.keys.page == KEYS_WRITING;
}

static void read_ink(struct session *s)
{
    s->entry.drawing = false;
    if (s->entry.composing->ink.n) {
        s->entry.composing->fresh = false;
        ask(s, COMPOSE_READ, 0);
    } else {
        drop_letters(s);
    }
}

/* A finger that leaves the box ends its stroke there. */
static void draw(struct session *s, struct intent i)
{
    bool inside = i.a >= 0 && i.b >= 0 && i.a <= ink_character.x && i.b <= ink_character.y;

    if (i.kind == INTENT_PEN_DOWN && inside) {
        s->entry.drawing = true;
        s->fields.typed |= s->view.keys.kind != KEYBOARD_SEARCH;
        ink_down(&s->entry.composing->ink, ink_character, i.a, i.b);
    } else if (s->entry.drawing && inside) {
        ink_move(&s->entry.composing->ink, ink_character, i.a, i.b);
    } else if (s->entry.drawing) {
        read_ink(s);
    }
}

static bool pen(struct session *s, struct intent i)
{
    if (i.kind == INTENT_PEN_DOWN || i.kind == INTENT_PEN_MOVE) {
        draw(s, i);
    } else if (i.kind == INTENT_PEN_UP) {
        if (s->entry.drawing)
            read_ink(s);
    } else if (i.kind == INTENT_PEN_UNDO) {
        ink_undo(&s->entry.composing->ink);
        read_ink(s);
    } else if (i.kind == INTENT_PEN_AGAIN) {
        drop_letters(s);
    } else {
        return false;
    }
    return true;
}

static bool offered(const struct session *s, int i)
{
    return !s->entry.asked && s->entry.composing->fresh && i >= 0 && i < s->entry.composing->n;
}

/* What was read is text already. */
static void take_read(struct session *s, int i)
{
    put_text(s, composing_candidate(s->entry.composing, i));
    drop_letters(s);
    s->entry.target.changed(s);
}

static void show_page(struct session *s, int page)
{
    if (page < 0 || page >= KEYS_PAGE_COUNT || !(s->view.keys.pages >> page & 1))
        return;
    drop_letters(s);
    s->view.keys.page = (enum keys_page)page;
    if (page == KEYS_LETTERS || page == KEYS_STROKES || page == KEYS_WRITING)
        s->entry.liked = s->view.keys.page;
}

/* What has come back begins with the letters asked about; those typed meanwhile stand behind. */
static void keep_rest(struct session *s, const char *rest)
{
    must(s->entry.asked_letters <= COMPOSING_LETTERS_MAX, "a question about more letters than there is room for");
    char letters[2 * COMPOSING_LETTERS_MAX + 1] = "";

    text_copy(letters, sizeof letters, rest);
    text_copy(letters + strlen(letters), sizeof letters - strlen(letters),
              s->entry.composing->letters + s->entry.asked_letters);
    drop_letters(s);
    text_copy(s->entry.composing->letters, sizeof s->entry.composing->letters, letters);
    secret_wipe(letters, sizeof letters);
}

/* What could not become text: letters stay what they are, strokes are nothing. */
static void put_letters(struct session *s)
{
    if (s->entry.composing->scheme == SCHEME_PINYIN)
        put_text(s, s->entry.composing->letters);
    drop_letters(s);
}

/* What waited for the composing to end: 写好了, 下一步, another field. On another page nothing of it is meant any more. */
static void go_on(struct session *s)
{
    must(s->entry.n_after >= 0 && s->entry.n_after <= ENTRY_AFTER_MAX, "more touches wait than there is room for");
    struct intent list[ENTRY_AFTER_MAX];
    int n = s->entry.n_after, page = s->view.form.page, question = s->view.form.question;
    enum screen base = s->base;

    memcpy(list, s->entry.after, sizeof list);
    s->entry.n_after = 0;
    for (int i = 0; i < n && s->base == base && s->view.form.page == page && s->view.form.question == question; i++)
        session_intent(s, list[i]);
}

static void chosen(struct session *s, const struct composing_answer *a)
{
    must(taking(s), "a choice that nobody made");
    must(s->entry.target.text, "what was chosen goes nowhere");
    enum compose_op op = s->entry.asked;

    put_text(s, a->text);
    keep_rest(s, a->rest);
    s->entry.asked = 0;
    if (op == COMPOSE_ALL)
        put_letters(s);
    s->entry.target.changed(s);
    look(s);
    go_on(s);
}

void entry_answer(struct session *s, const struct composing_answer *a)
{
    if (!s->entry.asked || a->serial != s->entry.serial || !s->entry.target.text)
        return;
    if (s->entry.asked != COMPOSE_LOOK && s->entry.asked != COMPOSE_READ) {
        chosen(s, a);
        return;
    }
    s->entry.asked = 0;
    drop_candidates(s);
    s->entry.composing->n = a->n;
    s->entry.composing->fresh = true;
    memcpy(s->entry.composing->at, a->at, sizeof a->at);
    memcpy(s->entry.composing->text, a->candidates, sizeof a->candidates);
}

void entry_gone(struct session *s)
{
    s->entry.gone = s->view.keys.gone = true;
    s->entry.asked = 0;
    s->view.keys.pages &= ~BY_CHARACTER;
    if (!s->entry.target.text)
        return;
    if (1u << s->view.keys.page & BY_CHARACTER)
        s->view.keys.page = KEYS_LETTERS;
    secret_wipe(&s->entry.composing->ink, sizeof s->entry.composing->ink);
    s->entry.drawing = false;
    if (composing(s)) {
        put_letters(s);
        s->entry.target.changed(s);
    }
    go_on(s);
}

/* --- the target --- */

void entry_open(struct session *s, enum keyboard_kind kind, const struct entry_target *t)
{
    must(t->text && t->takes && t->changed, "a keyboard that types nowhere");
    must(t->cap > 0 && t->room > 0, "a keyboard with room for nothing");
    must(kind != KEYBOARD_NONE, "no keyboard is opened");
    unsigned all = 1u << KEYS_LETTERS | 1u << KEYS_SYMBOLS | BY_CHARACTER;

    entry_close(s);
    s->entry.target = *t;
    s->view.keys.kind = kind;
    s->view.keys.gone = s->entry.gone;
    if (kind == KEYBOARD_CHINESE)
        all |= 1u << KEYS_CAPITALS;
    if (kind != KEYBOARD_CHINESE && kind != KEYBOARD_SEARCH)
        return;
    s->view.keys.pages = s->entry.gone ? all & ~BY_CHARACTER : all;
    s->view.keys.page = s->entry.gone ? KEYS_LETTERS : s->entry.liked; /* nobody looks for it again in every field */
    s->view.keys.composing = s->entry.composing;
    if (!s->entry.gone)
        effects_compose(s, COMPOSE_START, 0);
}

void entry_close(struct session *s)
{
    drop_letters(s);
    memset(&s->view.keys, 0, sizeof s->view.keys);
    s->entry.target = (struct entry_target){0};
    s->entry.n_after = 0;
    s->entry.asked = 0;
}

bool entry_intent(struct session *s, struct intent i)
{
    if (!s->entry.target.text)
        return false;
    if (writes(s) && pen(s, i))
        return true;
    if (i.kind == INTENT_KEY && i.a > 0)
        key(s, (uint32_t)i.a);
    else if (i.kind == INTENT_BACKSPACE)
        backspace(s);
    else if (i.kind == INTENT_CLEAR)
        erase(s, true);
    else if (i.kind == INTENT_KEYS)
        show_page(s, i.a);
    else if (i.kind == INTENT_CANDIDATES && i.a >= 0)
        s->view.keys.candidates = i.a;
    else if (i.kind == INTENT_CANDIDATE && offered(s, i.a) && writes(s))
        take_read(s, i.a);
    else if (i.kind == INTENT_CANDIDATE && offered(s, i.a))
        ask(s, COMPOSE_TAKE, i.a);
    else
        return false;
    return true;
}

/* These leave the letters as they are; everything else wants them to be text first. */
static bool leaves_letters(enum intent_kind k)
{
    return k == INTENT_NONE || k == INTENT_KEY || k == INTENT_BACKSPACE || k == INTENT_CANDIDATE || k == INTENT_CANDIDATES ||
           k == INTENT_END;
}

bool entry_settle(struct session *s, struct intent i)
{
    must(s->entry.n_after <= ENTRY_AFTER_MAX, "more touches wait than there is room for");
    bool first = !s->entry.n_after;

    if (!s->entry.target.text || !composing(s) || s->view.keys.kind == KEYBOARD_SEARCH)
        return false; /* in the search what is shown now is meant: strokes without a character are let go */
    if (i.kind == INTENT_NONE || (first && leaves_letters(i.kind)))
        return false;
    if (s->entry.n_after < ENTRY_AFTER_MAX)
        s->entry.after[s->entry.n_after++] = i;  /* in their order: a quick finger is not ignored */
    if (first && s->entry.asked != COMPOSE_TAKE) /* else a moment, and the letters are text */
        ask(s, COMPOSE_ALL, 0);
    return true;
}
