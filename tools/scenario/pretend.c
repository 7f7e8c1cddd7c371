/* SPDX-License-Identifier: Apache-2.0
 *
 * `pretend …`: a kiosk-sync that was taken over, over kiosk's socket. It has everything a network has seen and no key of the
 * hall; what it claims is signed all the same, by WHO:
 *     stranger        a key of its own under the name of the hall's
 *     other-terminal  the hall, for another terminal or office
 *     other-journal   the hall, for another journal of this terminal
 *     earlier         the hall, an hour ago
 *     hall            the hall: the control step, and what a hall says to a journal that is not what it was
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/line.h"
#include "crypto/random.h"
#include "model/terminal.h"
#include "tools/scenario/play.h"
#include "wire/ack.h"
#include "wire/lease.h"
#include "wire/news.h"

#define HOUR_MS (60 * 60 * 1000)
#define AHEAD_MS (60 * 1000) /* of whatever the hall said since the clock was set */

struct liar {
    struct play *play;
    struct terminal_config terminal;
    struct private_key *key;
    uint8_t key_id[8];
    int64_t now_ms;
};

static int load_key(struct play *p, bool stranger, struct liar *l, struct err *e)
{
    struct private_key *own = NULL;
    struct public_key pub;
    int rc = key_load(stand_path(p->stand, "hall/tls/ack.pem"), &l->key, e);

    if (rc < 0)
        return rc;
    key_public(l->key, &pub);
    public_key_id(&pub, l->key_id);
    if (!stranger)
        return 0;
    rc = key_generate(&own, e);
    key_free(l->key);
    l->key = own;
    return rc;
}

static int begin(struct play *p, const char *who, struct liar *l, struct err *e)
{
    struct buf json;
    int rc = fs_read(stand_path(p->stand, "term/terminal.json"), TERMINAL_CONFIG_MAX, &json, e);

    *l = (struct liar){.play = p, .now_ms = AHEAD_MS + (p->stand->opt.wall_ms ? p->stand->opt.wall_ms : clock_wall_ms())};
    if (rc >= 0)
        rc = terminal_config_decode(json.data, json.len, &l->terminal, e);
    buf_finish(&json);
    if (rc >= 0)
        rc = load_key(p, !strcmp(who, "stranger"), l, e);
    if (!strcmp(who, "other-terminal")) {
        l->terminal.terminal[0] ^= 1;
        l->terminal.office++;
    } else if (!strcmp(who, "other-journal")) {
        l->terminal.epoch[0] ^= 1;
    } else if (!strcmp(who, "earlier")) {
        l->now_ms -= HOUR_MS;
    } else if (rc >= 0 && strcmp(who, "stranger") && strcmp(who, "hall")) {
        rc = err_set(e, ERR_INVALID, "nobody signs as %s", who);
    }
    return rc;
}

static int sign(const struct liar *l, const char *prefix, const void *data, size_t len, struct manifest_signature *ret,
                struct err *e)
{
    memcpy(ret->key_id, l->key_id, sizeof ret->key_id);
    return sign_message(l->key, prefix, data, len, ret->sig, &ret->sig_len, e);
}

/* --- what is claimed: a line to kiosk --- */

/* As the journal has it, which kiosk-sync may read; zeros where it ends before. */
static int hash_of(const struct liar *l, uint64_t seq, uint8_t out[HASH_LEN], struct err *e)
{
    struct json *list;
    size_t n;
    int rc = expect_journal_list(l->play, &list, e);

    if (rc < 0)
        return rc;
    const char *hex = seq && seq <= json_len(list) ? node_str(json_at(list, (size_t)seq - 1), "hash") : "";
    hex_decode(hex, strlen(hex), out, HASH_LEN, &n);
    json_free(list);
    return 0;
}

