# Runs BINARY with ARGUMENTS and wants the exit code CODE.
execute_process(COMMAND ${BINARY} ${ARGUMENTS} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
if(NOT code STREQUAL CODE)
  message(FATAL_ERROR "wanted exit code ${CODE}, got ${code}\n${out}${err}")
endif()
