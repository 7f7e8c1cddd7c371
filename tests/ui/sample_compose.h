/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views of a form while Chinese is composed. Included by sample.h only.
 */
/* What stands above the keys while Chinese is composed. */
static void sample_candidates(struct view *v, const char *letters, const char *words)
{
    static struct composing c;
    char *at = c.text;

    c = (struct composing){.fresh = true};
    strcpy(c.letters, letters);
    strcpy(c.text, words);
    for (at = strtok(c.text, " "); at; at = strtok(NULL, " "))
        c.at[c.n++] = (uint16_t)(at - c.text);
    v->keys.composing = &c;
}
static void sample_form_chinese(struct view *v)
{
    sample_form_keys(v);
    v->form.fields[1] = F_HOME;
    v->form.fields[2] = F_WAY;
    v->form.n_fields = 3;
    v->form.focus = F_HOME;
    v->form.faults[F_MOBILE] = (struct form_fault){FORM_SHORT, 1};
    strcpy(sample_values.text[F_HOME], "城东街道幸福里 8 号");
    v->keys.kind = KEYBOARD_CHINESE;
    v->keys.pages = (1u << KEYS_PAGE_COUNT) - 1;
    sample_candidates(v, "lou", "楼 娄 漏 喽 搂 陋 篓 髅 蝼 偻");
}
static void sample_form_phrase(struct view *v)
{
    sample_form_chinese(v);
    sample_candidates(v, "budongchandengji", "不动产登记 不动产 不懂 布 不 步 部 补 捕 埠");
    v->keys.candidates = 1;
}
static void sample_form_signs(struct view *v)
{
    sample_form_chinese(v);
    v->keys.page = KEYS_SYMBOLS;
    v->keys.composing = NULL;
}
static void sample_form_strokes(struct view *v)
{
    sample_form_chinese(v);
    v->keys.page = KEYS_STROKES;
    sample_candidates(v, "hspnz", "楼");
    ((struct composing *)v->keys.composing)->scheme = SCHEME_STROKES;
}
/* 楼 as somebody writes it who begins at the right. */
static void sample_writing(struct composing *c)
{
    static const int16_t strokes[][12] = {{290, 178, 452, 178},
                                          {403, 70, 400, 216},
                                          {335, 96, 364, 134},
                                          {480, 86, 450, 134},
                                          {400, 160, 360, 210, 306, 250},
                                          {408, 170, 460, 216, 520, 240},
                                          {284, 330, 530, 330},
                                          {376, 266, 316, 382, 490, 462},
                                          {470, 290, 420, 400, 306, 458},
                                          {142, 160, 260, 160},
                                          {204, 66, 202, 420},
                                          {200, 176, 180, 260, 130, 330},
                                          {210, 210, 260, 262}};

    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++)
        for (int k = 0; k < 12 && strokes[i][k]; k += 2)
            (k ? ink_move : ink_down)(&c->ink, ink_character, strokes[i][k], strokes[i][k + 1]);
}
static void sample_form_writing(struct view *v)
{
    sample_form_chinese(v);
    v->form.faults[F_MOBILE] = (struct form_fault){0};
    v->keys.page = KEYS_WRITING;
    sample_candidates(v, "", "楼 搂 褛 缕 篓 喽 塿 偻 数 娄");
    sample_writing((struct composing *)v->keys.composing);
}
static void sample_form_writing_empty(struct view *v)
{
    sample_form_chinese(v);
    v->keys.page = KEYS_WRITING;
    sample_candidates(v, "", "");
}
static void sample_form_no_chinese(struct view *v)
{
    sample_form_chinese(v);
    v->keys.composing = NULL;
    v->keys.gone = true;
    v->keys.pages &= ~(1u << KEYS_STROKES | 1u << KEYS_WRITING);
}
