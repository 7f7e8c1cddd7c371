/* SPDX-License-Identifier: Apache-2.0
 *
 * When something is said: a page as it comes, what is new on it, where the keypad goes. How it is said is ui/node/said.h.
 * Without the voice only titles and a card that was left are words; they reach nobody but --control.
 */
#include <stdio.h>
#include <string.h>

#include "ui/internal.h"

bool speech_on(const struct ui *u)
{
    return u->view->settings.voice && u->view->screen != SCREEN_IDLE;
}

static void speak(struct ui *u, const char *words, bool add)
{
    size_t n = strlen(words) + 1;

    if (n == 1)
        return;
    if (u->spoken.len + n > SPEECH_SPOKEN_MAX)
        buf_reset(&u->spoken);
    buf_add(&u->spoken, words, n);
    if (speech_on(u) && u->events.say)
        u->events.say(u->ctx, words, add);
}

void speech_hush(struct ui *u)
{
    if (u->voice.on && u->events.hush)
        u->events.hush(u->ctx);
}

void speech_wipe(struct ui *u)
{
    speech_hush(u);
    u->voice.on = u->voice.keys = false;
    u->voice.field[0] = '\0';
    buf_reset(&u->spoken);
    buf_reset(&u->sentence);
}

static struct said said(const struct ui *u, const struct scene *s)
{
    return said_of(u->view, s->nodes, s->n_nodes);
}

const struct node *speech_focused(const struct ui *u)
{
    return u->focus[0] ? said_find(u->shown->nodes, u->shown->n_nodes, u->focus) : NULL;
}

static void say_node(struct ui *u, const struct node *n, bool add)
{
    const struct said now = said(u, u->shown);

    said_node(&now, n, &u->sentence);
    speak(u, buf_str(&u->sentence), add);
}

void speech_node(struct ui *u, const struct node *n)
{
    if (speech_on(u))
        say_node(u, n, false);
    else
        speak(u, n->words, false);
}

static void say_page(struct ui *u, bool add)
{
    const struct said now = said(u, u->shown);

    said_page(&now, &u->sentence);
    speak(u, buf_str(&u->sentence), add);
}

void speech_page(struct ui *u)
{
    if (!speech_on(u))
        return;
    if (u->focus[0])
        snprintf(u->focus, sizeof u->focus, "%s", "title");
    say_page(u, false);
}

static void say_news(struct ui *u)
{
    const struct said before = said(u, u->spare), now = said(u, u->shown);

    said_news(&before, &now, &u->sentence);
    speak(u, buf_str(&u->sentence), true);
}

static void say_loudness(struct ui *u)
{
    char words[64], n[12];

    snprintf(n, sizeof n, "%d", u->view->settings.loudness);
    speak(u, str_fill(words, sizeof words, u->view->settings.language, STR_voice_loudness, STR_ARGS(n)), false);
}

/* --- without the voice --- */

/* The title of a page is read on arrival. */
static void speak_title(struct ui *u)
{
    const struct node *title = ui_shown_node(u, "title");

    if (!title || !strcmp(title->words, u->title))
        return;
    snprintf(u->title, sizeof u->title, "%s", title->words);
    speak(u, title->words, true);
}

/* A card left on the reader: on arrival behind the title, and as often as the session calls. With the voice it is one of the
 * page's texts, and only called again. */
static void speak_notice(struct ui *u)
{
    const struct node *notice = ui_shown_node(u, CARD_NOTICE);
    bool title = !notice && u->view->screen == SCREEN_CARD_REMOVE && u->view->card.remind &&
                 u->notice.page == u->where.screen;
    bool new = notice && !u->voice.on && (u->notice.page != u->where.screen || !u->notice.shown);

    if (title)
        notice = ui_shown_node(u, "title");
    if (notice && (new || u->notice.calls != u->view->card.calls))
        speak(u, notice->words, true);
    u->notice.shown = notice != NULL;
    u->notice.page = u->where.screen;
    u->notice.calls = u->view->card.calls;
}

/* --- with it --- */

static const struct node *first_key(const struct ui *u)
{
    for (int i = 0; i < u->shown->n_nodes; i++)
        if (u->shown->nodes[i].role == NODE_KEY && u->shown->nodes[i].enabled)
            return &u->shown->nodes[i];
    return NULL;
}

/* What the keyboard types into. */
static const struct node *typed_field(const struct ui *u)
{
    for (int i = 0; i < u->shown->n_nodes; i++)
        if (u->shown->nodes[i].typed)
            return &u->shown->nodes[i];
    return NULL;
}

/* The keypad goes onto the keyboard that opens, and back to the field when it closes. */
static void follow_keyboard(struct ui *u)
{
    bool keys = u->view->keys.kind != KEYBOARD_NONE;
    const struct node *key = keys && !u->voice.keys ? first_key(u) : NULL, *field = typed_field(u);

    if (key && u->focus[0]) {
        if (field)
            say_node(u, field, true);
        snprintf(u->voice.field, sizeof u->voice.field, "%s", field ? field->id : u->focus);
        snprintf(u->focus, sizeof u->focus, "%s", key->id);
        speak(u, str(u->view->settings.language, STR_voice_keys), true);
    } else if (!keys && u->voice.keys && u->focus[0] && !speech_focused(u)) {
        snprintf(u->focus, sizeof u->focus, "%s", ui_shown_node(u, u->voice.field) ? u->voice.field : "title");
        speech_node(u, speech_focused(u) ? speech_focused(u) : &u->shown->nodes[0]);
    }
    u->voice.keys = keys;
}

static void turned_on(struct ui *u)
{
    u->voice.on = true;
    u->voice.keys = false;
    u->voice.loudness = u->view->settings.loudness;
    speak(u, str(u->view->settings.language, STR_voice_on), false);
    say_page(u, true);
}

void speech_show(struct ui *u)
{
    const struct settings *t = &u->view->settings;

    if (!speech_on(u)) {
        speech_hush(u);
        u->voice.on = false;
        speak_title(u);
        speak_notice(u);
        return;
    }
    if (!u->voice.on)
        turned_on(u);
    else if (u->voice.arrived)
        say_page(u, false);
    else
        say_news(u);
    if (u->voice.loudness != t->loudness)
        say_loudness(u);
    u->voice.loudness = t->loudness;
    speak_notice(u);
    follow_keyboard(u);
}
