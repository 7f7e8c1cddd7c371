/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-sync: the terminal's only program with a network. Reads the journal and delivers it, downloads catalogues, and
 * tells kiosk how far the hall is. It owns no devices, cannot read what residents wrote, and holds no key of the journal.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/control.h"
#include "base/fs.h"
#include "base/line.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/options.h"
#include "base/sandbox.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/version.h"
#include "model/level.h"
#include "sync/acts.h"
#include "sync/ask.h"
#include "sync/deliver.h"
#include "sync/earlier.h"
#include "sync/fetch.h"
#include "sync/folder.h"
#include "sync/health.h"
#include "sync/heard.h"
#include "sync/join.h"
#include "sync/lease.h"
#include "sync/logs.h"
#include "sync/once.h"
#include "sync/options.h"
#include "sync/renew.h"
#include "sync/system.h"
#include "sync/trust.h"
#include "sync/uplink_test.h"
#include "wire/peer.h"

#define KIOSK_RETRY_MS 1000
#define HEALTH_EVERY_MS (15 * 60 * 1000)
#define CONTROL_REPLY_MAX 1024
#define TRUST_CHECK_MS (60 * 1000)

struct sync {
    const struct sync_options *opt;
    struct loop *loop;
    struct notify *notify;
    struct join *join; /* until the terminal is enrolled */
    bool folder_taken;
    int rc; /* why the loop was ended, with `why`; 0: it was asked to */
    struct err why;
    struct terminal_config terminal;
    struct http *http;
    struct state *state;
    struct deliver *deliver;
    struct fetch *fetch;
    struct lease_client *lease;
    struct renew *renew;
    struct earlier *earlier;
    struct system_client *system;
    struct ask_client *ask;
    struct acts_client *acts;
    struct logs_client *logs;
    struct uplink_test *uplink;
    struct health_client health;
    struct trust trust;
    struct line *kiosk, *control;
    struct loop_timer *kiosk_timer, *health_timer, *trust_timer;
    char kiosk_path[512];
    bool up, untrusted;        /* the hall answers; its certificate is refused */
    uint64_t acked, head;      /* what the hall has by what it says, what kiosk said there is */
    struct health_report says; /* what kiosk says of the catalogue, its devices, and what is wrong */
    int64_t given_up;          /* the published catalogue that cannot be had; 0: none */
    struct peer_line said;     /* the last state, to say only what is new */
    int64_t said_offset_ms;    /* the clock's, when that was */
    struct heard heard;
};

/* --- kiosk --- */

static void say(void *ctx, const struct peer_line *p)
{
    struct sync *s = ctx;
    struct buf text;
    if (!s->kiosk)
        return;
    buf_init(&text, LINE_MAX_BYTES);
    if (peer_encode(p, &text) == 0)
        line_send(s->kiosk, buf_str(&text));
    else
        log_error("sync", "a line for kiosk is out of shape and is left out");
    buf_finish(&text);
}

static void say_kind(void *ctx, enum peer_kind kind)
{
    say(ctx, &(struct peer_line){.kind = kind});
}

static void say_state(struct sync *s)
{
    const struct peer_line state = {.kind = PEER_STATE, .up = s->up, .sure = trust_now(&s->trust)};

    if (!s->kiosk || (s->said.kind == PEER_STATE && s->said.up == state.up && s->said.sure == state.sure &&
                      llabs(clock_offset_ms() - s->said_offset_ms) < CLOCK_JUMP_MS / 5))
        return;
    s->said = state;
    s->said_offset_ms = clock_offset_ms();
    say(s, &state);
    if (state.up && state.sure)
        fetch_head(s->fetch);
}

static void send_health(void *ctx);

/* Staff are told at once, not with the next regular report. */
static void on_catalogue(struct sync *s, const struct peer_line *p)
{
    bool news = health_catalogue(&s->says, p);

    if (p->whole)
        fetch_whole(s->fetch, p->whole);
    fetch_halts(s->fetch, p->halts);
    if (news && s->up)
        send_health(s);
}

