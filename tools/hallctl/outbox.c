/* SPDX-License-Identifier: Apache-2.0
 *
 * See outbox.h.
 */
#include "tools/hallctl/outbox.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/secret.h"
#include "tools/hallctl/hallctl.h"
#include "tools/hallctl/hook.h"
#include "tools/hallctl/notice_out.h"

#define HOOK_S 30
#define HOLD_MS (INT64_C(5) * 60 * 1000) /* longer than a hook may take */
#define MESSAGE_MAX (16 * 1024)
#define TOKEN_MAX 400

static int deliver(struct outbox *o, const struct store_notice *n, const char *token, struct err *e)
{
    char id[2 * sizeof n->id + 1];
    struct buf json;

    hex_encode(n->id, sizeof n->id, id);
    buf_init(&json, MESSAGE_MAX);
    int rc = o->compose(o->ctx, n, id, &json, e);
    if (rc == 0 && !buf_ok(&json))
        rc = err_set(e, ERR_TOOLONG, "the message about %s", n->number);
    if (rc == 0 && json.len > 0 && o->file) /* no person is in the feed */
        rc = notice_to_file(o->file, o->who == NOTICE_FOR_FEED ? 0644 : 0600, id, &json, e);
    if (rc == 0 && json.len > 0 && o->hook && o->hook_away) /* the file goes on meanwhile */
        rc = err_set(e, ERR_UNREACHABLE, "the hook did not answer a moment ago, and was not asked again");
    else if (rc == 0 && json.len > 0 && o->hook)
        rc = hook_post(
            &(struct hook_message){
                .url = o->hook, .id = id, .token = token, .json = json.data, .len = json.len, .timeout_s = HOOK_S},
            e);
    o->hook_away |= rc == -ERR_TIMEOUT || rc == -ERR_UNREACHABLE;
    buf_finish(&json);
    return rc;
}

/* It could not be told: when again, and what staff hear when never. */
static int put_off(struct store *s, const struct store_notice *n, const struct err *why, struct err *e)
{
    int64_t next = notice_next(n->tries, clock_wall_ms());
    const char *what = notice_to(n->kind) == NOTICE_TO_FEED ? "" : "case ";
    char words[160];

    fprintf(stderr, "hallctl: the notice %s of %s%s: %s\n", notice_word(n->kind), what, n->number, why->text);
    int rc = store_notice_failed(s, n, next, e);
    if (rc < 0 || next >= 0)
        return rc;
    snprintf(words, sizeof words, "%s%s, %s: %.80s", what, n->number, notice_word(n->kind), why->text);
    rc = store_begin(s, e);
    if (rc == 0 && (rc = store_alert(s, n->office, STORE_NO_TERMINAL, "notice-given-up", words, e)) < 0)
        store_rollback(s);
    return rc < 0 ? rc : store_commit(s, e);
}

static int send_one(struct outbox *o, const struct store_notice *n, const char *token, struct err *e)
{
    struct err why = {0};
    int rc = deliver(o, n, token, &why);

    if (rc < 0) {
        o->put_off++;
        return put_off(o->store, n, &why, e);
    }
    o->taken++;
    rc = store_notice_sent(o->store, n, clock_wall_ms(), e);
    return rc == -ERR_STATE ? 0 : rc; /* it took longer than it was held for, and comes again with the same id */
}

static int send_all(struct outbox *o, const char *token, struct err *e)
{
    const int64_t until = clock_wall_ms(); /* what is put off is not due again in this run */
    struct store_notice n;
    int rc;

    while ((rc = store_notice_take(o->store, o->who, until, HOLD_MS, &n, e)) == 1)
        if ((rc = send_one(o, &n, token, e)) < 0)
            break;
    return rc;
}

int outbox_send(struct outbox *o, struct err *e)
{
    struct buf token;
    int rc;

    secret_harden_process();
    if (!o->token_file)
        return send_all(o, NULL, e);
    rc = fs_read_given(o->token_file, TOKEN_MAX, &token, e);
    if (rc < 0)
        return rc;
    if (token.len > 0)
        token.data[strcspn(buf_str(&token), "\r\n")] = 0;
    rc = send_all(o, buf_str(&token), e);
    buf_finish(&token);
    return rc;
}

int outbox_check(const char *command, enum notice_for who, const char *file, const char *hook)
{
    if ((!file && !hook) || (file && hook && who == NOTICE_FOR_PEOPLE))
        return options_wrong(command, who == NOTICE_FOR_FEED ? "to --file, --hook, or both" : "to --file, or to --hook");
    if (hook && strncmp(hook, "http://", 7) != 0 && strncmp(hook, "https://", 8) != 0)
        return options_wrong(command, "--hook begins http:// or https://");
    return -1;
}
