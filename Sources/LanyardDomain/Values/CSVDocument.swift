/// The rows of a CSV text (RFC 4180), read by bytes: a Swift `Character` can swallow a comma or quote that a combining
/// mark or joiner follows, which is also why the SwiftCSV package does not serve.
struct CSVDocument: Sendable {
  /// One row that is not empty.
  struct Record: Sendable {
    /// As a spreadsheet counts: from 1, empty rows too.
    var row: Int
    var fields: [String]
    /// What keeps it from being read; nil where nothing does.
    var fault: String?
  }

  private(set) var records: [Record] = []

  /// - Throws: `InvalidInput` with the line or row as its field where the text as a whole cannot be read.
  init(_ bytes: [UInt8]) throws(InvalidInput) {
    if let position = TextPosition.ofFirstFault(inUTF8: bytes) {
      throw InvalidInput(
        field: "line \(position.line)",
        reason: "is not UTF-8 text; save the file as CSV in the encoding UTF-8"
      )
    }
    var reader = CSVReader(bytes)
    var row = 0
    while let record = try reader.next(row: row + 1) {
      row += 1
      if record.fault != nil || record.fields.contains(where: { !$0.isEmpty }) { records.append(record) }
    }
  }
}
