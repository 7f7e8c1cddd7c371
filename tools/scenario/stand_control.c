/* SPDX-License-Identifier: Apache-2.0
 *
 * What a stand asks its programs, by the sockets they inherited.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/line.h"
#include "tools/scenario/stand.h"

#define ANSWER_MAX (1024 * 1024)

int stand_control(struct stand *s, enum program p, const char *request, struct json **ret_doc, struct err *e)
{
    static char answer[ANSWER_MAX];
    struct json *doc = NULL;
    bool ok = false;
    int rc;

    if (s->control[p] < 0)
        return err_set(e, ERR_GONE, "%s does not run", stand_program_name(p));
    rc = line_call(s->control[p], request, answer, sizeof answer, STAND_PATIENCE_MS, e);
    if (rc >= 0)
        rc = json_parse(answer, strlen(answer), sizeof answer, &doc, e);
    if (rc >= 0)
        rc = json_get_bool(doc, "ok", &ok, e);
    if (rc >= 0 && !ok)
        rc = err_set(e, ERR_REFUSED, "%s", answer);
    if (rc >= 0 && ret_doc)
        *ret_doc = doc;
    else
        json_free(doc);
    return err_wrap(e, rc, "%s: %s", stand_program_name(p), request);
}

static int read_answer(struct stand *s, enum program p, struct err *e)
{
    char c = 0, answer[64];
    size_t n = 0;
    int rc = 0;

    while (rc >= 0 && c != '\n') {
        rc = line_read_bytes(s->control[p], &c, 1, STAND_PATIENCE_MS, e);
        if (n < sizeof answer - 1)
            answer[n++] = c;
    }
    answer[n] = '\0';
    return rc >= 0 && strcmp(answer, "{\"ok\":true}\n") ? err_set(e, ERR_REFUSED, "%s", answer) : rc;
}

/* It stands still with the request before it, until the other has done its part. */
int stand_control_both(struct stand *s, enum program first, enum program after, const char *request, struct err *e)
{
    kill(s->pid[after], SIGSTOP);
    if (dprintf(s->control[after], "%s\n", request) < 0)
        return err_errno(e, "%s: %s", stand_program_name(after), request);
    int rc = stand_control(s, first, request, NULL, e);
    kill(s->pid[after], SIGCONT);
    return rc < 0 ? rc : err_wrap(e, read_answer(s, after, e), "%s: %s", stand_program_name(after), request);
}

int stand_frame(struct stand *s, const char *png_path, struct err *e)
{
    struct json *doc = NULL;
    int64_t bytes = 0;
    uint8_t *png = NULL;
    int rc = stand_control(s, PROGRAM_KIOSK, "frame", &doc, e);

    if (rc >= 0)
        rc = json_get_int(doc, "bytes", 1, 64 << 20, &bytes, e);
    json_free(doc);
    if (rc >= 0 && !(png = malloc((size_t)bytes)))
        rc = err_set(e, ERR_NOMEM, "a frame");
    if (rc >= 0)
        rc = line_read_bytes(s->control[PROGRAM_KIOSK], png, (size_t)bytes, STAND_PATIENCE_MS, e);
    if (rc >= 0)
        rc = fs_write_atomic(png_path, png, (size_t)bytes, 0644, e);
    free(png);
    return rc;
}
