#include "text/tags.h"

#include <string.h>

#define NAME_ITEM(id, name) name,
static const char *const tag_names[] = {CB_TAGS(NAME_ITEM)};
static const char *const relation_names[] = {CB_RELATIONS(NAME_ITEM)};
#undef NAME_ITEM

static int number_of(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}

const char *cb_tag_name(uint8_t tag)
{
    return tag < CB_TAG_COUNT ? tag_names[tag] : "?";
}

const char *cb_relation_name(uint8_t relation)
{
    return relation < CB_REL_COUNT ? relation_names[relation] : "?";
}

int cb_tag_number(const char *name)
{
    return number_of(tag_names, CB_TAG_COUNT, name);
}

int cb_relation_number(const char *name)
{
    return number_of(relation_names, CB_REL_COUNT, name);
}

bool cb_tag_is_verb(uint8_t tag)
{
    return (tag >= CB_TAG_VB && tag <= CB_TAG_VBZ) || tag == CB_TAG_MD;
}

bool cb_tag_is_noun(uint8_t tag)
{
    return tag >= CB_TAG_NN && tag <= CB_TAG_NNPS;
}

bool cb_tag_is_punct(uint8_t tag)
{
    return tag >= CB_TAG_PERIOD && tag <= CB_TAG_NFP;
}
