/* SPDX-License-Identifier: Apache-2.0
 *
 * See script.h.
 */
#include "tools/scenario/script.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"

#define SCRIPT_BYTES_MAX (64 * 1024)
#define SCRIPT_STEPS_MAX 400
#define SCRIPT_FILES_MAX 40 /* the script and the parts it includes */

struct script {
    struct buf texts[SCRIPT_FILES_MAX]; /* the words point into them */
    int n_texts;
    const char *folder; /* of the script: parts lie in its parts/ */
    struct step steps[SCRIPT_STEPS_MAX];
    int n;
};

static const struct {
    const char *word;
    int least, most;
} verbs[] = {
#define VERB(name, word, least, most) {word, least, most},
#include "tools/scenario/verb.def"
#undef VERB
};

/* Cuts one word off *p in place; NULL at the end of the line. */
static char *next_word(char **p, bool *quoted, bool *bad)
{
    char *s = *p, *end;

    while (*s == ' ' || *s == '\t')
        s++;
    if (!*s)
        return NULL;
    *quoted = *s == '"';
    if (*quoted) {
        end = strchr(++s, '"');
        if (!end) {
            *bad = true;
            return NULL;
        }
    } else {
        end = s + strcspn(s, " \t");
    }
    *p = *end ? end + 1 : end;
    *end = 0;
    return s;
}

static int parse_file(struct script *s, const char *path, int line, struct err *e);

/* A part is a list of steps that several scenarios share; its steps bear the number of the line that includes it. */
static int include(struct script *s, const char *name, int line, struct err *e)
{
    char path[512];

    if (snprintf(path, sizeof path, "%s/parts/%s.txt", s->folder, name) >= (int)sizeof path)
        return err_set(e, ERR_TOOLONG, "line %d: the name of the part", line);
    return err_wrap(e, parse_file(s, path, line, e), "line %d: include %s", line, name);
}

static int parse_line(struct script *s, char *line, int number, struct err *e)
{
    struct step *st = &s->steps[s->n];
    bool quoted, bad = false;
    char *word = next_word(&line, &quoted, &bad);
    size_t v = 0;

    if (!word)
        return 0;
    if (s->n == SCRIPT_STEPS_MAX)
        return err_set(e, ERR_TOOLONG, "line %d: more than %d steps", number, SCRIPT_STEPS_MAX);
    while (v < sizeof verbs / sizeof *verbs && strcmp(verbs[v].word, word))
        v++;
    if (v == sizeof verbs / sizeof *verbs)
        return err_set(e, ERR_INVALID, "line %d: there is no step \"%s\"", number, word);
    *st = (struct step){.verb = (enum verb)v, .line = number};
    while (st->n < STEP_WORDS_MAX && (word = next_word(&line, &st->quoted[st->n], &bad)))
        st->words[st->n++] = word;
    if (bad)
        return err_set(e, ERR_INVALID, "line %d: a quote is not closed", number);
    if (st->n < verbs[v].least || st->n > verbs[v].most)
        return err_set(e, ERR_INVALID, "line %d: %s takes %d to %d words", number, verbs[v].word, verbs[v].least,
                       verbs[v].most);
    if (st->verb == VERB_INCLUDE)
        return include(s, st->words[0], number, e);
    s->n++;
    return 0;
}

/* `line` 0: number the lines; else every step bears that number. */
static int parse_file(struct script *s, const char *path, int line, struct err *e)
{
    struct buf *text = &s->texts[s->n_texts];
    int rc, number = 0;
    char *at, *start;

    if (s->n_texts == SCRIPT_FILES_MAX)
        return err_set(e, ERR_TOOLONG, "more than %d parts", SCRIPT_FILES_MAX - 1);
    s->n_texts++;
    rc = fs_read(path, SCRIPT_BYTES_MAX, text, e);
    at = (char *)text->data;
    if (rc >= 0 && at && !utf8_valid(at, text->len))
        rc = err_set(e, ERR_INVALID, "it is not UTF-8");
    while (rc >= 0 && at && *at) {
        start = at;
        at = strchr(at, '\n');
        if (at)
            *at++ = 0;
        number++;
        if (*start != '#')
            rc = parse_line(s, start, line ? line : number, e);
    }
    return rc;
}

int script_load(const char *path, struct script **ret, struct err *e)
{
    struct script *s = calloc(1, sizeof *s);
    char folder[512];
    int rc;

    if (!s)
        return err_set(e, ERR_NOMEM, "load a scenario");
    text_copy(folder, sizeof folder, path);
    s->folder = dirname(folder);
    rc = parse_file(s, path, 0, e);
    s->folder = NULL;
    if (rc < 0)
        script_free(s);
    else
        *ret = s;
    return rc;
}

void script_free(struct script *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->n_texts; i++)
        buf_finish(&s->texts[i]);
    free(s);
}

int script_steps(const struct script *s)
{
    return s->n;
}

const struct step *script_step(const struct script *s, int i)
{
    return &s->steps[i];
}

int script_end(const struct script *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->steps[i].verb == VERB_AT)
            return i;
    return s->n;
}

bool script_uses(const struct script *s, enum verb v, const char *word1, const char *word2)
{
    for (int i = 0; i < s->n; i++) {
        const struct step *st = &s->steps[i];

        if (st->verb == v && !strcmp(st->words[0], word1) && (!word2 || (st->n > 1 && !strcmp(st->words[1], word2))))
            return true;
    }
    return false;
}
