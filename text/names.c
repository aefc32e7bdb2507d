/* The words by which the database and JSON know the enums. */
#include "text/extract.h"

const char *cb_claim_kind_name(enum cb_claim_kind kind)
{
    switch (kind) {
    case CB_CLAIM_DIRECT:
        return "direct";
    case CB_CLAIM_INDIRECT:
        return "indirect";
    case CB_CLAIM_MIXED:
        return "mixed";
    case CB_CLAIM_ASSERTION:
        break;
    }
    return "assertion";
}

const char *cb_modality_name(enum cb_modality modality)
{
    switch (modality) {
    case CB_DENIED:
        return "denied";
    case CB_HEDGED:
        return "hedged";
    case CB_QUESTION:
        return "question";
    case CB_OPINION:
        return "opinion";
    case CB_WISH:
        return "wish";
    case CB_STATED:
        break;
    }
    return "stated";
}

const char *cb_link_kind_name(enum cb_link_kind kind)
{
    switch (kind) {
    case CB_LINK_QUOTATION:
        return "quotation";
    case CB_LINK_PRIMARY_SOURCE:
        return "primary_source";
    case CB_LINK_REPUBLICATION:
        return "republication";
    case CB_LINK_REVISION_OF:
        return "revision_of";
    case CB_LINK_DERIVED_FROM:
        break;
    }
    return "derived_from";
}

const char *cb_speaker_kind_name(enum cb_speaker_kind kind)
{
    switch (kind) {
    case CB_SPEAKER_PERSON:
        return "person";
    case CB_SPEAKER_ORGANISATION:
        return "organisation";
    case CB_SPEAKER_GROUP:
        return "group";
    case CB_SPEAKER_UNKNOWN:
        break;
    }
    return "unknown";
}

const char *cb_quantity_kind_name(enum cb_quantity_kind kind)
{
    switch (kind) {
    case CB_QUANTITY_MEASURE:
        return "measure";
    case CB_QUANTITY_MONEY:
        return "money";
    case CB_QUANTITY_SHARE:
        return "share";
    case CB_QUANTITY_ORDINAL:
        return "ordinal";
    case CB_QUANTITY_DATE:
        return "date";
    case CB_QUANTITY_DURATION:
        return "duration";
    case CB_QUANTITY_LABEL:
        return "label";
    case CB_QUANTITY_COUNT:
        break;
    }
    return "count";
}
