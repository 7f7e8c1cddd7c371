/* SPDX-License-Identifier: Apache-2.0
 *
 * What a stick that installs itself has found: what it brings, and the machine it is in. Nothing of residents but how many
 * of their records have not been delivered.
 */
#ifndef MODEL_INSTALL_FACTS_H
#define MODEL_INSTALL_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#define INSTALL_HASH 32
#define INSTALL_WORD 32

/* Why nothing can be installed, or why it stopped. */
enum install_trouble {
    INSTALL_FINE,
    INSTALL_STICK_BAD, /* what is on the stick is not what was signed, or cannot be read */
    INSTALL_NO_DISK,
    INSTALL_MANY_DISKS, /* nobody can say which is meant */
    INSTALL_LOCKED,     /* it is read only, or somebody uses it */
    INSTALL_SMALL,
    INSTALL_LAYOUT, /* it holds a system of ours whose parts are too small for this one */
    INSTALL_FAKE,   /* it holds less than it says */
    INSTALL_BROKEN, /* the disk takes or gives back something else */
    INSTALL_FAILED, /* a bug: it is written down in the log */
};

enum install_found {
    INSTALL_EMPTY,     /* nothing is lost */
    INSTALL_OURS,      /* a system of ours: its records stay */
    INSTALL_OTHER,     /* the same, and by its own word another terminal than the stick is for */
    INSTALL_FOREIGN,   /* something of others', which would be gone */
    INSTALL_HALF,      /* this very installation, begun on an empty disk and interrupted */
    INSTALL_INSTALLED, /* this very installation, whole, and never started since */
};

struct install_facts {
    char version[INSTALL_WORD], arch[INSTALL_WORD]; /* of the stick */
    bool sheet;                                     /* it is for one terminal: */
    char terminal[33], spot[80], device[20];
    uint8_t words[INSTALL_HASH]; /* model/sheet_words.h */
    enum install_trouble trouble;
    enum install_found found;
    uint64_t disk; /* bytes of the machine's disk */
    bool chip;     /* it has a TPM */
    uint64_t files;
    char what[16]; /* INSTALL_FOREIGN: how many, or what else */
    char ask[5];   /* the digits to be typed before something of others' is gone */
    struct {       /* what the installed system said of itself, signed; not known: it counts as undelivered */
        bool known;
        char terminal[33], name[100], version[INSTALL_WORD];
        int unsent;
    } note;
};

#endif
