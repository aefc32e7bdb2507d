/* A value as people read it: in tables and pages. */
#ifndef CB_REPORT_SHOWN_H
#define CB_REPORT_SHOWN_H

#include "base/buffer.h"
#include "report/sink.h"

/* Adds the value to *out: {a,b} as "a, b", a boolean as yes or no, a time to the second, NULL as nothing. */
void cb_show_cell(const struct cb_column *column, const struct cb_cell *cell, struct cb_buffer *out);

#endif
