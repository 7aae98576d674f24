#include "verify/commands.hpp"

int main(int argc, char** argv) { return asyncert::command_line(argc, argv, ASYNCERT_PAPER); }
