/* The loader on a real server. */
#include "importer/csv_rows.h"
#include "importer/load.h"
#include "tests/harness/cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static enum cb_code extract(void *context, unsigned worker, const struct cb_input_document *document,
                            struct cb_arena *arena, const struct cb_extraction **out, struct cb_err *err)
{
    (void)worker;
    const struct cb_extract_options options = {
        .language = document->language, .published = document->published, .has_title = document->has_title};
    return cb_extract(context, document->text, document->text_len, &options, arena, out, err);
}

static struct cb_load_options standard_options(void)
{
    return (struct cb_load_options){.actor = "tester",
                                    .program_version = "test",
                                    .method_version = "test 1",
                                    .jobs = 2,
                                    .source = "Example"};
}

static enum cb_code load(struct cb_db *db, const struct cb_load_options *options, const char *path,
                         struct cb_load_counts *counts, struct cb_err *err)
{
    struct cb_loader *loader;
    struct cb_load_options with = *options;
    struct cb_extractor *extractor = NULL;
    if (options->kind == CB_LOAD_ARTICLES || options->kind == CB_LOAD_DOCUMENTS) {
        assert_ok(cb_extractor_new(&extractor, err), *err);
        with.extract = options->extract != NULL ? options->extract : extract;
        with.extract_context = extractor;
    }
    assert_ok(cb_loader_begin(db, &with, &loader, err), *err);
    enum cb_code code = with.kind == CB_LOAD_ARTICLES ? cb_loader_path(loader, path, err)
                                                      : cb_load_csv(loader, with.kind, path, NULL, err);
    code = cb_loader_end(loader, code, counts, err);
    cb_loader_free(loader);
    cb_extractor_free(extractor);
    return code;
}

static const char *file(struct cb_cluster *cluster, const char *name, const char *content)
{
    return cb_cluster_file(cluster, name, content, strlen(content));
}

/* Everything that an import stores but ids, times and runs. */
static const char *const contents =
    "SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM ("
    "SELECT concat_ws('|', 'd', document_id, kind, external_id, url, title, byline, language, published_at, "
    "  media_type, text, encode(text_sha256, 'hex'), encode(raw_sha256, 'hex'), encode(seal, 'hex')) AS line "
    "FROM claimbase.document "
    "UNION ALL SELECT concat_ws('|', 's', s.*) FROM claimbase.sentence s "
    "UNION ALL SELECT concat_ws('|', 'c', c.document_id, claim_no, sentence_no, c.kind, modality, "
    "start_offset, "
    "  end_offset, quote, prefix, suffix, text, p.key, p.name, p.role) "
    "  FROM claimbase.claim c LEFT JOIN claimbase.speaker p USING (speaker_id) "
    "UNION ALL SELECT concat_ws('|', 'a', document_id, claim_no, attribution_no, a.role, p.key, a.name, "
    "  source_start, cue_start, content) FROM claimbase.attribution a LEFT JOIN claimbase.speaker p USING "
    "(speaker_id) "
    "UNION ALL SELECT concat_ws('|', 'q', q.*) FROM claimbase.quantity q "
    "UNION ALL SELECT concat_ws('|', 'l', document_id, link_no, kind, target_document_id, target_url, "
    "target_name, "
    "  origin_key, reason) FROM claimbase.document_link "
    "UNION ALL SELECT concat_ws('|', 'p', p.key, p.name, p.role, p.kind, a.alias) "
    "  FROM claimbase.speaker p LEFT JOIN claimbase.speaker_alias a USING (speaker_id)) AS all_lines";

static const char bridge[] =
    "Bridge closed after inspection\n\n"
    "The old bridge in Tarnby will stay closed until April, Mayor Eva Lund said on Monday.\n\n"
    "\"We found cracks in three of the five piers,\" Lund told the Tarnby Post. Some 8,000 cars crossed it "
    "every "
    "day, according to the road office.\n";

