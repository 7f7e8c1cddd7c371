/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall's request handlers share. main.c makes it; each handler file takes what it needs.
 */
#ifndef HALL_HALL_H
#define HALL_HALL_H

#include "tools/hall/door/guess.h"
#include "tools/hall/door/server.h"
#include "tools/hall/door/wait.h"
#include "tools/hall/keys/signer.h"
#include "tools/hall/store/alerts.h"
#include "tools/hall/store/disk.h"
#include "tools/hall/store/reader.h"
#include "tools/hall/store/writer.h"
#include "tools/hall/terminals/book.h"
#include "tools/hall/terminals/halts.h"
#include "tools/hall/terminals/indexing.h"
#include "tools/hall/terminals/known.h"
#include "tools/hall/terminals/offer.h"
#include "tools/hall/terminals/opener_line.h"
#include "tools/hall/terminals/queues.h"
#include "tools/hall/terminals/registry.h"
#include "wire/logs.h"

struct hall {
    struct event_base *base;
    char data[400], tls[420], public[420]; /* folders */
    struct store *written;                 /* the writer's thread */
    struct reader *reader;
    struct writer *writer;
    struct alerts *alerts;
    struct known *known;
    struct book *book;
    struct opener_line *opener;
    struct indexing *indexing;
    struct registry *registry;
    struct pki *pki;
    struct signer *signer;
    struct wait *wait;
    struct queues *queues;
    struct halts_teller *halts;
    struct offer *offer;
    struct server *server;
    struct guesses *guesses;
    struct upkeep *upkeep;
    enum disk_state disk;     /* as it was told last */
    int64_t full_told;        /* log_due: a write found it full */
    int64_t opener_told;      /* log_due: hall-open is away */
    int64_t system_looked_ms; /* the writer's thread: when it last looked what a system's rollout is due (system.c) */
    bool failed;              /* it ends because it cannot go on */
};

#define ENROL_BODY_MAX 8192 /* bytes of an enrolment's requests */

/* Requests, one file each; `ctx` is the struct hall. */
server_fn records_post;                             /* records.c */
server_fn enrol_cacerts, enrol_simple, enrol_again; /* enrol.c */
server_fn enrol_register;                           /* register.c */
server_fn files_get;                                /* files.c */
server_fn health_post;                              /* health.c */
server_fn lease_post;                               /* lease.c */
server_fn ask_post;                                 /* ask.c */
server_fn system_post, system_get;                  /* system.c */
server_fn acts_get;                                 /* acts.c */
server_fn logs_post;                                /* logs.c */

/* Answers with a regular file of the folder, whole or the range that is asked for; 404 when there is none (files.c). */
void files_send(struct exchange *x, const char *folder, const char *name);
/* What the registry read is other than what it had. */
registry_changed_fn enrol_changed;
/* The one decision who is let in (server.h): the terminal's certificate, or the one that follows it, by the hall's clock. */
enum standing enrol_known(void *ctx, struct who *w, bool renews);
/* The terminal behind a request; never NULL on closed routes. */
struct registry_entry *hall_terminal(struct hall *h, const struct exchange *x);
/* Stores an alert without waiting for it, and logs it (alerts.h). */
void hall_alert(struct hall *h, int office, const char *terminal, const char *what, const char *detail);
/* Answers 503 (disk full, queue full) or 500 for a job that failed. */
void hall_answer_failure(struct exchange *x, int rc);

#endif
