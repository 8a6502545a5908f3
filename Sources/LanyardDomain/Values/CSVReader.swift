/// Takes the rows of a CSV text (RFC 4180, with any separator) off its bytes, which come in parts, and holds no more than one
/// row of it. It goes by bytes: a Swift `Character` can swallow a comma or quote that a combining mark or joiner follows,
/// which is also why the SwiftCSV package does not serve.
struct CSVReader: Sendable {
  /// The most bytes of a row.
  static let byteLimit = TableRecord.byteLimit
  /// The most fields of a row.
  static let fieldLimit = TableRecord.fieldLimit

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Where in a field the next byte stands.
  private enum Place {
    case start, bare, quoted
    /// After a quote inside of a quoted field: its end, or the first of two.
    case quoteInQuotes
    case afterQuotes
  }

  /// What separates fields; of use once nothing looks for it any more.
  private(set) var separator = SeparatorFinder.comma
  private var finder: SeparatorFinder? = SeparatorFinder()
  private var place = Place.start
  private var previous: UInt8 = 0
  private var line = 1
  private var row = 1
  /// The line at which the row begins.
  private var rowLine = 1
  /// Bytes of the row that have come.
  private var length = 0
  /// What its fields hold, one after the other, and where each ends.
  private var content: [UInt8] = []
  private var ends: [Int] = []
  private var fault: Fault?
  private var isOverLimit = false

  /// Hands each row that ends in the next part of the text to the body.
  ///
  /// - Throws: `InvalidInput` with the line or row as its field where the text as a whole cannot be read; what the body
  ///   throws.
  mutating func read(
    _ part: [UInt8],
    _ body: (TableRecord) throws(InvalidInput) -> Void
  ) throws(InvalidInput) {
    var index = 0
    while finder != nil, index < part.count {
      if let found = finder?.take(part[index]) { try begin(found, body) }
      index += 1
    }
    while index < part.count {
      if let run = plainRun(of: part, at: index) {
        content += part[run]
        length += run.count
        previous = part[run.upperBound - 1]
        index = run.upperBound
      } else {
        if let record = try take(part[index]) { try body(record) }
        index += 1
      }
    }
  }

  /// Reads what was held until the separator was found.
  private mutating func begin(
    _ found: SeparatorFinder.Finding,
    _ body: (TableRecord) throws(InvalidInput) -> Void
  ) throws(InvalidInput) {
    finder = nil
    separator = found.separator
    // A spreadsheet does not count that line.
    if let end = found.endOfSaying { (line, rowLine, previous) = (2, 2, end) }
    for byte in found.text { if let record = try take(byte) { try body(record) } }
  }

  /// The bytes from here that are only text of the field that has begun; nil where the next one may be more, or over a
  /// limit.
  private func plainRun(of part: [UInt8], at start: Int) -> Range<Int>? {
    guard place == .bare || place == .quoted, !isOverLimit else { return nil }
    let most = min(part.count, start + Self.byteLimit - length)
    var end = start
    while end < most, !isSpecial(part[end]) { end += 1 }
    return end > start ? start..<end : nil
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == separator || byte == Self.quote || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  /// Hands the row at which the text ends, where no line break follows it, to the body.
  ///
  /// - Throws: As `read` does.
  mutating func finish(_ body: (TableRecord) throws(InvalidInput) -> Void) throws(InvalidInput) {
    if let found = finder?.found() { try begin(found, body) }
    if place == .quoted {
      throw InvalidInput(field: "row \(row)", .table(.openQuote(field: ends.count + 1)))
    }
    if length > 0 { try body(try endRow()) }
  }

  private mutating func take(_ byte: UInt8) throws(InvalidInput) -> TableRecord? {
    let isSecondOfPair = byte == Self.lineFeed && previous == Self.carriageReturn
    previous = byte
    if byte == Self.carriageReturn || (byte == Self.lineFeed && !isSecondOfPair) { line += 1 }
    // The line feed of a pair that ended a row.
    if isSecondOfPair && length == 0 {
      rowLine = line
      return nil
    }
    length += 1
    if length > Self.byteLimit && !isOverLimit {
      refuse(.table(.rowTooLong(limit: Self.byteLimit)))
    }
    switch place {
    case .quoted:
      if byte == Self.quote { place = .quoteInQuotes } else { append(byte) }
      return nil
    case .start where byte == Self.quote:
      place = .quoted
      return nil
    case .quoteInQuotes where byte == Self.quote:
      append(byte)
      place = .quoted
      return nil
    case .start, .bare, .quoteInQuotes, .afterQuotes:
      return try takeUnquoted(byte)
    }
  }

  private mutating func takeUnquoted(_ byte: UInt8) throws(InvalidInput) -> TableRecord? {
    if byte == separator {
      endField()
    } else if byte == Self.lineFeed || byte == Self.carriageReturn {
      return try endRow()
    } else if place == .start || place == .bare {
      place = .bare
      if byte == Self.quote { note(.table(.strayQuote(field: ends.count + 1))) }
      append(byte)
    } else {
      place = .afterQuotes
      note(.table(.textAfterQuote(field: ends.count + 1)))
    }
    return nil
  }

  private mutating func append(_ byte: UInt8) {
    if !isOverLimit { content.append(byte) }
  }

  private mutating func endField() {
    place = .start
    guard !isOverLimit else { return }
    ends.append(content.count)
    if ends.count > Self.fieldLimit { refuse(.table(.tooManyFields(limit: Self.fieldLimit))) }
  }

  private mutating func endRow() throws(InvalidInput) -> TableRecord {
    endField()
    var fields: [String] = []
    var start = 0
    for end in ends where !isOverLimit {
      guard let field = String(validating: content[start..<end], as: UTF8.self) else { throw notUTF8() }
      fields.append(field)
      start = end
    }
    let record = TableRecord(row: row, fields: fields, fault: fault)
    row += 1
    rowLine = line
    length = 0
    content.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    fault = nil
    isOverLimit = false
    return record
  }

  private func notUTF8() -> InvalidInput {
    let position = TextPosition.ofFirstFault(inUTF8: content)
    return InvalidInput(field: "line \(rowLine + (position?.line ?? 1) - 1)", .table(.notCSVInUTF8))
  }

  private mutating func note(_ what: Fault) {
    if fault == nil { fault = what }
  }

  /// What goes over a limit is not kept; the row is read to its end.
  private mutating func refuse(_ why: Fault) {
    isOverLimit = true
    fault = why
    content.removeAll()
    ends.removeAll()
  }
}
