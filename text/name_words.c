/* Given names and function words: the larger lists behind text/role_words.h. */
#include "text/role_words.h"
#include "text/word_list.h"

#include <string.h>

static const char *const male_names[] = {
    "abdul",       "abdullah", "adam",      "adel",       "adrian",    "ahmad",    "ahmed",     "ahmet",
    "alan",        "albert",   "alberto",   "alejandro",  "aleksandr", "aleksei",  "alex",      "alexander",
    "alexei",      "alfred",   "ali",       "allan",      "anders",    "andre",    "andreas",   "andrei",
    "andrew",      "andrey",   "andrzej",   "andy",       "angus",     "anil",     "anthony",   "antonio",
    "arjun",       "arnold",   "arthur",    "asif",       "barack",    "barry",    "bashar",    "ben",
    "benedict",    "benjamin", "bennie",    "bernard",    "bernie",    "bill",     "billy",     "bjorn",
    "bob",         "boris",    "brad",      "bradley",    "brandon",   "brendan",  "brett",     "brian",
    "bruce",       "carl",     "carlos",    "carter",     "charles",   "charlie",  "chris",     "christian",
    "christopher", "chuck",    "clarence",  "claude",     "clive",     "colin",    "craig",     "daniel",
    "dave",        "david",    "dean",      "dennis",     "derek",     "dick",     "diego",     "dieter",
    "dmitri",      "dmitry",   "dominic",   "dominique",  "don",       "donald",   "doug",      "douglas",
    "duncan",      "dwight",   "edgar",     "eduardo",    "edward",    "edwin",    "elliott",   "emil",
    "emmanuel",    "enrique",  "eric",      "erik",       "ernest",    "eugene",   "evan",      "faisal",
    "felix",       "fernando", "francis",   "francisco",  "francois",  "frank",    "franz",     "fred",
    "frederick",   "gary",     "gavin",     "geoff",      "geoffrey",  "george",   "gerald",    "gerard",
    "gerhard",     "gilbert",  "giuseppe",  "glenn",      "gordon",    "graham",   "greg",      "gregory",
    "guido",       "gustavo",  "guy",       "hamid",      "hank",      "hans",     "harold",    "harry",
    "harvey",      "hassan",   "hector",    "henri",      "henry",     "herbert",  "herman",    "hosni",
    "howard",      "hugh",     "hugo",      "hussein",    "ian",       "ibrahim",  "igor",      "ilya",
    "imran",       "irineo",   "ivan",      "jack",       "jacob",     "jacques",  "jake",      "james",
    "jamie",       "jan",      "jared",     "jaroslaw",   "jason",     "javier",   "jean",      "jeff",
    "jeffrey",     "jens",     "jeremy",    "jerome",     "jerry",     "jesus",    "jim",       "jimmy",
    "joachim",     "joe",      "joel",      "johan",      "john",      "johnny",   "jon",       "jonathan",
    "jorge",       "jose",     "joseph",    "josh",       "joshua",    "juan",     "julian",    "julio",
    "justin",      "karim",    "karl",      "keith",      "ken",       "kenneth",  "kevin",     "khalid",
    "kim",         "klaus",    "kofi",      "konstantin", "kurt",      "kwame",    "kyle",      "laird",
    "lance",       "larry",    "lars",      "lawrence",   "lee",       "leo",      "leon",      "leonard",
    "lewis",       "liam",     "lloyd",     "louis",      "luca",      "lucas",    "luigi",     "luis",
    "luke",        "malcolm",  "manuel",    "marc",       "marcel",    "marco",    "marcus",    "mario",
    "mark",        "martin",   "marvin",    "mateusz",    "matt",      "matteo",   "matthew",   "maurice",
    "max",         "mehmet",   "michael",   "miguel",     "mike",      "mikhail",  "milton",    "mitch",
    "mitt",        "mohamed",  "mohammad",  "mohammed",   "morgan",    "muammar",  "muhammad",  "mustafa",
    "narendra",    "nathan",   "nawaz",     "neil",       "nelson",    "nicholas", "nick",      "nicolas",
    "nigel",       "nikolai",  "nils",      "norman",     "oleg",      "oliver",   "omar",      "oscar",
    "otto",        "owen",     "pablo",     "pat",        "patrick",   "paul",     "pavel",     "pedro",
    "pete",        "peter",    "petro",     "phil",       "philip",    "philippe", "pierre",    "rafael",
    "raheem",      "rahul",    "rajiv",     "ralph",      "ramon",     "randy",    "raul",      "ray",
    "raymond",     "recep",    "rex",       "ricardo",    "richard",   "rick",     "robert",    "roberto",
    "robin",       "rod",      "rodney",    "roger",      "roland",    "ron",      "ronald",    "ross",
    "roy",         "rubilio",  "rudolph",   "rudy",       "rupert",    "russell",  "ryan",      "saad",
    "salman",      "sam",      "samuel",    "sanjay",     "scott",     "sean",     "sebastian", "serge",
    "sergei",      "sergey",   "seth",      "shaun",      "shinzo",    "sidney",   "silvio",    "simon",
    "stan",        "stanley",  "stefan",    "stephen",    "steve",     "steven",   "stuart",    "sven",
    "tariq",       "ted",      "terry",     "theodore",   "thomas",    "tim",      "timothy",   "tobias",
    "todd",        "tom",      "tommy",     "tony",       "travis",    "trevor",   "tyler",     "umar",
    "vadim",       "valery",   "vasily",    "vernon",     "victor",    "vijay",    "viktor",    "vincent",
    "vitaly",      "vladimir", "volodymyr", "walter",     "warren",    "wayne",    "wesley",    "wilbur",
    "wilhelm",     "william",  "willie",    "wolfgang",   "xavier",    "yasser",   "yuri",      "yusuf",
    "zachary",     "zhang"};

