/* SPDX-License-Identifier: Apache-2.0
 *
 * See sink.h.
 */
#include "voice/sink.h"

#include <alsa/asoundlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LATENCY_US 100000 /* what is in the card when a key says stop is dropped anyway */
#define NAME_MAX_BYTES 48
#define MIXER_PERCENT 80 /* of what the card can do; loudness is chosen in samples below that */

struct sink {
    enum sink_kind kind;
    snd_pcm_t *pcm;
    snd_ctl_t *jack; /* NULL: none to ask */
    snd_ctl_elem_id_t *jack_id;
};

bool sink_kind_by_name(const char *name, enum sink_kind *ret)
{
    static const char *const names[] = {"headphones", "loudspeaker", "samples", "words"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) {
            *ret = (enum sink_kind)i;
            return true;
        }
    return false;
}

/* --- the card --- */

/* The first that plays, as "plughw:N"; false: there is none. */
static bool first_card(char name[NAME_MAX_BYTES], char ctl[NAME_MAX_BYTES])
{
    int card = -1;

    while (snd_card_next(&card) == 0 && card >= 0) {
        snd_ctl_t *c;
        int device = -1;

        snprintf(ctl, NAME_MAX_BYTES, "hw:%d", card);
        if (snd_ctl_open(&c, ctl, 0) < 0)
            continue;
        snd_pcm_info_t *info;
        snd_pcm_info_alloca(&info);
        while (snd_ctl_pcm_next_device(c, &device) == 0 && device >= 0) {
            snd_pcm_info_set_device(info, (unsigned)device);
            snd_pcm_info_set_stream(info, SND_PCM_STREAM_PLAYBACK);
            if (snd_ctl_pcm_info(c, info) < 0)
                continue;
            snprintf(name, NAME_MAX_BYTES, "plughw:%d,%d", card, device);
            snd_ctl_close(c);
            return true;
        }
        snd_ctl_close(c);
    }
    return false;
}

/* The kernel's element of a headphone jack: "Headphone Jack", "Front Headphone Jack" and the like. */
static void find_jack(struct sink *s, const char *ctl)
{
    snd_ctl_elem_list_t *list;

    if (snd_ctl_open(&s->jack, ctl, SND_CTL_NONBLOCK) < 0) {
        s->jack = NULL;
        return;
    }
    snd_ctl_elem_list_alloca(&list);
    if (snd_ctl_elem_list(s->jack, list) == 0 &&
        snd_ctl_elem_list_alloc_space(list, snd_ctl_elem_list_get_count(list)) == 0) {
        snd_ctl_elem_list(s->jack, list);
        for (unsigned i = 0; !s->jack_id && i < snd_ctl_elem_list_get_used(list); i++) {
            const char *name = snd_ctl_elem_list_get_name(list, i);

            if (strstr(name, "Headphone") && strstr(name, "Jack") && snd_ctl_elem_id_malloc(&s->jack_id) == 0)
                snd_ctl_elem_list_get_id(list, i, s->jack_id);
        }
        snd_ctl_elem_list_free_space(list);
    }
    if (s->jack_id)
        return;
    snd_ctl_close(s->jack);
    s->jack = NULL;
}

/* Cards start mute: everything that plays is switched on. */
static void open_mixer(const char *ctl)
{
    snd_mixer_t *m;

    if (snd_mixer_open(&m, 0) < 0)
        return;
    if (snd_mixer_attach(m, ctl) == 0 && snd_mixer_selem_register(m, NULL, NULL) == 0 && snd_mixer_load(m) == 0)
        for (snd_mixer_elem_t *el = snd_mixer_first_elem(m); el; el = snd_mixer_elem_next(el)) {
            long low, high;

            if (snd_mixer_selem_has_playback_switch(el))
                snd_mixer_selem_set_playback_switch_all(el, 1);
            if (snd_mixer_selem_has_playback_volume(el) && snd_mixer_selem_get_playback_volume_range(el, &low, &high) == 0)
                snd_mixer_selem_set_playback_volume_all(el, low + (high - low) * MIXER_PERCENT / 100);
        }
    snd_mixer_close(m);
}

