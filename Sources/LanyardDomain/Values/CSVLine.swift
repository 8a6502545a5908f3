/// A line of a table for spreadsheets (RFC 4180), without its end.
package enum CSVLine {
  /// What a spreadsheet takes for the beginning of a formula.
  private static let formula: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]
  private static let quoted: Set<Unicode.Scalar> = ["\"", ",", "\r", "\n"]

  /// The fields, quoted where they have to be. What a spreadsheet would calculate has an apostrophe before it: people write
  /// their names and organisations themselves.
  package static func text(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") }

  private static func field(_ text: String) -> String {
    let plain = text.unicodeScalars.first.map(formula.contains) == true ? "'" + text : text
    guard plain.unicodeScalars.contains(where: quoted.contains) else { return plain }
    var field = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in plain.unicodeScalars { field.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar]) }
    field.append("\"")
    return String(field)
  }
}
