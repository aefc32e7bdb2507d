/* Inner loops in two forms: one for every processor of the architecture, one for the many that can more. The
 * program is built for the former and asks when it runs. Both forms compute the same. */
#ifndef CB_TEXT_CPU_H
#define CB_TEXT_CPU_H

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define CB_CPU_WIDE 1
#include <immintrin.h>

/* Before a function that uses SSSE3 (processors since 2006; x86-64-v2 has it). */
#define CB_FOR_WIDE __attribute__((target("ssse3")))

static inline bool cb_cpu_is_wide(void)
{
    return __builtin_cpu_supports("ssse3");
}
#endif

#endif
