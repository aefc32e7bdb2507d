# The warnings every file is compiled with; no file turns one off.
add_library(cb_flags INTERFACE)
target_compile_options(cb_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla
  -Wformat=2 -Wmissing-prototypes -Wstrict-prototypes -Wundef -Wwrite-strings
  -fno-common -fstack-protector-strong)
target_compile_definitions(cb_flags INTERFACE _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)

if(CLAIMBASE_WERROR)
  target_compile_options(cb_flags INTERFACE -Werror)
endif()

if(CLAIMBASE_SANITIZE)
  target_compile_options(cb_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(cb_flags INTERFACE -fsanitize=address,undefined)
endif()

if(CLAIMBASE_FUZZ)
  target_compile_options(cb_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# -O2, not -O3: measured faster on this kind of code (docs/performance.md).
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG -D_FORTIFY_SOURCE=2" CACHE STRING "" FORCE)