/* What only the hall can say goes to kiosk as the hall signed it. */
static void say_word(void *ctx, const struct ack *a)
{
    struct sync *s = ctx;
    struct buf json;
    if (!s->kiosk)
        return;
    buf_init(&json, ACK_BYTES_MAX);
    if (!ack_encode(a, &json))
        say(s, &(struct peer_line){.kind = PEER_ACK, .bytes = buf_str(&json)});
    buf_finish(&json);
}

static void say_lease(void *ctx, const char *answer)
{
    say(ctx, &(struct peer_line){.kind = PEER_LEASE, .bytes = answer});
}

static void say_leased(void *ctx)
{
    say_kind(ctx, PEER_LEASED);
}

static void say_order(void *ctx, const struct system_word *w, bool here)
{
    struct sync *s = ctx;
    struct buf json;
    if (!s->kiosk)
        return;
    buf_init(&json, SYSTEM_BYTES_MAX);
    if (!system_word_encode(w, &json))
        say(s, &(struct peer_line){.kind = PEER_SYSTEM, .here = here, .bytes = buf_str(&json)});
    buf_finish(&json);
}

/* At once too: somebody may have to go there. */
static void on_how(struct sync *s, const struct peer_line *p)
{
    if (health_how(&s->says, p) && s->up)
        send_health(s);
}

static void say_all(struct sync *s, const char *day)
{
    heard_say_halts(&s->heard, say, s);
    deliver_repeat(s->deliver);
    earlier_repeat(s->earlier);
    lease_repeat(s->lease, day);
    heard_say_queues(&s->heard, say, s);
    system_client_again(s->system);
    acts_client_wake(s->acts);
}

static void hear(struct sync *s, const struct peer_line *p)
{
    if (p->kind == PEER_JOURNAL) {
        s->head = (uint64_t)p->seq;
        deliver_wake(s->deliver);
    } else if (p->kind == PEER_CATALOGUE) {
        on_catalogue(s, p);
    } else if (p->kind == PEER_HOW) {
        on_how(s, p);
    } else if (p->kind == PEER_LEASE_WANTED) {
        lease_want(s->lease, p->queue, p->day);
    } else if (p->kind == PEER_AGAIN) {
        say_all(s, p->day);
    } else if (p->kind == PEER_SYSTEM_AGAIN) {
        system_client_again(s->system);
    } else if (p->kind == PEER_ASK) {
        ask_client_ask(s->ask, p->id, p->bytes);
    } else if (p->kind == PEER_UPLINK_LOOK) {
        uplink_test_look(s->uplink);
    } else if (p->kind == PEER_UPLINK_TEST) {
        uplink_test_begin(s->uplink);
    } else if (p->kind == PEER_NOW) {
        deliver_wake(s->deliver);
        fetch_wake(s->fetch);
    }
}

static void on_kiosk_line(void *ctx, struct line *c, char *text)
{
    struct peer_line p;
    struct sync *s = ctx;

    if (!text) {
        line_destroy(c);
        s->kiosk = NULL;
        loop_timer_start(s->kiosk_timer, KIOSK_RETRY_MS);
    } else if (peer_decode(text, PEER_FROM_KIOSK, &p) < 0) {
        log_warn("sync", "kiosk said something unknown");
    } else {
        hear(s, &p);
    }
}

/* When this terminal's certificate ends: kiosk tells technicians, and warns. */
static void say_certificate(struct sync *s)
{
    if (s->renew)
        say(s, &(struct peer_line){.kind = PEER_CERTIFICATE, .ms = renew_ends(s->renew), .refused = s->untrusted});
}

static void connect_kiosk(void *ctx)
{
    struct sync *s = ctx;
    int fd;
    if (line_connect(s->kiosk_path, &fd, NULL)) {
        loop_timer_start(s->kiosk_timer, KIOSK_RETRY_MS);
        return;
    }
    s->kiosk = line_create(s->loop, fd, on_kiosk_line, s);
    s->said.kind = PEER_KINDS;
    say_kind(s, PEER_HELLO);
    say_state(s); /* the rest when it says "again" */
    say_certificate(s);
}

/* --- the hall --- */

