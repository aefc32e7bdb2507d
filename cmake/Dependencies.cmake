# Every outside library, in one place. Debian 12 package names in docs/architecture.md
# and scripts/install-dependencies.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(libcrypto REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(smartcols REQUIRED IMPORTED_TARGET smartcols)
pkg_check_modules(libxml2 REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(libcurl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)

# libcsv and libstemmer ship no pkg-config file on Debian
find_path(CSV_INCLUDE csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(libcsv INTERFACE)
target_include_directories(libcsv INTERFACE ${CSV_INCLUDE})
target_link_libraries(libcsv INTERFACE ${CSV_LIBRARY})

find_path(STEMMER_INCLUDE libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
add_library(libstemmer INTERFACE)
target_include_directories(libstemmer INTERFACE ${STEMMER_INCLUDE})
target_link_libraries(libstemmer INTERFACE ${STEMMER_LIBRARY})
