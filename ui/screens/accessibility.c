/* SPDX-License-Identifier: Apache-2.0
 *
 * Accessibility: size of text, colours, reach, and the voice, where this terminal has one: what is not there is not
 * promised. Everything that is touched lies in the lower 60 % of the screen, so that who sits in a wheelchair reaches what
 * makes the rest reachable. What is chosen shows at once.
 */
#include "session/intent.h"
#include "ui/screens/screens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/frame.h"
#include "ui/widgets/leaves.h"
#include "ui/widgets/words.h"

#define GAP 16
#define SHEET_RADIUS 40
#define CHOICES_MAX 4

struct choice {
    const char *id, *label, *icon;
    bool chosen, black; /* black: shows the colours it stands for */
    int size;           /* of its label: -1 that of the page */
    struct node_action action;
};

static int one_choice(struct scene *s, struct box b, const struct choice *c, bool draw)
{
    int size = s->env.size;
    struct button what = {.kind = c->black && !s->env.contrast ? BUTTON_BLACK : BUTTON_CHOICE,
                          .id = c->id,
                          .label = c->label,
                          .icon = c->icon,
                          .role = NODE_RADIO,
                          .chosen = c->chosen,
                          .action = c->action};

    if (c->size >= 0)
        s->env.size = c->size;
    b.h = button_height(s, b.w, &what) > b.h ? button_height(s, b.w, &what) : b.h;
    if (draw)
        button(s, b, &what);
    s->env.size = size;
    return b.h;
}

/* Whether each label stands on one line when so many are in a row. */
static bool in_a_row(struct scene *s, int w, const struct choice *list, int n, int columns)
{
    for (int i = 0; i < n; i++) {
        struct box b = box_column((struct box){0, 0, w, 0}, columns, GAP, 0);
        struct choice probe = list[i];
        int size = probe.size >= 0 ? probe.size : s->env.size;

        probe.chosen = true;
        if (one_choice(s, b, &probe, false) > type_line(TYPE_LABEL, size) + 56)
            return false;
    }
    return true;
}

/* In one row, else in rows of two, else one below the other. Returns the y below. */
static int choices(struct scene *s, int x, int y, int w, const struct choice *list, int n)
{
    int columns = in_a_row(s, w, list, n, n) ? n : n > 2 && in_a_row(s, w, list, n, 2) ? 2 : 1;

    for (int i = 0; i < n; i += columns) {
        struct box row = {x, y, w, 120};

        for (int k = i; k < i + columns && k < n; k++)
            row.h = one_choice(s, box_column(row, columns, GAP, k - i), &list[k], false);
        for (int k = i; k < i + columns && k < n; k++)
            one_choice(s, box_column(row, columns, GAP, k - i), &list[k], true);
        y = box_bottom(row) + GAP;
    }
    return y - GAP;
}

static int head(struct scene *s, int x, int y, int w, const char *label, const char *note)
{
    struct type t = TYPE(LABEL, BOLD, INK), small = TYPE(SMALL, REGULAR, INK_2);
    int wide = scene_width(s, t, label), h = scene_text(s, x, y, w, t, label);

    if (!note)
        return y + h + 8;
    if (wide + 16 + scene_width(s, small, note) <= w) {
        scene_text(s, x + wide + 16, y + h - scene_line(s, small) - 3, w - wide - 16, small, note);
        return y + h + 8;
    }
    return y + h + scene_text(s, x, y + h, w, small, note) + 8;
}

static int sizes(struct scene *s, const struct view *v, struct box in, int y)
{
    const char *const names[] = {SAY(access_standard), SAY(access_large), SAY(access_larger), SAY(access_largest)};
    static const char *const ids[] = {"size.standard", "size.large", "size.larger", "size.largest"};
    struct choice list[CHOICES_MAX];

    for (int i = 0; i < 4; i++)
        list[i] = (struct choice){ids[i], names[i], NULL, (int)v->settings.size == i, false, i, DO(TEXT_SIZE, i, 0)};
    y = head(s, in.x, y, in.w, SAY(access_size), NULL);
    return choices(s, in.x, y, in.w, list, 4);
}

/* A heading and what can be chosen below it. */
struct block {
    const char *label, *note;
    struct choice list[CHOICES_MAX];
    int n;
};

static int block_draw(struct scene *s, int x, int y, int w, const struct block *b)
{
    y = head(s, x, y, w, b->label, b->note);
    return choices(s, x, y, w, b->list, b->n);
}

static struct block colours(const struct view *v)
{
    bool on = v->settings.high_contrast;

