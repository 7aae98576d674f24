// Traces as documents, and back.
#pragma once

#include <string>
#include <vector>

#include "solvers/document_reader.hpp"
#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Messages as rows with named columns, labels of blocks, and, where stores are known one by one, the stamps that each
/// message read and replaced (numbers with blanks, `-` where it touched nothing), the final stamps and the stores; and
/// a checksum.
Object to_document(const Trace& trace);
/// The trace of a run's document; `source`, its file's name, begins every error. Throws `ParseError` saying where it is
/// missing, malformed or contradicts itself (labels of updates and parts in order, every worker's messages counted, no
/// read of what was written later, stamps that lead back to the start), or has a checksum that is not its own.
Trace trace_from(const Value& document, const std::string& source = "trace");

// The parts of that, for checkpoints too; each throws through `read`.

/// Updates, parts and workers' messages are numbered without gaps; nothing is read before it was written.
void require_order(const DocumentReader& read, const Trace& trace);
/// Every number that was read, replaced or left at the end leads back to the start through updates that wrote its
/// coordinate, and nothing is read that was written later. All stamps must be at most the number of updates, or
/// untouched. Cost: O(updates x coordinates).
void require_lineage(const DocumentReader& read, const Ancestry& a);
/// The stores are those that the stamps tell of, each after the one that it replaced.
void require_stores(const DocumentReader& read, const Ancestry& a, const std::vector<Store>& stores);

}  // namespace asyncert::solvers
