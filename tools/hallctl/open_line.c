/* SPDX-License-Identifier: Apache-2.0
 *
 * See open_line.h.
 */
#include "tools/hallctl/open_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/line.h"
#include "base/secret.h"
#include "base/text.h"
#include "model/speak.h"
#include "tools/hall/store/store_opened.h"
#include "tools/hallctl/hallctl.h"

#define SOCKET "/run/tongban-open/open.sock"
#define WAIT_MS 30000
#define TRIES 8

int open_line_call(const char *socket, const struct buf *request, char *answer, struct err *e)
{
    struct err why = {0};
    int fd = -1, rc = line_connect(socket ? socket : SOCKET, &fd, &why);

    if (rc == 0)
        rc = line_call(fd, buf_str(request), answer, LINE_MAX_BYTES, WAIT_MS, &why);
    if (fd >= 0)
        close(fd);
    return rc < 0 ? err_set(e, ERR_UNREACHABLE,
                            "hall-open gives no answer (%s): start it (systemctl start tongban-open) and see that you may "
                            "write its socket",
                            why.text)
                  : 0;
}

int open_line_ask(const struct open_line *o, struct opening_request *r, struct opening_answer *a, struct json **ret_doc,
                  const struct json **ret_words, struct err *e)
{
    struct buf request;
    char *answer = secret_alloc(LINE_MAX_BYTES);

    text_copy(r->staff, sizeof r->staff, o->staff);
    text_copy(r->post, sizeof r->post, o->post);
    text_copy(r->reason, sizeof r->reason, o->reason);
    buf_init(&request, LINE_MAX_BYTES - 1);
    int rc = opening_request_encode(r, &request);
    rc = rc < 0 ? err_set(e, ERR_TOOLONG, "the request is too long") : open_line_call(o->socket, &request, answer, e);
    if (rc == 0)
        rc = opening_answer_decode(answer, strlen(answer), a, ret_doc, ret_words, e);
    buf_finish(&request);
    secret_free(answer, LINE_MAX_BYTES);
    return rc;
}

/* What somebody said has no applicant who asks who opened it. */
static bool is_spoken(const char *number)
{
    return strlen(number) == SPEAK_NUMBER_LEN;
}

/* What is masked stays, and who opened it. */
static int keep_opened(struct store *s, const struct open_line *o, int office, const char *number,
                       const struct opening_answer *a, bool read, struct err *e)
{
    struct case_opening who = {.at = clock_wall_ms(), .seq = a->seq};
    struct case_opened kept = {.seq = a->seq};

    text_copy(kept.name, sizeof kept.name, a->name);
    text_copy(kept.notice, sizeof kept.notice, a->notice);
    memcpy(kept.hash, a->hash, sizeof kept.hash);
    text_copy(who.staff, sizeof who.staff, read ? o->staff : "");
    text_copy(who.post, sizeof who.post, o->post);
    text_copy(who.reason, sizeof who.reason, o->reason);
    int rc = case_opened_put(s, office, number, &kept, e);
    return rc < 0 || is_spoken(number) ? rc : case_opening_add(s, office, number, &who, e);
}

static int keep_once(struct store *s, const struct open_line *o, int office, const char *number,
                     const struct opening_answer *a, bool read, struct err *e)
{
    const char *action = is_spoken(number) ? "complaint-open" : "case-open";
    const char *refused = a->outcome == OPENING_OPENED ? "" : opening_word(a->outcome);
    int rc = store_begin(s, e);

    if (rc < 0)
        return rc;
    rc = case_opened_audit(s, office, hallctl_who(), action, number, refused, o->staff, o->post, o->reason, e);
    if (rc == 0 && a->outcome == OPENING_OPENED)
        rc = keep_opened(s, o, office, number, a, read, e);
    if (rc == 0)
        return store_commit(s, e);
    store_rollback(s);
    return rc;
}

int open_line_keep(struct store *s, const struct open_line *o, int office, const char *number,
                   const struct opening_answer *a, bool read, struct err *e)
{
    int rc = -ERR_RETRY;

    for (int i = 0; rc == -ERR_RETRY && i < TRIES; i++)
        rc = keep_once(s, o, office, number, a, read, e);
    return err_wrap(e, rc, "hall-open has answered (opening %" PRId64 "), but the hall cannot write it down", a->seq);
}
