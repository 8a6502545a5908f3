/// Turns the bytes of a text, which come in parts, into UTF-8 without a byte order mark.
struct TextDecoder: Sendable {
  private static let mark: Unicode.Scalar = "\u{FEFF}"
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  private let encoding: TextEncoding
  /// Nil until it is known.
  private var isBigEndian: Bool?
  private var line = 1
  /// What has come of a mark, a unit or a pair of units that is not complete.
  private var held: [UInt8] = []
  private var high: UInt16?
  private var isAtStart = true

  init(_ encoding: TextEncoding) {
    self.encoding = encoding
    isBigEndian =
      switch encoding {
      case .utf16BigEndian: true
      case .utf16LittleEndian: false
      default: nil
      }
  }

  /// The next part in UTF-8.
  ///
  /// - Throws: `InvalidInput` with the line as its field where the bytes are not of the encoding. UTF-8 goes through as it
  ///   is.
  mutating func decode(_ part: [UInt8]) throws(InvalidInput) -> [UInt8] {
    if let table = encoding.upperHalf { return try decode(part, table) }
    return encoding == .utf8 ? withoutMark(part) : try decodeUnits(part)
  }

  /// What is left when the text ends.
  mutating func finish() throws(InvalidInput) -> [UInt8] {
    if encoding != .utf8, high != nil || !held.isEmpty { throw broken() }
    defer { held = [] }
    return held
  }

  private mutating func withoutMark(_ part: [UInt8]) -> [UInt8] {
    guard isAtStart else { return part }
    held += part
    let mark = Array(String(Self.mark).utf8)
    if held.count < mark.count, mark.starts(with: held) { return [] }
    isAtStart = false
    defer { held = [] }
    return held.starts(with: mark) ? Array(held.dropFirst(mark.count)) : held
  }

  private mutating func decode(_ part: [UInt8], _ table: [Unicode.Scalar]) throws(InvalidInput) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(part.count + part.count / 8)
    for byte in part {
      if byte < 0x80 {
        if byte == 0x0A { line += 1 }
        decoded.append(byte)
      } else {
        let scalar = table[Int(byte) - 0x80]
        guard scalar != Self.replacement else { throw broken() }
        decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return decoded
  }

  private mutating func decodeUnits(_ part: [UInt8]) throws(InvalidInput) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(part.count)
    for byte in part {
      held.append(byte)
      guard held.count == 2 else { continue }
      defer { held.removeAll(keepingCapacity: true) }
      if isBigEndian == nil { isBigEndian = held == [0xFE, 0xFF] }
      let (first, second) = (UInt16(held[0]), UInt16(held[1]))
      let scalar = try take(isBigEndian == true ? first << 8 | second : second << 8 | first)
      defer { isAtStart = false }
      guard let scalar, !(isAtStart && scalar == Self.mark) else { continue }
      if scalar == "\n" { line += 1 }
      decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    return decoded
  }

  /// The character that ends with a unit; nil where it is the first of two.
  private mutating func take(_ unit: UInt16) throws(InvalidInput) -> Unicode.Scalar? {
    if let first = high {
      guard UTF16.isTrailSurrogate(unit) else { throw broken() }
      high = nil
      return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00))
    }
    if UTF16.isLeadSurrogate(unit) {
      high = unit
      return nil
    }
    guard let scalar = Unicode.Scalar(unit) else { throw broken() }
    return scalar
  }

  private func broken() -> InvalidInput {
    InvalidInput(field: "line \(line)", .table(.otherEncoding(encoding: encoding.rawValue)))
  }
}
