# cmake -DROOT=... -DFOLDER=... -P verify_script.cmake: scripts/verify ends with the exit code of the first step that fails, whatever fails
# after it, and writes no report where there is no ledger. The program is a stand-in that fails as told.
function(expect code tables verify)
  file(REMOVE_RECURSE ${FOLDER})
  file(MAKE_DIRECTORY ${FOLDER}/scripts ${FOLDER}/build/release/bin)
  file(COPY ${ROOT}/scripts/verify DESTINATION ${FOLDER}/scripts)
  file(WRITE ${FOLDER}/scripts/build "#!/bin/sh\n")
  file(WRITE ${FOLDER}/build/release/bin/asyncert "#!/bin/sh
case $1 in
  tables) exit ${tables} ;;
  verify) [ ${verify} -gt 1 ] || echo '{}' >out/results.json; exit ${verify} ;;
  report) touch \"\${6}\" ;;
esac\n")
  file(CHMOD ${FOLDER}/scripts/build ${FOLDER}/build/release/bin/asyncert PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  execute_process(COMMAND bash ${FOLDER}/scripts/verify RESULT_VARIABLE found OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT found EQUAL code)
    message(FATAL_ERROR "tables ${tables}, verify ${verify}: wanted exit code ${code}, got ${found}\n${text}")
  endif()
  if((verify LESS 2 AND NOT EXISTS ${FOLDER}/out/report.html) OR (verify GREATER 1 AND EXISTS ${FOLDER}/out/report.html))
    message(FATAL_ERROR "tables ${tables}, verify ${verify}: the report is ${text}")
  endif()
endfunction()
expect(0 0 0)
expect(1 1 0)
expect(1 0 1)
expect(3 3 1)
expect(5 0 5)
expect(1 1 130)
