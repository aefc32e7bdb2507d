#!/usr/bin/env python3
"""Makes match/data/word_counts.tsv: how often words occur in a million words of English.

usage: word_counts.py --treebank ewt_train.conllu.gz --articles open.jsonl [--wordnet /usr/share/wordnet] OUTPUT

A blend of relative frequencies: the web treebank, news articles, SemCor (by WordNet's sense counts, content words
only) and the glosses of WordNet, which know the rare words. Rates are in hundredths, so that a word seen once has one."""
import argparse
import collections
import gzip
import json
import re
import wordnet

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\W\d_]+")
BLEND = (("treebank", 0.3), ("articles", 0.3), ("semcor", 0.15), ("glosses", 0.25))


def words_of(text):
    return WORD.findall(text.lower())


def count_treebank(path):
    counts = collections.Counter()
    with gzip.open(path, "rt", encoding="utf8") as file:
        for line in file:
            if line.startswith("# text = "):
                counts.update(words_of(line[9:]))
    return counts


def count_articles(path):
    counts = collections.Counter()
    with open(path, encoding="utf8") as file:
        for line in file:
            counts.update(words_of(json.loads(line)["text"]))
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--treebank", required=True)
    parser.add_argument("--articles", required=True)
    parser.add_argument("--wordnet", default="/usr/share/wordnet")
    parser.add_argument("output")
    options = parser.parse_args()
    counts = {"treebank": count_treebank(options.treebank), "articles": count_articles(options.articles),
              "semcor": collections.Counter(), "glosses": collections.Counter()}
    for (lemma, _, _), count in wordnet.read_tag_counts(options.wordnet).items():
        if lemma not in ("person", "location", "group"):  # SemCor's marks for names
            counts["semcor"][lemma] += count
    for synset in wordnet.read_synsets(options.wordnet).values():
        counts["glosses"].update(words_of(synset.gloss))
    rates = collections.Counter()
    for name, share in BLEND:
        total = sum(counts[name].values())
        for word, count in counts[name].items():
            rates[word] += share * count * 1e6 / total
    with open(options.output, "w", encoding="utf8") as out:
        for word, rate in sorted(rates.items()):
            if WORD.fullmatch(word) and round(rate * 100) >= 30:
                out.write("%s\t%d\n" % (word, round(rate * 100)))


if __name__ == "__main__":
    main()