static int64_t moment(void *ctx, bool *ret_sure)
{
    const struct sync *s = ctx;
    return trust_moment(&s->trust, ret_sure);
}

static void on_clock_moved(void *ctx)
{
    struct sync *s = ctx;
    say_state(s);
    if (s->renew)
        renew_check(s->renew);
}

static void on_date(void *ctx, int64_t hall_ms, int64_t ends_ms)
{
    struct sync *s = ctx;
    trust_see(&s->trust, hall_ms, ends_ms);
    trust_keep(&s->trust, s->state);
    on_clock_moved(s);
}

static void send_health(void *ctx)
{
    struct sync *s = ctx;
    struct health_report r = s->says;
    r.level = level_now();
    r.acked = (int64_t)s->acked;
    r.head = (int64_t)s->head;
    text_copy(r.version, sizeof r.version, version_text());
    health_given_up(&r, s->given_up);
    health_warn(&r, "certificate-near-end", renew_near_end(s->renew));
    s->health.http = s->http;
    health_send(&s->health, &r);
    loop_timer_start(s->health_timer, HEALTH_EVERY_MS);
}

static void set_up(struct sync *s, bool up)
{
    if (up != s->up)
        log_info("sync", up ? "the hall answers" : "the hall does not answer");
    s->up = up;
    say_state(s);
    if (s->untrusted == http_untrusted(s->http))
        return;
    s->untrusted = !s->untrusted;
    say_certificate(s);
}

static void on_acked(void *ctx, uint64_t seq)
{
    ((struct sync *)ctx)->acked = seq;
}

static void on_delivery(void *ctx, enum http_outcome o)
{
    struct sync *s = ctx;
    set_up(s, o != HTTP_UNREACHED);
    if (o == HTTP_WORKED)
        fetch_wake(s->fetch);
}

static void on_poll(void *ctx, enum http_outcome o)
{
    struct sync *s = ctx;
    bool was_up = s->up;
    set_up(s, o != HTTP_UNREACHED);
    if (o != HTTP_WORKED)
        return;
    deliver_wake(s->deliver);
    earlier_wake(s->earlier);
    lease_wake(s->lease);
    system_client_wake(s->system);
    acts_client_wake(s->acts);
    logs_client_wake(s->logs);
    if (!was_up)
        send_health(s);
}

/* The next request makes a connection with the new certificate, and then the hall lets go of the old one. */
static void on_renewed(void *ctx)
{
    struct sync *s = ctx;
    send_health(s);
    say_certificate(s);
}

static void on_incoming(void *ctx)
{
    say_kind(ctx, PEER_INCOMING);
}

static void on_trouble(void *ctx, int64_t given_up)
{
    struct sync *s = ctx;
    bool news = given_up != s->given_up;
    s->given_up = given_up;
    if (news && s->up)
        send_health(s);
}

static void on_queues(void *ctx, const struct news_word *q)
{
    struct sync *s = ctx;
    heard_queues(&s->heard, q);
    heard_say_queues(&s->heard, say, s);
}

static void on_halts(void *ctx, const struct news_word *h)
{
    struct sync *s = ctx;
    heard_halts(&s->heard, h);
    heard_say_halts(&s->heard, say, s);
}

static void on_exchange(void *ctx, enum http_outcome o)
{
    set_up(ctx, o != HTTP_UNREACHED);
}

static void check_trust(void *ctx)
{
    struct sync *s = ctx;
    say_state(s);
    loop_timer_start(s->trust_timer, TRUST_CHECK_MS);
}

/* --- control --- */

static int control_quit(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    loop_stop(((struct sync *)ctx)->loop);
    return 0;
}

/* Where the machine's files lie: a test plays the kernel. */
static int control_machine(void *ctx, const struct control_args *a, struct buf *reply, struct err *e)
{
    struct sync *s = ctx;
    if (!s->uplink)
        return err_set(e, ERR_STATE, "not enrolled yet");
    uplink_test_machine(s->uplink, a->word);
    return 0;
}

