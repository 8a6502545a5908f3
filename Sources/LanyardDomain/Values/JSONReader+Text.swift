extension JSONReader {
  /// The text whose opening quote is the current byte.
  mutating func text() throws(Fault) -> String {
    index += 1
    var text = ""
    var start = index
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw fault(.controlCharacter) }
      index += 1
      guard byte == UInt8(ascii: "\\") else { continue }
      text += String(decoding: bytes[start..<index - 1], as: UTF8.self)
      text.unicodeScalars.append(try escaped())
      start = index
    }
    text += String(decoding: bytes[start..<index], as: UTF8.self)
    guard take("\"") else { throw fault(.openText) }
    return text
  }

  private mutating func escaped() throws(Fault) -> Unicode.Scalar {
    let simple: [(Unicode.Scalar, Unicode.Scalar)] = [
      ("\"", "\""), ("\\", "\\"), ("/", "/"), ("b", "\u{8}"), ("f", "\u{C}"), ("n", "\n"), ("r", "\r"), ("t", "\t"),
    ]
    for (letter, scalar) in simple where take(letter) { return scalar }
    guard take("u") else { throw fault(.otherEscape) }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw fault(.halfPair) }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw fault(.halfPair) }
    return scalar
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    let digits = bytes[index..<min(index + 4, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault(.shortCode) }
    index += 4
    return code
  }
}
