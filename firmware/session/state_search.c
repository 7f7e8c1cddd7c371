/* SPDX-License-Identifier: Apache-2.0
 *
 * Search: what is typed is looked for at every key. What somebody looks for is personal: it lies in secret memory and goes
 * with the visit.
 */
#include <string.h>

#include "base/must.h"
#include "base/secret.h"
#include "session/effects.h"
#include "session/entry.h"
#include "session/guide.h"
#include "session/internal.h"
#include "session/searching.h"

#define ROOM 30 /* characters */

/* Letters that find nothing are pale and typed all the same: who knows better than the catalogue is not held up, and what
 * comes near is shown. Marks and spaces are not looked for. */
static uint32_t takes(const struct session *s, const char *text, uint32_t cp)
{
    if (cp >= 'A' && cp <= 'Z')
        cp += 'a' - 'A';
    return cp >= 0x80 || (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ? cp : 0;
}

static void show_from(struct session *s, int first)
{
    must(s->view.search.kind < FOUND_KINDS, "a search for no kind");
    s->view.search.first = first;
    effects_search(s);
}

static void first_page(struct session *s)
{
    s->searching.n_pages = 0;
    show_from(s, 0);
}

static void changed(struct session *s)
{
    s->view.search.kind = FOUND_ALL;
    first_page(s);
}

static void open_keyboard(struct session *s)
{
    must(s->view.visit, "a search of nobody");
    entry_open(s, KEYBOARD_SEARCH, &(struct entry_target){s->searching.text, SEARCHING_TEXT_MAX, ROOM, takes, changed});
    first_page(s);
}

void searching_open(struct session *s)
{
    s->searching.from = s->base;
    session_go(s, SCREEN_SEARCH);
    open_keyboard(s);
}

void searching_all(struct session *s, enum search_kind kind)
{
    s->searching.from = s->base;
    session_go(s, SCREEN_SEARCH);
    s->view.search.kind = kind;
    first_page(s);
}

void searching_again(struct session *s)
{
    first_page(s);
}

void searching_forget(struct session *s)
{
    secret_wipe(s->searching.text, SEARCHING_TEXT_MAX + 1);
    secret_wipe(&s->view.search, sizeof s->view.search);
    s->view.search.text = s->searching.text;
    s->searching.n_pages = 0;
}

static void leave(struct session *s, enum screen to)
{
    entry_close(s);
    if (to == SCREEN_BROWSE)
        effects_browse(s, -1, 0);
    searching_forget(s);
    session_go(s, to);
}

/* The number of rows on a page follows what fits, so the way back is remembered. */
static void show_rows(struct session *s, int first)
{
    must(s->searching.n_pages >= 0 && s->searching.n_pages <= SEARCHING_BACK_MAX, "more pages back than are remembered");
    if (first > s->view.search.first && first < s->view.search.total[s->view.search.kind]) {
        if (s->searching.n_pages == SEARCHING_BACK_MAX)
            return;
        s->searching.pages[s->searching.n_pages++] = s->view.search.first;
        show_from(s, first);
    } else if (first < s->view.search.first && s->searching.n_pages > 0) {
        show_from(s, s->searching.pages[--s->searching.n_pages]);
    }
}

static void enter(struct session *s)
{
    s->guide.asked = false;
}

static void show_item(struct session *s, int row)
{
    must(row >= 0 && row < s->view.search.n_rows, "a row that is not shown");
    entry_close(s);
    s->guide.asked = true;
    effects_item(s, s->view.search.rows[row].task_code);
}

static void clear(struct session *s)
{
    secret_wipe(s->searching.text, SEARCHING_TEXT_MAX + 1);
    s->view.search.kind = FOUND_ALL;
    open_keyboard(s);
}

static void intent(struct session *s, struct intent i)
{
    if (i.kind == INTENT_BACK) {
        leave(s, s->searching.from);
    } else if (i.kind == INTENT_BROWSE) {
        s->view.browse.by_dept = i.a == 1;
        leave(s, SCREEN_BROWSE);
    } else if (i.kind == INTENT_CLEAR) {
        clear(s);
    } else if (entry_intent(s, i)) {
        return;
    } else if (i.kind == INTENT_SEARCH) {
        open_keyboard(s);
    } else if (i.kind == INTENT_WRITTEN) {
        entry_close(s);
        first_page(s);
    } else if (i.kind == INTENT_QUEUE && s->view.queue.n_queues > 0 && !s->view.reading) {
        leave(s, SCREEN_QUEUE);
    } else if (i.kind == INTENT_FILTER && i.a >= 0 && i.a < FOUND_KINDS) {
        s->view.search.kind = (enum search_kind)i.a;
        first_page(s);
    } else if (i.kind == INTENT_ROWS) {
        show_rows(s, i.a);
    } else if (i.kind == INTENT_ITEM && i.a >= 0 && i.a < s->view.search.n_rows) {
        show_item(s, i.a);
    }
}

static void take_found(struct session *s, const struct listing *l)
{
    must(l, "a list without rows");
    memcpy(s->view.search.total, l->found.total, sizeof l->found.total);
    memcpy(s->view.search.rows, l->rows, sizeof l->rows);
    s->view.search.n_rows = l->n_rows < 0 ? 0 : l->n_rows < VIEW_ROWS_MAX ? l->n_rows : VIEW_ROWS_MAX;
    s->view.search.first = l->found.first;
    s->view.search.forgiven = l->found.forgiven;
    if (s->view.keys.kind == KEYBOARD_SEARCH)
        s->view.keys.greyed = ~l->found.letters;
}

static void input(struct session *s, const struct input *in)
{
    if (in->kind == INPUT_SEARCH)
        take_found(s, in->listing);
    else if (in->kind == INPUT_HEALTH)
        searching_again(s);
    else if (in->kind == INPUT_ITEM && s->guide.asked)
        guide_answer(s, in);
}

const struct state state_SEARCH = {
    .enter = enter, .intent = intent, .input = input, .rest = REST_FORM, .can_back = true, .looks_up = true};