    return (struct block){SAY(access_colours),
                          NULL,
                          {{"contrast.off", SAY(access_usual), NULL, !on, false, -1, DO(CONTRAST, 0, 0)},
                           {"contrast.on", SAY(access_contrast), "contrast", on, true, -1, DO(CONTRAST, 1, 0)}},
                          2};
}

static struct block reach(const struct view *v)
{
    bool on = v->settings.low_reach;

    return (struct block){SAY(access_reach),
                          SAY(access_reach_note),
                          {{"reach.whole", SAY(access_whole), NULL, !on, false, -1, DO(LOW_REACH, 0, 0)},
                           {"reach.low", SAY(access_low), "low-reach", on, false, -1, DO(LOW_REACH, 1, 0)}},
                          2};
}

static struct block voice(const struct view *v)
{
    bool on = v->settings.voice;

    return (struct block){SAY(access_voice),
                          v->voice == VOICE_PRIVATE ? SAY(access_voice_private) : SAY(access_voice_aloud),
                          {{"voice.off", SAY(access_voice_off), NULL, !on, false, -1, DO(VOICE, 0, 0)},
                           {"voice.on", SAY(access_voice_on), "speaker", on, false, -1, DO(VOICE, 1, 0)}},
                          2};
}

static struct block speed(const struct view *v)
{
    const char *const names[] = {SAY(access_slow), SAY(access_speed_usual), SAY(access_fast)};
    static const char *const ids[] = {"speed.slow", "speed.usual", "speed.fast"};
    struct block b = {.label = SAY(access_speed), .n = VOICE_SPEEDS};

    for (int i = 0; i < VOICE_SPEEDS; i++)
        b.list[i] = (struct choice){ids[i], names[i], NULL, (int)v->settings.speed == i, false, -1, DO(SPEED, i, 0)};
    return b;
}

/* Five bars between softer and louder; how loud it is is heard at once, in the sentence that says so. */
static int loudness(struct scene *s, const struct view *v, int x, int y, int w)
{
    char number[] = {(char)('0' + v->settings.loudness), '\0'};
    const struct button ends[] = {{.kind = BUTTON_SECOND,
                                   .id = "loudness.softer",
                                   .label = SAY(access_softer),
                                   .words = SAY(access_softer_words),
                                   .off = v->settings.loudness <= 1,
                                   .action = DO(LOUDNESS, -1, 0)},
                                  {.kind = BUTTON_SECOND,
                                   .id = "loudness.louder",
                                   .label = SAY(access_louder),
                                   .words = SAY(access_louder_words),
                                   .off = v->settings.loudness >= VOICE_VOLUMES,
                                   .action = DO(LOUDNESS, 1, 0)}};
    int side = w / 4, from = y = head(s, x, y, w, SAY(access_loudness), NULL), high = button_height(s, side, &ends[0]);
    struct box bars = {x + side + GAP, from, w - 2 * side - 2 * GAP, high};

    for (int i = 0; i < 2; i++)
        high = button_height(s, side, &ends[i]) > high ? button_height(s, side, &ends[i]) : high;
    button(s, (struct box){x, y, side, high}, &ends[0]);
    button(s, (struct box){x + w - side, y, side, high}, &ends[1]);
    for (int i = 0; i < VOICE_VOLUMES; i++) {
        struct box b = box_column(bars, VOICE_VOLUMES, GAP / 2, i);
        int tall = (high - 24) * (i + 2) / (VOICE_VOLUMES + 1);

        scene_rect(s, (struct box){b.x, y + high - 12 - tall, b.w, tall}, 8,
                   i < v->settings.loudness ? TOKEN_PRIMARY : TOKEN_LINE);
    }
    scene_node(s, NODE_STATUS, "loudness", bars, SAY(access_loudness))->value = scene_keep(s, number);
    return y + high;
}

static void part(struct scene *s, struct leaves *pages, int y)
{
    if (pages)
        leaves_break(s, pages, y);
}

static bool fits(struct scene *s, int w, const struct block *b)
{
    return in_a_row(s, w, b->list, b->n, b->n);
}

static int hearing(struct scene *s, const struct view *v, struct box in, int y, struct leaves *pages)
{
    struct block on = voice(v), fast = speed(v);
    struct box left = box_column(in, 2, GAP, 0), right = box_column(in, 2, GAP, 1);

    y = block_draw(s, in.x, y, in.w, &on);
    if (!v->settings.voice)
        return y;
    part(s, pages, y += 28);
    if (fits(s, left.w, &fast)) {
        int end = block_draw(s, left.x, y, left.w, &fast), other = loudness(s, v, right.x, y, right.w);

        return end > other ? end : other;
    }
    y = block_draw(s, in.x, y, in.w, &fast) + 28;
    part(s, pages, y);
    return loudness(s, v, in.x, y, in.w);
}

