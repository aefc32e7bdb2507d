#include "text/attribution_lexicon.h"

#include "text/attribution_words.h"

#include <stddef.h>

#define V CB_CUE_VERB
#define N CB_CUE_NOUN
#define A CB_CUE_ADJECTIVE

/* Words may stand in several groups: classes and prepositions add up, the greatest strength counts. */
const struct cb_cue_group cb_cue_groups[] = {
    /* saying, with a clause or a quotation */
    {V, 3, CB_CUE_SAY | CB_CUE_QUOTE,
     "say add:to note state announce argue insist declare stress emphasize emphasise maintain contend assert "
     "acknowledge concede remark observe reiterate quip muse proclaim recall explain comment:on,about,upon "
     "reply retort counter conclude joke:about tweet:about retweet write:about,of allege aver opine "
     "testify:about "
     "warn:of,about,against caution:against predict claim admit:to confirm report:on reveal disclose "
     "complain:about,of "
     "lament respond:to,with answer continue"},
    {V, 2, CB_CUE_SAY | CB_CUE_QUOTE,
     "suggest hint:at imply mention repeat recount boast:about,of brag:about swear vow pledge:to promise "
     "speculate:about "
     "theorize posit hypothesize reason reckon rejoin interject exclaim shout yell scream whisper mutter "
     "murmur "
     "cry gush rave:about rant:about blog:about post email e-mail text vent fume grumble:about gripe:about "
     "moan:about "
     "sigh laugh crack offer volunteer chime profess:to attest:to certify clarify elaborate:on intone "
     "underscore underline highlight point quote cite assure ask wonder inquire query interview "
     "agree:with,to,on,about,upon disagree:with,on,about concur:with object:to protest:against,over,at "
     "confess:to confide preach:about pontificate:about lecture:about "
     "forecast project estimate guess guarantee affirm reaffirm avow signal articulate summarize summarise "
     "read go sum demand propose advise recommend decree communicate relay convey narrate "
     "plead:for beg:for apologize:for apologise:for regret blurt bemoan bristle:at scoff:at sneer:at snap"},
    {V, 3, CB_CUE_TELL | CB_CUE_SAY | CB_CUE_QUOTE, "tell:about,of"},
    {V, 2, CB_CUE_TELL | CB_CUE_SAY | CB_CUE_QUOTE,
     "inform:of,about remind:of assure:of notify:of brief:on,about warn:of,about,against advise convince:of "
     "persuade:of reassure promise show teach lecture:about"},
    /* speaking of something */
    {V, 3, CB_CUE_TALK,
     "criticize:for,over,as criticise:for,over,as praise:for,as denounce:for,as condemn:for,as blast:for,as "
     "slam:for,as bash:for mock:for,as ridicule:for deride:as,for decry disparage:as lambaste:for,as "
     "lambast:for,as "
     "assail:for,as chastise:for chide:for rebuke:for reprimand:for scold:for berate:for castigate:for "
     "excoriate:for "
     "laud:for,as hail:as,for applaud:for commend:for extol tout:as reject:as dismiss:as dispute deny "
     "endorse:for "
     "oppose describe:as characterize:as characterise:as portray:as depict:as accuse:of blame:for,on "
     "question discuss:with reference cite:as outline downplay "
     "criticized:for slander malign vilify:as demonize:as lampoon:as skewer:for rip:for "
     "belittle mention:as reiterate reaffirm underscore emphasize emphasise stress highlight "
     "bemoan lament rebut refute renounce repudiate disavow "
     "defend:as,against advocate:for champion propose announce unveil"},
    {V, 2, CB_CUE_TALK,
     "attack:for,as,over call:for,on,into challenge:on,over,to support favor favour back welcome embrace "
     "thank:for "
     "congratulate:on,for credit:with,for compare:to,with liken:to link:to tie:to attribute:to ascribe:to "
     "address raise urge:on suggest recommend recount recall detail explain elaborate:on expound:on lay "
     "express "
     "voice utter pronounce deliver issue publish release promote propound sketch cover chronicle document "
     "illustrate examine explore investigate analyze analyse assess "
     "admit acknowledge concede confirm predict foresee forecast envision envisage estimate:at "
     "pledge promise vow threaten demand request seek "
     "protest contest rail:against push:for press:for,on lobby:for,against argue:for,against,with "
     "campaign:for,on,against "
     "speak:about,of,on,to talk:about,of chat:about testify:to,about,on weigh:in "
     "point:to hint:at allude:to refer:to respond:to react:to reply:to object:to listen:to "
     "complain:about grumble:about worry:about care:about boast:about,of brag:about joke:about rave:about "
     "rule:on,against decide:on,against opt:for vote:for,against,on side:with agree:on,with,to,about "
     "disagree:with,on "
     "insist:on,upon harp:on dwell:on focus:on concentrate:on touch:on report:on comment:on,about "
     "remark:on,upon "
     "lash hit fire lie:about warn:of,against,about caution:against appeal:for,to plead:for,with "
     "apologize:for apologise:for rant:about,against gush:about,over "
     "shun spurn snub scorn resent begrudge envy appreciate value admire respect cherish adore "
     "scrutinize probe debate dissect critique "
     "reveal disclose divulge leak declare proclaim claim assert allege contend "
     "invoke echo parrot repeat reprise recite sing tweet retweet post quote write sign "
     "grill:about,on,over quiz:about,on interview:about pressure press:on,about,for interrogate:about "
     "confront:about,over,with needle:about,over taunt:about,for,with,as goad tease:about,for insult "
     "paint:as cast:as frame:as brand:as label:as dub term deem view:as see:as regard:as treat:as hail:as "
     "recognize:as recognise:as identify:as interpret:as perceive:as consider:as bill:as pitch:as "
     "minimize overstate understate exaggerate oversell "
     "condone excuse justify:as rationalize whitewash "
     "introduce submit table sponsor file veto approve ratify pass block overrule overturn uphold "
     "restrict ban prohibit forbid bar allow permit authorize authorise mandate require impose order "
     "nominate:for,as,to appoint:as,to name:as,to elect:as,to pick:as select:as choose:as "
     "peddle perpetuate trumpet broadcast air "
     "disclaim disown forswear abandon "
     "embrace eschew flout defy"},
    /* call somebody something */
    {V, 3, CB_CUE_NAME | CB_CUE_TALK, "call:for,on dub label:as brand:as deem term rate nickname"},
    /* thinking, with a clause */
    {V, 3, CB_CUE_THINK | CB_CUE_QUOTE, "believe:in think:about,of"},
    {V, 3, CB_CUE_THINK,
     "hope:for fear:for doubt worry:about,over expect suspect:of anticipate conclude assume foresee"},
    {V, 2, CB_CUE_THINK,
     "know:of,about,as feel understand realize realise recognize recognise consider suppose presume figure "
     "imagine "
     "wish:for decide determine:of judge hear:of,about learn:of,about see guess dream:of,about "
     "remember:as forget agree trust bet wager calculate reckon sense "
     "contemplate ponder weigh envision envisage resent rejoice fret:about,over agonize:over "
     "mean notice perceive deduce infer gather speculate:about wonder:about,at rule accept pretend pray:for"},
    /* wanting: an infinitive of its own subject */
    {V, 3, CB_CUE_WANT,
     "want hope:for intend plan:on,for vow pledge:to promise refuse decline threaten agree:to "
     "decide:on,against wish:for aim:at,for "
     "desire volunteer offer consent:to undertake aspire:to opt:for yearn:for long:for hesitate"},
    {V, 2, CB_CUE_WANT,
     "seek expect need prefer choose propose resolve swear commit:to mean claim ask demand love hate like "
     "fear "
     "scramble promise elect prepare:for consider contemplate mull suggest recommend advocate favor favour "
     "oppose "
     "pretend profess purport object:to deny admit:to regret recall dread resist avoid pursue "
     "push:for press:for fight:for,against campaign:for,on lobby:for"},
    {V, 1, CB_CUE_WANT, "try attempt seem appear look struggle tend"},
    /* asking somebody to do something */
    {V, 3, CB_CUE_ASK | CB_CUE_TELL,
     "urge ask:for,about,of call:on,upon,for implore beg beseech exhort encourage order instruct "
     "demand:of,from tell "
     "warn advise plead:with entreat request:of,from command counsel persuade pressure"},
    {V, 2, CB_CUE_ASK,
     "invite press:for push prompt convince direct want expect require allow forbid permit authorize "
     "prohibit:from "
     "bar:from ban:from recommend lobby appeal:to,for remind challenge dare expect:of prod coax lure nudge "
     "like need "
     "trust discourage:from dissuade:from help:with oblige compel force"},
    /* showing and finding: sources are often things */
    {V, 3, CB_CUE_SHOW | CB_CUE_SAY, "show suggest indicate reveal find report estimate conclude"},
    {V, 2, CB_CUE_SHOW | CB_CUE_SAY,
     "demonstrate prove illustrate state read say warn predict project forecast note detect confirm discover "
     "determine argue claim describe list document detail imply signal mean establish attest"},
    {V, 1, CB_CUE_SHOW, "feature include contain reflect carry highlight underscore draw cover"},
    /* liking */
    {V, 3, CB_CUE_LIKE | CB_CUE_TALK,
     "support oppose favor favour endorse:for,as condemn reject prefer:to resent"},
    {V, 2, CB_CUE_LIKE | CB_CUE_TALK,
     "like love hate dislike loathe despise detest admire respect value appreciate enjoy fear regret back "
     "welcome "
     "embrace trust distrust mistrust abhor cherish disdain scorn want need seek desire covet crave mourn "
     "sympathize:with sympathise:with identify:with care:about approve:of disapprove:of believe:in"},
    /* what the modality of the claim hangs on */
    {V, 1, CB_CUE_DENY,
     "deny refute reject dispute dismiss rebut repudiate disavow doubt disbelieve contradict refuse decline "
     "disclaim"},
    {V, 1, CB_CUE_QUESTION, "ask wonder question inquire query doubt quiz"},
    {V, 1, CB_CUE_HEDGE, "suggest hint imply speculate suspect guess seem appear allege theorize wonder"},
    {V, 2, CB_CUE_RULE | CB_CUE_TALK,
     "rule:against,for,on order ban prohibit:from forbid bar:from approve:of authorize authorise mandate "
     "require decree uphold overturn strike "
     "grant deny block veto sentence convict:of acquit:of charge:with sue:for,over indict:on,for "
     "nominate:for,as "
     "appoint:as,to name:as vote:to,for,against,on enact legislate allow permit impose repeal adopt"},
    /* adjectives: "is confident that", "afraid to", "critical of" */
    {A, 3, CB_CUE_THINK,
     "confident:in,of,about,on afraid:of,for hopeful:for,about,of convinced:of skeptical:of,about "
     "sceptical:of,about certain:of,about sure:of,about "
     "worried:about,over concerned:about,over,with doubtful:of,about fearful:of,for aware:of "
     "optimistic:about,on pessimistic:about "
     "wary:of unsure:of,about uncertain:of,about unaware:of"},
    {A, 2, CB_CUE_THINK,
     "proud:of glad:of,about happy:about,with,to pleased:with,about satisfied:with disappointed:in,with,at "
     "sorry:for,about angry:at,about,over,with "
     "upset:about,with,over furious:at,about,over,with outraged:at,over surprised:at shocked:at "
     "grateful:for,to thankful:for excited:about enthusiastic:about,for passionate:about adamant:about,in,on "
     "bullish:on,about bearish:on,about "
     "ambivalent:about indifferent:to curious:about,to sympathetic:to,toward,with mindful:of "
     "suspicious:of nervous:about,over anxious:about,to,over uneasy:about,with,over uncomfortable:with,about "
     "comfortable:with "
     "alarmed:at,about appalled:at amazed:at thrilled:about,with,at delighted:with,at dismayed:at,over "
     "frustrated:with,at,over "
     "clear:about,on unclear:on,about frank:about,in,with candid:about,in open:to,about,with coy:about "
     "blunt:about vocal:about,in,on silent:on,about mum:on,about "
     "jealous:of envious:of tired:of sick:of fond:of interested:in,to obsessed:with intrigued:with "
     "fascinated:with "
     "impressed:with tempted resigned:to"},
    {A, 3, CB_CUE_LIKE, "critical:of supportive:of opposed:to dismissive:of contemptuous:of"},
    {A, 2, CB_CUE_LIKE | CB_CUE_WANT,
     "willing:to unwilling:to reluctant:to,in,about eager:to,for ready:to,for keen:to,on determined:to,on "
     "intent:on,to,upon committed:to prepared:to,for "
     "inclined:to disinclined:to desperate:to,for likely:to able:to hesitant:to,about bent:on "
     "set:on,to,against loath:to impatient:to,with,for"},
    /* nouns */
    {N, 3, CB_CUE_SAY,
     "claim:of,about,on,against allegation:of,about,against assertion:of,about statement:on,about,of,in "
     "contention argument:for,against,about,over,in,of,with,on accusation:of,about,against "
     "announcement:of,about,on prediction:of,about,for insistence:on,upon warning:of,about,to,against,from "
     "acknowledgment:of acknowledgement:of admission:of declaration:of "
     "suggestion:of,for,about assurance:of,about,on,to complaint:about,of,over,against,from denial:of "
     "confirmation:of,from revelation:of,about,in criticism:of,for,from,about,over "
     "praise:for,of,from condemnation:of,from remark:on,about comment:on,about,to "
     "speculation:about,on,over,of rumor:of,about rumour:of,about notion:of assessment:of description:of,as "
     "characterization:of,as depiction:of,as portrayal:of,as"},
    {N, 2, CB_CUE_SAY,
     "report:of,on,about news:of,about reminder:of conclusion:of,about testimony:about,on,of evidence:of,for "
     "charge:of,against "
     "hint:of,at indication:of sign:of estimate:of,for forecast:of,for projection:of,for explanation:of,for "
     "finding:of,on,about message:of,about,to,on question:about,of,on,over,as response:to reaction:to "
     "answer:to,on,about reference:to "
     "attack:on,against rhetoric:about,on,of talk:of,about word:of,on,about quote:from,about,on "
     "tweet:about,on post:about,on story:about,of account:of "
     "observation:of,about,on analysis:of,on interpretation:of view:of,on,about opinion:of,on,about,as "
     "position:on,as,of stance:on,as,of,toward,against "
     "perspective:on,of argument proposition theory:of,about thesis idea:of,about,for concept:of lie:about "
     "discussion:of,about,on,over debate:over,about,on testimony:of narrative:of,about reminder mention:of "
     "advice:to,on,about,for"},
    {N, 3, CB_CUE_THINK,
     "belief:in,of,about hope:of,for fear:of,about,over,for concern:about,over,of,with,for,on "
     "worry:about,over,of doubt:about,over,of,on,as suspicion:of,about,over conviction:about,in "
     "expectation:of,for,about "
     "skepticism:of,about,over,toward scepticism:of,about,over confidence:in,of disbelief:in,at"},
    {N, 2, CB_CUE_THINK,
     "view:of,on,about opinion:of,on,about faith:in trust:in feeling:of,about,toward sense:of "
     "thought:of,about,on assumption:of,about "
     "understanding:of knowledge:of,about recognition:of awareness:of impression:of perception:of,about,as "
     "consensus:on,about,over "
     "judgment:of,on,about bet:on distrust:of,in mistrust:of,in anxiety:about,over "
     "anger:at,over,about,toward frustration:with,at,over,about outrage:over,at,about "
     "disappointment:with,at,in,over dissatisfaction:with,over unease:about,over,with disdain:for "
     "contempt:for,of respect:for,of admiration:for,of adulation:of hatred:of,for,toward love:of,for "
     "passion:for "
     "enthusiasm:for,about sympathy:for,with,toward obsession:with,about interest:in reservation:about,on "
     "regret:for,about,over gratitude:for,to,toward optimism:about,over,for pessimism:about,over "
     "preference:for dream:of vision:of,for"},
    {N, 2, CB_CUE_WANT,
     "plan:to,for,on,of promise:to,of,on,about pledge:to,of,on vow:to,of threat:to,of,from,against "
     "proposal:to,for,of,on decision:to,on,of,about intention:to,of,on,for desire:to,for,of,in "
     "wish:to,for,of "
     "demand:for,to,of,on,from call:for,to,on request:for,to,of,from refusal:to,of,from offer:to,of,from,for "
     "willingness:to,of unwillingness:to,of reluctance:to,of,about eagerness:to,of,for determination:to,of "
     "commitment:to,of,on,from effort:to agreement:to,on,with,of,about,for,over intent:to,of,on "
     "ambition:to,of,for goal:of,to,for aim:of,to order:to,of,from,for recommendation:to,for,of,on,from "
     "ruling:on,in,against,of invitation:to,from consent:to bid:to,for push:for,to,against "
     "appeal:to,for,from plea:for,to,from urge:to need:for,to,of instruction:to,on,from "
     "guideline:on,for,to resolution:to,on,of verdict:on,in,of ultimatum:to,on ban:on,of,against "
     "permission:to,for,from,of approval:of,for,from rejection:of,from"},
    {N, 2, CB_CUE_LIKE,
     "support:for,of,from,to,in opposition:to,from,of,against endorsement:of,from,for backing:of,from,for "
     "supporter:of opponent:of critic:of advocate:of,for proponent:of defender:of champion:of,for "
     "critique:of defense:of,in,from defence:of,in,from approval:of,from,for objection:to,from,about,over "
     "protest:against,over,at,of,about resistance:to,from,of,against "
     "embrace:of denunciation:of,as rebuke:of,to,from mockery:of insult:to,about,at tribute:to"},
    {0, 0, 0, NULL},
};

const char cb_cue_irregular[] =
    "said say,says say,told tell,wrote write,written write,thought think,knew know,known know,felt feel,"
    "found find,swore swear,sworn swear,meant mean,understood understand,heard hear,saw see,seen see,shown "
    "show,"
    "spoke speak,spoken speak,read read,went go,gone go,held hold,left leave,shook shake,drew draw,drawn "
    "draw,"
    "gave give,given give,put put,laid lay,sought seek,chose choose,chosen choose,foresaw foresee,foreseen "
    "foresee,"
    "forecast forecast,forbade forbid,forbidden forbid,begged beg,bragged brag,bet bet,dreamt dream,"
    "beset beset,besought beseech,taught teach,sang sing,sung sing,led lead,struck strike,fought fight,"
    "forgot forget,forgotten forget,cast cast,lay lie,lied lie,lying lie,broke break,withdrew "
    "withdraw,upheld uphold,overrode override,"
    "undertook undertake,undertaken undertake,guaranteed guarantee,shot shoot,hit hit,began begin,begun "
    "begin,"
    "made make,took take,taken take,kept keep,had have,has have,denied deny,denies deny";
