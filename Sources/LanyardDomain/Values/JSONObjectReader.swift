/// Takes objects off the bytes of a JSON text, which come in parts, and holds no more than one of them: one after the other, as in
/// JSON lines, or in a list.
struct JSONObjectReader {
  /// The most bytes of an object.
  static let byteLimit = TableRecord.byteLimit

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// An object as it was written; nil where it is longer than the limit.
  typealias Object = [UInt8]?

  /// How many have begun.
  private(set) var count = 0
  /// Whether one has begun that has not ended.
  var isInside: Bool { depth > 0 }
  private var content: [UInt8] = []
  private var length = 0
  /// How many brackets are open inside of the object.
  private var depth = 0
  private var isInText = false
  private var isEscaped = false
  /// How many bytes have stood between objects.
  private var between = 0

  /// Hands each object that ends in the next part to the body.
  ///
  /// - Throws: `InvalidInput` where something else stands between objects; what the body throws.
  mutating func read(_ part: [UInt8], _ body: (Object) throws(InvalidInput) -> Void) throws(InvalidInput) {
    for byte in part {
      if depth == 0, !(try begins(with: byte)) { continue }
      length += 1
      if length <= Self.byteLimit { content.append(byte) }
      guard follow(byte) == 0 else { continue }
      try body(length <= Self.byteLimit ? content : nil)
      content.removeAll(keepingCapacity: true)
      length = 0
    }
  }

  /// - Throws: `InvalidInput` where the text ends inside of an object.
  func finish() throws(InvalidInput) {
    guard depth == 0 else {
      let fault = isInText ? JSONFault.openText : .noComma(bracket: "}")
      throw InvalidInput(field: "row \(count)", .json(.endsEarly(fault)))
    }
  }

  /// Whether an object begins; false of what may stand between them.
  private mutating func begins(with byte: UInt8) throws(InvalidInput) -> Bool {
    between += 1
    switch byte {
    case UInt8(ascii: "{"):
      count += 1
      return true
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D: return false
    case _ where count == 0 && Self.byteOrderMark.dropFirst(between - 1).first == byte: return false
    default: throw InvalidInput(field: "row \(count + 1)", .json(.noValue))
    }
  }

  /// Follows a byte of an object; returns how many brackets are open then.
  private mutating func follow(_ byte: UInt8) -> Int {
    if isInText {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInText = false
      }
      return depth
    }
    switch byte {
    case UInt8(ascii: "\""): isInText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    return depth
  }
}