static void on_control_line(void *ctx, struct line *c, char *text)
{
    static const struct control_command commands[] = {
        {"quit", "", control_quit}, {"machine", "w", control_machine}, {NULL, NULL, NULL}};
    static const struct control_table table = {commands, on_clock_moved};
    struct sync *s = ctx;
    struct buf reply;
    if (!text) {
        line_destroy(c);
        s->control = NULL;
        return;
    }
    buf_init(&reply, CONTROL_REPLY_MAX);
    control_obey(&table, s, text, &reply);
    line_send(c, buf_str(&reply));
    buf_finish(&reply);
}

/* --- putting it together --- */

static void on_terminate(void *ctx)
{
    loop_stop(ctx);
}

static int open_http(struct sync *s, const char *data, struct err *e)
{
    static const struct renew_events renew = {.moment = moment, .renewed = on_renewed};
    char ca[480];
    if (fs_join(ca, sizeof ca, data, "sync/ca.crt"))
        return err_set(e, ERR_TOOLONG, "%s", data);
    const struct http_config config = {
        .base = s->terminal.hall, .ca = ca, .proxy = s->opt->proxy, .date = on_date, .moment = moment, .ctx = s};
    int rc = http_create(s->loop, &config, &s->http, e);
    return rc ? rc : renew_create(s->loop, s->http, data, s->terminal.terminal, &renew, s, &s->renew, e);
}

/* Once it is needed: by then nobody enrols by hand. */
static int take_once(void *ctx, struct err *e)
{
    struct sync *s = ctx;
    s->folder_taken = s->folder_taken || folder_take(s->opt->data, e) == 0;
    return s->folder_taken ? 0 : -(int)e->code;
}

static int open_enrolled(struct sync *s, struct err *e)
{
    static const struct deliver_events deliver = {.acked = on_acked, .word = say_word, .outcome = on_delivery};
    static const struct fetch_events fetch = {
        .outcome = on_poll, .incoming = on_incoming, .trouble = on_trouble, .queues = on_queues, .halts = on_halts};
    static const struct lease_events lease = {.held = say_lease, .told = say_leased, .outcome = on_exchange};
    static const struct ask_events ask = {.say = say, .outcome = on_exchange};
    static const struct system_events system = {.order = say_order};
    const char *data = s->opt->data;
    int rc = folder_terminal(data, &s->terminal, e);
    if (rc == 0)
        rc = take_once(s, e);
    if (rc == 0)
        rc = state_open(data, s->terminal.epoch, &s->state, e);
    if (rc)
        return rc;
    join_clear(data);
    trust_load(&s->trust, s->state, s->opt->moved ? 0 : clock_built_ms());
    rc = open_http(s, data, e);
    if (rc)
        return rc;
    s->acked = (uint64_t)state_get(s->state, STATE_ACKED);
    rc = deliver_create(s->loop, s->http, s->state, data, "journal", &s->terminal, &deliver, s, &s->deliver, e);
    if (rc == 0)
        rc = fetch_create(s->loop, s->http, s->state, data, s->terminal.terminal, &fetch, s, &s->fetch, e);
    if (rc == 0)
        rc = earlier_create(s->loop, s->http, data, &s->terminal, say_word, s, &s->earlier, e);
    if (rc == 0)
        rc = lease_create(s->loop, s->http, s->state, &lease, s, &s->lease, e);
    if (rc == 0)
        rc = system_client_create(s->loop, s->http, data, s->opt->run, &system, s, &s->system, e);
    if (rc == 0)
        rc = ask_client_create(s->http, &ask, s, &s->ask, e);
    if (rc == 0)
        rc = acts_client_create(s->http, say, s, &s->acts, e);
    if (rc == 0)
        rc = logs_client_create(s->http, data, &s->logs, e);
    if (rc)
        return rc;
    const struct uplink_test_config line = {
        .data = data, .hall = s->terminal.hall, .proxy = s->opt->proxy, .moment = moment, .say = say, .ctx = s};
    s->uplink = uplink_test_create(s->loop, &line);
    loop_timer_start(s->kiosk_timer, 0);
    loop_timer_start(s->trust_timer, TRUST_CHECK_MS);
    log_info("sync", "%s delivers to %s, record %llu is acknowledged", s->terminal.terminal, s->terminal.hall,
             (unsigned long long)s->acked);
    return 0;
}