static int claim_ack(const struct liar *l, const struct step *st, struct buf *line, struct err *e)
{
    struct ack a = {.seq = strtoull(st->words[1], NULL, 10)};
    struct buf message;
    int rc = hash_of(l, a.seq, a.hash, e);

    if (rc < 0)
        return rc;
    buf_init(&message, ACK_BYTES_MAX);
    ack_message(l->terminal.terminal, l->terminal.epoch, &a, &message);
    rc = sign(l, ACK_PREFIX, message.data, message.len, &a.by, e);
    buf_finish(&message);
    buf_adds(line, "ack ");
    return rc < 0 ? rc : ack_encode(&a, line);
}

static int claim_lease(const struct liar *l, const struct step *st, struct buf *line, struct err *e)
{
    struct lease a = {.day = date_of_ms(l->now_ms), .block = {atoi(st->words[2]), TICKET_BLOCK}};
    struct buf message;

    snprintf(a.queue, sizeof a.queue, "%s", st->words[1]);
    random_bytes(a.id, sizeof a.id);
    buf_init(&message, LEASE_BYTES_MAX);
    lease_message(l->terminal.terminal, l->terminal.epoch, &a, &message);
    int rc = sign(l, LEASE_PREFIX, message.data, message.len, &a.by, e);
    buf_finish(&message);
    buf_adds(line, "lease ");
    return rc < 0 ? rc : lease_answer_encode(&a, line);
}

static int claim_pause(const struct liar *l, const struct step *st, struct buf *line, struct err *e)
{
    struct news_queues q = {.office = l->terminal.office, .at_ms = l->now_ms, .now = {.version = 1000, .n = 1}};
    struct news_word w;
    struct buf state;

    snprintf(q.now.list[0].id, sizeof q.now.list[0].id, "%s", st->words[1]);
    snprintf(q.now.list[0].reason, sizeof q.now.list[0].reason, "%s", st->words[2]);
    q.now.list[0].paused_until = l->now_ms + 24 * HOUR_MS;
    buf_init(&state, NEWS_QUEUES_MAX);
    news_queues_encode(&q, &state);
    int rc = sign(l, NEWS_QUEUES_PREFIX, state.data, state.len, &w.by, e);
    snprintf(w.state, sizeof w.state, "%s", buf_str(&state));
    buf_finish(&state);
    buf_adds(line, "queues 0 ");
    return rc < 0 ? rc : news_word_encode(&w, line);
}

/* Says it in kiosk-sync's place and waits until kiosk has dealt with it: answers come in order. */
static int say(struct play *p, const char *claim, struct err *e)
{
    static char text[LINE_MAX_BYTES], answer[LINE_MAX_BYTES];
    int fd, rc = line_connect(stand_path(p->stand, "run/kiosk.sock"), &fd, e);

    if (rc < 0)
        return rc;
    snprintf(text, sizeof text, "hello sync\nstate up 1\n%s\nleased\nstatus", claim);
    rc = line_call(fd, text, answer, sizeof answer, STAND_PATIENCE_MS, e);
    for (int i = 0; rc >= 0 && strncmp(answer, "{\"version\"", 10) && i < 64; i++)
        rc = line_call(fd, "state up 1", answer, sizeof answer, STAND_PATIENCE_MS, e);
    close(fd);
    return rc;
}

int pretend_step(struct play *p, const struct step *st, struct err *e)
{
    static int (*const claims[])(const struct liar *, const struct step *, struct buf *,
                                 struct err *) = {claim_ack, claim_lease, claim_pause};
    static const char *const words[] = {"ack", "lease", "pause"};
    struct liar l = {.key = NULL};
    struct buf line;
    size_t i = 0;

    while (i < 3 && strcmp(words[i], st->words[0]))
        i++;
    if (i == 3 || st->n != (i ? 4 : 3))
        return err_set(e, ERR_INVALID,
                       "pretend ack SEQ WHO, pretend lease QUEUE FIRST WHO, or pretend pause QUEUE REASON WHO");
    int rc = begin(p, st->words[st->n - 1], &l, e);
    buf_init(&line, LINE_MAX_BYTES);
    if (rc >= 0)
        rc = claims[i](&l, st, &line, e);
    if (rc >= 0)
        rc = say(p, buf_str(&line), e);
    buf_finish(&line);
    key_free(l.key);
    return rc;
}
