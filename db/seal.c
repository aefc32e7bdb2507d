#include "db/seal.h"

#include <string.h>

enum { SEAL_MAX = 1 << 30 };

void cb_seal_init(struct cb_seal *seal)
{
    cb_buffer_init(&seal->bytes, SEAL_MAX);
}

/* High byte first, as int4send writes it. */
static void add_number(struct cb_seal *seal, int32_t number)
{
    uint32_t bits = (uint32_t)number;
    const unsigned char bytes[] = {(unsigned char)(bits >> 24), (unsigned char)(bits >> 16),
                                   (unsigned char)(bits >> 8), (unsigned char)bits};
    cb_buffer_add(&seal->bytes, (const char *)bytes, sizeof bytes);
}

void cb_seal_sentence(struct cb_seal *seal, int32_t sentence_no, int32_t paragraph_no, int32_t start,
                      int32_t end)
{
    cb_buffer_add_char(&seal->bytes, 'S');
    add_number(seal, sentence_no);
    add_number(seal, paragraph_no);
    add_number(seal, start);
    add_number(seal, end);
}

void cb_seal_claim(struct cb_seal *seal, int32_t claim_no, int32_t sentence_no, int32_t start, int32_t end,
                   const char *text)
{
    cb_buffer_add_char(&seal->bytes, 'C');
    add_number(seal, claim_no);
    add_number(seal, sentence_no);
    add_number(seal, start);
    add_number(seal, end);
    add_number(seal, text != NULL ? (int32_t)strlen(text) : -1);
    if (text != NULL)
        cb_buffer_add_text(&seal->bytes, text);
}

enum cb_code cb_seal_end(struct cb_seal *seal, struct cb_sha256 *out, struct cb_err *err)
{
    enum cb_code code = cb_buffer_status(&seal->bytes, "the seal of a document", err);
    if (code == CB_OK)
        code = cb_sha256(cb_buffer_text(&seal->bytes), seal->bytes.len, out, err);
    cb_buffer_release(&seal->bytes);
    return code;
}
