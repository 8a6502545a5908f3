import LanyardDomain

/// Takes tags and texts off an XML document in UTF-8, which comes in parts. It knows what office programs write: no document
/// type, so that nothing can be defined in a document that grows when it is read.
struct XMLScanner {
  /// The most bytes of a tag or text.
  private static let limit = 1 << 20

  enum Event {
    /// A tag without its prefix, and its attributes without theirs.
    case start(String, [String: String])
    case end(String)
    case text(String)
  }

  /// What is told of a document that cannot be read.
  private let fault: InvalidInput
  private var pending: [UInt8] = []

  init(of fault: InvalidInput) { self.fault = fault }

  /// Hands what ends in the next part to the body.
  ///
  /// - Throws: The fault; what the body throws.
  mutating func read(_ part: [UInt8], _ body: (Event) throws -> Void) throws {
    pending += part
    var place = 0
    while place < pending.count {
      if pending[place] == UInt8(ascii: "<") {
        guard let end = try endOfTag(from: place) else { break }
        try tag(place, end, body)
        place = end
      } else {
        guard let end = pending[place...].firstIndex(of: UInt8(ascii: "<")) else { break }
        try body(.text(try text(pending[place..<end])))
        place = end
      }
    }
    pending.removeFirst(place)
    guard pending.count <= Self.limit else { throw fault }
  }

  /// - Throws: The fault where the document ended in the middle.
  func finish() throws {
    guard pending.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { throw fault }
  }

  /// Where what begins here ends; nil where that has not come.
  private func endOfTag(from start: Int) throws -> Int? {
    let rest = pending[start...]
    for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
      let opening = Array(opening.utf8)
      if rest.count < opening.count, opening.starts(with: rest) { return nil }
      guard rest.starts(with: opening) else { continue }
      let closing = Array(closing.utf8)
      var place = start + opening.count
      while place + closing.count <= pending.count {
        if pending[place...].starts(with: closing) { return place + closing.count }
        place += 1
      }
      return nil
    }
    guard rest.dropFirst().first != UInt8(ascii: "!") else { throw fault }
    var quote: UInt8?
    for place in rest.indices {
      let byte = pending[place]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return place + 1
      }
    }
    return nil
  }

  private func tag(_ start: Int, _ end: Int, _ body: (Event) throws -> Void) throws {
    let bytes = pending[start..<end]
    let cdata = Array("<![CDATA[".utf8)
    if bytes.starts(with: cdata) {
      return try body(.text(try string(bytes.dropFirst(cdata.count).dropLast(3))))
    }
    let second = bytes[start + 1]
    if second == UInt8(ascii: "!") || second == UInt8(ascii: "?") { return }
    if second == UInt8(ascii: "/") {
      return try body(.end(Self.local(try string(bytes.dropFirst(2).dropLast()))))
    }
    let isClosed = bytes[end - 2] == UInt8(ascii: "/")
    let content = bytes.dropFirst().dropLast(isClosed ? 2 : 1)
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let name = Self.local(try string(content.prefix { !isBlank($0) }))
    var attributes: [String: String] = [:]
    var rest = content.drop { !isBlank($0) }.drop(while: isBlank)
    while !rest.isEmpty {
      let key = rest.prefix { $0 != UInt8(ascii: "=") && !isBlank($0) }
      rest = rest.dropFirst(key.count).drop(while: isBlank)
      guard rest.first == UInt8(ascii: "=") else { throw fault }
      rest = rest.dropFirst().drop(while: isBlank)
      guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { throw fault }
      let value = rest.dropFirst().prefix { $0 != quote }
      attributes[Self.local(try string(key))] = try text(value)
      rest = rest.dropFirst(value.count + 2).drop(while: isBlank)
    }
    try body(.start(name, attributes))
    if isClosed { try body(.end(name)) }
  }

  private static func local(_ name: String) -> String {
    let trimmed = name.split { $0.isWhitespace }.first ?? ""
    return String(trimmed.split(separator: ":").last ?? "")
  }

  private func string(_ bytes: ArraySlice<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw fault }
    return text
  }

  /// A text with what stands for characters replaced by them.
  private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
    let written = try string(bytes)
    guard bytes.contains(UInt8(ascii: "&")) else { return written }
    var scalars = String.UnicodeScalarView()
    var rest = written.unicodeScalars[...]
    while let sign = rest.firstIndex(of: "&") {
      scalars.append(contentsOf: rest[..<sign])
      guard let end = rest[sign...].firstIndex(of: ";") else { throw fault }
      scalars.append(try character(String(rest[rest.index(after: sign)..<end])))
      rest = rest[rest.index(after: end)...]
    }
    scalars.append(contentsOf: rest)
    return String(scalars)
  }

  private func character(_ name: String) throws -> Unicode.Scalar {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
      guard name.hasPrefix("#"), let code, let scalar = Unicode.Scalar(code) else { throw fault }
      return scalar
    }
  }
}