static const char *const female_names[] = {
    "abigail",   "adriana",   "agnes",      "aisha",     "alexandra", "alexis",    "alice",      "alicia",
    "alison",    "allison",   "amanda",     "amber",     "amy",       "ana",       "anastasia",  "anastasiya",
    "andrea",    "angela",    "angelina",   "anita",     "ann",       "anna",      "anne",       "annie",
    "april",     "ashley",    "audrey",     "aung",      "barbara",   "beatrice",  "becky",      "bella",
    "benazir",   "beth",      "betsy",      "betty",     "beverly",   "bonnie",    "brenda",     "brigitte",
    "brittany",  "camilla",   "carla",      "carmen",    "carol",     "carole",    "caroline",   "carolyn",
    "catherine", "cathy",     "cecilia",    "charlotte", "chelsea",   "cheryl",    "christiane", "christina",
    "christine", "cindy",     "claire",     "clara",     "claudia",   "connie",    "cristina",   "cynthia",
    "danielle",  "dawn",      "deborah",    "debra",     "denise",    "diana",     "diane",      "dianne",
    "dolores",   "donna",     "doris",      "dorothy",   "edith",     "eileen",    "ekaterina",  "elaine",
    "eleanor",   "elena",     "eliza",      "elizabeth", "ella",      "ellen",     "emilia",     "emily",
    "emma",      "erica",     "erin",       "esther",    "ethel",     "eva",       "evelyn",     "fatima",
    "felicia",   "fiona",     "florence",   "frances",   "gabriela",  "gail",      "georgia",    "geraldine",
    "gina",      "gladys",    "gloria",     "grace",     "greta",     "gwen",      "hannah",     "harriet",
    "heather",   "heidi",     "helen",      "helena",    "hillary",   "holly",     "hope",       "ida",
    "indira",    "inga",      "ingrid",     "irene",     "irina",     "isabel",    "isabella",   "ivanka",
    "jacinda",   "jackie",    "jacqueline", "jane",      "janet",     "janice",    "jasmine",    "jean-marie",
    "jeanne",    "jen",       "jenna",      "jennifer",  "jenny",     "jessica",   "jill",       "joan",
    "joanna",    "jocelyn",   "jodi",       "josephine", "joy",       "joyce",     "juanita",    "judith",
    "judy",      "julia",     "juliana",    "julie",     "june",      "kamala",    "karen",      "karina",
    "kate",      "katherine", "kathleen",   "kathryn",   "kathy",     "katie",     "katrina",    "kayla",
    "kelly",     "kellyanne", "kerry",      "kimberly",  "kirsten",   "kirstjen",  "kristen",    "kristin",
    "ksenia",    "larissa",   "laura",      "lauren",    "leah",      "leila",     "lena",       "leslie",
    "lillian",   "linda",     "lindsay",    "lindsey",   "lisa",      "liz",       "lois",       "loretta",
    "lori",      "lorraine",  "louise",     "lucia",     "lucy",      "lydia",     "lynn",       "madeleine",
    "maggie",    "malala",    "marcia",     "marely",    "margaret",  "maria",     "mariana",    "marie",
    "marilyn",   "marina",    "marine",     "marion",    "marjorie",  "marsha",    "martha",     "mary",
    "maryam",    "maureen",   "maxine",     "megan",     "melania",   "melanie",   "melissa",    "mercedes",
    "michelle",  "mildred",   "miriam",     "molly",     "monica",    "nadia",     "nancy",      "naomi",
    "natalia",   "natalie",   "nicola",     "nicole",    "nina",      "nora",      "norma",      "olga",
    "olimpia",   "olivia",    "paige",      "pamela",    "patricia",  "patty",     "paula",      "pauline",
    "peggy",     "penelope",  "penny",      "phyllis",   "polly",     "priscilla", "rachel",     "rebecca",
    "regina",    "renee",     "rhonda",     "rita",      "roberta",   "rosa",      "rosalind",   "rose",
    "rosemary",  "roxanne",   "ruth",       "sabrina",   "sally",     "samantha",  "sandra",     "sara",
    "sarah",     "shannon",   "sharon",     "sheila",    "shelley",   "shirley",   "silvia",     "simone",
    "sofia",     "sonia",     "sonya",      "sophia",    "sophie",    "stacey",    "stella",     "stephanie",
    "sue",       "susan",     "susanna",    "suzanne",   "svetlana",  "sylvia",    "tamara",     "tammy",
    "tania",     "tara",      "tatiana",    "teresa",    "theresa",   "tiffany",   "tina",       "tracy",
    "ursula",    "valentina", "valerie",    "vanessa",   "vera",      "veronica",  "victoria",   "viola",
    "virginia",  "vivian",    "wanda",      "wendy",     "yasmin",    "yolanda",   "yulia",      "yvonne",
    "zainab",    "zoe"};

