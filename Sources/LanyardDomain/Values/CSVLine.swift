/// A line of a table in CSV (RFC 4180), which spreadsheets open without carrying anything out.
package enum CSVLine {
  /// What a spreadsheet takes for the beginning of a formula.
  private static let formulas = Set("=+-@\t\r".unicodeScalars)
  private static let quoted = Set(",\"\r\n".unicodeScalars)

  /// The fields with commas between them, without the end of the line.
  package static func text(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") }

  private static func field(_ text: String) -> String {
    // By scalars: a character may be a comma with a combining mark.
    let plain = text.unicodeScalars.first.map(formulas.contains) == true ? "'" + text : text
    guard plain.unicodeScalars.contains(where: quoted.contains) else { return plain }
    return "\"\(plain.replacing("\"", with: "\"\""))\""
  }
}
