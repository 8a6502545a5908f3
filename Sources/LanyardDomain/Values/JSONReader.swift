/// Reads a JSON text strictly and by bytes. Foundation's readers tell no line, drop doubled names without a word and
/// let trailing commas pass.
struct JSONReader {
  struct Fault: Error {
    let offset: Int
    let fault: JSONFault
  }

  private static let depthLimit = 64
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  let bytes: [UInt8]
  var index = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The value of the whole text; a byte order mark before it is passed over.
  ///
  /// - Throws: `InvalidInput` with one violation, whose field is `line L, column C` of the first fault.
  static func value(of bytes: [UInt8]) throws(InvalidInput) -> JSONValue {
    if let position = TextPosition.ofFirstFault(inUTF8: bytes) {
      throw InvalidInput(field: "\(position)", .json(.noUTF8))
    }
    var reader = JSONReader(bytes)
    do throws(Fault) {
      return try reader.document()
    } catch {
      throw InvalidInput(field: "\(TextPosition(at: error.offset, in: bytes))", .json(error.fault))
    }
  }

  var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  func fault(_ fault: JSONFault) -> Fault {
    Fault(offset: index, fault: current == nil ? .endsEarly(fault) : fault)
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { index += 1 }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func document() throws(Fault) -> JSONValue {
    if bytes.starts(with: Self.byteOrderMark) { index = Self.byteOrderMark.count }
    let value = try value(depth: 0)
    skipSpace()
    guard current == nil else { throw fault(.goesOn) }
    return value
  }

  private mutating func value(depth: Int) throws(Fault) -> JSONValue {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .list(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "-"): return .number(try number())
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try number())
    default:
      for (word, value) in [("true", JSONValue.flag(true)), ("false", .flag(false)), ("null", .null)]
      where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return value
      }
      throw fault(.noValue)
    }
  }

  private mutating func members(depth: Int) throws(Fault) -> [JSONMember] {
    try open(depth)
    var members: [JSONMember] = []
    if take("}") { return members }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw fault(.noKey) }
      let name = try text()
      skipSpace()
      guard take(":") else { throw fault(.noColon(key: String(name.prefix(40)))) }
      members.append(JSONMember(name: name, value: try value(depth: depth)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault(.noComma(bracket: "}")) }
    return members
  }

  private mutating func elements(depth: Int) throws(Fault) -> [JSONValue] {
    try open(depth)
    var elements: [JSONValue] = []
    if take("]") { return elements }
    repeat {
      elements.append(try value(depth: depth))
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault(.noComma(bracket: "]")) }
    return elements
  }

  private mutating func open(_ depth: Int) throws(Fault) {
    guard depth <= Self.depthLimit else { throw fault(.tooDeep(limit: Self.depthLimit)) }
    index += 1
    skipSpace()
  }

  private mutating func number() throws(Fault) -> String {
    let start = index
    _ = take("-")
    if !take("0") {
      try digits()
    } else if let byte = current, isDigit(byte) {
      throw fault(.leadingZero)
    }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(Fault) {
    guard let byte = current, isDigit(byte) else { throw fault(.noDigit) }
    while let byte = current, isDigit(byte) { index += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
