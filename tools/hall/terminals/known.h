/* SPDX-License-Identifier: Apache-2.0
 *
 * Which queues there are: those of the published catalogue, read from its file after the file was found to be the one its
 * signed manifest names, and kept in the table queue_known. A terminal cannot invent one. Hashing a large catalogue takes a
 * second: a thread does it, so that nobody waits.
 */
#ifndef HALL_KNOWN_H
#define HALL_KNOWN_H

#include "tools/hall/store/writer.h"
#include "tools/hall/terminals/book.h"
#include "wire/manifest.h"

struct known;

/* A published file that is damaged or missing, in words for staff; in the loop's thread. */
typedef void known_trouble_fn(void *ctx, const char *why);
/* `book` gets each catalogue that is good. */
int known_create(struct writer *w, struct book *book, const char *public_dir, known_trouble_fn *trouble, void *ctx,
                 struct known **ret, struct err *e);
void known_destroy(struct known *k); /* after the writer, which still answers for it; takes NULL */
/* This catalogue is published. Waits for one that is still being read. */
void known_published(struct known *k, const struct manifest_catalog *c);
/* Until the writer has what is to be stored: before the first request, and before the writer ends. Takes NULL. */
void known_wait(struct known *k);

#endif
