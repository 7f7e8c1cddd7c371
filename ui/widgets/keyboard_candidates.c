/* SPDX-License-Identifier: Apache-2.0
 *
 * The row above the keys: what the letters may become, likeliest first, in pages of what fits. Before the first letter it
 * says how to write, and when Chinese cannot be composed it says so.
 */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/keyboard.h"
#include "ui/widgets/keyboard_key.h"
#include "ui/widgets/words.h"

#define CANDIDATE_LEAST 92
#define CANDIDATE_GAP 10
#define CANDIDATE_SIDE 24
#define ARROW 92

static int width_of(const struct scene *s, const char *text)
{
    int w = scene_width(s, type_secret(TYPE(TILE, MEDIUM, INK)), text) + 2 * CANDIDATE_SIDE;

    return w < CANDIDATE_LEAST ? CANDIDATE_LEAST : w;
}

/* How many from `from` on fit: at least one. */
static int fitting(const struct scene *s, const struct composing *c, int from, int room)
{
    int n = 0, used = 0;

    while (from + n < c->n) {
        used += width_of(s, composing_candidate(c, from + n)) + (n ? CANDIDATE_GAP : 0);
        if (used > room && n > 0)
            break;
        n++;
    }
    return n;
}

static void arrow(struct scene *s, const struct view *v, struct box b, bool next, int page)
{
    keyboard_key(s, v, b,
                 &(struct key){.id = next ? "key.candidates.next" : "key.candidates.previous",
                               .label = next ? SAY(key_candidates_next) : SAY(key_candidates_previous),
                               .icon = next ? "chevron-right" : "chevron-left",
                               .icon_only = true,
                               .dead = page < 0,
                               .stale = !v->keys.composing->fresh,
                               .kind = KEY_CHARACTER,
                               .action = DO(CANDIDATES, page, 0)});
}

void keyboard_candidate(struct scene *s, const struct view *v, struct box b, int i)
{
    char id[24];

    snprintf(id, sizeof id, "candidate.%d", i);
    keyboard_key(s, v, b,
                 &(struct key){.id = id,
                               .label = composing_candidate(v->keys.composing, i),
                               .kind = KEY_CANDIDATE,
                               .first = i == 0,
                               .stale = !v->keys.composing->fresh,
                               .action = DO(CANDIDATE, i, 0)});
}

static void list(struct scene *s, const struct view *v, struct box row)
{
    const struct composing *c = v->keys.composing;
    bool paged = fitting(s, c, 0, row.w) < c->n;
    int room = row.w - (paged ? 2 * (ARROW + CANDIDATE_GAP) : 0), from = 0, page = 0, n, x = row.x;

    while (page < v->keys.candidates && from + (n = fitting(s, c, from, room)) < c->n) {
        from += n;
        page++;
    }
    n = fitting(s, c, from, room);
    for (int i = from; i < from + n; i++) {
        int w = width_of(s, composing_candidate(c, i));

        w = w > room ? room : w;
        keyboard_candidate(s, v, (struct box){x, row.y, w, row.h}, i);
        x += w + CANDIDATE_GAP;
    }
    if (!paged)
        return;
    x = box_right(row) - 2 * ARROW - CANDIDATE_GAP;
    arrow(s, v, (struct box){x, row.y, ARROW, row.h}, false, page - 1);
    arrow(s, v, (struct box){x + ARROW + CANDIDATE_GAP, row.y, ARROW, row.h}, true, from + n < c->n ? page + 1 : -1);
}

static const char *hint(const struct view *v)
{
    if (v->keys.gone)
        return SAY(key_chinese_gone);
    if (v->keys.page == KEYS_LETTERS)
        return SAY(key_hint_pinyin);
    return v->keys.page == KEYS_STROKES ? SAY(key_hint_strokes) : "";
}

void keyboard_candidates(struct scene *s, const struct view *v, struct box row)
{
    const struct composing *c = v->keys.composing;
    struct type t = TYPE(BODY, REGULAR, INK_2);

    if (c && c->n > 0) {
        list(s, v, row);
        return;
    }
    if (c && c->letters[0] && !c->fresh)
        return; /* the answer comes in the next frame */
    const char *words = c && c->letters[0] ? SAY(key_no_candidates) : hint(v);

    if (!*words)
        return;
    if (scene_width(s, t, words) > row.w)
        t.role = TYPE_NOTE;
    scene_line_in(s, row, t, words);
    scene_node(s, NODE_STATUS, "key.hint", row, words);
}

const char *keyboard_composed(struct scene *s, const struct view *v)
{
    const struct composing *c = v->keys.composing;
    char out[COMPOSING_LETTERS_MAX * 4] = "";

    if (!c || c->scheme == SCHEME_PINYIN)
        return c ? scene_keep(s, c->letters) : "";
    for (const char *p = c->letters; *p; p++) {
        const char *glyph = *p == 'h'   ? SAY(key_mark_h)
                            : *p == 's' ? SAY(key_mark_s)
                            : *p == 'p' ? SAY(key_mark_p)
                            : *p == 'n' ? SAY(key_mark_n)
                                        : SAY(key_mark_z);

        text_copy(out + strlen(out), sizeof out - strlen(out), glyph);
    }
    const char *kept = scene_keep(s, out);

    secret_wipe(out, sizeof out);
    return kept;
}
