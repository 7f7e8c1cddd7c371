/* SPDX-License-Identifier: Apache-2.0
 *
 * Typing as a resident does it: a key for what has one, another page of the keyboard for what stands there, and for Chinese
 * the letters of a reading and then the candidate, turning its pages. Readings are looked up in the lexicon's source.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "tools/scenario/play.h"

#define READING_MAX 64
#define ANSWER_POLLS 1000
#define ANSWER_POLL_MS 20

static bool is_han(int32_t cp)
{
    return cp >= 0x3400 && cp != 0xFF08 && !(cp >= 0xFF00 && cp <= 0xFFEF);
}

/* One line of the lexicon: text, reading of syllables, weight. The longest text that `wanted` begins with wins, of those the
 * weightiest. */
struct reading {
    size_t bytes;
    long weight;
    char letters[READING_MAX];
};

static void consider(struct reading *best, const char *wanted, char *line)
{
    char *text = strtok(line, "\t"), *code = strtok(NULL, "\t"), *weight = strtok(NULL, "\t\n");
    size_t len = text ? strlen(text) : 0;

    if (!weight || len == 0 || strncmp(wanted, text, len) || len < best->bytes ||
        (len == best->bytes && atol(weight) < best->weight))
        return;
    best->bytes = len;
    best->weight = atol(weight);
    size_t n = 0;
    for (; *code && n + 1 < sizeof best->letters; code++)
        if (*code != ' ')
            best->letters[n++] = *code;
    best->letters[n] = '\0';
}

/* How the beginning of `text` is written, and how much of it. */
static int look_up(const struct play *p, const char *text, struct reading *ret, struct err *e)
{
    char path[STAND_PATH_MAX], line[256];
    FILE *f;

    *ret = (struct reading){0};
    snprintf(path, sizeof path, "%s/../ime/tongban.dict.yaml", p->stand->opt.build);
    if (!(f = fopen(path, "re")))
        return err_errno(e, "open the lexicon %s", path);
    while (fgets(line, sizeof line, f))
        if (!strstr(line, "\t\t")) /* words without a reading of their own */
            consider(ret, text, line);
    fclose(f);
    return ret->bytes ? 0 : err_set(e, ERR_NOTFOUND, "the lexicon has no reading of %.12s: write it by strokes", text);
}

static int tap_key(struct play *p, const char *key, struct err *e)
{
    char id[32];

    snprintf(id, sizeof id, "#key.%s", key);
    return play_tap(p, id, e);
}

/* To the page that has the key, if this one has not. */
static int turn_to(struct play *p, const char *key, const char *page, struct err *e)
{
    char id[32];
    bool there = false, leads = false;
    int rc;

    snprintf(id, sizeof id, "#key.%s", key);
    rc = play_see(p, id, &there, e);
    if (rc < 0 || there)
        return rc;
    snprintf(id, sizeof id, "#key.page.%s", page);
    rc = play_see(p, id, &leads, e);
    return rc < 0 || !leads ? rc : play_tap(p, id, e);
}

/* The candidate's id on this page of candidates; "" when it is not there. `*ret_next`: another page follows;
 * `*ret_previous`: one is before it. */
static int find_candidate(struct play *p, const char *text, char id[32], bool *ret_next, bool *ret_previous, struct err *e)
{
    struct json *doc;
    const struct json *nodes;
    int rc = play_nodes(p, &doc, &nodes, e);

    id[0] = '\0';
    *ret_next = *ret_previous = false;
    if (rc < 0)
        return rc;
    for (size_t i = 0; i < json_len(nodes); i++) {
        const struct json *n = json_at(nodes, i);

        if (!strncmp(node_str(n, "id"), "candidate.", 10) && node_flag(n, "enabled") && !strcmp(node_str(n, "label"), text))
            snprintf(id, 32, "#%s", node_str(n, "id"));
        *ret_next |= !strcmp(node_str(n, "id"), "key.candidates.next") && node_flag(n, "enabled");
        *ret_previous |= !strcmp(node_str(n, "id"), "key.candidates.previous") && node_flag(n, "enabled");
    }
    json_free(doc);
    return 0;
}

/* What was chosen becomes text a moment later, and only then another field its keyboard. */
static int await_text(struct play *p, struct err *e)
{
    bool there = true;
    int rc = 0;

    for (int i = 0; rc >= 0 && there && i < ANSWER_POLLS; i++) {
        rc = play_see(p, "#candidate.0", &there, e);
        if (rc >= 0 && there)
            usleep(ANSWER_POLL_MS * 1000);
    }
    return rc < 0 || !there ? rc : err_set(e, ERR_TIMEOUT, "what was chosen does not become text");
}

/* Candidates come a moment after the letters: the page that was left for the next may have been one of the letters before,
 * so whoever comes to the end turns back. */
static int choose(struct play *p, const char *text, struct err *e)
{
    char id[32];
    bool next, previous, back = false;
    int rc = 0;

    for (int i = 0; rc >= 0 && i < ANSWER_POLLS; i++) {
        rc = find_candidate(p, text, id, &next, &previous, e);
        if (rc >= 0 && id[0]) {
            rc = play_tap(p, id, e);
            return rc < 0 ? rc : await_text(p, e);
        }
        if (rc >= 0 && (back ? previous : next)) {
            rc = tap_key(p, back ? "candidates.previous" : "candidates.next", e);
        } else if (rc >= 0) {
            back = !back && previous;
            usleep(ANSWER_POLL_MS * 1000);
        }
    }
    return rc < 0 ? rc : err_set(e, ERR_NOTFOUND, "%s does not come among the candidates", text);
}

/* A word from its letters. Returns how many bytes of the text it was. */
static int compose(struct play *p, const char *text, struct err *e)
{
    struct reading r;
    char word[READING_MAX * 4];
    int rc = look_up(p, text, &r, e);

    if (rc >= 0)
        rc = turn_to(p, "q", "letters", e);
    for (const char *c = r.letters; rc >= 0 && *c; c++)
        rc = tap_key(p, (char[]){*c, '\0'}, e);
    snprintf(word, sizeof word, "%.*s", (int)r.bytes, text);
    if (rc >= 0)
        rc = choose(p, word, e);
    return rc < 0 ? rc : (int)r.bytes;
}

static const char *page_of(int32_t cp)
{
    return cp >= 'A' && cp <= 'Z' ? "capitals" : cp >= 'a' && cp <= 'z' ? "letters" : "symbols";
}

int play_type(struct play *p, const char *text, struct err *e)
{
    const char *end = text + strlen(text);
    int rc = 0;

    while (rc >= 0 && text < end) {
        char key[8] = "";
        const char *at = text;
        int32_t cp = utf8_next(&text, end);

        if (cp < 0)
            return err_set(e, ERR_INVALID, "the text is not UTF-8");
        if (is_han(cp)) {
            rc = compose(p, at, e);
            text = at + (rc > 0 ? rc : 0);
            continue;
        }
        snprintf(key, sizeof key, "%.*s", (int)(text - at), at);
        rc = turn_to(p, cp == ' ' ? "space" : key, page_of(cp), e);
        if (rc >= 0)
            rc = tap_key(p, cp == ' ' ? "space" : key, e);
    }
    return rc < 0 ? rc : 0;
}
