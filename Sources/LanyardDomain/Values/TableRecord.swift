/// One row of a table as a file has it: texts, nothing understood yet.
package struct TableRecord: Sendable {
  /// The most bytes of a row.
  package static let byteLimit = 65_536
  /// The most fields of a row.
  package static let fieldLimit = 100

  /// As a spreadsheet counts: from 1, empty rows too.
  package var row: Int
  package var fields: [String]
  /// What keeps it from being read; nil where nothing does.
  package var fault: Fault?

  package init(row: Int, fields: [String], fault: Fault? = nil) {
    (self.row, self.fields, self.fault) = (row, fields, fault)
  }

  /// Whether nothing stands in it.
  package var isEmpty: Bool {
    fault == nil && fields.allSatisfy { $0.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
  }
}
