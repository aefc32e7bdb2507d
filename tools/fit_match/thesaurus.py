#!/usr/bin/env python3
"""Makes match/data/thesaurus.tsv, antonyms.tsv and irregular.tsv from WordNet 3.0.

usage: thesaurus.py [--wordnet /usr/share/wordnet] OUTPUT_FOLDER

thesaurus.tsv: word, its concepts (a number, then a, b or c: how usual that sense is of the word), and the concepts
it is kin to (a number, then h: one step up, g: two steps up, d: derived, s: similar). Two words are synonyms
when they share a concept, and kin when a concept of one is among the kin of the other."""
import argparse
import collections
import re
import wordnet

WORD = re.compile(r"[a-z]+(-[a-z]+)*$")
SENSES = 3       # of each part of speech; more when SemCor has seen them
USUAL_PARENTS = 2  # senses of each part whose hypernyms are followed
GENERAL = 400    # a concept with more concepts right below it says too little
UP = {"@", "@i"}
LOCATION = 15    # lexicographer file
EXPERT_FIELDS = {0, 1, 5, 8, 9, 17, 20, 27}  # lexicographer files: animals, body, plants, substances …; adjectives


def useful_words(synsets, senses):
    """Words in use: seen in SemCor, or in two glosses; or not of a field that only its experts name."""
    glosses = collections.Counter()
    for synset in synsets.values():
        glosses.update(set(re.findall(r"[a-z]+(?:-[a-z]+)*", synset.gloss.lower())))

    def everyday(word, of):
        first = synsets[of[0][1]]
        return first.lexicographer not in EXPERT_FIELDS and word in first.words

    return sorted(w for w, of in senses.items() if len(w) > 2 and WORD.match(w)
                  and (glosses[w] > 1 or any(c for _, _, c in of) or (len(w) < 14 and everyday(w, of))))


def kept_senses(of):
    """(rank letter, part, synset key, order in its part) of the senses worth keeping."""
    total = sum(count for _, _, count in of)
    seen = collections.Counter()
    for part, key, count in of:
        order = seen[part]
        seen[part] += 1
        share = (count + 0.5) / (total + 0.5 * len(of))
        if order >= SENSES and count == 0 or share < 0.01:
            continue
        yield ("a" if share >= 0.4 else "b" if share >= 0.1 else "c"), part, key, order


def kin_of(word, key, order, synsets, below):
    synset = synsets[key]
    place = [w.lower() for w in synset.words].index(word) + 1
    for pointer in synset.pointers:
        if pointer.symbol == "+" and pointer.source_word == place and order < 2:
            yield "d", pointer.target
        elif pointer.symbol in ("&", "\\", ">") and order < USUAL_PARENTS:  # ">": to kill makes die
            yield "s", pointer.target
        elif pointer.symbol == "#p" and synset.lexicographer == LOCATION:
            yield "h", pointer.target  # Baghdad lies in Iraq
        elif pointer.symbol in UP and order < USUAL_PARENTS:
            if below[pointer.target] <= GENERAL:
                yield "h", pointer.target
            for upper in synsets[pointer.target].pointers:
                if order == 0 and upper.symbol in UP and below[upper.target] <= GENERAL:
                    yield "g", upper.target


def make_entries(words, synsets, senses):
    below = collections.Counter(p.target for s in synsets.values() for p in s.pointers if p.symbol in UP)
    own, kin = {}, {}
    for word in words:
        own[word], kin[word] = {}, {}
        for rank, _, key, order in kept_senses(senses[word]):
            own[word].setdefault(key, rank)
            for how, target in kin_of(word, key, order, synsets, below):
                best = kin[word].get(target)
                if best is None or "dhsg".index(how) < "dhsg".index(best):
                    kin[word][target] = how
    return own, kin


def write_thesaurus(path, words, own, kin):
    holders = collections.Counter(key for word in words for key in own[word])
    referred = collections.Counter(key for word in words for key in kin[word])
    shared = {k for k in holders if holders[k] > 1 or referred[k]}
    numbers = {key: i for i, key in enumerate(sorted(shared), 1)}
    written = 0
    with open(path, "w", encoding="ascii") as out:
        for word in words:
            mine = ["%d%s" % (numbers[k], own[word][k]) for k in sorted(own[word]) if k in numbers]
            near = ["%d%s" % (numbers[k], kin[word][k]) for k in sorted(kin[word]) if k in numbers and k not in own[word]]
            if mine or near:
                out.write("%s\t%s\t%s\n" % (word, " ".join(mine), " ".join(near)))
                written += 1
    return written, len(numbers)


def write_antonyms(path, words, synsets, senses):
    kept = {w: {key: rank for rank, _, key, _ in kept_senses(senses[w])} for w in words}
    pairs = set()
    for synset in synsets.values():
        for pointer in synset.pointers:
            if pointer.symbol != "!":
                continue
            target = synsets[pointer.target]
            a = synset.words[pointer.source_word - 1].lower()
            b = target.words[pointer.target_word - 1].lower()
            if kept.get(a, {}).get(synset.key, "c") != "c" and kept.get(b, {}).get(target.key, "c") != "c":
                pairs.add((min(a, b), max(a, b)))
    with open(path, "w", encoding="ascii") as out:
        out.writelines("%s\t%s\n" % pair for pair in sorted(pairs))
    return len(pairs)


def write_irregular(path, senses, folder):
    """Forms that a stemmer can't bring home: "took", "men". A form that is oftener a word of its own is left."""
    total = {w: sum(c for _, _, c in of) for w, of in senses.items()}
    forms = {}
    for name in ("verb", "noun"):
        for form, lemma in wordnet.read_exceptions(folder, name):
            if WORD.match(form) and WORD.match(lemma) and total.get(lemma, 0) > 3 * total.get(form, 0):
                forms.setdefault(form, lemma)
    with open(path, "w", encoding="ascii") as out:
        out.writelines("%s\t%s\n" % item for item in sorted(forms.items()))
    return len(forms)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--wordnet", default="/usr/share/wordnet")
    parser.add_argument("folder")
    options = parser.parse_args()
    synsets, senses = wordnet.read_synsets(options.wordnet), wordnet.read_senses(options.wordnet)
    words = useful_words(synsets, senses)
    own, kin = make_entries(words, synsets, senses)
    print("%d words, %d concepts" % write_thesaurus(options.folder + "/thesaurus.tsv", words, own, kin))
    print("%d antonyms" % write_antonyms(options.folder + "/antonyms.tsv", words, synsets, senses))
    print("%d irregular forms" % write_irregular(options.folder + "/irregular.tsv", senses, options.wordnet))


if __name__ == "__main__":
    main()