static const char *const shared_names[] = {
    "alex",  "alexis", "andrea", "ashley", "casey",  "chris",  "dana",  "francis", "jackie",
    "jamie", "jean",   "jesse",  "jessie", "jordan", "kai",    "kerry", "kim",     "laird",
    "lee",   "leslie", "li",     "marion", "morgan", "nikita", "pat",   "robin",   "sam",
    "sandy", "sasha",  "taylor", "terry",  "tracy",  "wang",   "xi"};

static const char *const function_words[] = {
    "'d",         "'ll",         "'m",           "'re",          "'s",
    "'ve",        "a",           "about",        "above",        "according",
    "across",     "actually",    "after",        "afterwards",   "again",
    "against",    "ago",         "ah",           "all",          "almost",
    "along",      "already",     "also",         "although",     "always",
    "am",         "amid",        "among",        "an",           "and",
    "another",    "any",         "anybody",      "anyone",       "anything",
    "are",        "around",      "as",           "aside",        "at",
    "away",       "back",        "be",           "because",      "been",
    "before",     "behind",      "being",        "below",        "beneath",
    "beside",     "besides",     "best",         "better",       "between",
    "beyond",     "both",        "but",          "by",           "ca",
    "can",        "cannot",      "certainly",    "clearly",      "commenting",
    "compared",   "concerning",  "consequently", "could",        "currently",
    "dear",       "despite",     "did",          "do",           "does",
    "doing",      "don",         "done",         "down",         "due",
    "during",     "each",        "earlier",      "early",        "either",
    "else",       "elsewhere",   "enough",       "especially",   "even",
    "eventually", "ever",        "every",        "everybody",    "everyone",
    "everything", "except",      "few",          "finally",      "first",
    "following",  "for",         "former",       "fortunately",  "from",
    "further",    "furthermore", "generally",    "given",        "going",
    "had",        "has",         "have",         "having",       "he",
    "hence",      "her",         "here",         "hers",         "herself",
    "him",        "himself",     "his",          "hours",        "how",
    "however",    "i",           "if",           "in",           "including",
    "indeed",     "initially",   "inside",       "instead",      "into",
    "is",         "it",          "its",          "itself",       "just",
    "last",       "lately",      "later",        "latest",       "least",
    "less",       "let",         "like",         "likewise",     "little",
    "long",       "lots",        "made",         "mainly",       "many",
    "maybe",      "me",          "meanwhile",    "might",        "mine",
    "more",       "moreover",    "most",         "mostly",       "much",
    "must",       "my",          "myself",       "n't",          "near",
    "nearly",     "neither",     "never",        "nevertheless", "next",
    "no",         "nobody",      "none",         "nonetheless",  "nor",
    "not",        "notably",     "note",         "nothing",      "notwithstanding",
    "now",        "obviously",   "of",           "off",          "officially",
    "often",      "oh",          "okay",         "on",           "once",
    "one",        "ones",        "only",         "onto",         "or",
    "other",      "others",      "otherwise",    "ought",        "our",
    "ours",       "ourselves",   "out",          "outside",      "over",
    "overall",    "own",         "per",          "perhaps",      "please",
    "plus",       "possibly",    "previously",   "probably",     "provided",
    "quite",      "rather",      "read",         "really",       "recently",
    "regarding",  "regardless",  "responding",   "right",        "same",
    "saying",     "second",      "see",          "separately",   "several",
    "shall",      "she",         "should",       "similarly",    "since",
    "so",         "some",        "somebody",     "somehow",      "someone",
    "something",  "sometimes",   "somewhere",    "soon",         "speaking",
    "still",      "such",        "suddenly",     "sure",         "ten",
    "than",       "thanks",      "that",         "the",          "their",
    "theirs",     "them",        "themselves",   "then",         "there",
    "thereafter", "therefore",   "these",        "they",         "third",
    "this",       "those",       "though",       "three",        "through",
    "throughout", "thus",        "to",           "today",        "together",
    "tomorrow",   "tonight",     "too",          "toward",       "towards",
    "two",        "typically",   "ultimately",   "under",        "unfortunately",
    "unless",     "unlike",      "until",        "up",           "upon",
    "us",         "using",       "usually",      "very",         "via",
    "was",        "watch",       "we",           "well",         "were",
    "what",       "whatever",    "when",         "whenever",     "where",
    "whereas",    "wherever",    "whether",      "which",        "whichever",
    "while",      "who",         "whoever",      "whole",        "whom",
    "whose",      "why",         "will",         "with",         "within",
    "without",    "would",       "yeah",         "yes",          "yesterday",
    "yet",        "you",         "your",         "yours",        "yourself"};

