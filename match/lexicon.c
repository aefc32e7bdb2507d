#include "match/lexicon.h"

#include "match/terms.h"

const struct cb_word_list cb_word_lists[] = {
    {CB_WORD_STOP,
     "a an the this that these those there here it its itself is are was were be been being am 's 're 'm 've "
     "'d 'll s "
     "re have has had having do does did doing done will would shall should can could ca wo "
     "of to in on at by for from with as into onto upon about over under after before during between among "
     "through against within toward towards up down out off than then so and or but if while because since "
     "although though whether both either each such also just too very even still yet again only own same "
     "some any all most more less much many few other another one ones "
     "when where why how what which now ' \" via per "
     "say says said saying tell tells told add adds added according get gets got getting "},
    {CB_WORD_STOP | CB_WORD_PERSON, "i you he she we they me him her us them my your his our their mine "
                                    "yours hers ours theirs who whom whose "
                                    "myself himself herself themselves ourselves "},
    {CB_WORD_STOP, /* titles: the name follows */
     "mr mrs ms miss dr prof sen rep gen adm gov lt col sgt capt rev hon sir dame madam jr sr inc corp co "
     "ltd llc plc st "},
    {CB_WORD_STOP | CB_WORD_NEGATION,
     "not no n't nt never none nobody nothing neither nor nowhere without cannot unless "},
    {CB_WORD_STOP | CB_WORD_MODAL, "may might could possibly perhaps maybe likely "},
    {CB_WORD_HEDGE, "reportedly allegedly apparently alleged doubt doubts doubtful rumored rumoured "
                    "unconfirmed rumor rumour "
                    "rumors rumours speculation supposedly purportedly "},
    {CB_WORD_STOP | CB_WORD_NEGATION | CB_WORD_BEFORE_TO, "yet "},
    {CB_WORD_NEGATION | CB_WORD_BEFORE_TO, /* "refused to" says not, "refused asylum" something else */
     "refuse refuses refused refusing refusal decline declines declined declining fail fails failed failing "
     "failure "},
    {CB_WORD_DENIAL,
     "deny denies denied denying denial denials hoax hoaxes fake faked false falsely falsehood untrue bogus "
     "debunk "
     "debunked debunks debunking myth myths refute refutes refuted refuting rebut rebuts rebutted disprove "
     "disproves "
     "disproved disproven contradict contradicts contradicted fabricated fabrication misleading satire "
     "satirical fooled prank pranked spoof "
     "incorrect "
     "incorrectly wrong wrongly inaccurate inaccurately dismiss dismisses lied unfounded baseless groundless "
     "unsubstantiated discredited discredits photoshopped doctored misquoted retract retracts retracted "
     "retraction "
     "figment nonsense impostor scam quashes quashed "},
    {CB_WORD_SCALE,
     "hundred hundreds thousand thousands million millions billion billions trillion dozen dozens "
     "half quarter third percent percentage "
     "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
     "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety bn mn mln k m "},
    {0, NULL},
};

/* Opposites that turn a statement round when the rest stays: words that differ in degree
 * only (big, huge) and pairs that often stand side by side in one story (buy, sell) are left out. */
const char *const cb_antonyms[][2] = {
    {"alive", "dead"},        {"alive", "died"},        {"alive", "killed"},        {"survive", "die"},
    {"rise", "fall"},         {"rose", "fell"},         {"rising", "falling"},      {"increase", "decrease"},
    {"increase", "decline"},  {"increase", "drop"},     {"increase", "reduce"},     {"gain", "lose"},
    {"gain", "loss"},         {"up", "down"},           {"higher", "lower"},        {"grow", "shrink"},
    {"win", "lose"},          {"won", "lost"},          {"victory", "defeat"},      {"success", "failure"},
    {"succeed", "fail"},      {"accept", "reject"},     {"accept", "refuse"},       {"agree", "refuse"},
    {"agree", "disagree"},    {"allow", "ban"},         {"allow", "forbid"},        {"allow", "prevent"},
    {"permit", "forbid"},     {"permit", "prohibit"},   {"legal", "illegal"},       {"lawful", "unlawful"},
    {"guilty", "innocent"},   {"convict", "acquit"},    {"approve", "reject"},      {"approve", "oppose"},
    {"support", "oppose"},    {"back", "oppose"},       {"confirm", "deny"},        {"admit", "deny"},
    {"true", "false"},        {"real", "fake"},         {"possible", "impossible"}, {"likely", "unlikely"},
    {"open", "close"},        {"open", "shut"},         {"open", "closed"},         {"start", "stop"},
    {"start", "end"},         {"begin", "end"},         {"before", "after"},        {"arrive", "depart"},
    {"arrive", "leave"},      {"enter", "leave"},       {"enter", "exit"},          {"north", "south"},
    {"east", "west"},         {"northern", "southern"}, {"eastern", "western"},     {"left", "right"},
    {"inside", "outside"},    {"indoors", "outdoors"},  {"include", "exclude"},     {"first", "last"},
    {"early", "late"},        {"best", "worst"},        {"better", "worse"},        {"maximum", "minimum"},
    {"strengthen", "weaken"}, {"strong", "weak"},       {"improve", "worsen"},      {"safe", "dangerous"},
    {"healthy", "sick"},      {"hire", "fire"},         {"release", "arrest"},      {"release", "jail"},
    {"free", "jail"},         {"attack", "defend"},     {"love", "hate"},           {"remember", "forget"},
    {"public", "private"},    {"present", "absent"},    {"empty", "full"},          {"young", "old"},
    {"wet", "dry"},           {"hot", "cold"},          {"asleep", "awake"},        {"sit", "stand"},
    {"sitting", "standing"},  {"white", "black"},       {"profit", "loss"},         {"ally", "enemy"},
    {"friend", "enemy"},      {"peace", "war"},         {"majority", "minority"},   {"same", "different"},
    {"day", "night"},         {"lift", "impose"},       {"guilt", "innocence"},     {NULL, NULL},
};

/* Who is meant, not what is said of them: the other word is another subject, not the opposite. */
const char *const cb_counterparts[][2] = {
    {"male", "female"},     {"man", "woman"},       {"boy", "girl"},
    {"husband", "wife"},    {"father", "mother"},   {"son", "daughter"},
    {"brother", "sister"},  {"uncle", "aunt"},      {"boyfriend", "girlfriend"},
    {"king", "queen"},      {"prince", "princess"}, {"lady", "gentleman"},
    {"man", "wife"},        {"he", "she"},          {"boy", "woman"},
    {"girl", "man"},        {"actor", "actress"},   {"lady", "man"},
    {"teacher", "student"}, {"doctor", "patient"},  {"employer", "employee"},
    {"buyer", "seller"},    {"parent", "child"},    {"gentleman", "woman"},
    {NULL, NULL},
};
