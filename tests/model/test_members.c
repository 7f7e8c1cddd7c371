/* SPDX-License-Identifier: Apache-2.0
 *
 * What was said of licences in a bundle, as each of its members has it: by kind, wherever its own list of papers has that.
 * That answers go to whoever asks for them alone is test_item_members.c's.
 */
#include "test.h"

#include "model/members.h"

#define PAPER(kind)                                                                                                         \
    {                                                                                                                       \
        .name = kind, .state = MATERIAL_BRING, .licence_kind = kind                                                         \
    }

TEST(licences_by_kind)
{
    static const struct item one = {.materials = {{.name = "照片", .state = MATERIAL_BRING}, PAPER("R")}, .n_materials = 2},
                             two = {.materials = {PAPER("M"), PAPER("R"), PAPER("H")}, .n_materials = 3};
    static const struct item bundle = {
        .materials = {PAPER("R"), {.name = "照片", .state = MATERIAL_BRING}, PAPER("M"), PAPER("H")},
        .n_materials = 4,
        .joined = {&one, &two},
        .n_joined = 2};
    static struct form_values all, own;

    all.licences = (struct form_licences){.use = 1 << 0, .bring = 1 << 2, .at = 7}; /* nothing of H */
    members_values(&bundle, 0, &all, &own);
    CHECK_INT(own.licences.use, 1 << 1);
    CHECK_INT(own.licences.bring, 0);
    CHECK_INT(own.licences.at, 7);
    members_values(&bundle, 1, &all, &own);
    CHECK_INT(own.licences.use, 1 << 1);
    CHECK_INT(own.licences.bring, 1 << 0);
}

TEST_MAIN(T(licences_by_kind))