static void test_again_changes_nothing(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    const struct cb_load_options options = standard_options();
    const char *path = file(*state, "bridge.txt", bridge);
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(counts.documents, 1);
    assert_int_equal(counts.documents_new, 1);
    assert_true(counts.sentences >= 4 && counts.claims >= 3 && counts.quantities >= 2);
    char before[64];
    (void)snprintf(before, sizeof before, "%s", cb_cluster_value(*state, contents));
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(counts.documents_new, 0);
    assert_int_equal(counts.documents_known, 1);
    assert_int_equal(counts.sentences + counts.claims + counts.quantities + counts.links, 0);
    assert_string_equal(cb_cluster_value(*state, contents), before);
    /* offsets are code points of the text, and the quote is what stands there */
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(*) FROM claimbase.claim c JOIN claimbase.document d USING "
                                  "(document_id) WHERE substr(d.text, start_offset + 1, end_offset - "
                                  "start_offset) <> quote"),
        0);
    assert_int_equal(cb_cluster_number(*state,
                                       "SELECT count(*) FROM claimbase.document WHERE text_sha256 <> "
                                       "sha256(convert_to(text, 'UTF8')) OR raw IS NOT NULL OR raw_sha256 <> "
                                       "text_sha256"),
                     0);
    assert_int_equal(cb_cluster_number(*state,
                                       "SELECT count(*) FROM claimbase.import_run WHERE state <> 'done' OR "
                                       "finished_at IS NULL"),
                     0);
}

static void test_offsets_beyond_ascii(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    const struct cb_load_options options = standard_options();
    const char *path =
        file(*state, "wide.txt",
             "Caf\xC3\xA9 \xF0\x9F\x98\x80 closes\n\n\xE2\x80\x9CWe lost 40 per cent of our guests,"
             "\xE2\x80\x9D said owner Zo\xC3\xAB Br\xC3\xBBl\xC3\xA9. Then \xF0\x9F\x98\x80 came.\n");
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(*) FROM claimbase.claim c JOIN claimbase.document d USING "
                                  "(document_id) WHERE substr(d.text, start_offset + 1, end_offset - "
                                  "start_offset) = quote AND right(substr(d.text, 1, start_offset), 32) = "
                                  "prefix AND left(substr(d.text, end_offset + 1), 32) = suffix"),
        counts.claims);
    assert_true(counts.claims > 0);
}

static void test_crlf_keeps_the_bytes(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    const struct cb_load_options options = standard_options();
    const char *path = file(*state, "crlf.txt", "\xEF\xBB\xBFOne line.\r\nAnother line.\r\n");
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_string_equal(cb_cluster_value(*state, "SELECT text FROM claimbase.document"),
                        "One line.\nAnother line.\n");
    assert_string_equal(cb_cluster_value(*state, "SELECT raw_sha256 = sha256(raw) AND octet_length(raw) = 29 "
                                                 "FROM claimbase.document"),
                        "t");
}

static void test_revisions(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.url = "https://example.org/news/1";
    assert_ok(
        load(db, &options, file(*state, "v1.txt", "The dam is safe, the office said.\n"), &counts, &err),
        err);
    assert_int_equal(counts.revisions, 0);
    assert_ok(
        load(db, &options, file(*state, "v2.txt", "The dam is not safe, the office said.\n"), &counts, &err),
        err);
    assert_int_equal(counts.revisions, 1);
    assert_int_equal(
        cb_cluster_number(*state,
                          "SELECT count(*) FROM claimbase.document_link l JOIN claimbase.document new USING "
                          "(document_id) JOIN claimbase.document old ON old.document_id = "
                          "l.target_document_id WHERE l.kind = 'revision_of' AND new.text LIKE '%not safe%' "
                          "AND old.text LIKE '%is safe%'"),
        1);
    /* the older text once more is known, not a revision */
    assert_ok(
        load(db, &options, file(*state, "v1.txt", "The dam is safe, the office said.\n"), &counts, &err),
        err);
    assert_int_equal(counts.documents_known, 1);
}

