"""tantivy with its own German analysis, as a program that runs in an environment of its own.

Reads one JSON line: {"folder", "documents": [[key, title, body], …], "stop_words"}; answers {"built": seconds}.
Then one JSON line per query: {"query", "depth"}; answers {"keys", "seconds"}. Knows nothing of this project.
"""

import json
import sys
import time

import tantivy


def main() -> None:
    """Build, then answer until the input ends."""
    task = json.loads(sys.stdin.readline())
    began = time.perf_counter()
    german = analyzer(task["stop_words"])
    index = built(task["folder"], task["documents"], german)
    say({"built": time.perf_counter() - began})
    searcher = index.searcher()
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.perf_counter()
        hits = searcher.search(parsed(index, german, asked["query"]), asked["depth"], count=False).hits
        keys = [searcher.doc(address)["key"][0] for _, address in hits]
        say({"keys": keys, "seconds": time.perf_counter() - began})


def analyzer(stop_words: list[str]) -> tantivy.TextAnalyzer:
    """Lower case, stop words, Snowball's German stemmer."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    kept = words.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.custom_stopword(stop_words))
    return kept.filter(tantivy.Filter.stemmer("german")).build()


def built(folder: str, documents: list[list[str]], german: tantivy.TextAnalyzer) -> tantivy.Index:
    """All documents, in one segment if tantivy wants it so."""
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("key", stored=True, tokenizer_name="raw")
    for name in ("title", "body"):
        fields.add_text_field(name, stored=False, tokenizer_name="german_words", index_option="position")
    index = tantivy.Index(fields.build(), path=folder)
    index.register_tokenizer("german_words", german)
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for key, title, body in documents:
        writer.add_document(tantivy.Document(key=key, title=title, body=body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def parsed(index: tantivy.Index, german: tantivy.TextAnalyzer, query: str) -> tantivy.Query:
    """Any of the words, those of the title three times as heavy."""
    found = []
    for term in dict.fromkeys(german.analyze(query)):
        for field, weight in (("title", 3.0), ("body", 1.0)):
            one = tantivy.Query.term_query(index.schema, field, term, "freq")
            found.append((tantivy.Occur.Should, tantivy.Query.boost_query(one, weight)))
    return tantivy.Query.boolean_query(found)


def say(answer: dict[str, object]) -> None:
    """One line."""
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
