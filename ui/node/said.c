/* SPDX-License-Identifier: Apache-2.0
 *
 * See said.h.
 */
#include "ui/node/said.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"

struct said said_of(const struct view *v, const struct node *list, int n)
{
    return (struct said){v->settings.language, v->voice == VOICE_ALOUD, list, n};
}

/* --- sentences --- */

/* `text` is filled into string `id`, with two more where it takes them. */
static void wrap(const struct said *s, char text[SAID_MAX], enum str_id id, const char *a, const char *b)
{
    char out[SAID_MAX];

    str_fill(out, sizeof out, s->language, id, STR_ARGS(text, a, b));
    memcpy(text, out, SAID_MAX);
    secret_wipe(out, sizeof out);
}

/* Ends a sentence where its own words do not. */
static void add_sentence(const struct said *s, struct buf *out, const char *text)
{
    size_t n = strlen(text);
    const char *const ends[] = {"。", "？", "！", ".", "?", "!", "\n"};
    const char *stop = language_is_chinese(s->language) ? "。" : ". ";

    if (!n || out->len + n + 4 > SAID_MAX)
        return;
    buf_adds(out, text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n >= strlen(ends[i]) && !strcmp(text + n - strlen(ends[i]), ends[i]))
            stop = language_is_chinese(s->language) ? "" : " ";
    buf_adds(out, stop);
}

static void number(char out[12], int n)
{
    snprintf(out, 12, "%d", n);
}

/* --- a node --- */

static bool counted(const struct node *n)
{
    return node_is_target(n) && n->role != NODE_KEY;
}

static bool readable(const struct node *n)
{
    return n->words[0] != '\0';
}

static const char *standing(const struct node *n)
{
    return n->typed ? n->typed : n->value ? n->value : "";
}

static void add_value(const struct said *s, char text[SAID_MAX], const struct node *n)
{
    const char *value = standing(n);

    if (!value[0] && (n->role == NODE_FIELD || n->typed))
        wrap(s, text, STR_voice_empty, "", "");
    else if (value[0] && n->secret && s->aloud)
        wrap(s, text, STR_voice_filled, "", "");
    else if (value[0] && !strstr(n->words, value))
        wrap(s, text, STR_voice_value, value, "");
}

static void add_role(const struct said *s, char text[SAID_MAX], const struct node *n)
{
    switch (n->role) {
    case NODE_BUTTON:
        wrap(s, text, STR_voice_button, "", "");
        break;
    case NODE_FIELD:
        wrap(s, text, STR_voice_field, "", "");
        break;
    case NODE_RADIO:
    case NODE_CHECKBOX:
        wrap(s, text, n->checked ? STR_voice_chosen : STR_voice_not_chosen, "", "");
        break;
    case NODE_PAD:
        wrap(s, text, STR_voice_pad, "", "");
        break;
    case NODE_TITLE:
    case NODE_TEXT:
    case NODE_STATUS:
    case NODE_KEY:
        break;
    }
}

static void add_position(const struct said *s, char text[SAID_MAX], const struct node *n)
{
    int at = 0, all = 0;
    char place[12], of[12];

    for (int i = 0; i < s->n; i++) {
        all += counted(&s->list[i]);
        at += counted(&s->list[i]) && &s->list[i] <= n;
    }
    number(place, at);
    number(of, all);
    wrap(s, text, STR_voice_position, place, of);
}

/* What follows goes on in the same sentence. */
static void drop_stop(char text[SAID_MAX])
{
    static const char stop[] = "。";
    size_t n = strlen(text), k = sizeof stop - 1;

    if (n > k && !strcmp(text + n - k, stop))
        text[n - k] = '\0';
    else if (n > 1 && text[n - 1] == '.')
        text[n - 1] = '\0';
}

/* What it is called and what stands in it; of what is somebody's own, aloud, only that it is there. */
static void words_of(const struct said *s, const struct node *n, char text[SAID_MAX])
{
    bool hidden = n->secret && s->aloud && !node_is_target(n) && !standing(n)[0];

    text_copy(text, SAID_MAX, hidden ? str(s->language, STR_voice_own) : n->words);
    drop_stop(text);
    add_value(s, text, n);
}

void said_node(const struct said *s, const struct node *node, struct buf *out)
{
    char text[SAID_MAX];

    buf_reset(out);
    words_of(s, node, text);
    add_role(s, text, node);
    if (node_is_target(node) && !node->enabled)
        wrap(s, text, STR_voice_off, "", "");
    if (counted(node))
        add_position(s, text, node);
    add_sentence(s, out, text);
    secret_wipe(text, sizeof text);
}

/* --- a page --- */

static void add_words(const struct said *s, const struct node *n, struct buf *out)
{
    char text[SAID_MAX];

    words_of(s, n, text);
    add_sentence(s, out, text);
    secret_wipe(text, sizeof text);
}