static int open_card(struct sink *s, const char *card, int rate, struct err *e)
{
    char name[NAME_MAX_BYTES], ctl[NAME_MAX_BYTES] = "";

    if (card)
        snprintf(name, sizeof name, "%s", card);
    else if (!first_card(name, ctl))
        return err_set(e, ERR_NOTFOUND, "no sound card of this machine plays");
    if (ctl[0]) {
        open_mixer(ctl);
        find_jack(s, ctl);
    }
    int rc = snd_pcm_open(&s->pcm, name, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
    if (rc == 0)
        rc = snd_pcm_set_params(s->pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1, (unsigned)rate, 1, LATENCY_US);
    return rc < 0 ? err_set(e, ERR_NOTFOUND, "open the sound card %s: %s", name, snd_strerror(rc)) : 0;
}

static bool may_be_heard(const struct sink *s)
{
    snd_ctl_elem_value_t *value;

    if (s->kind != SINK_HEADPHONES)
        return true;
    if (!s->jack)
        return false;
    snd_ctl_elem_value_alloca(&value);
    snd_ctl_elem_value_set_id(value, s->jack_id);
    return snd_ctl_elem_read(s->jack, value) == 0 && snd_ctl_elem_value_get_boolean(value, 0);
}

static int play_card(struct sink *s, const int16_t *samples, int n)
{
    if (!may_be_heard(s))
        return n;
    snd_pcm_sframes_t took = snd_pcm_writei(s->pcm, samples, (snd_pcm_uframes_t)n);

    if (took == -EPIPE || took == -ESTRPIPE || took == -EBADFD) { /* it ran empty, or slept */
        snd_pcm_prepare(s->pcm);
        took = snd_pcm_writei(s->pcm, samples, (snd_pcm_uframes_t)n);
    }
    return took == -EAGAIN ? 0 : took < 0 ? -ERR_IO : (int)took;
}

/* --- both --- */

int sink_create(enum sink_kind kind, const char *card, int rate, struct sink **ret, struct err *e)
{
    struct sink *s = calloc(1, sizeof *s);
    int rc = 0;

    if (!s)
        return err_set(e, ERR_NOMEM, "make a sink");
    s->kind = kind;
    if (kind == SINK_HEADPHONES || kind == SINK_LOUDSPEAKER)
        rc = open_card(s, card, rate, e);
    if (rc < 0) {
        sink_destroy(s);
        return rc;
    }
    *ret = s;
    return 0;
}

void sink_destroy(struct sink *s)
{
    if (!s)
        return;
    if (s->pcm)
        snd_pcm_close(s->pcm);
    if (s->jack)
        snd_ctl_close(s->jack);
    if (s->jack_id)
        snd_ctl_elem_id_free(s->jack_id);
    free(s);
}

int sink_wait(struct sink *s, struct pollfd *fds, int room)
{
    if (s->pcm)
        return snd_pcm_poll_descriptors(s->pcm, fds, (unsigned)room);
    *fds = (struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT};
    return 1;
}

int sink_play(struct sink *s, const int16_t *samples, int n)
{
    ssize_t took;

    if (s->pcm)
        return play_card(s, samples, n);
    took = write(STDOUT_FILENO, samples, (size_t)n * sizeof *samples);
    return took < 0 ? -ERR_IO : (int)(took / (ssize_t)sizeof *samples);
}

void sink_flush(struct sink *s)
{
    if (s->pcm && snd_pcm_state(s->pcm) == SND_PCM_STATE_PREPARED)
        snd_pcm_start(s->pcm);
}

void sink_stop(struct sink *s)
{
    if (!s->pcm)
        return;
    snd_pcm_drop(s->pcm);
    snd_pcm_prepare(s->pcm);
}
