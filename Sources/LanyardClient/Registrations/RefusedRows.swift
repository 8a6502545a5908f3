import Foundation
import LanyardDomain

/// Writes the rows of a file that were refused as a CSV file of its own, with the reason before each: mended there, it is
/// imported like the first.
package struct RefusedRows {
  /// The reason of a row, by its number.
  private let reasons: [Int: String]
  /// Where the file has reasons already, as it was written by this.
  private var reasonColumns: IndexSet = []
  /// Who the rows are of, by their numbers.
  package private(set) var people: [Int: String] = [:]
  /// How many were written.
  package private(set) var written = 0

  package init(reasons: [Int: String]) { self.reasons = reasons }

  /// Finds who the refused rows are of, and writes them where a path is given.
  ///
  /// - Parameters:
  ///   - file: One that was checked.
  ///   - path: Nil where they are not to be written. What is there is replaced at once, when all is written; nobody but its
  ///     owner reads it.
  /// - Throws: `FileFault` where it cannot be written; what the system says; `RegistrationFile.Refusal` where the file has changed.
  package mutating func look(into file: RegistrationFile, writingTo path: String?) throws {
    var file = file
    try file.rewind()
    guard let path else { return try look(into: &file) { _ in } }
    let target = try PartialFile(path)
    do {
      try look(into: &file) { try target.write(Data($0.utf8)) }
      try target.finish()
    } catch {
      target.discard()
      throw error
    }
  }

  private mutating func look(into file: inout RegistrationFile, _ write: (String) throws -> Void) throws {
    var isBegun = false
    while let rows = try file.next() {
      for row in rows {
        guard let reason = reasons[row.row] else { continue }
        people[row.row] = file.person(of: row)
        if !isBegun, let header = file.header {
          isBegun = true
          reasonColumns = IndexSet(header.fields.indices.filter { RegistrationTable.isReason(header.fields[$0]) })
          let first = CSVWriter.byteOrderMark + line(RegistrationTable.reasonColumn, header, file.separator)
          try write(first)
        }
        try write(line(reason, row.record, file.separator))
        written += 1
      }
    }
  }

  private func line(_ reason: String, _ record: TableRecord, _ separator: Character) -> String {
    let fields = record.fields.enumerated().filter { !reasonColumns.contains($0.offset) }.map(\.element)
    return CSVWriter.row([reason] + fields.map(FormulaGuard.plain), separator: separator)
  }
}
