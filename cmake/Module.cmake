# cb_module(NAME text SOURCES a.c b.c USES base [PRIVATE_LIBS PkgConfig::icu])
# makes the static library cb_NAME. Includes are written from the top of the
# tree ("text/sentence.h"), so a file says at its head which rooms it enters.
function(cb_module)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;PRIVATE_LIBS" ${ARGN})
  add_library(cb_${ARG_NAME} STATIC ${ARG_SOURCES})
  target_include_directories(cb_${ARG_NAME} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(cb_${ARG_NAME} PRIVATE cb_flags ${ARG_PRIVATE_LIBS})
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(cb_${ARG_NAME} PUBLIC cb_${used})
  endforeach()
endfunction()
