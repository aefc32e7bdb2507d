/* The frame of an HTML page that stands alone: no script, no outside file. */
#ifndef CB_REPORT_PAGE_H
#define CB_REPORT_PAGE_H

#include <stdio.h>

/* From <!DOCTYPE> to the heading. */
void cb_page_begin(FILE *out, const char *title);
void cb_page_end(FILE *out);

#endif
