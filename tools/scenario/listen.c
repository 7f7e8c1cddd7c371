/* SPDX-License-Identifier: Apache-2.0
 *
 * A visit of somebody who does not see the screen: `cover`, `says TEXT`, `find TEXT`, `spell TEXT`. Nothing here looks at
 * the nodes: it hears what is said, and presses keys of the keypad.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tools/scenario/play.h"

#define POLL_MS 30
#define ROUND_MAX 120 /* choices of a page and its keyboard */

/* Adds what was said since the last look to p->heard; of too much the oldest is forgotten. */
static int listen(struct play *p, struct err *e)
{
    struct json *doc;
    int rc = stand_control(p->stand, PROGRAM_KIOSK, "spoken", &doc, e);

    if (rc < 0)
        return rc;
    const struct json *spoken = json_member(doc, "spoken");
    for (size_t i = 0; i < json_len(spoken); i++) {
        const char *words = json_str(json_at(spoken, i));

        if (strlen(p->heard) + strlen(words) + 2 > sizeof p->heard)
            p->heard[0] = '\0';
        snprintf(p->heard + strlen(p->heard), sizeof p->heard - strlen(p->heard), "%s\n", words);
    }
    json_free(doc);
    return 0;
}

static int press(struct play *p, const char *key, struct err *e)
{
    char request[64];

    p->away = false;
    snprintf(request, sizeof request, "key %s", key);
    return stand_control(p->stand, PROGRAM_KIOSK, request, NULL, e);
}

int listen_says(struct play *p, const char *text, struct err *e)
{
    for (int waited = 0; waited < STAND_PATIENCE_MS; waited += POLL_MS) {
        int rc = listen(p, e);

        if (rc < 0)
            return rc;
        const char *at = strstr(p->heard, text);
        if (at) { /* the same is not heard twice */
            memmove(p->heard, at + strlen(text), strlen(at + strlen(text)) + 1);
            return 0;
        }
        usleep(POLL_MS * 1000);
    }
    return err_set(e, ERR_NOTFOUND, "it was not said; what was: %.400s", p->heard);
}

/* Whether what was heard begins with `text`; `whole`: and is that alone. */
static bool begins(const char *heard, const char *text, bool whole)
{
    size_t n = strlen(text);

    return !strncmp(heard, text, n) && (!whole || !strcmp(heard + n, "。\n") || !strcmp(heard + n, ". \n"));
}

static int find(struct play *p, const char *text, bool whole, struct err *e)
{
    char first[200] = "";

    for (int i = 0; i < ROUND_MAX; i++) {
        int rc = press(p, "right", e);

        p->heard[0] = '\0';
        if (rc >= 0)
            rc = listen(p, e);
        if (rc < 0 || begins(p->heard, text, whole))
            return rc;
        if (i > 1 && !strncmp(first, p->heard, sizeof first - 1))
            break;  /* once around */
        if (i == 1) /* with the first there may come what was not heard before */
            text_copy(first, sizeof first, p->heard);
    }
    return err_set(e, ERR_NOTFOUND, "no choice of this page says that; the last says %.200s", p->heard);
}

int listen_find(struct play *p, const char *text, struct err *e)
{
    return find(p, text, false, e);
}

int listen_spell(struct play *p, const char *text, struct err *e)
{
    const char *end = text + strlen(text);
    int rc = 0;

    while (rc >= 0 && text < end) {
        const char *from = text;
        char one[8] = "";

        utf8_next(&text, end);
        memcpy(one, from, (size_t)(text - from));
        rc = find(p, one, true, e);
        if (rc >= 0)
            rc = press(p, "enter", e);
        if (rc >= 0)
            rc = listen_says(p, one, e); /* it was typed */
    }
    return rc;
}

bool listen_sees(const struct step *st)
{
    static const char *const of_screen[] = {"screen", "text", "no", "node", "page"};

    if (st->verb == VERB_TAP || st->verb == VERB_TYPE || st->verb == VERB_SIGN || st->verb == VERB_WRITE ||
        st->verb == VERB_SHOT)
        return true;
    for (size_t i = 0; st->verb == VERB_EXPECT && i < sizeof of_screen / sizeof *of_screen; i++)
        if (!strcmp(st->words[0], of_screen[i]))
            return true;
    return false;
}
