/// Takes one row after the other off the bytes of a CSV text.
struct CSVReader {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private let bytes: [UInt8]
  private var index: Int
  private var fault: String?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    index = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
  }

  /// The next row; nil after the last.
  mutating func next(row: Int) throws(InvalidInput) -> CSVDocument.Record? {
    guard index < bytes.count else { return nil }
    fault = nil
    var fields: [String] = []
    while true {
      let isQuoted = index < bytes.count && bytes[index] == Self.quote
      fields.append(isQuoted ? try quoted(row: row, field: fields.count + 1) : bare(field: fields.count + 1))
      guard index < bytes.count else { break }
      let end = bytes[index]
      index += 1
      if end == Self.comma { continue }
      if end == Self.carriageReturn, index < bytes.count, bytes[index] == Self.lineFeed { index += 1 }
      break
    }
    return CSVDocument.Record(row: row, fields: fields, fault: fault)
  }

  private mutating func bare(field: Int) -> String {
    let start = index
    skipToEnd(field: field)
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// Moves to the comma or line break that ends the field; a quote on the way is a fault.
  private mutating func skipToEnd(field: Int) {
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.comma || byte == Self.lineFeed || byte == Self.carriageReturn { return }
      if byte == Self.quote { note("holds a stray quote", field: field) }
      index += 1
    }
  }

  private mutating func quoted(row: Int, field: Int) throws(InvalidInput) -> String {
    index += 1
    var start = index
    var text = ""
    while index < bytes.count {
      guard bytes[index] == Self.quote else {
        index += 1
        continue
      }
      text += String(decoding: bytes[start..<index], as: UTF8.self)
      index += 1
      guard index < bytes.count, bytes[index] == Self.quote else {
        let end = index
        skipToEnd(field: field)
        if index > end { note("goes on after its closing quote", field: field) }
        return text
      }
      // A doubled quote: the second one belongs to the text that goes on.
      start = index
      index += 1
    }
    throw InvalidInput(
      field: "row \(row)",
      reason: "opens a quote in field \(field) that is never closed; close it, or double quotes that are part of a text"
    )
  }

  private mutating func note(_ what: String, field: Int) {
    fault = fault ?? "field \(field) \(what); put the whole field in quotes and double the quotes inside it"
  }
}
