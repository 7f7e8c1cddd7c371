/* SPDX-License-Identifier: Apache-2.0
 *
 * An intent: what a touch on a screen means. Screens return it; the session decides.
 */
#ifndef SESSION_INTENT_H
#define SESSION_INTENT_H

enum intent_kind {
#define INTENT(name, word) INTENT_##name,
#include "intent.def"
#undef INTENT
    INTENT_COUNT,
};

struct intent {
    enum intent_kind kind;
    int a, b;
};

#endif
