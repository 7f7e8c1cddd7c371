/* SPDX-License-Identifier: Apache-2.0
 *
 * What the journal holds: one header each (design: "What is stored and sent"), and for some kinds a sealed body.
 * Nothing personal stands in a header.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum record_kind {
#define RECORD(name, word, body) RECORD_##name,
#include "record.def"
#undef RECORD
    RECORD_KINDS,
};

const char *record_kind_word(enum record_kind kind);
/* -1 when unknown. */
int record_kind_by_word(const char *word);
bool record_kind_has_body(enum record_kind kind);

#define TERMINAL_ID_MAX 32 /* [a-z0-9-], starts with a letter */
#define EPOCH_LEN 16
#define HASH_LEN 32
#define RECORD_HEADER_MAX 2048
#define RECORD_BODY_MAX (32 * 1024)
#define RECORD_TEXT_MAX 64

/* The header as a value. Strings of length 0 are left out of the JSON. Which of the kind-specific members a kind carries
 * stands in wire/record.c, the only place that turns this into bytes and back. */
struct record_header {
    int v; /* 1 */
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    uint64_t seq;  /* from 1, no holes */
    int64_t at;    /* wall clock, ms */
    char boot[37]; /* boot id */
    int64_t up;    /* monotonic, ms */
    bool clock_trusted;
    enum record_kind kind;
    uint8_t id[16]; /* random, names the record for ever */
    uint8_t key[8]; /* bodies: which hall key it is sealed to; zero when there is no body */

    /* by kind */
    uint8_t visit[16];                 /* visit-start, -end and all of that visit: its random id; zero: none */
    char number[RECORD_TEXT_MAX];      /* application: case number; ticket, ticket-void: ticket number; print-*: of what */
    char case_number[RECORD_TEXT_MAX]; /* supplement: of the case it belongs to ("case") */
    char item[RECORD_TEXT_MAX];        /* application: task_code */
    int item_version, form_version;    /* application */
    char promised[11];                 /* application: "2026-01-12" or empty */
    bool provisional;                  /* application: the promised date may still change */
    char bundle[RECORD_TEXT_MAX];      /* application, one of a bundle (一件事): the number of the bundle … */
    char bundle_item[RECORD_TEXT_MAX]; /* … the bundle's task_code … */
    int part, parts;                   /* … and which of its applications this is, from 1, of how many */
    char queue[RECORD_TEXT_MAX];       /* ticket, ticket-void */
    char day[11];                      /* ticket: "2026-01-05" */
    char job[RECORD_TEXT_MAX];         /* print-*: token of the marker */
    char role[RECORD_TEXT_MAX];        /* print-*, device-*: "receipt", "ticket", "reader" */
    int copy;                          /* print-*: 1 first, 2… 补打 */
    int score;                         /* rating: 5 very satisfied … 1 very dissatisfied (GB/T 39734) */
    int set;                           /* rating: version of the question set it answers */
    char staff[RECORD_TEXT_MAX];       /* staff, availability: whose doing, as the signed list names them */
    int64_t until;                     /* availability: out of service until about then, ms; 0: not known */
    char what[RECORD_TEXT_MAX]; /* ticket: number of the appointment it is for; reason, fault, end of visit ("done", "left",
                                   "timeout"), versions, staff action */
};

/* A stored record. Pointers are borrowed for the call that hands it out. */
struct record {
    struct record_header header; /* parsed from header_bytes */
    const uint8_t *header_bytes;
    size_t header_len;
    const uint8_t *body; /* NULL: none, or purged */
    size_t body_len;
    uint8_t body_hash[HASH_LEN]; /* SHA-256 of the body, of nothing when there is none */
    uint8_t prev[HASH_LEN], hash[HASH_LEN];
};

#endif
