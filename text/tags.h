/* The parts of speech and the grammatical relations that the syntax model knows. The numbers are
 * part of the model's format: a new name goes to the end of its list. */
#ifndef CB_TEXT_TAGS_H
#define CB_TEXT_TAGS_H

#include <stdbool.h>
#include <stdint.h>

/* Penn Treebank tags with the additions of the English Web Treebank (HYPH, NFP, ADD, AFX, GW):
 * X(name in C, name in the treebank). */
/* clang-format off */
#define CB_TAGS(X)                                                                                           \
    X(CC, "CC")                                                                                              \
    X(CD, "CD")                                                                                              \
    X(DT, "DT")                                                                                              \
    X(EX, "EX")                                                                                              \
    X(FW, "FW") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NN, "NN")      \
        X(NNS, "NNS") X(NNP, "NNP") X(NNPS, "NNPS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP")                \
            X(PRP_POSS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM")            \
                X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP")  \
                    X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP") X(WP_POSS, "WP$") X(WRB, "WRB") X(DOLLAR, "$")   \
                        X(PERIOD, ".") X(COMMA, ",") X(COLON, ":") X(QUOTE_OPEN, "``") X(QUOTE_CLOSE, "''")  \
                            X(LRB, "-LRB-") X(RRB, "-RRB-") X(HYPH, "HYPH") X(NFP, "NFP") X(ADD, "ADD")      \
                                X(AFX, "AFX") X(GW, "GW")
/* clang-format on */

/* Universal Dependencies 2, as used by UD_English-EWT: X(name in C, name in the treebank). Relations between
 * which the parser often has to choose stand within the same sixteen, which are scored together. */
/* clang-format off */
#define CB_RELATIONS(X)                                                                                     \
    X(NSUBJ, "nsubj") X(OBJ, "obj") X(OBL, "obl") X(CONJ, "conj") X(NMOD, "nmod") X(COMPOUND, "compound")   \
    X(ADVCL, "advcl") X(XCOMP, "xcomp") X(CCOMP, "ccomp") X(PARATAXIS, "parataxis") X(APPOS, "appos")       \
    X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(FLAT, "flat") X(LIST, "list") X(NMOD_POSS, "nmod:poss")       \
    X(ADVMOD, "advmod") X(AMOD, "amod") X(NUMMOD, "nummod") X(CASE, "case") X(MARK, "mark") X(CC, "cc")     \
    X(DET, "det") X(AUX, "aux") X(COP, "cop") X(AUX_PASS, "aux:pass") X(DISCOURSE, "discourse")             \
    X(NSUBJ_PASS, "nsubj:pass") X(OBL_UNMARKED, "obl:unmarked") X(NMOD_UNMARKED, "nmod:unmarked")           \
    X(IOBJ, "iobj") X(FIXED, "fixed") X(ROOT, "root") X(ADVCL_RELCL, "advcl:relcl")                         \
    X(CC_PRECONJ, "cc:preconj") X(COMPOUND_PRT, "compound:prt") X(CSUBJ, "csubj")                           \
    X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DET_PREDET, "det:predet")     \
    X(DISLOCATED, "dislocated") X(EXPL, "expl") X(GOESWITH, "goeswith") X(NMOD_DESC, "nmod:desc")           \
    X(NSUBJ_OUTER, "nsubj:outer") X(OBL_AGENT, "obl:agent") X(ORPHAN, "orphan") X(PUNCT, "punct")           \
    X(REPARANDUM, "reparandum") X(VOCATIVE, "vocative")
/* clang-format on */

#define CB_TAG_ITEM(id, name)      CB_TAG_##id,
#define CB_RELATION_ITEM(id, name) CB_REL_##id,
enum cb_tag { CB_TAGS(CB_TAG_ITEM) CB_TAG_COUNT };
enum cb_relation { CB_RELATIONS(CB_RELATION_ITEM) CB_REL_COUNT };
#undef CB_TAG_ITEM
#undef CB_RELATION_ITEM

/* "PRP$", "nsubj:pass"; "?" for a number that is none. */
const char *cb_tag_name(uint8_t tag);
const char *cb_relation_name(uint8_t relation);

/* The number of a name, -1 when there is no such name. */
int cb_tag_number(const char *name);
int cb_relation_number(const char *name);

/* Coarse classes that rules ask for. */
bool cb_tag_is_verb(uint8_t tag);  /* VB VBD VBG VBN VBP VBZ MD */
bool cb_tag_is_noun(uint8_t tag);  /* NN NNS NNP NNPS */
bool cb_tag_is_punct(uint8_t tag); /* marks of all kinds, hyphens and brackets */

#endif
