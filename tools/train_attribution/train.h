/* From articles to the three labellers. */
#ifndef CB_TRAIN_ATTRIBUTION_TRAIN_H
#define CB_TRAIN_ATTRIBUTION_TRAIN_H

#include "base/buffer.h"
#include "tools/train_attribution/corpus.h"

/* Appends the model's bytes to *out. Articles with i % folds == left_out are not used (folds 0: all are). */
CB_CHECKED enum cb_code train(struct corpus *corpus, size_t folds, size_t left_out, struct cb_buffer *out,
                              struct cb_err *err);

#endif