bool cb_is_given_name(const char *word, size_t len)
{
    return CB_WORD_IN(male_names, word, len) || CB_WORD_IN(female_names, word, len) ||
           CB_WORD_IN(shared_names, word, len);
}

enum cb_gender cb_given_name_gender(const char *word, size_t len)
{
    if (CB_WORD_IN(shared_names, word, len))
        return CB_GENDER_UNKNOWN;
    bool male = CB_WORD_IN(male_names, word, len), female = CB_WORD_IN(female_names, word, len);
    if (male == female)
        return CB_GENDER_UNKNOWN;
    return male ? CB_GENDER_MALE : CB_GENDER_FEMALE;
}

bool cb_is_courtesy_title(const char *word, size_t len, enum cb_gender *gender)
{
    static const char *const male[] = {"lord", "messrs", "mr", "sir"};
    static const char *const female[] = {"dame", "lady", "madam", "madame", "miss", "mrs", "ms"};
    static const char *const either[] = {"dr", "hon", "prof", "rt"};
    if (len > 1 && word[len - 1] == '.')
        len--;
    *gender = CB_GENDER_UNKNOWN;
    if (CB_WORD_IN(male, word, len))
        *gender = CB_GENDER_MALE;
    else if (CB_WORD_IN(female, word, len))
        *gender = CB_GENDER_FEMALE;
    else
        return CB_WORD_IN(either, word, len);
    return true;
}

bool cb_is_function_word(const char *word, size_t len)
{
    return CB_WORD_IN(function_words, word, len);
}
