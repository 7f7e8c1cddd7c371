/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of the page of electronic licences; a part of sample.h.
 */
#ifndef TESTS_UI_SAMPLE_LICENCES_H
#define TESTS_UI_SAMPLE_LICENCES_H

static struct my_licences sample_held;
static struct item sample_licensed;

/* The item of the form, which asks for four more papers. */
static void sample_licences_waiting(struct view *v)
{
    static const struct item_material papers[] = {{.name = "户口簿", .state = MATERIAL_BRING, .licence_kind = "户口簿"},
                                                  {.name = "结婚证", .state = MATERIAL_BRING, .licence_kind = "结婚证"},
                                                  {.name = "残疾人证", .state = MATERIAL_BRING, .licence_kind = "残疾人证"},
                                                  {.name = "居住证", .state = MATERIAL_LATER, .licence_kind = "居住证"}};

    sample_form(v);
    sample_licensed = *v->item.item;
    for (int i = 0; i < 4; i++)
        sample_licensed.materials[i] = papers[i];
    sample_licensed.n_materials = 4;
    v->item.item = &sample_licensed;
    v->screen = SCREEN_LICENCES;
    v->licences.asking = ASKED_WAITING;
}
static void sample_licences(struct view *v)
{
    sample_licences_waiting(v);
    sample_held = (struct my_licences){
        .at = SAMPLE_NOW,
        .n = 4,
        .list = {{.kind = "户口簿", .state = MY_LICENCE_HELD, .issuer = "示范市公安局城东分局"},
                 {.kind = "结婚证", .state = MY_LICENCE_HELD, .issuer = "示范区民政局", .until = {2029, 10, 8}},
                 {.kind = "残疾人证", .state = MY_LICENCE_EXPIRED, .issuer = "示范区残疾人联合会", .until = {2025, 12, 31}},
                 {.kind = "居住证", .state = MY_LICENCE_UNCHECKED, .why = MY_LICENCE_AWAY}}};
    v->licences.asking = ASKED_KNOWN;
    v->licences.known = &sample_held;
    sample_values.licences = (struct form_licences){.use = 1, .bring = 2, .at = SAMPLE_NOW};
}
static void sample_licences_open(struct view *v)
{
    sample_licences(v);
    sample_values.licences = (struct form_licences){0};
    v->licences.missing = true;
}
static void sample_licences_none(struct view *v)
{
    sample_licences(v);
    sample_values.licences = (struct form_licences){0};
    sample_held.list[0] = (struct my_licence){.kind = "户口簿", .state = MY_LICENCE_NONE};
    sample_held.list[1] = (struct my_licence){.kind = "结婚证", .state = MY_LICENCE_NOT_GOOD, .issuer = "示范区民政局"};
}
static void sample_licences_away(struct view *v)
{
    sample_licences_waiting(v);
    v->licences.asking = ASKED_REFUSED;
    v->licences.why = ASK_HALL_AWAY;
    v->licences.silent = true;
}

#endif
