# cmake -DBINARY=asyncert -DRESULTS=results.json -DFOLDER=... -DPYTHON=python3 -P junit.cmake: the JUnit report is well-formed XML, as another
# program's parser reads it, with one case a claim.
file(MAKE_DIRECTORY ${FOLDER})
execute_process(COMMAND ${BINARY} report ${RESULTS} --format junit --out ${FOLDER}/junit.xml RESULT_VARIABLE code ERROR_VARIABLE text)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "report --format junit: exit code ${code}\n${text}")
endif()
execute_process(RESULT_VARIABLE code ERROR_VARIABLE text COMMAND ${PYTHON} -c [[
import json, sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
cases = [case.get("name") for case in root.iter("testcase")]
assert sorted(cases) == sorted(e["id"] for e in json.load(open(sys.argv[2]))["entries"]), "not one case a claim"
for suite in [root, *root.iter("testsuite")]:
    for name, tag in ("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"):
        assert int(suite.get(name)) == len(list(suite.iter(tag))), (suite.get("name"), name)
]] ${FOLDER}/junit.xml ${RESULTS})
if(NOT code EQUAL 0)
  message(FATAL_ERROR "the JUnit report: ${text}")
endif()