static void on_joined(void *ctx)
{
    struct sync *s = ctx;
    join_destroy(s->join);
    s->join = NULL;
    s->rc = open_enrolled(s, &s->why);
    if (s->rc)
        loop_stop(s->loop);
}

static int open_all(struct sync *s, struct err *e)
{
    char folder[480], terminal[512];
    const struct join_config join = {.data = s->opt->data,
                                     .kiosk_path = s->kiosk_path,
                                     .built_ms = s->opt->moved ? 0 : clock_built_ms(),
                                     .take = take_once,
                                     .joined = on_joined,
                                     .ctx = s};
    int rc = 0;
    if (fs_join(folder, sizeof folder, s->opt->data, "sync") ||
        fs_join(terminal, sizeof terminal, s->opt->data, "terminal.json") ||
        fs_join(s->kiosk_path, sizeof s->kiosk_path, s->opt->run, "kiosk.sock"))
        rc = err_set(e, ERR_TOOLONG, "%s", s->opt->data);
    if (rc == 0 && access(s->opt->data, F_OK)) /* or the name is mistyped, and it would wait for ever */
        rc = err_errno(e, "look into %s", s->opt->data);
    if (rc == 0)
        rc = fs_refuse_root(folder, e);
    if (rc == 0 && !(s->loop = loop_create()))
        rc = err_set(e, ERR_NOMEM, "start");
    if (rc == 0)
        rc = loop_on_terminate(s->loop, on_terminate, s->loop);
    if (rc)
        return rc;
    s->health_timer = loop_add_timer(s->loop, send_health, s);
    s->kiosk_timer = loop_add_timer(s->loop, connect_kiosk, s);
    s->trust_timer = loop_add_timer(s->loop, check_trust, s);
    if (s->opt->control >= 0)
        s->control = line_create(s->loop, s->opt->control, on_control_line, s);
    if (access(terminal, F_OK) == 0)
        return open_enrolled(s, e);
    return errno == ENOENT ? join_create(s->loop, &join, &s->join, e) : err_errno(e, "look for %s", terminal);
}

static void close_all(struct sync *s)
{
    join_destroy(s->join);
    ask_client_destroy(s->ask);
    acts_client_destroy(s->acts);
    logs_client_destroy(s->logs);
    uplink_test_destroy(s->uplink);
    system_client_destroy(s->system);
    lease_destroy(s->lease);
    fetch_destroy(s->fetch);
    deliver_destroy(s->deliver);
    earlier_destroy(s->earlier);
    renew_destroy(s->renew);
    health_stop(&s->health);
    http_destroy(s->http);
    state_close(s->state);
    line_destroy(s->kiosk);
    line_destroy(s->control);
    loop_timer_remove(s->kiosk_timer);
    loop_timer_remove(s->health_timer);
    loop_timer_remove(s->trust_timer);
    notify_destroy(s->notify);
    loop_destroy(s->loop);
}

static int run(const struct sync_options *o)
{
    struct sync s = {.opt = o};
    int rc = open_all(&s, &s.why);
    if (rc == 0) {
        s.notify = notify_create(s.loop);
        notify_ready(s.notify);
        rc = loop_run(s.loop);
    }
    if (rc == 0)
        rc = s.rc;
    close_all(&s);
    if (rc)
        log_error("sync", "%s", s.why.text);
    return rc == -ERR_NOTFOUND ? ONCE_NOT_ENROLLED : once_exit(rc);
}

int main(int argc, char **argv)
{
    struct sync_options o;
    struct err e = {0};
    int code = sync_options_read(argc, argv, &o);
    if (code >= 0)
        return options_end("kiosk-sync", code, ONCE_FAILED);
    secret_harden_process();
    signal(SIGPIPE, SIG_IGN);
    umask(0022);
    if (sandbox_network(&e) < 0) {
        log_error("sync", "%s", e.text);
        return ONCE_FAILED;
    }
    return o.enrol ? once_enrol(&o) : o.pending ? options_end("kiosk-sync", once_pending(&o), ONCE_FAILED) : run(&o);
}
