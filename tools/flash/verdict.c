/* SPDX-License-Identifier: Apache-2.0
 *
 * See verdict.h.
 */
#include "tools/flash/verdict.h"

#include <string.h>

#define CHANGED "changed"

static const char *const faults[] = {
    [WRITER_NONE] = "",     [WRITER_GONE] = "gone",      [WRITER_FAKE] = "fake", [WRITER_ROT] = "rot",
    [WRITER_IO] = "io",     [WRITER_IMAGE] = "image",    [WRITER_BUSY] = "busy", [WRITER_SMALL] = "small",
    [WRITER_DIED] = "died", [WRITER_STOPPED] = "stopped"};

struct verdict verdict_of(const struct run *r, const struct stick *k)
{
    return (struct verdict){.good = k->state == STICK_GOOD,
                            .changed = k->changed,
                            .fault = k->job.now.fault,
                            .size = k->medium.size,
                            .used = r->image->map->used,
                            .real = k->job.now.real,
                            .at = k->job.now.at};
}

const char *verdict_why(const struct verdict *v, char out[WORDS_MAX])
{
    char a[SIZE_TEXT_MAX], b[SIZE_TEXT_MAX];

    if (v->changed)
        return say(out, WORD_verdict_changed, "");
    switch (v->fault) {
    case WRITER_NONE:
        return say(out, WORD_verdict_same, size_text(v->used, a));
    case WRITER_GONE:
        return say(out, WORD_verdict_gone, "");
    case WRITER_FAKE:
        return say(out, WORD_verdict_fake, size_text(v->size, a), size_text(v->real, b));
    case WRITER_ROT:
        return say(out, WORD_verdict_rot, size_text(v->at, a));
    case WRITER_IO:
        return say(out, WORD_verdict_io, size_text(v->at, a));
    case WRITER_IMAGE:
        return say(out, WORD_verdict_image, "");
    case WRITER_BUSY:
        return say(out, WORD_verdict_busy, "");
    case WRITER_SMALL:
        return say(out, WORD_verdict_small, "");
    case WRITER_DIED:
        return say(out, WORD_verdict_died, "");
    case WRITER_STOPPED:
        break;
    }
    return say(out, WORD_verdict_stopped_one, "");
}

const char *stick_verdict(const struct run *r, const struct stick *k, char out[WORDS_MAX])
{
    struct verdict v = verdict_of(r, k);

    return verdict_why(&v, out);
}

/* "fake": for programs and records; "" when it is good. */
static const char *verdict_fault(const struct verdict *v)
{
    return v->changed ? CHANGED : faults[v->fault];
}

void verdict_put(const struct verdict *v, struct jsonw *w)
{
    jsonw_bool(w, "good", v->good);
    if (!v->good)
        jsonw_str(w, "fault", verdict_fault(v));
    if (v->fault == WRITER_FAKE)
        jsonw_int(w, "real", (int64_t)v->real);
    if (v->fault == WRITER_ROT || v->fault == WRITER_IO)
        jsonw_int(w, "at", (int64_t)v->at);
}

struct verdict verdict_get(const struct json *o)
{
    struct verdict v = {.good = json_bool(json_member(o, "good"))};
    const char *fault = json_str(json_member(o, "fault"));

    for (size_t i = 0; fault && i < sizeof faults / sizeof *faults; i++)
        if (!strcmp(faults[i], fault))
            v.fault = (enum writer_fault)i;
    v.changed = fault && !strcmp(fault, CHANGED);
    v.size = (uint64_t)json_int(json_member(o, "bytes"));
    v.real = (uint64_t)json_int(json_member(o, "real"));
    v.at = (uint64_t)json_int(json_member(o, "at"));
    return v;
}
