"""Reads the WordNet 3.0 database files (Debian package wordnet-base, format: man 5 wndb)."""
import collections
import re

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
Synset = collections.namedtuple("Synset", "key lexicographer words pointers gloss")
Pointer = collections.namedtuple("Pointer", "symbol target source_word target_word")


def lines(folder, name):
    with open(folder + "/" + name, encoding="latin-1") as file:
        for line in file:
            if not line.startswith("  "):  # the licence at the head of each file
                yield line


def read_synsets(folder):
    """(part, offset) -> Synset."""
    synsets = {}
    for part, name in PARTS.items():
        for line in lines(folder, "data." + name):
            data, _, gloss = line.partition(" | ")
            fields = data.split()
            count = int(fields[3], 16)
            words = [re.sub(r"\((a|p|ip)\)$", "", w) for w in fields[4:4 + 2 * count:2]]
            at = 4 + 2 * count
            pointers = []
            for i in range(int(fields[at])):
                symbol, offset, target, where = fields[at + 1 + 4 * i:at + 5 + 4 * i]
                pointers.append(Pointer(symbol, (target, offset), int(where[:2], 16), int(where[2:], 16)))
            key = (part, fields[0])
            synsets[key] = Synset(key, int(fields[1]), words, pointers, gloss.strip())
    return synsets


def read_tag_counts(folder):
    """(lemma, part, sense number) -> how often SemCor uses that sense."""
    counts = collections.Counter()
    parts = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    for line in lines(folder, "cntlist.rev"):
        key, sense, count = line.split()
        lemma, _, rest = key.partition("%")
        counts[lemma, parts[rest[0]], int(sense)] += int(count)
    return counts


def read_senses(folder):
    """lemma -> [(part, synset key, SemCor count)], the commonest sense of each part first."""
    counts = read_tag_counts(folder)
    senses = collections.defaultdict(list)
    for part, name in PARTS.items():
        for line in lines(folder, "index." + name):
            fields = line.split()
            for number, offset in enumerate(fields[-int(fields[2]):], 1):
                senses[fields[0]].append((part, (part, offset), counts[fields[0], part, number]))
    return senses


def read_exceptions(folder, name):
    for line in lines(folder, name + ".exc"):
        fields = line.split()
        if len(fields) >= 2:
            yield fields[0], fields[1]