static void test_revisions_in_one_file(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.kind = CB_LOAD_DOCUMENTS;
    const char *path = file(*state, "revised.csv",
                            "url,text\nhttps://e.org/a,First text here.\nhttps://e.org/b,Other text here.\n"
                            "https://e.org/a,Second text here.\nhttps://e.org/a,Third text here.\n");
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(counts.documents_new, 4);
    assert_int_equal(counts.revisions, 2);
    assert_string_equal(
        cb_cluster_value(*state,
                         "SELECT string_agg(new.text || ' < ' || old.text, '; ' ORDER BY new.text) FROM "
                         "claimbase.document_link l JOIN claimbase.document new USING (document_id) JOIN "
                         "claimbase.document old ON old.document_id = l.target_document_id"),
        "Second text here. < First text here.; Third text here. < Second text here.");
}

static void test_origin_of_all(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.origin = "North Coast Agency";
    assert_ok(load(db, &options, file(*state, "o.txt", "A ship ran aground.\n"), &counts, &err), err);
    assert_string_equal(
        cb_cluster_value(*state, "SELECT concat_ws('|', kind, target_name, stated_by, origin_key) FROM "
                                 "claimbase.document_link"),
        "derived_from|North Coast Agency|tester|stated|north coast agency|");
}

static void test_sources(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.source = NULL;
    options.kind = CB_LOAD_DOCUMENTS;
    cb_cluster_exec(*state,
                    "INSERT INTO claimbase.source (name, domain) VALUES ('The Ruled One', 'ruled.example')");
    cb_cluster_exec(*state, "INSERT INTO claimbase.source (source_id, name) VALUES (1000, 'Full Name')");
    cb_cluster_exec(*state, "INSERT INTO claimbase.source_alias VALUES ('Short', 1000)");
    const char *path = file(*state, "sources.csv",
                            "external_id,text,source,url,site_name\n"
                            "1,Text one.,Short,,\n"
                            "2,Text two.,,https://www.ruled.example/x,Something Else\n"
                            "3,Text three.,,https://news.example:8080/x,News Example\n"
                            "4,Text four.,,http://user@bare.example/,\n"
                            "5,Text five.,,,\n");
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(counts.unknown_source, 1);
    assert_string_equal(cb_cluster_value(*state,
                                         "SELECT string_agg(s.name, ', ' ORDER BY external_id) FROM "
                                         "claimbase.document JOIN claimbase.source s USING (source_id)"),
                        "Full Name, The Ruled One, News Example, bare.example, unknown");
}