/* What lies on the sheet, from y on; the last is the y below. With `pages` not NULL, blocks may go to another page. */
static int content(struct scene *s, const struct view *v, struct box in, struct leaves *pages)
{
    const struct block below[] = {colours(v), reach(v)};
    int y = sizes(s, v, in, in.y) + 28;

    part(s, pages, y);
    if (v->voice != VOICE_NONE) {
        y = hearing(s, v, in, y, pages) + 28;
        part(s, pages, y);
    }
    for (int i = 0; i < 2; i++) {
        y = block_draw(s, in.x, y, in.w, &below[i]) + 28;
        part(s, pages, y);
    }
    return hint(s, in.x, y, in.w, "keypad", v->voice != VOICE_NONE ? SAY(access_keypad_voice) : SAY(access_keypad));
}

static struct box sheet(struct scene *s, const struct view *v, int top)
{
    struct box b = {0, top, s->env.screen.w, s->env.screen.h - FRAME_DOCK - top};
    struct button done = {.kind = BUTTON_MAIN_SMALL, .id = "close", .label = SAY(access_done), .action = DO(CLOSE, 0, 0)};
    struct type t = TYPE(TITLE_2, BOLD, INK);
    int w = button_width(s, &done), h = button_height(s, w, &done), y = top + 32;
    int least = scene_line(s, t) > h ? scene_line(s, t) : h;

    scene_frame(s, (struct box){b.x, b.y, b.w, b.h + SHEET_RADIUS + 8}, SHEET_RADIUS, TOKEN_PAPER,
                s->env.contrast ? TOKEN_LINE : TOKEN_PAPER, s->env.contrast ? 4 : 0);
    scene_draw(s, FRAME_MARGIN, y + (least - scene_line(s, t)) / 2, b.w - 2 * FRAME_MARGIN - w, t, SAY(access_title));
    button(s, (struct box){b.w - FRAME_MARGIN - w, y + (least - h) / 2, w, h}, &done);
    y += least + 20;
    return (struct box){FRAME_MARGIN, y, b.w - 2 * FRAME_MARGIN, box_bottom(b) - y};
}

/* The lamp behind the horizon. */
static void lamp(struct scene *s, int horizon)
{
    static const struct {
        int r;
        enum token fill;
    } discs[] = {{420, TOKEN_NIGHT_2}, {320, TOKEN_NIGHT_3}, {220, TOKEN_GLOW}};
    struct box sky = {0, FRAME_HEADER, s->env.screen.w, horizon + SHEET_RADIUS - FRAME_HEADER};
    int x = s->env.screen.w / 2, y = horizon + 20;

    for (int i = 0; i < 3 && !s->env.contrast; i++)
        scene_disc_in(s, (struct box){x - discs[i].r, y - discs[i].r, 2 * discs[i].r, 2 * discs[i].r}, sky, 0,
                      discs[i].fill);
}

void build_ACCESSIBILITY(struct scene *s, const struct view *v)
{
    struct box page = frame_paper(s, v), in;
    struct scene_place before = scene_place(s);
    int y = page.y + 48;

    /* as high as what lies on it, but never above what low reach takes */
    in = sheet(s, v, page.y);
    int high = content(s, v, in, NULL) + 32 - page.y, top = box_bottom(page) - high;

    scene_take_back(s, before);
    top = top < FRAME_LOW - 32 ? FRAME_LOW - 32 : top;
    scene_rect(s, (struct box){0, FRAME_HEADER, s->env.screen.w, top + SHEET_RADIUS - FRAME_HEADER}, 0, TOKEN_PRIMARY_DEEP);
    lamp(s, top);
    y += scene_title(s, page.x, y, page.w, TYPE(DISPLAY, BOLD, ON_NIGHT),
                     v->voice != VOICE_NONE ? SAY(access_call_voice) : SAY(access_call));
    scene_text(s, page.x, y, page.w, TYPE(LEAD, MEDIUM, ON_NIGHT_2), SAY(access_call_second));
    in = sheet(s, v, top);
    struct leaves pages = leaves_begin(s, in);

    leaves_end(s, v, &pages, content(s, v, in, &pages));
    frame_dock(s, v);
}