void said_page(const struct said *s, struct buf *out)
{
    char text[SAID_MAX], targets[12];
    int n = 0;

    buf_reset(out);
    for (int i = 0; i < s->n; i++)
        if (s->list[i].role == NODE_TITLE && readable(&s->list[i]))
            add_words(s, &s->list[i], out);
    for (int i = 0; i < s->n; i++) {
        const struct node *node = &s->list[i];

        n += counted(node) && node->enabled;
        if ((node->role == NODE_TEXT || node->role == NODE_STATUS) && readable(node))
            add_words(s, node, out);
    }
    number(targets, n);
    str_fill(text, sizeof text, s->language, n ? STR_voice_targets : STR_voice_none, STR_ARGS(targets));
    add_sentence(s, out, text);
}

/* --- what is new --- */

/* The same but for figures: a countdown, a clock. */
static bool same_but_figures(const char *a, const char *b)
{
    for (;;) {
        while (*a >= '0' && *a <= '9')
            a++;
        while (*b >= '0' && *b <= '9')
            b++;
        if (*a != *b)
            return false;
        if (!*a)
            return true;
        a++;
        b++;
    }
}

static bool was_said(const struct said *before, const struct node *n)
{
    for (int i = 0; i < before->n; i++)
        if (same_but_figures(before->list[i].words, n->words) && same_but_figures(standing(&before->list[i]), standing(n)))
            return true;
    return false;
}

/* What was typed, or rubbed out, at the end. */
static void add_typed(const struct said *s, const struct node *n, const char *was, struct buf *out)
{
    const char *is = n->typed;
    size_t same = 0, all = strlen(was), now = strlen(is);
    char text[SAID_MAX];

    while (same < all && same < now && was[same] == is[same])
        same++;
    while (same && ((uint8_t)is[same] & 0xC0) == 0x80)
        same--;
    const char *more = now > same ? is + same : was + same;
    more += more[0] == ' ' && more[1]; /* of how it is set out, not typed */
    bool hidden = n->secret && s->aloud;

    if (now == all && same == now)
        return;
    if (hidden)
        text_copy(text, sizeof text, str(s->language, now > same ? STR_voice_star : STR_voice_hidden));
    else
        text_copy(text, sizeof text, !strcmp(more, " ") ? str(s->language, STR_voice_space) : more);
    if (!hidden && now <= same)
        wrap(s, text, STR_voice_deleted, "", "");
    add_sentence(s, out, text);
    secret_wipe(text, sizeof text);
}

/* Something was chosen, which is said; the text that shows what it is need not be. */
static bool chosen(const struct said *before, const struct said *now)
{
    for (int i = 0; i < now->n; i++) {
        const struct node *was = node_by_id(before->list, before->n, now->list[i].id);

        if (was && node_is_target(was) && was->checked != now->list[i].checked)
            return true;
    }
    return false;
}

void said_news(const struct said *before, const struct said *now, struct buf *out)
{
    bool choice = chosen(before, now);

    buf_reset(out);
    for (int i = 0; i < now->n; i++) {
        const struct node *n = &now->list[i], *was = node_by_id(before->list, before->n, n->id);
        bool text = n->role == NODE_TITLE || n->role == NODE_TEXT || n->role == NODE_STATUS;

        if (n->typed) {
            if (was && was->typed)
                add_typed(now, n, was->typed, out);
        } else if (text && readable(n) && !was_said(before, n) && !(choice && was)) {
            add_words(now, n, out);
        } else if (was && node_is_target(n) && n->checked != was->checked) {
            char words[SAID_MAX];

            text_copy(words, sizeof words, n->words);
            wrap(now, words, n->checked ? STR_voice_chosen : STR_voice_not_chosen, "", "");
            add_sentence(now, out, words);
        }
    }
}

/* --- where the keypad is --- */

void said_name(const struct said *s, const struct node *node, char ret[NODE_ID_MAX])
{
    must(node >= s->list && node < s->list + s->n, "a node of another page");
    if (node->id[0])
        snprintf(ret, NODE_ID_MAX, "%s", node->id);
    else
        snprintf(ret, NODE_ID_MAX, "#%d", (int)(node - s->list));
}

const struct node *said_find(const struct node *list, int n, const char *name)
{
    int at = name[0] == '#' ? atoi(name + 1) : 0;

    return name[0] != '#' ? node_by_id(list, n, name) : at < n && !list[at].id[0] ? &list[at] : NULL;
}

const struct node *said_next(const struct said *s, const char *name, bool backwards, bool targets)
{
    const struct node *from = said_find(s->list, s->n, name);
    bool keys = targets && from && from->role == NODE_KEY;
    int at = from ? (int)(from - s->list) : backwards ? s->n : -1;

    for (int k = 1; k <= s->n; k++) {
        int i = (at + (backwards ? -k : k) + 2 * s->n) % s->n;

        if (keys ? s->list[i].role == NODE_KEY : targets ? node_is_target(&s->list[i]) : readable(&s->list[i]))
            return &s->list[i];
    }
    return NULL;
}