static void test_claims(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.kind = CB_LOAD_CLAIMS;
    const char *path =
        file(*state, "claims.csv",
             "external_id,text,title,speaker,date,source,url,status\n"
             "a,The bridge carries 8000 cars a day.,Bridge,Eva Lund,2024-03-01,Post,,unverified\n"
             "b,The bridge carries 8000 cars a day.,Bridge,Eva Lund,2024-03-01,Post,,unverified\n"
             "c,It was built in 1901.,,,,,https://archive.example/1901,Verified\n"
             "d,It will fall.,,,,,,in review\n"
             "e,It fell.,,,,,,refuted\n"
             "f,It sank.,,,,,,maybe\n"
             "g,It burnt.,,,01.02.2024,,,\n"
             "h,,,,,,,\n"
             ",No id.,,,,,,\n"
             "i,Too few\n"
             "a,The bridge carries 8000 cars a day.,Bridge,Eva Lund,2024-03-01,Post,,unverified\n");
    assert_int_equal(load(db, &options, path, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.documents_new, 4);
    assert_int_equal(counts.documents_known, 1); /* the last row is the first one */
    assert_int_equal(counts.rejected, 6);
    assert_string_equal(
        cb_cluster_value(*state, "SELECT string_agg(line || ': ' || reason, E'\\n' ORDER BY line) FROM "
                                 "claimbase.rejected_row"),
        "6: status 'refuted' needs evidence, but url is empty\n"
        "7: status 'maybe' is none of unverified, in_review, verified, disputed, refuted, unverifiable\n"
        "8: date '01.02.2024' is no ISO 8601 date or time, as 2015-11-18\n"
        "9: text is empty\n"
        "10: external_id is empty\n"
        "11: 2 fields instead of 8");
    assert_string_equal(cb_cluster_value(*state, "SELECT content FROM claimbase.rejected_row WHERE line = 6"),
                        "e,It fell.,,,,,,refuted");
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(*) FROM claimbase.document WHERE kind = 'claim_record' AND "
                                  "text LIKE '%8000 cars%'"),
        2);
    assert_string_equal(
        cb_cluster_value(
            *state, "SELECT string_agg(d.external_id || ' ' || v.to_status || ' ' || coalesce(e.url, '-'), "
                    "', ' ORDER BY 1) FROM claimbase.verification v JOIN claimbase.document d USING "
                    "(document_id) LEFT JOIN claimbase.evidence e USING (document_id, seq)"),
        "c verified https://archive.example/1901, d in_review -");
    assert_string_equal(cb_cluster_value(*state,
                                         "SELECT state || documents_new || documents_known || rejected FROM "
                                         "claimbase.import_run"),
                        "done416");
}

