/// How a file of registrations is written.
package enum ExportFormat: String, Spelled {
  /// A table, with a line of names above it.
  case csv = "CSV"
  /// A registration a line.
  case jsonLines = "JSON_LINES"
}

/// What separates the cells of a table.
package enum TableSeparator: String, Spelled {
  case comma = "COMMA"
  /// As spreadsheets expect it where the comma is the decimal sign.
  case semicolon = "SEMICOLON"
  case tab = "TAB"

  package var character: Character {
    switch self {
    case .comma: ","
    case .semicolon: ";"
    case .tab: "\t"
    }
  }
}
