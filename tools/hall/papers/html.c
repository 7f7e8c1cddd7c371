/* SPDX-License-Identifier: Apache-2.0
 *
 * See html.h.
 */
#include "tools/hall/papers/html.h"

#define QUIET 4 /* modules of white around the code */

void html_text(struct buf *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        const char *name = *c == '&' ? "&amp;" : *c == '<' ? "&lt;" : *c == '>' ? "&gt;" : *c == '"' ? "&quot;" : NULL;

        if (name)
            buf_adds(out, name);
        else
            buf_addc(out, (uint8_t)*c);
    }
}

void html_qr(struct buf *out, const struct qr *q)
{
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path d=\"",
             q->size + 2 * QUIET, q->size + 2 * QUIET);
    for (int i = 0; i < q->size * q->size; i++)
        if (q->dark[i])
            buf_addf(out, "M%d %dh1v1h-1z", i % q->size + QUIET, i / q->size + QUIET);
    buf_adds(out, "\"/></svg>");
}

void html_cell(struct buf *out, const char *tag, const char *text)
{
    buf_addf(out, "<%s>", tag);
    html_text(out, text);
    buf_addf(out, "</%s>", tag);
}