static void test_stored_rows(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.url = "https://example.org/tale";
    struct cb_loader *loader;
    assert_ok(cb_loader_begin(db, &options, &loader, &err), err); /* without extraction */
    enum cb_code code = cb_loader_path(loader,
                                       file(*state, "tale.txt",
                                            "It r\xC3\xA4ined. \xE2\x80\x9CWe left,\xE2\x80\x9D "
                                            "Ann said. It rained.\n"),
                                       &err);
    assert_ok(cb_loader_end(loader, code, &counts, &err), err);
    cb_loader_free(loader);
    options.kind = CB_LOAD_SENTENCES;
    options.url = NULL;
    const char *sentences =
        file(*state, "sentences.csv",
             "document,text,start,end,paragraph\n"
             "https://example.org/tale,It r\xC3\xA4ined.,,,1\n"
             "https://example.org/tale,\"\xE2\x80\x9CWe left,\xE2\x80\x9D Ann said.\",,,\n"
             "https://example.org/tale,It rained.,32,42,\n"
             "https://example.org/tale,,5,9,\n"
             "https://example.org/tale,It rained.,31,41,\n"
             "https://example.org/tale,,40,99,\n"
             "https://example.org/tale,Never said.,,,\n"
             "https://example.org/other,It rained.,,,\n");
    assert_int_equal(load(db, &options, sentences, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.rejected, 5);
    assert_string_equal(cb_cluster_value(*state,
                                         "SELECT string_agg(start_offset || '-' || end_offset, ' ' ORDER BY "
                                         "sentence_no) FROM claimbase.sentence"),
                        "0-10 11-31 32-42");
    assert_int_equal(load(db, &options, sentences, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.sentences, 0);
    assert_int_equal(counts.rows_known, 3);
    options.kind = CB_LOAD_ATTRIBUTIONS;
    const char *attributions = file(*state, "attributions.csv",
                                    "document,text,speaker,source,cue,via,kind\n"
                                    "https://example.org/tale,We left,Ann Berg,Ann,said,Tale Weekly,direct\n"
                                    "https://example.org/tale,We left,Bob,Bob,said,,direct\n");
    assert_int_equal(load(db, &options, attributions, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.claims, 1);
    assert_int_equal(counts.attributions, 2);
    assert_int_equal(counts.rejected, 1);
    assert_string_equal(
        cb_cluster_value(*state, "SELECT string_agg(concat_ws('|', role, name, source_start, cue_start, "
                                 "content), ' ' ORDER BY attribution_no) FROM claimbase.attribution"),
        "speaker|Ann Berg|22|26|{[12,19)} via|Tale Weekly");
    assert_string_equal(
        cb_cluster_value(*state, "SELECT quote || '|' || prefix || '|' || s.name FROM claimbase.claim JOIN "
                                 "claimbase.speaker s USING (speaker_id)"),
        "We left|It r\xC3\xA4ined. \xE2\x80\x9C|Ann Berg");
    assert_int_equal(cb_cluster_number(*state,
                                       "SELECT count(*) FROM claimbase.document WHERE seal IS DISTINCT FROM "
                                       "claimbase.document_seal(document_id)"),
                     0);
    options.kind = CB_LOAD_LINKS;
    const char *links = file(*state, "links.csv",
                             "document,kind,target,reason\n"
                             "https://example.org/tale,derived-from,Old Tales,the preface says so\n"
                             "https://example.org/tale,derived-from,Old Tales,the preface says so\n"
                             "https://example.org/tale,quotation,https://example.org/tale,itself\n"
                             "https://example.org/tale,copied,Old Tales,\n");
    assert_int_equal(load(db, &options, links, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.links, 1);
    assert_int_equal(counts.rows_known, 1);
    assert_int_equal(counts.rejected, 2);
}

/* A text that was stored alone is read when it comes again, and ends as if it had been from the start. */
static void test_extraction_later(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    char want[64];
    const char *path = file(*state, "later.txt", bridge);
    assert_ok(load(db, &options, path, &counts, &err), err);
    struct cb_load_counts whole = counts;
    (void)snprintf(want, sizeof want, "%s", cb_cluster_value(*state, contents));
    db = cb_cluster_database(*state);
    struct cb_loader *loader;
    assert_ok(cb_loader_begin(db, &options, &loader, &err), err); /* without extraction */
    enum cb_code code = cb_loader_path(loader, path, &err);
    assert_ok(cb_loader_end(loader, code, &counts, &err), err);
    cb_loader_free(loader);
    assert_int_equal(counts.documents_new, 1);
    assert_int_equal(counts.sentences, 0);
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(counts.documents_new, 0);
    assert_int_equal(counts.documents_known, 1);
    assert_int_equal(counts.documents_completed, 1);
    assert_int_equal(counts.claims, whole.claims);
    assert_string_equal(cb_cluster_value(*state, contents), want);
    assert_ok(load(db, &options, path, &counts, &err), err);
    assert_int_equal(counts.documents_completed, 0);
    assert_string_equal(cb_cluster_value(*state, contents), want);
}

static void test_whole_files_that_are_no_csv(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_load_options options = standard_options();
    options.kind = CB_LOAD_CLAIMS;
    static const struct {
        const char *content, *message;
    } cases[] = {
        {"", "is empty"},
        {"external_id,title\na,b\n", "has no column 'text'"},
        {"external_id,text,id\na,b,c\n", "has the column 'external_id' twice"},
        {"external_id,\"text\na,b\n", "the header row has an unclosed quote"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cb_err err = {0};
        struct cb_load_counts counts;
        assert_int_equal(load(db, &options, file(*state, "no.csv", cases[i].content), &counts, &err),
                         CB_INPUT);
        assert_non_null(strstr(err.message, cases[i].message));
    }
    assert_int_equal(cb_cluster_number(*state, "SELECT count(*) FROM claimbase.document"), 0);
    assert_int_equal(
        cb_cluster_number(*state, "SELECT count(*) FROM claimbase.import_run WHERE state <> 'failed'"), 0);
}

/* A folder with `count` small articles. */
static const char *make_folder(struct cb_cluster *cluster, const char *name, int count)
{
    static char folder[1024];
    (void)snprintf(folder, sizeof folder, "%s/%s", cluster->folder, name);
    assert_int_equal(mkdir(folder, 0755), 0);
    for (int i = 0; i < count; i++) {
        char path[64], text[512];
        (void)snprintf(path, sizeof path, "%s/%04d.txt", name, i);
        (void)snprintf(
            text, sizeof text,
            "Report %d\n\nThe office counted %d boats in the harbour, Inspector Nils Berg %d said. \"We had "
            "%d last year,\" Berg told the Harbour Gazette.\n",
            i, i * 7, i % 10, i * 6);
        (void)file(cluster, path, text);
    }
    return folder;
}

static void test_document_that_the_server_refuses(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    const struct cb_load_options options = standard_options();
    const char *folder = make_folder(*state, "refused", 20);
    cb_cluster_exec(
        *state,
        "ALTER TABLE claimbase.document ADD CONSTRAINT no_thirteen CHECK (text NOT LIKE 'Report 13%')");
    assert_int_equal(load(db, &options, folder, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.documents, 20);
    assert_int_equal(counts.documents_new, 19);
    assert_int_equal(counts.rejected, 1);
    assert_string_equal(cb_cluster_value(*state,
                                         "SELECT substring(file from '[0-9]+.txt$') || ' ' || (reason LIKE "
                                         "'%no_thirteen%') FROM claimbase.rejected_row"),
                        "0013.txt true");
}

/* A full disk answers with this SQLSTATE: nothing can be rejected then, the run ends, what is stored is
 * whole. */
static void test_disk_full(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.batch = 4;
    const char *folder = make_folder(*state, "full", 20);
    cb_cluster_exec(
        *state,
        "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.text LIKE 'Report "
        "10%' THEN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = "
        "'53100'; END IF; RETURN NEW; END $$");
    cb_cluster_exec(
        *state,
        "CREATE TRIGGER fill BEFORE INSERT ON claimbase.document FOR EACH ROW EXECUTE FUNCTION fill()");
    assert_int_equal(load(db, &options, folder, &counts, &err), CB_DATABASE);
    assert_string_equal(err.sqlstate, "53100");
    assert_int_equal(counts.documents_new, 8);
    assert_string_equal(cb_cluster_value(*state, "SELECT state || documents_new FROM claimbase.import_run"),
                        "failed8");
    assert_int_equal(cb_cluster_number(*state, "SELECT count(DISTINCT document_id) FROM claimbase.sentence"),
                     8);
    cb_cluster_exec(*state, "DROP TRIGGER fill ON claimbase.document");
    assert_ok(load(db, &options, folder, &counts, &err), err);
    assert_int_equal(counts.documents_new, 12);
    assert_int_equal(counts.documents_known, 8);
}

static enum cb_code refuse_some(void *context, unsigned worker, const struct cb_input_document *document,
                                struct cb_arena *arena, const struct cb_extraction **out, struct cb_err *err)
{
    if (strstr(document->text, "Report 7\n") != NULL)
        return cb_fail(err, CB_INPUT, "nobody can read this");
    return extract(context, worker, document, arena, out, err);
}

static void assert_counts_of_last_run(struct cb_cluster *cluster, const struct cb_load_counts *counts)
{
    char said[128];
    (void)snprintf(said, sizeof said, "%lld|%lld|%lld|%lld|%lld|%lld", (long long)counts->run_id,
                   (long long)counts->documents_new, (long long)counts->documents_known,
                   (long long)counts->sentences, (long long)counts->claims, (long long)counts->rejected);
    assert_string_equal(
        cb_cluster_value(cluster,
                         "SELECT concat_ws('|', run_id, documents_new, documents_known, sentences, claims, "
                         "rejected) FROM claimbase.import_run ORDER BY run_id DESC LIMIT 1"),
        said);
}

static void test_extraction_that_fails(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.extract = refuse_some;
    const char *folder = make_folder(*state, "unreadable", 10);
    assert_int_equal(load(db, &options, folder, &counts, &err), CB_REJECTED);
    assert_int_equal(counts.documents_new, 9);
    assert_string_equal(cb_cluster_value(*state, "SELECT reason FROM claimbase.rejected_row"),
                        "nobody can read this");
    options.strict = true;
    options.batch = 2;
    options.source = "Strict";
    assert_int_equal(load(db, &options, folder, &counts, &err), CB_REJECTED);
    assert_true(counts.documents_new < 10);
    assert_string_equal(
        cb_cluster_value(*state, "SELECT state FROM claimbase.import_run ORDER BY run_id DESC"), "failed");
    /* what comes behind the reject is not stored, however far the reader is ahead */
    assert_int_equal(cb_cluster_number(*state,
                                       "SELECT count(*) FROM claimbase.document WHERE run_id = (SELECT "
                                       "max(run_id) FROM claimbase.import_run) AND text ~ 'Report 9'"),
                     0);
    assert_counts_of_last_run(*state, &counts);
}

static unsigned reads_left; /* of a run that somebody stops */

static bool stop_soon(void)
{
    return reads_left-- == 0;
}

/* What is said about a run that was stopped is what is stored. */
static void test_stopped(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.stop = stop_soon;
    options.batch = 1;
    const char *folder = make_folder(*state, "stopped", 30);
    for (unsigned reads = 3; reads <= 24; reads += 7) {
        reads_left = reads;
        assert_int_equal(load(db, &options, folder, &counts, &err), CB_INTERRUPTED);
        if (counts.run_id > 0)
            assert_counts_of_last_run(*state, &counts);
    }
}

static void test_dry_run(void **state)
{
    struct cb_db *db = cb_cluster_database(*state);
    struct cb_err err = {0};
    struct cb_load_counts counts;
    struct cb_load_options options = standard_options();
    options.dry_run = true;
    const char *folder = make_folder(*state, "dry", 5);
    assert_ok(load(db, &options, folder, &counts, &err), err);
    assert_int_equal(counts.documents_new, 5);
    assert_true(counts.claims >= 5);
    assert_int_equal(
        cb_cluster_number(*state, "SELECT (SELECT count(*) FROM claimbase.document) + (SELECT count(*) FROM "
                                  "claimbase.import_run) + (SELECT count(*) FROM claimbase.source)"),
        0);
}

/* The number of threads and the size of a batch change nothing of what is stored. */
static void test_threads_and_batches(void **state)
{
    struct cb_err err = {0};
    struct cb_load_counts counts;
    char first[64] = "";
    const char *folder = make_folder(*state, "threads", 60);
    static const struct {
        unsigned jobs, batch;
    } cases[] = {{1, 0}, {4, 0}, {2, 1}, {3, 7}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cb_db *db = cb_cluster_database(*state);
        struct cb_load_options options = standard_options();
        options.jobs = cases[i].jobs;
        options.batch = cases[i].batch;
        assert_ok(load(db, &options, folder, &counts, &err), err);
        assert_int_equal(counts.documents_new, 60);
        const char *now = cb_cluster_value(*state, contents);
        if (i == 0)
            (void)snprintf(first, sizeof first, "%s", now);
        assert_string_equal(now, first);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_again_changes_nothing),
        cmocka_unit_test(test_offsets_beyond_ascii),
        cmocka_unit_test(test_crlf_keeps_the_bytes),
        cmocka_unit_test(test_revisions),
        cmocka_unit_test(test_revisions_in_one_file),
        cmocka_unit_test(test_origin_of_all),
        cmocka_unit_test(test_sources),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_stored_rows),
        cmocka_unit_test(test_extraction_later),
        cmocka_unit_test(test_whole_files_that_are_no_csv),
        cmocka_unit_test(test_document_that_the_server_refuses),
        cmocka_unit_test(test_disk_full),
        cmocka_unit_test(test_extraction_that_fails),
        cmocka_unit_test(test_stopped),
        cmocka_unit_test(test_dry_run),
        cmocka_unit_test(test_threads_and_batches),
    };
    return cmocka_run_group_tests_name("import", tests, cb_cluster_up, cb_cluster_down);
}
