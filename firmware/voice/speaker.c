/* SPDX-License-Identifier: Apache-2.0
 *
 * See speaker.h.
 */
#include "voice/speaker.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"
#include "base/secret.h"
#include "voice/engine.h"
#include "voice/spoken.h"

#define LINES_MAX (64 * 1024)
#define LINE_HEAD 3 /* "zh " */

struct speaker {
    enum sink_kind kind;
    struct sink *sink;
    struct engine *engines[LANGUAGE_COUNT];
    struct voice_order order; /* the last: loudness, speed */
    struct buf lines;         /* what is still to be said */
    enum language in;         /* of the line that is begun */
    struct engine *at;        /* it says a sentence now; NULL: none does */
    uint32_t serial;          /* of that sentence */
    int16_t samples[ENGINE_CHUNK];
    int from, n; /* of samples that the sink has not taken yet */
};

static void finish(struct speaker *s)
{
    if (!s)
        return;
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        engine_destroy(s->engines[i]);
    sink_destroy(s->sink);
    buf_finish(&s->lines);
    secret_wipe(s, sizeof *s);
    free(s);
}

int speaker_create(enum sink_kind kind, const char *card, struct speaker **ret, struct err *e)
{
    struct speaker *s = calloc(1, sizeof *s);
    int rc = s ? sink_create(kind, card, ENGINE_RATE, &s->sink, e) : err_set(e, ERR_NOMEM, "make a voice");

    for (int i = 0; rc == 0 && kind != SINK_WORDS && i < LANGUAGE_COUNT; i++)
        if (i != LANGUAGE_ZH_HANT) /* kiosk sends it as zh-CN */
            rc = engine_create((enum language)i, &s->engines[i], e);
    if (rc < 0) {
        finish(s);
        return rc;
    }
    s->kind = kind;
    buf_init(&s->lines, LINES_MAX);
    *ret = s;
    return 0;
}

void speaker_soften(int16_t *samples, int n, int volume)
{
    static const int of_1000[VOICE_VOLUMES + 1] = {0, 100, 178, 316, 562, 1000};

    for (int i = 0; i < n; i++)
        samples[i] = (int16_t)(samples[i] * of_1000[volume] / 1000);
}

/* What an engine is at does not matter any more: its packets bear an older serial. */
static void stop(struct speaker *s)
{
    buf_reset(&s->lines);
    s->n = 0;
    sink_stop(s->sink);
    if (s->at)
        engine_say(s->at, ++s->serial, 0, "");
    s->at = NULL;
}

void speaker_take(struct speaker *s, const struct voice_order *o)
{
    if (o->op != VOICE_ADD)
        stop(s);
    s->order = *o;
    if (o->op == VOICE_STOP)
        return;
    if (spoken_words(o->language, o->text, &s->lines) < 0)
        buf_reset(&s->lines); /* never of one page: see LINES_MAX */
}

int speaker_wait(struct speaker *s, struct pollfd fds[SPEAKER_FDS])
{
    if (s->n)
        return sink_wait(s->sink, fds, SPEAKER_FDS);
    if (s->at) {
        fds[0] = (struct pollfd){.fd = engine_fd(s->at), .events = POLLIN};
        return 1;
    }
    return s->lines.len ? sink_wait(s->sink, fds, SPEAKER_FDS) : 0;
}

static int rate(const struct speaker *s)
{
    static const int words_a_minute[VOICE_SPEEDS] = {115, 160, 220};

    return words_a_minute[s->order.speed];
}

/* Up to the end of its first sentence, sign and all. */
static size_t sentence(const char *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (words[i] == '.' || words[i] == '?')
            return i + 1;
    return n;
}

/* The head of a line says its language; what is left of one begins with a space, and goes on in it. */
static int next_sentence(struct speaker *s)
{
    char words[ENGINE_LINE_MAX + 1];
    const char *all = buf_str(&s->lines);
    size_t line = strcspn(all, "\n"), head = all[0] == ' ' ? 1 : LINE_HEAD;

    if (head == LINE_HEAD)
        s->in = memcmp(all, "en", 2) ? LANGUAGE_ZH_CN : LANGUAGE_EN;
    must(line >= head, "a line without its language");
    size_t n = sentence(all + head, line - head);
    int rc = 0;

    if (n && n < sizeof words) {
        memcpy(words, all + head, n);
        words[n] = '\0';
        s->at = s->engines[s->in];
        rc = engine_say(s->at, ++s->serial, rate(s), words);
        secret_wipe(words, sizeof words);
    }
    buf_drop(&s->lines, head + n + (head + n == line));
    return rc;
}

static int write_line(struct speaker *s)
{
    size_t n = strcspn(buf_str(&s->lines), "\n") + 1;
    ssize_t wrote = write(STDOUT_FILENO, buf_str(&s->lines), n);

    buf_drop(&s->lines, n);
    return wrote == (ssize_t)n ? 0 : -ERR_IO;
}

static int hear(struct speaker *s)
{
    uint32_t serial;
    int n = engine_hear(s->at, &serial, s->samples);

    if (n < 0 || serial != s->serial)
        return n < 0 ? n : 0;
    if (n == 0) {
        sink_flush(s->sink);
        s->at = NULL;
        return 0;
    }
    speaker_soften(s->samples, n, s->order.volume);
    s->from = 0;
    s->n = n;
    return 0;
}

static int play(struct speaker *s)
{
    int took = sink_play(s->sink, s->samples + s->from, s->n);

    if (took < 0)
        return took;
    s->from += took;
    s->n -= took;
    return 0;
}

int speaker_step(struct speaker *s)
{
    if (s->n)
        return play(s);
    if (s->at)
        return hear(s);
    if (!s->lines.len)
        return 0;
    return s->kind == SINK_WORDS ? write_line(s) : next_sentence(s);
}
